package report

import (
	"slices"
	"strings"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// figureRow is a row of the table that opens under a number: one figure of every period.
type figureRow struct {
	word Word
	zero bool                                      // shown where it is nothing in every period
	get  func(*rollup.Metric, *rollup.Cell) string // "" where there is none
}

// figureRows is the table of those rows, in order.
var figureRows = []figureRow{
	{wRowValue, true, func(m *rollup.Metric, c *rollup.Cell) string {
		return when(c.Known && len(c.Dists) == 0, Figure(m.Unit, c.Value, c.Den))
	}},
	{wMedian, true, func(m *rollup.Metric, c *rollup.Cell) string {
		value, ok := typical(m, c)
		return when(ok && len(c.Dists) > 0, value)
	}},
	{wP90, true, func(m *rollup.Metric, c *rollup.Cell) string {
		if !c.Known || len(c.Dists) == 0 || c.Dists[0].P90 == nil {
			return ""
		}
		return halves(m.Unit, *c.Dists[0].P90)
	}},
	{wRowNumerator, true, func(m *rollup.Metric, c *rollup.Cell) string {
		return when(isRatio(m, c) && c.Known, Count(int(c.Num)))
	}},
	{wRowDenominator, true, func(m *rollup.Metric, c *rollup.Cell) string {
		return when(isRatio(m, c) && c.Known, Count(int(c.Den)))
	}},
	{wRowN, true, func(m *rollup.Metric, c *rollup.Cell) string {
		return when(!isRatio(m, c) && c.Known, Count(c.N))
	}},
	{wRowSum, false, func(m *rollup.Metric, c *rollup.Cell) string {
		return when(m.Operator == rollup.Time && c.Known, Figure(m.Unit, c.Sum, 0))
	}},
	{wRowPrevious, true, func(m *rollup.Metric, c *rollup.Cell) string {
		return when(c.PreviousReason == rollup.ReasonNone && c.Known, Figure(m.Unit, c.Previous, c.Den))
	}},
	{wRowUsual, true, func(m *rollup.Metric, c *rollup.Cell) string {
		if c.Usual == nil {
			return ""
		}
		return Range(m.Unit, c.Usual[0], c.Usual[1], c.Den)
	}},
	{wRowExported, false, func(m *rollup.Metric, c *rollup.Cell) string {
		if c.Exported == nil {
			return ""
		}
		return Figure(m.Unit, *c.Exported, 0)
	}},
	{wRowDirect, false, func(m *rollup.Metric, c *rollup.Cell) string {
		if c.Conserved == nil || len(c.Conserved.Children) == 0 {
			return ""
		}
		return Figure(m.Unit, c.Conserved.Direct, 0)
	}},
	{wRowShared, false, func(m *rollup.Metric, c *rollup.Cell) string {
		if c.Conserved == nil || len(c.Conserved.Children) == 0 {
			return ""
		}
		return Figure(m.Unit, c.Conserved.Shared, 0)
	}},
	{wRowCoverage, true, func(_ *rollup.Metric, c *rollup.Cell) string {
		return when(c.Covered < c.Of, Count(c.Covered)+" / "+Count(c.Of))
	}},
}

// isRatio reports whether a cell has a numerator and a denominator.
func isRatio(m *rollup.Metric, c *rollup.Cell) bool {
	return m.Operator == rollup.RatioOf || m.Operator == rollup.PerService && m.Unit == rollup.Ratio && c.Spread == nil
}

func when(ok bool, s string) string {
	if ok {
		return s
	}
	return ""
}

// detail is what opens under a number; what it has no room for is on the page behind it.
func (c *composer) detail(m int) Detail {
	metric := &c.metrics[m]
	d := Detail{
		Open: say(wHow), Formula: firstSentence(metric.Formula),
	}
	if c.tells(m) {
		d.Records = behind(metric.ID, words(sayN(wRecordsBehind, c.made(m).N())))
	}
	return d
}

// firstSentence says in short how a figure is computed: the page behind it has the rest.
func firstSentence(s string) string {
	first, rest, more := strings.Cut(s, ". ")
	if !more || rest == "" {
		return s
	}
	return first + "."
}

// figureTable has a column per period and a row per figure that any period has.
func (c *composer) figureTable(metric *rollup.Metric, cells []rollup.Cell) Table {
	t := Table{Caption: say(wFigures, argText("metric", metric.Title)), Plain: true, Figures: true, Columns: []Column{{Head: say(wFigure)}}}
	for i := range cells {
		t.Columns = append(t.Columns, Column{Head: c.periods[i].short, Number: true})
	}
	for _, r := range figureRows {
		t.add(words(say(r.word)), r.zero, len(cells), func(i int) string { return r.get(metric, &cells[i]) })
	}
	c.addParts(&t, Sentence{}, metric, cells, func(c *rollup.Cell) []rollup.Part { return c.Parts })
	for d, dimension := range metric.By {
		head := say(wByDimension, argText("dimension", c.Words.dimension(dimension)))
		c.addParts(&t, head, metric, cells, func(c *rollup.Cell) []rollup.Part {
			if d < len(c.By) {
				return c.By[d].Parts
			}
			return nil
		})
	}
	return t
}

// add appends a row unless all its cells are empty or, without zero, nothing.
func (t *Table) add(head Span, zero bool, n int, value func(int) string) {
	spans, some := make([]Span, n+1), false
	spans[0] = head
	for i := range n {
		v := value(i)
		some = some || v != "" && (zero || !isNothing(v))
		if v == "" {
			v = dash
		}
		spans[i+1].Text = v
	}
	if !some {
		return
	}
	row := Row{Cells: make([]Cell, n+1)}
	for i := range row.Cells {
		row.Cells[i] = spans[i : i+1 : i+1]
	}
	t.Rows = append(t.Rows, row)
}

// maxParts bounds the rows of one dimension.
const maxParts = 5

// addParts appends a row per named part, in the order of the cell that has most, under a
// head where there is one.
func (c *composer) addParts(t *Table, head Sentence, metric *rollup.Metric, cells []rollup.Cell, of func(*rollup.Cell) []rollup.Part) {
	var most []rollup.Part
	for i := range cells {
		if p := of(&cells[i]); len(p) > len(most) {
			most = p
		}
	}
	if len(most) > 0 && !head.None() {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{words(head)}}})
	}
	for _, part := range most[:min(len(most), maxParts)] {
		t.add(partName(part.Name), false, len(cells), func(i int) string {
			return partValue(metric.Unit, of(&cells[i]), part.Name)
		})
	}
}

