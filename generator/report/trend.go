package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
	"uptree/generator/signal"
)

// chartText fills what charts need of the site's words.
func chartText(w *Words) *ChartText {
	plain := func(word Word) string { return w.Plain(say(word)) }
	t := &ChartText{
		Day: w.pattern(wChartDay), Month: w.pattern(wChartMonth),
		When: plain(wChartWhen), Missing: plain(wChartMissing), Target: plain(wChartTarget), Usual: plain(wChartUsual),
		Marks: plain(wChartMarks), Cut: w.pattern(wChartCut), Table: plain(wChartTable),
		Median: plain(wMedian), P90: plain(wP90), Each: plain(wEachLength), Count: w.pattern(wCounted),
	}
	copy(t.Months[:], w.months)
	copy(t.Weekdays[:], fields(plain(wWeekdays), len(t.Weekdays)))
	return t
}

// spark draws the weeks of a metric that has a series; nil for the others.
func (c *composer) spark(m int) *Chart {
	if own := c.metrics[m].Own != nil && c.metrics[m].HasDays(); !own && m != c.rows.incidentTime && m != c.rows.incidentCount && m != c.rows.synthetics {
		return nil
	}
	metric, b := &c.metrics[m], c.days.weeks
	values := bucketed(b, c.series(m, b), metric)
	if !anyKnown(values) {
		return nil
	}
	title := c.Words.Plain(say(wSparkTitle, argText("metric", metric.Title)))
	return &Chart{
		ID: "spark-" + metric.ID, Kind: ChartSpark, Title: title, Unit: chartUnit(metric.Unit), X: b.Points,
		Series: []ChartSeries{{Name: metric.Title, Class: ClassPlain, Values: values}}, Text: c.charts,
		Summary: c.sparkSummary(metric, values),
	}
}

// bucketed adds up a metric's days: all rows of a total, or numerator over denominator.
func bucketed(b ChartBuckets, s rollup.Series, metric *rollup.Metric) []float64 {
	if metric.Operator == rollup.RatioOf {
		if len(s.Rows) < 2 {
			return nil
		}
		return b.Ratio(s.Rows[0], s.Rows[1])
	}
	if metric.Operator == rollup.Latest && len(s.Rows) > 0 {
		return b.Last(s.Rows[0])
	}
	var total []float64
	for _, row := range s.Rows {
		total = addDays(total, b.Sum(row))
	}
	return total
}

func addDays(total, more []float64) []float64 {
	if total == nil {
		return more
	}
	for i := range more {
		total[i] += more[i]
	}
	return total
}

func anyKnown(values []float64) bool {
	for _, v := range values {
		if !math.IsNaN(v) {
			return true
		}
	}
	return false
}

// sparkSummary names the lowest and highest week: what the line shows without its eyes.
func (c *composer) sparkSummary(metric *rollup.Metric, values []float64) string {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) {
			lo, hi = math.Min(lo, v), math.Max(hi, v)
		}
	}
	return c.Words.Plain(say(wSparkSummary, argText("low", Figure(metric.Unit, lo, 0)), argText("high", Figure(metric.Unit, hi, 0))))
}

// figure makes a chart over every period of the page.
func (c *composer) figure(id string, m int, draw func(period int, b ChartBuckets, s rollup.Series) Chart) *ChartFigure {
	return c.figureOver(id, m, c.days.periods, draw)
}

// figureOver makes a chart over the given points of every period.
func (c *composer) figureOver(id string, m int, over []ChartBuckets, draw func(period int, b ChartBuckets, s rollup.Series) Chart) *ChartFigure {
	f := &ChartFigure{ID: id, Default: c.period}
	for i, b := range over {
		chart := draw(i, b, c.series(m, b))
		chart.ID, chart.Text, chart.X = id, c.charts, b.Points
		chart.Marks = c.definitionMarks(m, b, c.marks(b, c.metrics[m].ID))
		f.Periods = append(f.Periods, ChartPeriod{Name: c.periods[i].name, Chart: chart})
	}
	return f
}

// per words the length of a chart's points.
func (c *composer) per(period int, b ChartBuckets) string {
	word := wPerMonth
	switch {
	case len(b.Points) == len(b.of):
		word = wPerDay
	case len(b.of) <= maxWeeklyPeriod:
		word = wPerWeek
	}
	return c.Words.Plain(say(word, arg("period", words(c.periods[period].long))))
}

