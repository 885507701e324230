package report

import (
	"strings"

	"uptree/generator/content"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// resolver turns typed links into links from the page at path; "" stands for the site's
// root.
func (p *Plan) resolver(path string) content.Resolver {
	up := strings.Repeat("../", strings.Count(path, "/"))
	return func(kind content.Kind, id string) (content.Target, bool) {
		t, ok := p.target(kind, id)
		switch {
		case !ok:
			t.Near = diag.Suggest(id, p.idsOf(kind))
		case !strings.Contains(t.URL, "://"):
			t.URL = up + t.URL
		}
		return t, ok
	}
}

// idsOf lists the known ids of a kind, for suggestions.
func (p *Plan) idsOf(kind content.Kind) []string {
	if kind == content.Incident {
		return p.IncidentIDs()
	}
	var out []string
	for _, id := range p.IDs() {
		if id.Kind == string(kind) {
			out = append(out, id.ID)
		}
	}
	return out
}

// target is where an id is published, from the site's root.
func (p *Plan) target(kind content.Kind, id string) (content.Target, bool) {
	switch kind {
	case content.Page:
		return p.pageTarget(id)
	case content.Incident:
		i, ok := p.model.Incident(id)
		if !ok {
			return content.Target{}, false
		}
		return p.incidentTarget(&p.model.Incidents[i]), true
	case content.Objective:
		return p.objectiveTarget(id)
	case content.Metric:
		m := p.cube.Metric(id)
		if m < 0 {
			return content.Target{}, false
		}
		return content.Target{URL: metricsPath + "#" + id, Title: p.metrics[m].Title}, true
	}
	s, ok := p.subjectOf(&content.Doc{Kind: kind, ID: id})
	if n, gone := p.model.Standing(id); !ok && kind == content.Node && gone {
		span := p.nodeLink(n)
		return content.Target{URL: span.Href, Title: span.Text, Heir: p.model.Nodes[n].ID}, true
	}
	if !ok {
		return content.Target{}, false
	}
	span := p.subjectLink(s)
	return content.Target{URL: span.Href, Title: span.Text}, true
}

// objectiveTarget is where the objective stands on the page of what it is about.
func (p *Plan) objectiveTarget(id string) (content.Target, bool) {
	i, ok := p.model.Objective(id)
	if !ok {
		return content.Target{}, false
	}
	return content.Target{URL: p.objectivePath(i), Title: p.model.Objectives[i].Title}, true
}

// incidentTarget is the record in the system it came from, else the page of the level
// that saw all of it.
func (p *Plan) incidentTarget(in *model.Incident) content.Target {
	t := content.Target{URL: in.URL, Title: in.Title}
	if t.Title == "" {
		t.Title = in.ID
	}
	if t.URL == "" {
		at := in.Homes[0]
		for _, h := range in.Homes[1:] {
			if up := p.model.LCA(at, h); up != model.NoIndex {
				at = up
			}
		}
		t.URL = p.nodes[at]
	}
	return t
}

// subjectOf is what a document is about, where that has figures.
func (p *Plan) subjectOf(doc *content.Doc) (rollup.Subject, bool) {
	switch doc.Kind {
	case content.Node:
		n, ok := p.model.Node(doc.ID)
		return rollup.OfNode(n), ok
	case content.Service:
		s, ok := p.model.Service(doc.ID)
		return rollup.OfService(s), ok
	case content.Journey:
		j, ok := p.model.Journey(doc.ID)
		return rollup.OfJourney(j), ok
	}
	return rollup.Subject{}, false
}

func (p *Plan) metricTitle(id string) string {
	if m := p.cube.Metric(id); m >= 0 {
		return p.metrics[m].Title
	}
	return id
}
