package report

import "uptree/generator/model"

// The most rows that the tables of a page have; the rest is on the pages below.
const (
	maxServices = 300
	maxJourneys = 100
	maxEdges    = 4
)

// nodeMembers lists the services that a node answers for itself, and the journeys.
func (c *composer) nodeMembers(n model.NodeIdx) []Listing {
	node := &c.model.Nodes[n]
	out := []Listing{{Section: Section{ID: "services", Title: say(wServices), Lead: c.servicesLead(n)}}}
	if len(node.Services) > 0 {
		out[0].Table = c.serviceTable(node.Services)
	} else {
		out[0].Empty = c.noServices(n)
	}
	if len(node.Journeys) > 0 {
		out = append(out, Listing{
			Section: Section{ID: "journeys", Title: say(wJourneys), Lead: say(wJourneysLead)},
			Table:   c.journeyTable(node.Journeys),
		})
	}
	return out
}

// servicesLead says that there are more services further down.
func (c *composer) servicesLead(n model.NodeIdx) Sentence {
	services, _ := c.within(n)
	if below := services - len(c.model.Nodes[n].Services); below > 0 && len(c.model.Nodes[n].Services) > 0 {
		return sayN(wServicesBelow, below)
	}
	return Sentence{}
}

func (c *composer) noServices(n model.NodeIdx) Sentence {
	if services, _ := c.within(n); services > 0 {
		return sayN(wServicesBelow, services)
	}
	return say(wServicesEmpty)
}

func (c *composer) serviceTable(services []model.ServiceIdx) Table {
	t := Table{
		ID: "service-list", Caption: say(wServiceList), Stack: true, Plain: true,
		Columns: []Column{
			{Head: say(wService)}, {Head: say(wTier)}, {Head: say(wSystem)}, {Head: say(wRelies), Number: true},
			{Head: say(wReliedOnBy), Number: true}, {Head: say(wCovered)},
		},
	}
	for _, s := range services[:min(len(services), maxServices)] {
		t.Rows = append(t.Rows, Row{Cells: c.serviceCells(s)})
	}
	if more := len(services) - maxServices; more > 0 {
		t.More = sayN(wMore, more)
	}
	return t
}

func (c *composer) serviceCells(i model.ServiceIdx) []Cell {
	s := &c.model.Services[i]
	return []Cell{
		{c.serviceLink(i)}, {orDash(s.Tier)}, {orDash(s.System)},
		cellCount(len(s.DependsOn)), cellCount(len(s.DependedOnBy)), c.coveredBy(i),
	}
}

func orDash(s string) Span {
	if s == "" {
		return text(dash)
	}
	return name(s)
}

// coveredBy says which kinds of records name the service.
func (c *composer) coveredBy(s model.ServiceIdx) Cell {
	var out []Span
	if c.model.ServiceCovered(model.Incidents, s) {
		out = append(out, words(say(wIncidentsSource)))
	}
	if c.model.ServiceCovered(model.Synthetics, s) {
		out = append(out, words(say(wTestsSource)))
	}
	if c.model.ServiceCovered(model.Deployments, s) {
		out = append(out, words(say(wDeploymentsSource)))
	}
	if c.model.ServiceCovered(model.SLOs, s) {
		out = append(out, words(say(wObjectivesSource)))
	}
	if c.model.ServiceCovered(model.Findings, s) {
		out = append(out, words(say(wFindingsSource)))
	}
	if c.model.ServiceCovered(model.Costs, s) {
		out = append(out, words(say(wCostsSource)))
	}
	if len(out) == 0 {
		return Cell{marked(MarkRisk, words(say(wNoSource)))}
	}
	return joined(out)
}

func (c *composer) journeyTable(journeys []model.JourneyIdx) Table {
	t := Table{
		ID: "journey-list", Caption: say(wJourneyList), Stack: true, Plain: true,
		Columns: []Column{{Head: say(wJourney)}, {Head: say(wServices), Number: true}, {Head: say(wPassesThrough)}},
	}
	for _, j := range journeys[:min(len(journeys), maxJourneys)] {
		jo := &c.model.Journeys[j]
		t.Rows = append(t.Rows, Row{Cells: []Cell{{c.journeyLink(j)}, cellCount(len(jo.Services)), c.homesOf(jo.Services)}})
	}
	if more := len(journeys) - maxJourneys; more > 0 {
		t.More = sayN(wMore, more)
	}
	return t
}

// homesOf links the distinct homes of services, in their order, a few of them.
func (c *composer) homesOf(services []model.ServiceIdx) Cell {
	var out []Span
	seen := map[model.NodeIdx]bool{}
	for _, s := range services {
		if h := c.model.Services[s].Home; !seen[h] {
			seen[h] = true
			out = append(out, c.nodeLink(h))
		}
	}
	if len(out) > 2*maxHit {
		more := words(sayN(wMore, len(out)-2*maxHit))
		out = append(out[:2*maxHit], more)
	}
	return joined(out)
}

func hardnessWord(h model.Hardness) Word {
	switch h {
	case model.Hard:
		return wHard
	case model.Soft:
		return wSoft
	case model.Async:
		return wAsync
	}
	return wUnstated
}
