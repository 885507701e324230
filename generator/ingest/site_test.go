package ingest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/source"
)

// tree and estate are sources that most tests need: a root with two teams and their
// services.
const (
	tree   = "id,title,parent\nacme,Acme,\npayments,Payments,acme\nplatform,Platform,acme\n"
	estate = "id,owner\ncards,payments\npayouts,payments\ncompute,platform\n"
)

// testSite is a folder with files and the sources that read them.
type testSite struct {
	t *testing.T
	config.Site
	jobs int
}

// asOf is the clock of the tests.
var asOf = model.Time(time.Date(2025, 3, 20, 8, 5, 0, 0, time.UTC).Unix())

func newSite(t *testing.T) *testSite {
	zone := testZones(t).site.Zone()
	s := &testSite{t: t, Site: config.Site{Dir: t.TempDir(), File: "site.toml", Zone: zone, ImpactEnds: model.Mitigated}, jobs: 2}
	s.source(model.Nodes, "nodes.csv", tree)
	s.source(model.Services, "services.csv", estate)
	return s
}

func (s *testSite) write(name, content string) {
	s.t.Helper()
	file := filepath.Join(s.Dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// source writes a file and adds a source that reads it; the caller may change it.
func (s *testSite) source(d model.Dataset, file, content string) *config.Source {
	s.t.Helper()
	s.write(file, content)
	s.Sources = append(s.Sources, config.Source{
		Name: strings.TrimSuffix(file, filepath.Ext(file)), Title: file, Kind: "file", Path: file,
		Pos: diag.Pos{File: "site.toml", Line: len(s.Sources) + 1}, Dataset: d, HasDataset: true, CoversFrom: model.NoDay,
	})
	return &s.Sources[len(s.Sources)-1]
}

// preset adds a source that reads a folder of testdata through a preset.
func (s *testSite) preset(name string) {
	s.t.Helper()
	dir, err := filepath.Abs("testdata/presets/" + name)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := os.Symlink(dir, filepath.Join(s.Dir, name)); err != nil {
		s.t.Fatal(err)
	}
	p, _ := PresetNamed(name)
	s.Sources = append(s.Sources, config.Source{Name: name, Kind: "file", Path: name + "/" + sample(p), Preset: name, CoversFrom: model.NoDay})
}

func (s *testSite) normalise() (*model.Model, diag.List) {
	s.t.Helper()
	payloads, fetched, err := source.Fetch(context.Background(), &s.Site, source.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	m, problems, err := Normalise(context.Background(), &s.Site, payloads, asOf, s.jobs)
	if err != nil {
		s.t.Fatal(err)
	}
	fetched.Append(problems)
	return m, fetched
}

// only returns the problems of a code as "file:line: text".
func only(list diag.List, code diag.Code) []string {
	var out []string
	for _, p := range list {
		if p.Code == code {
			out = append(out, strings.TrimSpace(p.Pos.String()+": "+p.Text+"; "+p.Hint))
		}
	}
	return out
}

// has reports whether there is one problem of a code and it holds all of the texts.
func has(t *testing.T, list diag.List, code diag.Code, texts ...string) {
	t.Helper()
	found := only(list, code)
	if len(found) != 1 {
		t.Errorf("%d problems %s, want one: %q", len(found), code, found)
		return
	}
	for _, text := range texts {
		if !strings.Contains(found[0], text) {
			t.Errorf("problem %q does not hold %q", found[0], text)
		}
	}
}

// account returns what a source read, kept and lost.
func account(m *model.Model, name string) string {
	for _, s := range m.Sources {
		if s.Name == name {
			return fmt.Sprintf("%s read %d accepted %d merged %d rejected %d unmapped %d", s.Status, s.Read, s.Accepted, s.Merged, s.Rejected, s.Unmapped)
		}
	}
	return "no such source"
}

// results returns the synthetic results of all tests, one a line.
func results(m *model.Model) string {
	var b strings.Builder
	for _, t := range m.Tests {
		subject := t.Subject.Unknown
		switch {
		case t.Subject.Service != model.NoIndex:
			subject = m.Services[t.Subject.Service].ID
		case t.Subject.Journey != model.NoIndex:
			subject = m.Journeys[t.Subject.Journey].ID
		}
		for _, run := range t.Runs {
			for i := range run.Len() {
				r := run.Result(i)
				at := time.Unix(int64(r.At), 0).UTC().Format(time.RFC3339)
				fmt.Fprintf(&b, "%s of %s at %s from %q: %d %d %d %d\n", t.ID, subject, at, m.Locations[r.Location], r.Passed, r.Failed, r.Flaky, r.Skipped)
			}
		}
	}
	return b.String()
}
