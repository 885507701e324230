package rollup

import "uptree/generator/model"

var findingsOpened = Metric{
	ID: "findings_opened", Title: "Security findings opened", Unit: One, Operator: Set, Dataset: model.Findings,
	By: []string{"severity", "kind"}, Better: Neither, Since: "1",
	Formula: "Number of distinct findings opened in the period. A finding is opened here when it comes into the first service here; where a report has no dates, on the day on which a build first saw it.",
	Doc:     "How much was found, beside how much was closed.",
	Caveat:  "What was there when a source was first looked at counts as open, not as opened: since when is not known. A new scanner finds much at once.",
	eval:    (*scope).findingsOpened,
	found:   isOpenedFinding,
	records: findingRecords(isOpenedFinding),
}

var findingsClosed = Metric{
	ID: "findings_closed", Title: "Security findings closed", Unit: One, Operator: Set, Dataset: model.Findings,
	By: []string{"severity", "kind"}, Better: Higher, Since: "1",
	Formula: "Number of distinct findings closed in the period. A finding is closed here when it is out of the last service here; where a report has no dates, on the day on which a build no longer saw it.",
	Doc:     "How much was fixed or dismissed.",
	Caveat:  "Says that it is gone, not why: fixed, dismissed, or no longer looked for.",
	eval:    func(s *scope) []Cell { return s.findingCells(isClosedFinding) },
	found:   isClosedFinding,
	records: findingRecords(isClosedFinding),
}

func (s *scope) findingsOpened() []Cell {
	cells := s.findingCells(isOpenedFinding)
	var rows []*model.FindingRow
	at := s.place()
	first := make([]int, len(cells))
	for _, i := range s.foundIn() {
		stay := at.stay(&s.c.Model.Findings[i], rows)
		for p := range cells {
			if w := s.until(s.c.Periods[p].Current); stay.begun && stay.firstLook && stay.opened >= w.From {
				first[p]++
			}
		}
	}
	for p := range cells {
		if cells[p].Known {
			cells[p].note(NoteFirstLook, first[p])
		}
	}
	return cells
}
