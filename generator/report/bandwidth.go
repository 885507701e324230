package report

import (
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// bandwidth is the block of the people of a node: how many they are, what they carry and how
// often they are paged. It is absent where nothing is recorded of them.
func (c *composer) bandwidth() Bandwidth {
	if c.rows.headcount < 0 || c.stats[c.rows.headcount][c.period].Covered == 0 {
		return Bandwidth{}
	}
	b := Bandwidth{Section: Section{ID: "bandwidth", Title: say(wBandwidth), Lead: say(wBandwidthLead)}}
	for m := range c.metrics {
		if metric := &c.metrics[m]; metric.Dataset == model.Staff && m != c.rows.pagesPerHead {
			b.People.Rows = append(b.People.Rows, Row{
				Anchor: "m-" + metric.ID, Cells: []Cell{c.metricHead(metric), c.opens(m, c.staffCell(metric, &c.stats[m][c.period]))},
			})
		}
	}
	b.People.ID, b.People.Caption, b.People.Plain = "people", say(wBandwidthPeople), true
	b.People.Columns = []Column{{Head: say(wBandwidthPeople)}, {Head: say(wRowValue)}}
	b.Pages, b.Lines = c.pagesTable(), c.rotationLines()
	return b
}

// metricHead leads to the definition of a metric, with the marks of its caveats.
func (c *composer) metricHead(m *rollup.Metric) Cell {
	title := Cell{link(m.Title, metricsPath+"#"+m.ID)}
	for _, mark := range c.caveatMarks(m.ID) {
		title = append(title, text(" "), linked(mark.Kind, mark.Href))
	}
	return title
}

// staffCell is a figure of people as of now, or why there is none.
func (c *composer) staffCell(m *rollup.Metric, cell *rollup.Cell) Cell {
	switch {
	case !cell.Known:
		return Cell{words(say(wNotSaid, arg("reason", words(reason(cell.Reason)))))}
	case len(cell.Dists) > 0:
		return Cell{words(sayN(wRotations, cell.N, argText("median", halves(rollup.One, cell.Dists[0].Median))))}
	case m.Operator == rollup.RatioOf:
		return Cell{words(say(wPerPerson, argText("value", Figure(m.Unit, cell.Value, 0)), argText("num", Count(int(cell.Num))), argText("den", Count(int(cell.Den)))))}
	}
	out := Cell{text(Figure(m.Unit, cell.Value, 0))}
	if cell.Covered < cell.Of {
		out = append(out, text(" · "), words(sayN(wBandwidthCovered, cell.Of, argCount("covered", cell.Covered))))
	}
	return out
}

// pagesTable has a column per period: all pages per person, and those of each kind of hours.
func (c *composer) pagesTable() Table {
	metric, cells := &c.metrics[c.rows.pagesPerHead], c.stats[c.rows.pagesPerHead]
	if !slices.ContainsFunc(cells, func(c rollup.Cell) bool { return c.Known || c.Reason != rollup.ReasonNoData }) {
		return Table{}
	}
	t := Table{ID: "pages", Caption: say(wBandwidthPages), Plain: true, Columns: []Column{{Head: say(wBandwidthPages)}}}
	all := Row{Anchor: "m-" + metric.ID, Cells: []Cell{c.metricHead(metric)}}
	var hours []Row
	for p := range cells {
		cell := &cells[p]
		t.Columns = append(t.Columns, Column{Head: c.periods[p].short, Number: true})
		if !cell.Known {
			all.Cells = append(all.Cells, Cell{words(say(wNotSaid, arg("reason", words(reason(cell.Reason)))))})
			continue
		}
		number := Cell{text(Figure(metric.Unit, cell.Value, 0))}
		if p == c.period {
			number = c.opens(c.rows.pagesPerHead, number)
		}
		all.Cells = append(all.Cells, number)
		for i, part := range cell.Parts {
			if i == len(hours) {
				hours = append(hours, Row{Cells: []Cell{{partName(part.Name)}}})
			}
			for len(hours[i].Cells) <= p { // periods without a figure
				hours[i].Cells = append(hours[i].Cells, Cell{text(dash)})
			}
			hours[i].Cells = append(hours[i].Cells, Cell{text(Figure(metric.Unit, part.Value, 0))})
		}
	}
	for i := range hours {
		for len(hours[i].Cells) <= len(cells) {
			hours[i].Cells = append(hours[i].Cells, Cell{text(dash)})
		}
	}
	t.Rows = append([]Row{all}, hours...)
	return t
}

// rotationLines ask about rotations that are too small or too large.
func (c *composer) rotationLines() (out []Sentence) {
	for _, part := range c.stats[c.rows.rotationSize][c.period].Parts {
		switch n := int(part.Value); {
		case n == 0:
		case part.Name == "under_five":
			out = append(out, sayN(wRotationsSmall, n))
		case part.Name == "over_eight":
			out = append(out, sayN(wRotationsLarge, n))
		}
	}
	return out
}
