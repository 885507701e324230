package rollup

import "testing"

// The table is what "uptree list metrics" and the metrics page print.
func TestEveryMetricSaysWhatItIs(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Metrics {
		if seen[m.ID] {
			t.Errorf("%s stands twice", m.ID)
		}
		seen[m.ID] = true
		for what, text := range map[string]string{"title": m.Title, "unit": string(m.Unit), "operator": string(m.Operator),
			"direction": string(m.Better), "formula": m.Formula, "doc": m.Doc, "caveat": m.Caveat, "version": m.Since} {
			if text == "" {
				t.Errorf("%s has no %s", m.ID, what)
			}
		}
		if m.eval == nil {
			t.Errorf("%s is not computed", m.ID)
		}
		if (m.Operator == Time || m.Operator == Set || m.Operator == Sum) && m.counts == nil && m.found == nil && m.Unit != Currency {
			t.Errorf("%s has a total and no rule for its terms", m.ID)
		}
	}
}
