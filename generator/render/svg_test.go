package render

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"uptree/generator/model"
	"uptree/generator/report"
)

// TestLayersCarryTheSameNumbers draws random charts and reads the numbers back from the
// data of the script, from the table and from the geometry of the SVG.
func TestLayersCarryTheSameNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := randomChart(t)
		var data chartData
		if err := json.Unmarshal(AppendChartData(nil, &c), &data); err != nil {
			t.Fatalf("chart data: %v", err)
		}
		checkData(t, &c, data)
		checkTable(t, &c)
		checkDrawing(t, &c, data)
	})
}

// chartData is what a reader of the script's data sees of it.
type chartData struct {
	Names []string
	Rows  [][]any
	Axis  [3]float64
}

var texts = []string{"", "own", `"><script>`, "</script>", "Zażółć & 'gęślą'", "הזמנות", strings.Repeat("long ", 40), "a+b\u2028"}

var values = rapid.OneOf(
	rapid.Float64Range(0, 90000), rapid.Float64Range(0, 1), rapid.Float64Range(-500, 500), rapid.Float64(),
	rapid.SampledFrom([]float64{0, 1, 0.99995, 1e300, -1e300, 1e-300, math.MaxFloat64, math.NaN(), math.Inf(1), math.Inf(-1)}),
)

func randomChart(t *rapid.T) report.Chart {
	text := rapid.SampledFrom(texts)
	c := report.Chart{
		ID:    "chart",
		Kind:  rapid.SampledFrom([]report.ChartKind{report.ChartLine, report.ChartBar, report.ChartStacked, report.ChartBurndown}).Draw(t, "kind"),
		Unit:  rapid.SampledFrom([]report.ChartUnit{report.ChartDuration, report.ChartCount, report.ChartPercent, report.ChartBudget}).Draw(t, "unit"),
		Title: text.Draw(t, "title"), Summary: text.Draw(t, "summary"), Text: testText,
	}
	first := model.DayOf(2026, time.July, 1)
	days := rapid.IntRange(1, 400).Draw(t, "days")
	c.X = report.NewChartBuckets(first, first+model.Day(days-1), testText).Points
	classes := []string{report.ClassOwn, report.ClassInherited, report.ClassUnrecorded, report.ClassSeveral}
	for i := range rapid.IntRange(0, 4).Draw(t, "series") {
		c.Series = append(c.Series, report.ChartSeries{
			Name: text.Draw(t, "name"), Class: classes[i],
			Values: rapid.SliceOfN(values, 0, len(c.X)).Draw(t, "values"),
		})
	}
	if rapid.Bool().Draw(t, "annotated") {
		target := values.Draw(t, "target")
		c.Target, c.Band = &target, &report.ChartBand{Low: values.Draw(t, "low"), High: values.Draw(t, "high")}
		c.Marks = []report.ChartMark{{At: rapid.IntRange(-1, len(c.X)).Draw(t, "at"), Text: text.Draw(t, "mark"), Tick: rapid.Bool().Draw(t, "tick")}}
	}
	return c
}

func checkData(t *rapid.T, c *report.Chart, data chartData) {
	if len(data.Rows) != len(c.X) || len(data.Names) != len(c.Series) {
		t.Fatalf("data has %d rows and %d series", len(data.Rows), len(data.Names))
	}
	for point, row := range data.Rows {
		for series := range c.Series {
			want, ok := c.Value(series, point)
			got, has := row[series+2].(float64)
			if ok != has || ok && got != want {
				t.Fatalf("data has %v for %v (known: %v)", row[series+2], want, ok)
			}
		}
	}
}

func checkTable(t *rapid.T, c *report.Chart) {
	labels := make([]string, len(c.X))
	for i := range c.X {
		labels[i] = c.X[i].Label
	}
	rows := expanded(readRows(t, AppendTable(nil, c)), labels)
	if len(rows) != len(c.X) {
		t.Fatalf("table has rows for %d of %d points", len(rows), len(c.X))
	}
	for point, row := range rows {
		for series := range c.Series {
			want, ok := c.Worded(series, point)
			if !ok {
				want = testText.Missing
			}
			if row.cells[series] != want {
				t.Fatalf("table has %q for %q", row.cells[series], want)
			}
		}
	}
}

