package model

import (
	"cmp"
	"fmt"
	"slices"

	"uptree/generator/diag"
)

// incidentEntry is a merged incident record: its services and causes are resolved when
// the record is read, because references are numbered per batch.
type incidentEntry struct {
	incident       Incident
	severity, kind string
	next           int32 // earlier entry with the same id, or -1
}

// incidents builds Incidents, sorted by start.
func (f *freezer) incidents() {
	total := 0
	for _, b := range f.in.Batches {
		total += len(b.Incidents)
	}
	entries, byID := make([]incidentEntry, 0, total), make(map[string]int32, total)
	for bi, b := range f.in.Batches {
		r := f.resolver(b)
		for i := range b.Incidents {
			entries = f.addIncident(entries, byID, bi, r, &b.Incidents[i])
		}
		b.Incidents, b.refPool = nil, nil
	}
	f.m.Severities = f.order(entries, f.in.Severities, func(e *incidentEntry) string { return e.severity })
	f.m.Types = f.order(entries, nil, func(e *incidentEntry) string { return e.kind })
	f.keepIncidents(entries)
}

// resolver maps the references of a batch to services, looked up once each.
type resolver struct {
	batch *Batch
	known []ServiceIdx // per reference; NoIndex where it is no service
}

func (f *freezer) resolver(b *Batch) resolver {
	r := resolver{b, make([]ServiceIdx, len(b.refs.texts))}
	for i, id := range b.refs.texts {
		s, ok := f.known(id)
		if !ok {
			s = NoIndex
		}
		r.known[i] = s
	}
	return r
}

// services returns the distinct known services of a list and the ids that are unknown.
func (r resolver) services(l RefList) (known []ServiceIdx, unknown []string) {
	refs := r.batch.list(l)
	for _, ref := range refs {
		switch s := r.known[ref]; {
		case ref == 0:
		case s == NoIndex:
			if id := r.batch.refs.text(ref); !slices.Contains(unknown, id) {
				unknown = append(unknown, id)
			}
		case !slices.Contains(known, s):
			if known == nil {
				known = make([]ServiceIdx, 0, len(refs))
			}
			known = append(known, s)
		}
	}
	return known, unknown
}

func (f *freezer) addIncident(entries []incidentEntry, byID map[string]int32, bi int, r resolver, rec *IncidentRecord) []incidentEntry {
	o := f.origin(bi, rec.Line)
	if rec.Moments[Started] > f.m.AsOf {
		f.reject(o, "begins after as_of")
		f.count(diag.FutureRecord, Origin{Source: o.Source, File: o.File}, "incidents begin after as_of", nil)
		return entries
	}
	e := f.incidentEntry(r, rec, o)
	f.began(o.Source, e.incident.Start())
	for _, s := range slices.Concat(e.incident.Services, e.incident.Cause) {
		f.cover(Incidents, o.Source, int(s))
	}
	if at, ok := byID[rec.ID]; ok {
		e.next = at
		if have := f.earlier(entries, at, o); have != nil {
			f.merged(o)
			f.mergeIncident(have, &e)
			return entries
		}
	}
	f.accept(o)
	byID[rec.ID] = int32(len(entries))
	return append(entries, e)
}

// earlier returns the first entry, of those from at on, that a record is to be merged into.
func (f *freezer) earlier(entries []incidentEntry, at int32, o Origin) (have *incidentEntry) {
	for ; at >= 0; at = entries[at].next {
		if f.same(entries[at].incident.Origin, o) {
			have = &entries[at]
		}
	}
	return have
}

// same reports whether records of one id are one: of one source, or of sources one of
// which says merge = true.
func (f *freezer) same(a, b Origin) bool {
	return a.Source == b.Source || f.in.Sources[a.Source].Merge || f.in.Sources[b.Source].Merge
}

// incidentEntry resolves a record. Its moments after as_of read as not recorded.
func (f *freezer) incidentEntry(r resolver, rec *IncidentRecord, o Origin) incidentEntry {
	for p := range rec.Moments {
		if rec.Moments[p] > f.m.AsOf {
			rec.Moments[p] = None
		}
	}
	in := Incident{
		ID: rec.ID, Title: rec.Title, URL: rec.URL, Review: rec.Review, Moments: rec.Moments, Planned: rec.Planned, Reviewed: rec.Reviewed,
		DetectedBy: rec.DetectedBy, FollowupsOpen: rec.FollowupsOpen, FollowupsClosed: rec.FollowupsClosed, Origin: o,
	}
	var unknown Unknown
	in.Services, unknown.Services = r.services(rec.Services)
	in.Cause, unknown.Cause = r.services(rec.Cause)
	if len(unknown.Services)+len(unknown.Cause) > 0 {
		in.Unknown = &unknown
	}
	return incidentEntry{incident: in, severity: r.batch.words.text(rec.Severity), kind: r.batch.words.text(rec.Type), next: -1}
}

