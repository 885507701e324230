package render

import (
	"encoding/csv"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"uptree/generator/report"
)

// TestGatesNameWhatDataCSVNames holds the names by which gates find the parts of a figure to
// those of data.csv: the same names with the same numbers, but for what is no part of a
// figure, and for states, which stand in index.json alone.
func TestGatesNameWhatDataCSVNames(t *testing.T) {
	for _, site := range []string{"../report/testdata/tiny", "../testdata/sites/org"} { // the second deploys
		t.Run(filepath.Base(site), func(t *testing.T) { compareNames(t, planOf(t, site, asOf)) })
	}
}

func compareNames(t *testing.T, plan *report.Plan) {
	compared := 0
	for _, k := range plan.Keys() {
		twin := plan.Page(k).Twin
		if twin == nil {
			continue
		}
		rows := csvParts(t, twin)
		for i := range twin.Metrics {
			m := &twin.Metrics[i]
			for p := range m.Cells {
				key := m.Metric.ID + " " + twin.Periods[p] + " "
				for _, n := range m.Metric.Named(&m.Cells[p]) {
					if m.Cells[p].States != nil && n.Name != "" {
						continue
					}
					if row, ok := rows[key+n.Name]; !ok || row.value != n.Value || row.unit != string(n.Unit) {
						t.Errorf("%s: %s%q is %v %s, in data.csv %v", twin.ID, key, n.Name, n.Value, n.Unit, row)
					}
					delete(rows, key+n.Name)
					compared++
				}
			}
		}
		for key := range rows {
			t.Errorf("%s: no gate finds %s", twin.ID, key)
		}
	}
	if compared < 100 {
		t.Errorf("only %d figures were compared", compared)
	}
}

type csvPart struct {
	value float64
	unit  string
}

func csvParts(t *testing.T, twin *report.Twin) map[string]csvPart {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(appendCSV(nil, twin)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]csvPart{}
	for _, r := range rows[1:] {
		switch part := r[2]; {
		case strings.HasPrefix(r[0], "objective:"), part == "previous", part == "direct", part == "shared", strings.HasPrefix(part, "child:"),
			strings.HasSuffix(part, ":previous"), strings.HasSuffix(part, ":direct"), strings.Contains(part, ":child:"):
		default:
			v, err := strconv.ParseFloat(r[3], 64)
			if err != nil {
				t.Fatal(err)
			}
			out[r[0]+" "+r[1]+" "+part] = csvPart{v, r[4]}
		}
	}
	return out
}
