package rollup

import "uptree/generator/model"

// staffIndex adds up what is recorded of the people at each node and below it.
type staffIndex struct {
	at    []crew              // placed directly at each node
	below []crew              // of each node and all below it
	paged [][]pagedCrew       // per period and node: those whose pages are recorded, with all below
	told  [][]bool            // per period and node: its pages per head may be shown
	parts [][][]model.NodeIdx // per period and node: the nearest of those below that may be shown
}

// crew are the people of a node, or of several.
type crew struct {
	heads     int64
	counted   int // nodes with a head count
	recorded  int // nodes with any record
	rotations []int32
	from      int32 // first record of the node that has its head count, or its rotation; -1 without
	rota      int32
}

// pagedCrew are people whose pages are recorded, and those pages. People whose pages are not
// recorded are not in it, nor are pages of people whose number is not.
type pagedCrew struct {
	heads  int64
	pages  [model.NumPageHours]int64
	nodes  int
	silent int // nodes with pages and without a head count
}

func (p *pagedCrew) all() (n int64) {
	for _, pages := range p.pages {
		n += pages
	}
	return n
}

func (p *pagedCrew) add(o *pagedCrew) {
	p.heads, p.nodes, p.silent = p.heads+o.heads, p.nodes+o.nodes, p.silent+o.silent
	for h := range p.pages {
		p.pages[h] += o.pages[h]
	}
}

func newStaffIndex(m *model.Model, periods []Period, pilot bool) *staffIndex {
	x := &staffIndex{at: make([]crew, len(m.Nodes)), below: make([]crew, len(m.Nodes))}
	x.takeOn(m, pilot)
	x.addUp(m)
	for p := range periods {
		paged := x.pagedIn(m, periods[p].Current, pilot)
		told, parts := tellable(m, paged)
		x.paged, x.told, x.parts = append(x.paged, paged), append(x.told, told), append(x.parts, parts)
	}
	return x
}

// takeOn notes who is placed directly at each node.
func (x *staffIndex) takeOn(m *model.Model, pilot bool) {
	for n := range x.at {
		x.at[n].from, x.at[n].rota = -1, -1
	}
	later := func(r *model.Staffing, than int32) bool { return than < 0 || r.Day > m.Staffing[than].Day }
	for i := range m.Staffing { // by node and day, on a day by source: the first on the last day stands
		r := &m.Staffing[i]
		if m.Sources[r.Origin.Source].Pilot != pilot {
			continue
		}
		at := &x.at[r.Node]
		at.recorded = 1
		if r.Headcount != model.NoCount && !r.Gone && later(r, at.from) {
			at.heads, at.counted, at.from = int64(r.Headcount), 1, int32(i)
		}
		if r.Rotation != model.NoCount && !r.Gone && later(r, at.rota) {
			at.rotations, at.rota = []int32{r.Rotation}, int32(i)
		}
	}
}

// addUp adds up who is at each node and below it.
func (x *staffIndex) addUp(m *model.Model) {
	for n := len(m.Nodes) - 1; n >= 0; n-- {
		b := &x.below[n]
		b.heads, b.counted, b.recorded = b.heads+x.at[n].heads, b.counted+x.at[n].counted, b.recorded+x.at[n].recorded
		b.rotations = append(b.rotations, x.at[n].rotations...)
		if up := m.Nodes[n].Parent; up != model.NoIndex {
			u := &x.below[up]
			u.heads, u.counted, u.recorded = u.heads+b.heads, u.counted+b.counted, u.recorded+b.recorded
			u.rotations = append(u.rotations, b.rotations...)
		}
	}
}

// pagedIn adds up the pages of the days that lie wholly inside a window.
func (x *staffIndex) pagedIn(m *model.Model, w Window, pilot bool) []pagedCrew {
	out := make([]pagedCrew, len(m.Nodes))
	first, end := m.Calendar.DayAt(w.From), m.Calendar.DayAt(w.To)
	if m.Calendar.Midnight(first) < w.From {
		first++
	}
	for i := range m.Staffing {
		r := &m.Staffing[i]
		if m.Sources[r.Origin.Source].Pilot != pilot || r.Day < first || r.Day >= end {
			continue
		}
		if _, recorded := r.Paged(); !recorded {
			continue
		}
		to := &out[r.Node]
		if x.at[r.Node].heads == 0 {
			to.silent = 1
			continue
		}
		to.heads, to.nodes = x.at[r.Node].heads, 1
		for h, pages := range r.Pages {
			to.pages[h] += int64(max(pages, 0))
		}
	}
	for n := len(out) - 1; n >= 0; n-- {
		if up := m.Nodes[n].Parent; up != model.NoIndex {
			out[up].add(&out[n])
		}
	}
	return out
}
