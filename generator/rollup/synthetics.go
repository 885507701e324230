package rollup

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"uptree/generator/model"
)

// good is a numerator with its denominator.
type good struct{ num, den int64 }

// testIndex holds sums of synthetic results: per node over all windows, per test over the
// current ones. Tests lie in order of their homes, so that a node's are neighbours.
type testIndex struct {
	first   []int                      // per node: first test whose home is not before it
	before  map[model.ServiceIdx][]int // tests of a service from when it had another home
	windows []good                     // per node: all windows
	current []testSums
	days    dayMasks
}

// testSums are the sums of one test.
type testSums struct {
	current   []good // per period
	skipped   []int64
	locations []locationSums
	lastFail  uint32 // time of the latest failure
	partial   bool   // counts of the day of as_of are left out
}

type locationSums struct {
	location uint16
	current  []good
}

func newTestIndex(m *model.Model, periods []Period, jobs int) *testIndex {
	x := &testIndex{days: newDayMasks(m, periods), current: make([]testSums, len(m.Tests)), before: map[model.ServiceIdx][]int{}}
	for t := range m.Tests {
		if s := &m.Tests[t].Subject; s.Service != model.NoIndex && s.Home != m.Services[s.Service].Home {
			x.before[s.Service] = append(x.before[s.Service], t)
		}
	}
	for n := range len(m.Nodes) + 1 {
		x.first = append(x.first, sort.Search(len(m.Tests), func(t int) bool { return int(m.Tests[t].Subject.Home) >= n }))
	}
	width := len(periods) * windowsPerPeriod
	x.windows = make([]good, len(m.Nodes)*width)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range max(1, jobs) {
		wg.Go(func() {
			for n := int(next.Add(1)) - 1; n < len(m.Nodes); n = int(next.Add(1)) - 1 {
				for t := x.first[n]; t < x.first[n+1]; t++ {
					x.sum(m, t, len(periods), x.windows[n*width:(n+1)*width])
				}
			}
		})
	}
	wg.Wait()
	for n := len(m.Nodes) - 1; n > 0; n-- {
		if p := m.Nodes[n].Parent; p != model.NoIndex {
			addSums(x.windows[int(p)*width:(int(p)+1)*width], x.windows[n*width:(n+1)*width])
		}
	}
	return x
}

func addSums(to, from []good) {
	for i := range to {
		to[i].num += from[i].num
		to[i].den += from[i].den
	}
}

// sum adds up one test; windows receives its sums unless its source is a pilot.
func (x *testIndex) sum(m *model.Model, t, periods int, windows []good) {
	sums := &x.current[t]
	sums.current, sums.skipped = make([]good, periods), make([]int64, periods)
	if m.Sources[m.Tests[t].Source].Pilot {
		windows = make([]good, len(windows))
	}
	x.visit(m, t, func(r model.Result, mask []uint64) {
		num, den := r.Good(), r.Valid()
		if r.Failed > 0 {
			sums.lastFail = max(sums.lastFail, r.At)
		}
		for w, word := range mask {
			for ; word != 0; word &= word - 1 {
				b := w*64 + bits.TrailingZeros64(word)
				windows[b].num += num
				windows[b].den += den
				if b%windowsPerPeriod == 0 {
					sums.add(b/windowsPerPeriod, &r, num, den)
				}
			}
		}
		if r.IsDay && model.Time(r.At) >= x.days.today {
			sums.partial = true
		}
	})
}

func (t *testSums) add(period int, r *model.Result, num, den int64) {
	t.current[period].num += num
	t.current[period].den += den
	t.skipped[period] += int64(r.Skipped)
	at := slices.IndexFunc(t.locations, func(l locationSums) bool { return l.location == r.Location })
	if at < 0 {
		at = len(t.locations)
		t.locations = append(t.locations, locationSums{r.Location, make([]good, len(t.current))})
	}
	t.locations[at].current[period].num += num
	t.locations[at].current[period].den += den
}

// visit calls do for each result of a test with the windows that it counts in.
func (x *testIndex) visit(m *model.Model, t int, do func(r model.Result, mask []uint64)) {
	for i := range m.Tests[t].Runs {
		run := &m.Tests[t].Runs[i]
		for j := range run.Len() {
			r := run.Result(j)
			if mask := x.days.of(r.At, r.IsDay); mask != nil {
				do(r, mask)
			}
		}
	}
}

// dayMasks tell for each site day which windows hold it wholly.
type dayMasks struct {
	cal     *model.Calendar
	first   model.Day
	today   model.Time // midnight of as_of's day
	stride  int
	masks   []uint64
	edge    []bool // an edge of a window lies inside the day
	windows []Window
}

func newDayMasks(m *model.Model, periods []Period) dayMasks {
	d := dayMasks{cal: m.Calendar}
	last := m.Calendar.DayAt(m.AsOf)
	d.today = m.Calendar.Midnight(last)
	d.first = last
	for p := range periods {
		for k := range windowsPerPeriod {
			w := periods[p].window(k)
			d.windows = append(d.windows, w)
			d.first = min(d.first, m.Calendar.DayAt(w.From))
		}
	}
	d.stride = (len(d.windows) + 63) / 64
	n := int(last-d.first) + 1
	d.masks, d.edge = make([]uint64, n*d.stride), make([]bool, n)
	for i := range n {
		day := d.first + model.Day(i)
		d.mark(i, Window{m.Calendar.Midnight(day), m.Calendar.Midnight(day + 1)})
	}
	return d
}

