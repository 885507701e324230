package model

import (
	"fmt"
	"strings"

	"uptree/generator/diag"
)

// Freeze merges the batches, resolves their references and indexes the result. It returns
// nil and the problems where the tree cannot be used: no node, a cycle of parents or of
// successors, a what-if that cannot be. All else that is wrong degrades its own record.
//
// Freeze takes the batches over: they cannot be used afterwards.
func Freeze(in Input) (*Model, diag.List) {
	f := &freezer{in: in, tenure: map[ServiceIdx][]tenure{}, m: &Model{
		AsOf: in.AsOf, Calendar: NewCalendar(in.Zone), Changes: in.Changes,
		byNode: map[string]NodeIdx{}, byService: map[string]ServiceIdx{}, byJourney: map[string]JourneyIdx{},
		alias: map[string]ServiceIdx{}, incidents: map[string]int32{}, handedOver: map[int32][]NodeIdx{},
		byObjective: map[string]int32{}, objectivesOf: map[int][]int32{},
	}}
	f.today = f.m.Calendar.DayAt(in.AsOf)
	f.sources()
	if !f.tree() || !f.services() {
		return nil, f.problems
	}
	f.dependencies()
	f.journeys()
	f.placeServices()
	f.lineage()
	f.incidents()
	f.synthetics()
	f.objectives()
	f.deployments()
	f.costs()
	f.findings()
	f.observations()
	f.staffing()
	f.coverage()
	f.report()
	return f.m, f.problems
}

// freezer carries the state of one Freeze.
type freezer struct {
	in       Input
	m        *Model
	today    Day
	problems diag.List
	unknown  []tally // problems that are counted rather than repeated
	tallies  map[tallyKey]int
	lookup   nodeLookup
	tenure   map[ServiceIdx][]tenure // of services whose owner changed
	first    []Time                  // per source: when its first record began
	named    []bitset                // per source: the subjects that it covers
}

type tallyKey struct {
	code diag.Code
	text string
}

type tally struct {
	tallyKey
	origin Origin
	hint   string
	count  int
}

func (f *freezer) sources() {
	for _, s := range f.in.Sources {
		info := s.Info
		info.CoversFrom = None
		if s.CoversFrom != NoDay {
			info.CoversFrom = f.m.Calendar.Midnight(s.CoversFrom)
		}
		f.m.Sources = append(f.m.Sources, info)
		f.first = append(f.first, None)
	}
	f.named = make([]bitset, len(f.m.Sources))
	for _, b := range f.in.Batches {
		f.m.Files = append(f.m.Files, b.File)
	}
}

// origin says where a record of the i-th batch stands.
func (f *freezer) origin(batch int, line uint32) Origin {
	return Origin{Source: int32(f.in.Batches[batch].Source), File: uint32(batch), Line: line}
}

// Position returns the place of a record in its file.
func (m *Model) Position(o Origin) diag.Pos {
	if int(o.File) >= len(m.Files) {
		return diag.Pos{}
	}
	return diag.Pos{File: m.Files[o.File], Line: int(o.Line)}
}

func (f *freezer) problem(code diag.Code, o Origin, text, hint string) {
	f.problems.Add(diag.Problem{Code: code, Pos: f.m.Position(o), Text: text, Hint: hint})
}

// count reports one problem for many records that have the same thing wrong.
func (f *freezer) count(code diag.Code, o Origin, text string, hint func() string) {
	key := tallyKey{code, text}
	i, ok := f.tallies[key]
	if !ok {
		if f.tallies == nil {
			f.tallies = map[tallyKey]int{}
		}
		i = len(f.unknown)
		f.tallies[key] = i
		t := tally{tallyKey: key, origin: o}
		if hint != nil && i < maxSuggestions {
			t.hint = hint()
		}
		f.unknown = append(f.unknown, t)
	}
	f.unknown[i].count++
}

// maxSuggestions bounds the search for similar words, which compares with every known one.
const maxSuggestions = 200

// report turns the tallies into problems.
func (f *freezer) report() {
	for _, t := range f.unknown {
		text := t.text
		if t.count > 1 {
			text = fmt.Sprintf("%s (%d times)", text, t.count)
		}
		f.problem(t.code, t.origin, text, t.hint)
	}
}

// accept, merged and reject keep a source's account: read = accepted + merged + rejected.
// What is remembered is counted beside it.
func (f *freezer) accept(o Origin) { f.acceptAll(o, 1) }

func (f *freezer) acceptAll(o Origin, n int) {
	if f.remembered(o) {
		f.m.Sources[o.Source].Remembered += n
		return
	}
	f.m.Sources[o.Source].Accepted += n
}

func (f *freezer) merged(o Origin) {
	if !f.remembered(o) {
		f.m.Sources[o.Source].Merged++
	}
}

// remembered reports whether a record is known from history alone.
func (f *freezer) remembered(o Origin) bool { return f.in.Batches[o.File].Remembered }

// maxRejects is how many rejected records a source lists; the others are counted.
const maxRejects = 20

func (f *freezer) reject(o Origin, reason string) {
	if f.remembered(o) {
		return // a build with an earlier clock
	}
	s := &f.m.Sources[o.Source]
	s.Rejected++
	if len(s.Rejects) < maxRejects {
		pos := f.m.Position(o)
		s.Rejects = append(s.Rejects, Reject{File: pos.File, Line: pos.Line, Reason: reason})
	}
}

// withdraw rejects a record that was accepted.
func (f *freezer) withdraw(o Origin, reason string) {
	f.acceptAll(o, -1)
	f.reject(o, reason)
}

// IsPerson reports whether an owner id names a person: a reference to a user or an address.
func IsPerson(owner string) bool {
	return len(owner) >= 5 && strings.EqualFold(owner[:5], "user:") || strings.Contains(owner, "@")
}

// keep takes the first value given for a field; a later one that differs is a conflict.
func keep[T comparable](have *T, given T) (conflict bool) {
	var none T
	switch {
	case given == none || given == *have:
		return false
	case *have == none:
		*have = given
		return false
	}
	return true
}

// keepKnown is keep for fields whose missing value is not the zero value.
func keepKnown[T comparable](have *T, given, none T) (conflict bool) {
	switch {
	case given == none || given == *have:
		return false
	case *have == none:
		*have = given
		return false
	}
	return true
}
