package generator_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"uptree/generator"
)

// previewOf prepares previews of the site at a folder, at the sample's clock.
func previewOf(t *testing.T, dir string) *generator.Preview {
	t.Helper()
	at, err := time.Parse(time.RFC3339, sampleClock)
	if err != nil {
		t.Fatal(err)
	}
	p := generator.NewPreview(generator.Options{Dir: dir, Config: "site.toml", Jobs: 2, Pinned: true, Version: "test",
		AsOf: func(zone *time.Location) time.Time { return at.In(zone) }})
	t.Cleanup(func() { p.Close() })
	return p
}

// draft builds a preview that there has to be.
func draft(t *testing.T, p *generator.Preview) *generator.Draft {
	t.Helper()
	d, _, problems, err := p.Build(t.Context())
	if err != nil || d == nil {
		t.Fatalf("no draft: %v %v", err, problems)
	}
	return d
}

func put(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAPreviewShowsWhatABuildPublishes(t *testing.T) {
	source := dated(t, filepath.Join("testdata", "sites", "org"))
	site := buildSite(t, source, sampleClock, filepath.Join(source, "public"), 2)
	site.mustStand(t)
	d := draft(t, previewOf(t, source))
	for _, f := range site.manifest(t) {
		if f.Path == "build.json" || strings.HasPrefix(f.Path, "history/") {
			continue // problems of the walk through written pages; what the next build reads
		}
		if got, problems := d.File(f.Path); string(got) != string(site.read(t, f.Path)) || len(problems) > 0 {
			t.Errorf("%s differs (%v)", f.Path, problems)
		}
	}
	if _, err := os.Stat(filepath.Join(source, ".uptree", "sources")); err != nil {
		t.Error("the build kept nothing, so this test cannot tell whether the preview does")
	}
}

func TestAPreviewMeasuresAgainOnlyWhenDataChange(t *testing.T) {
	dir := dated(t, filepath.Join("testdata", "sites", "tiny"))
	p := previewOf(t, dir)
	measured := func(d *generator.Draft) bool {
		return slices.ContainsFunc(d.Timings, func(s generator.Timing) bool { return s.Stage == "rollup" })
	}
	first := draft(t, p)
	if !measured(first) {
		t.Error("the first build measures nothing")
	}
	for _, step := range []struct {
		name, text string
		measures   bool
		page, says string
	}{
		{"content/pages/new.md", "+++\ntitle = \"New\"\n+++\nSome words.\n", false, "guide/new/index.html", "Some words."},
		{"content/pages/new.md", "Other words.\n", false, "guide/new/index.html", "Other words."},
		{"services.csv", "id,owner\napi,cards\nnew-one,cards\n", true, "service/new-one/index.html", "new-one"},
		{"site.toml", strings.Replace(readFile(t, dir, "site.toml"), "Tiny", "Tinier", 1), true, "index.html", "Tinier"},
	} {
		put(t, dir, step.name, step.text)
		d := draft(t, p)
		if got := measured(d); got != step.measures {
			t.Errorf("after %s: measured %t", step.name, got)
		}
		if page, _ := d.File(step.page); !strings.Contains(string(page), step.says) {
			t.Errorf("after %s: %s does not say %q", step.name, step.page, step.says)
		}
	}
	if page, _ := first.File("guide/new/index.html"); page != nil {
		t.Error("the first draft has changed")
	}
	if _, err := os.Stat(filepath.Join(dir, "public")); err == nil {
		t.Error("something was published")
	}
}

func readFile(t testing.TB, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAPreviewAsksOthersOnce(t *testing.T) {
	var asked atomic.Int32
	vendor := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1); r.URL.Path == "/gone" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, `[{"id": "INC-7", "title": "From afar", "services": ["api"], "started": "2026-11-18T10:00:00Z", "mitigated": "2026-11-18T11:00:00Z"}]`)
	}))
	defer vendor.Close()
	dir := dated(t, filepath.Join("testdata", "sites", "tiny"))
	config := readFile(t, dir, "site.toml")
	table := "\n[source.%s]\ndataset = \"incidents\"\nkind = \"http\"\nformat = \"json\"\nurl = \"%s\"\non_error = \"omit\"\n"
	put(t, dir, "site.toml", config+fmt.Sprintf(table, "pager", vendor.URL+"/all")+fmt.Sprintf(table, "old", vendor.URL+"/gone"))
	p := previewOf(t, dir)
	for i, change := range []string{"services.csv", "services.csv", "content/pages/new.md", "services.csv"} {
		put(t, dir, change, "id,owner\napi,cards\n"+strings.Repeat("\n", i))
		d := draft(t, p)
		if page, _ := d.File("service/api/index.html"); !strings.Contains(string(page), "From afar") {
			t.Errorf("build %d is without the vendor's incident", i)
		}
		if stale := d.Stale(); !slices.Equal(stale, []string{"old"}) {
			t.Errorf("build %d: stale are %q", i, stale)
		}
		if n := asked.Load(); n != 2 {
			t.Errorf("build %d: asked %d times", i, n)
		}
	}
	put(t, dir, "site.toml", config+fmt.Sprintf(table, "pager", vendor.URL+"/others"))
	if draft(t, p); asked.Load() != 3 {
		t.Errorf("asked %d times although site.toml asks something else", asked.Load())
	}
}

func TestAPreviewOfABrokenSiteSaysWhy(t *testing.T) {
	dir := dated(t, filepath.Join("testdata", "sites", "tiny"))
	p := previewOf(t, dir)
	draft(t, p)
	config := readFile(t, dir, "site.toml")
	put(t, dir, "site.toml", config+"titel = 1\n")
	if d, folders, problems, err := p.Build(t.Context()); d != nil || err != nil || !problems.HasErrors() || len(folders) == 0 {
		t.Errorf("draft %v, problems %v, error %v", d, problems, err)
	}
	put(t, dir, "site.toml", config)
	draft(t, p)
}
