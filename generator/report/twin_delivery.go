package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// TwinDeployment is a deployment in index.json. Lengths are in seconds, NaN where there
// is none.
type TwinDeployment struct {
	ID, Source, URL               string
	Finished, FirstCommit         string // RFC 3339; FirstCommit "" where not recorded
	Environment, Result, Outcome  string // the source's words, and what the result means
	LeftOut                       string // why it is in no figure; "" where it counts
	WentWrong, Planned, Unplanned bool   // the last two are false where it does not say
	Incidents                     []string
	LeadTime, Recovery            float64
}

// TwinDelivery is what one service deployed.
type TwinDelivery struct {
	Service string
	rollup.ServiceDelivery
}

// maxTwinDelivery bounds the deployments, or services, of one index.json.
const maxTwinDelivery = 200

// outcomeNames are the outcomes as in index.json.
var outcomeNames = [...]string{
	model.OutcomeUnknown: "", model.Succeeded: "success", model.Failed: "failure", model.RolledBack: "rolled_back", model.NotCarriedOut: "unfinished",
}

func (c *composer) twinDelivery(t *Twin) {
	switch {
	case c.rows.deployments < 0 || !delivers(c.stats[c.rows.deployments]):
	case c.subject.Kind == rollup.ServiceSubject:
		rows := c.cube.Deployments(c.subject, c.period)
		t.DeploymentsTotal = len(rows)
		for _, r := range rows[:min(len(rows), maxTwinDelivery)] {
			t.Deployments = append(t.Deployments, c.twinDeployment(r))
		}
	default:
		rows := c.cube.Delivery(c.subject, c.period)
		t.DeliveryTotal = len(rows)
		for _, r := range rows[:min(len(rows), maxTwinDelivery)] {
			t.Delivery = append(t.Delivery, TwinDelivery{c.model.Services[r.Service].ID, r})
		}
	}
}

func (c *composer) twinDeployment(r rollup.DeploymentRow) TwinDeployment {
	d := &c.model.Deployments[r.Deployment]
	out := TwinDeployment{
		ID: d.ID, Source: c.model.Sources[d.Origin.Source].Name, URL: d.URL, Finished: stamp(c.model.Calendar, d.Finished),
		Environment: d.Environment, Result: d.Result, Outcome: outcomeNames[d.Outcome], LeftOut: rollup.LeftOutName(d.LeftOut),
		WentWrong: d.LeftOut == model.Counted && d.WentWrong(), Planned: d.Unplanned == model.No, Unplanned: d.Unplanned == model.Yes,
		LeadTime: r.Lead, Recovery: r.Recovery,
	}
	if d.FirstCommit.Known() {
		out.FirstCommit = stamp(c.model.Calendar, d.FirstCommit)
	}
	for _, i := range d.Incidents {
		out.Incidents = append(out.Incidents, c.model.Incidents[i].ID)
	}
	out.Incidents = append(out.Incidents, d.UnknownIncidents...)
	return out
}
