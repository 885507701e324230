package report

// ID is an entry of ids.json: an id with its kind, title and address.
type ID struct{ Kind, ID, Title, URL string }

// IDs lists every id of nodes, services, journeys, free pages, objectives and metrics, by kind and in
// the order of the model. Paths start at the site's root.
func (p *Plan) IDs() []ID {
	var out []ID
	for i := range p.model.Nodes {
		out = append(out, ID{"node", p.model.Nodes[i].ID, p.model.Nodes[i].Title, p.nodes[i]})
	}
	for i := range p.model.Services {
		out = append(out, ID{"service", p.model.Services[i].ID, p.model.Services[i].Title, p.service[i]})
	}
	for i := range p.model.Journeys {
		out = append(out, ID{"journey", p.model.Journeys[i].ID, p.model.Journeys[i].Title, p.journey[i]})
	}
	for _, doc := range p.pages {
		out = append(out, ID{"page", doc.ID, pageTitle(doc), pagePath(doc.ID)})
	}
	for i := range p.model.Objectives {
		if t, ok := p.objectiveTarget(p.model.Objectives[i].ID); ok {
			out = append(out, ID{"slo", p.model.Objectives[i].ID, t.Title, t.URL})
		}
	}
	for i := range p.metrics {
		out = append(out, ID{"metric", p.metrics[i].ID, p.metrics[i].Title, metricsPath + "#" + p.metrics[i].ID})
	}
	return out
}

// IncidentIDs lists the ids of all incidents, which documents may be about.
func (p *Plan) IncidentIDs() []string {
	out := make([]string, len(p.model.Incidents))
	for i := range out {
		out[i] = p.model.Incidents[i].ID
	}
	return out
}
