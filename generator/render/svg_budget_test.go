package render

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"uptree/generator/model"
	"uptree/generator/report"
)

var stateClasses = []string{report.ClassOK, report.ClassBad, report.ClassUnrecorded, report.ClassRisk}

// TestLayersAgreeOnTheStateOfEachDay reads the states back from the script's data, from the
// ranges of the table and from the cells of the drawing.
func TestLayersAgreeOnTheStateOfEachDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, want := randomDays(t)
		var data struct{ First, Days string }
		if err := json.Unmarshal(AppendChartData(nil, &c), &data); err != nil {
			t.Fatal(err)
		}
		if data.First != c.X[0].Date || data.Days != want {
			t.Fatalf("the data has %s from %s, want %s", data.Days, data.First, want)
		}
		if got := statesOfTable(t, &c); got != want {
			t.Fatalf("the table has\n%s, want\n%s", got, want)
		}
		if diff := cmp.Diff(cellsOf(want), drawnCells(t, &c)); diff != "" {
			t.Fatalf("drawn cells of each state: %s", diff)
		}
	})
}

// randomDays returns a chart of day states and one character per day.
func randomDays(t *rapid.T) (report.Chart, string) {
	c := report.Chart{ID: "days", Kind: report.ChartDays, Unit: report.ChartCount, Text: testText}
	first := model.DayOf(2025, time.January, 1) + model.Day(rapid.IntRange(0, 365).Draw(t, "first"))
	want := []byte(rapid.StringMatching(`[0123.]{1,20}(0{1,40}[0-3.]{1,20}){0,6}`).Draw(t, "states"))
	for s, class := range stateClasses {
		values := make([]float64, len(want))
		for i, state := range want {
			if values[i] = math.NaN(); state == '0'+byte(s) {
				values[i] = 1
			}
		}
		c.Series = append(c.Series, report.ChartSeries{Name: class, Class: class, Values: values})
	}
	for i := range want {
		d := first + model.Day(i)
		c.X = append(c.X, report.ChartPoint{Date: d.String(), Label: d.String(), Days: 1, Of: 1})
	}
	return c, string(want)
}

// statesOfTable expands the ranges of each month.
func statesOfTable(t *rapid.T, c *report.Chart) string {
	at := map[string]byte{}
	for _, row := range readRows(t, AppendTable(nil, c)) {
		for state, cell := range row.cells {
			for _, run := range strings.FieldsFunc(cell, func(r rune) bool { return r == ',' || r == ' ' }) {
				from, to, isRange := strings.Cut(run, "–")
				a, _ := strconv.Atoi(from)
				b, _ := strconv.Atoi(to)
				if !isRange {
					b = a
				}
				for d := a; d <= b; d++ {
					at[row.head+"-"+strconv.Itoa(100 + d)[1:]] = ("0123.")[state]
				}
			}
		}
	}
	var out []byte
	for _, x := range c.X {
		out = append(out, at[x.Date])
	}
	return string(out)
}

func cellsOf(states string) map[string]int {
	cells := map[string]int{}
	for s, class := range append(stateClasses, "none") {
		if n := strings.Count(states, "0123."[s:s+1]); n > 0 {
			cells[class] = n
		}
	}
	return cells
}

// drawnCells counts the cells of each class: a run of n is 12n − 2 long.
func drawnCells(t *rapid.T, c *report.Chart) map[string]int {
	cells := map[string]int{}
	for class, d := range pathsOf(t, AppendSVG(nil, c)) {
		n := numbersOf(t, d) // x y length per run
		for i := 2; i < len(n); i += 3 {
			cells[strings.TrimPrefix(class, "day ")] += int(math.Round((n[i] + 2) / calendarCell))
		}
	}
	return cells
}

// TestSmallBurndownsShareTheirScale reads a line back on a scale that its values may leave:
// those run along its edge.
func TestSmallBurndownsShareTheirScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := report.Chart{ID: "small", Kind: report.ChartSmall, Unit: report.ChartBudget, Text: testText, Scale: &report.ChartBand{Low: -1, High: 1}}
		values := rapid.SliceOfN(rapid.Float64Range(-20, 1.5), 1, 60).Draw(t, "values")
		c.X = make([]report.ChartPoint, len(values))
		c.Series = []report.ChartSeries{{Class: report.ClassPlain, Values: values}}
		paths := pathsOf(t, AppendSVG(nil, &c))
		at := append(numbersOf(t, paths["line plain"]), numbersOf(t, strings.ReplaceAll(paths["line dots plain"], "h0", ""))...)
		for i, v := range values {
			want := smallHeight/2 - max(-1, min(v, 1))*(smallHeight/2-3)
			if math.Abs(at[2*i+1]-want) > 0.1 {
				t.Fatalf("%v is drawn at %v, want %v", v, at[2*i+1], want)
			}
		}
	})
}
