package rollup

import "uptree/generator/model"

var findingsAge = Metric{
	ID: "findings_age", Title: "Age of open security findings", Unit: Seconds, Operator: Distribution, Dataset: model.Findings,
	Better: Lower, Since: "1",
	Formula: "Days since each finding that is open at the period's end was opened: n, median, 90th percentile by nearest rank (absent under ten).",
	Doc:     "How long what was found has been waiting.",
	Caveat:  "What was there when a source was first looked at is at least as old as it says; such findings are counted beside.",
	eval:    (*scope).findingsAge,
	records: ageRecords,
}

const daySeconds = 86400

func (s *scope) findingsAge() []Cell {
	found, at := s.foundIn(), s.place()
	cells := s.cells(model.Findings, len(found) > 0)
	m := s.c.Model
	today := m.Calendar.DayAt(m.AsOf)
	var days []float64
	var rows []*model.FindingRow
	atLeast := 0
	for _, i := range found {
		stay := at.stay(&m.Findings[i], rows)
		if rows = stay.rows; !stay.open(m.AsOf + 1) {
			continue
		}
		since, firstLook := stay.since(m.AsOf + 1)
		days = append(days, float64(today-m.Calendar.DayAt(since))*daySeconds)
		if firstLook {
			atLeast++
		}
	}
	age := Dist{Name: "age"}
	age.summarise(days)
	for p := range cells {
		cell := &cells[p]
		cell.PreviousReason = ReasonDistributed
		switch {
		case !cell.Known:
		case age.N == 0:
			cell.Known, cell.Reason = false, ReasonNoData
		default:
			cell.N, cell.Dists = age.N, []Dist{age}
			cell.note(NoteFirstLook, atLeast)
		}
	}
	return cells
}
