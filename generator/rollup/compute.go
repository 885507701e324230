package rollup

import (
	"slices"
	"sync"
	"sync/atomic"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// Cube holds the figures of a build. It is read-only and safe for concurrent use.
type Cube struct {
	Model   *model.Model
	Periods []Period
	Metrics []Metric // rows of Stats have this order

	nodes      []Stats
	index      *index
	pilots     *index
	tests      *testIndex
	objectives objectiveIndex
	sums       [][]int32 // per dataset: of and covered subjects below each node
	reach      map[model.Dataset]model.Time
	scopes     sync.Pool
}

// Compute measures every node with at most jobs goroutines. It reports a problem for each
// total that does not reconcile.
func Compute(m *model.Model, specs []PeriodSpec, jobs int) (*Cube, diag.List) {
	c := &Cube{Model: m, Metrics: Table(m.Own), reach: map[model.Dataset]model.Time{}}
	for _, spec := range specs {
		c.Periods = append(c.Periods, resolvePeriod(spec, m.AsOf, m.Calendar))
	}
	c.index = newIndex(m, c.Periods, false)
	c.pilots = newIndex(m, c.Periods, true)
	c.tests = newTestIndex(m, c.Periods, jobs)
	c.indexObjectives(jobs)
	c.coverages()
	c.reaches()
	c.nodes = make([]Stats, len(m.Nodes))
	c.parallel(len(m.Nodes), jobs, func(s *scope, n int) { c.nodes[n] = s.measure(OfNode(model.NodeIdx(n))) })
	problems := make([]diag.List, len(m.Nodes))
	c.parallel(len(m.Nodes), jobs, func(s *scope, n int) { problems[n] = s.conserveNode(model.NodeIdx(n)) })
	var all diag.List
	for _, p := range problems {
		all.Append(p)
	}
	return c, all
}

// parallel calls do for 0..n-1, each goroutine with a scope of its own.
func (c *Cube) parallel(n, jobs int, do func(s *scope, i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range max(1, jobs) {
		wg.Go(func() {
			s := &scope{c: c, index: c.index, tests: c.tests}
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(s, i)
			}
		})
	}
	wg.Wait()
}

// measure evaluates every metric at a subject.
func (s *scope) measure(subject Subject) Stats {
	s.at(subject)
	out := make(Stats, len(s.c.Metrics))
	for i := range s.c.Metrics {
		out[i] = s.c.Metrics[i].eval(s)
	}
	return out
}

// Stats returns all figures of a subject: kept for nodes, computed for the others. Pilot
// sources are left out.
func (c *Cube) Stats(s Subject) Stats {
	if s.Kind == NodeSubject {
		return c.nodes[s.Index]
	}
	return c.measure(s, false)
}

// Pilot returns the figures of a subject over the pilot sources alone, and whether there
// are any. They are for the pages of teams and services.
func (c *Cube) Pilot(s Subject) (Stats, bool) {
	for _, source := range c.Model.Sources {
		if source.Pilot {
			return c.measure(s, true), true
		}
	}
	return nil, false
}

func (c *Cube) measure(subject Subject, pilot bool) Stats {
	s := c.scope(pilot)
	defer c.scopes.Put(s)
	return s.measure(subject)
}

func (c *Cube) scope(pilot bool) *scope {
	s, ok := c.scopes.Get().(*scope)
	if !ok {
		s = &scope{c: c, tests: c.tests}
	}
	s.pilot, s.index = pilot, c.index
	if pilot {
		s.index = c.pilots
	}
	return s
}

// Metric returns the row of the metric with the id, or -1.
func (c *Cube) Metric(id string) int {
	for i := range c.Metrics {
		if c.Metrics[i].ID == id {
			return i
		}
	}
	return -1
}

// coverages counts, at each node and in preorder sums, the living own subjects of the
// event datasets and those that a source covers.
func (c *Cube) coverages() {
	m := c.Model
	c.sums = make([][]int32, 2*len(model.Specs))
	for _, d := range []model.Dataset{model.Incidents, model.Synthetics, model.Deployments, model.Costs, model.Findings, model.SLOs, model.SLIs, model.Staff} {
		of, covered := make([]int32, len(m.Nodes)+1), make([]int32, len(m.Nodes)+1)
		for n := range m.Nodes {
			of[n+1], covered[n+1] = of[n], covered[n]
			count := func(yes bool) {
				of[n+1]++
				if yes {
					covered[n+1]++
				}
			}
			if d == model.Staff {
				if !m.Nodes[n].Generated {
					count(c.index.staff.at[n].recorded > 0)
				}
				continue
			}
			for _, s := range m.Nodes[n].Services {
				count(m.ServiceCovered(d, s))
			}
			if withJourneys(d) {
				for _, j := range m.Nodes[n].Journeys {
					count(m.JourneyCovered(d, j))
				}
			}
		}
		c.sums[2*d], c.sums[2*d+1] = of, covered
	}
}

// withJourneys reports whether records of a dataset are about journeys themselves.
func withJourneys(d model.Dataset) bool { return d == model.Synthetics || d == model.SLIs }

// coverage returns how many living subjects of a subject the dataset's sources cover.
func (c *Cube) coverage(s Subject, d model.Dataset) (covered, of int) {
	m := c.Model
	one := func(yes bool) {
		of++
		if yes {
			covered++
		}
	}
	switch {
	case d == model.Staff && s.Kind != NodeSubject:
		return 0, 0
	case s.Kind == NodeSubject:
		end := m.Nodes[s.Index].End
		o, cov := c.sums[2*d], c.sums[2*d+1]
		return int(cov[end] - cov[s.Index]), int(o[end] - o[s.Index])
	case s.Kind == ServiceSubject:
		one(m.ServiceCovered(d, model.ServiceIdx(s.Index)))
	case s.Kind == JourneySubject:
		if withJourneys(d) {
			one(m.JourneyCovered(d, model.JourneyIdx(s.Index)))
			break
		}
		for _, service := range m.Journeys[s.Index].Services {
			one(m.ServiceCovered(d, service))
		}
	}
	return covered, of
}

// reaches finds, per dataset, since when all its sources cover it: None where one of them
// has no first record and does not say.
func (c *Cube) reaches() {
	for _, s := range c.Model.Sources {
		for _, d := range s.Datasets {
			if s.Pilot {
				continue
			}
			have, seen := c.reach[d]
			switch {
			case !seen:
				c.reach[d] = s.CoversFrom
			case have == model.None || s.CoversFrom == model.None:
				c.reach[d] = model.None
			default:
				c.reach[d] = max(have, s.CoversFrom)
			}
		}
	}
}

// late counts the sources of a dataset that begin inside the window.
func (c *Cube) late(d model.Dataset, w Window) int {
	n := 0
	for _, s := range c.Model.Sources {
		if !s.Pilot && slices.Contains(s.Datasets, d) && s.CoversFrom > w.From {
			n++
		}
	}
	return n
}

// missing says why a subject without covered subjects has no figure.
func (c *Cube) missing(d model.Dataset, of int) Reason {
	_, sourced := c.reach[d]
	switch {
	case !sourced:
		return ReasonNoSource
	case of == 0:
		return ReasonNoSubjects
	}
	return ReasonNotCovered
}
