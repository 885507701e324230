package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// notes say what the figures stand on: sources, their age and state, what they rejected. Of
// those that are as they should be the name and the age are enough.
func (c *composer) notes() Notes {
	n := Notes{Section: Section{ID: "notes", Title: say(wNotes), Lead: say(wNotesLead,
		arg("json", linked(say(wRecordsJSON), beside("index.json"))), arg("csv", linked(say(wRecordsCSV), beside("data.csv"))))}}
	n.Sources = Table{
		ID: "source-list", Caption: say(wSources), Plain: true,
		Columns: []Column{
			{Head: say(wSource)}, {Head: say(wState)}, {Head: say(wDataOf)},
			{Head: say(wRead), Number: true}, {Head: say(wRejected), Number: true},
		},
	}
	var fine []Span
	for i := range c.model.Sources {
		switch s := &c.model.Sources[i]; {
		case !measures(s):
		case s.Status == model.SourceOK && s.Rejected == 0 && !s.Pilot:
			fine = append(fine, c.aged(name(sourceTitle(s)), s))
		default:
			n.Sources.Rows = append(n.Sources.Rows, Row{Cells: c.sourceCells(s)})
		}
	}
	if len(fine) > 0 {
		n.Fine = append(Cell{marked(MarkOK, linked(say(wStateOK), dataPath)), text(": ")}, joined(fine)...)
	}
	n.Lines = c.noteLines()
	if both, ok := c.both(); ok {
		n.Lines = append(n.Lines, both)
	}
	return n
}

// measures reports whether a source gives records that figures are made of.
func measures(s *model.SourceInfo) bool {
	for _, d := range s.Datasets {
		if d == model.Incidents || d == model.Synthetics || d == model.SLOs || d == model.SLIs || d == model.Deployments || d == model.Findings || d == model.Costs || d == model.Observations || d == model.Staff {
			return true
		}
	}
	return false
}

func (c *composer) sourceCells(s *model.SourceInfo) []Cell {
	title := Cell{link(sourceTitle(s), dataPath+"#"+sourceAnchor(s))}
	if s.Pilot {
		title = append(title, text(" "), marked(MarkQuiet, words(say(wPilot))))
	}
	return []Cell{title, {stateSpan(s)}, {c.fetched(s)}, cellCount(s.Read), cellCount(s.Rejected)}
}

func stateSpan(s *model.SourceInfo) Span {
	switch s.Status {
	case model.SourceOK:
		return marked(MarkOK, words(say(wStateOK)))
	case model.SourceStale:
		return marked(MarkRisk, words(say(wStateStale)))
	case model.SourceOmitted:
		return marked(MarkRisk, words(say(wStateOmitted)))
	}
	return marked(MarkBad, words(say(wStateFailed)))
}

// noteLines words the notes on the figures of the default period, each metric's once.
func (c *composer) noteLines() []Sentence {
	var out []Sentence
	for m := range c.stats {
		if c.metrics[m].Dataset == model.Findings && m != c.rows.findingsOpen {
			continue // their section says it
		}
		for _, n := range c.stats[m][c.period].Notes {
			if m == c.rows.incidentCount && n.Code == rollup.NoteThirdParty {
				continue // said of their time
			}
			if w, ok := noteWord(string(n.Code)); ok {
				out = append(out, sayN(w, n.Count, argText("metric", c.metrics[m].Title)))
			}
		}
	}
	return out
}

// noteWord is the sentence of a note's code, where the words have one.
func noteWord(code string) (Word, bool) {
	w := Word("note." + code)
	return w, specOf(w) != nil
}
