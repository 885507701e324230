package report

import (
	"math"

	"uptree/generator/rollup"
)

// numbers lists a tile per metric that has a figure in any period, and says of the others
// why there is none.
func (c *composer) numbers() Numbers {
	n := Numbers{Section: Section{ID: "numbers", Title: say(wNumbers), Lead: say(c.numbersLead(), c.periodArg())}}
	for i := range c.periods {
		n.Leads = append(n.Leads, say(c.numbersLead(), arg("period", words(c.periods[i].long))))
	}
	tiles := make([]Tile, 0, len(c.metrics))
	for m := range c.metrics {
		metric := &c.metrics[m]
		switch {
		case metric.Own != nil:
			if c.tellsOwn(m) { // without figures it is about others
				tiles = append(tiles, c.tile(m))
			}
		case c.sectioned(m):
			if c.points(m) {
				tiles = append(tiles, c.pointer(m))
			}
		case known(c.stats[m]):
			tiles = append(tiles, c.tile(m))
		default:
			n.Missing = append(n.Missing, say(wNoFigure, argText("metric", metric.Title),
				arg("reason", words(reason(c.stats[m][c.period].Reason)))))
		}
	}
	n.Tiles, n.Further = ordered(tiles)
	n.Glance = c.glance(append(n.Tiles[:len(n.Tiles):len(n.Tiles)], n.Further...))
	if len(n.Tiles) == 0 {
		n.Empty = say(wNumbersEmpty)
	} else if href := c.edit(c.file(c.subject)); href != "" && !c.generated() {
		n.Dispute = Span{Say: new(say(wDispute)), Href: href, Away: true}
	}
	return n
}

func (c *composer) numbersLead() Word {
	if c.subject.Kind == rollup.NodeSubject {
		return wNumbersLead
	}
	return wNumbersPeriod
}

func known(cells []rollup.Cell) bool {
	for i := range cells {
		if cells[i].Known {
			return true
		}
	}
	return false
}

func (c *composer) tile(m int) Tile {
	metric := &c.metrics[m]
	t := Tile{
		Metric: metric.ID, Default: c.period,
		Title:   Span{Text: metric.Title, Href: metricsPath + "#" + metric.ID},
		Caveats: c.caveatMarks(metric.ID),
		Spark:   c.spark(m),
		Detail:  c.detail(m),
	}
	// Coverage counts what was named in any record ever: it is the same in all periods.
	if cell := &c.stats[m][c.period]; metric.Own == nil && cell.Of > 0 && cell.Covered < cell.Of {
		t.Coverage = sayN(coverageWord(metric), cell.Of, argCount("covered", cell.Covered))
	}
	t.Periods = make([]TilePeriod, 0, len(c.stats[m]))
	for i := range c.stats[m] {
		t.Periods = append(t.Periods, c.tilePeriod(metric, i, &c.stats[m][i]))
	}
	return t
}

func (c *composer) tilePeriod(metric *rollup.Metric, period int, cell *rollup.Cell) TilePeriod {
	if metric.Operator == rollup.PerService {
		return c.deliveryPeriod(metric, period, cell)
	}
	t := TilePeriod{Name: c.cube.Periods[period].Name, Known: cell.Known}
	if !cell.Known {
		t.Value = words(say(wNoData))
		t.Caption = Cell{words(reason(cell.Reason))}
		return t
	}
	shown, unit := unworded(metric)
	value, _ := typical(shown, cell)
	t.Value = text(value)
	t.Change = c.change(shown, period, cell)
	t.Usual, t.Outside = usual(metric, cell)
	t.Bar = c.segmentBar(metric, period, cell)
	t.Caption = withExported(unit.before(c.caption(metric, cell)), metric, cell)
	return t
}

// minTrend is the least number of observations of a ratio for which a change is stated.
const minTrend = 10

// change words the difference to the period before; it says nothing about ratios of too
// few observations.
func (c *composer) change(metric *rollup.Metric, period int, cell *rollup.Cell) Sentence {
	before := arg("before", words(c.periods[period].before))
	switch {
	case cell.PreviousReason == rollup.ReasonNoPast || cell.PreviousReason == rollup.ReasonDistributed:
		return Sentence{}
	case cell.PreviousReason != rollup.ReasonNone:
		return say(wNoComparison, arg("reason", words(reason(cell.PreviousReason))))
	}
	diff := cell.Value - cell.Previous
	if metric.Unit == rollup.Ratio {
		return changeOfRatio(diff, cell.Den, before)
	}
	size := Figure(metric.Unit, math.Abs(diff), 0)
	switch {
	case diff == 0:
		return say(wUnchanged, before)
	case diff > 0:
		return say(wMoreThan, argText("change", size), before)
	}
	return say(wLessThan, argText("change", size), before)
}

