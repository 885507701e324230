package generator_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/ingest"
	"uptree/generator/model"
	"uptree/generator/rollup"
	"uptree/generator/source"
)

// The raw records of an organisation, as texts of a CSV. They share nothing with package
// model: the oracle reads them on its own.
type (
	nodeRow struct {
		ID        string `csv:"id"`
		Parent    string `csv:"parent"`
		ValidFrom string `csv:"valid_from"`
		ValidTo   string `csv:"valid_to"`
		Successor string `csv:"successor"`
	}
	serviceRow struct {
		ID         string `csv:"id"`
		Owner      string `csv:"owner"`
		ThirdParty string `csv:"third_party"`
		Aliases    string `csv:"aliases"`
		ValidFrom  string `csv:"valid_from"`
		ValidTo    string `csv:"valid_to"`
	}
	dependencyRow struct {
		From     string `csv:"from"`
		To       string `csv:"to"`
		Hardness string `csv:"hardness"`
		Evidence string `csv:"evidence"`
	}
	journeyRow struct {
		ID       string `csv:"id"`
		Services string `csv:"services"`
		Owner    string `csv:"owner"`
	}
	incidentRow struct {
		ID            string `csv:"id"`
		Severity      string `csv:"severity"`
		Type          string `csv:"type"`
		Services      string `csv:"services"`
		Cause         string `csv:"cause"`
		Started       string `csv:"started"`
		Detected      string `csv:"detected"`
		Acknowledged  string `csv:"acknowledged"`
		Identified    string `csv:"identified"`
		Mitigated     string `csv:"mitigated"`
		Resolved      string `csv:"resolved"`
		DetectedBy    string `csv:"detected_by"`
		Planned       string `csv:"planned"`
		Review        string `csv:"review"`
		FollowupsOpen string `csv:"followups_open"`
	}
	resultRow struct {
		Test     string `csv:"test"`
		Service  string `csv:"service"`
		Journey  string `csv:"journey"`
		Started  string `csv:"started"`
		Day      string `csv:"day"`
		Location string `csv:"location"`
		Passed   string `csv:"passed"`
		Failed   string `csv:"failed"`
		Flaky    string `csv:"flaky"`
		Skipped  string `csv:"skipped"`
	}
)

// eventSource is a source of incidents, synthetic results or deployments; files are read in order.
type eventSource struct {
	Name       string
	Covers     []string
	CoversFrom string
	Pilot      bool
	Merge      bool
	Incidents  [][]incidentRow // per file
	Results    [][]resultRow   // per file

	Deployments [][]deploymentRow // per file
	Findings    [][]findingRow    // per file
	Costs       [][]costRow       // per file
	Staffing    [][]staffingRow   // per file
	Observed    [][]observedRow   // per file
}

// organisation is all input of one site.
type organisation struct {
	Zone         string
	AsOf         string // RFC 3339
	ImpactEnds   string
	Periods      []string
	Nodes        []nodeRow
	Services     []serviceRow
	Dependencies []dependencyRow
	Journeys     []journeyRow
	Sources      []eventSource
	Objectives   []sloRow
	Measured     []sliRow
	Exclusions   []exclusionRow
	Redefined    string // first day of a new definition of own_sum; "" for none
}

