package render

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"uptree/generator/report"
)

// dotData is what a reader of the script's data sees of a dot plot.
type dotData struct {
	Dots        [][][]float64
	Median, P90 []*float64
	Beside      [][]string
	Ticks       []float64
}

// TestLayersAgreeOnEveryLength reads the lengths and marks of dot plots back from the data
// of the script, from the table and from the places in the drawing.
func TestLayersAgreeOnEveryLength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := randomDots(t)
		var data dotData
		if err := json.Unmarshal(AppendChartData(nil, &c), &data); err != nil {
			t.Fatal(err)
		}
		rows, paths := readRows(t, AppendTable(nil, &c)), pathsOf(t, AppendSVG(nil, &c))
		grid := numbersOf(t, paths["grid"])
		for i := range c.Series {
			s := &c.Series[i]
			if diff := cmp.Diff(triples(s), data.Dots[i]); diff != "" {
				t.Fatalf("the data: %s", diff)
			}
			if diff := cmp.Diff([]*float64{s.Median, s.P90}, []*float64{data.Median[i], data.P90[i]}); diff != "" {
				t.Fatalf("the marks: %s", diff)
			}
			cells := append(slices.Clone(s.Beside), strings.Join(worded(s), " · "))
			if row := rows[i]; row.head != s.Name || !slices.Equal(row.cells, cells) || !slices.Equal(data.Beside[i], cells) {
				t.Fatalf("the table has %q, the script %q, want %q", row.cells, data.Beside[i], cells)
			}
			place := func(v float64) float64 { // of the first and the last tick, from the grid
				first, last := grid[0], grid[len(grid)-3]
				return first + (last-first)*math.Log1p(v/60)/math.Log1p(data.Ticks[len(data.Ticks)-1]/60)
			}
			checkPlaces(t, s, place, paths)
		}
	})
}

// randomDots returns a dot plot: some series of exact lengths, some of ranges.
func randomDots(t *rapid.T) report.Chart {
	c := report.Chart{ID: "dots", Kind: report.ChartDots, Unit: report.ChartDuration, Text: testText, Beside: []string{"phase", "n"}}
	for i, class := range []string{report.ClassOwn, report.ClassInherited, report.ClassPlain, report.ClassOK}[:rapid.IntRange(0, 4).Draw(t, "series")] {
		s := report.ChartSeries{Name: texts[1+i], Class: class, Beside: []string{"7"}}
		length := rapid.Float64Range(0, 1e8)
		for _, v := range rapid.SliceOfNDistinct(length, 0, 12, rapid.ID).Draw(t, "lengths") {
			s.Values, s.N = append(s.Values, v), append(s.N, int64(rapid.IntRange(1, 5).Draw(t, "n")))
		}
		slices.Sort(s.Values)
		if rapid.Bool().Draw(t, "ranges") {
			for _, v := range s.Values {
				s.To = append(s.To, v*2+60)
			}
		}
		if len(s.Values) > 0 && rapid.Bool().Draw(t, "marked") {
			s.Median, s.P90 = &s.Values[0], &s.Values[len(s.Values)-1]
		}
		c.Series = append(c.Series, s)
	}
	return c
}

func triples(s *report.ChartSeries) [][]float64 {
	out := [][]float64{}
	for k, v := range s.Values {
		dot := []float64{v, float64(s.N[k])}
		if s.To != nil {
			dot = append(dot, s.To[k])
		}
		out = append(out, dot)
	}
	return out
}

// worded are the lengths as the table lists them.
func worded(s *report.ChartSeries) (out []string) {
	for k, v := range s.Values {
		text := report.LengthText(v, v)
		if s.To != nil {
			text = report.LengthText(v, s.To[k])
		}
		if s.N[k] > 1 {
			text += " × " + string(rune('0'+s.N[k]))
		}
		out = append(out, text)
	}
	return out
}

// checkPlaces reads the drawing: a dot for each length, or a bar as high as its range is full.
func checkPlaces(t *rapid.T, s *report.ChartSeries, place func(float64) float64, paths map[string]string) {
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 0.2 {
			t.Fatalf("%s is drawn at %v, want %v", what, got, want)
		}
	}
	if s.To == nil {
		at := numbersOf(t, paths["line dots "+s.Class]) // x, y and the 0 of h0
		for k, v := range s.Values {
			for range s.N[k] {
				near("a dot", at[0], place(v))
				at = at[3:]
			}
		}
		if len(at) > 0 {
			t.Fatalf("%d numbers too many", len(at))
		}
		return
	}
	at := numbersOf(t, paths["area "+s.Class]) // x, y, width, height, −width
	most := slices.Max(append(slices.Clone(s.N), 1))
	for k, v := range s.Values {
		near("a range", at[0], place(v))
		near("its end", at[0]+at[2], place(s.To[k]))
		near("its height", at[3], max(float64(s.N[k])/float64(most)*(dotsRow-4), 1))
		at = at[5:]
	}
}
