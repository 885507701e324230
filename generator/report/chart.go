package report

import "math"

// Chart is one chart at one subject over one period: the single model from which the SVG,
// the table and the interactive chart are made. All texts are already worded and hold
// no markup; the layers escape them. Durations are seconds, shares 0..1.
type Chart struct {
	ID      string // unique on the page; ids inside the chart begin with it
	Kind    ChartKind
	Title   string // says what it shows
	Unit    ChartUnit
	Period  string // the period in words: "last 28 days, per day"
	Head    string // heading of the points where they are no days
	X       []ChartPoint
	Ends    []ChartEnds   // of a flow: the names that each point flows between
	Series  []ChartSeries // at most four, but for the phases of a response; a chart that needs more is several charts
	Marks   []ChartMark   // by At
	Band    *ChartBand    // usual range
	Target  *float64
	Scale   *ChartBand // the scale that charts share which are compared; nil: each has its own
	Summary string     // one sentence: latest, usual range, target
	Note    string     // what to know about the numbers; "" for nothing
	Beside  []string   // dot plots: the heads of the table's columns, but for the last one
	Text    *ChartText
}

// ChartPoint is one place on the x axis: a day, or the days of a week or month that lie in
// the period.
type ChartPoint struct {
	Date  string // first day, YYYY-MM-DD; unique in the chart
	Label string // as printed: "27 Jul"
	Days  int    // days of the period in it
	Of    int    // days of the whole week or month; more than Days where the period cuts it
}

// ChartEnds are the names that a point flows between.
type ChartEnds struct{ From, To string }

// Cut reports whether the period holds only a part of the point's week or month.
func (p ChartPoint) Cut() bool { return p.Days < p.Of }

// ChartSeries is one value per point. NaN is missing, which is never zero; infinities read
// as missing too.
type ChartSeries struct {
	Name   string
	Class  string // CSS class that gives colour and pattern: see the Class constants
	Values []float64
	N      []int64 // shares: the observations behind each value, which decide its digits; nil for exact

	// Of dot plots, whose values are lengths, shortest first, and N how often each occurs.
	To          []float64 // where values are the beginnings of ranges: their ends; nil where they are exact
	Median, P90 *float64  // nil where there are too few
	Beside      []string  // cells of the table behind the name
}

// The classes that chart.css knows, each told apart by more than its colour.
const (
	ClassOwn        = "own"
	ClassInherited  = "inherited"
	ClassUnrecorded = "unrecorded"
	ClassSeveral    = "several"
	ClassPlain      = "plain" // a measure without parts
	ClassOK         = "ok"
	ClassRisk       = "risk"
	ClassBad        = "bad"
	ClassEven       = "even" // what spending a budget evenly would leave

	// The phases of a response, in their order.
	ClassDetect      = "detect"
	ClassAcknowledge = "acknowledge"
	ClassIdentify    = "identify"
	ClassMitigate    = "mitigate"
	ClassResolve     = "resolve"
)

// ChartMark is a dated remark: a dashed line with a text, or a tick at the foot where there
// are too many of its kind to be written out.
type ChartMark struct {
	At   int // index into X
	Text string
	Tick bool
}

// ChartBand is a range of usual values.
type ChartBand struct{ Low, High float64 }

// ChartFigure is one chart over each period of the page. Without a script the default
// period is what readers see.
type ChartFigure struct {
	ID      string
	Default int // index into Periods
	Periods []ChartPeriod
}

// ChartPeriod is the chart of one period, by the name that addresses use: "28d".
type ChartPeriod struct {
	Name  string
	Chart Chart
}

// Value returns the value of a series at a point and whether there is one.
func (c *Chart) Value(series, point int) (float64, bool) {
	values := c.Series[series].Values
	if point >= len(values) {
		return 0, false
	}
	v := values[point]
	return v, !math.IsNaN(v) && !math.IsInf(v, 0)
}

// Flow returns the names that a point flows between.
func (c *Chart) Flow(point int) ChartEnds {
	if point >= len(c.Ends) {
		return ChartEnds{}
	}
	return c.Ends[point]
}

// Worded returns a value of the chart as readers see it; ok is false where it is missing.
func (c *Chart) Worded(series, point int) (text string, ok bool) {
	v, ok := c.Value(series, point)
	if !ok {
		return "", false
	}
	n := int64(0)
	if observed := c.Series[series].N; point < len(observed) {
		n = observed[point]
	}
	return c.Unit.Format(v, n), true
}

// Missing reports whether no series has a value at the point.
func (c *Chart) Missing(point int) bool { return c.State(point) < 0 }

// State returns the first series that has a value at the point, or -1: where each series
// is a state, the one that the point is in.
func (c *Chart) State(point int) int {
	for s := range c.Series {
		if _, ok := c.Value(s, point); ok {
			return s
		}
	}
	return -1
}
