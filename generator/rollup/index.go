package rollup

import (
	"slices"

	"uptree/generator/model"
)

// index lists the incidents of each subject in order of their start: those with impact in
// it and those with a cause in it. Pilot sources have lists of their own.
type index struct {
	nodeImpact, nodeCause       lists
	nodeNow                     lists // with impact in what is in the node now
	serviceImpact, serviceCause lists
	windows                     []uint64 // per incident: stride words, a bit per window that its impact is in
	answered                    []uint64 // the same for its response: see responseOf
	stride                      int
	delivery                    *deliveryIndex
	findings                    *findingIndex
	costs                       *costIndex
	own                         *ownIndex
	staff                       *staffIndex
	planned                     []bool // per incident; dense, because every list is sifted by it
}

// lists are many short lists of incidents in one piece of memory.
type lists struct {
	from []uint32
	all  []int32
}

func (l *lists) of(i int) []int32 { return l.all[l.from[i]:l.from[i+1]] }

// listsOf collects, for n subjects, the incidents that visit assigns to them.
func listsOf(n int, incidents []int32, visit func(incident int32, add func(subject int))) lists {
	l := lists{from: make([]uint32, n+1)}
	for _, i := range incidents {
		visit(i, func(s int) { l.from[s+1]++ })
	}
	for s := range n {
		l.from[s+1] += l.from[s]
	}
	l.all = make([]int32, l.from[n])
	next := slices.Clone(l.from[:n])
	for _, i := range incidents {
		visit(i, func(s int) {
			l.all[next[s]] = i
			next[s]++
		})
	}
	return l
}

func newIndex(m *model.Model, periods []Period, pilot bool) *index {
	x := &index{}
	var incidents []int32
	for i := range m.Incidents {
		if m.Sources[m.Incidents[i].Origin.Source].Pilot == pilot {
			incidents = append(incidents, int32(i))
		}
	}
	up := climber{m: m, seen: make([]int32, len(m.Nodes))}
	x.nodeImpact = listsOf(len(m.Nodes), incidents, func(i int32, add func(int)) { up.climb(m.Incidents[i].Homes, add) })
	if x.nodeNow = x.nodeImpact; m.HandedOver() {
		x.nodeNow = listsOf(len(m.Nodes), incidents, func(i int32, add func(int)) { up.climb(m.HomesNow(i), add) })
	}
	x.nodeCause = listsOf(len(m.Nodes), incidents, func(i int32, add func(int)) { up.climb(m.Incidents[i].CauseHomes, add) })
	x.serviceImpact = listsOf(len(m.Services), incidents, func(i int32, add func(int)) { each(m.Incidents[i].Services, add) })
	x.serviceCause = listsOf(len(m.Services), incidents, func(i int32, add func(int)) { each(m.Incidents[i].Cause, add) })
	x.planned = make([]bool, len(m.Incidents))
	for i := range m.Incidents {
		x.planned[i] = m.Incidents[i].Planned
	}
	x.mark(m, periods)
	x.delivery = newDeliveryIndex(m, periods, pilot)
	x.findings = newFindingIndex(m, pilot)
	x.costs = newCostIndex(m, periods, pilot)
	x.own = newOwnIndex(m, periods, pilot)
	x.staff = newStaffIndex(m, periods, pilot)
	return x
}

func each(services []model.ServiceIdx, add func(int)) {
	for _, s := range services {
		add(int(s))
	}
}

// climber visits the ancestors of several homes once each.
type climber struct {
	m     *model.Model
	seen  []int32
	round int32
}

func (c *climber) climb(homes []model.NodeIdx, visit func(int)) {
	c.round++
	for _, n := range homes {
		for ; n != model.NoIndex && c.seen[n] != c.round; n = c.m.Nodes[n].Parent {
			c.seen[n] = c.round
			visit(int(n))
		}
	}
}

// mark notes for each incident the windows that its impact and its response are in: of
// each period the current one and then the past ones.
func (x *index) mark(m *model.Model, periods []Period) {
	x.stride = (len(periods)*windowsPerPeriod + 63) / 64
	x.windows = make([]uint64, len(m.Incidents)*x.stride)
	x.answered = make([]uint64, len(m.Incidents)*x.stride)
	for i := range m.Incidents {
		in := &m.Incidents[i]
		markWindows(x.windows[i*x.stride:], periods, in.Start(), in.End)
		first, last := in.Start(), in.Start()
		for _, t := range in.Moments {
			if t.Known() {
				first, last = min(first, t), max(last, t)
			}
		}
		markWindows(x.answered[i*x.stride:], periods, first, last)
	}
}

func markWindows(bits []uint64, periods []Period, from, to model.Time) {
	for p := range periods {
		for k := range windowsPerPeriod {
			if periods[p].window(k).overlaps(from, to) {
				b := p*windowsPerPeriod + k
				bits[b>>6] |= 1 << (b & 63)
			}
		}
	}
}

// windowsPerPeriod counts the current window and the past ones.
const windowsPerPeriod = 1 + pastPeriods

// window returns the current window (0) or the k-th before it.
func (p *Period) window(k int) Window {
	if k == 0 {
		return p.Current
	}
	return p.Past[k-1]
}
