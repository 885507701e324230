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
	for mi := range s.c.Metrics {
		metric := &s.c.Metrics[mi]
		for p := range s.c.Periods {
			cell := &s.c.nodes[n][mi][p]
			if cell.Conserved == nil {
				continue
			}
			s.children(cell.Conserved, n, mi, p)
			s.terms(cell.Conserved, metric, n, s.c.Periods[p].Current, p)
			if sum := cell.Conserved.total(); sum != cell.Value {
				problems.Add(diag.Problem{Code: diag.NotConserved, Text: fmt.Sprintf("%s at node %q over %s is %v, but its terms make %v",
					metric.ID, s.c.Model.Nodes[n].ID, s.c.Periods[p].Name, cell.Value, sum), Hint: "please report this with the input that shows it"})
			}
		}
	}
	return problems
}

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

func (s *scope) terms(c *Conservation, metric *Metric, n model.NodeIdx, w Window, period int) {
	if metric.Operator == Time {
		s.timeTerms(c, metric, n, w)
		return
	}
	for _, i := range s.impact {
		in := s.incident(i)
		if !metric.counts(in) {
			continue
		}
		value := 1.0
		if metric.weigh != nil {
			value = metric.weigh(in, w)
		} else if !s.in(i, period) {
			continue
		}
		terms, direct := s.termsHolding(in, n)
		c.Shared += value * float64(terms-1)
		if direct {
			c.Direct += value
		}
	}
}

// termsHolding counts the terms of a node that hold an incident: the children with a home
// of it below them, and the node itself.
func (s *scope) termsHolding(in *model.Incident, n model.NodeIdx) (terms int, direct bool) {
	m, counted := s.c.Model, model.NodeIdx(model.NoIndex)
	for _, h := range in.Homes {
		switch {
		case h == n:
			terms, direct = terms+1, true
		case m.In(h, n):
			if child := m.ChildHolding(n, h); child != counted {
				terms, counted = terms+1, child
			}
		}
	}
	return terms, direct
}

func (s *scope) timeTerms(c *Conservation, metric *Metric, n model.NodeIdx, w Window) {
	direct := func(in *model.Incident) bool { return slices.Contains(in.Homes, n) }
	edges := s.edges[:0]
	s.unite(s.impact, metric, direct)
	c.Direct = float64(s.total.length(w))
	edges = s.total.edgesInside(edges, w, 0)
	for _, child := range s.c.Model.Nodes[n].Children {
		s.unite(s.index.nodeImpact.of(int(child)), metric, nil)
		edges = s.total.edgesInside(edges, w, 0)
	}
	c.Shared = float64(excess(edges))
	s.edges = edges
}

// unite makes the union of the metric's incidents of a list.
func (s *scope) unite(list []int32, metric *Metric, also func(*model.Incident) bool) {
	s.total.reset()
	for _, i := range list {
		if in := s.incident(i); metric.counts(in) && (also == nil || also(in)) {
			s.total.add(in.Start(), in.End)
		}
	}
	s.total.seal()
}
