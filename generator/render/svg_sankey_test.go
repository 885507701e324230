package render

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"uptree/generator/report"
)

// TestAFlowIsTheSameInEachLayer draws random flows: the ribbons of a series are as high as
// its values, the table words them and the data of the script holds them.
func TestAFlowIsTheSameInEachLayer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := randomFlow(t)
		checkTable(t, &c)
		var data struct {
			chartData
			Ends [][2]string
		}
		if err := json.Unmarshal(AppendChartData(nil, &c), &data); err != nil {
			t.Fatal(err)
		}
		checkData(t, &c, data.chartData)
		for point, ends := range c.Ends {
			if data.Ends[point] != [2]string{ends.From, ends.To} {
				t.Fatalf("data has %q for %q", data.Ends[point], ends)
			}
		}
		checkRibbons(t, &c)
	})
}

func randomFlow(t *rapid.T) report.Chart {
	c := report.Chart{ID: "flow", Kind: report.ChartSankey, Unit: report.ChartCount, Title: "Flow", Text: testText}
	name := rapid.SampledFrom([]string{"Shop", "Platform", "Money", "הזמנות", `"><b>`, strings.Repeat("long ", 9) + "name"})
	for i := range rapid.IntRange(0, 12).Draw(t, "pairs") {
		ends := report.ChartEnds{From: name.Draw(t, "from"), To: name.Draw(t, "to")}
		c.X = append(c.X, report.ChartPoint{Date: fmt.Sprint(i), Label: fmt.Sprint(i, " ", ends.From, " → ", ends.To), Days: 1, Of: 1})
		c.Ends = append(c.Ends, ends)
	}
	value := rapid.OneOf(rapid.Float64Range(0, 90000), rapid.SampledFrom([]float64{0, 1, math.NaN()}))
	for _, class := range []string{report.ClassInherited, report.ClassPlain} {
		c.Series = append(c.Series, report.ChartSeries{Name: class, Class: class, Values: rapid.SliceOfN(value, len(c.X), len(c.X)).Draw(t, class)})
	}
	return c
}

// checkRibbons compares the heights of the ribbons of all series with the values, in order.
func checkRibbons(t *rapid.T, c *report.Chart) {
	total := 0.0
	var want []float64
	for series := range c.Series {
		for point := range c.X {
			if v, ok := c.Value(series, point); ok && v > 0 {
				want = append(want, v)
				total += v
			}
		}
	}
	ribbons := strings.Split(string(AppendSVG(nil, c)), `<path class="area `)[1:]
	if len(ribbons) != len(want) {
		t.Fatalf("%d ribbons for %d values", len(ribbons), len(want))
	}
	for i, ribbon := range ribbons {
		_, d, _ := strings.Cut(ribbon, ` d="`)
		d, _, _ = strings.Cut(d, `"`)
		n := numbersOf(t, d) // x y, three points, v height, three points
		if want := want[i] / total * sankeyFlow; math.Abs(n[8]-want) > 0.051 {
			t.Fatalf("ribbon %d is %v high, want %v", i, n[8], want)
		}
	}
}
