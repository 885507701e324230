package rollup

import "uptree/generator/model"

var recoveryTime = Metric{
	ID: "recovery_time", Title: "Failed deployment recovery time", Unit: Seconds, Operator: PerService, Dataset: model.Deployments,
	Better: Lower, Since: "1",
	Formula: "Per service, over its deployments of the period that went wrong: from the deployment to the last end of impact of its linked incidents, without any to the next success of the service: n, median, 90th percentile by nearest rank (absent under ten). At a level above: median and range of the services' medians.",
	Doc:     "DORA, 2024: how long it takes to recover from a deployment that failed. Incidents that no deployment caused are not in it.",
	Caveat:  "What has not recovered is counted beside, not guessed. A few recoveries say little. Never to compare teams.",
	eval:    (*scope).recoveryTime,
	records: recoveryRecords,
}

func (s *scope) recoveryTime() []Cell {
	return s.delivery(
		func(d *delivery) (float64, bool) { return d.recoveries.median() },
		func(c *Cell, d *delivery) {
			c.N, c.Dists = len(d.recoveries.seconds), []Dist{d.recoveries.dist("recovery")}
		},
	)
}
