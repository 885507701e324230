package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// costTerms says where the cost of a node lies: at its children, in the org's own order, and
// at itself. The terms add up to its total.
func (c *composer) costTerms() Table {
	n := model.NodeIdx(c.subject.Index)
	children := c.model.Nodes[n].Children
	cell := &c.stats[c.rows.cost][c.period]
	t := Table{
		ID: "cost-terms", Caption: say(wCostTerms, c.periodArg()),
		Columns: []Column{{Head: say(wOfNode)}, {Head: say(wCost), Number: true}},
	}
	if len(children) == 0 || len(cell.Spent) == 0 {
		return Table{}
	}
	left := 0
	for _, child := range children {
		spent := c.cube.Stats(rollup.OfNode(child))[c.rows.cost][c.period].Spent
		switch {
		case len(spent) == 0:
		case len(t.Rows) == maxCostTerms:
			left++
		default:
			t.Rows = append(t.Rows, Row{Cells: []Cell{{c.nodeLink(child)}, {link(inAll(spent), explainedAt(c.nodes[child])+"#"+c.metrics[c.rows.cost].ID)}}})
		}
	}
	var direct []string
	for i := range cell.Spent {
		if s := &cell.Spent[i]; !s.Direct.IsZero() {
			direct = append(direct, Money(s.Direct, s.Currency))
		}
	}
	if len(direct) > 0 {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{words(say(wRowDirect))}, c.opens(c.rows.cost, Cell{text(amounts(direct))})}})
	}
	if left > 0 {
		t.More = sayN(wMore, left)
	}
	return t
}

// costOfServices puts what the services of a node cost beside the objectives that this
// pays for, by name: nobody is ranked.
func (c *composer) costOfServices() Table {
	t := Table{
		ID: "cost-services", Caption: say(wCostServices, c.periodArg()), Stack: true,
		Columns: []Column{{Head: say(wService)}, {Head: say(wCost), Number: true}, {Head: say(wCostPaysFor)}},
	}
	left := 0
	for _, s := range c.model.Nodes[c.subject.Index].Services {
		subject := rollup.OfService(s)
		spent := c.cube.Cost(subject, c.period)
		switch {
		case len(spent) == 0:
		case len(t.Rows) == maxCostService:
			left++
		default:
			t.Rows = append(t.Rows, Row{Cells: []Cell{{c.serviceLink(s)}, {text(inAll(spent))}, c.paidObjectives(subject)}})
		}
	}
	if left > 0 {
		t.More = sayN(wMore, left)
	}
	return t
}

// paidObjectives lists targets and how they stand.
func (c *composer) paidObjectives(subject rollup.Subject) Cell {
	var out []Span
	for _, i := range c.cube.Objectives(subject) {
		o := &c.model.Objectives[i]
		out = append(out, words(say(wCostObjective, argText("target", targetText(o)), arg("state", objectiveState(c.cube.Objective(i).State)))))
	}
	if len(out) == 0 {
		return Cell{marked(MarkQuiet, words(say(wCostNoObjective)))}
	}
	if len(out) > maxHit {
		more := words(sayN(wMore, len(out)-maxHit))
		out = append(out[:maxHit:maxHit], more)
	}
	return joined(out)
}

// costServes lists the objectives that the cost of a service or journey pays for, each
// with the target of one nine more, and asks what that would be worth: nobody knows its
// price before.
func (c *composer) costServes() (Table, Sentence) {
	t := Table{
		ID: "cost-serves", Caption: say(wCostServes), Stack: true,
		Columns: []Column{{Head: say(wCostObjectiveHead)}, {Head: say(wCostTarget), Number: true}, {Head: say(wState)}, {Head: say(wCostNextNine), Number: true}},
	}
	for _, i := range c.cube.Objectives(c.subject) {
		o := &c.model.Objectives[i]
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{c.objectiveLink(i)}, {text(targetText(o))}, {objectiveState(c.cube.Objective(i).State)},
			{text(nextNine(o.Versions[len(o.Versions)-1].Target))},
		}})
	}
	if len(t.Rows) == 0 {
		return Table{}, say(wCostNothingPromised)
	}
	return t, say(wCostQuestion)
}

// nextNine prints the target that allows a tenth of the failures: after 99.9 % comes
// 99.99 %.
func nextNine(target model.Share) string {
	missing := float64(model.Whole-target) / 10
	digits := targetDecimals(target) + 1
	return decimal(100-missing*100/float64(model.Whole), digits) + nbsp + "%"
}