func changeOfRatio(diff float64, den int64, before Arg) Sentence {
	size := argText("change", Points(diff, den))
	switch {
	case den < minTrend:
		return Sentence{}
	case diff == 0:
		return say(wUnchanged, before)
	case diff > 0:
		return say(wPointsMore, size, before)
	}
	return say(wPointsLess, size, before)
}

// usual words the usual range, and where the value lies outside it: a risk, or quiet where
// it moved in the wished direction.
func usual(metric *rollup.Metric, cell *rollup.Cell) (Sentence, Mark) {
	if cell.Usual == nil {
		return Sentence{}, NoMark
	}
	lo, hi := cell.Usual[0], cell.Usual[1]
	r := argText("range", Range(metric.Unit, lo, hi, cell.Den))
	switch {
	case cell.Value > hi:
		return say(wAboveUsual, r), outside(metric.Better != rollup.Lower)
	case cell.Value < lo:
		return say(wBelowUsual, r), outside(metric.Better != rollup.Higher)
	}
	return say(wUsual, r), NoMark
}

func outside(wished bool) Mark {
	if wished {
		return MarkQuiet
	}
	return MarkRisk
}

// caption says in one line what the value is made of.
func (c *composer) caption(metric *rollup.Metric, cell *rollup.Cell) Cell {
	switch {
	case cell.States != nil:
		return append(Cell{words(sayN(wMetOf, cell.N)), text(" · ")}, countedStates(cell.States)...)
	case metric.Operator == rollup.Distribution:
		return spaced(ownSpread(metric, cell))
	case len(cell.Segments) > 0:
		return c.parts(metric.Unit, cell.Segments)
	case metric.Operator == rollup.RatioOf:
		return spaced(ratioCaption(cell))
	case len(cell.Parts) > 0:
		return c.parts(metric.Unit, cell.Parts)
	}
	return nil
}

// withExported adds what causes here did elsewhere: it is no part of the value.
func withExported(caption Cell, metric *rollup.Metric, cell *rollup.Cell) Cell {
	if cell.Exported == nil || *cell.Exported == 0 {
		return caption
	}
	s := say(wExportedValue, argText("value", Figure(metric.Unit, *cell.Exported, 0)))
	if len(caption) > 0 {
		caption = append(caption, text(" · "))
	}
	return append(caption, marked(MarkExported, words(s)))
}

// segmentBar draws what adds up to the value, and only that.
func (c *composer) segmentBar(metric *rollup.Metric, period int, cell *rollup.Cell) *Chart {
	if cell.Value <= 0 || len(cell.Segments) == 0 {
		return nil
	}
	bar := &Chart{
		ID: "bar-" + metric.ID + "-" + c.periods[period].name, Kind: ChartSegments, Title: metric.Title,
		Unit: chartUnit(metric.Unit), X: []ChartPoint{{}}, Text: c.charts,
	}
	for _, p := range cell.Segments {
		if p.Value <= 0 {
			continue
		}
		bar.Series = append(bar.Series, ChartSeries{
			Name: c.plainPart(p.Name), Class: partMark(p.Name).String(), Values: []float64{p.Value},
		})
	}
	bar.Summary = c.Words.Plain(say(wBarSummary, argText("value", Figure(metric.Unit, cell.Value, 0))))
	return bar
}

func (c *composer) parts(unit rollup.Unit, parts []rollup.Part) Cell {
	var spans []Span
	for _, p := range parts {
		if p.Value > 0 {
			spans = append(spans, valued(p.Name, Figure(unit, p.Value, 0)))
		}
	}
	return spaced(spans)
}

func ratioCaption(cell *rollup.Cell) []Span {
	out := []Span{words(say(wOutOf, argText("num", Count(int(cell.Num))), argText("den", Count(int(cell.Den)))))}
	if cell.Tests > 0 {
		out = append(out, words(sayN(wTestsFailed, cell.Tests, argCount("failed", cell.Failed))))
	}
	return out
}

// spaced separates spans by middle dots.
func spaced(spans []Span) Cell {
	out := make(Cell, 0, 2*len(spans))
	for i, s := range spans {
		if i > 0 {
			out = append(out, text(" · "))
		}
		out = append(out, s)
	}
	return out
}
