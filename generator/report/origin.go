package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// origin says where the totals of incident time and count come from.
func (c *composer) origin(n model.NodeIdx) Origin {
	if len(c.model.Nodes[n].Children) == 0 {
		return Origin{} // all of it is direct
	}
	out := Origin{Section: Section{ID: "origin", Title: say(wOrigin), Lead: say(wOriginLead, c.periodArg())}}
	for _, m := range []int{c.rows.incidentTime, c.rows.incidentCount} {
		if m < 0 {
			continue
		}
		if cell := &c.stats[m][c.period]; cell.Known && cell.Conserved != nil && cell.Value > 0 {
			out.Totals = append(out.Totals, c.total(n, &c.metrics[m], cell))
		}
	}
	if len(out.Totals) == 0 {
		return Origin{}
	}
	return out
}

// total words the equation: children in the organisation's order, what is directly here,
// less what is counted in several of them.
func (c *composer) total(n model.NodeIdx, metric *rollup.Metric, cell *rollup.Cell) Total {
	t := Total{Title: say(wOriginOf, argText("metric", metric.Title), argText("value", Figure(metric.Unit, cell.Value, 0)))}
	unit, cons := metric.Unit, cell.Conserved
	for i, part := range cons.Children {
		if part.Value == 0 || i >= len(c.model.Nodes[n].Children) {
			continue
		}
		t.add("+", c.nodeLink(c.model.Nodes[n].Children[i]), Figure(unit, part.Value, 0), part.Value, "child")
	}
	if cons.Direct > 0 {
		here := linked(say(wDirect), "#services")
		t.add("+", here, Figure(unit, cons.Direct, 0), cons.Direct, "direct")
	}
	if cons.Shared > 0 {
		t.add(minus, words(say(wShared)), Figure(unit, cons.Shared, 0), cons.Shared, "shared")
		t.Note = say(wSharedNote)
	}
	t.add("=", c.nodeLink(n), Figure(unit, cell.Value, 0), cell.Value, "total")
	t.scale()
	return t
}

func (t *Total) add(sign string, title Span, value string, size float64, kind string) {
	if len(t.Terms) == 0 {
		sign = ""
	}
	t.Terms = append(t.Terms, Term{Sign: sign, Title: title, Value: value, Share: size, Kind: kind})
}

// scale turns the sizes of the terms into shares of the largest; what is not measured has
// none.
func (t *Total) scale() {
	most := 0.0
	for i := range t.Terms {
		if size := t.Terms[i].Share; size > most {
			most = size
		}
	}
	for i := range t.Terms {
		if size := &t.Terms[i].Share; *size > 0 {
			*size /= most
		} else {
			*size = 0
		}
	}
}
