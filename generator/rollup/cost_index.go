package rollup

import (
	"maps"
	"slices"

	"uptree/generator/model"
)

// costIndex holds sums of costs: per node those of its own services and itself, and those
// of all in it. Costs lie in order of their homes, so that a node's are neighbours.
type costIndex struct {
	m          *model.Model
	days       *dayMasks
	periods    []Period
	pilot      bool
	first      []int       // per node: the first cost whose home is not before it
	service    lists       // per service: its costs
	until      []model.Day // per source: the last day of which it has a cost
	own, below []purses
}

// purses are sums by currency: two are never added.
type purses map[uint16]*purse

// purse is what was spent in one currency.
type purse struct {
	windows []windowSum // of each period the current window and the past ones
	current []wallet    // per period
}

type windowSum struct {
	amount  model.Money
	records int32
}

// wallet is what was spent in the current window of a period.
type wallet struct {
	model.CostSums
	components map[uint16]model.Money
	allocation [model.NumAllocations]model.Money
	allocated  [model.NumAllocations]int32 // records
	idle       model.Money
	coarse     int // records of several days that only begin or end in the window
}

func newCostIndex(m *model.Model, periods []Period, pilot bool) *costIndex {
	days := newDayMasks(m, periods)
	x := &costIndex{
		m: m, days: &days, periods: periods, pilot: pilot, first: make([]int, len(m.Nodes)+1),
		own: make([]purses, len(m.Nodes)), below: make([]purses, len(m.Nodes)),
		until: make([]model.Day, len(m.Sources)),
	}
	var all []int32
	for i := range m.Costs {
		c := &m.Costs[i]
		x.first[c.Home+1] = i + 1
		x.until[c.Origin.Source] = max(x.until[c.Origin.Source], c.To)
		if m.Sources[c.Origin.Source].Pilot == pilot {
			all = append(all, int32(i))
		}
	}
	for n := range m.Nodes {
		x.first[n+1] = max(x.first[n+1], x.first[n])
	}
	x.service = listsOf(len(m.Services), all, func(i int32, add func(int)) {
		if s := m.Costs[i].Service; s != model.NoIndex {
			add(int(s))
		}
	})
	for _, i := range all {
		c := &m.Costs[i]
		x.own[c.Home] = x.add(x.own[c.Home], c)
	}
	for n := len(m.Nodes) - 1; n >= 0; n-- {
		x.below[n] = x.merge(x.below[n], x.own[n])
		if up := m.Nodes[n].Parent; up != model.NoIndex {
			x.below[up] = x.merge(x.below[up], x.below[n])
		}
	}
	return x
}

// add adds a cost to sums, which it makes where there are none.
func (x *costIndex) add(to purses, c *model.Cost) purses {
	to, p := x.purse(to, c.Currency)
	from := x.days.of(clampDay(x.m, c.From), true)
	last := from
	if c.To != c.From {
		last = x.days.of(clampDay(x.m, c.To), true)
	}
	for w := range p.windows {
		inside := w>>6 < len(from) && w>>6 < len(last) && from[w>>6]&last[w>>6]&(1<<(w&63)) != 0
		if inside {
			p.windows[w].amount = p.windows[w].amount.Plus(c.Amount)
			p.windows[w].records += c.Records
		}
		if w%windowsPerPeriod == 0 {
			x.current(&p.current[w/windowsPerPeriod], c, w/windowsPerPeriod, inside)
		}
	}
	return to
}

// clampDay is the first moment of a day as dayMasks take it.
func clampDay(m *model.Model, d model.Day) uint32 {
	return uint32(max(0, min(m.Calendar.Midnight(d), 1<<32-1)))
}

func (x *costIndex) current(w *wallet, c *model.Cost, period int, inside bool) {
	if !inside {
		window := x.periods[period].Current
		if c.From != c.To && window.overlaps(x.m.Calendar.Midnight(c.From), x.m.Calendar.Midnight(c.To+1)) {
			w.coarse += int(c.Records)
		}
		return
	}
	w.CostSums.Add(&c.CostSums)
	w.component(c.Component, c.Amount)
	w.allocation[c.Allocation] = w.allocation[c.Allocation].Plus(c.Amount)
	w.allocated[c.Allocation] += c.Records
	if c.Idle {
		w.idle = w.idle.Plus(c.Amount)
	}
}

func (w *wallet) component(component uint16, amount model.Money) {
	if w.components == nil {
		w.components = map[uint16]model.Money{}
	}
	w.components[component] = w.components[component].Plus(amount)
}

func (x *costIndex) purse(of purses, currency uint16) (purses, *purse) {
	if of == nil {
		of = purses{}
	}
	p := of[currency]
	if p == nil {
		p = &purse{make([]windowSum, len(x.periods)*windowsPerPeriod), make([]wallet, len(x.periods))}
		of[currency] = p
	}
	return of, p
}

// merge adds sums to others.
func (x *costIndex) merge(to, from purses) purses {
	for currency, f := range from {
		var p *purse
		to, p = x.purse(to, currency)
		for w := range f.windows {
			p.windows[w].amount = p.windows[w].amount.Plus(f.windows[w].amount)
			p.windows[w].records += f.windows[w].records
		}
		for i := range f.current {
			p.current[i].add(&f.current[i])
		}
	}
	return to
}

func (w *wallet) add(o *wallet) {
	w.CostSums.Add(&o.CostSums)
	for component, amount := range o.components {
		w.component(component, amount)
	}
	for a := range o.allocation {
		w.allocation[a] = w.allocation[a].Plus(o.allocation[a])
		w.allocated[a] += o.allocated[a]
	}
	w.idle = w.idle.Plus(o.idle)
	w.coarse += o.coarse
}

// sorted lists currencies by their codes.
func (x *costIndex) sorted(of purses) []uint16 { return x.byCode(keysOf(of)) }

func keysOf[V any](of map[uint16]V) []uint16 { return slices.Collect(maps.Keys(of)) }

func (x *costIndex) byCode(currencies []uint16) []uint16 {
	slices.SortFunc(currencies, func(a, b uint16) int { return compareNames(x.m.Currencies[a], x.m.Currencies[b]) })
	return currencies
}

// purses are the sums of the scope's subject. A journey has those of the services that it
// passes through, each once and as a whole.
func (s *scope) purses() purses {
	x := s.index.costs
	if s.subject.Kind == NodeSubject {
		return x.below[s.subject.Index]
	}
	var out purses
	for c := range s.costs {
		out = x.add(out, c)
	}
	return out
}

// costs iterates over the costs of the scope's subject.
func (s *scope) costs(yield func(*model.Cost) bool) {
	x, m := s.index.costs, s.c.Model
	of := func(service model.ServiceIdx) bool {
		for _, i := range x.service.of(int(service)) {
			if !yield(&m.Costs[i]) {
				return false
			}
		}
		return true
	}
	switch s.subject.Kind {
	case NodeSubject:
		for i := x.first[s.subject.Index]; i < x.first[m.Nodes[s.subject.Index].End]; i++ {
			if c := &m.Costs[i]; m.Sources[c.Origin.Source].Pilot == x.pilot && !yield(c) {
				return
			}
		}
	case ServiceSubject:
		of(model.ServiceIdx(s.subject.Index))
	case JourneySubject:
		for _, service := range m.Journeys[s.subject.Index].Services {
			if !of(service) {
				return
			}
		}
	}
}
