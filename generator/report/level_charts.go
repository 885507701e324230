package report

import (
	"math"
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
	"uptree/generator/signal"
)

// smallScale is the scale that the burn-downs of a page share: all of a budget, none of
// it, and as much overspent. What is further down runs along the edge and is told by its
// number.
var smallScale = ChartBand{-1, 1}

// maxLevelMarks bounds the marks of one burn-down that are written out.
const maxLevelMarks = 5

// yearDays is how far back the calendar of an objective looks.
const yearDays = 365

// burndown is what is left of an objective's budget at the end of each day of its window;
// days after the build's clock are missing.
type burndown struct {
	first, last model.Day // of the window
	left, even  []float64
}

func (c *composer) burndown(i int32) (b burndown, ok bool) {
	r := c.cube.Objective(i)
	allowed := r.Budget.Allowed.Float()
	if r.State == rollup.NoData || allowed == 0 {
		return b, false
	}
	cal := c.model.Calendar
	today := cal.DayAt(c.model.AsOf)
	b.first, b.last = cal.DayAt(r.Window.From), cal.DayAt(r.WindowEnd-1)
	end := cal.Midnight(b.last + 1) // of the day: a build later today draws the same
	left := 1.0
	for _, d := range c.cube.ObjectiveDays(i, b.first, b.last) {
		left -= (d.Valid.Float() - d.Good.Float()) / allowed
		value := left
		switch {
		case d.Day == today:
			value, _ = r.Budget.Remaining() // exact, and what the page says
		case d.Day > today:
			value = math.NaN()
		}
		b.left = append(b.left, value)
		b.even = append(b.even, max(0, 1-float64(cal.Midnight(d.Day+1)-r.Window.From)/float64(end-r.Window.From)))
	}
	return b, true
}

// points takes the value at the end of each point's days, up to the last known one.
func (b burndown) points(buckets ChartBuckets, values []float64) []float64 {
	out := make([]float64, len(buckets.Points))
	for i := range out {
		out[i] = math.NaN()
	}
	for i, point := range buckets.of {
		if !math.IsNaN(values[i]) {
			out[point] = values[i]
		}
	}
	return out
}

// smallBurndown draws what is left of a budget beside others; nil without data.
func (c *composer) smallBurndown(i int32) *Chart {
	b, ok := c.burndown(i)
	if !ok {
		return nil
	}
	o, r := &c.model.Objectives[i], c.cube.Objective(i)
	buckets := NewChartBuckets(b.first, b.last, c.charts)
	return &Chart{
		ID: "left-" + levelAnchor(o.ID), Kind: ChartSmall, Unit: ChartBudget, X: buckets.Points, Text: c.charts, Scale: &smallScale,
		Title:   c.Words.Plain(say(wBurndownOf, argText("objective", o.Title))),
		Summary: c.Words.Plain(say(wLeft, argText("share", leftText(r)), arg("budget", budgetOf(o)))),
		Series:  []ChartSeries{{Name: o.Title, Class: ClassPlain, Values: b.points(buckets, b.left)}},
	}
}

// burndownChart draws what is left of a budget beside spending it evenly, with the days on
// which something happened to it.
func (c *composer) burndownChart(i int32) *ChartFigure {
	b, ok := c.burndown(i)
	if !ok {
		return nil
	}
	o, r := &c.model.Objectives[i], c.cube.Objective(i)
	buckets := NewChartBuckets(b.first, b.last, c.charts)
	chart := Chart{
		ID: "burn-" + levelAnchor(o.ID), Kind: ChartBurndown, Unit: ChartBudget, X: buckets.Points, Text: c.charts,
		Title:  c.Words.Plain(say(wBurndown)),
		Period: c.Words.Plain(say(burndownPeriod(b), arg("budget", budgetOf(o)), argText("first", c.Words.Day(b.first)), argText("last", c.Words.Day(b.last)))),
		Series: []ChartSeries{
			{Name: c.Words.Plain(say(wSeriesLeft)), Class: ClassPlain, Values: b.points(buckets, b.left)},
			{Name: c.Words.Plain(say(wSeriesEven)), Class: ClassEven, Values: b.points(buckets, b.even)},
		},
		Marks:   c.levelMarks(i, buckets),
		Summary: c.Words.Plain(say(wLeft, argText("share", leftText(r)), arg("budget", budgetOf(o)))),
	}
	if slices.ContainsFunc(chart.Marks, func(m ChartMark) bool { return m.Tick }) {
		chart.Note = c.Words.Plain(say(wBurndownMarks))
	}
	return oneChart(chart)
}

