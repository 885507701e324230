package report

import (
	"cmp"
	"math"
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// maxDrawn bounds the children of a total that are drawn; the table lists all.
const maxDrawn = 8

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
	sum := adding{metric: metric}
	var unknown []Row // those that are not measured are in the table alone
	for i, part := range cell.Conserved.Children[:min(len(cell.Conserved.Children), len(c.model.Nodes[n].Children))] {
		switch child := c.nodeLink(c.model.Nodes[n].Children[i]); {
		case part.Value > 0:
			sum.add("child", child, part.Value)
		case math.IsNaN(part.Value):
			unknown = append(unknown, Row{Cells: []Cell{{child}, {words(say(wNoData))}}})
		}
	}
	if cell.Conserved.Direct > 0 {
		sum.add("direct", behind(metric.ID, words(say(wDirect))), cell.Conserved.Direct)
	}
	t := Total{
		Title: say(wOriginOf, argText("metric", metric.Title), argText("value", Figure(metric.Unit, cell.Value, 0))),
		Sum:   say(wOriginPlain),
		Table: Table{ID: "origin-" + metric.ID, Caption: say(wOriginTerms), Plain: true, Columns: []Column{{Head: say(wOriginTerm)}, {Head: say(wRowValue), Number: true}}},
	}
	if shared := cell.Conserved.Shared; shared > 0 {
		t.Sum = say(wOriginSum, argText("sum", Figure(metric.Unit, sum.end, 0)), argText("shared", Figure(metric.Unit, shared, 0)), argText("value", Figure(metric.Unit, cell.Value, 0)))
		sum.add("shared", behind(metric.ID, words(say(wShared))), shared)
	}
	sum.add("total", behind(metric.ID, words(say(wOriginTotal))), cell.Value)
	for _, term := range sum.terms {
		t.Table.Rows = append(t.Table.Rows, Row{Cells: []Cell{{term.Title}, {text(term.Sign + term.Value)}}})
	}
	t.Table.Rows, t.Terms = append(t.Table.Rows, unknown...), sum.drawn()
	return t
}

// adding lays terms end to end, as they add up.
type adding struct {
	metric *rollup.Metric
	terms  []Term
	end    float64 // of what was added so far
}

// add lays down one more term: what is shared reaches back, and the total from the beginning.
func (a *adding) add(kind string, title Span, value float64) {
	t := Term{Kind: kind, Title: title, Value: Figure(a.metric.Unit, value, 0), From: a.end, To: a.end + value}
	switch {
	case kind == "shared":
		t.Sign, t.From, t.To = minus+" ", a.end-value, a.end
	case kind == "total":
		t.Sign, t.From, t.To = "= ", 0, value
	case len(a.terms) > 0:
		t.Sign, a.end = "+ ", t.To
	default:
		a.end = t.To
	}
	a.terms = append(a.terms, t)
}

// drawn are the terms that a picture has room for, as shares of its width: the smallest
// children together stand for those that have none.
func (a *adding) drawn() []Term {
	var children []float64
	for _, t := range a.terms {
		if t.Kind == "child" {
			children = append(children, t.To-t.From)
		}
	}
	least := 0.0
	if len(children) > maxDrawn {
		slices.SortFunc(children, func(x, y float64) int { return cmp.Compare(y, x) })
		least = children[maxDrawn-2]
	}
	out := adding{metric: a.metric}
	gathered, small, room := 0, 0.0, maxDrawn-1
	for _, t := range a.terms {
		size := t.To - t.From
		switch {
		case t.Kind != "child" && gathered > 0:
			out.add("child", Span{Say: new(sayN(wMore, gathered)), Href: "#origin-" + a.metric.ID}, small)
			gathered = 0
			out.add(t.Kind, t.Title, size)
		case t.Kind == "child" && (size < least || least > 0 && room == 0):
			gathered, small = gathered+1, small+size
		default:
			room--
			out.add(t.Kind, t.Title, size)
		}
	}
	for i := range out.terms {
		out.terms[i].From, out.terms[i].To = out.terms[i].From/out.end, out.terms[i].To/out.end
	}
	return out.terms
}
