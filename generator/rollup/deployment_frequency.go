package rollup

import "uptree/generator/model"

var deploymentFrequency = Metric{
	ID: "deployment_frequency", Title: "Deployment frequency", Unit: One, Operator: PerService, Dataset: model.Deployments,
	By: []string{"left_out"}, Better: Higher, Since: "1",
	Formula: "Per service: its successful deployments to production in the period. At a level above: how many services have a figure, and the median and range of their figures; services with under five deployments are counted apart.",
	Doc:     "DORA, 2024: how often a change reaches production. Deployments to other environments, those not carried out and those with a result that site.toml does not know are left out, and counted by why.",
	Caveat:  "Throughput: read it together with what went wrong, and never to compare teams. A service may deploy seldom for good reasons.",
	eval:    (*scope).deploymentFrequency,
	records: frequencyRecords,
	daily:   dailyDeployments,
}

func (s *scope) deploymentFrequency() []Cell {
	cells := s.delivery(
		func(d *delivery) (float64, bool) { return float64(d.succeeded), true },
		func(c *Cell, d *delivery) { c.Value, c.N = float64(d.succeeded), d.counted },
	)
	for p := range cells {
		if cells[p].Known || cells[p].Spread != nil {
			cells[p].By = []Breakdown{s.leftOut(p)}
		}
	}
	return cells
}
