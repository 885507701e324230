package model

import (
	"cmp"
	"fmt"
	"slices"

	"uptree/generator/diag"
)

// synthetics builds Tests: a test is one id of one source about one subject, whatever
// file its results stand in.
func (f *freezer) synthetics() {
	locations, urls := interner{}, interner{}
	locations.add(nil)
	urls.add(nil)
	index := map[testIdentity]int{}
	for bi, b := range f.in.Batches {
		tests := f.batchTests(index, b)
		words, links := translate(&locations, &b.words), translate(&urls, &b.urls)
		for i := range b.wide {
			b.wide[i].url = links[b.wide[i].url]
		}
		f.dropFuture(b, bi)
		f.runs(b, bi, tests, words)
		b.tests, b.testOf = nil, nil
	}
	f.m.Locations, f.m.ResultURLs = locations.texts, urls.texts
	f.sortTests()
}

// testIdentity tells tests apart. A subject is one whether named by its id or an alias.
type testIdentity struct {
	source  int32
	id      string
	subject Subject
}

// batchTests returns the place in Model.Tests of each test of the batch.
func (f *freezer) batchTests(index map[testIdentity]int, b *Batch) []uint32 {
	out := make([]uint32, len(b.tests))
	for i, t := range b.tests {
		key := testIdentity{int32(b.Source), b.refs.text(t.id), f.subject(b.refs.text(t.subject), t.journey)}
		at, ok := index[key]
		if !ok {
			at = len(f.m.Tests)
			index[key] = at
			f.m.Tests = append(f.m.Tests, Test{ID: key.id, Source: key.source, Subject: key.subject})
		}
		keep(&f.m.Tests[at].Title, t.title)
		out[i] = uint32(at)
	}
	return out
}

func (f *freezer) subject(id string, journey bool) Subject {
	s := Subject{Service: NoIndex, Journey: NoIndex, Home: f.m.NotOwned}
	if journey {
		if j, ok := f.m.byJourney[id]; ok {
			s.Journey, s.Home = j, f.m.Journeys[j].Home
			return s
		}
	} else if i, ok := f.known(id); ok {
		s.Service, s.Home = i, f.m.Services[i].Home
		return s
	}
	s.Unknown = id
	return s
}

// translate numbers the texts of one interner in another.
func translate(to, from *interner) []uint32 {
	out := make([]uint32, max(1, len(from.texts)))
	for i, text := range from.texts {
		out[i] = uint32(to.add([]byte(text)))
	}
	return out
}

// dropFuture rejects results that begin after as_of, in the order of the file.
func (f *freezer) dropFuture(b *Batch, bi int) {
	var lines []uint32
	for i := range b.tests {
		for j, block := range b.tests[i].blocks {
			b.tests[i].blocks[j] = slices.DeleteFunc(block, func(r resultRow) bool {
				late := Time(r.at) > f.m.AsOf
				if late {
					lines = append(lines, r.line)
				}
				return late
			})
		}
	}
	slices.Sort(lines)
	for _, line := range lines {
		o := f.origin(bi, line)
		f.reject(o, "begins after as_of")
		f.count(diag.FutureRecord, Origin{Source: o.Source, File: o.File}, "synthetic results begin after as_of", nil)
	}
}

// runs hands the results of a batch to their tests, a run per test.
func (f *freezer) runs(b *Batch, bi int, tests, locations []uint32) {
	for i, at := range firstEqual(tests) {
		if at != i {
			b.tests[at].blocks = append(b.tests[at].blocks, b.tests[i].blocks...)
			b.tests[i].blocks = nil
		}
	}
	for i, t := range tests {
		rows := join(b.tests[i].blocks)
		b.tests[i].blocks = nil // the rest may need the room
		if len(rows) == 0 {
			continue
		}
		for j := range rows {
			rows[j].location = uint16(min(locations[rows[j].location], maxWords))
		}
		if !slices.IsSortedFunc(rows, compareRows) {
			slices.SortFunc(rows, compareRows)
		}
		f.m.Tests[t].Runs = append(f.m.Tests[t].Runs, Run{File: uint32(bi), rows: rows, wide: b.wide})
	}
}

// join returns the rows of blocks in one piece, which may be that of the only one.
func join(blocks [][]resultRow) []resultRow {
	if len(blocks) == 1 {
		return blocks[0]
	}
	return slices.Concat(blocks...)
}

// firstEqual returns, for each number, the place of the first that equals it: two tests of
// a file are one where they name their subject by its id and by an alias.
func firstEqual(numbers []uint32) []int {
	first, out := make(map[uint32]int, len(numbers)), make([]int, len(numbers))
	for i, n := range numbers {
		at, seen := first[n]
		if !seen {
			at = i
			first[n] = i
		}
		out[i] = at
	}
	return out
}

func compareRows(a, b resultRow) int {
	if a.at != b.at { // nearly always
		return cmp.Compare(a.at, b.at)
	}
	return cmp.Or(cmp.Compare(a.location, b.location), compareFlags(a.isDay(), b.isDay()), cmp.Compare(a.line, b.line))
}

func compareFlags(a, b bool) int {
	if a == b {
		return 0
	}
	if a {
		return -1
	}
	return 1
}