func (d *dayMasks) mark(i int, day Window) {
	for b, w := range d.windows {
		if w.From <= day.From && day.To <= w.To {
			d.masks[i*d.stride+b>>6] |= 1 << (b & 63)
		}
		if w.From > day.From && w.From < day.To || w.To > day.From && w.To < day.To {
			d.edge[i] = true
		}
	}
}

// of returns the windows that a result counts in, nil for none. A day of counts is in a
// window that holds the whole day, a run in one that holds its start.
func (d *dayMasks) of(at uint32, isDay bool) []uint64 {
	t := model.Time(at)
	i := int(d.cal.DayAt(t) - d.first)
	if i < 0 || i >= len(d.edge) {
		return nil
	}
	mask := d.masks[i*d.stride : (i+1)*d.stride]
	if !d.edge[i] || isDay {
		return mask
	}
	own := make([]uint64, d.stride)
	for b, w := range d.windows {
		if w.From <= t && t < w.To {
			own[b>>6] |= 1 << (b & 63)
		}
	}
	return own
}

// testsOf returns the tests of a subject, pilots apart.
func (s *scope) testsOf() []int {
	m := s.c.Model
	var from, to int
	switch s.subject.Kind {
	case NodeSubject:
		from, to = s.tests.first[s.subject.Index], s.tests.first[m.Nodes[s.subject.Index].End]
	case ServiceSubject:
		home := m.Services[s.subject.Index].Home
		from, to = s.tests.first[home], s.tests.first[home+1]
	case JourneySubject:
		home := m.Journeys[s.subject.Index].Home
		from, to = s.tests.first[home], s.tests.first[home+1]
	}
	out := make([]int, 0, to-from)
	add := func(t int) {
		if m.Sources[m.Tests[t].Source].Pilot == s.pilot && s.about(&m.Tests[t].Subject) {
			out = append(out, t)
		}
	}
	for t := from; t < to; t++ {
		add(t)
	}
	if s.subject.Kind == ServiceSubject {
		for _, t := range s.tests.before[model.ServiceIdx(s.subject.Index)] {
			add(t)
		}
	}
	return out
}

func (s *scope) about(subject *model.Subject) bool {
	switch s.subject.Kind {
	case ServiceSubject:
		return int32(subject.Service) == s.subject.Index
	case JourneySubject:
		return int32(subject.Journey) == s.subject.Index
	}
	return true
}

// windowSums returns the subject's sums over all windows.
func (s *scope) windowSums(tests []int) []good {
	width := len(s.c.Periods) * windowsPerPeriod
	if s.subject.Kind == NodeSubject && !s.pilot {
		return s.tests.windows[int(s.subject.Index)*width : (int(s.subject.Index)+1)*width]
	}
	out := make([]good, width)
	for _, t := range tests {
		s.tests.visit(s.c.Model, t, func(r model.Result, mask []uint64) {
			for w, word := range mask {
				for ; word != 0; word &= word - 1 {
					b := w*64 + bits.TrailingZeros64(word)
					out[b].num += r.Good()
					out[b].den += r.Valid()
				}
			}
		})
	}
	return out
}

// TestRow is a synthetic test of a subject over one period.
type TestRow struct {
	Test      int // index into Model.Tests: of the part that failed last, where it has several
	Good, Bad int64
	Skipped   int64
	LastFail  model.Time // when it last failed, in any period; None where never
}

// success is the share of good runs; a test of which all runs were skipped comes last.
func (r *TestRow) success() float64 {
	if r.Good+r.Bad == 0 {
		return math.Inf(1)
	}
	return float64(r.Good) / float64(r.Good+r.Bad)
}

// add takes another part of the same test in.
func (r *TestRow) add(part TestRow) {
	r.Good, r.Bad, r.Skipped = r.Good+part.Good, r.Bad+part.Bad, r.Skipped+part.Skipped
	if part.LastFail > r.LastFail {
		r.Test, r.LastFail = part.Test, part.LastFail
	}
}

// wholeTest tells tests apart whatever the homes of their parts.
type wholeTest struct {
	id      string
	source  int32
	service model.ServiceIdx
}

func wholeOf(t *model.Test) wholeTest { return wholeTest{t.ID, t.Source, t.Subject.Service} }

// Tests lists the synthetic tests of a subject that ran in the period: lowest ratio
// first, then most failures, then by id.
func (c *Cube) Tests(subject Subject, period int) []TestRow {
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.subject = subject
	return s.testRows(s.testsOf(), period)
}

func (s *scope) testRows(tests []int, period int) []TestRow {
	var out []TestRow
	m := s.c.Model
	seen := map[wholeTest]int{} // row by test
	for _, t := range tests {
		sums := &s.tests.current[t]
		g := sums.current[period]
		if g.den == 0 && sums.skipped[period] == 0 {
			continue
		}
		row := TestRow{Test: t, Good: g.num, Bad: g.den - g.num, Skipped: sums.skipped[period], LastFail: model.None}
		if sums.lastFail > 0 {
			row.LastFail = model.Time(sums.lastFail)
		}
		if s.tests.before[m.Tests[t].Subject.Service] == nil {
			out = append(out, row)
			continue
		}
		key := wholeOf(&m.Tests[t])
		i, found := seen[key]
		if !found {
			seen[key] = len(out)
			out = append(out, row)
			continue
		}
		out[i].add(row)
	}
	slices.SortStableFunc(out, func(a, b TestRow) int {
		return cmp.Or(cmp.Compare(a.success(), b.success()), cmp.Compare(b.Bad, a.Bad), cmp.Compare(m.Tests[a.Test].ID, m.Tests[b.Test].ID))
	})
	return out
}
