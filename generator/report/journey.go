package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

func composeJourney(p *Plan, i int) *Page {
	j := model.JourneyIdx(i)
	c := p.composer(rollup.OfJourney(j))
	jo := &p.model.Journeys[j]
	page := c.page(p.journeyLink(j).Text)
	page.Trail, page.Tree = p.fullTrail(jo.Home), p.tree(jo.Home, false)
	s := page.Subject
	s.Line = spaced([]Span{
		words(say(wJourney)), words(sayN(wServicesCount, len(jo.Services))),
		words(say(wAnsweredBy, arg("node", p.nodeLink(jo.Home)))),
	})
	s.Facts = c.journeyFacts(jo)
	s.Members = c.withPilot([]Listing{c.stops(jo)})
	page.Beside = c.explained(page)
	page.Card = c.card(page)
	return page
}

func (c *composer) journeyFacts(j *model.Journey) Facts {
	var f Facts
	if j.Owner == model.NoIndex {
		f.add(wOwner, Cell{words(say(wJourneyNoOwner, arg("node", c.nodeLink(j.Home))))})
	} else {
		f.add(wOwner, Cell{c.nodeLink(j.Owner)})
	}
	if j.URL != "" {
		f.add(wDescribedAt, Cell{away(j.URL, j.URL)})
	}
	return f
}

// stops lists the services that a journey passes through, in its order.
func (c *composer) stops(j *model.Journey) Listing {
	l := Listing{Section: Section{ID: "services", Title: say(wStops)}}
	l.Table = Table{
		ID: "stop-list", Caption: say(wStops), Stack: true, Plain: true,
		Columns: []Column{{Head: say(wService)}, {Head: say(wOfNode)}, {Head: say(wTier)}, {Head: say(wCovered)}},
	}
	for _, s := range j.Services {
		service := &c.model.Services[s]
		l.Table.Rows = append(l.Table.Rows, Row{Cells: []Cell{
			{c.serviceLink(s)}, {c.nodeLink(service.Home)}, {orDash(service.Tier)}, c.coveredBy(s),
		}})
	}
	for _, id := range j.UnknownServices {
		l.Table.Rows = append(l.Table.Rows, Row{Cells: []Cell{
			{name(id)}, {marked(MarkRisk, words(say(wUnknownID)))}, {text(dash)}, {text(dash)},
		}})
	}
	if len(l.Table.Rows) == 0 {
		l.Empty = say(wStopsEmpty)
	}
	return l
}
