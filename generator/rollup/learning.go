package rollup

import "uptree/generator/model"

var detectedByCustomer = Metric{
	ID: "detected_by_customer", Title: "Detected by customers first", Unit: Ratio, Operator: RatioOf, Dataset: model.Incidents,
	Better: Lower, Since: "1",
	Formula: "Incidents of the period that customers noticed first, of those that say who noticed.",
	Doc:     "How often customers saw it before we did.",
	Caveat:  "Incidents that do not say who noticed are left out and counted beside.",
	eval:    (*scope).detectedByCustomer,
	records: (*scope).detectionRecords,
}

var reviewsDone = Metric{
	ID: "reviews_done", Title: "Incidents reviewed", Unit: One, Operator: Set, Dataset: model.Incidents,
	Better: Higher, Since: "1",
	Formula: "Number of distinct unplanned incidents of the period that have a review.",
	Doc:     "A review is how an organisation learns from an incident; the count of all incidents stands beside.",
	Caveat:  "Says that a review exists, not what it is worth.",
	eval:    (*scope).reviewsDone,
	records: (*scope).reviewRecords,
	counts:  isReviewed,
}

var followupsOpen = Metric{
	ID: "followups_open", Title: "Follow-ups open", Unit: One, Operator: Latest, Dataset: model.Incidents,
	Better: Lower, Since: "1",
	Formula: "Actions from incident reviews that are not done at the period's end, summed over distinct incidents.",
	Doc:     "What was promised after incidents and still waits, with the age of the oldest.",
	Caveat:  "The sources give the state of now, so there is no value for an earlier period.",
	eval:    (*scope).followupsOpen,
	records: (*scope).followupRecords,
}

func (s *scope) detectedByCustomer() []Cell {
	cells := s.cells(model.Incidents, len(s.impact) > 0)
	customer := append([]int(nil), s.tally(func(in *model.Incident) bool { return in.DetectedBy == model.DetectedCustomer })...)
	said := append([]int(nil), s.tally(func(in *model.Incident) bool { return in.DetectedBy != model.DetectedUnknown })...)
	all := s.tally(func(*model.Incident) bool { return true })
	for p := range cells {
		cell, w := &cells[p], p*windowsPerPeriod
		if cell.Known {
			cell.ratio(int64(customer[w]), int64(said[w]))
			cell.note(NoteNotRecorded, all[w]-said[w])
		}
		s.past(cell, model.Incidents, p, func(k int) (float64, bool) {
			return float64(customer[w+k]) / float64(max(1, said[w+k])), said[w+k] > 0
		})
	}
	return cells
}

// ratio sets value, numerator and denominator; without a denominator there is no data.
func (c *Cell) ratio(num, den int64) {
	c.Num, c.Den, c.N = num, den, int(den)
	if den == 0 {
		c.Known, c.Reason = false, ReasonNoData
		return
	}
	c.Value = float64(num) / float64(den)
}

func isReviewed(in *model.Incident) bool { return !in.Planned && in.Reviewed }

func (s *scope) reviewsDone() []Cell {
	cells := s.setCells(func(in *model.Incident) bool { return in.Reviewed })
	all := s.tally(func(*model.Incident) bool { return true })
	for p := range cells {
		if cells[p].Known {
			cells[p].N = all[p*windowsPerPeriod]
		}
	}
	return cells
}

func (s *scope) followupsOpen() []Cell {
	cells := s.cells(model.Incidents, len(s.now) > 0)
	var sum float64
	var n, silent int
	oldest := model.None
	for _, i := range s.now { // whoever has the service now has its follow-ups
		in := s.incident(i)
		switch {
		case in.Planned:
			continue
		case in.FollowupsOpen == model.NoCount:
			silent++
			continue
		}
		n++
		sum += float64(in.FollowupsOpen)
		if in.FollowupsOpen > 0 && oldest == model.None {
			oldest = in.Start()
		}
	}
	for p := range cells {
		cell := &cells[p]
		cell.PreviousReason = ReasonNoPast
		if !cell.Known {
			continue
		}
		if n == 0 {
			cell.Known, cell.Reason = false, ReasonNoData
			continue
		}
		cell.Value, cell.N, cell.Oldest = sum, n, oldest
		cell.note(NoteNotRecorded, silent)
	}
	return cells
}
