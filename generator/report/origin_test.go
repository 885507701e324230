package report

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"uptree/generator/rollup"
)

// TestTermsOfATotalLieEndToEnd draws totals of few and many children: the bars go on where
// the ones before end, what is shared reaches back to where the total ends, and what is not
// drawn is in the bar that stands for it.
func TestTermsOfATotalLieEndToEnd(t *testing.T) {
	for _, test := range []struct {
		children       int
		direct, shared float64
		drawn          string
	}{
		{1, 0, 0, "child total"},
		{3, 5, 0, "child child child direct total"},
		{8, 0, 4, strings.Repeat("child ", 8) + "shared total"},
		{40, 5, 12, strings.Repeat("child ", 8) + "direct shared total"},
	} {
		sum := adding{metric: &rollup.Metric{Unit: rollup.One}}
		all := test.direct
		for i := range test.children {
			size := float64(1 + i*7%11)
			all += size
			sum.add("child", text(fmt.Sprint(i)), size)
		}
		if test.direct > 0 {
			sum.add("direct", text("here"), test.direct)
		}
		if test.shared > 0 {
			sum.add("shared", text("several"), test.shared)
		}
		sum.add("total", text("all"), all-test.shared)
		drawn := sum.drawn()
		var kinds []string
		end := 0.0
		for _, term := range drawn {
			kinds = append(kinds, term.Kind)
			switch term.Kind {
			case "child", "direct":
				if math.Abs(term.From-end) > 1e-9 {
					t.Errorf("%+v: a term begins at %v, the one before ends at %v", test, term.From, end)
				}
				end = term.To
			case "shared":
				if math.Abs(term.To-end) > 1e-9 || math.Abs(term.To-term.From-test.shared/all) > 1e-9 {
					t.Errorf("%+v: what is shared lies from %v to %v of %v", test, term.From, term.To, end)
				}
				end = term.From
			case "total":
				if term.From != 0 || math.Abs(term.To-end) > 1e-9 {
					t.Errorf("%+v: the total ends at %v, its terms at %v", test, term.To, end)
				}
			}
		}
		if got := strings.Join(kinds, " "); got != test.drawn {
			t.Errorf("%+v: drawn are %s, want %s", test, got, test.drawn)
		}
		if len(sum.terms) != test.children+len(drawn)-min(test.children, maxDrawn) {
			t.Errorf("%+v: the table has %d terms", test, len(sum.terms))
		}
	}
}
