package rollup

import "uptree/generator/model"

var reworkRate = Metric{
	ID: "rework_rate", Title: "Deployment rework rate", Unit: Ratio, Operator: PerService, Dataset: model.Deployments,
	Better: Lower, Since: "1",
	Formula: "Per service: unplanned deployments to production that mend what an incident showed, of those of the period that say whether they were planned. At a level above: median and range of the services' rates.",
	Doc:     "DORA, 2024: how much of what is deployed is repair.",
	Caveat:  "Deployments that do not say are left out and counted beside. Never to compare teams.",
	eval:    (*scope).reworkRate,
	records: reworkRecords,
}

func (s *scope) reworkRate() []Cell {
	return s.delivery(
		func(d *delivery) (float64, bool) { return float64(d.unplanned) / float64(max(1, d.said)), d.said > 0 },
		func(c *Cell, d *delivery) {
			c.ratio(int64(d.unplanned), int64(d.said))
			c.note(NoteNotRecorded, d.counted-d.said)
		},
	)
}
