package rollup

import (
	"fmt"
	"math"
	"slices"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// conserveNode fills the terms of a node's totals, each computed on its own, and reports
// those that do not add up.
func (s *scope) conserveNode(n model.NodeIdx) diag.List {
	var problems diag.List
	s.at(OfNode(n))
	s.hold(n)
	for mi := range s.c.Metrics {
		metric := &s.c.Metrics[mi]
		if metric.Unit == Currency {
			for _, wrong := range s.spentTerms(n, mi) {
				problems.Add(diag.Problem{Code: diag.NotConserved, Text: fmt.Sprintf("%s at node %q in %s is %s, but its terms make something else",
					metric.ID, s.c.Model.Nodes[n].ID, wrong.Currency, wrong.Amount), Hint: bugHint})
			}
			continue
		}
		s.terms(metric, n, s.c.nodes[n][mi])
		for p := range s.c.Periods {
			cell := &s.c.nodes[n][mi][p]
			if cell.Conserved == nil {
				continue
			}
			s.children(cell.Conserved, n, mi, p)
			if sum := cell.Conserved.total(); !metric.same(sum, cell.Value) {
				problems.Add(diag.Problem{Code: diag.NotConserved, Text: fmt.Sprintf("%s at node %q over %s is %v, but its terms make %v",
					metric.ID, s.c.Model.Nodes[n].ID, s.c.Periods[p].Name, cell.Value, sum), Hint: bugHint})
			}
		}
	}
	return problems
}

// same reports whether terms make a value. Decimals of the organisation's own metrics are
// added up exactly, and published as the nearest floating-point numbers.
func (m *Metric) same(terms, value float64) bool {
	if m.Own != nil {
		return math.Abs(terms-value) <= 1e-9*max(1, math.Abs(value))
	}
	return terms == value
}

const bugHint = "please report this with the input that shows it"

// total is Σ children + direct − shared. Children that are not measured add nothing.
func (c *Conservation) total() float64 {
	sum := c.Direct - c.Shared
	for _, child := range c.Children {
		if !math.IsNaN(child.Value) {
			sum += child.Value
		}
	}
	return sum
}

// children takes the values of the children; NaN where one is not measured.
func (s *scope) children(c *Conservation, n model.NodeIdx, metric, period int) {
	for _, child := range s.c.Model.Nodes[n].Children {
		cell := &s.c.nodes[child][metric][period]
		value := math.NaN()
		if cell.Known {
			value = cell.Value
		}
		c.Children = append(c.Children, Part{s.c.Model.Nodes[child].ID, value})
	}
}

// holding says which terms of a node hold an incident.
type holding struct {
	terms  int32 // the children with a home of it below them, and the node itself
	direct bool  // the node itself
}

// hold finds the terms that hold each incident of impact.
func (s *scope) hold(n model.NodeIdx) {
	s.held = s.held[:0]
	for _, i := range s.impact {
		s.held = append(s.held, s.holdingOf(s.incident(i), n))
	}
}

func (s *scope) holdingOf(in *model.Incident, n model.NodeIdx) (h holding) {
	m, counted := s.c.Model, model.NodeIdx(model.NoIndex)
	for _, home := range in.Homes {
		switch {
		case home == n:
			h.terms, h.direct = h.terms+1, true
		case m.In(home, n):
			if child := m.ChildHolding(n, home); child != counted {
				h.terms, counted = h.terms+1, child
			}
		}
	}
	return h
}

// terms fills the direct and shared terms of a metric's cells.
func (s *scope) terms(metric *Metric, n model.NodeIdx, cells []Cell) {
	switch {
	case !slices.ContainsFunc(cells, func(c Cell) bool { return c.Conserved != nil }):
	case metric.Own != nil:
		s.ownTerms(metric, n, cells)
	case metric.found != nil:
		s.findingTerms(metric, n, cells)
	case metric.Operator == Time:
		s.timeTerms(metric, n, cells)
	default:
		s.countTerms(metric, cells)
	}
}

func (s *scope) countTerms(metric *Metric, cells []Cell) {
	for k, i := range s.impact {
		in := s.incident(i)
		if !metric.counts(in) {
			continue
		}
		for p := range cells {
			c := cells[p].Conserved
			if c == nil {
				continue
			}
			value := s.weight(metric, i, in, p)
			c.Shared += value * float64(s.held[k].terms-1)
			if s.held[k].direct {
				c.Direct += value
			}
		}
	}
}

// weight is what an incident adds to a total in a period.
func (s *scope) weight(metric *Metric, i int32, in *model.Incident, period int) float64 {
	switch {
	case metric.weigh != nil && s.marks(s.index.answered, i, period):
		return metric.weigh(in, s.c.Periods[period].Current)
	case metric.weigh == nil && s.in(i, period):
		return 1
	}
	return 0
}

func (s *scope) timeTerms(metric *Metric, n model.NodeIdx, cells []Cell) {
	edges := make([][]edge, len(cells))
	add := func() {
		for p := range cells {
			edges[p] = s.total.edgesInside(edges[p], s.c.Periods[p].Current, 0)
		}
	}
	s.unite(s.impact, metric, func(k int) bool { return s.held[k].direct })
	for p := range cells {
		if c := cells[p].Conserved; c != nil {
			c.Direct = float64(s.total.length(s.c.Periods[p].Current))
		}
	}
	add()
	for _, child := range s.c.Model.Nodes[n].Children {
		s.unite(s.index.nodeImpact.of(int(child)), metric, nil)
		add()
	}
	for p := range cells {
		if c := cells[p].Conserved; c != nil {
			c.Shared = float64(excess(edges[p]))
		}
	}
}

// unite makes the union of the metric's incidents of a list; also chooses among their places.
func (s *scope) unite(list []int32, metric *Metric, also func(int) bool) {
	s.total.reset()
	for k, i := range list {
		if in := s.incident(i); metric.counts(in) && (also == nil || also(k)) {
			s.total.add(in.Start(), in.End)
		}
	}
	s.total.seal()
}
