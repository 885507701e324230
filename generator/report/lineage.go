package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// The bounds of what a page says of the past of its subject.
const (
	maxBefore   = 3 // in a line
	maxTookOver = 5 // likewise
	maxHandover = 50
)

// nodeLineage says what a node was part of before, and which nodes it stands for.
func (c *composer) nodeLineage(n model.NodeIdx) []Span {
	var out []Span
	for _, was := range c.model.Nodes[n].Before[:min(len(c.model.Nodes[n].Before), maxBefore)] {
		out = append(out, words(say(wUntilPartOf, argText("day", c.Words.Day(was.Last)), arg("node", c.former(&was)))))
	}
	took := 0
	for i := range c.model.Gone {
		was := &c.model.Gone[i]
		if was.Now != n {
			continue
		}
		if took++; took <= maxTookOver {
			out = append(out, words(say(wTookOver, argText("day", c.Words.Day(was.Last)), arg("node", name(was.Title)))))
		}
	}
	if took > maxTookOver {
		out = append(out, words(sayN(wMore, took-maxTookOver)))
	}
	return spaced(out)
}

// former names a node of the past and leads to what stands for it.
func (p *Plan) former(was *model.Former) Span {
	if was.Now == model.NoIndex {
		return name(was.Title)
	}
	return link(was.Title, p.nodes[was.Now])
}

// serviceLineage says who answered for a service before, and as what one goes on that has
// ended.
func (c *composer) serviceLineage(s model.ServiceIdx) []Span {
	var out []Span
	for _, h := range c.model.Handovers {
		if h.Service == s && len(out) < maxBefore {
			out = append(out, words(say(wUntilAnsweredBy, argText("day", c.Words.Day(h.Last)), arg("node", c.nodeLink(h.From)))))
		}
	}
	if next := c.model.Services[s].GoesOnAs; next != model.NoIndex {
		out = append(out, words(say(wGoesOnAs, arg("service", c.serviceLink(next)))))
	}
	return spaced(out)
}

// handovers lists the services that came into a node's subtree or left it, as far back as
// figures reach.
func (c *composer) handovers(n model.NodeIdx) []Listing {
	var crossed []model.Handover
	for _, h := range c.model.Handovers {
		if c.model.In(h.From, n) != c.model.In(h.To, n) && h.Last >= c.oldestDay() {
			crossed = append(crossed, h)
		}
	}
	if len(crossed) == 0 {
		return nil
	}
	t := Table{
		ID: "handover-list", Caption: say(wHandovers), Stack: true, Plain: true,
		Columns: []Column{{Head: say(wService)}, {Head: say(wHandedUntil)}, {Head: say(wHandedFrom)}, {Head: say(wHandedTo)}},
	}
	for _, h := range crossed[:min(len(crossed), maxHandover)] {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{c.serviceLink(h.Service)}, {text(c.Words.Day(h.Last))}, {c.nodeLink(h.From)}, {c.nodeLink(h.To)},
		}})
	}
	if more := len(crossed) - maxHandover; more > 0 {
		t.More = sayN(wMore, more)
	}
	return []Listing{{Section: Section{ID: "handovers", Title: say(wHandovers), Lead: say(wHandoversLead)}, Table: t}}
}

// oldestDay is the first day that any figure is about.
func (p *Plan) oldestDay() model.Day {
	oldest := p.model.AsOf
	for i := range p.cube.Periods {
		oldest = min(oldest, p.cube.Periods[i].Current.From, p.cube.Periods[i].Previous.From)
	}
	return p.model.Calendar.DayAt(oldest)
}

// Moved leads from an address to the page that took its place.
type Moved struct {
	To   string // path of that page
	Text Sentence
}

// moved is an address that is no longer, or not yet, that of a page.
type moved struct {
	kind, id, path string // kind as in ids.json
	to             rollup.Subject
	text           Sentence
}

// listMoved lists the addresses of nodes that have ended, of other ids of services and,
// where the root was once below another node, the one that it had there.
func (p *Plan) listMoved() (out []moved) {
	for i := range p.model.Gone {
		if was := &p.model.Gone[i]; was.Now != model.NoIndex {
			out = append(out, moved{"node", was.ID, nodePath(was.ID), rollup.OfNode(was.Now),
				say(wNodeGone, arg("was", name(was.Title)), argText("day", p.Words.Day(was.Last)), arg("node", p.nodeLink(was.Now)))})
		}
	}
	if root := &p.model.Nodes[0]; len(root.Before) > 0 {
		out = append(out, moved{"", root.ID, nodePath(root.ID), rollup.OfNode(0), say(wNodeMoved, arg("node", p.nodeLink(0)))})
	}
	for _, a := range p.model.Aliases {
		out = append(out, moved{"service", a.ID, servicePath(a.ID), rollup.OfService(a.Service),
			say(wOtherID, arg("id", name(a.ID)), arg("service", p.serviceLink(a.Service)))})
	}
	return out
}

func composeMoved(p *Plan, i int) *Page {
	m := &p.moved[i]
	span := p.subjectLink(m.to)
	return &Page{Path: m.path, Title: span.Text, Moved: &Moved{To: span.Href, Text: m.text}}
}

// MovedIDs lists the ids of subjects whose page is that of another now.
func (p *Plan) MovedIDs() []ID {
	var out []ID
	for i := range p.moved {
		if m := &p.moved[i]; m.kind != "" {
			out = append(out, ID{m.kind, m.id, p.subjectLink(m.to).Text, p.path(m.to)})
		}
	}
	return out
}
