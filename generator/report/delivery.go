package report

import (
	"math"
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// The most rows of the tables of delivery; index.json lists more.
const (
	maxDelivering  = 12
	maxDeployments = 12
)

// delivery is the block of the five figures of delivery, together and with the caution
// that belongs to them.
func (c *composer) delivery() Delivery {
	if c.rows.deployments < 0 || !delivers(c.stats[c.rows.deployments]) {
		return Delivery{}
	}
	d := Delivery{
		Section: Section{ID: "delivery", Title: say(wDelivery), Lead: c.deliveryLead()},
		Caution: say(wDeliveryCaution),
		Left:    c.leftOut(),
	}
	if c.deployed() >= minTrend {
		d.Chart = c.deploymentChart("delivery-chart")
	}
	if c.subject.Kind != rollup.ServiceSubject {
		d.Figures, d.Table = c.spreads(), c.deliveryTable()
		return d
	}
	for m := range c.metrics {
		if c.metrics[m].Operator == rollup.PerService {
			d.Tiles = append(d.Tiles, c.tile(m))
		}
	}
	d.Table = c.deploymentTable()
	return d
}

// spreads is the table of the five figures over every period: of each the median of the
// services, their range and how many they are.
func (c *composer) spreads() Table {
	t := Table{ID: "delivery-figures", Caption: say(wDeliveryFigures), Plain: true, Columns: []Column{{Head: say(wFigure)}}}
	few := Row{Cells: []Cell{{words(say(wServicesFew))}}}
	for p := range c.periods {
		t.Columns = append(t.Columns, Column{Head: c.periods[p].short, Number: true})
		n := 0
		if s := c.stats[c.rows.deployments][p].Spread; s != nil {
			n = s.Few
		}
		few.Cells = append(few.Cells, cellCount(n))
	}
	for m := range c.metrics {
		if c.metrics[m].Operator == rollup.PerService {
			t.Rows = append(t.Rows, c.spreadRow(m))
		}
	}
	t.Rows = append(t.Rows, few)
	return t
}

func (c *composer) spreadRow(m int) Row {
	metric := &c.metrics[m]
	row := Row{Anchor: "m-" + metric.ID, Cells: []Cell{c.metricHead(metric)}}
	for p := range c.stats[m] {
		cell := c.spreadCell(metric, &c.stats[m][p])
		if p == c.period {
			cell = c.opens(m, cell)
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

func (c *composer) spreadCell(metric *rollup.Metric, cell *rollup.Cell) Cell {
	s := cell.Spread
	if !cell.Known || s == nil {
		return Cell{text(dash)}
	}
	median := argText("median", coarse(metric.Unit, s.Median))
	if s.N == 1 {
		return Cell{words(say(wSpreadOne, median))}
	}
	return Cell{words(sayN(wSpread, s.N, median, argText("range", Range(metric.Unit, s.Low, s.High, 1))))}
}

// delivers reports whether there is a deployment to speak of in any period.
func delivers(cells []rollup.Cell) bool {
	return slices.ContainsFunc(cells, func(c rollup.Cell) bool {
		return c.Known || c.Reason == rollup.ReasonTooFew || len(c.By) > 0 && len(c.By[0].Parts) > 0
	})
}

func (c *composer) deliveryLead() Sentence {
	if c.subject.Kind == rollup.ServiceSubject {
		return say(wDeliveryService, c.periodArg())
	}
	return say(wDeliveryLead)
}

// leftOut says how many deployments of the period are in no figure, and why.
func (c *composer) leftOut() Cell {
	cell := &c.stats[c.rows.deployments][c.period]
	if len(cell.By) == 0 || len(cell.By[0].Parts) == 0 {
		return nil
	}
	total, spans := 0, []Span(nil)
	for _, p := range cell.By[0].Parts {
		total += int(p.Value)
		spans = append(spans, valued(p.Name, Count(int(p.Value))))
	}
	return append(Cell{words(sayN(wLeftOut, total)), text(" ")}, joined(spans)...)
}

// deliveryTable lists the services that the figures are made of, by title.
func (c *composer) deliveryTable() Table {
	rows := c.cube.Delivery(c.subject, c.period)
	t := Table{
		ID: "delivery-list", Caption: say(wDeliveryList, c.periodArg()),
		Columns: []Column{
			{Head: say(wService)}, {Head: say(wDeployed), Number: true}, {Head: say(wLeadTime), Number: true},
			{Head: say(wWentWrong), Number: true}, {Head: say(wRecovery), Number: true}, {Head: say(wRework), Number: true},
		},
	}
	for i := range rows[:min(len(rows), maxDelivering)] {
		t.Rows = append(t.Rows, Row{Cells: c.deliveryCells(&rows[i])})
	}
	if more := len(rows) - maxDelivering; more > 0 {
		t.More = sayN(wMoreIncidents, more, arg("file", linked(say(wRecordsJSON), beside("index.json"))))
	}
	return t
}

func (c *composer) deliveryCells(r *rollup.ServiceDelivery) []Cell {
	title := Cell{c.serviceLink(r.Service)}
	if r.Few {
		title = append(title, text(" "), marked(MarkQuiet, words(say(wFewDeployments))))
	}
	return []Cell{
		title, cellCount(r.Succeeded), {median(&r.Lead)}, outOf(r.Wrong, r.Counted),
		{median(&r.Recovery)}, outOf(r.Unplanned, r.Said),
	}
}

func median(d *rollup.Dist) Span {
	if d.N == 0 {
		return text(dash)
	}
	return text(Duration(d.Median))
}

func outOf(num, den int) Cell {
	if den == 0 {
		return Cell{text(dash)}
	}
	return Cell{words(say(wOutOf, argCount("num", num), argCount("den", den)))}
}

// deploymentTable lists the deployments of the period, newest first.
func (c *composer) deploymentTable() Table {
	rows := c.cube.Deployments(c.subject, c.period)
	t := Table{
		ID: "deployment-list", Caption: say(wDeploymentList, c.periodArg()), Stack: true,
		Columns: []Column{
			{Head: say(wDeployment)}, {Head: say(wFinished)}, {Head: say(wEnvironment)}, {Head: say(wResult)},
			{Head: say(wLeadTimeOne), Number: true}, {Head: say(wLinked)}, {Head: say(wRecoveryOne), Number: true},
		},
	}
	for _, r := range rows[:min(len(rows), maxDeployments)] {
		t.Rows = append(t.Rows, Row{Cells: c.deploymentCells(r)})
	}
	if more := len(rows) - maxDeployments; more > 0 {
		t.More = sayN(wMoreIncidents, more, arg("file", linked(say(wRecordsJSON), beside("index.json"))))
	}
	return t
}

func (c *composer) deploymentCells(r rollup.DeploymentRow) []Cell {
	d := &c.model.Deployments[r.Deployment]
	title := Cell{name(d.ID)}
	if d.URL != "" {
		title = Cell{away(d.ID, d.URL)}
	}
	if d.Unplanned == model.Yes {
		title = append(title, text(" "), words(say(wReworkMark)))
	}
	return []Cell{
		title, {Span{Text: c.recent(d.Finished), Stamp: &Stamp{At: shortStamp(d.Finished)}}}, {orDash(d.Environment)},
		c.result(d), {lengthSpan(r.Lead)}, c.linkedIncidents(d), c.recovery(d, r),
	}
}

// result says what became of a deployment, in our words where it counts and in the
// source's, with the reason, where it does not.
func (c *composer) result(d *model.Deployment) Cell {
	switch {
	case d.LeftOut != model.Counted:
		why := arg("why", partName(rollup.LeftOutName(d.LeftOut)))
		return Cell{marked(MarkQuiet, words(say(wNotInFigures, arg("result", orDash(d.Result)), why)))}
	case d.Outcome == model.Failed:
		return Cell{marked(MarkBad, words(say(wFailed)))}
	case d.Outcome == model.RolledBack:
		return Cell{marked(MarkBad, words(say(wRolledBack)))}
	case d.Linked > 0:
		return Cell{marked(MarkRisk, words(say(wSucceededIncident)))}
	}
	return Cell{marked(MarkOK, words(say(wSucceeded)))}
}

func (c *composer) linkedIncidents(d *model.Deployment) Cell {
	var spans []Span
	for _, i := range d.Incidents {
		spans = append(spans, incidentLink(&c.model.Incidents[i]))
	}
	for _, id := range d.UnknownIncidents {
		spans = append(spans, name(id))
	}
	if len(spans) == 0 {
		return Cell{text(dash)}
	}
	if len(spans) > maxHit {
		more := words(sayN(wMore, len(spans)-maxHit))
		spans = append(spans[:maxHit:maxHit], more)
	}
	return joined(spans)
}

func (c *composer) recovery(d *model.Deployment, r rollup.DeploymentRow) Cell {
	if math.IsNaN(r.Recovery) && d.LeftOut == model.Counted && d.WentWrong() {
		return Cell{words(say(wNotRecovered))}
	}
	return Cell{lengthSpan(r.Recovery)}
}

func lengthSpan(seconds float64) Span {
	if math.IsNaN(seconds) {
		return text(dash)
	}
	return text(Duration(seconds))
}
