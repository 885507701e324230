package rollup

import "uptree/generator/model"

var changeFailRate = Metric{
	ID: "change_fail_rate", Title: "Change fail rate", Unit: Ratio, Operator: PerService, Dataset: model.Deployments,
	Better: Lower, Since: "1",
	Formula: "Per service: deployments to production that failed, were rolled back or have a linked incident, of all carried out there in the period. At a level above: median and range of the services' rates.",
	Doc:     "DORA, 2024: how many deployments need to be mended at once. Several incidents after one deployment are one deployment that went wrong.",
	Caveat:  "Counts explicit links alone: an incident that nobody linked is not in it. Never to compare teams.",
	eval:    (*scope).changeFailRate,
	records: failRecords,
}

func (s *scope) changeFailRate() []Cell {
	return s.delivery(
		func(d *delivery) (float64, bool) { return float64(d.wrong) / float64(max(1, d.counted)), d.counted > 0 },
		func(c *Cell, d *delivery) { c.ratio(int64(d.wrong), int64(d.counted)) },
	)
}
