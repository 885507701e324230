package generator_test

import (
	"bytes"
	"encoding/csv"
	"math/big"
	"path"
	"regexp"
	"strings"
	"testing"
)

// costTwin is what index.json says of cost.
type costTwin struct {
	Metrics struct {
		Cost map[string]struct {
			Value      *string
			Currencies map[string]struct {
				Value, Credits, Idle string
				By                   map[string]map[string]string
				Conservation         struct {
					Children       map[string]string
					Direct, Shared string
				}
			}
		}
	}
}

// TestTheCostOfTheSampleIsExact adds up the bill by itself: the days that lie wholly in the
// last 28, to the cent, in both twins of the root.
func TestTheCostOfTheSampleIsExact(t *testing.T) {
	site, want := sampleSite(t), new(big.Rat)
	for _, row := range sampleRows(t, "cloud-bill.csv") {
		if row["day"] >= "2026-10-24" && row["day"] < "2026-11-20" { // as_of less 28 days is in the afternoon of the 23rd
			want.Add(want, rational(row["amount"]))
		}
	}
	var twin costTwin
	site.decode(t, "index.json", &twin)
	cost := twin.Metrics.Cost["28d"]
	if cost.Value == nil || *cost.Value != decimal(want) {
		t.Fatalf("index.json says %v, the bill %s", cost.Value, decimal(want))
	}
	in := cost.Currencies["EUR"]
	sum := rational(in.Conservation.Direct)
	for _, child := range in.Conservation.Children {
		sum.Add(sum, rational(child))
	}
	if sum.Cmp(want) != 0 || in.By["allocation"]["unallocated"] == "" || in.Idle == "0" || in.Credits[0] != '-' {
		t.Errorf("terms make %s of %s; %+v", decimal(sum), decimal(want), in)
	}
	if line := "cost,28d,," + decimal(want) + ",EUR,"; !bytes.Contains(site.read(t, "data.csv"), []byte(line)) {
		t.Errorf("data.csv has no line %s", line)
	}
}

// TestCurrenciesAreNeverAdded: where there are several, no value stands for them.
func TestCurrenciesAreNeverAdded(t *testing.T) {
	site := sampleSite(t)
	var twin costTwin
	site.decode(t, "org/_third-party/index.json", &twin)
	if cost := twin.Metrics.Cost["365d"]; cost.Value != nil || len(cost.Currencies) != 2 {
		t.Errorf("suppliers cost %+v", cost)
	}
	lines, err := csv.NewReader(bytes.NewReader(site.read(t, "org/_third-party/data.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	units := map[string]bool{}
	for _, line := range lines {
		if line[0] == "cost" && line[1] == "365d" && line[2] == line[4] {
			units[line[4]] = true
		}
	}
	if len(units) != 2 {
		t.Errorf("data.csv has the currencies %v", units)
	}
}

var costSection = regexp.MustCompile(`(?s)<h2 id="cost">.*?</section>`)

// TestCostStandsBesideWhatItPaysFor: the objectives, and what one nine more would be worth
// as a question, never as a price; nothing where nothing is recorded.
func TestCostStandsBesideWhatItPaysFor(t *testing.T) {
	site := sampleSite(t)
	paid := map[string]bool{}
	for _, file := range []string{"cloud-bill.csv", "supplier-invoices.csv"} {
		for _, row := range sampleRows(t, file) {
			paid[row["service"]] = true
		}
	}
	asked := 0
	for _, s := range site.subjects(t) {
		if s.Kind != "service" {
			continue
		}
		section := string(costSection.Find(site.read(t, path.Join(s.URL))))
		if (section != "") != paid[s.ID] {
			t.Errorf("%s: paid for is %t, its page has %q", s.ID, paid[s.ID], section)
		}
		if !strings.Contains(section, `id="cost-serves"`) {
			continue
		}
		if asked++; !strings.Contains(section, "Would those who rely on it notice?") {
			t.Errorf("%s: nothing is asked in %s", s.ID, section)
		}
		_, table, _ := strings.Cut(section, `id="cost-serves"`)
		if table, _, _ = strings.Cut(table, "</table>"); strings.Contains(table, "EUR") {
			t.Errorf("%s: a price stands beside a target: %s", s.ID, table)
		}
	}
	if asked == 0 {
		t.Error("no service with a cost has an objective")
	}
}