// isNothing reports whether a printed figure is zero.
func isNothing(figure string) bool {
	return figure == "0" || figure == "0"+nbsp+"min" || figure == "0"+nbsp+"%"
}

func partValue(unit rollup.Unit, parts []rollup.Part, name string) string {
	for _, p := range parts {
		if p.Name == name {
			return Figure(unit, p.Value, 0)
		}
	}
	return ""
}

// sourcesOf names the sources of a dataset, each with its age.
func (p *Plan) sourcesOf(d model.Dataset) Cell {
	var out []Span
	for i := range p.model.Sources {
		if s := &p.model.Sources[i]; slices.Contains(s.Datasets, d) {
			out = append(out, p.sourceSpan(s))
		}
	}
	return spaced(out)
}

// sourceSpan names a source and the day of its data; the script puts the age there.
func (p *Plan) sourceSpan(s *model.SourceInfo) Span {
	return p.aged(link(sourceTitle(s), dataPath+"#"+sourceAnchor(s)), s)
}

// aged is a source, as it is named, with the day of its data.
func (p *Plan) aged(from Span, s *model.SourceInfo) Span {
	if !s.FetchedAt.Known() {
		return from
	}
	return words(say(wSourceAged, arg("source", from), arg("day", p.fetched(s))))
}

// fetched is the day of a source's newest file.
func (p *Plan) fetched(s *model.SourceInfo) Span {
	if !s.FetchedAt.Known() {
		return text(dash)
	}
	d := p.model.Calendar.DayAt(s.FetchedAt)
	return Span{Text: p.Words.Day(d), Stamp: &Stamp{At: d.String(), Source: s.Name}}
}

func sourceAnchor(s *model.SourceInfo) string { return "source-" + s.Name }
