package rollup

import (
	"cmp"
	"slices"

	"uptree/generator/model"
)

var syntheticSuccess = Metric{
	ID: "synthetic_success", Title: "Synthetic tests", Unit: Ratio, Operator: RatioOf, Dataset: model.Synthetics,
	By: []string{"test", "location"}, Better: Higher, Since: "1",
	Formula: "Runs that passed (a flaky run passed once) of all runs that were not skipped, over the tests of the services and journeys here.",
	Doc:     "Whether scripted users got through. Beside it: how many tests failed at all, and the worst three by name.",
	Caveat:  "A test tries one path from a few places: it is no measure of what real users met.",
	eval:    (*scope).syntheticSuccess,
	records: (*scope).testRecords,
	daily:   dailyRatio,
}

// maxTests is how many tests the breakdown by test names; the others are counted.
const maxTests = 100

// worstTests is how many tests stand beside the ratio by name.
const worstTests = 3

func (s *scope) syntheticSuccess() []Cell {
	tests := s.testsOf()
	cells := s.cells(model.Synthetics, len(tests) > 0)
	sums := s.windowSums(tests)
	for p := range cells {
		cell, w := &cells[p], p*windowsPerPeriod
		if cell.Known {
			cell.ratio(sums[w].num, sums[w].den)
		}
		if cell.Known {
			s.testParts(cell, tests, p)
		}
		s.past(cell, model.Synthetics, p, func(k int) (float64, bool) {
			return float64(sums[w+k].num) / float64(max(1, sums[w+k].den)), sums[w+k].den > 0
		})
	}
	return cells
}

// testParts names the tests and places behind a ratio.
func (s *scope) testParts(cell *Cell, tests []int, period int) {
	rows := s.testRows(tests, period)
	rows = slices.DeleteFunc(rows, func(r TestRow) bool { return r.Good+r.Bad == 0 })
	cell.Tests = len(rows)
	byTest := Breakdown{Dimension: "test", Omitted: max(0, len(rows)-maxTests)}
	for i, r := range rows {
		t := &s.c.Model.Tests[r.Test]
		if r.Bad > 0 {
			cell.Failed++
			if i < worstTests {
				cell.Worst = append(cell.Worst, Worst{t.Title, r.Good, r.Good + r.Bad})
			}
		}
		if i < maxTests {
			byTest.Parts = append(byTest.Parts, Part{t.ID, float64(r.Good) / float64(r.Good+r.Bad)})
		}
	}
	s.tellApart(byTest.Parts, rows)
	slices.SortFunc(byTest.Parts, func(a, b Part) int { return cmp.Compare(a.Name, b.Name) })
	cell.By = []Breakdown{byTest, s.byLocation(tests, period)}
	partial := 0
	for _, t := range tests {
		if s.tests.current[t].partial {
			partial++
		}
	}
	cell.note(NotePartialDay, partial)
}

// tellApart adds the subject and source to the names of tests that share an id.
func (s *scope) tellApart(parts []Part, rows []TestRow) {
	m, seen := s.c.Model, map[string]int{}
	for _, p := range parts {
		seen[p.Name]++
	}
	for i := range parts {
		if seen[parts[i].Name] > 1 {
			t := &m.Tests[rows[i].Test]
			parts[i].Name += " · " + m.SubjectID(t.Subject) + " · " + m.Sources[t.Source].Name
		}
	}
}

func (s *scope) byLocation(tests []int, period int) Breakdown {
	sums := map[uint16]good{}
	for _, t := range tests {
		for _, l := range s.tests.current[t].locations {
			g := sums[l.location]
			sums[l.location] = good{g.num + l.current[period].num, g.den + l.current[period].den}
		}
	}
	out := Breakdown{Dimension: "location"}
	for l, g := range sums {
		if name := s.c.Model.Locations[l]; name != "" && g.den > 0 {
			out.Parts = append(out.Parts, Part{name, float64(g.num) / float64(g.den)})
		}
	}
	slices.SortFunc(out.Parts, func(a, b Part) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
