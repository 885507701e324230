package rollup

import (
	"cmp"
	"slices"

	"uptree/generator/model"
)

var incidentTime = Metric{
	ID: "incident_time", Title: "Incident time", Unit: Seconds, Operator: Time, Dataset: model.Incidents,
	By: []string{"severity", "type"}, Better: Lower, Since: "1",
	Formula: "Length of the union of the impacts of all unplanned incidents here, clipped to the period. Impact lasts from started to mitigated, else resolved, else the build's clock.",
	Doc:     "How long something that belongs here was hit. Two incidents at once count once; the plain sum stands beside. Own, inherited and cause not recorded say where the cause lies, seen from this level.",
	Caveat:  "A long incident is not a grave one: durations say nothing about severity.",
	eval:    (*scope).incidentTime,
	records: (*scope).incidentTimeRecords,
	daily:   dailySegments,
	counts:  isUnplanned,
}

var maintenanceTime = Metric{
	ID: "maintenance_time", Title: "Planned maintenance", Unit: Seconds, Operator: Time, Dataset: model.Incidents,
	By: []string{"type"}, Better: Neither, Since: "1",
	Formula: "Length of the union of all planned maintenance here, clipped to the period.",
	Doc:     "Planned work is kept apart from incidents and never hidden.",
	Caveat:  "Only what is recorded as planned.",
	eval:    (*scope).maintenanceTime,
	records: (*scope).maintenanceRecords,
	daily:   dailyMaintenance,
	counts:  isPlanned,
}

func typeOf(in *model.Incident) uint16 { return in.Type }

func isUnplanned(in *model.Incident) bool { return !in.Planned }

func isPlanned(in *model.Incident) bool { return in.Planned }

func (s *scope) incidentTime() []Cell {
	s.gather(s.unplanned)
	s.classify()
	cells := s.timeCells(s.unplanned, len(s.impact) > 0)
	for p := range cells {
		cell, w := &cells[p], s.c.Periods[p].Current
		if !cell.Known {
			continue
		}
		for c := range s.classes {
			cell.Parts = append(cell.Parts, Part{Class(c).String(), float64(s.classes[c].length(w))})
		}
		if s.subject.Kind != JourneySubject {
			exported := float64(s.outside.length(w))
			cell.Exported = &exported
		}
		var parts [len(segmentNames)]model.Time
		parts, s.edges = segments(&s.classes, w, s.edges)
		for i, name := range segmentNames {
			cell.Segments = append(cell.Segments, Part{name, float64(parts[i])})
		}
		cell.By = []Breakdown{
			s.timeBy("severity", s.c.Model.Severities, w, s.during(p), func(in *model.Incident) uint16 { return in.Severity }),
			s.timeBy("type", s.c.Model.Types, w, s.during(p), typeOf),
		}
		s.incidentNotes(cell, p)
	}
	return cells
}

func (s *scope) maintenanceTime() []Cell {
	s.gather(s.planned)
	cells := s.timeCells(s.planned, len(s.impact) > 0)
	for p := range cells {
		if cells[p].Known {
			cells[p].By = []Breakdown{s.timeBy("type", s.c.Model.Types, s.c.Periods[p].Current, s.planned, typeOf)}
		}
	}
	return cells
}

// incidents iterates over incidents in order of their start.
type incidents func(yield func(int32, *model.Incident) bool)

// gather makes the union of all impacts.
func (s *scope) gather(each incidents) {
	s.total.reset()
	for _, in := range each {
		s.total.add(in.Start(), in.End)
	}
	s.total.seal()
}

// classify makes the unions of the impacts per class and of the exported ones.
func (s *scope) classify() {
	for c := range s.classes {
		s.classes[c].reset()
	}
	for _, in := range s.unplanned {
		s.classes[s.class(in)].add(in.Start(), in.End)
	}
	for c := range s.classes {
		s.classes[c].seal()
	}
	s.outside.reset()
	for _, i := range s.cause {
		if in := s.incident(i); !in.Planned && s.exported(in) {
			s.outside.add(in.Start(), in.End)
		}
	}
	s.outside.seal()
}

// timeCells fills value, n, sum and past from the gathered union.
func (s *scope) timeCells(each incidents, records bool) []Cell {
	cells := s.cells(model.Incidents, records)
	for p := range cells {
		cell := &cells[p]
		if cell.Known {
			cell.Value = float64(s.total.length(s.c.Periods[p].Current))
			cell.Conserved = s.conserve()
		}
		s.past(cell, model.Incidents, p, func(k int) (float64, bool) {
			return float64(s.total.length(s.c.Periods[p].window(k))), true
		})
	}
	for i, in := range each {
		for p := range cells {
			if s.in(i, p) && cells[p].Known {
				cells[p].N++
				cells[p].Sum += float64(s.c.Periods[p].Current.clip(in.Start(), in.End))
			}
		}
	}
	return cells
}

// conserve makes room for the terms of a node's total; other subjects have none.
func (s *scope) conserve() *Conservation {
	if s.subject.Kind != NodeSubject || s.pilot {
		return nil
	}
	return &Conservation{}
}

// timeBy splits the incident time of a window along a dimension: a union per word, so that
// the words of several incidents at once may add up to more than the whole.
func (s *scope) timeBy(name string, words []string, w Window, each incidents, word func(*model.Incident) uint16) Breakdown {
	if s.by == nil {
		s.by = map[uint16]*union{}
	}
	clear(s.by)
	for _, in := range each {
		if !w.overlaps(in.Start(), in.End) {
			continue
		}
		u := s.by[word(in)]
		if u == nil {
			u = &union{}
			s.by[word(in)] = u
		}
		u.add(in.Start(), in.End)
	}
	out := Breakdown{Dimension: name}
	for _, i := range sortedKeys(s.by) {
		if words[i] == "" {
			continue
		}
		s.by[i].seal()
		out.Parts = append(out.Parts, Part{words[i], float64(s.by[i].length(w))})
	}
	return out
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// incidentNotes counts what a reader should know about the incidents of a period.
func (s *scope) incidentNotes(cell *Cell, period int) {
	var open, empty, third int
	for _, in := range s.during(period) {
		if in.Open {
			open++
		}
		if in.Start() == in.End {
			empty++
		}
		if s.class(in) == Inherited && s.thirdParty(in) {
			third++
		}
	}
	cell.note(NoteOpen, open)
	cell.note(NoteZeroLength, empty)
	cell.note(NoteThirdParty, third)
}

// thirdParty reports whether all known causes lie with other companies.
func (s *scope) thirdParty(in *model.Incident) bool {
	return len(in.CauseHomes) == 1 && in.CauseHomes[0] == s.c.Model.ThirdParty
}

func (c *Cell) note(code NoteCode, count int) {
	if count > 0 {
		c.Notes = append(c.Notes, Note{code, count})
	}
}
