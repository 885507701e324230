package signal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// Held is how a gate fares in a build.
type Held struct {
	Gate   *model.Gate
	Node   model.NodeIdx // the root where its node does not exist
	Metric *rollup.Metric
	Period int // index into Cube.Periods
	State  GateState
	Reason string // why there is nothing to hold
	Value  float64
	Unit   rollup.Unit
	Den    int64 // observations behind a ratio
	// Bound is the one that is crossed, else the upper one where there is one; Most says
	// that it is the upper one.
	Bound *model.Bound
	Most  bool
}

// GateState is the outcome of a gate.
type GateState uint8

// The outcomes. A gate without a figure does not pass: that it cannot be known is no reason
// to think that all is well.
const (
	GatePassed GateState = iota
	GateCrossed
	GateUnheld
)

// String is the state as in build.json.
func (s GateState) String() string { return [...]string{"passed", "crossed", "unheld"}[s] }

// CheckGates reports the gates that no build could hold: unknown metrics, and bounds of
// another kind than the figure.
func CheckGates(gates []model.Gate, table []rollup.Metric) (problems diag.List) {
	for i := range gates {
		g := &gates[i]
		at := slices.IndexFunc(table, func(m rollup.Metric) bool { return m.ID == g.Metric })
		if at < 0 {
			problems.Add(diag.Problem{Code: diag.UnknownGate, Pos: g.At.Metric, Text: fmt.Sprintf("[gate.%s]: there is no metric %q", g.ID, g.Metric),
				Hint: suggest(g.Metric, metricIDs(table), `"uptree list metrics" prints them`)})
			continue
		}
		if table[at].Operator == rollup.Distribution && g.Part == "" {
			problems.Add(diag.Problem{Code: diag.UnknownGate, Pos: g.At.Metric, Text: fmt.Sprintf("[gate.%s]: %s has no single value", g.ID, g.Metric),
				Hint: "name a part of it, as in the data.csv beside the page of the node"})
		}
		for _, b := range []*model.Bound{g.Max, g.Min} {
			if why := unfit(b, &table[at], g.Part); why != "" {
				problems.Add(diag.Problem{Code: diag.UnknownGate, Pos: b.At, Text: fmt.Sprintf("[gate.%s]: %s is %s", g.ID, g.Metric, why)})
			}
		}
	}
	return problems
}

func metricIDs(table []rollup.Metric) (out []string) {
	for i := range table {
		out = append(out, table[i].ID)
	}
	return out
}

func suggest(word string, known []string, otherwise string) string {
	if near := diag.DidYouMean(word, known); near != "" {
		return near
	}
	return otherwise
}

// counted are the parts that are counts whatever the metric's unit is.
var counted = []string{"numerator", "denominator", "met", "at_risk", "breached", "no_data", "services:under_five"}

// unfit says why a figure cannot be held against a bound, or "".
func unfit(b *model.Bound, m *rollup.Metric, part string) string {
	unit := m.Unit
	if slices.Contains(counted, part) {
		unit = rollup.One
	}
	switch {
	case b == nil:
		return ""
	case unit == rollup.Ratio && b.Kind == model.PlainBound && (b.Value < 0 || b.Value > 1):
		return `a share: a number from 0 to 1, or a text such as "99.5%"`
	case unit == rollup.Ratio && b.Kind == model.DurationBound:
		return "a share, not a duration"
	case unit == rollup.Seconds && b.Kind == model.ShareBound:
		return `a time: a text such as "4h", or a number of seconds`
	case unit != rollup.Ratio && unit != rollup.Seconds && b.Kind != model.PlainBound:
		return "a number without a unit"
	}
	return ""
}

// hold compares the figures with their bounds.
func hold(cube *rollup.Cube, gates []model.Gate, period int) (out []Held, problems diag.List) {
	for i := range gates {
		h, p := holdOne(cube, &gates[i], period)
		out, problems = append(out, h), append(problems, p...)
	}
	return out, problems
}