// burndownPeriod says at which ends the chart shows what is left: long windows are drawn by
// the week or month.
func burndownPeriod(b burndown) Word {
	_, length := bucketOf(b.last, int(b.last-b.first)+1, maxDailyPoints)
	switch {
	case length == 1:
		return wBurndownPeriod
	case length == 7:
		return wBurndownWeeks
	}
	return wBurndownMonths
}

// oneChart is a figure that is the same in all periods: an objective has its own window.
func oneChart(chart Chart) *ChartFigure {
	return &ChartFigure{ID: chart.ID, Periods: []ChartPeriod{{Name: "window", Chart: chart}}}
}

// levelMarks are decisions about an objective, changes of its target and the remarks of the
// document, written out, and incidents as ticks.
func (c *composer) levelMarks(i int32, b ChartBuckets) []ChartMark {
	o := &c.model.Objectives[i]
	var out []ChartMark
	add := func(d model.Day, text string, tick bool) {
		if at := b.Point(d); at >= 0 {
			out = append(out, ChartMark{At: at, Text: text, Tick: tick || len(out) >= maxLevelMarks})
		}
	}
	for _, d := range c.found.Decisions {
		if d.About == signal.AboutObjective(i) {
			add(d.Since, c.Words.Plain(say(wMarkDecision, arg("choice", words(say(choiceWord(d.Said.Choice)))))), false)
		}
	}
	for k := 1; k < len(o.Versions); k++ {
		if was, is := o.Versions[k-1].Target, o.Versions[k].Target; was != is {
			add(o.Versions[k].From, c.Words.Plain(say(wMarkTarget, argText("was", TargetLevel(was)), argText("is", TargetLevel(is)))), false)
		}
	}
	out = append(out, c.marks(b, o.ID)...)
	for _, row := range c.incidentRows(b.first) {
		if in := &c.model.Incidents[row.Incident]; row.Impacted && !in.Planned {
			add(c.model.Calendar.DayAt(in.Start()), c.Words.Plain(say(wMarkIncident, argText("incident", in.Title))), true)
		}
	}
	sortMarks(out)
	return out
}

// incidentRows are the incidents of the subject over the shortest period that reaches back
// to a day, else over the longest.
func (c *composer) incidentRows(first model.Day) []rollup.Row {
	best, from := 0, model.Time(0)
	begins := c.model.Calendar.Midnight(first)
	for i := range c.cube.Periods {
		start := c.cube.Periods[i].Current.From
		if i == 0 || start <= begins && (from > begins || start > from) || from > begins && start < from {
			best, from = i, start
		}
	}
	return c.cube.Incidents(c.subject, best)
}

// yearChart draws for each day of a year whether it reached its target.
func (c *composer) yearChart(i int32, days []rollup.ObjectiveDay) *ChartFigure {
	o := &c.model.Objectives[i]
	chart := Chart{
		ID: "days-" + levelAnchor(o.ID), Kind: ChartDays, Unit: ChartCount, Text: c.charts,
		Title:  c.Words.Plain(say(wYear)),
		Period: c.Words.Plain(say(wYearPeriod, argText("first", c.Words.Day(days[0].Day)), argText("last", c.Words.Day(days[len(days)-1].Day)))),
	}
	reached, missed := make([]float64, len(days)), make([]float64, len(days))
	met, measured := 0, 0
	for k := range days {
		d := &days[k]
		chart.X = append(chart.X, ChartPoint{Date: d.Day.String(), Label: c.charts.DayLabel(d.Day.Date()), Days: 1, Of: 1})
		reached[k], missed[k] = math.NaN(), math.NaN()
		switch {
		case d.Valid == rollup.Exact{} || d.Target == 0:
			continue
		case d.Reached():
			reached[k] = 1
			met++
		default:
			missed[k] = 1
		}
		measured++
	}
	if measured == 0 {
		return nil
	}
	if measured < len(days) {
		chart.Note = c.Words.Plain(say(wYearNote))
	}
	chart.Series = []ChartSeries{
		{Name: c.Words.Plain(say(wDayReached)), Class: ClassOK, Values: reached},
		{Name: c.Words.Plain(say(wDayMissed)), Class: ClassBad, Values: missed},
	}
	chart.Summary = c.Words.Plain(sayN(wYearSummary, measured, argCount("reached", met)))
	return oneChart(chart)
}
