package model

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"uptree/generator/diag"
)

// incidents builds Incidents, sorted by start.
func (f *freezer) incidents() {
	g := merger{freezer: f}
	total := 0
	for _, b := range f.in.Batches {
		total += len(b.Incidents)
	}
	f.m.Incidents, g.next = make([]Incident, 0, total), make([]int32, 0, total)
	for bi, b := range f.in.Batches {
		r := f.resolver(b)
		for i := range b.Incidents {
			g.add(bi, r, &b.Incidents[i])
		}
		b.Incidents = nil
	}
	f.m.Severities = g.order(&g.severities, f.in.Severities, func(in *Incident) *uint16 { return &in.Severity })
	f.m.Types = g.order(&g.kinds, nil, func(in *Incident) *uint16 { return &in.Type })
	f.settleIncidents()
}

var momentNames = [NumMoments]string{"started", "detected", "acknowledged", "identified", "mitigated", "resolved"}

// String returns the moment's field name.
func (p Phase) String() string { return momentNames[p] }

// order lists the words in use: first the given order, then the others by name, then the
// empty word for what is not recorded. Each incident's word becomes its place in the list.
func (g *merger) order(words *interner, order []string, word func(*Incident) *uint16) []string {
	place := map[string]int{}
	for i, w := range order {
		place[w] = i - len(order)
	}
	used := make([]bool, len(words.texts))
	for i := range g.m.Incidents {
		used[*word(&g.m.Incidents[i])] = true
	}
	out := slices.Clone(order)
	for i, w := range words.texts {
		if _, given := place[w]; used[i] && !given && w != "" {
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(place[a], place[b]), cmp.Compare(a, b)) })
	out = append(out[:min(len(out), maxWords-1)], "")
	to := places(words.texts, out)
	for i := range g.m.Incidents {
		w := word(&g.m.Incidents[i])
		*w = to[*w]
	}
	return out
}

// places finds words in a list; those that are not in it read as not recorded, which is
// the last of the list.
func places(words, list []string) []uint16 {
	at := make(map[string]int, len(list))
	for i, w := range list {
		at[w] = i
	}
	out := make([]uint16, len(words))
	for i, w := range words {
		n, ok := at[w]
		if !ok {
			n = len(list) - 1
		}
		out[i] = uint16(n)
	}
	return out
}

// settleIncidents fills in what follows from the records and sorts the incidents.
func (f *freezer) settleIncidents() {
	for i := range f.m.Incidents {
		f.settle(&f.m.Incidents[i])
	}
	sortIncidents(f.m.Incidents)
	clear(f.m.incidents)
	for i := range f.m.Incidents {
		in := &f.m.Incidents[i]
		f.handedOver(int32(i), in)
		if first, ok := f.m.incidents[in.ID]; !ok || f.m.Incidents[first].Origin.Source > in.Origin.Source {
			f.m.incidents[in.ID] = int32(i)
		}
		f.incidentCracks(int32(i), in)
	}
}

// sortIncidents sorts by start, id and source. It sorts numbers and then moves each
// incident once: they are big.
func sortIncidents(all []Incident) {
	order := make([]int32, len(all))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := &all[i], &all[j]
		if a.Start() != b.Start() { // nearly always
			return cmp.Compare(a.Start(), b.Start())
		}
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Origin.Source, b.Origin.Source), cmp.Compare(i, j))
	})
	for i := range order {
		moved, at := all[i], int32(i)
		for order[at] != at { // along the circle that ends at i
			from := order[at]
			order[at] = at
			if from == int32(i) {
				all[at] = moved
				break
			}
			all[at] = all[from]
			at = from
		}
	}
}

// settle finds the end of the impact and the homes.
func (f *freezer) settle(in *Incident) {
	in.End, in.Open = f.impactEnd(in)
	f.inOrder(in)
	in.Homes = f.homes(in.Services, in.Start())
	in.CauseHomes = f.homes(in.Cause, in.Start())
	if len(in.Homes) == 0 {
		in.Homes = []NodeIdx{f.m.NotOwned}
	}
}

// inOrder reports ends that are before the start: such an end is not used.
func (f *freezer) inOrder(in *Incident) {
	for _, p := range []Phase{Mitigated, Resolved} {
		if end := in.Moments[p]; end.Known() && end < in.Start() {
			f.count(diag.OutOfOrder, in.Origin, fmt.Sprintf("an incident is %s before it started", p), func() string {
				return fmt.Sprintf("%q: started %s, %s %s; see whether the columns or their time zones differ",
					in.ID, f.stamp(in.Start()), p, f.stamp(end))
			})
		}
	}
}

func (f *freezer) stamp(t Time) string {
	return time.Unix(int64(t), 0).In(f.m.Calendar.Zone()).Format(time.RFC3339)
}

// handedOver keeps the homes of today of an incident whose services have others than on
// the day that it began.
func (f *freezer) handedOver(i int32, in *Incident) {
	if !slices.ContainsFunc(in.Services, func(s ServiceIdx) bool { return f.tenure[s] != nil }) {
		return
	}
	if now := f.homes(in.Services, f.m.AsOf); !slices.Equal(now, in.Homes) {
		f.m.handedOver[i] = now
	}
}

// impactEnd is the first recorded end that is not before the start. An incident whose
// recorded ends are all before its start has no length; one without any is open.
func (f *freezer) impactEnd(in *Incident) (end Time, open bool) {
	ends := []Phase{Mitigated, Resolved}
	if f.in.ImpactEnds == Resolved {
		ends = ends[1:]
	}
	recorded := false
	for _, p := range ends {
		if t := in.Moments[p]; t.Known() {
			if t >= in.Start() {
				return t, false
			}
			recorded = true
		}
	}
	if recorded {
		return in.Start(), false
	}
	return f.m.AsOf, true
}

// homes returns the distinct homes of services at a moment, ascending.
func (f *freezer) homes(services []ServiceIdx, at Time) []NodeIdx {
	if len(services) == 0 {
		return nil
	}
	out := make([]NodeIdx, 0, len(services))
	for _, s := range services {
		if h := f.homeAt(s, at); !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	slices.Sort(out)
	return out
}

func (f *freezer) incidentCracks(i int32, in *Incident) {
	crack := func(kind CrackKind, text string) {
		f.m.Cracks = append(f.m.Cracks, Crack{Kind: kind, Node: NoIndex, Service: NoIndex, Journey: NoIndex, Incident: i, Text: text, Origin: in.Origin})
	}
	if in.Unknown != nil {
		for _, id := range in.Unknown.Services {
			crack(CrackUnknownService, id)
			f.count(diag.UnknownReference, in.Origin, fmt.Sprintf("incident in unknown service %q", id), f.suggestService(id))
		}
		for _, id := range in.Unknown.Cause {
			crack(CrackUnknownService, id)
			f.count(diag.UnknownReference, in.Origin, fmt.Sprintf("cause in unknown service %q", id), f.suggestService(id))
		}
	}
	if len(in.Services) == 0 {
		crack(CrackNoService, "")
	}
	if len(in.Cause) == 0 && !in.Planned {
		crack(CrackNoCause, "")
	}
}