func (f *freezer) mergeIncident(have, e *incidentEntry) {
	a, b := &have.incident, &e.incident
	var differ []string
	note := func(field string, conflict bool) {
		if conflict {
			differ = append(differ, field)
		}
	}
	note("title", keep(&a.Title, b.Title))
	note("severity", keep(&have.severity, e.severity))
	note("type", keep(&have.kind, e.kind))
	note("url", keep(&a.URL, b.URL))
	note("review", keep(&a.Review, b.Review))
	note("detected_by", keep(&a.DetectedBy, b.DetectedBy))
	note("followups_open", keepKnown(&a.FollowupsOpen, b.FollowupsOpen, NoCount))
	note("followups_closed", keepKnown(&a.FollowupsClosed, b.FollowupsClosed, NoCount))
	for p := range a.Moments {
		note(momentNames[p], keepKnown(&a.Moments[p], b.Moments[p], None))
	}
	a.Reviewed = a.Reviewed || b.Reviewed
	a.Planned = a.Planned || b.Planned
	if len(a.Services) == 0 && (a.Unknown == nil || len(a.Unknown.Services) == 0) {
		a.Services, a.Unknown = b.Services, mergeUnknown(a.Unknown, b.Unknown, true)
	} else if len(b.Services) > 0 && !slices.Equal(a.Services, b.Services) {
		note("services", true)
	}
	if len(a.Cause) == 0 && (a.Unknown == nil || len(a.Unknown.Cause) == 0) {
		a.Cause, a.Unknown = b.Cause, mergeUnknown(a.Unknown, b.Unknown, false)
	} else if len(b.Cause) > 0 && !slices.Equal(a.Cause, b.Cause) {
		note("cause", true)
	}
	f.conflict("incident", a.ID, differ, b.Origin)
}

// mergeUnknown takes the unknown services or causes of b over to a.
func mergeUnknown(a, b *Unknown, services bool) *Unknown {
	if b == nil {
		return a
	}
	out := Unknown{}
	if a != nil {
		out = *a
	}
	if services {
		out.Services = b.Services
	} else {
		out.Cause = b.Cause
	}
	return &out
}

var momentNames = [NumMoments]string{"started", "detected", "acknowledged", "identified", "mitigated", "resolved"}

// String returns the moment's field name.
func (p Phase) String() string { return momentNames[p] }

// order lists the words in use: first the given order, then the others by name, then the
// empty word for what is not recorded.
func (f *freezer) order(entries []incidentEntry, order []string, word func(*incidentEntry) string) []string {
	place := map[string]int{}
	for i, w := range order {
		place[w] = i - len(order)
	}
	seen := map[string]bool{}
	for i := range entries {
		seen[word(&entries[i])] = true
	}
	out := slices.Clone(order)
	for w := range seen {
		if _, given := place[w]; !given && w != "" {
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(place[a], place[b]), cmp.Compare(a, b)) })
	return append(out[:min(len(out), maxWords-1)], "")
}

func (f *freezer) keepIncidents(entries []incidentEntry) {
	severity, kind := places(f.m.Severities), places(f.m.Types)
	f.m.Incidents = make([]Incident, 0, len(entries))
	for i := range entries {
		e := &entries[i]
		e.incident.Severity, e.incident.Type = severity.of(e.severity), kind.of(e.kind)
		f.settle(&e.incident)
		f.m.Incidents = append(f.m.Incidents, e.incident)
	}
	slices.SortStableFunc(f.m.Incidents, func(a, b Incident) int {
		return cmp.Or(cmp.Compare(a.Start(), b.Start()), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Origin.Source, b.Origin.Source))
	})
	for i := range f.m.Incidents {
		in := &f.m.Incidents[i]
		if first, ok := f.m.incidents[in.ID]; !ok || f.m.Incidents[first].Origin.Source > in.Origin.Source {
			f.m.incidents[in.ID] = int32(i)
		}
		f.incidentCracks(int32(i), in)
	}
}

type wordPlaces map[string]uint16

func places(words []string) wordPlaces {
	out := make(wordPlaces, len(words))
	for i, w := range words {
		out[w] = uint16(i)
	}
	return out
}

// of returns the word's place; words beyond the bound read as not recorded.
func (p wordPlaces) of(word string) uint16 {
	if i, ok := p[word]; ok {
		return i
	}
	return p[""]
}

// settle finds the end of the impact and the homes.
func (f *freezer) settle(in *Incident) {
	in.End, in.Open = f.impactEnd(in)
	in.Homes = f.homes(in.Services)
	in.CauseHomes = f.homes(in.Cause)
	if len(in.Homes) == 0 {
		in.Homes = []NodeIdx{f.m.NotOwned}
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

// homes returns the distinct homes of services, ascending.
func (f *freezer) homes(services []ServiceIdx) []NodeIdx {
	if len(services) == 0 {
		return nil
	}
	out := make([]NodeIdx, 0, len(services))
	for _, s := range services {
		if h := f.m.Services[s].Home; !slices.Contains(out, h) {
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
