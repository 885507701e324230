package report

import (
	"slices"
	"strings"

	"uptree/generator/rollup"
)

// The words of the response.
const (
	wHours        Word = "response.hours"
	wHoursSummary Word = "response.hours_summary"
	wLengths      Word = "response.lengths"
	wEachLength   Word = "response.each"
	wCounted      Word = "response.counted"
	wFewLengths   Word = "response.few"
	wSlowest      Word = "response.slowest"
	wComplete     Word = "response.complete"
	wCompletePart Word = "response.complete_part"
)

// responseWords are their rows of the table of words.
var responseWords = []wordSpec{
	{wHours, nil},
	{wHoursSummary, []string{"value", "phase", "most"}},
	{wLengths, nil},
	{wEachLength, nil},
	{wCounted, []string{"n"}},
	{wFewLengths, nil},
	{wSlowest, []string{"phase", "median", "n"}},
	{wComplete, []string{"phases"}},
	{wCompletePart, []string{"phase", "num", "den"}},
}

// phaseClasses are how the parts of phase_hours are drawn.
var phaseClasses = map[string]string{
	"detect": ClassDetect, "acknowledge": ClassAcknowledge, "identify": ClassIdentify, "mitigate": ClassMitigate, "resolve": ClassResolve,
	"remainder": ClassUnrecorded,
}

// responseHours is where the time of the responses went: parts that add up, over points
// that add up to the figure of the period. It is nil where there was none.
func (c *composer) responseHours(id string) *ChartFigure {
	m := c.rows.phaseHours
	if m < 0 || !slices.ContainsFunc(c.stats[m], func(cell rollup.Cell) bool { return cell.Value > 0 }) {
		return nil
	}
	return c.figureOver(id, m, c.days.whole, func(period int, b ChartBuckets, s rollup.Series) Chart {
		chart := Chart{Kind: ChartStacked, Unit: ChartDuration, Period: c.per(period, b), Title: c.Words.Plain(say(wHours))}
		for i, row := range s.Rows {
			if sums := b.Sum(row); i == 0 || hasValue(sums) {
				chart.Series = append(chart.Series, ChartSeries{Name: c.plainPart(s.Names[i]), Class: phaseClasses[s.Names[i]], Values: sums})
			}
		}
		chart.Summary = c.hoursSummary(&c.stats[m][period])
		return chart
	})
}

// hoursSummary names the phase that took most.
func (c *composer) hoursSummary(cell *rollup.Cell) string {
	if !cell.Known {
		return c.Words.Plain(reason(cell.Reason))
	}
	most := rollup.Part{}
	for _, part := range cell.Parts {
		if part.Value > most.Value {
			most = part
		}
	}
	if most.Value == 0 {
		return Duration(0)
	}
	return c.Words.Plain(say(wHoursSummary, argText("value", Duration(cell.Value)),
		argText("phase", c.plainPart(most.Name)), argText("most", Duration(most.Value))))
}

// minMarks is how many lengths have a median and a 90th percentile worth a mark.
const minMarks = 10

// responseLengths shows the length of every phase of the incidents; nil where none has both
// its ends recorded.
func (c *composer) responseLengths(id string) *ChartFigure {
	m := c.rows.phaseDuration
	if m < 0 || !known(c.stats[m]) {
		return nil
	}
	f := &ChartFigure{ID: id, Default: c.period}
	for i := range c.stats[m] {
		f.Periods = append(f.Periods, ChartPeriod{Name: c.periods[i].name, Chart: c.lengthChart(id, &c.stats[m][i], i)})
	}
	return f
}

func (c *composer) lengthChart(id string, cell *rollup.Cell, period int) Chart {
	plain := func(w Word) string { return c.Words.Plain(say(w)) }
	chart := Chart{
		ID: id, Kind: ChartDots, Unit: ChartDuration, Head: plain(wPhaseN), Title: plain(wLengths), Text: c.charts,
		Period: c.Words.Plain(c.periods[period].long), Summary: c.lengthSummary(cell), Note: c.completeness(cell),
		Beside: []string{plain(wPhase), plain(wPhaseN), plain(wMedian), plain(wP90), plain(wIncomplete), plain(wOutOfOrder)},
	}
	if len(cell.Dists) == 0 {
		return chart
	}
	for i, dots := range c.cube.PhaseDots(c.subject, period) {
		chart.Series = append(chart.Series, c.lengthSeries(&cell.Dists[i], dots))
	}
	return chart
}

func (c *composer) lengthSeries(d *rollup.Dist, dots []rollup.Dot) ChartSeries {
	s := ChartSeries{Name: c.plainPart(d.Name), Class: ClassPlain}
	median, p90 := dash, dash
	if d.N > 0 {
		median = Duration(d.Median)
	}
	if d.P90 != nil {
		p90 = Duration(*d.P90)
	}
	if d.N >= minMarks {
		s.Median, s.P90 = &d.Median, d.P90
	}
	s.Beside = []string{Count(d.N), median, p90, Count(d.Incomplete), Count(d.OutOfOrder)}
	for _, dot := range dots {
		s.Values, s.N = append(s.Values, dot.From), append(s.N, int64(dot.N))
		if dot.To > dot.From {
			s.To = append(s.To, dot.To)
		}
	}
	return s
}

// lengthSummary names the phase that usually takes longest, where there are enough.
func (c *composer) lengthSummary(cell *rollup.Cell) string {
	var slowest *rollup.Dist
	n := 0
	for i := range cell.Dists {
		d := &cell.Dists[i]
		if n += d.N; d.N >= minMarks && (slowest == nil || d.Median > slowest.Median) {
			slowest = d
		}
	}
	switch {
	case n == 0:
		return c.Words.Plain(reason(rollup.ReasonNoData))
	case slowest == nil:
		return c.Words.Plain(say(wFewLengths))
	}
	return c.Words.Plain(say(wSlowest, argText("phase", c.plainPart(slowest.Name)), argText("median", Duration(slowest.Median)), argCount("n", slowest.N)))
}

// completeness says how many of the timestamps are there, phase by phase.
func (c *composer) completeness(cell *rollup.Cell) string {
	var parts []string
	for i := range cell.Dists {
		d := &cell.Dists[i]
		if all := d.N + d.Incomplete + d.OutOfOrder; all > 0 {
			parts = append(parts, c.Words.Plain(say(wCompletePart, argText("phase", c.plainPart(d.Name)), argCount("num", d.N), argCount("den", all))))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return c.Words.Plain(say(wComplete, argText("phases", strings.Join(parts, ", "))))
}

// behindResponse leads to the records of the response and to what its figures are.
func (c *composer) behindResponse() Cell {
	var out []Span
	for _, m := range []int{c.rows.phaseHours, c.rows.phaseDuration} {
		if m >= 0 && c.tells(m) {
			out = append(out, behind(c.metrics[m].ID, name(c.metrics[m].Title)))
		}
	}
	return spaced(out)
}
