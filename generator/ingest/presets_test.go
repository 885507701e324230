package ingest

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/itchyny/gojq"

	"uptree/generator/config"
	"uptree/generator/decode"
	"uptree/generator/model"
)

var update = flag.Bool("update", false, "rewrite the expected records of presets")

// TestPresets runs each preset on its sample and compares the records that its mapping
// makes, one a line.
func TestPresets(t *testing.T) {
	for _, p := range Presets() {
		t.Run(p.Name, func(t *testing.T) {
			for _, dir := range samples(&p) {
				compareMapped(t, p, dir)
			}
		})
	}
}

// samples are the folders of a preset's samples.
func samples(p *Preset) []string {
	dir := filepath.Join("testdata/presets", p.Name)
	if p.Evidence == "recorded" {
		return []string{dir, filepath.Join(dir, "recorded")}
	}
	return []string{dir}
}

func compareMapped(t *testing.T, p Preset, dir string) {
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
}

// sample is the pattern of a preset's sample files.
func sample(p *Preset) string {
	f, _ := formatNamed(p.Formats[0])
	return "*" + f.Extensions[0]
}

func mapped(t *testing.T, p Preset, dir string) []string {
	m, err := compileMapping(p.Map, testZones(t), asOf)
	if err != nil {
		t.Fatal(err)
	}
	m.host = readPromises(t, &p).Host
	files, err := filepath.Glob(filepath.Join(dir, sample(&p)))
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
			outputs, err := m.run(newBudget(context.Background(), 0), docs.Doc().Value, filepath.Base(name))
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
		if (p.Evidence == "recorded") != (p.Origin != "") {
			t.Errorf("preset %s is %s, its data are from %q", p.Name, p.Evidence, p.Origin)
		}
		for _, f := range p.Formats {
			if _, ok := formatNamed(f); !ok {
				t.Errorf("preset %s reads the unknown format %s", p.Name, f)
			}
		}
		if _, ok := FamilyNamed(p.Family); !ok || !strings.HasPrefix(p.Link, "https://") || p.Token == "" || p.Limits == "" || p.LeftOut == "" {
			t.Errorf("the guide has nothing to say of %s: family %q, link %q, token %q, limits %q, left_out %q", p.Name, p.Family, p.Link, p.Token, p.Limits, p.LeftOut)
		}
	}
}

