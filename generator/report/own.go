package report

import (
	"strconv"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// tellsOwn reports whether a metric of the organisation's own has something to say here: a
// figure in any period, of a metric that is still in use.
func (c *composer) tellsOwn(m int) bool {
	return known(c.stats[m]) && !c.metrics[m].Own.RetiredOn(c.model.Calendar.DayAt(c.model.AsOf))
}

// ownUnitWord is a unit in the organisation's own words; "" for those of uptree.
type ownUnitWord string

// unworded is a metric whose numbers stand alone, as on a tile: a unit of several words goes
// below them.
func unworded(metric *rollup.Metric) (*rollup.Metric, ownUnitWord) {
	if metric.Unit.Known() {
		return metric, ""
	}
	alone := *metric
	alone.Unit = rollup.One
	return &alone, ownUnitWord(metric.Unit)
}

// before puts the unit before what else there is to say.
func (u ownUnitWord) before(caption Cell) Cell {
	switch {
	case u == "":
		return caption
	case len(caption) == 0:
		return Cell{text(string(u))}
	}
	return append(Cell{text(string(u)), text(" · ")}, caption...)
}

// ownSpread says of how many observations a median is.
func ownSpread(metric *rollup.Metric, cell *rollup.Cell) []Span {
	if len(cell.Dists) == 0 {
		return nil
	}
	d := &cell.Dists[0]
	out := []Span{words(sayN(wOwnSpread, d.N))}
	if d.P90 != nil {
		out = append(out, words(say(wOwnP90, argText("value", halves(metric.Unit, *d.P90)))))
	}
	return out
}

// definitionMarks adds the days on which the definition of a metric changed to the marks of
// its chart.
func (c *composer) definitionMarks(m int, b ChartBuckets, marks []ChartMark) []ChartMark {
	for _, d := range c.definitions(m) {
		if at := b.Point(d.On); at >= 0 {
			marks = append(marks, ChartMark{At: at, Text: d.What})
		}
	}
	sortMarks(marks)
	return marks
}

// definitions are the days on which the definition of a metric began, changed and ended, in
// words for a chart.
func (c *composer) definitions(m int) []model.Redefinition {
	if c.metrics[m].Own == nil {
		return nil
	}
	own := c.metrics[m].Own
	var out []model.Redefinition
	if own.Introduced != model.NoDay {
		out = append(out, model.Redefinition{On: own.Introduced, What: c.Words.Plain(say(wIntroduced))})
	}
	out = append(out, own.Changes...)
	if own.Retired != model.NoDay {
		out = append(out, model.Redefinition{On: own.Retired, What: c.Words.Plain(say(wRetired))})
	}
	return out
}

// definedSince says since when a metric is defined as it is.
func (p *Plan) definedSince(f *Facts, m *rollup.Metric) {
	own := m.Own
	if own == nil {
		f.add(wDefinedSince, Cell{words(say(wSinceVersion, argText("version", m.Since)))})
		return
	}
	today := p.model.Calendar.DayAt(p.model.AsOf)
	f.add(wVersion, Cell{text(strconv.Itoa(own.Version(today)))})
	if own.Introduced != model.NoDay {
		f.add(wDefinedSince, Cell{text(p.Words.Day(own.Introduced))})
	}
	for _, c := range own.Changes {
		f.add(wRedefined, Cell{text(p.Words.Day(c.On) + ": " + c.What)})
	}
	if own.Retired != model.NoDay {
		f.add(wRetiredOn, Cell{text(p.Words.Day(own.Retired))})
	}
	switch by := text(p.Words.Day(own.ReviewBy)); {
	case own.Due(today):
		f.add(wReviewedBy, Cell{marked(MarkRisk, words(say(wReviewDue, arg("day", by))))})
	case own.ReviewBy != model.NoDay:
		f.add(wReviewedBy, Cell{by})
	}
}
