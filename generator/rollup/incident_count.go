package rollup

import "uptree/generator/model"

var incidentCount = Metric{
	ID: "incident_count", Title: "Incidents", Unit: One, Operator: Set, Dataset: model.Incidents,
	By: []string{"severity", "type"}, Better: Lower, Since: "1",
	Formula: "Number of distinct unplanned incidents with impact here whose impact overlaps the period (one without a length: that began in it).",
	Doc:     "An incident that hits three teams counts once at each of them and once at the level above.",
	Caveat:  "Counting incidents punishes reporting them: read it with the time and the teams' words.",
	eval:    (*scope).incidentCount,
	records: (*scope).countRecords,
	daily:   dailyCount,
	counts:  isUnplanned,
}

func (s *scope) incidentCount() []Cell {
	cells := s.setCells(func(*model.Incident) bool { return true })
	for p := range cells {
		cell := &cells[p]
		if !cell.Known {
			continue
		}
		var class [NumClasses]float64
		severity, kind := map[uint16]int{}, map[uint16]int{}
		for _, in := range s.during(p) {
			class[s.class(in)]++
			severity[in.Severity]++
			kind[in.Type]++
		}
		for c := range class {
			cell.Parts = append(cell.Parts, Part{Class(c).String(), class[c]})
		}
		if s.subject.Kind != JourneySubject {
			cell.Exported = s.exportedCount(p)
		}
		cell.By = []Breakdown{
			countBy("severity", s.c.Model.Severities, severity),
			countBy("type", s.c.Model.Types, kind),
		}
		s.incidentNotes(cell, p)
	}
	return cells
}

func (s *scope) exportedCount(period int) *float64 {
	n := 0.0
	for _, i := range s.cause {
		if in := s.incident(i); !in.Planned && s.in(i, period) && s.exported(in) {
			n++
		}
	}
	return &n
}

// setCells counts the incidents that count, now and in the past.
func (s *scope) setCells(counts func(*model.Incident) bool) []Cell {
	cells := s.cells(model.Incidents, len(s.impact) > 0)
	n := s.tally(counts)
	for p := range cells {
		cell := &cells[p]
		if cell.Known {
			cell.Value = float64(n[p*windowsPerPeriod])
			cell.N = n[p*windowsPerPeriod]
			cell.Conserved = s.conserve()
		}
		s.past(cell, model.Incidents, p, func(k int) (float64, bool) { return float64(n[p*windowsPerPeriod+k]), true })
	}
	return cells
}

func countBy(name string, words []string, counts map[uint16]int) Breakdown {
	out := Breakdown{Dimension: name}
	for _, i := range sortedKeys(counts) {
		if words[i] != "" {
			out.Parts = append(out.Parts, Part{words[i], float64(counts[i])})
		}
	}
	return out
}
