package rollup

import (
	"slices"

	"uptree/generator/model"
)

// Spread is what the services of a subject have of one figure: never one value of them
// all, and no ranking. Low, Median and High are in the metric's unit.
type Spread struct {
	N                 int // services that have a figure
	Low, Median, High float64
	Few               int // services with too few deployments for one, counted apart
	None              int // services with enough deployments of which none gives one
	Deployments       int // behind the figures
}

// deliveryFigure is a service's figure in one window; ok is false where there is none.
type deliveryFigure func(*delivery) (value float64, ok bool)

// delivery measures a service by its own deployments, and what holds several services by
// the spread of their figures. fill completes the cell of a service.
func (s *scope) delivery(figure deliveryFigure, fill func(*Cell, *delivery)) []Cell {
	x := s.index.delivery
	services := s.deployers()
	recorded := len(s.unknownDeployments()) > 0 || slices.ContainsFunc(services, func(i int32) bool { return x.whole[i] != nil })
	cells := s.cells(model.Deployments, recorded)
	for p := range cells {
		switch cell := &cells[p]; {
		case !cell.Known:
			cell.PreviousReason = cell.Reason
		case s.subject.Kind == ServiceSubject:
			s.serviceDelivery(cell, p, figure, fill)
		default:
			cell.PreviousReason = ReasonDistributed
			s.spread(cell, services, p, figure)
		}
	}
	return cells
}

// deployers are the services of the subject that deployed or could have.
func (s *scope) deployers() []int32 {
	switch s.subject.Kind {
	case NodeSubject:
		return s.index.delivery.services.of(int(s.subject.Index))
	case ServiceSubject:
		return []int32{s.subject.Index}
	}
	var out []int32
	for _, service := range s.c.Model.Journeys[s.subject.Index].Services {
		out = append(out, int32(service))
	}
	return out
}

// serviceDelivery fills the cell of a service; its past is that of the same figure.
func (s *scope) serviceDelivery(cell *Cell, period int, figure deliveryFigure, fill func(*Cell, *delivery)) {
	windows := s.deliveries()[period*windowsPerPeriod:]
	fill(cell, &windows[0])
	if _, ok := figure(&windows[0]); !ok {
		cell.Known, cell.Reason = false, ReasonNoData
	}
	if len(cell.Dists) > 0 {
		cell.PreviousReason = ReasonDistributed
		return
	}
	s.past(cell, model.Deployments, period, func(k int) (float64, bool) { return figure(&windows[k]) })
}

// deliveries are what a service deployed in every window; those of the past have no
// lengths. The metrics share them.
func (s *scope) deliveries() []delivery {
	if len(s.windows) > 0 {
		return s.windows
	}
	x, service := s.index.delivery, model.ServiceIdx(s.subject.Index)
	for p := range s.c.Periods {
		for k := range windowsPerPeriod {
			s.windows = append(s.windows, x.in(service, s.c.Periods[p].window(k), anywhere, k == 0))
		}
	}
	return s.windows
}

// spread fills the cell of what holds several services.
func (s *scope) spread(cell *Cell, services []int32, period int, figure deliveryFigure) {
	out, values := &Spread{}, s.values[:0]
	for _, service := range services {
		d, ok := s.delivered(model.ServiceIdx(service), period)
		if !ok {
			continue
		}
		v, ok := figure(d)
		switch {
		case d.counted < minDeployments:
			out.Few++
		case !ok:
			out.None++
		default:
			values = append(values, v)
			out.Deployments += d.counted
		}
	}
	s.values, cell.Spread = values, out
	if out.N = len(values); out.N == 0 {
		cell.Known, cell.Reason = false, ReasonNoData
		if out.Few > 0 {
			cell.Reason = ReasonTooFew
		}
		return
	}
	slices.Sort(values)
	cell.N = out.N
	out.Low, out.Median, out.High = values[0], median(values), values[len(values)-1]
}

var nothingDelivered delivery

// delivered is what a service deployed in the current window of a period while it was in
// the subject. ok is false for a service that did not deploy and is not in it now.
func (s *scope) delivered(service model.ServiceIdx, period int) (d *delivery, ok bool) {
	x, m := s.index.delivery, s.c.Model
	d = &nothingDelivered
	if x.whole[service] != nil {
		d = &x.whole[service][period]
	}
	inside := s.subject.Kind != NodeSubject
	if !inside {
		node := model.NodeIdx(s.subject.Index)
		inside = m.In(m.Services[service].Home, node)
		if x.moved[service] {
			part := x.in(service, s.c.Periods[period].Current, func(home model.NodeIdx) bool { return m.In(home, node) }, true)
			d = &part
		}
	}
	present := inside && m.Services[service].Living && !x.pilot && m.ServiceCovered(model.Deployments, service)
	return d, present || d.records() > 0
}

// leftOutNames name the reasons for which a deployment is in no figure.
var leftOutNames = [model.NumLeftOut]string{
	model.UnknownService: "unknown_service", model.NoEnvironment: "no_environment", model.OtherEnvironment: "other_environment",
	model.Unfinished: "not_carried_out", model.NoResult: "no_result", model.UnknownResult: "unknown_result",
}

// LeftOutName is the name of a reason in the part "left_out" of deployment_frequency, ""
// for a deployment that counts.
func LeftOutName(why model.LeftOut) string { return leftOutNames[why] }

// leftOut lists how many deployments of the subject are in no figure of a period, by why.
func (s *scope) leftOut(period int) Breakdown {
	var left [model.NumLeftOut]int
	for _, service := range s.deployers() {
		d, _ := s.delivered(model.ServiceIdx(service), period)
		for why, n := range d.left {
			left[why] += n
		}
	}
	for _, i := range s.unknownDeployments() {
		if d := &s.c.Model.Deployments[i]; s.c.Periods[period].Current.overlaps(d.Finished, d.Finished) {
			left[d.LeftOut]++
		}
	}
	out := Breakdown{Dimension: "left_out"}
	for why, n := range left {
		if n > 0 {
			out.Parts = append(out.Parts, Part{leftOutNames[why], float64(n)})
		}
	}
	return out
}

// unknownDeployments are those of services that no record defines: they are in (not owned).
func (s *scope) unknownDeployments() []int32 {
	if s.subject.Kind == NodeSubject && s.c.Model.In(s.c.Model.NotOwned, model.NodeIdx(s.subject.Index)) {
		return s.index.delivery.unknown
	}
	return nil
}
