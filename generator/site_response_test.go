package generator_test

import (
	"bytes"
	"encoding/json"
	"path"
	"testing"
)

// pageData is what the script of a page registers of its charts.
type pageData struct {
	Charts map[string]struct {
		Default string
		Periods map[string]struct {
			Rows [][]any
			Dots [][][]float64
		}
	}
}

// TestResponsesAddUp takes the charts of the responses from every page of the sample: the
// parts of all points are the hours of the period, to the second, and the dots are as many
// as the twin says.
func TestResponsesAddUp(t *testing.T) {
	needsScript(t)
	site := sampleSite(t)
	sums, dots := 0, 0
	for _, s := range site.subjects(t) {
		if s.Kind != "node" && s.Kind != "service" && s.Kind != "journey" {
			continue
		}
		var twin struct {
			Metrics struct {
				Hours map[string]struct{ Value float64 } `json:"phase_hours"`
				Took  map[string]struct {
					Distributions map[string]struct{ N int }
				} `json:"phase_duration"`
			}
		}
		site.decode(t, path.Join(path.Dir(s.URL), "index.json"), &twin)
		charts := site.pageData(t, s.URL).Charts
		for period, chart := range charts["response-hours"].Periods {
			sum := 0.0
			for _, row := range chart.Rows {
				for _, v := range row[2:] {
					sum += v.(float64)
				}
			}
			if sums++; sum != twin.Metrics.Hours[period].Value {
				t.Errorf("%s over %s: the parts add up to %v s, the figure is %v s", s.URL, period, sum, twin.Metrics.Hours[period].Value)
			}
		}
		for period, chart := range charts["response-lengths"].Periods {
			for i, row := range chart.Dots {
				n := 0
				for _, dot := range row {
					n += int(dot[1])
				}
				if dots += n; n != twin.Metrics.Took[period].Distributions[phases[i]].N {
					t.Errorf("%s over %s: %d dots in row %d, want %d", s.URL, period, n, i, twin.Metrics.Took[period].Distributions[phases[i]].N)
				}
			}
		}
	}
	if sums < 100 || dots < 1000 {
		t.Errorf("%d charts and %d dots: the sample shows too little", sums, dots)
	}
}

// pageData reads what a page keeps for its script; nothing where it keeps nothing.
func (b *built) pageData(t testing.TB, page string) (r pageData) {
	t.Helper()
	if !bytes.Contains(b.read(t, page), []byte(`<figure class="chart"`)) {
		return r
	}
	script := b.read(t, path.Join(path.Dir(page), "periods.js"))
	_, object, ok := bytes.Cut(bytes.TrimSuffix(script, []byte(";\n")), []byte("later="))
	if !ok {
		t.Fatalf("%s registers nothing", page)
	}
	if err := json.Unmarshal(object, &r); err != nil {
		t.Fatalf("%s: %v", page, err)
	}
	return r
}
