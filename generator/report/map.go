package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// maxMapLevels bounds the levels that have a page; what is deeper is part of the last one.
const maxMapLevels = 12

// mapLevels is how many levels the map has: at least one, for the page to say what to do.
func (p *Plan) mapLevels() int { return min(max(p.cube.Levels(), 1), maxMapLevels) }

// mapPages are a page for each level and period, so that both are in the address and need
// no script.
func (p *Plan) mapPages() int { return p.mapLevels() * len(p.periods) }

// mapPath is the path of a page: the first level and the default period are not in it.
func (p *Plan) mapPath(i int) string { return p.mapAt(1+i/len(p.periods), i%len(p.periods)) }

func (p *Plan) mapAt(level, period int) string {
	path := mapFolder(level)
	if period != p.period {
		path += p.periods[period].name + "/"
	}
	return path + "index.html"
}

// mapFolder holds what belongs to a level whatever the period.
func mapFolder(level int) string {
	if level == 1 {
		return "map/"
	}
	return "map/" + strconv.Itoa(level) + "/"
}

// mapper makes the page of one level and period.
type mapper struct {
	*Plan
	level, period int
	relies        []rollup.Reliance // the most dependencies first
	edges         rollup.Fates      // of dependencies
	crossed       *rollup.Crossings // its pairs with the most time first
}

func (p *Plan) mapper(level, period int) *mapper {
	m := &mapper{Plan: p, level: level, period: period, crossed: p.cube.Crossings(level, period)}
	m.relies, m.edges = p.cube.Reliances(level)
	slices.SortStableFunc(m.relies, func(a, b rollup.Reliance) int { return cmp.Compare(len(b.Dependencies), len(a.Dependencies)) })
	slices.SortStableFunc(m.crossed.Pairs, func(a, b rollup.Caused) int {
		return cmp.Or(cmp.Compare(b.Seconds, a.Seconds), cmp.Compare(len(b.Incidents), len(a.Incidents)))
	})
	return m
}

// composeMap is the graph over the tree: what crosses the borders of a level.
func composeMap(p *Plan, i int) *Page {
	m := p.mapper(1+i/len(p.periods), i%len(p.periods))
	a := &Article{Name: p.Words.Plain(say(wMap)), Lead: m.lead(), Choices: m.choices()}
	if m.cube.Levels() > 0 {
		a.Sections = append(a.Sections, m.causedSection(), m.reliesSection())
		if s, ok := m.evidenceSection(); ok {
			a.Sections = append(a.Sections, s)
		}
		a.Sections = append(a.Sections, m.countedSection())
	}
	page := &Page{Path: p.mapPath(i), Title: a.Name, Article: a, Trail: []Span{p.nodeLink(0)}, Tree: p.tree(0, false)}
	if page.Path != mapPath {
		page.Title = p.Words.Plain(say(wMapTitle, argText("level", m.levelName(m.level)), arg("period", words(p.periods[m.period].long))))
	}
	if m.period == p.period {
		page.Map = m.twin()
	}
	return page
}

// lead says in one sentence what the picture shows.
func (m *mapper) lead() Sentence {
	all, crossing := m.crossed.Fates.All(), m.crossed.Fates.Crossing
	period := arg("period", words(m.periods[m.period].long))
	switch {
	case m.cube.Levels() == 0:
		return say(wMapOnePart)
	case all == 0 && m.edges.All() == 0:
		return say(wMapEmpty)
	case all == 0:
		return sayN(wMapOnlyRelies, m.edges.Crossing, argCount("all", m.edges.All()), period)
	case crossing == 0:
		return sayN(wMapInside, all, period)
	}
	args := []Arg{argCount("all", all), period, argText("time", Duration(m.crossed.Crossing.Seconds))}
	most := slices.IndexFunc(m.crossed.Pairs, func(x rollup.Caused) bool { return m.ours(x.Cause) && m.ours(x.Impact) })
	top := &m.crossed.Pairs[most]
	if top.Seconds == 0 {
		return sayN(wMapCrossed, crossing, args...)
	}
	return sayN(wMapLead, crossing, append(args, arg("cause", m.part(top.Cause)), arg("impact", m.part(top.Impact)), argText("most", Duration(top.Seconds)))...)
}

// ours reports whether a part is one of the organisation that somebody answers for.
func (m *mapper) ours(part model.NodeIdx) bool {
	return part != m.model.ThirdParty && part != m.model.NotOwned
}

// part links a part; what a node above the level answers for itself is named so.
func (m *mapper) part(n model.NodeIdx) Span {
	if m.itself(n) {
		return linked(say(wMapItself, argText("node", m.nodeTitle(n))), m.nodes[n])
	}
	return m.nodeLink(n)
}

func (m *mapper) itself(n model.NodeIdx) bool {
	node := &m.model.Nodes[n]
	return node.Depth < m.level && slices.ContainsFunc(node.Children, func(c model.NodeIdx) bool { return !m.model.Nodes[c].Generated })
}

func (m *mapper) partName(n model.NodeIdx) string { return m.plainSpan(m.part(n)) }

// choices are the levels and the periods, as links to their pages.
func (m *mapper) choices() []Choice {
	levels := Choice{Name: say(wMapBetween)}
	for level := 1; level <= m.mapLevels(); level++ {
		levels.add(link(m.levelName(level), m.mapAt(level, m.period)), level == m.level)
	}
	periods := Choice{Name: say(wChoosePeriod)}
	for i := range m.periods {
		periods.add(linked(m.periods[i].short, m.mapAt(m.level, i)), i == m.period)
	}
	return slices.DeleteFunc([]Choice{levels, periods}, func(c Choice) bool { return len(c.Items) < 2 })
}

func (c *Choice) add(to Span, current bool) { c.Items = append(c.Items, ChoiceItem{to, current}) }

// levelName names a level by the kinds of its nodes, at most two, the most frequent first.
func (p *Plan) levelName(level int) string {
	count := map[string]int{}
	var kinds []string
	for i := range p.model.Nodes {
		n := &p.model.Nodes[i]
		if n.Depth != level || n.Generated || n.Kind == "" {
			continue
		}
		if count[n.Kind]++; count[n.Kind] == 1 {
			kinds = append(kinds, n.Kind)
		}
	}
	if len(kinds) == 0 {
		return p.Words.Plain(say(wMapLevel, argText("n", strconv.Itoa(level))))
	}
	slices.SortFunc(kinds, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	return p.Words.Plain(say(wMapLevelOf, argText("n", strconv.Itoa(level)), argText("kinds", strings.Join(kinds[:min(len(kinds), 2)], ", "))))
}

// rowOf leads to the row of a pair; nowhere where it is not on the page.
func (m *mapper) rowOf(list string, row int, a, b model.NodeIdx) string {
	if row >= maxPairs {
		return ""
	}
	return "#" + m.pairAnchor(list, a, b)
}

// pairAnchor is the id of the row of a pair; a colon is in no encoded id.
func (m *mapper) pairAnchor(list string, a, b model.NodeIdx) string {
	return list + ":" + content.EncodeID(m.model.Nodes[a].ID) + ":" + content.EncodeID(m.model.Nodes[b].ID)
}
