package history

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"

	"uptree/generator/diag"
	"uptree/generator/source"
)

// Policy says what becomes of a fact that its source no longer gives.
type Policy uint8

// The policies of a source's remember.
const (
	// Window takes an answer as complete from its oldest record on: what is missing behind
	// that was deleted and is forgotten, what is older was dropped and is remembered. Of
	// measurements that holds for each series by itself, so that those of a test that is
	// gone stay.
	Window Policy = iota
	Always        // nothing is forgotten that was given once
	Never         // what it does not give does not exist
)

// Source is a source of site.toml.
type Source struct {
	Name       string
	Definition string // changes with what it is asked
	Answered   bool   // with data of this build
	Remember   Policy
}

// Input is what a build pulled.
type Input struct {
	Day       int // of the build
	Pinned    bool
	Sources   []Source
	Shapes    []*Shape
	Facts     []*Facts // of each file of each source, those that win first
	States    []States
	Sightings []Sightings    // of each file of each source, those that win first
	Retain    map[string]int // days, per dataset
}

// Recall is what a build is to know beside what it pulled.
type Recall struct {
	Payloads []Remembered // of the lowest precedence
	// Since says of the records that give no days themselves since when they are as they
	// are, where they were otherwise before: per dataset and id, the day.
	Since map[string]map[string]int
}

// Merge returns the memory with what a build pulled. Last writer wins: a record that the
// build pulled replaces what was known of it.
func (m *Memory) Merge(in Input) (*Memory, Recall, diag.List) {
	g := &merge{Memory: m.clone(), in: in, sources: map[string]Source{}, shapes: map[string]*Shape{}}
	g.recalled.Since = map[string]map[string]int{}
	for _, s := range in.Sources {
		g.sources[s.Name] = s
	}
	for _, s := range in.Shapes {
		g.shapes[s.Dataset] = s
	}
	fresh := g.gather()
	known := g.rename(g.tables(), fresh)
	all := maps.Clone(known)
	for t := range fresh {
		all[t] = known[t]
	}
	for _, t := range sortedTables(all) {
		g.table(t, fresh[t], known[t])
	}
	for i := range in.States {
		g.states(&in.States[i])
	}
	g.sightings()
	g.close()
	problems := g.problems
	g.problems = nil
	return g.Memory, g.recalled, problems
}

// merge carries the state of one Merge.
type merge struct {
	*Memory
	in       Input
	sources  map[string]Source
	shapes   map[string]*Shape
	recalled Recall
}

// gather puts the facts of the files of each source together: into those of the first, for
// there may be many.
func (g *merge) gather() map[table]*Facts {
	out := map[table]*Facts{}
	for _, f := range g.in.Facts {
		t := table{f.Source, f.Shape.Dataset}
		if out[t] == nil {
			out[t] = f
			f.rekey()
		} else if out[t].absorb(f); out[t].size > maxFacts {
			out[t].fill()
		}
	}
	for _, f := range out {
		f.settle()
	}
	return out
}

// behind reports whether a build with a later clock was there before.
func (g *merge) behind() bool { return g.in.Day < g.journal.last }

// close notes the build itself.
func (g *merge) close() {
	g.journal.began = earlier(g.journal.began, g.in.Day)
	g.journal.last = max(g.journal.last, g.in.Day)
	for _, s := range g.in.Sources {
		if s.Answered {
			g.journal.definitions[s.Name] = s.Definition
		}
	}
	g.put(journalName, g.journal.encode())
}

// put replaces a file, unless it has that content.
func (g *merge) put(name string, content []byte) {
	if have, ok := g.files[name]; ok && have.Size == int64(len(content)) {
		if old, err := have.Read(); err == nil && bytes.Equal(old, content) {
			return
		}
	}
	g.with(name, content)
}

// table merges the facts of one dataset of one source.
func (g *merge) table(t table, fresh *Facts, months []month) {
	s, named := g.sources[t.source]
	shape := g.shapes[t.dataset]
	switch {
	case shape == nil:
		return // of a version of uptree that knows more datasets
	case !named:
		g.unused(t)
		g.retain(t, months)
		return
	case s.Remember == Never, fresh != nil && fresh.Full:
		if s.Remember != Never {
			g.tooMany(t)
		}
		for _, at := range months {
			g.with(t.file(at), nil)
		}
		return
	case fresh == nil:
		fresh = NewFacts(t.source, shape)
	}
	months = g.retain(t, months)
	tm := &tableMerge{merge: g, table: t, fresh: fresh, view: newView(fresh), parts: fresh.parts(), kept: NewFacts(t.source, shape), heads: heads{}}
	tm.judge(s)
	for at := range tm.parts {
		if !slices.Contains(months, at) && !g.expired(t.dataset, at) {
			months = append(months, at)
		}
	}
	slices.Sort(months)
	for _, at := range months {
		tm.month(at)
	}
	if tm.kept.settle(); !tm.kept.empty() {
		g.recalled.Payloads = append(g.recalled.Payloads, tm.kept.remembered(fmt.Sprintf("%s/facts.%s.%s", Folder, t.source, t.dataset)))
	}
}

// retain drops the months that are too old, and returns the others.
func (g *merge) retain(t table, months []month) []month {
	return slices.DeleteFunc(slices.Clone(months), func(at month) bool {
		old := g.expired(t.dataset, at)
		if old {
			g.with(t.file(at), nil)
		}
		return old
	})
}

func (g *merge) expired(dataset string, at month) bool {
	days := g.in.Retain[dataset]
	return days > 0 && (at+1).start().Unix()/daySeconds < int64(g.in.Day-days)
}

