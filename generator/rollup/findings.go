package rollup

import (
	"slices"

	"uptree/generator/model"
)

// findingIndex lists the findings of each subject, each once, in the order of the model.
type findingIndex struct {
	nodes, services lists
}

func newFindingIndex(m *model.Model, pilot bool) *findingIndex {
	var all []int32
	for i := range m.Findings {
		if m.Sources[m.Findings[i].Rows[0].Origin.Source].Pilot == pilot {
			all = append(all, int32(i))
		}
	}
	up, homes := climber{m: m, seen: make([]int32, len(m.Nodes))}, []model.NodeIdx(nil)
	x := &findingIndex{}
	x.nodes = listsOf(len(m.Nodes), all, func(f int32, add func(int)) {
		homes = homes[:0]
		for _, r := range m.Findings[f].Rows {
			homes = append(homes, r.OpenedAt, r.Home)
		}
		up.climb(homes, add)
	})
	x.services = listsOf(len(m.Services), all, func(f int32, add func(int)) {
		last := model.ServiceIdx(model.NoIndex)
		for _, r := range m.Findings[f].Rows { // by service, those of none first
			if r.Service != last {
				add(int(r.Service))
			}
			last = r.Service
		}
	})
	return x
}

// foundIn lists the findings of the scope's subject.
func (s *scope) foundIn() []int32 {
	x, i := s.index.findings, int(s.subject.Index)
	switch s.subject.Kind {
	case NodeSubject:
		return x.nodes.of(i)
	case ServiceSubject:
		return x.services.of(i)
	}
	return s.ofServices(&x.services)
}

// place says of a row whether it was opened in a subject, and whether it is there now, or
// was when it was closed.
type place func(r *model.FindingRow) (opened, here bool)

// place is that of the scope's subject.
func (s *scope) place() place {
	m := s.c.Model
	if s.subject.Kind == NodeSubject {
		n := model.NodeIdx(s.subject.Index)
		return func(r *model.FindingRow) (bool, bool) { return m.In(r.OpenedAt, n), m.In(r.Home, n) }
	}
	services := []model.ServiceIdx{model.ServiceIdx(s.subject.Index)}
	if s.subject.Kind == JourneySubject {
		services = m.Journeys[s.subject.Index].Services
	}
	return func(r *model.FindingRow) (bool, bool) {
		in := slices.Contains(services, r.Service)
		return in, in
	}
}

// stay is a finding as one subject has it: opened with the first of its rows there, closed
// with the last, open while any is.
type stay struct {
	begun     bool       // a row was opened there
	opened    model.Time // the first
	firstLook bool       // it was there when its source was first looked at
	here      bool       // a row is there, or was when it was closed
	closed    model.Time // when all of those are; else None
	severity  uint16     // the gravest
	kind      uint16     // of the first row
	rows      []*model.FindingRow
}

// stay returns how a finding is at a place.
func (p place) stay(f *model.Finding, rows []*model.FindingRow) stay {
	s := stay{closed: model.None, rows: rows[:0]}
	all, first := true, true
	for i := range f.Rows {
		r := &f.Rows[i]
		opened, here := p(r)
		if !opened && !here {
			continue
		}
		if first {
			s.kind, s.severity, first = r.Kind, r.Severity, false
		}
		s.severity = min(s.severity, r.Severity)
		switch {
		case !opened:
		case !s.begun || r.Opened < s.opened:
			s.begun, s.opened, s.firstLook = true, r.Opened, r.FirstLook
		case r.Opened == s.opened:
			s.firstLook = s.firstLook && r.FirstLook
		}
		if !here {
			continue
		}
		s.here = true
		all, s.closed = all && r.Closed.Known(), max(s.closed, r.Closed)
		s.rows = append(s.rows, r)
	}
	if !all {
		s.closed = model.None
	}
	return s
}

// open reports whether it is open at a moment.
func (s *stay) open(at model.Time) bool {
	return slices.ContainsFunc(s.rows, func(r *model.FindingRow) bool { return r.Open(at) })
}

// overdue reports whether it is open past a due date at a moment; due whether it has one.
func (s *stay) overdue(at model.Time) (due, overdue bool) {
	for _, r := range s.rows {
		if r.Open(at) && r.Due.Known() {
			due, overdue = true, overdue || r.Due <= at
		}
	}
	return due, overdue
}

