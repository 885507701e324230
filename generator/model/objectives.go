package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"uptree/generator/diag"
)

// ObjectiveRecord is a record of the dataset slos. Exactly one of Service and Journey is
// given. What a later record of an objective leaves out stays as it was.
type ObjectiveRecord struct {
	ID, Title, Service, Journey string
	Target, SliceTarget         Share           // SliceTarget 0: not given
	Window                      ObjectiveWindow // without a name: not given
	Budgeting                   Budgeting
	Slice                       Time  // seconds; 0: not given
	MinEvents                   int64 // NoCount: not given
	Indicator, Unit, Consumer   string
	Rationale, URL              string
	ValidFrom, ReviewBy         Day
	Line                        uint32
}

var objectiveRecords = datedRecords[ObjectiveRecord]{
	name:  "objective",
	take:  func(b *Batch) []ObjectiveRecord { return b.Objectives },
	key:   func(r *ObjectiveRecord) (string, *Day, uint32, bool) { return r.ID, &r.ValidFrom, r.Line, false },
	merge: func(have, e *entry[ObjectiveRecord]) []string { return mergeObjective(&have.rec, &e.rec) },
}

// mergeObjective fills what a record leaves open from another and names what differs.
func mergeObjective(have, given *ObjectiveRecord) (differ []string) {
	note := func(field string, conflict bool) {
		if conflict {
			differ = append(differ, field)
		}
	}
	note("target", keep(&have.Target, given.Target))
	note("window", keep(&have.Window, given.Window))
	note("budgeting", keep(&have.Budgeting, given.Budgeting))
	note("slice", keep(&have.Slice, given.Slice))
	note("slice_target", keep(&have.SliceTarget, given.SliceTarget))
	note("min_events", keepKnown(&have.MinEvents, given.MinEvents, NoCount))
	note("review_by", keepKnown(&have.ReviewBy, given.ReviewBy, NoDay))
	note("service", have.Service != given.Service)
	note("journey", have.Journey != given.Journey)
	for _, text := range []struct {
		field string
		have  *string
		given string
	}{
		{"title", &have.Title, given.Title}, {"indicator", &have.Indicator, given.Indicator}, {"unit", &have.Unit, given.Unit},
		{"consumer", &have.Consumer, given.Consumer}, {"rationale", &have.Rationale, given.Rationale}, {"url", &have.URL, given.URL},
	} {
		note(text.field, keep(text.have, text.given))
	}
	return differ
}

// objectives builds Objectives, what was measured of them and their exclusions.
func (f *freezer) objectives() {
	entries := gather(f, objectiveRecords)
	for _, b := range f.in.Batches {
		b.Objectives = nil
	}
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		if o, ok := f.objective(f.begun(entries[id])); ok {
			f.m.Objectives = append(f.m.Objectives, o)
		}
	}
	f.placeObjectives()
	f.exclusions()
	f.measurements()
	f.coverObjectives()
}

// begun drops the records of an objective that do not hold yet.
func (f *freezer) begun(entries []entry[ObjectiveRecord]) []entry[ObjectiveRecord] {
	return slices.DeleteFunc(entries, func(e entry[ObjectiveRecord]) bool {
		if e.rec.ValidFrom <= f.today {
			return false
		}
		f.withdraw(e.origin, "begins after as_of")
		f.count(diag.FutureRecord, Origin{Source: e.origin.Source, File: e.origin.File}, "objectives begin after as_of", nil)
		return true
	})
}