func holdOne(cube *rollup.Cube, g *model.Gate, period int) (Held, diag.List) {
	row := cube.Metric(g.Metric)
	h := Held{Gate: g, Metric: &cube.Metrics[row], Unit: cube.Metrics[row].Unit, Period: period, State: GateUnheld, Bound: g.Max, Most: true}
	if g.Max == nil {
		h.Bound, h.Most = g.Min, false
	}
	if at := slices.IndexFunc(cube.Periods, func(p rollup.Period) bool { return p.Name == g.Period }); at >= 0 {
		h.Period = at
	}
	if g.Node != "" {
		at, known := cube.Model.Standing(g.Node)
		if !known {
			h.Reason = fmt.Sprintf("there is no node %q", g.Node)
			return h, h.problem(g.At.Node, diag.DidYouMean(g.Node, nodeIDs(cube.Model)))
		}
		h.Node = at
	}
	return h, h.measure(cube.Model, &cube.Stats(rollup.OfNode(h.Node))[row][h.Period])
}

// measure finds the figure and compares it.
func (h *Held) measure(m *model.Model, cell *rollup.Cell) diag.List {
	part, all := h.Gate.Part, h.Metric.Named(cell)
	i := slices.IndexFunc(all, func(n rollup.Named) bool { return n.Name == part })
	switch {
	case i >= 0:
		h.compare(all[i], cell)
	case cell.Known && noneOf(m, cell, part):
		h.compare(rollup.Named{Name: part, Unit: h.Unit}, cell)
	case !cell.Known:
		h.Reason = cell.Reason.String()
	case part == "":
		h.Reason = h.Metric.ID + " has no single value here"
		return h.problem(h.Gate.At.Metric, "name a part of it: "+strings.Join(names(all), ", "))
	default:
		h.Reason = fmt.Sprintf("%s has no part %q here", h.Metric.ID, part)
		return h.problem(h.Gate.At.Part, suggest(part, names(all), "its parts are: "+strings.Join(names(all), ", ")))
	}
	return nil
}

func (h *Held) problem(at diag.Pos, hint string) diag.List {
	return diag.List{{Code: diag.GateUnheld, Pos: at, Text: fmt.Sprintf("[gate.%s]: %s", h.Gate.ID, h.Reason), Hint: hint}}
}

func (h *Held) compare(n rollup.Named, cell *rollup.Cell) {
	h.State, h.Value, h.Unit = GatePassed, n.Value, n.Unit
	if n.Name == "" {
		h.Den = cell.Den
	}
	switch g := h.Gate; {
	case g.Max != nil && n.Value > g.Max.Value:
		h.State = GateCrossed
	case g.Min != nil && n.Value < g.Min.Value:
		h.State, h.Bound, h.Most = GateCrossed, g.Min, false
	}
}

// noneOf reports whether a part is of a severity or type that the organisation knows and of
// which there is none: a breakdown lists those that there are.
func noneOf(m *model.Model, cell *rollup.Cell, part string) bool {
	dimension, name, _ := strings.Cut(part, ":")
	known := map[string][]string{"severity": m.Severities, "type": m.Types}[dimension]
	for _, by := range cell.By {
		if by.Dimension == dimension {
			return by.Omitted == 0 && name != "" && slices.Contains(known, name)
		}
	}
	return false
}

func names(all []rollup.Named) (out []string) {
	for _, n := range all {
		if n.Name != "" {
			out = append(out, n.Name)
		}
	}
	return out
}

func nodeIDs(m *model.Model) (out []string) {
	for i := range m.Nodes {
		if n := &m.Nodes[i]; !n.Generated {
			out = append(out, n.ID)
		}
	}
	return out
}

// gateCrossed tells the node whose figure it is.
func gateCrossed(f *finder, n model.NodeIdx) {
	for _, h := range f.gatesOf(n, GateCrossed) {
		f.add(n, n, h.Metric.ID, grave, words("gate", h.Gate.Title), Arg{Name: "metric", Kind: MetricArg, Text: h.Metric.ID}, figure("value", h.Value, h.Unit))
	}
}

func gateUnheld(f *finder, n model.NodeIdx) {
	for _, h := range f.gatesOf(n, GateUnheld) {
		f.add(n, n, h.Metric.ID, grave, words("gate", h.Gate.Title), words("why", h.Reason))
	}
}

func (f *finder) gatesOf(n model.NodeIdx, state GateState) (out []*Held) {
	for i := range f.gates {
		if h := &f.gates[i]; h.Node == n && h.State == state {
			out = append(out, h)
		}
	}
	return out
}

func figure(name string, v float64, unit rollup.Unit) Arg {
	switch unit {
	case rollup.Seconds:
		return duration(name, v)
	case rollup.Ratio:
		return share(name, v)
	}
	return words(name, strconv.FormatFloat(v, 'f', -1, 64))
}
