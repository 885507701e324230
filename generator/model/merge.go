package model

import (
	"slices"

	"uptree/generator/diag"
)

// merger gathers the distinct incidents where they stay: there may be a million of them.
// Until they are settled, Model.incidents finds the last one of an id, and Severity and
// Type count in the merger's words.
type merger struct {
	*freezer
	next              []int32 // per incident: the one before with the same id, or -1
	severities, kinds interner
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

func (g *merger) add(bi int, r resolver, rec *IncidentRecord) {
	o := g.origin(bi, rec.Line)
	if rec.Moments[Started] > g.m.AsOf {
		g.reject(o, "begins after as_of")
		g.count(diag.FutureRecord, Origin{Source: o.Source, File: o.File}, "incidents begin after as_of", nil)
		return
	}
	in := g.incident(r, rec, o)
	g.began(o.Source, in.Start())
	for _, s := range in.Services {
		g.cover(Incidents, o.Source, int(s))
	}
	for _, s := range in.Cause {
		g.cover(Incidents, o.Source, int(s))
	}
	before, ok := g.m.incidents[rec.ID]
	if !ok {
		before = -1
	}
	if have := g.earlier(before, o); have != nil {
		g.merged(o)
		g.mergeIncident(have, &in)
		return
	}
	g.accept(o)
	g.m.incidents[rec.ID] = int32(len(g.m.Incidents))
	g.m.Incidents, g.next = append(g.m.Incidents, in), append(g.next, before)
}

// earlier returns the first incident, of those from at on, that a record is to be merged into.
func (g *merger) earlier(at int32, o Origin) (have *Incident) {
	for ; at >= 0; at = g.next[at] {
		if g.same(g.m.Incidents[at].Origin, o) {
			have = &g.m.Incidents[at]
		}
	}
	return have
}

// same reports whether records of one id are one: of one source, or of sources one of
// which says merge = true.
func (f *freezer) same(a, b Origin) bool {
	return a.Source == b.Source || f.in.Sources[a.Source].Merge || f.in.Sources[b.Source].Merge
}

// incident resolves a record, because references are numbered per batch. Its moments
// after as_of read as not recorded.
func (g *merger) incident(r resolver, rec *IncidentRecord, o Origin) Incident {
	for p := range rec.Moments {
		if rec.Moments[p] > g.m.AsOf {
			rec.Moments[p] = None
		}
	}
	in := Incident{
		ID: rec.ID, Title: rec.Title, URL: rec.URL, Review: rec.Review, Moments: rec.Moments, Planned: rec.Planned, Reviewed: rec.Reviewed,
		DetectedBy: rec.DetectedBy, FollowupsOpen: rec.FollowupsOpen, FollowupsClosed: rec.FollowupsClosed, Origin: o,
		Severity: g.severities.word(r.batch.words.text(rec.Severity)), Type: g.kinds.word(r.batch.words.text(rec.Type)),
	}
	var unknown Unknown
	in.Services, unknown.Services = r.services(rec.Services)
	in.Cause, unknown.Cause = r.services(rec.Cause)
	if len(unknown.Services)+len(unknown.Cause) > 0 {
		in.Unknown = &unknown
	}
	return in
}

func (g *merger) mergeIncident(a, b *Incident) {
	var differ []string
	note := func(field string, conflict bool) {
		if conflict {
			differ = append(differ, field)
		}
	}
	note("title", keep(&a.Title, b.Title))
	note("severity", keep(&a.Severity, b.Severity))
	note("type", keep(&a.Type, b.Type))
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
	g.conflict("incident", a.ID, differ, b.Origin)
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
