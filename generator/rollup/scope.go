package rollup

import (
	"iter"
	"math/bits"
	"slices"

	"uptree/generator/model"
)

// scope is what a metric sees: one subject, its records and room to work in. A scope is
// used by one goroutine at a time and for one subject after the other.
type scope struct {
	c       *Cube
	subject Subject
	index   *index
	tests   *testIndex
	pilot   bool

	impact []int32 // incidents with impact in the subject, by start
	now    []int32 // those with impact in what is in it now, by start
	cause  []int32 // incidents with a cause in it, by start

	sifted   view      // what the lists are of
	events   []int32   // those of impact that are no planned maintenance
	inPeriod [][]int32 // per period: those of events that are in it

	classes [NumClasses]union
	total   union
	outside union
	by      map[uint16]*union
	edges   []edge
	counts  []int
	values  []float64
	windows []delivery                  // of a service: see deliveries
	held    []holding                   // as impact
	lengths [model.NumMoments][]float64 // of phases
	book    ledger
}

// view is a subject as one of the indexes sees it.
type view struct {
	index   *index
	subject Subject
}

// at points the scope to a subject. A page asks for several figures of one subject.
func (s *scope) at(subject Subject) {
	s.subject = subject
	if now := (view{s.index, subject}); s.sifted != now {
		s.sifted, s.windows = now, s.windows[:0]
		s.find(subject)
		s.sift()
	}
}

func (s *scope) find(subject Subject) {
	i := int(subject.Index)
	switch subject.Kind {
	case NodeSubject:
		s.impact, s.cause = s.index.nodeImpact.of(i), s.index.nodeCause.of(i)
		s.now = s.index.nodeNow.of(i)
		return
	case ServiceSubject:
		s.impact, s.cause = s.index.serviceImpact.of(i), s.index.serviceCause.of(i)
	case JourneySubject:
		s.impact = s.ofServices(&s.index.serviceImpact)
		s.cause = nil
	}
	s.now = s.impact
}

// sift lists the incidents of the subject that the metrics look at again and again.
func (s *scope) sift() {
	s.events = s.events[:0]
	s.inPeriod = slices.Grow(s.inPeriod[:0], len(s.c.Periods))[:len(s.c.Periods)]
	for p := range s.inPeriod {
		s.inPeriod[p] = s.inPeriod[p][:0]
	}
	for _, i := range s.impact {
		if s.index.planned[i] {
			continue
		}
		s.events = append(s.events, i)
		for p := range s.inPeriod {
			if s.in(i, p) {
				s.inPeriod[p] = append(s.inPeriod[p], i)
			}
		}
	}
}

// ofServices merges the incidents of a journey's services.
func (s *scope) ofServices(l *lists) []int32 {
	var out []int32
	for _, service := range s.c.Model.Journeys[s.subject.Index].Services {
		out = append(out, l.of(int(service))...)
	}
	slices.Sort(out) // incidents are numbered by start
	return slices.Compact(out)
}

func (s *scope) incident(i int32) *model.Incident { return &s.c.Model.Incidents[i] }

// class says where the cause of an incident lies, seen from the subject. A service and a
// journey are seen like a node below their home that holds nothing but their services.
func (s *scope) class(in *model.Incident) Class {
	switch {
	case len(in.Cause) == 0:
		return Unrecorded
	case s.causes(in):
		return Own
	}
	return Inherited
}

// causes reports whether a cause of the incident lies in the subject.
func (s *scope) causes(in *model.Incident) bool {
	m := s.c.Model
	switch s.subject.Kind {
	case NodeSubject:
		return slices.ContainsFunc(in.CauseHomes, func(h model.NodeIdx) bool { return m.In(h, model.NodeIdx(s.subject.Index)) })
	case ServiceSubject:
		return slices.Contains(in.Cause, model.ServiceIdx(s.subject.Index))
	}
	services := m.Journeys[s.subject.Index].Services
	return slices.ContainsFunc(in.Cause, func(c model.ServiceIdx) bool { return slices.Contains(services, c) })
}

// hit reports whether the incident has impact in the subject: a node or a service.
func (s *scope) hit(in *model.Incident) bool {
	if s.subject.Kind == ServiceSubject {
		return slices.Contains(in.Services, model.ServiceIdx(s.subject.Index))
	}
	m := s.c.Model
	return slices.ContainsFunc(in.Homes, func(h model.NodeIdx) bool { return m.In(h, model.NodeIdx(s.subject.Index)) })
}

// exported reports whether an incident with a cause in the subject hits something outside
// it. (Third party) and (not owned) are outside of every other node, and an incident
// without any known service is in (not owned). Journeys export nothing.
func (s *scope) exported(in *model.Incident) bool {
	switch s.subject.Kind {
	case JourneySubject:
		return false
	case ServiceSubject:
		return len(in.Services) == 0 || slices.ContainsFunc(in.Services, func(x model.ServiceIdx) bool { return int32(x) != s.subject.Index })
	}
	m, n := s.c.Model, model.NodeIdx(s.subject.Index)
	return slices.ContainsFunc(in.Homes, func(h model.NodeIdx) bool {
		return !m.In(h, n) || h == m.NotOwned && n != m.NotOwned
	})
}

