package report

import (
	"cmp"
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// reliesSection is who waits on whom.
func (m *mapper) reliesSection() ArticleSection {
	s := ArticleSection{ID: reliesID, Title: words(say(wMapRelies)), Count: -1}
	if m.edges.All() == 0 {
		s.Paras = []Cell{{words(say(wMapNoDependencies))}}
		return s
	}
	e := &m.edges
	s.Paras = []Cell{m.fateLine(wFateEdges, e, []fate{
		{e.Crossing, wFateEdgesCrossing, ""}, {e.Inside, wFateInside, ""}, {e.ThirdParty, wFateEdgesThirdParty, m.nodes[m.model.ThirdParty]},
		{e.NotOwned, wFateNotOwned, m.nodes[m.model.NotOwned]}, {e.Ended, wFateEnded, ""},
	})}
	if len(m.relies) == 0 {
		return s
	}
	s.Figure, s.Matrix = m.reliesFigure(), m.reliesMatrix()
	columns := []Column{
		{Head: say(wMapBy)}, {Head: say(wRelies)}, {Head: say(wMapDependencies), Number: true}, {Head: say(wMapHard), Number: true},
		{Head: say(wMapServices)}, {Head: say(wMapCameOver), Number: true},
	}
	m.list(&s, say(wMapReliesList), columns, len(m.relies), m.reliesRow)
	return s
}

func (m *mapper) reliesRow(i int) Row {
	r := &m.relies[i]
	return Row{Anchor: m.pairAnchor(reliesID, r.By, r.On), Cells: []Cell{
		{m.part(r.By)}, {m.part(r.On)}, cellCount(len(r.Dependencies)), cellCount(r.Hard), m.between(r.Dependencies), m.cameOver(r),
	}}
}

// between names the services of some dependencies, hard ones first.
func (m *mapper) between(dependencies []int32) Cell {
	first := slices.Clone(dependencies)
	slices.SortStableFunc(first, func(a, b int32) int {
		return cmp.Compare(rank(m.model.Dependencies[a].Hardness), rank(m.model.Dependencies[b].Hardness))
	})
	var out Cell
	for i, d := range first[:min(len(first), maxLatest)] {
		if i > 0 {
			out = append(out, text(", "))
		}
		out = append(out, m.edge(d)...)
	}
	if more := len(first) - maxLatest; more > 0 {
		out = append(out, text(", "), words(sayN(wMore, more)))
	}
	return out
}

// edge names a dependency by its ends.
func (m *mapper) edge(d int32) Cell {
	dep := &m.model.Dependencies[d]
	return Cell{m.serviceLink(dep.From), text(" → "), m.serviceLink(dep.To)}
}

// cameOver is the incident time that came the other way.
func (m *mapper) cameOver(r *rollup.Reliance) Cell {
	for i := range m.crossed.Pairs {
		if x := &m.crossed.Pairs[i]; x.Cause == r.On && x.Impact == r.By {
			return Cell{Span{Text: Duration(x.Seconds), Href: m.rowOf(causedID, i, x.Cause, x.Impact)}}
		}
	}
	return Cell{text(dash)}
}

// maxEvidence bounds each list of the section; index.json holds all dependencies.
const maxEvidence = 20

// evidenceSection compares what is declared with what was observed, where there is both,
// and with the ways that incidents took.
func (m *mapper) evidenceSection() (ArticleSection, bool) {
	s := ArticleSection{ID: evidenceID, Title: words(say(wMapEvidence)), Count: -1}
	if m.edges.All() == 0 {
		return s, false
	}
	undeclared, unseen := m.evidence()
	switch {
	case undeclared == nil && unseen == nil:
		s.Paras = []Cell{{words(say(wMapOneEvidence))}}
	case len(undeclared)+len(unseen) == 0:
		s.Paras = []Cell{{words(say(wMapAgree))}}
	}
	if len(undeclared) > 0 {
		s.Paras = append(s.Paras, Cell{words(sayN(wMapUndeclared, len(undeclared)))})
		s.Table = m.edgeList(wMapUndeclaredList, undeclared)
	}
	if len(unseen) > 0 {
		s.Paras = append(s.Paras, Cell{words(sayN(wMapUnseen, len(unseen)))})
		s.RestOpen, s.Rest = say(wMapUnseenOpen), m.edgeList(wMapUnseenList, unseen)
	}
	if n := m.withoutEdge(); n > 0 {
		s.Paras = append(s.Paras, Cell{marked(MarkRisk, words(sayN(wMapWithoutEdge, n)))})
	}
	return s, true
}

// evidence lists the dependencies that cross a border and are only observed or only
// declared; both nil where one of the two kinds of evidence is not given at all.
func (m *mapper) evidence() (undeclared, unseen []int32) {
	declared, observed := false, false
	for i := range m.model.Dependencies {
		d := &m.model.Dependencies[i]
		declared, observed = declared || d.Declared, observed || d.Observed
	}
	if !declared || !observed {
		return nil, nil
	}
	undeclared, unseen = []int32{}, []int32{}
	for i := range m.relies {
		for _, d := range m.relies[i].Dependencies {
			switch dep := &m.model.Dependencies[d]; {
			case !dep.Declared:
				undeclared = append(undeclared, d)
			case !dep.Observed:
				unseen = append(unseen, d)
			}
		}
	}
	return undeclared, unseen
}

func (m *mapper) edgeList(caption Word, edges []int32) Table {
	t := Table{
		Caption: say(caption), Stack: true,
		Columns: []Column{{Head: say(wService)}, {Head: say(wOfNode)}, {Head: say(wRelies)}, {Head: say(wOfNode)}, {Head: say(wHardness)}},
	}
	for _, d := range edges[:min(len(edges), maxEvidence)] {
		dep := &m.model.Dependencies[d]
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{m.serviceLink(dep.From)}, {m.homeOf(dep.From)}, {m.serviceLink(dep.To)}, {m.homeOf(dep.To)}, {words(say(hardnessWord(dep.Hardness)))},
		}})
	}
	if more := len(edges) - maxEvidence; more > 0 {
		t.More = sayN(wMoreIncidents, more, arg("file", m.file("index.json", wRecordsJSON)))
	}
	return t
}

func (m *mapper) homeOf(s model.ServiceIdx) Span { return m.nodeLink(m.model.Services[s].Home) }

// withoutEdge counts the pairs over which incidents came and no dependency leads.
func (m *mapper) withoutEdge() (n int) {
	known := map[[2]model.NodeIdx]bool{}
	for i := range m.relies {
		known[[2]model.NodeIdx{m.relies[i].On, m.relies[i].By}] = true
	}
	for i := range m.crossed.Pairs {
		if x := &m.crossed.Pairs[i]; !known[[2]model.NodeIdx{x.Cause, x.Impact}] {
			n++
		}
	}
	return n
}

// countedSection says what the figures mean and what is in none of them.
func (m *mapper) countedSection() ArticleSection {
	s := ArticleSection{ID: countedID, Title: words(say(wMapCounted)), Count: -1}
	s.Facts.add(wMapPart, Cell{words(say(wMapPartIs))})
	s.Facts.add(wMapTime, Cell{words(say(wMapTimeIs))})
	s.Facts.add(wMapCount, Cell{words(say(wMapCountIs))})
	s.Facts.add(wMapDependencies, Cell{words(say(wMapDependenciesAre))})
	s.Facts.add(wMapAll, Cell{words(say(wMapAllIn, arg("json", m.file("index.json", wRecordsJSON)), arg("csv", m.file("data.csv", wRecordsCSV))))})
	return s
}
