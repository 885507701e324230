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
		Dir: "site", Title: "Reliability", Zone: time.UTC, ImpactEnds: model.Mitigated, Delivery: model.DefaultDeliveryWords(), Security: model.DefaultSecurityRules(), Publish: Publish{Dir: "public"}, History: remembered(1100, 1100),
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
		LineURL: "https://git.acme.example/reliability/blob/main/{path}#L{line}",
		Periods: []Period{{"28d", 28, false}, {"90d", 90, true}, {"365d", 365, false}, {"month", 0, false}, {"quarter", 0, false}},
		Sources: []Source{
			{
				Name: "incidents", Pos: at(14, 1), Title: "Incident system", Kind: "file", Path: "data/incidents*.csv", Format: "csv",
				Dataset: model.Incidents, HasDataset: true, Columns: map[string]string{"id": "Key", "started": "Opened at"},
				OnError: Omit, MaxStale: 48 * time.Hour, Expect: Expect{MinRecords: 1, NewestWithin: 7 * 24 * time.Hour, Fields: []string{"resolved"}},
				Covers: []string{"checkout", "node:payments", "*"}, CoversFrom: model.DayOf(2025, time.October, 1), Currency: "SEK",
				Pilot: true, Merge: true, MaxBytes: 500e6, Every: 15 * time.Minute, Timeout: 30 * time.Second,
				Retries: 3, TokenEnv: "INCIDENTS_TOKEN", Remember: RememberAlways,
			},
			{
				Name: "catalog", Pos: at(36, 1), Title: "catalog", Kind: "file", Path: "../catalog/**/*.yaml",
				Preset: "backstage", OnError: Fail, CoversFrom: model.NoDay, MaxBytes: 4096,
			},
			{
				Name: "probes-2", Pos: at(42, 1), Title: "probes-2", Kind: "file", Path: "data/probes.ndjson",
				Dataset: model.Synthetics, HasDataset: true, Map: ".runs[] | {test: .name}\n", MapPos: at(45, 7),
				CoversFrom: model.NoDay, Expect: Expect{MayBeEmpty: true}, MaxBytes: DefaultMaxBytes,
			},
		},
		Severity: Severities{
			Order: []string{"sev1", "sev2"},
			Words: map[string]string{"sev1": "sev1", "critical": "sev1", "P1": "sev1", "SEV-1": "sev1", "sev2": "sev2", "major": "sev2"},
		},
		ImpactEnds: model.Resolved,
		Delivery: model.DeliveryWords{Production: []string{"live"}, Outcomes: map[string]model.Outcome{
			"ok": model.Succeeded, "rollback": model.Succeeded, "broken": model.Failed, "reverted": model.RolledBack, "dropped": model.NotCarriedOut,
		}},
		Costs: model.PublishCounts,
		Metrics: []model.OwnMetric{
			{
				ID: "contacts", Title: "Support contacts", Unit: "contacts per 1000 orders", By: "channel", Better: "lower", Formula: "Contacts of orders.",
				Doc: "How often somebody had to ask.", Operator: model.OwnRatio, Per: 1000, Introduced: model.DayOf(2025, 1, 1),
				Retired: model.DayOf(2027, 1, 1), ReviewBy: model.DayOf(2026, 6, 1), At: at(115, 1),
				Changes: []model.Redefinition{{On: model.DayOf(2025, 6, 1), What: "per order"}, {On: model.DayOf(2026, 1, 1), What: "chat counts too"}},
			},
			{
				ID: "tested_runbooks", Title: "tested_runbooks", Unit: "1", Better: "neither", Operator: model.OwnLatest, Per: 1,
				Introduced: model.NoDay, Retired: model.NoDay, ReviewBy: model.NoDay, At: at(129, 1),
			},
		},
		Theme:   Theme{Name: "acme", Bundle: "charts.js", Words: "words.toml"},
		Publish: Publish{Dir: "out/site", Publisher: "files"},
		History: remembered(1000, 2, model.Incidents, model.SLIs),
		Gates: []model.Gate{
			{
				ID: "hours", Title: "Two hours", Metric: "incident_time", Node: "payments", Period: "90d", Part: "own",
				Max: &model.Bound{Value: 7200, Kind: model.DurationBound, At: at(91, 7)}, Min: &model.Bound{At: at(92, 7)},
				At: model.GatePlaces{Gate: at(85, 1), Metric: at(87, 10), Node: at(88, 8), Part: at(90, 8)},
			},
			{
				ID: "tests", Title: "tests", Metric: "synthetic_success", Min: &model.Bound{Value: 0.999, Kind: model.ShareBound, At: at(96, 7)},
				At: model.GatePlaces{Gate: at(94, 1), Metric: at(95, 10), Node: at(94, 1), Part: at(94, 1)},
			},
		},
		Security: model.SecurityRules{
			Severities: []string{"bad", "fair"}, Words: map[string]string{"bad": "bad", "critical": "bad", "high": "bad", "fair": "fair"},
			Limits: map[string]map[string]int{"": {"bad": 7, "fair": 2}, "gold": {"bad": 2}},
		},
		FindingsInFull: true,
		CheckLevels:    map[diag.Code]diag.Severity{"D101": diag.Error, "X106": diag.Note, "P101": diag.Error},
	}
}

