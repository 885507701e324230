package report_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
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

// asOf is the clock of the tests: a moment that is no midnight.
var asOf = time.Date(2026, 11, 20, 8, 5, 0, 0, time.UTC)

// planOf composes the site in a folder of testdata at a moment.
func planOf(t *testing.T, dir string, at time.Time) *report.Plan {
	t.Helper()
	dir = copied(t, dir)
	fsys := os.DirFS(dir)
	site, problems, err := config.Load(fsys, dir, "site.toml")
	must(t, problems, err)
	docs, problems, err := content.Load(fsys, "content")
	must(t, problems, err)
	payloads, problems, err := source.Fetch(context.Background(), site, source.Options{Jobs: 2})
	must(t, problems, err)
	m, _, err := ingest.Normalise(context.Background(), site, payloads, model.Time(at.Unix()), 2)
	must(t, nil, err)
	var periods []rollup.PeriodSpec
	for _, p := range site.Periods {
		periods = append(periods, rollup.PeriodSpec{Name: p.Name, Days: p.Days})
	}
	cube, problems := rollup.Compute(m, periods, 2)
	must(t, problems, nil)
	found, problems := signal.Find(cube, docs, site.Gates, site.DefaultPeriod(), signal.Past{})
	must(t, problems, nil)
	return report.Compose(site, cube, docs, found, words(t))
}

// copied is a copy of a folder whose files are all of one time: pages print their age.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "site")
	err := os.CopyFS(to, os.DirFS(dir))
	must(t, nil, err)
	err = filepath.WalkDir(to, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Chtimes(path, asOf, asOf.Add(-time.Hour)))
	})
	must(t, nil, err)
	return to
}

func words(t *testing.T) *report.Words {
	t.Helper()
	w, problems := report.LoadWords(themes.Default(), nil, "")
	must(t, problems, nil)
	return w
}

func must(t *testing.T, problems diag.List, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Fatalf("%v: %s", p.Pos, p.Text)
	}
}

// pageAt finds a page by its path.
func pageAt(t *testing.T, p *report.Plan, path string) *report.Page {
	t.Helper()
	for _, k := range p.Keys() {
		if page := p.Page(k); page.Path == path {
			return page
		}
	}
	t.Fatalf("no page at %s", path)
	return nil
}