// checkDrawing reads the values back from the heights on the axis that the script uses.
func checkDrawing(t *rapid.T, c *report.Chart, data chartData) {
	paths := pathsOf(t, AppendSVG(nil, c))
	height := extent(t, paths["grid"])
	scale := (data.Axis[1] - data.Axis[0]) / height
	for series := range c.Series {
		class := c.Series[series].Class
		var got []float64
		if isLine(c) {
			got = heightsOfLine(t, paths["line "+class], paths["line dots "+class])
		} else {
			got = heightsOfBars(t, paths["area "+class])
		}
		want := drawn(c, series, data.Axis)
		if len(got) != len(want) {
			t.Fatalf("%s: %d values are drawn of %d", class, len(got), len(want))
		}
		for i := range got {
			// A tenth of a unit, twice rounded; the least bar is half a unit high.
			if math.Abs(got[i]*scale-want[i]) > 0.51*scale {
				t.Fatalf("%s: drawn as %v of %v: %v", class, got[i]*scale, c.Series[series].Values, want[i])
			}
		}
	}
}

// drawn lists the heights that a series must have, by point: of a line over the least
// value of the axis, of a bar the size of the value.
func drawn(c *report.Chart, series int, axis [3]float64) []float64 {
	var heights []float64
	for point := range c.X {
		v, ok := c.Value(series, point)
		v = drawable(v)
		switch {
		case !ok, !isLine(c) && v == 0:
		case isLine(c):
			heights = append(heights, v-axis[0])
		case c.Kind == report.ChartStacked && swallowed(c, series, point):
		default:
			heights = append(heights, math.Abs(v))
		}
	}
	return heights
}

func isLine(c *report.Chart) bool {
	return c.Kind == report.ChartLine || c.Kind == report.ChartBurndown
}

// swallowed reports whether a value is too small beside those under it to change their sum.
func swallowed(c *report.Chart, series, point int) bool {
	v, _ := c.Value(series, point)
	base := 0.0
	for i := range series {
		if below, ok := c.Value(i, point); ok && (below < 0) == (v < 0) {
			base += drawable(below)
		}
	}
	return base+drawable(v) == base
}