// unplanned iterates over the subject's incidents that are no planned maintenance.
func (s *scope) unplanned(yield func(int32, *model.Incident) bool) {
	for _, i := range s.events {
		if !yield(i, s.incident(i)) {
			return
		}
	}
}

// during iterates over the unplanned incidents that are in a period.
func (s *scope) during(period int) incidents {
	return func(yield func(int32, *model.Incident) bool) {
		for _, i := range s.inPeriod[period] {
			if !yield(i, s.incident(i)) {
				return
			}
		}
	}
}

// planned iterates over the subject's planned maintenance.
func (s *scope) planned(yield func(int32, *model.Incident) bool) {
	for _, i := range s.impact {
		if in := s.incident(i); in.Planned && !yield(i, in) {
			return
		}
	}
}

// in reports whether an incident is in the current window of a period.
func (s *scope) in(i int32, period int) bool { return s.marks(s.index.windows, i, period) }

// marks reports whether the current window of a period is marked for an incident.
func (s *scope) marks(marks []uint64, i int32, period int) bool {
	b := period * windowsPerPeriod
	return marks[int(i)*s.index.stride+b>>6]&(1<<(b&63)) != 0
}

// tally counts, per window, the incidents that count; the result is valid until the next call.
func (s *scope) tally(counts func(*model.Incident) bool) []int {
	s.counts = slices.Grow(s.counts[:0], len(s.c.Periods)*windowsPerPeriod)[:len(s.c.Periods)*windowsPerPeriod]
	clear(s.counts)
	for i, in := range s.unplanned {
		if !counts(in) {
			continue
		}
		for w := range s.marked(s.index.windows, i) {
			s.counts[w]++
		}
	}
	return s.counts
}

// marked iterates over the windows that are marked for an incident.
func (s *scope) marked(marks []uint64, i int32) iter.Seq[int] {
	return func(yield func(int) bool) {
		for w, word := range marks[int(i)*s.index.stride : (int(i)+1)*s.index.stride] {
			for ; word != 0; word &= word - 1 {
				if !yield(w*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// cells returns one cell per period with coverage and, where the subject is not measured,
// the reason.
func (s *scope) cells(d model.Dataset, records bool) []Cell {
	covered, of := s.c.coverage(s.subject, d)
	cell := Cell{Known: true, Covered: covered, Of: of}
	if covered == 0 && !records {
		cell.Known = false
		cell.Reason = s.c.missing(d, of)
	}
	out := make([]Cell, len(s.c.Periods))
	for p := range out {
		out[p] = cell
		if cell.Known {
			out[p].note(NotePartialCovers, s.c.late(d, s.c.Periods[p].Current))
		}
	}
	return out
}

// past fills Previous and Usual of a known cell from the values of the past windows. A
// window that a source does not cover wholly counts as no history.
func (s *scope) past(cell *Cell, d model.Dataset, period int, value func(k int) (float64, bool)) {
	s.pastSince(cell, d, func(k int) model.Time { return s.c.Periods[period].window(k).From }, value)
}

// pastSince is past for values that look back to other moments than the windows' first.
func (s *scope) pastSince(cell *Cell, d model.Dataset, since func(k int) model.Time, value func(k int) (float64, bool)) {
	if !cell.Known {
		cell.PreviousReason = cell.Reason
		return
	}
	reach := s.c.reach[d]
	var values []float64
	for k := 1; k <= pastPeriods; k++ {
		v, ok := value(k)
		covered := reach != model.None && reach <= since(k)
		if k == 1 {
			cell.Previous, cell.PreviousReason = v, ReasonNone
			if !covered {
				cell.Previous, cell.PreviousReason = 0, ReasonNoHistory
			} else if !ok {
				cell.Previous, cell.PreviousReason = 0, ReasonNoData
			}
		}
		if covered && ok {
			values = append(values, v)
		}
	}
	cell.Usual = usual(values)
}

// minUsual is the fewest past values that make a usual range.
const minUsual = 6

// usual returns the middle 80 % of the values: their 10th and 90th percentile by nearest rank.
func usual(values []float64) *[2]float64 {
	if len(values) < minUsual {
		return nil
	}
	slices.Sort(values)
	return &[2]float64{nearestRank(values, 10), nearestRank(values, 90)}
}

// nearestRank returns the smallest value such that at least percent of the sorted values
// are not above it.
func nearestRank[T any](sorted []T, percent int) T {
	rank := (len(sorted)*percent + 99) / 100
	return sorted[max(rank, 1)-1]
}

// median is the middle value, or the mean of the two in the middle.
func median(sorted []float64) float64 {
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}
