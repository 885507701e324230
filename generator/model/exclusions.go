package model

import (
	"cmp"
	"fmt"
	"slices"

	"uptree/generator/diag"
)

// ExclusionRecord is a record of the dataset exclusions. Exactly one of Objective and
// Service is given.
type ExclusionRecord struct {
	Objective, Service string
	From, To           Time
	Reason, ByRole     string
	Expires            Day
	Line               uint32
}

// exclusions builds Exclusions and hands them to the objectives that they concern. One
// that has expired is kept, but no longer honoured.
func (f *freezer) exclusions() {
	for bi, b := range f.in.Batches {
		for i := range b.Exclusions {
			f.exclusion(&b.Exclusions[i], f.origin(bi, b.Exclusions[i].Line))
		}
		b.Exclusions = nil
	}
	m := f.m
	slices.SortStableFunc(m.Exclusions, func(a, b Exclusion) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Objective, b.Objective), cmp.Compare(a.Service, b.Service))
	})
	for i := range m.Exclusions {
		e := &m.Exclusions[i]
		switch {
		case e.Expires != NoDay && e.Expires < f.today:
		case e.Objective != NoIndex:
			f.exclude(e.Objective, i)
		default:
			for _, o := range m.objectivesOf[int(e.Service)] {
				f.exclude(o, i)
			}
		}
	}
}

func (f *freezer) exclude(objective int32, exclusion int) {
	o := &f.m.Objectives[objective]
	o.Exclusions = append(o.Exclusions, int32(exclusion))
}

func (f *freezer) exclusion(r *ExclusionRecord, o Origin) {
	e := Exclusion{Objective: NoIndex, Service: NoIndex, From: r.From, To: r.To, Reason: r.Reason, ByRole: r.ByRole, Expires: r.Expires, Origin: o}
	if r.Objective != "" {
		at, ok := f.m.byObjective[r.Objective]
		if !ok {
			f.unknownObjective(r.Objective, "exclusion", o)
			f.unknownObjectiveCrack(r.Objective, o)
			return
		}
		e.Objective = at
	} else {
		s, ok := f.known(r.Service)
		if !ok {
			f.reject(o, "of a service that no record defines")
			f.count(diag.UnknownReference, o, fmt.Sprintf("exclusion of unknown service %q", r.Service), f.suggestService(r.Service))
			f.m.Cracks = append(f.m.Cracks, Crack{Kind: CrackUnknownService, Node: NoIndex, Service: NoIndex, Journey: NoIndex, Incident: NoIndex, Text: r.Service, Origin: o})
			return
		}
		e.Service = s
	}
	f.accept(o)
	f.m.Exclusions = append(f.m.Exclusions, e)
}

func (f *freezer) unknownObjectiveCrack(id string, o Origin) {
	f.m.Cracks = append(f.m.Cracks, Crack{Kind: CrackUnknownObjective, Node: NoIndex, Service: NoIndex, Journey: NoIndex, Incident: NoIndex, Text: id, Origin: o})
}
