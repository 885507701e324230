package report

import (
	"cmp"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// Measure is a cell of the cube: one metric at one subject over one period, unrounded.
type Measure = rollup.Cell

// Distribution is a distribution of a measure.
type Distribution = rollup.Dist

// CostMonth is what a calendar month cost, by currency.
type CostMonth = rollup.CostMonth

// Spent is what was spent in one currency.
type Spent = rollup.Spent

// MoneyPart is a part of it.
type MoneyPart = rollup.MoneyPart

// Spread is what services have of a figure.
type Spread = rollup.Spread

// Twin is what index.json and data.csv beside a page hold: the page's figures, unrounded.
// Node, Service or Journey says what it is about.
type Twin struct {
	Schema         string
	ID, Title      string
	Node           *TwinNode
	Service        *TwinService
	Journey        *TwinJourney
	Periods        []string
	Metrics        []TwinMetric
	Objectives     []TwinObjective
	Attention      []TwinSignal
	CostMonths     []CostMonth    // the last months, the current one last
	Incidents      []TwinIncident // of the default period, newest first, maxTwinIncidents at most
	IncidentsTotal int

	// What was deployed in the default period: at a service its deployments, newest first,
	// else the services that did, by title; maxTwinDelivery at most.
	Deployments      []TwinDeployment
	DeploymentsTotal int
	Delivery         []TwinDelivery
	DeliveryTotal    int
	Findings         []TwinFinding // of a service: what is open, gravest first, maxTwinFindings at most
	FindingsTotal    int
}

// TwinNode is what index.json says of a node beside its figures. Ids throughout.
type TwinNode struct {
	Kind               string
	Parent             string // "" for the root
	Path, Children     []string
	Services, Journeys []string
}

// TwinService is what index.json says of a service.
type TwinService struct {
	Owner, Home, Tier string
	Contributors      []string
	Out, In           []TwinDependency
}

// TwinDependency is an edge of the service graph as one of its ends sees it.
type TwinDependency struct {
	Service, Hardness, Evidence, Home string
	Promise                           *TwinPromise // nil where the service that relies promises nothing
}

// TwinJourney is what index.json says of a journey.
type TwinJourney struct {
	Owner, Home string
	Services    []string
}

// TwinMetric is one metric over every period.
type TwinMetric struct {
	Metric  *rollup.Metric
	Sources []string
	Cells   []rollup.Cell
}

// Reason says why a measure has no single value; "" where it has one.
func (m *TwinMetric) Reason(c *Measure) string {
	switch {
	case c.Known && m.distributed(c):
		return rollup.ReasonDistributed.String()
	case !c.Known:
		return c.Reason.String()
	}
	return ""
}

// distributed reports whether a measure has parts in place of a value.
func (m *TwinMetric) distributed(c *Measure) bool {
	return m.Metric.Operator == rollup.Distribution || c.Spread != nil || m.Metric.Operator == rollup.PerService && len(c.Dists) > 0
}

// Money reports whether the measure is money: exact, and in a currency of its own.
func (m *TwinMetric) Money() bool { return m.Metric.Unit == rollup.Currency }

// Ratio reports whether a numerator and a denominator stand beside the value.
func (m *TwinMetric) Ratio(c *Measure) bool { return isRatio(m.Metric, c) }

// PerService reports whether services are measured, and what holds them by their spread.
func (m *TwinMetric) PerService() bool { return m.Metric.Operator == rollup.PerService }

// Time reports whether a plain sum stands beside the union.
func (m *TwinMetric) Time() bool { return m.Metric.Operator == rollup.Time }

// Past is the value of the period before, or the reason why there is none.
func (m *TwinMetric) Past(c *Measure) (v float64, reason string) {
	if m.distributed(c) {
		return 0, rollup.ReasonDistributed.String()
	}
	return c.Previous, c.PreviousReason.String()
}

// TwinSignal is a line of attention in plain text.
type TwinSignal struct{ Code, Lever, Text, Ref string }

// TwinIncident is an incident as the page's subject sees it.
type TwinIncident struct {
	ID, Source, Title, Severity, URL string
	Started, Ended                   string // RFC 3339; Ended "" while open
	Class                            string // own, inherited, unrecorded, exported or planned
	Seconds                          float64
}

// maxTwinIncidents bounds the incidents of one index.json.
const maxTwinIncidents = 200

func (c *composer) twin() *Twin {
	t := &Twin{}
	switch c.subject.Kind {
	case rollup.NodeSubject:
		c.nodeTwin(t, model.NodeIdx(c.subject.Index))
	case rollup.ServiceSubject:
		c.serviceTwin(t, &c.model.Services[c.subject.Index])
	default:
		c.journeyTwin(t, &c.model.Journeys[c.subject.Index])
	}
	for i := range c.periods {
		t.Periods = append(t.Periods, c.periods[i].name)
	}
	for m := range c.stats {
		metric := &c.metrics[m]
		t.Metrics = append(t.Metrics, TwinMetric{metric, c.sourceNames(metric.Dataset), c.stats[m]})
	}
	t.Objectives = c.objectives()
	c.twinIncidents(t)
	c.twinDelivery(t)
	c.twinFindings(t)
	t.CostMonths = c.cube.CostMonths(c.subject, maxCostMonths)
	return t
}

func (p *Plan) sourceNames(d model.Dataset) []string {
	var out []string
	for i := range p.model.Sources {
		for _, have := range p.model.Sources[i].Datasets {
			if have == d {
				out = append(out, p.model.Sources[i].Name)
			}
		}
	}
	return out
}

func (c *composer) nodeTwin(t *Twin, n model.NodeIdx) {
	node := &c.model.Nodes[n]
	t.Schema, t.ID, t.Title = "uptree/node/1", node.ID, c.nodeTitle(n)
	t.Node = &TwinNode{
		Kind: node.Kind, Path: c.nodeIDs(c.model.Path(n)), Children: c.nodeIDs(node.Children),
		Services: c.serviceIDs(node.Services),
	}
	if node.Parent != model.NoIndex {
		t.Node.Parent = c.model.Nodes[node.Parent].ID
	}
	for _, j := range node.Journeys {
		t.Node.Journeys = append(t.Node.Journeys, c.model.Journeys[j].ID)
	}
	for _, s := range c.found.Attention(n) {
		line := TwinSignal{Code: s.Code, Text: c.Words.Plain(c.signalText(s)), Ref: cmp.Or(s.Ref, c.ref(s.Subject))}
		if s.Lever != model.NoIndex {
			line.Lever = c.model.Nodes[s.Lever].ID
		}
		t.Attention = append(t.Attention, line)
	}
}

func (p *Plan) nodeIDs(nodes []model.NodeIdx) []string {
	out := make([]string, len(nodes))
	for i, n := range nodes {
		out[i] = p.model.Nodes[n].ID
	}
	return out
}

func (p *Plan) serviceIDs(services []model.ServiceIdx) []string {
	out := make([]string, len(services))
	for i, s := range services {
		out[i] = p.model.Services[s].ID
	}
	return out
}

// ref names a subject as typed links do: service:checkout.
func (p *Plan) ref(s rollup.Subject) string {
	switch s.Kind {
	case rollup.NodeSubject:
		return "node:" + p.model.Nodes[s.Index].ID
	case rollup.ServiceSubject:
		return "service:" + p.model.Services[s.Index].ID
	}
	return "journey:" + p.model.Journeys[s.Index].ID
}

func (c *composer) serviceTwin(t *Twin, s *model.Service) {
	t.Schema, t.ID, t.Title = "uptree/service/1", s.ID, c.serviceTitle(model.ServiceIdx(c.subject.Index))
	t.Service = &TwinService{Home: c.model.Nodes[s.Home].ID, Tier: s.Tier}
	if len(s.Owners) == 1 {
		t.Service.Owner = c.model.Nodes[s.Owners[0]].ID
	} else {
		t.Service.Contributors = c.nodeIDs(s.Owners)
	}
	for _, d := range s.DependsOn {
		t.Service.Out = append(t.Service.Out, c.twinDependency(d, c.model.Dependencies[d].To))
	}
	for _, d := range s.DependedOnBy {
		t.Service.In = append(t.Service.In, c.twinDependency(d, c.model.Dependencies[d].From))
	}
}

func (c *composer) twinDependency(d int32, other model.ServiceIdx) TwinDependency {
	dep, s := &c.model.Dependencies[d], &c.model.Services[other]
	out := TwinDependency{Service: s.ID, Home: c.model.Nodes[s.Home].ID}
	out.Hardness = [...]string{"", "hard", "soft", "async"}[dep.Hardness]
	switch {
	case dep.Observed && dep.Declared:
		out.Evidence = "declared, observed"
	case dep.Observed:
		out.Evidence = "observed"
	case dep.Declared:
		out.Evidence = "declared"
	}
	out.Promise = c.twinPromise(d)
	return out
}

func (c *composer) journeyTwin(t *Twin, j *model.Journey) {
	t.Schema, t.ID, t.Title = "uptree/journey/1", j.ID, c.journeyLink(model.JourneyIdx(c.subject.Index)).Text
	t.Journey = &TwinJourney{Home: c.model.Nodes[j.Home].ID, Services: c.serviceIDs(j.Services)}
	if j.Owner != model.NoIndex {
		t.Journey.Owner = c.model.Nodes[j.Owner].ID
	}
}

// twinIncidents lists the incidents of the default period.
func (c *composer) twinIncidents(t *Twin) {
	rows := c.cube.Incidents(c.subject, c.period)
	t.IncidentsTotal = len(rows)
	for _, r := range rows[:min(len(rows), maxTwinIncidents)] {
		in := &c.model.Incidents[r.Incident]
		out := TwinIncident{
			ID: in.ID, Title: in.Title, Severity: c.model.Severities[in.Severity], URL: in.URL,
			Started: stamp(c.model.Calendar, in.Start()), Class: twinClass(r, in), Seconds: r.Seconds,
		}
		if int(in.Origin.Source) < len(c.model.Sources) {
			out.Source = c.model.Sources[in.Origin.Source].Name
		}
		if !in.Open {
			out.Ended = stamp(c.model.Calendar, in.End)
		}
		t.Incidents = append(t.Incidents, out)
	}
}

func twinClass(r rollup.Row, in *model.Incident) string {
	switch {
	case in.Planned:
		return "planned"
	case !r.Impacted:
		return "exported"
	}
	return r.Class.String()
}
