package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	_ "time/tzdata" // zones must not depend on the machine

	"github.com/google/go-cmp/cmp"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// TestBadSites reads testdata/bad: each line says in comments what is wrong with it, as
// "# want: CODE part of the text (hint)", and nothing else may be reported.
func TestBadSites(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, problems, err := Load(os.DirFS("."), ".", file)
			if err != nil {
				t.Fatal(err)
			}
			matchProblems(t, strings.Split(string(src), "\n"), problems.Sorted())
		})
	}
}

// matchProblems strikes out each problem with the want that it meets.
func matchProblems(t *testing.T, lines []string, problems diag.List) {
	t.Helper()
	for i, line := range lines {
		wants := strings.Split(line, "# want: ")[1:]
		for _, want := range wants {
			code, text, _ := strings.Cut(strings.TrimSpace(want), " ")
			found := false
			for j, p := range problems {
				got := fmt.Sprintf("%s (%s)", p.Text, p.Hint)
				if p.Pos.Line == i+1 && p.Pos.Col > 0 && string(p.Code) == code && strings.Contains(got, text) {
					problems = append(problems[:j:j], problems[j+1:]...)
					found = true
					break
				}
			}
			if !found {
				t.Errorf("line %d: not reported: %s %s", i+1, code, text)
			}
		}
	}
	for _, p := range problems {
		t.Errorf("not wanted: %s %s: %s (%s)", p.Pos, p.Code, p.Text, p.Hint)
	}
}

func TestGoodSites(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	empty := Site{
		Dir: "site", Title: "Reliability", Zone: time.UTC, ImpactEnds: model.Mitigated, Publish: Publish{Dir: "public"},
		Periods: []Period{{"7d", 7, false}, {"28d", 28, true}, {"90d", 90, false}, {"365d", 365, false}},
	}
	periods, severities := empty, empty
	periods.Periods = []Period{{"30d", 30, true}, {"3000d", 3000, false}, {"quarter", 0, false}}
	severities.Severity = Severities{
		Order: []string{"high", "low"},
		Words: map[string]string{"high": "high", "low": "low", "P3": "low", "p3": "low"},
	}
	for file, want := range map[string]Site{
		"empty.toml": empty, "periods.toml": periods, "severities.toml": severities, "full.toml": fullSite(zone),
	} {
		want.File = "site/" + file
		got, problems, err := Load(os.DirFS("testdata/good"), "site", file)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", file, problems, err)
		}
		sameZone := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
		if diff := cmp.Diff(&want, got, sameZone); diff != "" {
			t.Errorf("%s (- want, + got):\n%s", file, diff)
		}
	}
}

// fullSite is what testdata/good/full.toml says.
func fullSite(zone *time.Location) Site {
	at := func(line, col int) diag.Pos { return diag.Pos{File: "site/full.toml", Line: line, Col: col} }
	return Site{
		Dir: "site", Title: "Acme reliability", Zone: zone,
		BaseURL: "https://reliability.acme.example/",
		EditURL: "https://git.acme.example/reliability/edit/main/{path}",
		Periods: []Period{{"28d", 28, false}, {"90d", 90, true}, {"365d", 365, false}, {"month", 0, false}, {"quarter", 0, false}},
		Sources: []Source{
			{
				Name: "incidents", Pos: at(14, 1), Title: "Incident system", Kind: "file", Path: "data/incidents*.csv", Format: "csv",
				Dataset: model.Incidents, HasDataset: true, Columns: map[string]string{"id": "Key", "started": "Opened at"},
				OnError: Omit, MaxStale: 48 * time.Hour, Expect: Expect{1, 7 * 24 * time.Hour},
				Covers: []string{"checkout", "node:payments", "*"}, CoversFrom: model.DayOf(2025, time.October, 1),
				Pilot: true, Merge: true, MaxBytes: 500e6, Every: 15 * time.Minute, Timeout: 30 * time.Second,
				Retries: 3, TokenEnv: "INCIDENTS_TOKEN",
			},
			{
				Name: "catalog", Pos: at(34, 1), Title: "catalog", Kind: "file", Path: "../catalog/**/*.yaml",
				Preset: "backstage", OnError: Fail, CoversFrom: model.NoDay, MaxBytes: 4096,
			},
			{
				Name: "probes-2", Pos: at(40, 1), Title: "probes-2", Kind: "file", Path: "data/probes.ndjson",
				Dataset: model.Synthetics, HasDataset: true, Map: ".runs[] | {test: .name}\n", MapPos: at(43, 7),
				CoversFrom: model.NoDay, MaxBytes: DefaultMaxBytes,
			},
		},
		Severity: Severities{
			Order: []string{"sev1", "sev2"},
			Words: map[string]string{"sev1": "sev1", "critical": "sev1", "P1": "sev1", "SEV-1": "sev1", "sev2": "sev2", "major": "sev2"},
		},
		ImpactEnds:  model.Resolved,
		Theme:       Theme{Name: "acme", Bundle: "charts.js", Words: "words.toml"},
		Publish:     Publish{Dir: "out/site", Publisher: "files"},
		CheckLevels: map[diag.Code]diag.Severity{"D101": diag.Error, "X106": diag.Note, "P101": diag.Error},
	}
}

