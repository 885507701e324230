package report

import (
	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// composer makes the page of one subject.
type composer struct {
	*Plan
	subject rollup.Subject
	stats   rollup.Stats
	doc     *content.Doc // the team's words; nil where none are written
	side    []placedCaveat
	daily   map[int]rollup.Series  // by metric: see series
	told    map[string]bool        // incidents whose narrative is on the page
	records map[int]rollup.Extract // of the default period, by metric: see made
}

func (p *Plan) composer(s rollup.Subject) *composer {
	c := &composer{Plan: p, subject: s, stats: p.cube.Stats(s)}
	switch s.Kind {
	case rollup.NodeSubject:
		c.doc = p.docs.Get(content.Node, p.model.Nodes[s.Index].ID)
	case rollup.ServiceSubject:
		c.doc = p.docs.Get(content.Service, p.model.Services[s.Index].ID)
	default:
		c.doc = p.docs.Get(content.Journey, p.model.Journeys[s.Index].ID)
	}
	c.side = c.caveatsHere()
	return c
}

// page is what the pages of all subjects have.
func (c *composer) page(title string) *Page {
	p := &Page{
		Path: c.path(c.subject), Title: title, Periods: c.periodLinks(),
		Subject: &Subject{
			Name: title, Edit: c.editLink(), Numbers: c.numbers(), Context: c.context(), Talk: c.talk(), Levels: c.levels(),
			Incidents: c.incidents(), Tests: c.tests(), Delivery: c.delivery(), Security: c.security(), Cost: c.cost(), Bandwidth: c.bandwidth(), Notes: c.notes(),
		},
		Twin: c.twin(),
	}
	if len(p.Subject.Numbers.Tiles) == 0 && !p.HasCharts() {
		p.Periods = nil // there is nothing that another period would change
	}
	return p
}

// generated reports whether the page is about a node that no record names: it has no words
// of its own.
func (c *composer) generated() bool {
	return c.subject.Kind == rollup.NodeSubject && c.model.Nodes[c.subject.Index].Generated
}

func (c *composer) editLink() Span {
	href := c.edit(c.file(c.subject))
	if href == "" || c.generated() {
		return Span{}
	}
	if c.doc == nil {
		return Span{Say: new(say(wWritePage)), Href: href, Away: true}
	}
	return Span{Say: new(say(wEditPage)), Href: href, Away: true}
}

// beside is the link to a file in the page's own folder.
func beside(file string) string { return "./" + file }

func composeNode(p *Plan, i int) *Page {
	n := model.NodeIdx(i)
	c := p.composer(rollup.OfNode(n))
	page := c.page(p.nodeTitle(n))
	page.Trail, page.Tree, page.Feed = p.trail(n), p.tree(n, true), p.feed(n)
	s := page.Subject
	s.Line, s.Lineage = c.nodeLine(n), c.nodeLineage(n)
	s.Attention, s.Changes = c.attention(n), c.changes(n)
	s.Voice = c.voice(s)
	s.Members = append(c.withPilot(c.nodeMembers(n)), c.handovers(n)...)
	s.Members = append(s.Members, c.gates(n)...)
	s.Origin = c.origin(n)
	s.Boundary = c.nodeBoundary(n)
	page.Beside = c.explained(page)
	page.Card = c.card(page)
	return page
}

// nodeLine is the line under the title: the kind of the node and what it holds.
func (c *composer) nodeLine(n model.NodeIdx) []Span {
	node := &c.model.Nodes[n]
	out := []Span{}
	switch {
	case n == c.model.NotOwned:
		out = append(out, words(say(wNotOwnedLine)))
	case n == c.model.ThirdParty:
		out = append(out, words(say(wThirdPartyLine)))
	case node.Kind != "":
		out = append(out, name(node.Kind))
	}
	counts := c.holdings(n)
	for _, h := range counts {
		out = append(out, words(h))
	}
	return spaced(out)
}

// holdings counts what lies in a node's subtree.
func (c *composer) holdings(n model.NodeIdx) []Sentence {
	var out []Sentence
	if k := len(c.model.Nodes[n].Children); k > 0 {
		out = append(out, sayN(wChildrenCount, k))
	}
	if k := int(c.model.Nodes[n].End-n) - 1; k > len(c.model.Nodes[n].Children) {
		out = append(out, sayN(wNodesCount, k))
	}
	services, journeys := c.within(n)
	out = append(out, sayN(wServicesCount, services))
	if journeys > 0 {
		out = append(out, sayN(wJourneysCount, journeys))
	}
	return out
}

func (c *composer) within(n model.NodeIdx) (services, journeys int) {
	for i := n; i < c.model.Nodes[n].End; i++ {
		services += len(c.model.Nodes[i].Services)
		journeys += len(c.model.Nodes[i].Journeys)
	}
	return services, journeys
}
