package render

import "uptree/generator/report"

// appendTwin writes the index.json of a page: the shapes of the public contract. Numbers
// are unrounded; a figure that is missing is null with its reason.
func appendTwin(dst []byte, t *report.Twin) []byte {
	o := object{dst: dst}
	o.open('{').key("schema").str(t.Schema).key("id").str(t.ID).key("title").str(t.Title)
	switch {
	case t.Node != nil:
		o.node(t.Node)
	case t.Service != nil:
		o.service(t.Service)
	case t.Journey != nil:
		o.key("owner").orNull(t.Journey.Owner).key("home").str(t.Journey.Home)
		o.key("services").strings(t.Journey.Services)
	}
	o.key("metrics").open('{')
	for i := range t.Metrics {
		o.metric(&t.Metrics[i], t.Periods)
	}
	o.close('}')
	o.objectives(t.Objectives)
	if t.Node != nil {
		o.key("services").strings(t.Node.Services).key("journeys").strings(t.Node.Journeys)
		o.attention(t.Attention)
	}
	o.incidents(t)
	o.delivery(t)
	o.findings(t)
	o.costMonths(t.CostMonths)
	return append(o.close('}').dst, '\n')
}

func (o *object) node(n *report.TwinNode) {
	o.key("kind").str(n.Kind).key("parent").orNull(n.Parent)
	o.key("path").strings(n.Path).key("children").strings(n.Children)
}

func (o *object) service(s *report.TwinService) {
	o.key("owner").orNull(s.Owner).key("contributors").strings(s.Contributors)
	o.key("home").str(s.Home).key("tier").orNull(s.Tier)
	o.key("dependencies").open('{')
	o.dependencies("out", s.Out)
	o.dependencies("in", s.In)
	o.close('}')
}

func (o *object) dependencies(name string, list []report.TwinDependency) {
	o.key(name).open('[')
	for _, d := range list {
		o.open('{').key("service").str(d.Service).key("hardness").orNull(d.Hardness)
		o.key("evidence").orNull(d.Evidence).key("home").str(d.Home).key("promise")
		o.promise(d.Promise)
		o.close('}')
	}
	o.close(']')
}

func (o *object) attention(lines []report.TwinSignal) {
	o.key("attention").open('[')
	for _, l := range lines {
		o.open('{').key("code").str(l.Code).key("lever").orNull(l.Lever)
		o.key("text").str(l.Text).key("ref").str(l.Ref).close('}')
	}
	o.close(']')
}

func (o *object) incidents(t *report.Twin) {
	o.key("incidents_total").int(t.IncidentsTotal).key("incidents").open('[')
	for i := range t.Incidents {
		in := &t.Incidents[i]
		o.open('{').key("id").str(in.ID).key("source").str(in.Source).key("title").str(in.Title)
		o.key("severity").orNull(in.Severity).key("url").orNull(in.URL)
		o.key("started").str(in.Started).key("ended").orNull(in.Ended)
		o.key("class").str(in.Class).key("seconds").num(in.Seconds).close('}')
	}
	o.close(']')
}

func (o *object) metric(m *report.TwinMetric, periods []string) {
	o.key(m.Metric.ID).open('{')
	for i := range m.Cells {
		o.key(periods[i])
		o.figure(m, &m.Cells[i])
	}
	o.close('}')
}

// figure writes one metric over one period.
func (o *object) figure(m *report.TwinMetric, c *report.Measure) {
	if m.Money() {
		o.money(m, c)
		return
	}
	o.open('{').key("value")
	if why := m.Reason(c); why != "" {
		o.null().key("reason").str(why)
	} else {
		o.num(c.Value)
	}
	o.key("unit").str(string(m.Metric.Unit))
	if c.Known {
		o.known(m, c)
	} else if m.PerService() {
		o.by(c) // what is in no figure may be why there is none
		o.distributions(c)
	}
	o.spread(c)
	o.states(c)
	if c.Of > 0 {
		o.key("coverage").open('{').key("covered").int(c.Covered).key("of").int(c.Of).close('}')
	}
	o.key("sources").strings(m.Sources)
	o.notes(c)
	o.close('}')
}

func (o *object) known(m *report.TwinMetric, c *report.Measure) {
	if m.Ratio(c) {
		o.key("numerator").int(int(c.Num)).key("denominator").int(int(c.Den))
	} else {
		o.key("n").int(c.N)
	}
	if m.Time() {
		o.key("sum").num(c.Sum)
	}
	o.past(m, c)
	o.parts(c)
	o.distributions(c)
	if cons := c.Conserved; cons != nil {
		o.key("conservation").open('{').key("children")
		o.named(len(cons.Children), func(i int) (string, float64) { return cons.Children[i].Name, cons.Children[i].Value })
		o.key("direct").num(cons.Direct).key("shared").num(cons.Shared).close('}')
	}
}

func (o *object) past(m *report.TwinMetric, c *report.Measure) {
	if v, why := m.Past(c); why != "" {
		o.key("previous").null().key("previous_reason").str(why)
	} else {
		o.key("previous").num(v)
	}
	if c.Usual != nil {
		o.key("usual").open('[').num(c.Usual[0]).num(c.Usual[1]).close(']')
	}
}

func (o *object) parts(c *report.Measure) {
	if len(c.Parts) > 0 {
		o.key("parts").named(len(c.Parts), func(i int) (string, float64) { return c.Parts[i].Name, c.Parts[i].Value })
	}
	if c.Exported != nil {
		o.key("exported").num(*c.Exported)
	}
	if len(c.Segments) > 0 {
		o.key("segments").named(len(c.Segments), func(i int) (string, float64) { return c.Segments[i].Name, c.Segments[i].Value })
	}
	o.by(c)
}

func (o *object) by(c *report.Measure) {
	if len(c.By) == 0 {
		return
	}
	o.key("by").open('{')
	for _, b := range c.By {
		o.key(b.Dimension).named(len(b.Parts), func(i int) (string, float64) { return b.Parts[i].Name, b.Parts[i].Value })
	}
	o.close('}')
}

// named writes an object of numbers.
func (o *object) named(n int, at func(int) (string, float64)) *object {
	o.open('{')
	for i := range n {
		name, v := at(i)
		o.key(name).num(v)
	}
	return o.close('}')
}

func (o *object) distributions(c *report.Measure) {
	if len(c.Dists) == 0 {
		return
	}
	o.key("distributions").open('{')
	for i := range c.Dists {
		o.distribution(&c.Dists[i])
	}
	o.close('}')
}

func (o *object) distribution(d *report.Distribution) {
	o.key(d.Name).open('{').key("n").int(d.N).key("median")
	o.numOrNull(d.N > 0, d.Median).key("p90")
	o.numOrNull(d.P90 != nil, deref(d.P90))
	o.key("incomplete").int(d.Incomplete).key("out_of_order").int(d.OutOfOrder).close('}')
}

func (o *object) numOrNull(known bool, v float64) *object {
	if !known {
		return o.null()
	}
	return o.num(v)
}

func deref(v *float64) float64 {
	if v == nil {
		return 0
	}
	return *v
}

func (o *object) notes(c *report.Measure) {
	o.key("notes").open('[')
	for _, n := range c.Notes {
		o.open('{').key("code").str(string(n.Code)).key("count").int(n.Count).close('}')
	}
	o.close(']')
}
