package report

import (
	"strconv"

	"uptree/generator/model"
	"uptree/generator/rollup"
	"uptree/generator/signal"
)

// gates lists the bounds that are held at a node.
func (c *composer) gates(n model.NodeIdx) []Listing {
	t := Table{
		ID: "gate-list", Caption: say(wGates), Stack: true, Plain: true,
		Columns: []Column{{Head: say(wGate)}, {Head: say(wGateFigure)}, {Head: say(wGateBound)}, {Head: say(wGateNow)}, {Head: say(wGateState)}},
	}
	for i := range c.found.Gates {
		if h := &c.found.Gates[i]; h.Node == n {
			t.Rows = append(t.Rows, Row{Cells: c.gateCells(h)})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []Listing{{Section: Section{ID: "gates", Title: say(wGates), Lead: say(wGatesLead)}, Table: t}}
}

func (c *composer) gateCells(h *signal.Held) []Cell {
	metric, period := arg("metric", link(h.Metric.Title, metricsPath+"#"+h.Metric.ID)), arg("period", words(c.periods[h.Period].short))
	figure := say(wGateOver, metric, period)
	if h.Gate.Part != "" {
		figure = say(wGatePart, metric, period, arg("part", partName(h.Gate.Part)))
	}
	now, state := text(dash), marked(MarkOK, words(say(wGatePassed)))
	if h.State != signal.GateUnheld {
		now = text(gateFigure(h.Unit, h.Value, h.Den))
	}
	switch h.State {
	case signal.GateCrossed:
		state = marked(MarkBad, words(say(wGateCrossed)))
	case signal.GateUnheld:
		state = marked(MarkBad, words(say(wGateUnheld, argText("why", h.Reason))))
	}
	var bounds []Span
	if b := h.Gate.Min; b != nil {
		bounds = append(bounds, words(say(wGateLeast, argText("value", gateFigure(h.Unit, b.Value, 0)))))
	}
	if b := h.Gate.Max; b != nil {
		bounds = append(bounds, words(say(wGateMost, argText("value", gateFigure(h.Unit, b.Value, 0)))))
	}
	return []Cell{{name(h.Gate.Title)}, {words(figure)}, joined(bounds), {now}, {state}}
}

// gateFigure prints a figure, and a bound as it was written: 2.5 is not 3.
func gateFigure(unit rollup.Unit, v float64, n int64) string {
	switch unit {
	case rollup.Seconds, rollup.Ratio:
		return Figure(unit, v, n)
	}
	if unit.IsCurrency() {
		return Figure(unit, v, n)
	}
	if v != float64(int64(v)) {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return Count(int(v))
}

// BuildGate is how a gate fares, as in build.json. Max and Min are nil where there is no
// such bound, Value where there is no figure.
type BuildGate struct {
	ID, Node, Metric, Period, Part, State, Reason string
	Unit                                          string
	Value, Max, Min                               *float64
}

func (p *Plan) buildGates() []BuildGate {
	var out []BuildGate
	for i := range p.found.Gates {
		h := &p.found.Gates[i]
		g := BuildGate{
			ID: h.Gate.ID, Node: p.model.Nodes[h.Node].ID, Metric: h.Metric.ID, Period: p.cube.Periods[h.Period].Name,
			Part: h.Gate.Part, State: h.State.String(), Reason: h.Reason, Unit: string(h.Unit),
		}
		if h.State != signal.GateUnheld {
			g.Value = &h.Value
		}
		if b := h.Gate.Max; b != nil {
			g.Max = &b.Value
		}
		if b := h.Gate.Min; b != nil {
			g.Min = &b.Value
		}
		out = append(out, g)
	}
	return out
}

// Tripped says of each gate that did not pass what whoever runs the build is told.
func (p *Plan) Tripped() []string {
	var out []string
	for i := range p.found.Gates {
		h := &p.found.Gates[i]
		figure := h.Metric.ID
		if h.Gate.Part != "" {
			figure += " (" + h.Gate.Part + ")"
		}
		at := "gate " + h.Gate.ID + ": " + figure + " of " + p.nodeTitle(h.Node) + " over " + p.cube.Periods[h.Period].Name
		switch h.State {
		case signal.GateCrossed:
			out = append(out, at+" is "+crossed(h))
		case signal.GateUnheld:
			out = append(out, at+" has no value: "+h.Reason)
		}
	}
	return out
}

// crossed names a figure and the bound that it is beyond; two that look the same when they
// are rounded are given in full.
func crossed(h *signal.Held) string {
	now, bound, side := gateFigure(h.Unit, h.Value, h.Den), gateFigure(h.Unit, h.Bound.Value, 0), ", not at least "
	if now == bound {
		now, bound = strconv.FormatFloat(h.Value, 'g', -1, 64), strconv.FormatFloat(h.Bound.Value, 'g', -1, 64)
	}
	if h.Most {
		side = ", not at most "
	}
	return now + side + bound
}
