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
		f.dropFuture(b, bi)
		f.runs(b, bi, tests, func(r Result) Result {
			r.URL, r.Location = links[r.URL], uint16(min(words[r.Location], maxWords))
			return r
		})
		b.blocks, b.testOf = nil, nil
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

// dropFuture rejects results that begin after as_of.
func (f *freezer) dropFuture(b *Batch, bi int) {
	for i := range b.blocks {
		b.blocks[i] = slices.DeleteFunc(b.blocks[i], func(r batchResult) bool {
			if Time(r.At) <= f.m.AsOf {
				return false
			}
			o := f.origin(bi, r.Line)
			f.reject(o, "begins after as_of")
			f.count(diag.FutureRecord, Origin{Source: o.Source, File: o.File}, "synthetic results begin after as_of", nil)
			return true
		})
	}
}

// runs hands the results of a batch to their tests, a run per test in order of time and
// location. Files mix their tests in any order: counting first puts the results of each
// test in one piece of memory, without sorting all.
func (f *freezer) runs(b *Batch, bi int, tests []uint32, renumber func(Result) Result) {
	slot := firstEqual(tests)
	ends := make([]int, len(tests)+1)
	for _, block := range b.blocks {
		for i := range block {
			ends[slot[block[i].test]+1]++
		}
	}
	for i := range tests {
		ends[i+1] += ends[i]
	}
	rows, next := make([]Result, ends[len(tests)]), slices.Clone(ends)
	for i, block := range b.blocks {
		for _, r := range block {
			at := &next[slot[r.test]]
			rows[*at] = renumber(r.Result)
			*at++
		}
		b.blocks[i] = nil
	}
	for i, t := range tests {
		run := rows[ends[i]:ends[i+1]:ends[i+1]]
		if len(run) == 0 {
			continue
		}
		if !slices.IsSortedFunc(run, compareResults) {
			slices.SortFunc(run, compareResults)
		}
		f.m.Tests[t].Runs = append(f.m.Tests[t].Runs, Run{File: uint32(bi), Results: run})
	}
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

func compareResults(a, b Result) int {
	if a.At != b.At { // nearly always
		return cmp.Compare(a.At, b.At)
	}
	return cmp.Or(cmp.Compare(a.Location, b.Location), compareFlags(a.IsDay, b.IsDay), cmp.Compare(a.Line, b.Line))
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
	slices.SortFunc(m.Tests, func(a, b Test) int {
		return cmp.Or(cmp.Compare(a.Subject.Home, b.Subject.Home), cmp.Compare(a.Subject.Service, b.Subject.Service),
			cmp.Compare(a.Subject.Journey, b.Subject.Journey), cmp.Compare(a.Subject.Unknown, b.Subject.Unknown),
			cmp.Compare(a.ID, b.ID), cmp.Compare(a.Source, b.Source))
	})
	for i := range m.Tests {
		t := &m.Tests[i]
		t.Title = cmp.Or(t.Title, t.ID)
		f.dedupe(t)
		if t.Subject.Unknown != "" {
			o := Origin{Source: t.Source, File: t.Runs[0].File, Line: t.Runs[0].Results[0].Line}
			m.Cracks = append(m.Cracks, Crack{Kind: CrackUnknownSubject, Node: NoIndex, Service: NoIndex, Journey: NoIndex, Incident: NoIndex, Text: t.Subject.Unknown, Origin: o})
			f.count(diag.UnknownReference, o, fmt.Sprintf("synthetic tests of unknown subject %q", t.Subject.Unknown), f.suggestService(t.Subject.Unknown))
		}
	}
}

// dedupe drops results that repeat an earlier one of the test: same time and location.
func (f *freezer) dedupe(t *Test) {
	apart := true
	for i := range t.Runs {
		rows := t.Runs[i].Results
		apart = apart && (i == 0 || last(t.Runs[i-1].Results).At < rows[0].At)
		f.m.Sources[t.Source].Accepted += len(rows)
	}
	if apart {
		for i := range t.Runs {
			t.Runs[i].Results = f.unique(t, t.Runs[i].File, t.Runs[i].Results, map[resultKey]*Result(nil))
		}
		return
	}
	seen := map[resultKey]*Result{}
	for i := range t.Runs {
		t.Runs[i].Results = f.unique(t, t.Runs[i].File, t.Runs[i].Results, seen)
	}
	t.Runs = slices.DeleteFunc(t.Runs, func(r Run) bool { return len(r.Results) == 0 })
}

func last(rows []Result) *Result { return &rows[len(rows)-1] }

type resultKey struct {
	at       uint32
	location uint16
	day      bool
}

// unique keeps the first of equal results: in a sorted run they are neighbours; across
// runs the map of what was seen tells.
func (f *freezer) unique(t *Test, file uint32, rows []Result, seen map[resultKey]*Result) []Result {
	kept := rows[:0]
	for i := range rows {
		r := rows[i]
		key := resultKey{r.At, r.Location, r.IsDay}
		var have *Result
		if n := len(kept); n > 0 && kept[n-1].At == r.At && kept[n-1].Location == r.Location && kept[n-1].IsDay == r.IsDay {
			have = &kept[n-1]
		} else if seen != nil {
			have = seen[key]
		}
		if have == nil {
			kept = append(kept, r)
			if seen != nil {
				seen[key] = &kept[len(kept)-1]
			}
			continue
		}
		info := &f.m.Sources[t.Source]
		info.Accepted--
		info.Merged++
		if have.Valid() != r.Valid() || have.Good() != r.Good() || have.Skipped != r.Skipped {
			o := Origin{Source: t.Source, File: file, Line: r.Line}
			f.count(diag.ConflictingMerge, o, "synthetic results of one test, time and place disagree", func() string { return "the first in file order is kept" })
		}
	}
	return kept
}