// write puts the organisation into a folder as a site.
func (o *organisation) write(t testing.TB, dir string) {
	t.Helper()
	var toml strings.Builder
	fmt.Fprintf(&toml, "title = \"Oracle\"\ntimezone = %q\n[incidents]\nimpact_ends = %q\n", o.Zone, o.ImpactEnds)
	fmt.Fprintf(&toml, "[findings.limits]\nhigh = \"%dd\"\ncritical = \"%dd\"\n", findingLimits["high"], findingLimits["critical"])
	for _, p := range o.Periods {
		fmt.Fprintf(&toml, "[period.%s]\n", p)
	}
	put := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	plain := func(name, dataset string, data []byte) {
		put(name+".csv", data)
		fmt.Fprintf(&toml, "[source.%s]\ndataset = %q\npath = %q\n", name, dataset, name+".csv")
	}
	plain("org", "nodes", table(o.Nodes))
	plain("services", "services", table(o.Services))
	plain("dependencies", "dependencies", table(o.Dependencies))
	plain("journeys", "journeys", table(o.Journeys))
	plain("slos", "slos", table(o.Objectives))
	plain("slis", "slis", table(o.Measured))
	plain("exclusions", "exclusions", table(o.Exclusions))
	for _, s := range o.Sources {
		fmt.Fprintf(&toml, "[source.%s]\ndataset = %q\npath = %q\npilot = %t\nmerge = %t\n", s.Name, s.dataset(), s.Name+"-*.csv", s.Pilot, s.Merge)
		if s.CoversFrom != "" {
			fmt.Fprintf(&toml, "covers_from = %q\n", s.CoversFrom)
		}
		if len(s.Covers) > 0 {
			fmt.Fprintf(&toml, "covers = [\"%s\"]\n", strings.Join(s.Covers, `", "`))
		}
		for i, rows := range s.Incidents {
			put(s.Name+"-"+strconv.Itoa(i)+".csv", table(rows))
		}
		for i, rows := range s.Deployments {
			put(s.Name+"-"+strconv.Itoa(i)+".csv", table(rows))
		}
		for i, rows := range s.Findings {
			put(s.Name+"-"+strconv.Itoa(i)+".csv", table(rows))
		}
		for i, rows := range s.Costs {
			put(s.Name+"-"+strconv.Itoa(i)+".csv", table(rows))
		}
		for i, rows := range s.Staffing {
			put(s.Name+"-"+strconv.Itoa(i)+".csv", table(rows))
		}
		for i, rows := range s.Observed {
			put(s.Name+"-"+strconv.Itoa(i)+".csv", table(rows))
		}
		for i, rows := range s.Results {
			put(s.Name+"-"+strconv.Itoa(i)+".csv", table(rows))
		}
	}
	o.defineOwn(&toml)
	put("site.toml", []byte(toml.String()))
}

// table writes rows as CSV; the columns are the tags of their fields.
func table[R any](rows []R) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	row := reflect.TypeFor[R]()
	var line []string
	for i := range row.NumField() {
		line = append(line, row.Field(i).Tag.Get("csv"))
	}
	for i := -1; i < len(rows); i++ {
		if i >= 0 {
			for j := range line {
				line[j] = reflect.ValueOf(rows[i]).Field(j).String()
			}
		}
		if err := w.Write(line); err != nil {
			panic(err)
		}
	}
	w.Flush()
	return out.Bytes()
}

// compute runs the program's own stages over the site in a folder, up to the figures.
func (o *organisation) compute(t testing.TB, dir string, jobs int) *rollup.Cube {
	t.Helper()
	var problems diag.List
	site, found, err := config.Load(os.DirFS(dir), dir, "site.toml")
	problems.Append(found)
	if err != nil || problems.HasErrors() {
		t.Fatalf("config: %v %v", err, problems)
	}
	payloads, found, err := source.Fetch(context.Background(), site, source.Options{Jobs: jobs})
	problems.Append(found)
	if err != nil {
		t.Fatal(err)
	}
	m, found, err := ingest.Normalise(context.Background(), site, payloads, model.Time(instant(o.AsOf)), jobs)
	problems.Append(found)
	if err != nil || m == nil || problems.HasErrors() {
		t.Fatalf("normalise: %v %v", err, problems)
	}
	var specs []rollup.PeriodSpec
	for _, p := range site.Periods {
		specs = append(specs, rollup.PeriodSpec{Name: p.Name, Days: p.Days})
	}
	cube, found := rollup.Compute(m, specs, jobs)
	if len(found) > 0 {
		t.Errorf("totals do not reconcile: %v", found)
	}
	return cube
}

// instant reads an RFC 3339 text as seconds since 1970.
func instant(text string) int64 {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return at.Unix()
}