// incidentChart is the time with at least one incident, split by where the cause lies.
func (c *composer) incidentChart(id string) *ChartFigure {
	m := c.rows.incidentTime
	return c.figure(id, m, func(period int, b ChartBuckets, s rollup.Series) Chart {
		chart := Chart{
			Kind: ChartStacked, Unit: ChartDuration, Period: c.per(period, b),
			Title: c.Words.Plain(say(wIncidentChart)),
		}
		for i, row := range s.Rows {
			if sums := b.Sum(row); i < len(s.Names) && (i == 0 || hasValue(sums)) {
				chart.Series = append(chart.Series, ChartSeries{
					Name: c.plainPart(s.Names[i]), Class: partMark(s.Names[i]).String(), Values: sums,
				})
			}
		}
		chart.Summary = c.chartSummary(m, period)
		return chart
	})
}

// hasValue reports whether a series is anything but nothing.
func hasValue(values []float64) bool {
	return slices.ContainsFunc(values, func(v float64) bool { return v > 0 })
}

// testChart is the share of runs that passed.
func (c *composer) testChart(id string) *ChartFigure {
	m := c.rows.synthetics
	return c.figure(id, m, func(period int, b ChartBuckets, s rollup.Series) Chart {
		title := c.Words.Plain(say(wTestChart))
		chart := Chart{Kind: ChartLine, Unit: ChartPercent, Period: c.per(period, b), Title: title}
		if len(s.Rows) >= 2 {
			values, n := b.Ratio(s.Rows[0], s.Rows[1]), observations(b.Sum(s.Rows[1]))
			chart.Series = []ChartSeries{{Name: title, Class: ClassPlain, Values: values, N: n}}
		}
		chart.Summary = c.chartSummary(m, period)
		return chart
	})
}

// observations are counts of which some are missing: then there is nothing to observe. What
// NaN is as a whole number is up to the processor.
func observations(counts []float64) []int64 {
	var out []int64
	for _, n := range counts {
		if math.IsNaN(n) {
			n = 0
		}
		out = append(out, int64(n))
	}
	return out
}

// chartSummary says the figure of the period and its usual range.
func (c *composer) chartSummary(m, period int) string {
	metric, cell := &c.metrics[m], &c.stats[m][period]
	if !cell.Known {
		return c.Words.Plain(reason(cell.Reason))
	}
	figure, _ := typical(metric, cell)
	value := argText("value", figure)
	if cell.Usual == nil {
		return c.Words.Plain(say(wChartSummary, value))
	}
	s, _ := usual(metric, cell)
	return c.Words.Plain(say(wChartSummaryUsual, value, arg("usual", words(s))))
}

// marks are the dated remarks of the subject's document, and the decisions about its
// figure, that lie on the chart.
func (c *composer) marks(b ChartBuckets, metric string) []ChartMark {
	var out []ChartMark
	add := func(day model.Day, text string) {
		if at := b.Point(day); at >= 0 {
			out = append(out, ChartMark{At: at, Text: text})
		}
	}
	if c.doc != nil {
		for _, m := range c.doc.Meta.Marks {
			if m.Metric == "" || m.Metric == metric {
				add(dayOf(m.Date), m.Text)
			}
		}
	}
	for _, d := range c.found.Decisions {
		if d.About == signal.AboutMetric(c.subject, metric) && d.Since != model.NoDay {
			add(d.Since, c.Words.Plain(say(wDecided, arg("choice", words(say(choiceWord(d.Said.Choice)))), argText("about", d.Said.Text))))
		}
	}
	sortMarks(out)
	return out
}

func dayOf(d content.Date) model.Day { return model.DayOf(d.Year, d.Month, d.Day) }

func sortMarks(marks []ChartMark) {
	slices.SortStableFunc(marks, func(a, b ChartMark) int { return cmp.Compare(a.At, b.At) })
}

// fields splits a sentence into exactly n words; those that are missing are empty.
func fields(s string, n int) []string {
	out := strings.Fields(s)
	for len(out) < n {
		out = append(out, "")
	}
	return out[:n]
}