// remembered is how long things are remembered without a word about it, but for two.
func remembered(incidents, numbers int, private ...model.Dataset) History {
	return History{map[model.Dataset]int{
		model.Nodes: 1100, model.Services: 1100, model.SLOs: 1100, model.Incidents: incidents, model.Synthetics: 400, model.SLIs: 400,
		model.Deployments: 1100, model.Findings: 1100,
	}, numbers, private}
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

// TestKeysAreTheKeysOfLoad holds the table of keys to what Load reads: full.toml and the
// file of each kind have every key, and their golden Sites show that each of them was read.
func TestKeysAreTheKeysOfLoad(t *testing.T) {
	var src []byte
	for _, file := range []string{"full.toml", "http.toml", "prometheus.toml", "postgres.toml", "command.toml", "objectives.toml"} {
		text, err := os.ReadFile("testdata/good/" + file)
		if err != nil {
			t.Fatal(err)
		}
		src = append(src, text...)
	}
	for _, k := range Keys {
		if k.Doc == "" || k.Type == "" {
			t.Errorf("%s %s: not documented", k.Table, k.Name)
		}
		if !strings.HasPrefix(k.Name, "<") && !strings.Contains(string(src), k.Name) {
			t.Errorf("%s.%s: in no good site", k.Table, k.Name)
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

func TestHTTPSources(t *testing.T) {
	site, problems, err := Load(os.DirFS("testdata/good"), "site", "http.toml")
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	plain := HTTP{Method: "GET", TokenHeader: "Authorization", TokenPrefix: "Bearer ", PerHost: 2, Since: 400 * 24 * time.Hour, TimeFormat: "rfc3339"}
	short, pager, analytics, tracker := plain, plain, plain, plain
	short.URL = "https://status.example/incidents.csv.gz"
	pager.URL = "https://api.example/incidents?since={since}&until={until}"
	pager.Headers, pager.HeadersEnv = map[string]string{"Accept": "application/json"}, map[string]string{"X-App-Key": "APP_KEY"}
	pager.TokenPrefix, pager.Hosts, pager.PerHost = "Token token=", []string{"files.example:8443"}, 4
	pager.Since, pager.Window, pager.TimeFormat = 365*24*time.Hour, 180*24*time.Hour, "unix"
	pager.Paging = Paging{By: "offset", Param: "offset", SizeParam: "limit", Size: 50, Items: []string{"incidents"}, More: []string{"more"}, MaxPages: 20}
	analytics.URL, analytics.Method, analytics.Body = "https://api.example/analytics", "POST", `{"order": "asc"}`
	analytics.TokenHeader, analytics.TokenPrefix = "X-Key", ""
	analytics.Paging = Paging{By: "cursor", Param: "starting_after", SizeParam: "limit", Next: []string{"meta", "last"}, MaxPages: 1000}
	tracker.URL, tracker.BasicEnv = "http://localhost:8080/issues", "TRACKER_LOGIN"
	tracker.Paging = Paging{By: "page", Param: "page", SizeParam: "n", Size: 100, First: 1, MaxPages: 1000}
	for i, want := range []HTTP{short, pager, analytics, tracker} {
		if diff := cmp.Diff(want, site.Sources[i].HTTP); diff != "" {
			t.Errorf("%s (- want, + got):\n%s", site.Sources[i].Name, diff)
		}
	}
	a, b := site.Sources[0], site.Sources[1]
	if a.Format != "csv" || a.Timeout != 10*time.Minute || a.Retries != 2 || a.Origin() != "status.example" {
		t.Errorf("defaults: %+v", a)
	}
	if b.Format != "" || b.Timeout != time.Minute || b.Retries != 0 || !b.Expect.MayBeEmpty || b.TokenEnv != "PAGER_TOKEN" {
		t.Errorf("as given: %+v", b)
	}
}

func TestCommandSources(t *testing.T) {
	site, problems, err := Load(os.DirFS("testdata/good"), "site", "command.toml")
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	want := Command{Args: []string{"./tools/export", "--days", "90", ""}, Env: []string{"HOME", "TRACKER_URL"}}
	got := site.Sources[0]
	if diff := cmp.Diff(want, got.Command); diff != "" || got.Origin() != "export" || got.Timeout != 10*time.Minute || got.Retries != 0 {
		t.Errorf("%+v\n%s", got, diff)
	}
}

func TestPrometheusSources(t *testing.T) {
	site, problems, err := Load(os.DirFS("testdata/good"), "site", "prometheus.toml")
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	asks := HTTP{TokenHeader: "Authorization", TokenPrefix: "Bearer ", PerHost: 2, Since: 400 * 24 * time.Hour}
	synthetics, reachability, catalogue := asks, asks, asks
	synthetics.URL, catalogue.URL, catalogue.BasicEnv = "https://prometheus.example", "https://metrics.example", "METRICS_LOGIN"
	reachability.URL, reachability.Hosts, reachability.PerHost = "https://metrics.example/prometheus", []string{"login.example"}, 4
	reachability.Headers = map[string]string{"Accept": "application/json", "X-Scope-OrgID": "team-a"}
	reachability.Since, reachability.Window = 90*24*time.Hour, 30*24*time.Hour
	queries := []Prometheus{
		{Queries: map[string]string{"value": "sum by (job) (increase(probe_success_total[{step}]))"}, Step: Day, Zone: site.Zone},
		{Queries: map[string]string{"passed": "good", "failed": "bad[{step}]"}, Step: time.Hour, Zone: site.Zone},
		{Queries: map[string]string{"value": "service_info"}, Instant: true, Step: Day, Zone: site.Zone},
	}
	sameZone := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	for i, want := range []HTTP{synthetics, reachability, catalogue} {
		s := &site.Sources[i]
		if diff := cmp.Diff(want, s.HTTP) + cmp.Diff(queries[i], s.Prometheus, sameZone); diff != "" {
			t.Errorf("%s (- want, + got):\n%s", s.Name, diff)
		}
		if s.Format != "jsonl" || s.Retries != 2 || s.Timeout != 10*time.Minute || s.Origin() == "" {
			t.Errorf("%s: %+v", s.Name, s)
		}
	}
	if got := queries[1].Query("failed", 23*time.Hour); got != "bad[82800s]" {
		t.Errorf("got %s", got)
	}
}