// since is when the first row that is open at a moment was opened, and whether it was there
// at the first look.
func (s *stay) since(at model.Time) (since model.Time, firstLook bool) {
	since = at
	for _, r := range s.rows {
		switch {
		case !r.Open(at) || r.Opened > since:
		case r.Opened < since:
			since, firstLook = r.Opened, r.FirstLook
		default:
			firstLook = firstLook && r.FirstLook
		}
	}
	return since, firstLook
}

// until is the window with the moment of as_of itself, at which the current ones end.
func (s *scope) until(w Window) Window {
	if w.To == s.c.Model.AsOf {
		w.To++
	}
	return w
}

// findingCount is a metric that counts findings: whether a stay counts in a window, which
// ends where the state is looked at.
type findingCount func(s *stay, w Window) bool

func isOpenFinding(s *stay, w Window) bool { return s.open(w.To) }

func isOpenedFinding(s *stay, w Window) bool {
	return s.begun && !s.firstLook && s.opened >= w.From && s.opened < w.To
}

func isClosedFinding(s *stay, w Window) bool {
	return s.here && s.closed >= w.From && s.closed < w.To
}

func isOverdueFinding(s *stay, w Window) bool {
	_, overdue := s.overdue(w.To)
	return overdue
}

// findingCells counts the findings that count, now and in the past, by severity and kind.
func (s *scope) findingCells(counts findingCount) []Cell {
	found, at := s.foundIn(), s.place()
	cells := s.cells(model.Findings, len(found) > 0)
	n := make([]int, len(cells)*windowsPerPeriod)
	severity, kind := make([]map[uint16]int, len(cells)), make([]map[uint16]int, len(cells))
	for p := range cells {
		severity[p], kind[p] = map[uint16]int{}, map[uint16]int{}
	}
	var rows []*model.FindingRow
	for _, i := range found {
		stay := at.stay(&s.c.Model.Findings[i], rows)
		rows = stay.rows
		for p := range cells {
			for k := range windowsPerPeriod {
				if !counts(&stay, s.until(s.c.Periods[p].window(k))) {
					continue
				}
				if n[p*windowsPerPeriod+k]++; k == 0 {
					severity[p][stay.severity]++
					kind[p][stay.kind]++
				}
			}
		}
	}
	for p := range cells {
		cell := &cells[p]
		if cell.Known {
			cell.N = n[p*windowsPerPeriod]
			cell.Value, cell.Conserved = float64(cell.N), s.conserve()
			cell.By = []Breakdown{
				countBy("severity", s.c.Model.FindingSeverities, severity[p]),
				countBy("kind", s.c.Model.FindingKinds, kind[p]),
			}
		}
		s.past(cell, model.Findings, p, func(k int) (float64, bool) { return float64(n[p*windowsPerPeriod+k]), true })
	}
	return cells
}

// findingTerms fills the direct and shared terms of a metric that counts findings. A finding
// that was known at a node before it spread below it is one that its children alone count.
func (s *scope) findingTerms(metric *Metric, n model.NodeIdx, cells []Cell) {
	m := s.c.Model
	whole := s.place()
	direct := place(func(r *model.FindingRow) (bool, bool) { return r.OpenedAt == n, r.Home == n })
	for _, i := range s.foundIn() {
		f := &m.Findings[i]
		terms := []stay{direct.stay(f, nil)}
		for _, child := range s.holders(f, n) {
			in := place(func(r *model.FindingRow) (bool, bool) { return m.In(r.OpenedAt, child), m.In(r.Home, child) })
			terms = append(terms, in.stay(f, nil))
		}
		all := whole.stay(f, nil)
		for p := range cells {
			c, w := cells[p].Conserved, s.until(s.c.Periods[p].Current)
			if c == nil {
				continue
			}
			for k := range terms {
				if metric.found(&terms[k], w) {
					c.Shared++
					if k == 0 {
						c.Direct++
					}
				}
			}
			if metric.found(&all, w) {
				c.Shared--
			}
		}
	}
}

// holders are the children of a node below which a finding is or was.
func (s *scope) holders(f *model.Finding, n model.NodeIdx) (out []model.NodeIdx) {
	m := s.c.Model
	for i := range f.Rows {
		for _, home := range []model.NodeIdx{f.Rows[i].OpenedAt, f.Rows[i].Home} {
			if home == n || !m.In(home, n) {
				continue
			}
			if child := m.ChildHolding(n, home); !slices.Contains(out, child) {
				out = append(out, child)
			}
		}
	}
	return out
}
