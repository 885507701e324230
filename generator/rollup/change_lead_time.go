package rollup

import "uptree/generator/model"

var changeLeadTime = Metric{
	ID: "change_lead_time", Title: "Change lead time", Unit: Seconds, Operator: PerService, Dataset: model.Deployments,
	Better: Lower, Since: "1",
	Formula: "Per service: from the first commit of a change to its successful deployment to production, over the deployments that finished in the period: n, median, 90th percentile by nearest rank (absent under ten). At a level above: median and range of the services' medians.",
	Doc:     "DORA, 2024: how long a change takes from commit to production.",
	Caveat:  "Only deployments that record a first commit; the others are counted beside. Never to compare teams.",
	eval:    (*scope).changeLeadTime,
	records: leadRecords,
}

func (s *scope) changeLeadTime() []Cell {
	return s.delivery(
		func(d *delivery) (float64, bool) { return d.leads.median() },
		func(c *Cell, d *delivery) { c.N, c.Dists = len(d.leads.seconds), []Dist{d.leads.dist("lead_time")} },
	)
}
