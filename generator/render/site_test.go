package render

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"uptree/generator/config"
	"uptree/generator/content"
	"uptree/generator/diag"
	"uptree/generator/ingest"
	"uptree/generator/model"
	"uptree/generator/report"
	"uptree/generator/rollup"
	"uptree/generator/signal"
	"uptree/generator/source"
	"uptree/themes"
)

var asOf = time.Date(2026, 11, 20, 8, 5, 0, 0, time.UTC)

// tiny is the small site of package report, composed at a moment. Its names hold markup.
func tiny(t testing.TB, at time.Time) *report.Plan {
	t.Helper()
	return planOf(t, "../report/testdata/tiny", at)
}

// planOf composes the site at a folder, at a moment.
func planOf(t testing.TB, folder string, at time.Time) *report.Plan {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	must(t, nil, os.CopyFS(dir, os.DirFS(folder)))
	must(t, nil, filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Chtimes(path, asOf, asOf.Add(-time.Hour)))
	}))
	site, problems, err := config.Load(os.DirFS(dir), dir, "site.toml")
	must(t, problems, err)
	docs, problems, err := content.Load(os.DirFS(dir), "content")
	must(t, problems, err)
	payloads, problems, err := source.Fetch(context.Background(), site, source.Options{Jobs: 2})
	must(t, problems, err)
	m, _, err := ingest.Normalise(context.Background(), site, payloads, model.Time(at.Unix()), 2)
	must(t, nil, err)
	cube, problems := rollup.Compute(m, []rollup.PeriodSpec{{Name: "7d", Days: 7}, {Name: "28d", Days: 28}}, 2)
	must(t, problems, nil)
	words, problems := report.LoadWords(themes.Default(), nil, "")
	must(t, problems, nil)
	found, problems := signal.Find(cube, docs, site.Gates, site.DefaultPeriod(), signal.Past{})
	must(t, problems, nil)
	return report.Compose(site, cube, docs, found, words)
}

func must(t testing.TB, problems diag.List, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Fatalf("%v: %s", p.Pos, p.Text)
	}
}

// theme is the default theme, with or without a bundle.
func theme(t testing.TB, bundle fs.FS) *Theme {
	t.Helper()
	th, problems := LoadTheme(themes.Default(), nil, bundle)
	must(t, problems, nil)
	return th
}

// files renders a plan into memory.
func files(t testing.TB, plan *report.Plan, th *Theme, jobs int) map[string]string {
	t.Helper()
	var mu sync.Mutex
	out := map[string]string{}
	put := func(path string, content []byte) error {
		mu.Lock()
		defer mu.Unlock()
		if _, twice := out[path]; twice {
			t.Errorf("%s is written twice", path)
		}
		out[path] = string(content)
		return nil
	}
	problems, err := Render(context.Background(), plan, th, put, jobs)
	must(t, problems, err)
	must(t, nil, PutBuild(plan.Build(0), put))
	return out
}
