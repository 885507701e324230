package report

// ChartKind is a way to draw a chart: a row of ChartKinds.
type ChartKind uint8

// The kinds of charts.
const (
	ChartLine ChartKind = iota
	ChartBar
	ChartStacked
	ChartSpark
	ChartStrip
	ChartCalendar
	ChartSegments
	ChartBurndown
	ChartSmall
	ChartDays
	ChartSankey
	ChartDots
)

// ChartKindSpec describes a kind of chart.
type ChartKindSpec struct {
	Kind        ChartKind
	Name        string // in fenced chart blocks, CSS and the script
	Interactive bool   // the script has a chart of this kind; the others stay SVG
	Beside      bool   // stands beside words that say the same, and is not read out
	Doc         string // what it is for and how it reads its data
}

// ChartKinds is the table of chart kinds, indexed by ChartKind.
var ChartKinds = []ChartKindSpec{
	{ChartLine, "line", true, false, "How a measure moves, with its target and usual range. Shares start " +
		"near the lowest value, everything else at zero. Missing values are gaps."},
	{ChartBar, "bar", true, false, "An amount per day, week or month. Bars start at zero; several series stand side by side."},
	{ChartStacked, "stacked", true, false, "An amount and its parts, which add up: only segments, never overlapping parts."},
	{ChartSpark, "spark", false, false, "The shape of a measure beside its number: one series, no axes."},
	{ChartStrip, "strip", false, false, "One cell per day. Each series is a state: a day is in the first one that " +
		"has a value there, and in none where it is missing everywhere."},
	{ChartCalendar, "calendar", true, false, "One series over a year, a cell per day in columns of weeks, in four levels above zero."},
	{ChartSegments, "segments", false, true, "The parts of one number as one bar: one point, a series per part, no negative values."},
	{ChartBurndown, "burndown", true, false, "What is left of an error budget over its window, beside spending it evenly. " +
		"The axis holds all of the budget and none of it; below none it is overspent."},
	{ChartSmall, "small", false, true, "A burn-down beside others on one scale: a series, and what lies outside the scale runs along its edge."},
	{ChartDays, "days", true, false, "A year of days in columns of weeks. Each series is a state, told apart by shape: a day is in the first one " +
		"that has a value there."},
	{ChartSankey, "sankey", true, false, "What flows from some names to others: a point per pair, a series per kind of flow. " +
		"The height of a ribbon is its value. Names stand in the order of the points."},
	{ChartDots, "dots", true, false, "Distributions: a row per series and a dot per length, on a scale that gives minutes and days " +
		"the same room. Marks for median and p90 where there are enough; many lengths are drawn as ranges."},
}

// Spec returns the kind's row of the table.
func (k ChartKind) Spec() ChartKindSpec { return ChartKinds[k] }

// String returns the kind's name.
func (k ChartKind) String() string { return ChartKinds[k].Name }
