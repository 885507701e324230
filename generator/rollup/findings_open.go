package rollup

import "uptree/generator/model"

var findingsOpen = Metric{
	ID: "findings_open", Title: "Security findings open", Unit: One, Operator: Set, Dataset: model.Findings,
	By: []string{"severity", "kind"}, Better: Lower, Since: "1",
	Formula: "Number of distinct findings that are open at the period's end. What one rule found in one image or library is one finding, however many services have it; it is open here while it is in any service here.",
	Doc:     "What security scanners found and nobody has closed yet.",
	Caveat:  "Says what was looked at, not how safe it is: more scanners find more. Never to compare teams.",
	eval:    func(s *scope) []Cell { return s.findingCells(isOpenFinding) },
	found:   isOpenFinding,
	daily:   dailyOpen,
	records: findingRecords(isOpenFinding),
}

var findingsOverdue = Metric{
	ID: "findings_overdue", Title: "Security findings past due", Unit: One, Operator: Set, Dataset: model.Findings,
	By: []string{"severity", "kind"}, Better: Lower, Since: "1",
	Formula: "Number of distinct findings that are open at the period's end after the day on which they were due: their own due date, else as many days after they were opened as [findings.limits] gives their severity and the tier of the service.",
	Doc:     "Findings that have been open for longer than was promised.",
	Caveat:  "One without a due date and without a limit is never past due.",
	eval:    (*scope).findingsOverdue,
	records: findingRecords(isOverdueFinding),
	found:   isOverdueFinding,
}

// findingsOverdue has no value where findings are open and nothing says when they are due.
func (s *scope) findingsOverdue() []Cell {
	cells := s.findingCells(isOverdueFinding)
	open, due := 0, 0
	var rows []*model.FindingRow
	for _, i := range s.foundIn() {
		stay := s.place().stay(&s.c.Model.Findings[i], rows)
		if at := s.c.Model.AsOf + 1; stay.open(at) {
			open++
			if has, _ := stay.overdue(at); has {
				due++
			}
		}
	}
	for p := range cells {
		cell := &cells[p]
		switch {
		case !cell.Known:
		case open > 0 && due == 0:
			*cell = Cell{Reason: ReasonNoLimit, PreviousReason: ReasonNoLimit, Covered: cell.Covered, Of: cell.Of, Notes: cell.Notes}
		default:
			cell.N = due
			cell.note(NoteNotRecorded, open-due)
		}
	}
	return cells
}
