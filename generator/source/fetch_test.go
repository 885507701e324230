package source

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/config"
	"uptree/generator/diag"
)

// folder writes files, each holding its own name, and returns their folder.
func folder(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// fetch fetches one source of kind "file".
func fetch(t *testing.T, dir string, s config.Source) (Payload, diag.List) {
	t.Helper()
	s.Name, s.Kind = "incidents", "file"
	s.Pos = diag.Pos{File: "site.toml", Line: 3, Col: 2}
	payloads, problems, err := Fetch(t.Context(), &config.Site{Dir: dir, Sources: []config.Source{s}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return payloads[0], problems
}

func names(p Payload) []string {
	var out []string
	if p.Fresh == nil {
		return nil
	}
	for _, b := range p.Fresh.Blobs {
		out = append(out, b.Name)
	}
	return out
}

func TestPathsAndPatterns(t *testing.T) {
	dir := folder(t, "site/data/b.csv", "site/data/a.csv", "site/data/notes.txt", "site/data/2025/q1/a.csv",
		"site/data/.git/a.csv", "site/data/[x].csv", "repo/x.csv")
	for _, c := range []struct {
		about, path string
		want        []string
	}{
		{"a plain path is that file", "data/b.csv", []string{"data/b.csv"}},
		{"a pattern lists by name", "data/*.csv", []string{"data/[x].csv", "data/a.csv", "data/b.csv"}},
		{"a pattern passes over folders", "data/*", []string{"data/[x].csv", "data/a.csv", "data/b.csv", "data/notes.txt"}},
		{"two stars take in all folders but hidden ones", "data/**/a.csv", []string{"data/2025/q1/a.csv", "data/a.csv"}},
		{"two stars at the end take in all files", "data/2025/**", []string{"data/2025/q1/a.csv"}},
		{"stars may stand on both sides", "**/2025/**/*.csv", []string{"data/2025/q1/a.csv"}},
		{"a path may lead beside the site", "../repo/*.csv", []string{"../repo/x.csv"}},
		{"a path is cleaned", "./data//b.csv", []string{"data/b.csv"}},
		{"brackets can be escaped", `data/\[x\].csv`, []string{"data/[x].csv"}},
	} {
		p, problems := fetch(t, filepath.Join(dir, "site"), config.Source{Path: c.path})
		if diff := cmp.Diff(c.want, names(p)); diff != "" || len(problems) > 0 {
			t.Errorf("%s: %s: %v\n%s", c.about, c.path, problems, diff)
		}
	}
}

func TestAbsolutePath(t *testing.T) {
	dir := folder(t, "a.csv")
	for _, path := range []string{"/a.csv", "/*.csv"} {
		p, _ := fetch(t, "elsewhere", config.Source{Path: filepath.ToSlash(dir) + path})
		if p.Status != OK || len(p.Fresh.Blobs) != 1 {
			t.Errorf("%s: got %+v", path, p)
		}
	}
}

func TestFailures(t *testing.T) {
	dir := folder(t, "data/a.csv", "data/b.csv", "locked.csv")
	if err := os.Symlink("nowhere", filepath.Join(dir, "broken.csv")); err != nil {
		t.Skip("needs links:", err)
	}
	for _, c := range []struct {
		about, path string
		maxBytes    int64
		want        string
	}{
		{"a file that is not there", "data/c.csv", 0, "data/c.csv: no such file or directory"},
		{"a pattern that matches nothing", "data/*.json", 0, `no file matches "data/*.json"`},
		{"a pattern in a folder that is not there", "none/*.csv", 0, `no file matches "none/*.csv"`},
		{"two stars in a folder that is not there", "none/**/a.csv", 0, `no file matches "none/**/a.csv"`},
		{"a folder", "data", 0, `data: is a folder; name its files, as in "folder/*.csv"`},
		{"a device", os.DevNull, 0, os.DevNull + ": is not a regular file"},
		{"a link to nothing among the matches", "*.csv", 0, "broken.csv: no such file or directory"},
		{"more than max_bytes over all its files", "data/*.csv", 19, "more than max_bytes = 19"},
	} {
		p, problems := fetch(t, dir, config.Source{Path: c.path, MaxBytes: c.maxBytes})
		if p.Status != Failed || p.Reason != c.want || p.Fresh != nil {
			t.Errorf("%s: got %+v, want reason %q", c.about, p, c.want)
		}
		want := diag.List{{
			Code: diag.SourceFailed, Pos: diag.Pos{File: "site.toml", Line: 3, Col: 2},
			Text: `source "incidents" failed: ` + c.want + "; there are no last good data", Hint: `with on_error = "omit" the site is built without it`,
		}}
		if !slices.Equal(want, problems) {
			t.Errorf("%s: got problems %v, want %v", c.about, problems, want)
		}
	}
}

func TestUnreadableFile(t *testing.T) {
	dir := folder(t, "a.csv")
	if err := os.Chmod(filepath.Join(dir, "a.csv"), 0); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Open(filepath.Join(dir, "a.csv")); err == nil {
		f.Close()
		t.Skip("this user may read everything")
	}
	if p, _ := fetch(t, dir, config.Source{Path: "*.csv"}); p.Reason != "a.csv: permission denied" {
		t.Errorf("got %+v", p)
	}
}

func TestFilesUpToMaxBytesAreFine(t *testing.T) {
	dir := folder(t, "a.csv", "b.csv")
	if p, _ := fetch(t, dir, config.Source{Path: "*.csv", MaxBytes: 10}); p.Status != OK {
		t.Errorf("10 bytes of 10: %+v", p)
	}
}

func TestOnErrorDecides(t *testing.T) {
	for policy, want := range map[config.OnError]struct {
		status Status
		code   diag.Code
	}{
		config.UseStale: {Failed, diag.SourceFailed},
		config.Fail:     {Failed, diag.SourceFailed},
		config.Omit:     {Omitted, diag.SourceOmitted},
	} {
		p, problems := fetch(t, t.TempDir(), config.Source{Path: "none.csv", OnError: policy})
		if p.Status != want.status || len(problems) != 1 || problems[0].Code != want.code {
			t.Errorf("on_error %d: got status %d and %v, want %+v", policy, p.Status, problems, want)
		}
	}
}

func TestFetchedAtIsTheNewestFile(t *testing.T) {
	dir := folder(t, "a.csv", "b.csv")
	newest := time.Date(2025, 3, 4, 5, 6, 7, 0, time.UTC)
	for name, at := range map[string]time.Time{"a.csv": newest, "b.csv": newest.Add(-time.Hour)} {
		if err := os.Chtimes(filepath.Join(dir, name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	if p, _ := fetch(t, dir, config.Source{Path: "*.csv"}); !p.Fresh.FetchedAt.Equal(newest) {
		t.Errorf("got %v, want %v", p.Fresh.FetchedAt, newest)
	}
}

func TestBlobEndsWhereItEndedAtTheFetch(t *testing.T) {
	dir := folder(t, "a.csv")
	p, _ := fetch(t, dir, config.Source{Path: "a.csv"})
	if err := os.WriteFile(filepath.Join(dir, "a.csv"), []byte("a.csv and more"), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := p.Fresh.Blobs[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(r); string(got) != "a.csv" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestErrorOfOpenNamesNoPathOfTheMachine(t *testing.T) {
	dir := folder(t, "a.csv")
	p, _ := fetch(t, dir, config.Source{Path: "a.csv"})
	if err := os.Remove(filepath.Join(dir, "a.csv")); err != nil {
		t.Fatal(err)
	}
	_, err := p.Fresh.Blobs[0].Open()
	if err == nil || strings.Contains(err.Error(), dir) || !strings.HasPrefix(err.Error(), "open a.csv: ") {
		t.Errorf("got %v", err)
	}
}

func TestPayloadsKeepTheOrderOfTheSite(t *testing.T) {
	dir := folder(t, "a.csv", "b.csv", "c.csv")
	site := &config.Site{Dir: dir}
	for _, name := range []string{"c.csv", "none.csv", "a.csv", "b.csv"} {
		site.Sources = append(site.Sources, config.Source{Name: name, Kind: "file", Path: name, OnError: config.Omit})
	}
	for _, jobs := range []int{1, 8} {
		payloads, problems, err := Fetch(t.Context(), site, Options{Jobs: jobs})
		if err != nil || len(problems) != 1 {
			t.Fatal(problems, err)
		}
		for i, p := range payloads {
			if p.Source != &site.Sources[i] {
				t.Errorf("%d jobs: payload %d is of %q, want %q", jobs, i, p.Source.Name, site.Sources[i].Name)
			}
		}
	}
}

func TestCancelledFetchIsAnError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	site := &config.Site{Dir: folder(t, "a.csv"), Sources: []config.Source{{Kind: "file", Path: "a.csv"}}}
	if _, _, err := Fetch(ctx, site, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestUnknownKindFails(t *testing.T) {
	site := &config.Site{Sources: []config.Source{{Name: "x", Kind: "ftp"}}}
	payloads, _, err := Fetch(t.Context(), site, Options{})
	if err != nil || payloads[0].Reason != `kind "ftp" is not known to this version` {
		t.Errorf("got %+v, %v", payloads[0], err)
	}
}

func TestEveryKindOfSiteTomlHasADocumentedConnector(t *testing.T) {
	if len(Connectors) != len(config.Kinds()) {
		t.Errorf("%d connectors for %v", len(Connectors), config.Kinds())
	}
	for _, kind := range config.Kinds() {
		if _, ok := connectorOf(kind); !ok {
			t.Errorf("no connector of kind %q", kind)
		}
	}
	for _, c := range Connectors {
		if c.Kind == "" || c.Doc == "" || c.fetch == nil {
			t.Errorf("%+v", c)
		}
	}
}