// pathsOf reads a drawing and returns the d of its paths by class.
func pathsOf(t *rapid.T, svg []byte) map[string]string {
	paths := make(map[string]string)
	for d := xml.NewDecoder(strings.NewReader(string(svg))); ; {
		token, err := d.Token()
		if err == io.EOF {
			return paths
		}
		if err != nil {
			t.Fatalf("svg: %v", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		attrs := make(map[string]string)
		for _, a := range start.Attr {
			attrs[a.Name.Local] = a.Value
		}
		if attrs["style"] != "" || strings.Contains(string(svg), "NaN") || strings.Contains(string(svg), "Inf") {
			t.Fatalf("not a number or a style in %s", svg)
		}
		if start.Name.Local == "path" {
			paths[attrs["class"]] = attrs["d"]
		}
	}
}

var pathNumber = regexp.MustCompile(`-?[0-9.]+`)

func numbersOf(t *rapid.T, path string) []float64 {
	var out []float64
	for _, s := range pathNumber.FindAllString(path, -1) {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || math.Abs(v) > plotWidth {
			t.Fatalf("coordinate %q: %v", s, err)
		}
		out = append(out, v)
	}
	return out
}

// extent returns the height from the lowest to the highest line of the grid.
func extent(t *rapid.T, grid string) float64 {
	n := numbersOf(t, grid) // x y x per line
	return n[1] - n[len(n)-2]
}

func heightsOfBars(t *rapid.T, path string) []float64 {
	n := numbersOf(t, path) // x y w h -w per bar
	var out []float64
	for i := 0; i < len(n); i += 5 {
		out = append(out, n[i+3])
	}
	return out
}

// heightsOfLine returns the heights over the base line of the points of both paths.
func heightsOfLine(t *rapid.T, line, dots string) []float64 {
	n, lone := numbersOf(t, line), numbersOf(t, strings.ReplaceAll(dots, "h0", ""))
	var out []float64
	for len(n)+len(lone) > 0 {
		from := &n
		if len(n) == 0 || len(lone) > 0 && lone[0] < n[0] {
			from = &lone
		}
		out = append(out, plotBottom-(*from)[1])
		*from = (*from)[2:]
	}
	return out
}

func TestChartsCannotBreakOutOfThePage(t *testing.T) {
	hostile := `</script><script>alert(1)</script><img src=x onerror="a">` + "\u2028"
	c := report.Chart{
		ID: `x" onload="a`, Title: hostile, Summary: hostile, Period: hostile, Note: hostile, Unit: report.ChartCount, Text: testText,
		X:      []report.ChartPoint{{Date: hostile, Label: hostile, Days: 1, Of: 1}},
		Series: []report.ChartSeries{{Name: hostile, Class: `own" onload="a`, Values: []float64{1}}},
		Marks:  []report.ChartMark{{At: 0, Text: hostile}},
	}
	for _, kind := range report.ChartKinds {
		c.Kind = kind.Kind
		page := string(AppendFigure(nil, &report.ChartFigure{ID: c.ID, Periods: []report.ChartPeriod{{Name: hostile, Chart: c}}}))
		if strings.Count(page, "<script") > 1 || strings.Contains(page, "<img") || strings.Contains(page, `x" onload`) || strings.Contains(page, `own" onload`) {
			t.Errorf("%s breaks out: %.600s", kind.Name, page)
		}
	}
}

func TestDrawingsAreSmallAndTheSameEachTime(t *testing.T) {
	for _, kind := range report.ChartKinds {
		t.Run(kind.Name, func(t *testing.T) {
			c := busyChart(kind.Kind)
			svg := AppendSVG(nil, c)
			if limit := 5 << 10; len(svg) > limit { // the fullest month; most have half of it
				t.Errorf("%d bytes, want at most %d", len(svg), limit)
			}
			if diff := cmp.Diff(string(svg), string(AppendSVG(nil, c))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// busyChart fills a chart: 31 days in four series, or a year in a calendar.
func busyChart(kind report.ChartKind) *report.Chart {
	c := &report.Chart{ID: "incident-time", Kind: kind, Title: "Time with an incident", Unit: report.ChartDuration, Text: testText}
	days, classes := 31, []string{report.ClassOwn, report.ClassInherited, report.ClassUnrecorded, report.ClassSeveral}
	if kind == report.ChartCalendar || kind == report.ChartDays {
		days, classes = 365, classes[:1]
	}
	if kind == report.ChartSankey {
		days, classes = 16, classes[:2]
	}
	for i := range days {
		d := model.DayOf(2026, time.January, 1) + model.Day(i)
		c.X = append(c.X, report.ChartPoint{Date: d.String(), Label: testText.DayLabel(d.Date()), Days: 1, Of: 1})
		c.Ends = append(c.Ends, report.ChartEnds{From: "from " + strconv.Itoa(i%7), To: "to " + strconv.Itoa(i%6)})
	}
	for s, class := range classes {
		v := make([]float64, days)
		for i := range v {
			v[i] = float64((i*37 + s*11) % 7200)
		}
		c.Series = append(c.Series, report.ChartSeries{Name: class, Class: class, Values: v})
	}
	return c
}

var testText = &report.ChartText{
	Months:   [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	Weekdays: [7]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
	Day:      "{day} {month}", Month: "{month} {year}", When: "From", Missing: "no data", Target: "target",
	Usual: "usual", Marks: "Marks", Cut: "{days} of {of} days", Table: "Table",
	Median: "Median", P90: "p90", Each: "Each", Count: "n {n}",
}
