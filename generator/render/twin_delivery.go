package render

import (
	"math"

	"uptree/generator/report"
)

// delivery writes what was deployed in the default period, where anything was.
func (o *object) delivery(t *report.Twin) {
	if t.DeploymentsTotal > 0 {
		o.key("deployments_total").int(t.DeploymentsTotal).key("deployments").open('[')
		for i := range t.Deployments {
			o.deployment(&t.Deployments[i])
		}
		o.close(']')
	}
	if t.DeliveryTotal > 0 {
		o.key("delivery_total").int(t.DeliveryTotal).key("delivery").open('[')
		for i := range t.Delivery {
			o.serviceDelivery(&t.Delivery[i])
		}
		o.close(']')
	}
}

func (o *object) deployment(d *report.TwinDeployment) {
	o.open('{').key("id").str(d.ID).key("source").str(d.Source).key("url").orNull(d.URL)
	o.key("finished").str(d.Finished).key("first_commit").orNull(d.FirstCommit)
	o.key("environment").orNull(d.Environment).key("result").orNull(d.Result).key("outcome").orNull(d.Outcome)
	o.key("left_out").orNull(d.LeftOut).key("went_wrong").bool(d.WentWrong).key("unplanned")
	if d.Planned || d.Unplanned {
		o.bool(d.Unplanned)
	} else {
		o.null()
	}
	o.key("incidents").strings(d.Incidents).key("lead_time").numOrNull(!math.IsNaN(d.LeadTime), d.LeadTime)
	o.key("recovery_time").numOrNull(!math.IsNaN(d.Recovery), d.Recovery).close('}')
}

func (o *object) serviceDelivery(d *report.TwinDelivery) {
	o.open('{').key("service").str(d.Service).key("deployments").int(d.Counted).key("succeeded").int(d.Succeeded)
	o.key("went_wrong").int(d.Wrong).key("unplanned").int(d.Unplanned).key("said").int(d.Said).key("under_five").bool(d.Few)
	o.key("distributions").open('{')
	o.distribution(&d.Lead)
	o.distribution(&d.Recovery)
	o.close('}').close('}')
}

// spread writes the figures of services: how many, their median and range, those apart.
func (o *object) spread(c *report.Measure) {
	s := c.Spread
	if s == nil {
		return
	}
	known := s.N > 0
	o.key("services").open('{').key("n").int(s.N).key("median").numOrNull(known, s.Median)
	o.key("low").numOrNull(known, s.Low).key("high").numOrNull(known, s.High)
	o.key("under_five").int(s.Few).key("without").int(s.None).key("deployments").int(s.Deployments).close('}')
}
