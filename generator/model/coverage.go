package model

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// coverage completes which subjects each dataset's sources cover: those that a record
// names, ever, and those that site.toml lists. What incidents name was marked when they
// were read, because records that are merged into others count too.
func (f *freezer) coverage() {
	m := f.m
	for i := range m.Tests {
		f.coverTest(&m.Tests[i])
	}
	for i := range m.Sources {
		f.covers(i)
		if m.Sources[i].CoversFrom == None {
			m.Sources[i].CoversFrom = f.first[i]
		}
		m.Sources[i].CoversCount = f.named[i].count()
	}
	f.notCovered()
}

// began notes a record of a source, to find where the source begins.
func (f *freezer) began(source int32, t Time) {
	if f.first[source] == None || t < f.first[source] {
		f.first[source] = t
	}
}

func (f *freezer) coverTest(t *Test) {
	for i := range t.Runs {
		f.began(t.Source, Time(t.Runs[i].rows[0].at))
	}
	if at, ok := f.m.place(t.Subject); ok {
		f.cover(Synthetics, t.Source, at)
	}
}

// cover marks a subject as covered. A pilot covers nothing but for its own account.
func (f *freezer) cover(d Dataset, source int32, at int) {
	f.named[source].set(at)
	if !f.m.Sources[source].Pilot {
		f.m.covered[d].set(at)
	}
}

// place is the subject's bit: services come first, then journeys.
func (m *Model) place(s Subject) (int, bool) {
	switch {
	case s.Service != NoIndex:
		return int(s.Service), true
	case s.Journey != NoIndex:
		return len(m.Services) + int(s.Journey), true
	}
	return 0, false
}

// covers applies the source's covers list: ids, "node:<id>" for all living services and
// journeys at or below a node, "*" for all.
func (f *freezer) covers(source int) {
	m := f.m
	mark := func(at int) {
		for _, d := range m.Sources[source].Datasets {
			if d != SLOs { // a service without an objective has none, whoever looks after it
				f.cover(d, int32(source), at)
			}
		}
	}
	for _, entry := range f.in.Sources[source].Covers {
		node, isNode := strings.CutPrefix(entry, "node:")
		n, known := m.Standing(node)
		switch {
		case entry == "*":
			f.below(0, mark)
		case isNode && known:
			f.below(n, mark)
		default:
			f.coverOne(source, entry, mark)
		}
	}
}

// below marks the living services and the journeys whose home is in sub(top).
func (f *freezer) below(top NodeIdx, mark func(int)) {
	for n := top; n < f.m.Nodes[top].End; n++ {
		for _, s := range f.m.Nodes[n].Services {
			mark(int(s))
		}
		for _, j := range f.m.Nodes[n].Journeys {
			mark(len(f.m.Services) + int(j))
		}
	}
}

func (f *freezer) coverOne(source int, id string, mark func(int)) {
	if s, ok := f.known(id); ok {
		mark(int(s))
		return
	}
	if j, ok := f.m.byJourney[id]; ok {
		mark(len(f.m.Services) + int(j))
		return
	}
	f.problems.Add(diag.Problem{Code: diag.UnknownReference, Text: fmt.Sprintf("covers of [source.%s] names unknown %q", f.m.Sources[source].Name, id), Hint: f.suggestService(id)()})
}

// notCovered lists the living services that no source of events has ever named.
func (f *freezer) notCovered() {
	m := f.m
	if !slices.ContainsFunc(m.Sources, func(s SourceInfo) bool { return slices.Contains(s.Datasets, Incidents) }) {
		return
	}
	for i := range m.Services {
		s := &m.Services[i]
		if s.Living && !s.ThirdParty && !m.covered[Incidents].has(i) && !m.covered[Synthetics].has(i) {
			m.Cracks = append(m.Cracks, Crack{Kind: CrackNotCovered, Node: NoIndex, Service: ServiceIdx(i), Journey: NoIndex, Incident: NoIndex, Origin: s.Origin})
		}
	}
}

func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}