// objective makes one of its records, which are in order of time.
func (f *freezer) objective(entries []entry[ObjectiveRecord]) (Objective, bool) {
	if len(entries) == 0 {
		return Objective{}, false
	}
	o := Objective{}
	for i := range entries {
		r := &entries[i].rec
		if i > 0 {
			before := entries[i-1].rec
			mergeObjective(r, &before)
		}
		o.Versions = append(o.Versions, Version{From: r.ValidFrom, Target: r.Target, SliceTarget: r.SliceTarget, Origin: entries[i].origin})
		o.Pilot = o.Pilot || f.m.Sources[entries[i].origin.Source].Pilot
	}
	last := entries[len(entries)-1]
	r := &last.rec
	o.ID, o.Title, o.Origin = r.ID, cmp.Or(r.Title, r.ID), last.origin
	o.Window, o.Budgeting, o.Slice = cmp.Or(r.Window, DefaultWindow), cmp.Or(r.Budgeting, Occurrences), r.Slice
	o.Indicator, o.Unit, o.Consumer, o.Rationale, o.URL, o.ReviewBy = r.Indicator, r.Unit, r.Consumer, r.Rationale, r.URL, r.ReviewBy
	if o.MinEvents = r.MinEvents; o.MinEvents == NoCount {
		o.MinEvents = f.in.MinEvents
	}
	if why := badSlices(&o); why != "" {
		for _, e := range entries {
			f.withdraw(e.origin, why)
		}
		f.problem(diag.BadRecord, last.origin, fmt.Sprintf("objective %q: %s", o.ID, why), `timeslices need both, as in slice = "5m" and slice_target = 0.95`)
		return o, false
	}
	f.objectiveSubject(&o, r)
	return o, true
}

// badSlices says why an objective's slices cannot be counted, or "".
func badSlices(o *Objective) string {
	if o.Budgeting != Timeslices {
		return ""
	}
	switch {
	case o.Slice <= 0:
		return "timeslices without a slice"
	case o.Slice > maxSlice:
		return "a slice longer than a day"
	case slices.ContainsFunc(o.Versions, func(v Version) bool { return v.SliceTarget == 0 }):
		return "timeslices without a slice_target"
	}
	return ""
}

// maxSlice bounds a slice, in seconds.
const maxSlice = 86400

func (f *freezer) objectiveSubject(o *Objective, r *ObjectiveRecord) {
	id, journey := r.Service, false
	if id == "" {
		id, journey = r.Journey, true
	}
	o.Subject = f.subject(id, journey)
	o.Living = o.Subject.Service == NoIndex || f.m.Services[o.Subject.Service].Living
	if o.Subject.Unknown == "" {
		return
	}
	kind, hint := "service", f.suggestService(id)
	if journey {
		kind, hint = "journey", func() string { return diag.DidYouMean(id, slices.Sorted(maps.Keys(f.m.byJourney))) }
	}
	f.count(diag.UnknownReference, o.Origin, fmt.Sprintf("objective of unknown %s %q", kind, id), hint)
	f.m.Cracks = append(f.m.Cracks, Crack{Kind: CrackObjectiveSubject, Node: NoIndex, Service: NoIndex, Journey: NoIndex, Incident: NoIndex, Text: id, Origin: o.Origin})
}

// placeObjectives sorts the objectives so that those of a subtree are neighbours.
func (f *freezer) placeObjectives() {
	m := f.m
	slices.SortFunc(m.Objectives, func(a, b Objective) int {
		return cmp.Or(cmp.Compare(a.Subject.Home, b.Subject.Home), cmp.Compare(a.ID, b.ID))
	})
	for i := range m.Objectives {
		o := &m.Objectives[i]
		m.byObjective[o.ID] = int32(i)
		if at, ok := m.place(o.Subject); ok {
			m.objectivesOf[at] = append(m.objectivesOf[at], int32(i))
		}
	}
}

// coverObjectives marks the subjects that have an objective, and those that are measured.
func (f *freezer) coverObjectives() {
	for i := range f.m.Objectives {
		o := &f.m.Objectives[i]
		at, ok := f.m.place(o.Subject)
		if ok && !o.Pilot {
			f.cover(SLOs, o.Origin.Source, at)
		}
	}
}

// unknownObjective rejects records that name an objective which no record defines.
func (f *freezer) unknownObjective(id, of string, o Origin) {
	f.reject(o, "of an objective that no record defines")
	f.count(diag.UnknownReference, o, fmt.Sprintf("%s of unknown objective %q", of, id), func() string {
		return diag.DidYouMean(id, slices.Sorted(maps.Keys(f.m.byObjective)))
	})
}
