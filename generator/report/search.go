package report

import (
	"slices"

	"uptree/generator/content"
	"uptree/generator/model"
)

// Search is what can be found on the site, beside the nodes of Org, whose other names it
// holds. Things are counted through, so that they can say what they belong to: first the
// nodes, then the groups in their order.
type Search struct {
	Former []SearchFormer
	Groups []SearchGroup
}

// SearchFormer is a node of the past, whose page leads to the one that stands for it.
type SearchFormer struct {
	Node  int // in Org
	Names []string
}

// SearchGroup holds the things of one kind. The address of a thing is At with the thing's
// Segment in the place of *; where At begins with #, that is a place on the page of what the
// thing belongs to.
type SearchGroup struct {
	Kind  Sentence
	At    string
	Items []SearchItem
}

// SearchItem is one thing that can be found.
type SearchItem struct {
	Title   string
	Segment string
	On      int      // the number of what it belongs to; -1 for nothing
	Names   []string // what it is called elsewhere
	Ended   bool
}

// Search lists what can be found, in the order of the model.
func (p *Plan) Search() *Search {
	s := &Search{Former: p.searchFormer()}
	next := len(p.model.Nodes)
	add := func(kind Word, at string, items []SearchItem) int {
		first := next
		next += len(items)
		s.Groups = append(s.Groups, SearchGroup{say(kind), at, items})
		return first
	}
	pages := p.searchPages(next)
	metrics := slices.IndexFunc(pages, func(i SearchItem) bool { return i.Segment == metricsPath })
	first := add(wKindPage, "*", pages)
	services := add(wKindService, "service/*/index.html", p.searchServices())
	journeys := add(wKindJourney, "journey/*/index.html", p.searchJourneys())
	add(wKindObjective, "#"+levelAnchor("")+"*", p.searchObjectives(services, journeys))
	add(wKindMetric, "#*", p.searchMetrics(first+metrics))
	return s
}

func (p *Plan) searchFormer() (out []SearchFormer) {
	for i := range p.model.Gone {
		if was := &p.model.Gone[i]; was.Now != model.NoIndex {
			out = append(out, SearchFormer{int(was.Now), named(was.Title, was.ID)})
		}
	}
	return out
}

// named lists names that are known, each once.
func named(names ...string) []string {
	var out []string
	for _, n := range names {
		if n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// searchPages are the pages that every page leads to, and the free pages; first is the
// number of the first.
func (p *Plan) searchPages(first int) []SearchItem {
	var out []SearchItem
	guide := -1
	for _, span := range p.frame.Nav {
		if span.Href == guidePath {
			guide = first + len(out)
		}
		out = append(out, SearchItem{Title: p.Words.Plain(*span.Say), Segment: span.Href, On: -1})
	}
	for _, doc := range p.pages {
		if doc.ID != indexPage {
			out = append(out, SearchItem{Title: pageTitle(doc), Segment: pagePath(doc.ID), On: guide})
		}
	}
	return out
}

func (p *Plan) searchServices() []SearchItem {
	out := make([]SearchItem, len(p.model.Services))
	for i := range out {
		s := &p.model.Services[i]
		out[i] = SearchItem{p.serviceTitle(model.ServiceIdx(i)), content.EncodeID(s.ID), int(s.Home), s.Aliases, !s.Living}
	}
	return out
}

func (p *Plan) searchJourneys() []SearchItem {
	out := make([]SearchItem, len(p.model.Journeys))
	for i := range out {
		j := &p.model.Journeys[i]
		out[i] = SearchItem{Title: p.journeyLink(model.JourneyIdx(i)).Text, Segment: content.EncodeID(j.ID), On: int(j.Home)}
	}
	return out
}

// searchObjectives are those of services and journeys that exist; services and journeys are
// the numbers of the first ones.
func (p *Plan) searchObjectives(services, journeys int) []SearchItem {
	var out []SearchItem
	for i := range p.model.Objectives {
		o := &p.model.Objectives[i]
		item := SearchItem{Title: o.Title, Segment: content.EncodeID(o.ID), Ended: !o.Living}
		switch {
		case o.Subject.Unknown != "": // it is on the page of what fell between the cracks
			continue
		case o.Subject.Service != model.NoIndex:
			item.On = services + int(o.Subject.Service)
		case o.Subject.Journey != model.NoIndex:
			item.On = journeys + int(o.Subject.Journey)
		default:
			item.On = int(o.Subject.Home)
		}
		out = append(out, item)
	}
	return out
}

func (p *Plan) searchMetrics(page int) []SearchItem {
	out := make([]SearchItem, len(p.metrics))
	for i := range out {
		out[i] = SearchItem{Title: p.metrics[i].Title, Segment: p.metrics[i].ID, On: page}
	}
	return out
}
