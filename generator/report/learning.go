package report

import "uptree/generator/rollup"

// The words of learning.
const (
	wLearning       Word = "learning.title"
	wLearningShare  Word = "learning.share"
	wLearningSilent Word = "learning.silent"
	wLearningOldest Word = "learning.oldest"
)

// learningWords are their rows of the table of words.
var learningWords = []wordSpec{
	{wLearning, []string{"period"}},
	{wLearningShare, []string{"share", "num", "den"}},
	{wLearningSilent, []string{"n"}},
	{wLearningOldest, []string{"day", "n"}},
}

// learning is the table of what was learned from the incidents of the period, together: who
// noticed them first, how many were reviewed, and which follow-ups still wait. It is absent
// where nothing of that is recorded, and where nothing is below the subject: there the same
// numbers stand side by side on a page that has to stay light.
func (c *composer) learning() Table {
	if c.subject.Kind != rollup.NodeSubject || len(c.model.Nodes[c.subject.Index].Children) == 0 {
		return Table{}
	}
	t := Table{ID: "learning", Caption: say(wLearning, c.periodArg()), Plain: true, Columns: []Column{{Head: say(wLearning, c.periodArg())}, {Head: say(wRowValue)}}}
	for _, m := range []int{c.rows.detected, c.rows.reviewed, c.rows.followups} {
		if m < 0 || !c.stats[m][c.period].Known {
			continue
		}
		if cell := &c.stats[m][c.period]; cell.N > 0 {
			t.Rows = append(t.Rows, Row{Cells: []Cell{c.metricHead(&c.metrics[m]), c.opens(m, c.learned(&c.metrics[m], cell))}})
		}
	}
	if len(t.Rows) == 0 {
		return Table{}
	}
	return t
}

// learned words one figure: with what it is of, the age of the oldest and how many do not say.
func (c *composer) learned(m *rollup.Metric, cell *rollup.Cell) Cell {
	var out []Span
	switch num := int(cell.Value); m.Operator {
	case rollup.RatioOf:
		out = append(out, words(say(wLearningShare, argText("share", Share(cell.Value, cell.Den)), argCount("num", int(cell.Num)), argCount("den", int(cell.Den)))))
	case rollup.Set:
		out = append(out, words(say(wOutOf, argCount("num", num), argCount("den", cell.N))))
	default:
		out = append(out, text(Count(num)))
	}
	if cell.Oldest > 0 {
		days := int(c.model.Calendar.DayAt(c.model.AsOf) - c.model.Calendar.DayAt(cell.Oldest))
		out = append(out, words(sayN(wLearningOldest, days, argText("day", c.Words.Day(c.model.Calendar.DayAt(cell.Oldest))))))
	}
	for _, n := range cell.Notes {
		if n.Code == rollup.NoteNotRecorded {
			out = append(out, words(sayN(wLearningSilent, n.Count)))
		}
	}
	return spaced(out)
}
