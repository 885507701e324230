package rollup

import (
	"cmp"
	"fmt"
	"slices"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// Table returns the rows of all metrics of a site: those of uptree, then its own.
func Table(own []model.OwnMetric) []Metric {
	out := slices.Clip(slices.Clone(Metrics))
	for i := range own {
		out = append(out, ownMetric(&own[i], int32(i)))
	}
	return out
}

// CheckOwn reports metrics of the organisation's own that have the id of one of uptree's.
func CheckOwn(own []model.OwnMetric) (problems diag.List) {
	for i := range own {
		if slices.ContainsFunc(Metrics, func(m Metric) bool { return m.ID == own[i].ID }) {
			problems.Add(diag.Problem{Code: diag.TakenMetric, Pos: own[i].At, Text: fmt.Sprintf("[metric.%s]: uptree has a metric %q", own[i].ID, own[i].ID),
				Hint: `give yours an id of its own; "uptree list metrics" prints those that are taken`})
		}
	}
	return problems
}

// ownRule is what an operator does with observations.
type ownRule struct {
	operator Operator
	formula  string // where the organisation gives none
	daily    func(s *scope, k int32, out *Series, days int)
}

// ownRules is indexed by model.OwnOperator.
var ownRules = [...]ownRule{
	model.OwnSum:          {Sum, "Sum of what was observed in the period.", (*scope).dailySum},
	model.OwnSet:          {Set, "How many different things were observed in the period, each counted once.", (*scope).dailyFirst},
	model.OwnRatio:        {RatioOf, "Sum of the numerators by sum of the denominators that were observed in the period.", (*scope).dailyParts},
	model.OwnLatest:       {Latest, "The last value of each service, journey and node here at the period's end, added up.", (*scope).dailyLatest},
	model.OwnDistribution: {Distribution, "Median and 90th percentile of the values that were observed in the period.", nil},
}

func ownMetric(own *model.OwnMetric, k int32) Metric {
	rule := ownRules[own.Operator]
	m := Metric{
		ID: own.ID, Title: own.Title, Unit: Unit(own.Unit), Operator: rule.operator, Dataset: model.Observations, Better: Better(own.Better),
		Formula: cmp.Or(own.Formula, rule.formula), Doc: own.Doc, Own: own,
		eval:    func(s *scope) []Cell { return s.own(k) },
		records: func(s *scope, period int, put func(Record)) { s.ownRecords(k, period, put) },
	}
	if own.By != "" {
		m.By = []string{own.By}
	}
	if rule.daily != nil {
		m.daily = func(s *scope, out *Series, days int) { rule.daily(s, k, out, days) }
	}
	return m
}

// own has a cell per period. A subject of which nothing has ever been observed is none of
// the metric's: it may be about a few.
func (s *scope) own(k int32) []Cell {
	own, all := &s.c.Model.Own[k], s.observed(k)
	sums := s.ownSums(own, all)
	subjects := distinct(all)
	cells := make([]Cell, len(s.c.Periods))
	for p := range cells {
		cell, now := &cells[p], &sums[p*windowsPerPeriod]
		cell.Of, cell.Covered = subjects, len(now.subjects)
		if subjects == 0 {
			cell.Reason, cell.PreviousReason = s.notObserved(), s.notObserved()
			continue
		}
		cell.Known = true
		now.fill(cell, own)
		if cell.Known {
			s.ownParts(cell, own, now)
		}
		s.ownPast(cell, own, p, sums[p*windowsPerPeriod:])
	}
	return cells
}

func (s *scope) notObserved() Reason {
	if _, sourced := s.c.reach[model.Observations]; !sourced {
		return ReasonNoSource
	}
	return ReasonNoSubjects
}

// ownParts adds what the value is broken down by, and its terms.
func (s *scope) ownParts(cell *Cell, own *model.OwnMetric, now *ownSum) {
	if own.By != "" && own.Operator != model.OwnDistribution {
		by := Breakdown{Dimension: own.By}
		for part, sum := range now.parts {
			c := Cell{Known: true}
			if sum.fill(&c, own); part != 0 && c.Known {
				by.Parts = append(by.Parts, Part{s.c.Model.OwnParts[part], c.Value})
			}
		}
		slices.SortFunc(by.Parts, func(a, b Part) int { return cmp.Compare(a.Name, b.Name) })
		cell.By = []Breakdown{by}
	}
	if own.Operator == model.OwnSum || own.Operator == model.OwnSet {
		cell.Conserved = s.conserve()
	}
}

// ownPast compares with the periods before, as far back as the definition goes.
func (s *scope) ownPast(cell *Cell, own *model.OwnMetric, period int, sums []ownSum) {
	cal := s.c.Model.Calendar
	defined, reason := model.None, ReasonNone
	if own.Introduced != model.NoDay {
		defined, reason = cal.Midnight(own.Introduced), ReasonNoHistory
	}
	for _, change := range own.Changes {
		if at := cal.Midnight(change.On); at <= s.c.Model.AsOf && at > defined {
			defined, reason = at, ReasonRedefined
		}
	}
	if w := s.c.Periods[period].Current; cell.Known && reason == ReasonRedefined && defined > w.From {
		cell.note(NoteRedefined, 1)
	}
	if own.Operator == model.OwnDistribution {
		cell.PreviousReason = ReasonDistributed
		return
	}
	w := &s.c.Periods[period]
	s.past(cell, model.Observations, period, func(k int) (float64, bool) {
		var past Cell
		if defined.Known() && defined > w.window(k).From {
			return 0, false
		}
		past.Known = true
		sums[k].fill(&past, own)
		return past.Value, past.Known
	})
	if cell.PreviousReason != ReasonNone && reason != ReasonNone && defined > w.Previous.From {
		cell.PreviousReason = reason
	}
}
