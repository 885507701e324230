package generator_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/diag"
)

var update = flag.Bool("update", false, "rewrite testdata/golden with what the sites say now")

// TestGoldenSites holds what small sites say: every page as plain text, every twin, every
// problem. A change of a word, a figure or an order shows as a difference to review; with
// -update it becomes the new truth. Of the broken site the problems count, and where its
// pages repeat them.
func TestGoldenSites(t *testing.T) {
	for name, only := range map[string][]string{"tiny": nil, "org": nil, "broken": {"problems.txt", "cracks/index.txt", "data/index.txt"}} {
		t.Run(name, func(t *testing.T) {
			source := dated(t, filepath.Join("testdata", "sites", name))
			site := buildSite(t, source, sampleClock, filepath.Join(source, "public"), 2)
			site.mustStand(t)
			got := says(t, site)
			got["problems.txt"] = strings.ReplaceAll(got["problems.txt"], source+"/", "")
			if only != nil {
				maps.DeleteFunc(got, func(name, _ string) bool { return !slices.Contains(only, name) })
			}
			golden := filepath.Join("testdata", "golden", name)
			if *update {
				rewrite(t, golden, got)
			}
			compare(t, goldenFiles(t, golden), got)
		})
	}
}

// dated copies a site's sources into a new folder, all as of one moment: how fresh a file
// is must not depend on when the repository was cloned.
func dated(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	err := filepath.WalkDir(to, func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(name, at, at)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// says turns a site into files that read well. Scripts are left out, as they are not there
// where the bundle was not built.
func says(t *testing.T, site *built) map[string]string {
	t.Helper()
	site.problems = slices.DeleteFunc(site.problems, func(p diag.Problem) bool { return p.Code == diag.BundleMissing })
	out := map[string]string{"problems.txt": site.said()}
	var files strings.Builder
	hash := regexp.MustCompile(`\.[0-9a-f]{8}\.`)
	for _, f := range site.manifest(t) {
		if path.Ext(f.Path) == ".js" {
			continue
		}
		files.WriteString(hash.ReplaceAllString(f.Path, ".*.") + "\n")
		switch content := site.read(t, f.Path); {
		case path.Ext(f.Path) == ".html":
			out[strings.TrimSuffix(f.Path, ".html")+".txt"] = plainText(t, content)
		case path.Base(f.Path) == "index.json":
			out[f.Path] = readable(t, content)
		case path.Base(f.Path) == "data.csv":
			out[f.Path] = string(content)
		}
	}
	out["files.txt"] = files.String()
	return out
}

// readable breaks a twin into lines: one for each metric and period.
func readable(t *testing.T, content []byte) string {
	t.Helper()
	if !json.Valid(content) {
		t.Fatalf("a twin is no JSON: %.100s", content)
	}
	figure := regexp.MustCompile(`("[a-z_]+":\{)?"(7d|28d|month)":\{"value"`)
	entry := regexp.MustCompile(`("[a-z_]+":)(\[|\{)(\{|"[a-z_]+":\{")`)
	lines := figure.ReplaceAllString(string(bytes.TrimSpace(content)), "\n  $0")
	return entry.ReplaceAllString(lines, "\n$0") + "\n"
}

func rewrite(t *testing.T, golden string, files map[string]string) {
	t.Helper()
	if err := os.RemoveAll(golden); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		at := filepath.Join(golden, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func goldenFiles(t *testing.T, golden string) map[string]string {
	t.Helper()
	out := map[string]string{}
	tree := os.DirFS(golden)
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(tree, name)
		out[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatalf("%v (go test ./generator -run Golden -update writes them)", err)
	}
	return out
}

// compare tells the first differences, each as lines to review.
func compare(t *testing.T, want, got map[string]string) {
	t.Helper()
	const enough = 5
	told := 0
	for name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("%s is gone", name)
		}
	}
	for name, text := range got {
		diff := cmp.Diff(strings.Split(want[name], "\n"), strings.Split(text, "\n"))
		if diff == "" {
			continue
		}
		if told++; told <= enough {
			t.Errorf("%s (-golden +now):\n%s", name, diff)
		}
	}
	if told > enough {
		t.Errorf("%d more files differ; where that is meant, run go test ./generator -run Golden -update and review", told-enough)
	}
}
