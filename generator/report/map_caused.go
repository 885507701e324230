package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// How many pairs a page lists at sight, and with those that open; the twins hold all.
const (
	maxPairsShown = 10
	maxPairs      = 40
	maxLatest     = 3 // incidents or dependencies named behind a pair
)

const causedID, reliesID, evidenceID, countedID = "caused", "relies", "evidence", "counted"

// causedSection is who caused what for whom.
func (m *mapper) causedSection() ArticleSection {
	s := ArticleSection{ID: causedID, Title: words(say(wMapCaused)), Count: -1}
	period := arg("period", words(m.periods[m.period].long))
	if m.crossed.Fates.All() == 0 {
		s.Paras = []Cell{{words(say(wMapNoIncidents, period))}}
		return s
	}
	s.Paras = []Cell{m.fateLine(wFateIncidents, &m.crossed.Fates, m.causedFates())}
	if len(m.crossed.Pairs) == 0 {
		return s
	}
	s.Figure, s.Matrix = m.causedFigure(), m.causedMatrix()
	columns := []Column{
		{Head: say(wMapCause)}, {Head: say(wMapHit)}, {Head: say(wMapTime), Number: true}, {Head: say(wMapCount), Number: true}, {Head: say(wMapLatest)},
	}
	if m.edges.All() > 0 {
		columns = append(columns, Column{Head: say(wMapDependencies), Number: true})
	}
	m.list(&s, say(wMapCausedList, period), columns, len(m.crossed.Pairs), m.causedRow)
	return s
}

// fate is a count of records with the words for it.
type fate struct {
	n    int
	word Word
	href string
}

func (m *mapper) causedFates() []fate {
	f := &m.crossed.Fates
	return []fate{
		{f.Crossing, wFateCrossing, ""}, {f.Inside, wFateInside, ""}, {f.ThirdParty, wFateThirdParty, m.nodes[m.model.ThirdParty]},
		{f.NotOwned, wFateNotOwned, m.nodes[m.model.NotOwned]}, {f.Unrecorded, wFateUnrecorded, cracksPath + m.noCause()},
	}
}

// noCause is the anchor of the incidents without a cause, where the page of cracks has it.
func (m *mapper) noCause() string {
	for i := range m.model.Cracks {
		if m.model.Cracks[i].Kind == model.CrackNoCause {
			return "#no-cause"
		}
	}
	return ""
}

// fateLine says where all records ended, so that nothing is lost beside the picture.
func (m *mapper) fateLine(of Word, all *rollup.Fates, fates []fate) Cell {
	var out []Span
	for _, f := range fates {
		if f.n > 0 {
			span := words(sayN(f.word, f.n))
			span.Href = f.href
			out = append(out, span)
		}
	}
	return append(Cell{words(sayN(of, all.All())), text(" ")}, spaced(out)...)
}

// list fills the table of a section: some rows at sight, more that open, the rest counted.
func (m *mapper) list(s *ArticleSection, caption Sentence, columns []Column, n int, row func(int) Row) {
	shown := n
	if n > maxPairsShown*3/2 { // a handful more is not worth opening
		shown = maxPairsShown
	}
	table := func(from, to int) Table {
		t := Table{Caption: caption, Columns: columns, Stack: true}
		for i := from; i < to; i++ {
			t.Rows = append(t.Rows, row(i))
		}
		return t
	}
	s.Table = table(0, shown)
	s.Table.ID = s.ID + "-list"
	if shown < n {
		s.RestOpen, s.Rest = sayN(wMore, n-shown), table(shown, min(n, maxPairs))
	}
	if more := n - maxPairs; more > 0 {
		s.Rest.More = sayN(wMoreIncidents, more, arg("file", m.file("data.csv", wRecordsCSV)))
	}
}

// file links a twin, which lies in the folder of the level.
func (m *mapper) file(name string, w Word) Span { return linked(say(w), mapFolder(m.level)+name) }

func (m *mapper) causedRow(i int) Row {
	x := &m.crossed.Pairs[i]
	cells := []Cell{
		{m.part(x.Cause)}, {m.part(x.Impact)}, {text(Duration(x.Seconds))}, cellCount(len(x.Incidents)), m.latest(x.Incidents),
	}
	if m.edges.All() > 0 {
		cells = append(cells, m.dependencyOf(x))
	}
	return Row{Anchor: m.pairAnchor(causedID, x.Cause, x.Impact), Cells: cells}
}

// latest names the newest of some incidents.
func (m *mapper) latest(incidents []int32) Cell {
	var out []Span
	for k := len(incidents) - 1; k >= 0 && len(out) < maxLatest; k-- {
		out = append(out, incidentLink(&m.model.Incidents[incidents[k]]))
	}
	if more := len(incidents) - len(out); more > 0 {
		out = append(out, words(sayN(wMore, more)))
	}
	return joined(out)
}

// dependencyOf says whether what was hit relies on what was the cause.
func (m *mapper) dependencyOf(x *rollup.Caused) Cell {
	for i := range m.relies {
		if r := &m.relies[i]; r.By == x.Impact && r.On == x.Cause {
			return Cell{Span{Text: Count(len(r.Dependencies)), Href: m.rowOf(reliesID, i, r.By, r.On)}}
		}
	}
	return Cell{marked(MarkRisk, words(say(wMapNoEdge)))}
}
