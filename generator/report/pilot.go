package report

import "uptree/generator/rollup"

// pilot lists the figures of pilot sources, on the pages of those who try them: teams,
// services and journeys. They are in no other figure. ok is false where there are none.
func (c *composer) pilot() (l Listing, ok bool) {
	if c.subject.Kind == rollup.NodeSubject && len(c.model.Nodes[c.subject.Index].Children) > 0 {
		return l, false
	}
	stats, any := c.cube.Pilot(c.subject)
	if !any {
		return l, false
	}
	l = Listing{
		Section: Section{ID: "pilot", Title: say(wPilotFigures), Lead: say(wPilotLead, c.periodArg())},
		Table: Table{ID: "pilot-list", Caption: say(wPilotList), Plain: true,
			Columns: []Column{{Head: say(wPilotMetric)}, {Head: say(wRowValue), Number: true}, {Head: say(wRowN), Number: true}}},
	}
	for m := range stats {
		metric, cell := &c.metrics[m], &stats[m][c.period]
		value, ok := typical(metric, cell)
		if ok && cell.N > 0 && cell.Spread == nil && len(cell.Dists) == 0 {
			l.Table.Rows = append(l.Table.Rows, Row{Cells: []Cell{
				{link(metric.Title, metricsPath+"#"+metric.ID)}, {text(value)}, cellCount(cell.N),
			}})
		}
	}
	return l, len(l.Table.Rows) > 0
}

// withPilot puts the pilot's figures after the other lists.
func (c *composer) withPilot(lists []Listing) []Listing {
	if l, ok := c.pilot(); ok {
		return append(lists, l)
	}
	return lists
}

// both says how many incidents are in the organisation and in (third party) at once, on
// the pages of the two: their counts share them.
func (c *composer) both() (s Sentence, ok bool) {
	if c.subject != rollup.OfNode(0) && c.subject != rollup.OfNode(c.model.ThirdParty) {
		return s, false
	}
	n := c.cube.Both(c.period)
	return sayN(wBoth, n), n > 0
}
