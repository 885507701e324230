package rollup

import "uptree/generator/model"

var causesRecorded = Metric{
	ID: "causes_recorded", Title: "Causes recorded", Unit: Ratio, Operator: RatioOf, Dataset: model.Incidents,
	Better: Higher, Since: "1",
	Formula: "Unplanned incidents of the period whose cause is recorded, of all of them.",
	Doc:     "Without a cause an incident is neither own nor inherited, and nobody can say who has the lever.",
	Caveat:  "Says that a cause is named, not that it is the right one.",
	eval:    (*scope).causesRecorded,
	records: (*scope).causeRecords,
}

func (s *scope) causesRecorded() []Cell {
	cells := s.cells(model.Incidents, len(s.impact) > 0)
	named := append([]int(nil), s.tally(hasCause)...)
	all := s.tally(func(*model.Incident) bool { return true })
	for p := range cells {
		w := p * windowsPerPeriod
		if cells[p].Known {
			cells[p].ratio(int64(named[w]), int64(all[w]))
		}
		s.past(&cells[p], model.Incidents, p, func(k int) (float64, bool) {
			return float64(named[w+k]) / float64(max(1, all[w+k])), all[w+k] > 0
		})
	}
	return cells
}

func hasCause(in *model.Incident) bool { return len(in.Cause) > 0 }

func (s *scope) causeRecords(period int, put func(Record)) {
	s.impactRecords(period, leftPlanned, put, isUnplanned, func(r *Record, in *model.Incident) {
		if r.Valid = 1; hasCause(in) {
			r.Good = 1
		}
	})
}