func (g *merge) unused(t table) {
	g.problems.Add(diag.Problem{
		Code: diag.HistoryUnused,
		Text: fmt.Sprintf("%s of the source %q are remembered, which is not in site.toml", t.dataset, t.source),
		Hint: "a source with another name takes them over when it gives at least half of the same records",
	})
}

func (g *merge) tooMany(t table) {
	g.problems.Add(diag.Problem{
		Code: diag.HistoryFull, Text: fmt.Sprintf("source %q gives more %s than are remembered", t.source, t.dataset),
		Hint: `let the system that holds them give a record per day, or say remember = "never"`,
	})
}

// tableMerge merges one table, month by month.
type tableMerge struct {
	*merge
	table
	fresh *Facts
	view  *view
	parts map[month]*part
	kept  *Facts // what only history knows
	heads heads  // of its files

	complete bool   // what is missing from the answer within its window was deleted
	series   bool   // each identity has a window of its own
	limit    uint32 // the end of the window
}

// judge finds out what the answer says about what it does not hold.
func (t *tableMerge) judge(s Source) {
	former, asked := t.journal.definitions[s.Name]
	t.complete = s.Answered && s.Remember == Window
	t.series = t.Shape().Timed && (!asked || former == s.Definition)
	t.limit = math.MaxUint32
	if t.behind() { // it may have been asked for what was there until then
		t.limit = uint32(max(0, min(int64(t.in.Day)*daySeconds, math.MaxUint32)))
	}
}

func (t *tableMerge) Shape() *Shape { return t.fresh.Shape }

// month merges the facts of one month. Where the source gives all of them and no others, the
// file is not even read, and where it gives and denies none, the file stays as it is.
func (t *tableMerge) month(at month) {
	name := t.file(at)
	fresh, had := t.parts[at], t.head(name)
	if fresh != nil && fresh.digest == had {
		return
	}
	old, whole := NewFacts(t.source, t.Shape()), true
	if had.facts > 0 {
		old, whole = t.recall(name)
	}
	t.kept.absorb(old)
	if fresh == nil && whole {
		return
	}
	merged := fresh
	if len(old.groups) > 0 {
		both := NewFacts(t.source, t.Shape())
		if fresh != nil {
			both.absorb(fresh.facts)
		}
		both.absorb(old)
		both.settle()
		merged = both.parts()[at]
	}
	switch {
	case merged == nil:
		t.with(name, nil)
	case merged.digest != had:
		t.write(name, merged)
	}
}

// write puts the facts of a month into a file.
func (m *Memory) write(name string, p *part) {
	f, err := source.WriteFile(name, p.encode)
	if err != nil {
		panic(err) // nothing but memory is written
	}
	m.files[name] = f
}

// head returns the digest that a file says it has.
func (m *Memory) head(name string) digest {
	f, ok := m.files[name]
	if !ok {
		return digest{}
	}
	r, err := f.Open()
	if err != nil {
		m.bad(name, err)
		return digest{}
	}
	defer r.Close() // nothing was written
	d, err := readHead(r)
	if err != nil {
		m.bad(name, err)
	}
	return d
}

// recall returns what a file knows and the answer neither gives nor denies, and whether that
// is all that it knows.
func (t *tableMerge) recall(name string) (old *Facts, whole bool) {
	old = NewFacts(t.source, t.Shape())
	content := t.read(name)
	if content == nil {
		return old, false
	}
	if err := old.parse(content, t.heads); err != nil {
		t.bad(name, err)
		return NewFacts(t.source, t.Shape()), false
	}
	before, after := 0, 0
	for _, g := range old.groups {
		before += len(g.facts)
		known := t.view.series[g.Identity]
		g.facts = slices.DeleteFunc(g.facts, func(x fact) bool { return t.given(known, x) || t.denied(known, x) })
		after += len(g.facts)
	}
	old.groups = slices.DeleteFunc(old.groups, func(g *group) bool { return len(g.facts) == 0 })
	return old, before == after
}

func (t *tableMerge) given(known *series, x fact) bool {
	return known != nil && (!t.Shape().Timed || known.has(x.when))
}

func (t *tableMerge) denied(known *series, x fact) bool {
	switch {
	case !t.complete || x.when > t.limit:
		return false
	case t.series:
		return known != nil && known.first <= x.when && x.when <= known.last
	}
	return t.view.any && t.view.first <= x.when
}

// states merges what the sources say of how things are.
func (g *merge) states(s *States) {
	name := "states." + s.Dataset + ".jsonl"
	t := &timeline{s.Dataset, map[string][]version{}}
	if content := g.read(name); content != nil {
		old, err := parseTimeline(s.Dataset, content)
		if err != nil {
			g.bad(name, err)
		} else {
			t = old
		}
	}
	if len(t.versions) > 0 && len(g.journal.looked[s.Dataset]) == 0 {
		g.journal.look(s.Dataset, t.first()) // the journal was lost
	}
	now := s.see(g.in.Day)
	if s.Whole && len(s.Records) > 0 && g.journal.may(s.Dataset, g.in.Day, g.in.Pinned) {
		t.look(g.in.Day, now.texts)
		g.journal.look(s.Dataset, g.in.Day)
	}
	if days := g.in.Retain[s.Dataset]; days > 0 {
		t.forget(g.in.Day - days)
	}
	text, n, changed := t.recall(g.in.Day, g.journal.since(s.Dataset), s.Ends, now)
	if g.recalled.Since[s.Dataset] = changed; n > 0 {
		g.recalled.Payloads = append(g.recalled.Payloads, stateBlob(s, Folder+"/states."+s.Dataset, text, n))
	}
	if len(t.versions) > 0 {
		g.put(name, t.encode())
	}
}

// first is the day of the first version.
func (t *timeline) first() int {
	day := math.MaxInt32
	for _, all := range t.versions {
		day = min(day, all[0].from)
	}
	return day
}
