package report

import (
	"net/url"
	"strconv"
	"strings"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// The paths of the pages that are about no subject.
const (
	cracksPath  = "cracks/index.html"
	mapPath     = "map/index.html"
	talkPath    = "conversations/index.html"
	changesPath = "changes/index.html"
	themesPath  = "themes/index.html"
	metricsPath = "metrics/index.html"
	dataPath    = "data/index.html"
	guidePath   = "guide/index.html"
	missingPath = "404.html"
)

// address fills the paths of all subjects, which links share.
func (p *Plan) address() {
	p.nodes = make([]string, len(p.model.Nodes))
	for i := range p.nodes {
		p.nodes[i] = nodePath(p.model.Nodes[i].ID)
	}
	p.nodes[0] = "index.html"
	p.service = make([]string, len(p.model.Services))
	for i := range p.service {
		p.service[i] = servicePath(p.model.Services[i].ID)
	}
	p.journey = make([]string, len(p.model.Journeys))
	for i := range p.journey {
		p.journey[i] = "journey/" + content.EncodeID(p.model.Journeys[i].ID) + "/index.html"
	}
}

func nodePath(id string) string { return "org/" + content.EncodeID(id) + "/index.html" }

func servicePath(id string) string { return "service/" + content.EncodeID(id) + "/index.html" }

// path returns the path of a subject's page.
func (p *Plan) path(s rollup.Subject) string {
	switch s.Kind {
	case rollup.NodeSubject:
		return p.nodes[s.Index]
	case rollup.ServiceSubject:
		return p.service[s.Index]
	}
	return p.journey[s.Index]
}

// file returns the document that explains a subject, whether it exists or not.
func (p *Plan) file(s rollup.Subject) string {
	folder, id := "org", ""
	switch s.Kind {
	case rollup.NodeSubject:
		id = p.model.Nodes[s.Index].ID
	case rollup.ServiceSubject:
		folder, id = "service", p.model.Services[s.Index].ID
	default:
		folder, id = "journey", p.model.Journeys[s.Index].ID
	}
	return "content/" + folder + "/" + content.EncodeID(id) + ".md"
}

// edit returns the address at which a file of the site is edited; "" where none is known.
func (p *Plan) edit(file string) string {
	return strings.ReplaceAll(p.site.EditURL, "{path}", file)
}

// lineURL is where a line of a file of the site is read; "" where no place is known.
func (p *Plan) lineURL(file string, line int) string {
	file = (&url.URL{Path: file}).EscapedPath()
	if p.site.LineURL == "" {
		return p.edit(file)
	}
	return strings.NewReplacer("{path}", file, "{line}", strconv.Itoa(line)).Replace(p.site.LineURL)
}

// nodeLink, serviceLink and journeyLink are the titles of subjects, linked.
func (p *Plan) nodeLink(n model.NodeIdx) Span {
	return link(p.nodeTitle(n), p.nodes[n])
}

func (p *Plan) serviceLink(s model.ServiceIdx) Span {
	return link(p.serviceTitle(s), p.service[s])
}

func (p *Plan) journeyLink(j model.JourneyIdx) Span {
	title := p.model.Journeys[j].Title
	if title == "" {
		title = p.model.Journeys[j].ID
	}
	return link(title, p.journey[j])
}

// nodeTitle is the node's title, else its id; generated nodes are named by words.
func (p *Plan) nodeTitle(n model.NodeIdx) string {
	node := &p.model.Nodes[n]
	switch {
	case n == p.model.NotOwned:
		return p.Words.Plain(say(wNotOwned))
	case n == p.model.ThirdParty:
		return p.Words.Plain(say(wThirdParty))
	case node.Generated && n == 0:
		return p.site.Title
	case node.Title == "":
		return node.ID
	}
	return node.Title
}

func (p *Plan) serviceTitle(s model.ServiceIdx) string {
	if title := p.model.Services[s].Title; title != "" {
		return title
	}
	return p.model.Services[s].ID
}

// subjectLink is the link to any subject.
func (p *Plan) subjectLink(s rollup.Subject) Span {
	switch s.Kind {
	case rollup.NodeSubject:
		return p.nodeLink(model.NodeIdx(s.Index))
	case rollup.ServiceSubject:
		return p.serviceLink(model.ServiceIdx(s.Index))
	}
	return p.journeyLink(model.JourneyIdx(s.Index))
}

// home is the node that answers for a subject.
func (p *Plan) home(s rollup.Subject) model.NodeIdx {
	switch s.Kind {
	case rollup.NodeSubject:
		return model.NodeIdx(s.Index)
	case rollup.ServiceSubject:
		return p.model.Services[s.Index].Home
	}
	return p.model.Journeys[s.Index].Home
}
