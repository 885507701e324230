package rollup

import (
	"cmp"
	"math"
	"slices"

	"uptree/generator/model"
)

// DeploymentRow is a deployment of the period as a page lists it. Lengths are in seconds,
// NaN where there is none.
type DeploymentRow struct {
	Deployment int32 // index into Model.Deployments
	Lead       float64
	Recovery   float64 // of one that went wrong; NaN where it has not recovered
}

// Deployments lists the deployments that a subject has in a period, newest first, those
// that are in no figure too.
func (c *Cube) Deployments(subject Subject, period int) []DeploymentRow {
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.at(subject)
	x, w := s.index.delivery, c.Periods[period].Current
	var rows []DeploymentRow
	add := func(i uint32, later []model.Deployment) {
		if d := &c.Model.Deployments[i]; w.overlaps(d.Finished, d.Finished) && x.here(d) && s.deployedHere(d) {
			rows = append(rows, x.row(i, later))
		}
	}
	for _, service := range s.deployers() {
		from, to := x.from[service], x.from[service+1]
		for i := from; i < to; i++ {
			add(i, c.Model.Deployments[i+1:to])
		}
	}
	for _, i := range s.unknownDeployments() {
		add(uint32(i), nil)
	}
	slices.SortStableFunc(rows, func(a, b DeploymentRow) int {
		return cmp.Compare(c.Model.Deployments[b.Deployment].Finished, c.Model.Deployments[a.Deployment].Finished)
	})
	return rows
}

// deployedHere reports whether the home of a deployment was in the subject.
func (s *scope) deployedHere(d *model.Deployment) bool {
	return s.subject.Kind != NodeSubject || s.c.Model.In(d.Home, model.NodeIdx(s.subject.Index))
}

func (x *deliveryIndex) row(i uint32, later []model.Deployment) DeploymentRow {
	d := &x.m.Deployments[i]
	r := DeploymentRow{Deployment: int32(i), Lead: math.NaN(), Recovery: math.NaN()}
	if d.LeftOut != model.Counted {
		return r
	}
	if d.Outcome == model.Succeeded && d.FirstCommit.Known() && d.FirstCommit <= d.Finished {
		r.Lead = float64(d.Finished - d.FirstCommit)
	}
	if end, ok := x.recovered(d, later); d.WentWrong() && ok && end >= d.Finished {
		r.Recovery = float64(end - d.Finished)
	}
	return r
}

// ServiceDelivery is what one service of a subject deployed in a period.
type ServiceDelivery struct {
	Service   model.ServiceIdx
	Counted   int // carried out in production, with a known result
	Succeeded int
	Wrong     int // failed, rolled back or with a linked incident
	Said      int // say whether they were planned
	Unplanned int
	Lead      Dist
	Recovery  Dist // Incomplete have not recovered
	Few       bool // too few for the figures of a level above
}

// Delivery lists the services that a subject's figures of delivery are made of, by title,
// and after them those with too few deployments.
func (c *Cube) Delivery(subject Subject, period int) []ServiceDelivery {
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.at(subject)
	var rows []ServiceDelivery
	for _, i := range s.deployers() {
		d, ok := s.delivered(model.ServiceIdx(i), period)
		if !ok {
			continue
		}
		rows = append(rows, ServiceDelivery{
			Service: model.ServiceIdx(i), Counted: d.counted, Succeeded: d.succeeded, Wrong: d.wrong, Said: d.said, Unplanned: d.unplanned,
			Lead: d.leads.dist("lead_time"), Recovery: d.recoveries.dist("recovery"), Few: d.counted < minDeployments,
		})
	}
	slices.SortStableFunc(rows, func(a, b ServiceDelivery) int {
		switch {
		case b.Few && !a.Few:
			return -1
		case a.Few && !b.Few:
			return 1
		}
		return cmp.Compare(c.Model.Services[a.Service].Title, c.Model.Services[b.Service].Title)
	})
	return rows
}
