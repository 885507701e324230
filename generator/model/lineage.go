package model

import (
	"cmp"
	"maps"
	"slices"
)

// Former is a node of the past.
type Former struct {
	ID, Title string
	Last      Day     // the last day on which it was so
	Now       NodeIdx // stands for it today; NoIndex where nothing does
}

// Handover is the day on which a service got another home.
type Handover struct {
	Service  ServiceIdx
	Last     Day     // of the old home
	From, To NodeIdx // the nodes that stand for both today
}

// Alias is an id that other systems use for a service and that no service has.
type Alias struct {
	ID      string
	Service ServiceIdx
}

// lineage notes what was otherwise before as_of.
func (f *freezer) lineage() {
	for i := range f.m.Nodes {
		if n := &f.m.Nodes[i]; !n.Generated {
			n.Before = f.parentsBefore(n.ID)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.lookup.entries)) {
		if was, ok := f.gone(id); ok {
			f.m.Gone = append(f.m.Gone, was)
		}
	}
	for s := range f.m.Services {
		f.handovers(ServiceIdx(s))
	}
	slices.SortStableFunc(f.m.Handovers, func(a, b Handover) int { return cmp.Compare(b.Last, a.Last) })
	f.m.Aliases = f.pagesOfAliases()
}

// gone is what a node was that has ended. Its Now is that of whoever answers for it.
func (f *freezer) gone(id string) (Former, bool) {
	if _, living := f.lookup.living[id]; living {
		return Former{}, false
	}
	entries := f.lookup.entries[id]
	for i := len(entries) - 1; i >= 0; i-- {
		if to := entries[i].rec.ValidTo; to != NoDay && to < f.today {
			return f.former(id, to), true
		}
	}
	return Former{}, false // it is yet to begin
}

// former is a node as it was on its last day as such.
func (f *freezer) former(id string, last Day) Former {
	out := Former{ID: id, Title: id, Last: last, Now: NoIndex}
	if n, ok := f.m.byNode[f.lookup.stands(id)]; ok {
		out.Now = n
	}
	entries := f.lookup.entries[id]
	if i := validAt(entries, last); i >= 0 {
		out.Title = cmp.Or(entries[i].rec.Title, id)
	}
	return out
}

// parentsBefore are the nodes that a living one was part of, latest first.
func (f *freezer) parentsBefore(id string) (out []Former) {
	var edges []Day
	for _, e := range f.lookup.entries[id] {
		edges = append(edges, e.rec.ValidFrom-1, e.rec.ValidTo)
		for _, p := range f.lookup.entries[e.rec.Parent] {
			edges = append(edges, p.rec.ValidTo)
		}
	}
	for _, day := range f.changes(edges) {
		was, is := f.parentOn(id, day), f.parentOn(id, day+1)
		if was != "" && was != is {
			out = append(out, f.former(was, day))
		}
	}
	return out
}

// parentOn is the id of the node that another was part of on a day: as recorded, else what
// stands for that; "" where there was none.
func (f *freezer) parentOn(id string, day Day) string {
	entries := f.lookup.entries[id]
	i := validAt(entries, day)
	if i < 0 {
		return ""
	}
	parent := entries[i].rec.Parent
	if validAt(f.lookup.entries[parent], day) >= 0 {
		return parent
	}
	return f.lookup.stands(parent)
}

// changes are the days before today at whose end something may have changed, latest first.
func (f *freezer) changes(edges []Day) []Day {
	edges = slices.DeleteFunc(edges, func(d Day) bool { return d == NoDay || d >= f.today })
	slices.Sort(edges)
	edges = slices.Compact(edges)
	slices.Reverse(edges)
	return edges
}

func (f *freezer) handovers(s ServiceIdx) {
	var edges []Day
	for _, t := range f.tenure[s] {
		edges = append(edges, t.from-1, t.to)
	}
	for _, day := range f.changes(edges) {
		if from, to := f.homeOn(s, day), f.homeOn(s, day+1); from != to {
			f.m.Handovers = append(f.m.Handovers, Handover{s, day, from, to})
		}
	}
}

// pagesOfAliases are the aliases that can be addresses beside the ids of services.
func (f *freezer) pagesOfAliases() (out []Alias) {
	space := idSpace{}
	for i := range f.m.Services {
		space.claim(f.m.Services[i].ID)
	}
	for _, id := range slices.Sorted(maps.Keys(f.m.alias)) {
		if badID(id) == "" && space.claim(id) == "" {
			out = append(out, Alias{id, f.m.alias[id]})
		}
	}
	return out
}

// Standing returns the node that answers today for an id: itself, else its successor, else
// its nearest living ancestor.
func (m *Model) Standing(id string) (NodeIdx, bool) {
	if n, ok := m.byNode[id]; ok {
		return n, true
	}
	i, ok := slices.BinarySearchFunc(m.Gone, id, func(was Former, id string) int { return cmp.Compare(was.ID, id) })
	if !ok || m.Gone[i].Now == NoIndex {
		return NoIndex, false
	}
	return m.Gone[i].Now, true
}
