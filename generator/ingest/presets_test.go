package ingest

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/itchyny/gojq"

	"uptree/generator/decode"
	"uptree/generator/model"
)

var update = flag.Bool("update", false, "rewrite the expected records of presets")

// TestPresets runs each preset on its sample and compares the records that its mapping
// makes, one a line.
func TestPresets(t *testing.T) {
	for _, p := range Presets() {
		t.Run(p.Name, func(t *testing.T) {
			dir := filepath.Join("testdata/presets", p.Name)
			got := strings.Join(mapped(t, p, dir), "\n") + "\n"
			golden := filepath.Join(dir, "expected.jsonl")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("records differ from %s; got\n%s", golden, got)
			}
		})
	}
}

func mapped(t *testing.T, p Preset, dir string) []string {
	m, err := compileMapping(p.Map, testZones(t), asOf)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*."+p.Formats[0]))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sample in %s: %v", dir, err)
	}
	var lines []string
	for _, name := range files {
		r, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		docs, _ := decode.Documents(p.Formats[0], r, decode.DocOptions{File: name})
		for docs.Next() {
			outputs, err := m.run(newBudget(context.Background(), 0), docs.Doc().Value)
			if err != nil {
				t.Fatal(err)
			}
			for _, output := range outputs {
				line, _ := gojq.Marshal(output)
				lines = append(lines, string(line))
			}
		}
		if len(docs.Rejects()) > 0 || docs.Err() != nil {
			t.Fatal(name, docs.Rejects(), docs.Err())
		}
		r.Close()
	}
	return lines
}

func TestEveryPresetIsDocumented(t *testing.T) {
	for _, p := range Presets() {
		if p.Title == "" || p.Doc == "" || p.Map == "" || len(p.Datasets) == 0 || len(p.Formats) == 0 || !slices.Contains([]string{"recorded", "spec"}, p.Evidence) {
			t.Errorf("preset %s is not complete: %+v", p.Name, p)
		}
		for _, f := range p.Formats {
			if _, ok := formatNamed(f); !ok {
				t.Errorf("preset %s reads the unknown format %s", p.Name, f)
			}
		}
	}
}

// TestBackstage builds the model of a catalogue of 8 groups, 13 components and 1 resource.
func TestBackstage(t *testing.T) {
	s := newSite(t)
	s.Sources = nil
	s.preset("backstage")
	m, problems := s.normalise()
	if m == nil {
		t.Fatal(problems)
	}
	groups, root := 0, m.Nodes[0]
	for _, n := range m.Nodes {
		if !n.Generated {
			groups++
		}
	}
	if groups != 8 || root.Generated || root.ID != "northwind" {
		t.Errorf("%d nodes under %s, want 8 under northwind", groups, root.ID)
	}
	if n, ok := m.Node("commerce"); !ok || m.Nodes[m.Nodes[n].Parent].ID != "engineering" {
		t.Error("commerce, which only its parent lists, is not under engineering")
	}
	unowned := 0
	for _, svc := range m.Services {
		if svc.Home == m.NotOwned {
			unowned++
		}
	}
	if len(m.Services) != 14 || unowned != 3 || len(m.Dependencies) != 4 {
		t.Errorf("%d services, %d not owned, %d dependencies; want 14, 3 and 4", len(m.Services), unowned, len(m.Dependencies))
	}
	for alias, id := range map[string]string{"PX12345": "basket", "component:default/orders": "orders", "api:default/orders": "orders", "resource:default/basket-db": "resource.basket-db"} {
		if i, ok := m.Service(alias); !ok || m.Services[i].ID != id {
			t.Errorf("%s does not lead to %s", alias, id)
		}
	}
	if got := account(m, "backstage"); !strings.HasSuffix(got, "rejected 0 unmapped 0") {
		t.Error(got)
	}
}

// TestBackstageKeepsNoPerson: the name of a user is in nothing that a page could show.
func TestBackstageKeepsNoPerson(t *testing.T) {
	p, _ := presetNamed("backstage")
	for _, line := range mapped(t, *p, "testdata/presets/backstage") {
		if lower := strings.ToLower(line); strings.Contains(lower, "quill") || strings.Contains(lower, "@") {
			t.Errorf("a person is in %s", line)
		}
	}
}

func TestPlaywright(t *testing.T) {
	s := newSite(t)
	s.source(model.Journeys, "journeys.csv", "id,services\nbuy,cards;payouts\n")
	s.preset("playwright")
	m, problems := s.normalise()
	if m == nil {
		t.Fatal(problems)
	}
	const want = `c1-b/chromium of buy at 2025-03-01T10:01:00Z from "chromium": 0 1 0 0
c1-c/chromium of buy at 2025-03-01T09:59:58Z from "chromium": 0 0 0 1
c1-a/chromium of basket at 2025-03-01T10:00:00Z from "chromium": 1 0 0 0
c1-a/webkit of basket at 2025-03-01T10:00:09Z from "webkit": 0 0 1 0
s1-a of search.spec.ts at 2025-03-01T10:03:00Z from "": 1 0 0 0
c1-d/chromium of shop/checkout.spec.ts at 2025-03-01T10:02:00Z from "chromium": 1 0 0 0
`
	if got := results(m); got != want {
		t.Errorf("results\n%swant\n%s", got, want)
	}
}