// TestBlocksForCopying: what the guide says to put into site.toml is accepted as it stands.
func TestBlocksForCopying(t *testing.T) {
	for _, p := range Presets() {
		site, problems, err := config.Load(fstest.MapFS{"site.toml": {Data: []byte(p.Site)}}, ".", "site.toml")
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", p.Name, problems, err)
		}
		for _, s := range site.Sources {
			if s.Preset != p.Name {
				t.Errorf("the block of %s has a source of the preset %q", p.Name, s.Preset)
			}
			if s.Kind != "file" && s.Every == 0 {
				t.Errorf("the block of %s asks at every build", p.Name)
			}
		}
		if len(site.Sources) == 0 {
			t.Errorf("%s has no block to copy", p.Name)
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

// TestPresetsKeepNoPerson: the name of a user is in nothing that a page could show.
func TestPresetsKeepNoPerson(t *testing.T) {
	for _, p := range Presets() {
		for _, dir := range samples(&p) {
			for _, line := range mapped(t, p, dir) {
				if lower := strings.ToLower(line); strings.Contains(lower, "quill") || strings.Contains(lower, "@") {
					t.Errorf("%s: a person is in %s", p.Name, line)
				}
			}
		}
	}
}

// incidentsOf reads a preset's sample beside services that its ids lead to.
func incidentsOf(t *testing.T, preset string) (m *model.Model, counts, list string) {
	t.Helper()
	s := newSite(t)
	s.source(model.Services, "more.csv", "id,owner,aliases\nbasket,payments,PX12345;comp-checkout;basket\nsearch,platform,PX67890;comp-search;northwind/search\n")
	s.preset(preset)
	m, problems := s.normalise()
	if m == nil {
		t.Fatal(problems)
	}
	return m, account(m, preset), incidents(m)
}

func TestStatuspage(t *testing.T) {
	_, account, got := incidentsOf(t, "statuspage")
	const want = `m1n2b3v4c5x6 "Database upgrade"  impact [basket search] cause [] 2025-03-02T20:00:00Z to 2025-03-02T22:15:00Z planned true open follow-ups -1
q1w2e3r4t5y6 "Slow checkout" major impact [basket search] cause [] 2025-03-09T06:35:02Z to 2025-03-09T09:10:00Z planned false open follow-ups -1
z9x8c7v6b5n4 "Search results out of date" none impact [] cause [] 2025-03-10T13:45:00Z to 2025-03-20T08:05:00Z planned false open follow-ups -1
`
	if got != want || account != "ok read 3 accepted 3 merged 0 rejected 0 unmapped 0" {
		t.Errorf("%s\n%swant\n%s", account, got, want)
	}
}

func TestGitHubIssues(t *testing.T) {
	_, account, got := incidentsOf(t, "github-issues")
	const want = `northwind/incidents#41 "Checkout answers 502" SEV-2 impact [basket] cause [] 2025-03-04T09:12:00Z to 2025-03-04T10:02:30Z planned false open follow-ups -1
northwind/search#42 "Search is slow" high impact [search] cause [] 2025-03-06T11:00:00Z to 2025-03-20T08:05:00Z planned false open follow-ups -1
northwind/incidents#45 "Upgrade of the database" p4 impact [] cause [] 2025-03-07T20:00:00Z to 2025-03-07T22:00:00Z planned true open follow-ups -1
`
	if got != want || account != "ok read 3 accepted 3 merged 0 rejected 0 unmapped 0" {
		t.Errorf("%s\n%swant\n%s", account, got, want)
	}
}

// TestPagerDuty unites the incident of the list with the acknowledgement of its log.
func TestPagerDuty(t *testing.T) {
	m, account, _ := incidentsOf(t, "pagerduty")
	if account != "ok read 7 accepted 6 merged 1 rejected 0 unmapped 0" {
		t.Error(account)
	}
	for id, want := range map[string]model.Time{"Q0A1": 270, "Q0A2": 360, "Q0A4": 240, "Q0A5": 180, "Q0B1": 150} {
		i, ok := m.Incident(id)
		if !ok {
			t.Errorf("no incident %s", id)
			continue
		}
		at := m.Incidents[i].Moments
		if got := at[model.Acknowledged] - at[model.Started]; got != want {
			t.Errorf("%s was acknowledged after %d s, want %d", id, got, want)
		}
	}
	if i, ok := m.Incident("Q0B2"); !ok || m.Incidents[i].Moments[model.Acknowledged].Known() {
		t.Error("Q0B2, which nobody acknowledged, was")
	}
}

func TestJUnitPreset(t *testing.T) {
	s := newSite(t)
	s.source(model.Journeys, "journeys.csv", "id,services\nbuy,cards;payouts\n")
	s.preset("junit")
	m, problems := s.normalise()
	if m == nil {
		t.Fatal(problems)
	}
	const want = `checkout › shop.Checkout › pays by card of buy at 2025-03-01T10:00:00Z from "eu-west": 0 1 0 0
checkout › shop.Checkout › adds an item of basket at 2025-03-01T10:00:00Z from "eu-west": 1 0 0 0
checkout › shop.Checkout › pays by invoice of basket at 2025-03-01T10:00:00Z from "eu-west": 0 0 0 1
checkout › shop.Checkout › retries of basket at 2025-03-01T10:00:00Z from "eu-west": 0 0 1 0
checkout › shop.Checkout › retries #2 of basket at 2025-03-01T10:05:00Z from "eu-west": 1 0 0 0
search.spec.ts › suggestions › is quick of suggestions at 2025-03-01T11:00:00Z from "": 0 0 0 1
search.spec.ts › suggestions › is right of tests/search.spec.ts at 2025-03-01T11:00:00Z from "": 1 0 0 0
`
	if got := results(m); got != want || account(m, "junit") != "ok read 8 accepted 7 merged 0 rejected 1 unmapped 0" {
		t.Errorf("%s\n%swant\n%s", account(m, "junit"), got, want)
	}
}

func TestGrafanaSyntheticMonitoring(t *testing.T) {
	s := newSite(t)
	s.source(model.Journeys, "journeys.csv", "id,services\nbuy,cards;payouts\n")
	s.preset("grafana-synthetic-monitoring")
	m, problems := s.normalise()
	if m == nil {
		t.Fatal(problems)
	}
	const want = `checkout https://shop.northwind.example/ of buy at 2025-02-28T23:00:00Z from "Tokyo": 0 288 0 0
checkout https://shop.northwind.example/ of checkout at 2025-02-28T23:00:00Z from "Oslo": 1439 1 0 0
checkout https://shop.northwind.example/ of checkout at 2025-03-01T23:00:00Z from "Oslo": 1440 0 0 0
uptime of search https://search.northwind.example/ of search-api at 2025-02-28T23:00:00Z from "": 1439 1 0 0
`
	if got := results(m); got != want || account(m, "grafana-synthetic-monitoring") != "ok read 5 accepted 4 merged 0 rejected 1 unmapped 0" {
		t.Errorf("%s\n%swant\n%s", account(m, "grafana-synthetic-monitoring"), got, want)
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

// TestGrafanaBothNumbers maps what kind prometheus makes of the preset's queries: with a
// probe reachability, without one uptime.
func TestGrafanaBothNumbers(t *testing.T) {
	p, _ := PresetNamed("grafana-synthetic-monitoring")
	m, err := compileMapping(p.Map, testZones(t), asOf)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		record map[string]any
		want   string
	}{
		{map[string]any{"day": "2025-03-01", "job": "web", "instance": "https://a", "probe": "Oslo", "passed": 1438.7, "all": 1439.9},
			`{"day":"2025-03-01","failed":1,"location":"Oslo","passed":1439,"service":"web","test":"web https://a","title":"web https://a"}`},
		{map[string]any{"day": "2025-03-01", "job": "web", "label_journey": "buy", "passed": 1440.4, "all": 1440.2},
			`{"day":"2025-03-01","failed":0,"journey":"buy","location":null,"passed":1440,"test":"uptime of web","title":"uptime of web"}`},
		{map[string]any{"day": "2025-03-01", "job": "web", "passed": 0.0, "all": 0.0}, `null`},
	} {
		outputs, err := m.run(newBudget(context.Background(), 0), c.record, "report.xml")
		if err != nil || len(outputs) != 1 {
			t.Fatal(outputs, err)
		}
		if got, _ := gojq.Marshal(outputs[0]); string(got) != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
