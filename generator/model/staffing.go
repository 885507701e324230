package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"uptree/generator/diag"
)

// PageHours are the hours in which somebody on call was paged, by their own clock as the
// source has it.
type PageHours uint8

// The hours: working hours, evenings and weekends, nights.
const (
	BusinessHours PageHours = iota
	OffHours
	SleepHours
	NumPageHours
)

// Staffing is what one source says of the people placed directly at a node on a day: how
// many they are, never who. Counts are NoCount where not recorded.
type Staffing struct {
	Node                NodeIdx // the one named, or who stands for it today
	Gone                bool    // the node named is no more: its pages count, its people are elsewhere
	Day                 Day
	Headcount, Rotation int32
	Pages               [NumPageHours]int32
	Origin              Origin
}

// Paged is the number of pages of the day, and whether any are recorded.
func (s *Staffing) Paged() (n int64, recorded bool) {
	for _, pages := range s.Pages {
		if pages != NoCount {
			n, recorded = n+int64(pages), true
		}
	}
	return n, recorded
}

// StaffingRecord is a record of the dataset staffing.
type StaffingRecord struct {
	Node                Ref
	Day                 Day
	Headcount, Rotation int32
	Pages               [NumPageHours]int32
	Oncall              []PersonKey // who take turns: counted, then dropped
	Line                uint32
}

// PersonKey tells people apart while they are counted. It leads back to nobody.
type PersonKey uint64

// staffer gathers the distinct records of staffing.
type staffer struct {
	*freezer
	seen map[staffingKey][]int32
	// turns are the people on call of the records that name them, by place in Staffing.
	turns map[int32]map[PersonKey]bool
}

type staffingKey struct {
	node string
	day  Day
}

// staffing builds Staffing, by node and day.
func (f *freezer) staffing() {
	g := staffer{f, map[staffingKey][]int32{}, map[int32]map[PersonKey]bool{}}
	for bi, b := range f.in.Batches {
		for i := range b.Staffing {
			g.add(bi, b, &b.Staffing[i])
		}
		b.Staffing = nil
	}
	for i, people := range g.turns {
		if s := &f.m.Staffing[i]; s.Rotation == NoCount {
			s.Rotation = int32(len(people))
		}
	}
	slices.SortStableFunc(f.m.Staffing, func(a, b Staffing) int {
		return cmp.Or(cmp.Compare(a.Node, b.Node), cmp.Compare(a.Day, b.Day))
	})
}

func (g *staffer) add(bi int, b *Batch, rec *StaffingRecord) {
	o, id := g.origin(bi, rec.Line), g.lookup.named(b.refs.text(rec.Node))
	n, ok := g.m.byNode[g.lookup.stands(id)]
	switch {
	case g.m.Calendar.Midnight(rec.Day) > g.m.AsOf:
		g.reject(o, "begins after as_of")
		g.count(diag.FutureRecord, Origin{Source: o.Source, File: o.File}, "staffing of days after as_of", nil)
		return
	case !ok:
		g.reject(o, "names an unknown node")
		g.count(diag.BadRecord, o, "staffing of unknown node"+quoted(id), g.suggestNode(id))
		return
	}
	g.began(o.Source, g.m.Calendar.Midnight(rec.Day))
	s := Staffing{Node: n, Gone: g.m.Nodes[n].ID != id, Day: rec.Day, Headcount: rec.Headcount, Rotation: rec.Rotation, Pages: rec.Pages, Origin: o}
	key := staffingKey{id, rec.Day}
	for _, i := range g.seen[key] {
		if have := &g.m.Staffing[i]; g.same(have.Origin, o) {
			g.merged(o)
			g.merge(have, &s, id)
			g.takeTurns(i, rec.Oncall)
			return
		}
	}
	g.accept(o)
	at := int32(len(g.m.Staffing))
	g.seen[key] = append(g.seen[key], at)
	g.m.Staffing = append(g.m.Staffing, s)
	g.takeTurns(at, rec.Oncall)
}

// takeTurns adds people to those on call of a record: systems that list shifts name them in
// many records.
func (g *staffer) takeTurns(at int32, people []PersonKey) {
	if g.turns[at] == nil && len(people) > 0 {
		g.turns[at] = map[PersonKey]bool{}
	}
	for _, p := range people {
		g.turns[at][p] = true
	}
}

// merge fills what a record lacks from a later one of the same node and day.
func (g *staffer) merge(a, b *Staffing, id string) {
	var differ []string
	keepCount := func(field string, have *int32, given int32) {
		if keepKnown(have, given, NoCount) {
			differ = append(differ, field)
		}
	}
	keepCount("headcount", &a.Headcount, b.Headcount)
	keepCount("oncall_rotation", &a.Rotation, b.Rotation)
	for h, field := range []string{"pages_business", "pages_off_hours", "pages_sleep"} {
		keepCount(field, &a.Pages[h], b.Pages[h])
	}
	g.conflict("staffing", id, differ, b.Origin)
}

// quoted is an id in quotes, or nothing where it may be somebody's name.
func quoted(id string) string {
	if IsPerson(id) {
		return ""
	}
	return fmt.Sprintf(" %q", id)
}

func (f *freezer) suggestNode(id string) func() string {
	return func() string { return diag.DidYouMean(id, slices.Sorted(maps.Keys(f.m.byNode))) }
}