// sortTests puts the tests in order of their homes, drops repeated results and lists
// tests of unknown subjects as cracks.
func (f *freezer) sortTests() {
	m := f.m
	// All results of a test may begin after as_of.
	m.Tests = slices.DeleteFunc(m.Tests, func(t Test) bool { return len(t.Runs) == 0 })
	slices.SortFunc(m.Tests, compareTests)
	for i := range m.Tests {
		t := &m.Tests[i]
		t.Title = cmp.Or(t.Title, t.ID)
		f.dedupe(t)
		if t.Subject.Unknown != "" {
			o := Origin{Source: t.Source, File: t.Runs[0].File, Line: t.Runs[0].rows[0].line}
			m.Cracks = append(m.Cracks, Crack{Kind: CrackUnknownSubject, Node: NoIndex, Service: NoIndex, Journey: NoIndex, Incident: NoIndex, Text: t.Subject.Unknown, Origin: o})
			f.count(diag.UnknownReference, o, fmt.Sprintf("synthetic tests of unknown subject %q", t.Subject.Unknown), f.suggestService(t.Subject.Unknown))
		}
	}
	f.divideTests()
}

func compareTests(a, b Test) int {
	return cmp.Or(cmp.Compare(a.Subject.Home, b.Subject.Home), cmp.Compare(a.Subject.Service, b.Subject.Service),
		cmp.Compare(a.Subject.Journey, b.Subject.Journey), cmp.Compare(a.Subject.Unknown, b.Subject.Unknown),
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.Source, b.Source))
}

// divideTests parts the tests of services that changed hands, so that each part has the
// results of the days of one home.
func (f *freezer) divideTests() {
	whole := len(f.m.Tests)
	for i := range whole {
		t := &f.m.Tests[i]
		if s := t.Subject.Service; s == NoIndex || f.tenure[s] == nil {
			continue
		}
		parts := f.divide(t)
		f.m.Tests[i] = parts[0]
		f.m.Tests = append(f.m.Tests, parts[1:]...)
	}
	slices.SortFunc(f.m.Tests, compareTests)
}

// divide cuts each run, which is sorted by time, where the home changes.
func (f *freezer) divide(t *Test) (parts []Test) {
	at := map[NodeIdx]int{}
	for _, run := range t.Runs {
		for from := 0; from < run.Len(); {
			home, to := f.homeAt(t.Subject.Service, Time(run.rows[from].at)), from+1
			for to < run.Len() && f.homeAt(t.Subject.Service, Time(run.rows[to].at)) == home {
				to++
			}
			i, seen := at[home]
			if !seen {
				i = len(parts)
				at[home] = i
				part := *t
				part.Runs, part.Subject.Home = nil, home
				parts = append(parts, part)
			}
			parts[i].Runs = append(parts[i].Runs, Run{File: run.File, rows: run.rows[from:to], wide: run.wide})
			from = to
		}
	}
	return parts
}

// dedupe drops results that repeat an earlier one of the test: same time and location.
func (f *freezer) dedupe(t *Test) {
	for i := range t.Runs {
		f.acceptAll(Origin{Source: t.Source, File: t.Runs[i].File}, t.Runs[i].Len())
	}
	var seen map[resultKey]Result
	if !t.apart() {
		seen = map[resultKey]Result{}
	}
	for i := range t.Runs {
		f.unique(t, &t.Runs[i], seen)
	}
	t.Runs = slices.DeleteFunc(t.Runs, func(r Run) bool { return r.Len() == 0 })
}

// apart reports whether no two runs overlap in time.
func (t *Test) apart() bool {
	runs := slices.Clone(t.Runs)
	slices.SortFunc(runs, func(a, b Run) int { return cmp.Compare(a.rows[0].at, b.rows[0].at) })
	for i := 1; i < len(runs); i++ {
		if last(runs[i-1].rows).at >= runs[i].rows[0].at {
			return false
		}
	}
	return true
}

func last[T any](list []T) T { return list[len(list)-1] }

type resultKey struct {
	at       uint32
	location uint16
	day      bool
}

func keyOf(r *Result) resultKey { return resultKey{r.At, r.Location, r.IsDay} }

// unique keeps the first of equal results: in a sorted run they are neighbours; across
// runs the map of what was seen tells.
func (f *freezer) unique(t *Test, run *Run, seen map[resultKey]Result) {
	kept := run.rows[:0]
	var have Result // the last one that was kept
	for i := range run.rows {
		r := run.Result(i)
		first, repeats := have, len(kept) > 0 && keyOf(&have) == keyOf(&r)
		if !repeats {
			first, repeats = seen[keyOf(&r)]
		}
		if repeats {
			f.repeated(t, run.File, &first, &r)
			continue
		}
		kept, have = append(kept, run.rows[i]), r
		if seen != nil {
			seen[keyOf(&r)] = r
		}
	}
	run.rows = kept
}

// repeated accounts for a result that is there already.
func (f *freezer) repeated(t *Test, file uint32, have, r *Result) {
	o := Origin{Source: t.Source, File: file, Line: r.Line}
	f.acceptAll(o, -1)
	f.merged(o)
	if f.remembered(o) {
		return // what a source gives wins
	}
	if have.Valid() != r.Valid() || have.Good() != r.Good() || have.Skipped != r.Skipped {
		f.count(diag.ConflictingMerge, o, "synthetic results of one test, time and place disagree", func() string { return "the first in file order is kept" })
	}
}
