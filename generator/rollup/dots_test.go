package rollup

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is drawn, it is the lengths: none is lost, none is added, and each lies where its
// dot says.
func TestDotsAreTheLengths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lengths := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 40_000_000), func(v int) float64 { return float64(v / 30 * 30) }), 0, 150).Draw(t, "lengths")
		dots := dotsOf(slices.Clone(lengths))
		slices.Sort(lengths)
		end := math.Inf(-1)
		for _, d := range dots {
			exact := len(lengths) <= mostDots
			if d.N == 0 || d.From < end || exact != (d.To == d.From) {
				t.Fatalf("a dot %+v after %v, of %d lengths", d, end, len(lengths))
			}
			for _, v := range lengths[:d.N] {
				if inside := exact && v == d.From || !exact && v >= d.From && v < d.To; !inside {
					t.Fatalf("%v is not in %+v", v, d)
				}
			}
			lengths, end = lengths[d.N:], d.To
			if exact {
				end = math.Nextafter(d.To, math.Inf(1))
			}
		}
		if len(lengths) > 0 {
			t.Fatalf("%v are not drawn", lengths)
		}
	})
}
