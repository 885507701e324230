package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

func composeService(p *Plan, i int) *Page {
	s := model.ServiceIdx(i)
	c := p.composer(rollup.OfService(s))
	page := c.page(p.serviceTitle(s))
	home := p.model.Services[s].Home
	page.Trail, page.Tree = p.fullTrail(home), p.tree(home, false)
	page.Subject.Line, page.Subject.Lineage = c.serviceLine(&p.model.Services[s]), c.serviceLineage(s)
	page.Subject.Facts = c.serviceFacts(&p.model.Services[s])
	page.Subject.Members = c.withPilot(c.dependencies(&p.model.Services[s]))
	page.Beside = c.explained(page)
	page.Card = c.card(page)
	return page
}

func (c *composer) serviceLine(s *model.Service) []Span {
	out := []Span{words(say(wService))}
	if s.Tier != "" {
		out = append(out, name(s.Tier))
	}
	if s.Lifecycle != "" {
		out = append(out, name(s.Lifecycle))
	}
	if !s.Living {
		out = append(out, marked(MarkQuiet, words(say(wEnded))))
	}
	return spaced(append(out, words(say(wAnsweredBy, arg("node", c.nodeLink(s.Home))))))
}

func (c *composer) serviceFacts(s *model.Service) Facts {
	var f Facts
	f.add(wOwner, c.owners(s))
	if s.System != "" {
		f.add(wSystem, Cell{name(s.System)})
	}
	if s.URL != "" {
		f.add(wDescribedAt, Cell{away(s.URL, s.URL)})
	}
	if len(s.Aliases) > 0 {
		var out []Span
		for _, a := range s.Aliases {
			out = append(out, name(a))
		}
		f.add(wAliases, joined(out))
	}
	if len(s.Journeys) > 0 {
		var out []Span
		for _, j := range s.Journeys {
			out = append(out, c.journeyLink(j))
		}
		f.add(wJourneys, joined(out))
	}
	return f
}

func (f *Facts) add(w Word, value Cell) { f.Rows = append(f.Rows, Fact{say(w), value}) }

// owners names the owners, or says that there is none and where that is listed.
func (c *composer) owners(s *model.Service) Cell {
	if len(s.Owners) == 0 {
		w := wNoOwner
		if s.ThirdParty {
			w = wThirdParty
		}
		return Cell{marked(MarkRisk, linked(say(w), cracksPath))}
	}
	var out []Span
	for _, o := range s.Owners {
		out = append(out, c.nodeLink(o))
	}
	if len(out) > 1 {
		out = append(out, words(say(wManyOwners, arg("node", c.nodeLink(s.Home)))))
	}
	return joined(out)
}

// dependencies lists what the service relies on and what relies on it.
func (c *composer) dependencies(s *model.Service) []Listing {
	out := Listing{Section: Section{ID: "depends-on", Title: say(wDependsOn)}}
	in := Listing{Section: Section{ID: "used-by", Title: say(wUsedBy)}}
	if len(s.DependsOn) > 0 {
		out.Table = c.dependencyTable("depends-on-list", wDependsOn, s.DependsOn, true)
	} else {
		out.Empty = say(wDependsOnEmpty)
	}
	if len(s.DependedOnBy) > 0 {
		in.Table = c.dependencyTable("used-by-list", wUsedBy, s.DependedOnBy, false)
	} else {
		in.Empty = say(wUsedByEmpty)
	}
	return []Listing{out, in}
}

// maxDependencies bounds one table of a service's dependencies.
const maxDependencies = 100

func (c *composer) dependencyTable(id string, title Word, edges []int32, outward bool) Table {
	t := Table{
		ID: id, Caption: say(title), Stack: true, Plain: true,
		Columns: []Column{{Head: say(wService)}, {Head: say(wOfNode)}, {Head: say(wHardness)}, {Head: say(wEvidence)}},
	}
	for _, e := range edges[:min(len(edges), maxDependencies)] {
		d := &c.model.Dependencies[e]
		other := d.From
		if outward {
			other = d.To
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{c.serviceLink(other)}, {c.nodeLink(c.model.Services[other].Home)},
			{words(say(hardnessWord(d.Hardness)))}, {words(say(evidenceWord(d)))},
		}})
	}
	c.addPromises(&t, func(row int) []int32 { return edges[row : row+1] })
	if more := len(edges) - maxDependencies; more > 0 {
		t.More = sayN(wMoreEdges, more)
	}
	return t
}

func evidenceWord(d *model.Dependency) Word {
	switch {
	case d.Declared && d.Observed:
		return wDeclaredObserved
	case d.Observed:
		return wObserved
	}
	return wDeclared
}
