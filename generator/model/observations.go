package model

import (
	"cmp"
	"fmt"
	"slices"

	"uptree/generator/diag"
)

// observations builds Observations. Those of metrics that site.toml does not define, or of
// days on which theirs was not measured, are rejected.
func (f *freezer) observations() {
	g := observer{freezer: f, metrics: map[string]int32{}, seen: map[observed]bool{}, cracked: map[Crack]bool{}, sums: make([]Money, len(f.in.Own))}
	for i := range f.in.Own {
		g.metrics[f.in.Own[i].ID] = int32(i)
	}
	for bi, b := range f.in.Batches {
		for i := range b.Observations {
			g.add(bi, b, &b.Observations[i])
		}
		b.Observations = nil
	}
	f.m.Own, f.m.OwnParts = f.in.Own, g.parts.texts
	slices.SortStableFunc(f.m.Observations, func(a, b Observation) int {
		return cmp.Or(cmp.Compare(a.Metric, b.Metric), cmp.Compare(a.Subject.Home, b.Subject.Home), cmp.Compare(a.At, b.At))
	})
}

// observer carries the state of observations.
type observer struct {
	*freezer
	metrics map[string]int32
	seen    map[observed]bool
	cracked map[Crack]bool
	parts   interner
	sums    []Money // per metric, whatever the signs
}

// observed tells observations with an id apart.
type observed struct {
	source, metric int32
	id             string
}

func (g *observer) add(bi int, b *Batch, rec *ObservationRecord) {
	o := g.origin(bi, rec.Line)
	id := b.refs.text(rec.Metric)
	metric, ok := g.metrics[id]
	if !ok {
		g.reject(o, "of a metric that site.toml does not define")
		g.count(diag.UnknownReference, o, fmt.Sprintf("observation of unknown metric %q", id), func() string { return g.suggestMetric(id) })
		return
	}
	own := &g.in.Own[metric]
	if reason := g.unfit(own, rec); reason != "" {
		g.reject(o, reason)
		return
	}
	key := observed{o.Source, metric, rec.ID}
	if rec.ID != "" && g.seen[key] && own.Operator != OwnSet {
		g.merged(o)
		return
	}
	if g.sums[metric] = g.sums[metric].Plus(rec.Value.Magnitude()); g.sums[metric].Compare(maxSpent) > 0 {
		g.reject(o, "more than can be added up")
		return
	}
	g.seen[key] = true
	g.accept(o)
	g.began(o.Source, rec.At)
	x := Observation{
		Metric: metric, Node: NoIndex, At: rec.At, IsDay: rec.IsDay, Value: rec.Value, Num: rec.Num, Den: rec.Den,
		Part: g.parts.word(b.words.text(rec.Part)), ID: rec.ID, Origin: o,
	}
	g.place(&x, own, b, rec)
	g.m.Observations = append(g.m.Observations, x)
}

// unfit says why an observation cannot be one of its metric, or "".
func (g *observer) unfit(own *OwnMetric, rec *ObservationRecord) string {
	day := g.m.Calendar.DayAt(rec.At)
	switch {
	case rec.At > g.m.AsOf:
		return "after as_of"
	case own.Introduced != NoDay && day < own.Introduced:
		return "before its metric was introduced"
	case own.RetiredOn(day):
		return "after its metric was retired"
	case own.Operator == OwnRatio && !rec.HasRatio:
		return "a ratio needs numerator and denominator"
	case own.Operator == OwnSet && rec.ID == "":
		return "a set needs ids"
	case (own.Operator == OwnSum || own.Operator == OwnLatest || own.Operator == OwnDistribution) && !rec.HasValue:
		return "value is missing"
	}
	return ""
}

// place finds what an observation is of and who answers for it: on its day, and of what
// holds until it changes, today.
func (g *observer) place(x *Observation, own *OwnMetric, b *Batch, rec *ObservationRecord) {
	service, journey, node := b.refs.text(rec.Service), b.refs.text(rec.Journey), b.refs.text(rec.Node)
	x.Subject = Subject{Service: NoIndex, Journey: NoIndex, Home: g.m.NotOwned}
	if s, ok := g.known(service); ok {
		x.Subject.Service, x.Subject.Home = s, g.homeAt(s, x.At)
		if own.Operator == OwnLatest {
			x.Subject.Home = g.m.Services[s].Home
		}
	} else if j, ok := g.m.byJourney[journey]; ok {
		x.Subject.Journey, x.Subject.Home = j, g.m.Journeys[j].Home
	} else if n, ok := g.m.byNode[g.lookup.stands(node)]; ok {
		x.Node, x.Subject.Home = n, n
	} else {
		x.Subject.Unknown = cmp.Or(service, journey, node)
		g.crack(x, own)
		return
	}
	if at, ok := g.m.place(x.Subject); ok {
		g.cover(Observations, x.Origin.Source, at)
	}
}

func (g *observer) crack(x *Observation, own *OwnMetric) {
	named := x.Subject.Unknown
	g.count(diag.UnknownReference, x.Origin, fmt.Sprintf("observation of %s for unknown %q", own.ID, named), g.suggestSubject(named))
	crack := Crack{Kind: CrackObservedSubject, Node: NoIndex, Service: NoIndex, Journey: NoIndex, Incident: NoIndex, Text: named, Origin: Origin{Source: x.Origin.Source}}
	if !g.cracked[crack] {
		g.cracked[crack] = true
		crack.Origin = x.Origin
		g.m.Cracks = append(g.m.Cracks, crack)
	}
}

func (g *observer) suggestMetric(id string) string {
	var known []string
	for i := range g.in.Own {
		known = append(known, g.in.Own[i].ID)
	}
	return cmp.Or(diag.DidYouMean(id, known), "define it in site.toml: [metric."+id+"]")
}
