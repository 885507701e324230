package rollup

import (
	"cmp"
	"slices"

	"uptree/generator/model"
)

var objectivesMetric = Metric{
	ID: "objectives", Title: "Objectives met", Unit: One, Operator: States, Dataset: model.SLOs,
	Better: Higher, Since: "1",
	Formula: "Number of objectives here that are met, of those with data. Each is judged in its own window at the period's end: breached when more is bad than its target allows.",
	Doc:     "Whether this level keeps its own commitments. States are counted and the worst stand beside by name: different objectives have no average.",
	Caveat:  "Says nothing about services without an objective, which are counted beside, nor whether the targets are the right ones.",
	eval:    (*scope).objectiveStates,
	records: (*scope).stateRecords,
}

var timeInTarget = Metric{
	ID: "time_in_target", Title: "Time in target", Unit: Ratio, Operator: RatioOf, Dataset: model.SLIs,
	Better: Higher, Since: "1",
	Formula: "Site days on which an objective's own good/valid reached the target of that day, of the days with valid events, over all objectives here.",
	Doc:     "How steady the services were from day to day, whatever became of the budgets.",
	Caveat:  "A day counts as one however many events it had: a met objective may have bad days and a breached one good days.",
	eval:    (*scope).timeInTarget,
	records: (*scope).dayRecords,
}

// StateCounts counts the objectives of a subject by state.
type StateCounts struct {
	Met, AtRisk, Breached, NoData int
	Without                       int     // living own services that have no objective of their own
	Worst                         []int32 // the worst few that are breached or at risk: indices into Model.Objectives
}

// worstObjectives is how many objectives stand beside the counts by name.
const worstObjectives = 3

func (s *scope) objectiveStates() []Cell {
	all := s.objectives()
	with, of := s.withObjective()
	now := s.stateCounts(all)
	now.Without = of - with
	worst := slices.DeleteFunc(slices.Clone(all), func(i int32) bool { return s.c.objectives.results[i].State < AtRisk })
	slices.SortStableFunc(worst, s.c.graver)
	now.Worst = worst[:min(len(worst), worstObjectives)]
	longest := s.longestWindow(all)
	withData := now.Met + now.AtRisk + now.Breached

	cells := make([]Cell, len(s.c.Periods))
	for p := range cells {
		cell := &cells[p]
		*cell = Cell{Known: withData > 0, Covered: with, Of: of, States: &now, Value: float64(now.Met), N: withData}
		switch {
		case len(all) == 0:
			if cell.Reason = s.c.missing(model.SLOs, of); cell.Reason != ReasonNotCovered {
				cell.States = nil
			}
		case withData == 0:
			cell.Reason = ReasonNoData
		}
		s.pastSince(cell, model.SLIs, func(k int) model.Time { return s.c.Periods[p].window(k).To - longest },
			func(k int) (float64, bool) { return s.metAt(all, s.c.objectives.at[p][k]) })
	}
	return cells
}

// longestWindow is the length of the longest window of the objectives, at most.
func (s *scope) longestWindow(objectives []int32) model.Time {
	longest := 0
	for _, i := range objectives {
		switch w := s.c.Model.Objectives[i].Window; w.Name {
		case "month":
			longest = max(longest, 31)
		case "quarter":
			longest = max(longest, 92)
		default:
			longest = max(longest, w.Days)
		}
	}
	return model.Time(longest) * 86400
}

// stateCounts counts the states at as_of.
func (s *scope) stateCounts(objectives []int32) StateCounts {
	var out StateCounts
	count := [numObjectiveStates]*int{NoData: &out.NoData, Met: &out.Met, AtRisk: &out.AtRisk, Breached: &out.Breached}
	for _, i := range objectives {
		*count[s.c.objectives.results[i].State]++
	}
	return out
}

// metAt counts the objectives that were met at a moment; false where none had data.
func (s *scope) metAt(objectives []int32, moment int) (met float64, ok bool) {
	x := &s.c.objectives
	for _, i := range objectives {
		switch x.states[int(i)*len(x.moments)+moment] {
		case notYet, uint8(NoData):
		case uint8(Met):
			met++
			ok = true
		default:
			ok = true
		}
	}
	return met, ok
}

// withObjective counts the living own services of the subject and those of them that have
// an objective of their own. A journey has no services of its own.
func (s *scope) withObjective() (with, of int) {
	m := s.c.Model
	switch s.subject.Kind {
	case ServiceSubject:
		of = 1
		if m.ServiceCovered(model.SLOs, model.ServiceIdx(s.subject.Index)) {
			with = 1
		}
	case NodeSubject:
		sums := s.c.sums[2*model.SLOs : 2*model.SLOs+2]
		end := m.Nodes[s.subject.Index].End
		of, with = int(sums[0][end]-sums[0][s.subject.Index]), int(sums[1][end]-sums[1][s.subject.Index])
	}
	return with, of
}

func (s *scope) timeInTarget() []Cell {
	all := s.objectives()
	cells := s.cells(model.SLIs, len(all) > 0)
	for p := range cells {
		cell := &cells[p]
		if cell.Known {
			reached, measured := s.daysInTarget(all, p, 0)
			cell.ratio(reached, measured)
		}
		if cell.Known {
			cell.Worst = s.worstDays(all, p)
		}
		s.past(cell, model.SLIs, p, func(k int) (float64, bool) {
			reached, measured := s.daysInTarget(all, p, k)
			return float64(reached) / float64(max(1, measured)), measured > 0
		})
	}
	return cells
}

// daysInTarget adds up the days of objectives in a window of a period.
func (s *scope) daysInTarget(objectives []int32, period, window int) (reached, measured int64) {
	for _, i := range objectives {
		d := s.c.objectives.daysOf(i, len(s.c.Periods), period, window)
		reached, measured = reached+int64(d.reached), measured+int64(d.measured)
	}
	return reached, measured
}

func (x *objectiveIndex) daysOf(objective int32, periods, period, window int) dayCount {
	return x.days[(int(objective)*periods+period)*windowsPerPeriod+window]
}

// worstDays names the objectives with the fewest days in target.
func (s *scope) worstDays(objectives []int32, period int) []Worst {
	var rows []Worst
	for _, i := range objectives {
		d := s.c.objectives.daysOf(i, len(s.c.Periods), period, 0)
		if d.reached < d.measured {
			rows = append(rows, Worst{s.c.Model.Objectives[i].Title, int64(d.reached), int64(d.measured)})
		}
	}
	slices.SortStableFunc(rows, func(a, b Worst) int {
		return cmp.Or(cmp.Compare(a.Num*b.Den, b.Num*a.Den), cmp.Compare(b.Den-b.Num, a.Den-a.Num))
	})
	return rows[:min(len(rows), worstTests)]
}