// load reads a site.toml given as text.
func load(t testing.TB, text string) (*Site, diag.List) {
	t.Helper()
	site, problems, err := Load(fstest.MapFS{"site.toml": {Data: []byte(text)}}, ".", "site.toml")
	if err != nil {
		t.Fatal(err)
	}
	return site, problems
}

func TestMissingFileIsAProblem(t *testing.T) {
	site, problems, err := Load(fstest.MapFS{}, "acme", "site.toml")
	if err != nil || site == nil || len(problems) != 1 {
		t.Fatal(site, problems, err)
	}
	if p := problems[0]; p.Code != diag.NoConfig || p.Pos.File != "acme/site.toml" {
		t.Errorf("got %+v", p)
	}
}

func TestUnreadableFileIsAnError(t *testing.T) {
	_, problems, err := Load(fstest.MapFS{"site.toml": {Mode: fs.ModeDir}}, ".", "site.toml")
	if err == nil || len(problems) > 0 || errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), "read site.toml: ") {
		t.Errorf("got %v, %v", problems, err)
	}
}

func TestHugeFileIsAProblem(t *testing.T) {
	_, problems := load(t, strings.Repeat("#\n", maxFile))
	if len(problems) != 1 || problems[0].Code != diag.OutOfRange {
		t.Errorf("got %v", problems)
	}
}

func TestSiteStaysUsableAfterProblems(t *testing.T) {
	site, problems := load(t, "timezone = 'Nowhere'\n[period.0d]\n[source.a]\n[publish]\ndir = ''")
	if !problems.HasErrors() || site.Zone != time.UTC || len(site.Periods) != 4 || len(site.Sources) != 1 || site.Publish.Dir != "public" {
		t.Errorf("got %+v, %v", site, problems)
	}
}

// TestKeysAreTheKeysOfLoad holds the table of keys to what Load reads: full.toml has every
// key, and its golden Site shows that each of them was read.
func TestKeysAreTheKeysOfLoad(t *testing.T) {
	src, err := os.ReadFile("testdata/good/full.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range Keys {
		if k.Doc == "" || k.Type == "" {
			t.Errorf("%s %s: not documented", k.Table, k.Name)
		}
		if !strings.HasPrefix(k.Name, "<") && !strings.Contains(string(src), k.Name) {
			t.Errorf("%s.%s: not in full.toml", k.Table, k.Name)
		}
	}
}

func FuzzLoad(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.toml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Fuzz(func(t *testing.T, text string) {
		site, problems := load(t, text)
		if site.Zone == nil || len(site.Periods) == 0 || !site.Periods[site.DefaultPeriod()].Default {
			t.Errorf("not usable: %+v", site)
		}
		for _, p := range problems {
			if p.Pos.File == "" || p.Text == "" {
				t.Errorf("%+v", p)
			}
		}
	})
}
