package report

import (
	"strings"

	"uptree/generator/model"
)

// composeFrame words what all pages share. It holds the day, never the clock.
func (p *Plan) composeFrame() *Frame {
	today := p.model.Calendar.DayAt(p.model.AsOf)
	return &Frame{
		Title: p.site.Title, Home: p.nodes[0], Lang: p.Words.Lang, Dir: p.Words.Dir,
		Nav: []Span{
			linked(say(wNavTalk), talkPath), linked(say(wNavChanges), changesPath), linked(say(wMap), mapPath), linked(say(wNavCracks), cracksPath), linked(say(wThemes), themesPath), linked(say(wNavMetrics), metricsPath),
			linked(say(wNavData), dataPath), linked(say(wNavGuide), guidePath),
		},
		Skip: say(wSkip), TreeTitle: say(wTreeTitle), TreeHint: say(wTreeHint),
		PagesName: say(wPagesName), TrailName: say(wTrailName), Choose: say(wChoosePeriod),
		AsOf: words(say(wAsOf, arg("day", Span{
			Text: p.Words.Day(today), Stamp: &Stamp{At: today.String()},
		}))),
		Fresh:  p.freshness(),
		WhatIf: p.whatIf(),
		Foot:   say(wFoot),
		Late:   say(wLate),
	}
}

// freshness says in one link how the sources fare.
func (p *Plan) freshness() Span {
	var bad []string
	for i := range p.model.Sources {
		if s := &p.model.Sources[i]; s.Status != model.SourceOK {
			bad = append(bad, sourceTitle(s))
		}
	}
	if len(bad) == 0 {
		return marked(MarkOK, linked(sayN(wSourcesFine, len(p.model.Sources)), dataPath))
	}
	s := sayN(wSourcesOld, len(bad), argCount("of", len(p.model.Sources)), argText("names", listed(bad)))
	return marked(MarkRisk, linked(s, dataPath))
}

// listed names at most three of a list.
func listed(names []string) string {
	const most = 3
	if len(names) > most {
		return strings.Join(names[:most], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

func sourceTitle(s *model.SourceInfo) string {
	if s.Title != "" {
		return s.Title
	}
	return s.Name
}

// trail links the ancestors of a node, from the root.
func (p *Plan) trail(n model.NodeIdx) []Span {
	path := p.model.Path(n)
	out := make([]Span, 0, len(path))
	for _, a := range path[:len(path)-1] {
		out = append(out, p.nodeLink(a))
	}
	return out
}

// fullTrail is trail with the node itself: for the pages of services and journeys.
func (p *Plan) fullTrail(n model.NodeIdx) []Span { return append(p.trail(n), p.nodeLink(n)) }

// maxTreeRow bounds how many siblings and how many children the org chart lists.
const maxTreeRow = 60

// tree lists the node's ancestors, siblings and children; beside the root stands (third
// party). current is false on the pages of services, which only show where they hang.
func (p *Plan) tree(n model.NodeIdx, current bool) []TreeItem {
	t := treeList{plan: p, at: n, current: current}
	path := p.model.Path(n)
	for i, a := range path[:len(path)-1] {
		item := t.item(a, i)
		item.Above = true
		t.items = append(t.items, item)
	}
	if n == 0 || n == p.model.ThirdParty {
		t.row([]model.NodeIdx{0, p.model.ThirdParty}, 0)
		return t.items
	}
	t.row(p.model.Nodes[p.model.Nodes[n].Parent].Children, len(path)-1)
	return t.items
}

type treeList struct {
	plan    *Plan
	at      model.NodeIdx
	current bool
	items   []TreeItem
}

// row lists nodes of one depth and, under the page's own node, its children.
func (t *treeList) row(nodes []model.NodeIdx, depth int) {
	for i, n := range nodes {
		if i >= maxTreeRow && n != t.at {
			continue
		}
		t.items = append(t.items, t.item(n, depth))
		if n == t.at {
			t.children(n, depth+1)
		}
	}
	t.more(len(nodes)-maxTreeRow, depth)
}

func (t *treeList) children(n model.NodeIdx, depth int) {
	children := t.plan.model.Nodes[n].Children
	for _, c := range children[:min(len(children), maxTreeRow)] {
		t.items = append(t.items, t.item(c, depth))
	}
	t.more(len(children)-maxTreeRow, depth)
}

func (t *treeList) more(n, depth int) {
	if n > 0 {
		t.items = append(t.items, TreeItem{Depth: depth, More: sayN(wMore, n)})
	}
}

func (t *treeList) item(n model.NodeIdx, depth int) TreeItem {
	return TreeItem{
		Span: t.plan.nodeLink(n), Depth: depth, Waiting: t.plan.found.Waiting(n),
		Current: t.current && n == t.at,
	}
}
