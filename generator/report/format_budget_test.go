package report

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSharesOfABudgetAreWholeUnlessAnEdgeIsNear(t *testing.T) {
	for share, want := range map[float64]string{
		0.64: "64 %", -18: "−1 800 %", 0: "0 %", 1: "100 %", 0.25: "25 %",
		0.2496: "24.96 %", 0.2479: "24.8 %", -0.002: "−0.2 %", 0.003: "0.3 %", 1.004: "100.4 %", 1e-9: "0.001 %", -1e-9: "−0.001 %",
		1.82: "182 %", math.Copysign(0, -1): "0 %",
	} {
		want = strings.ReplaceAll(strings.ReplaceAll(want, " %", nbsp+"%"), "1 800", "1"+thin+"800")
		if got := BudgetShare(share); got != want {
			t.Errorf("%v is printed as %q, want %q", share, got, want)
		}
	}
}

// An objective at risk with less than a quarter left never reads as 25 %.
func TestPrintedSharesStayOnTheirSideOfEveryEdge(t *testing.T) {
	share := rapid.OneOf(rapid.Float64Range(-30, 30), rapid.Float64Range(-0.01, 0.01), rapid.Float64Range(0.2499, 0.2501), rapid.Float64Range(0.999, 1.001))
	rapid.Check(t, func(t *rapid.T) {
		v := share.Draw(t, "share")
		text := strings.NewReplacer(minus, "-", thin, "", nbsp+"%", "").Replace(BudgetShare(v))
		printed, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		for _, edge := range []float64{0, 25, 75, 100} {
			if (v*100 < edge) != (printed < edge) || (v*100 > edge) != (printed > edge) {
				t.Fatalf("%v is printed as %s, across %v", v, text, edge)
			}
		}
	})
}
