package rollup

import "uptree/generator/model"

// InheritedFrom returns the one node outside an objective's home under which the causes of
// more than half of what was bad in its window lie, the deepest where several do, and
// their share. It is NoIndex where there is none and where the buckets are too coarse to
// tell: then the lever is the home's.
func (c *Cube) InheritedFrom(i int32) (from model.NodeIdx, share float64) {
	r := c.Objective(i)
	bad := r.Budget.Bad()
	if r.Parts == nil || !bad.less(r.Parts.Inherited.times(2)) {
		return model.NoIndex, 0
	}
	m := c.Model
	from = model.NoIndex
	home := m.Objectives[i].Subject.Home
	var most Exact
	for n, caused := range c.inherited(i) {
		deeper := from == model.NoIndex || m.Nodes[n].Depth > m.Nodes[from].Depth || m.Nodes[n].Depth == m.Nodes[from].Depth && n < from
		answers := n != m.NotOwned && n != m.ThirdParty
		if bad.less(caused.times(2)) && answers && !m.In(home, n) && deeper {
			from, most = n, caused
		}
	}
	if from == model.NoIndex {
		return from, 0
	}
	return from, quotient(most, bad)
}

// inherited adds up what was bad while impact was inherited alone, at each node above a
// cause, once each.
func (c *Cube) inherited(i int32) map[model.NodeIdx]Exact {
	s := c.scope(false)
	defer c.scopes.Put(s)
	o := &c.Model.Objectives[i]
	l := s.openLedger(o, c.exclusionsOf(o))
	s.impactOn(&o.Subject)
	up := climber{m: c.Model, seen: make([]int32, len(c.Model.Nodes))}
	out := map[model.NodeIdx]Exact{}
	for k, last := l.units(c.objectives.results[i].Window); k < last; k++ {
		bad, from, to := l.bad(k), l.from[k], max(l.to[k], l.from[k]+1)
		if bad.isZero() || s.hits(Own, from, to) {
			continue
		}
		var homes []model.NodeIdx
		for _, e := range s.events {
			if in := s.incident(e); in.Start() < to && from < in.End && s.class(in) == Inherited {
				homes = append(homes, in.CauseHomes...)
			}
		}
		up.climb(homes, func(n int) { out[model.NodeIdx(n)] = out[model.NodeIdx(n)].plus(bad) })
	}
	return out
}
