package report

import "uptree/generator/rollup"

// phases is the table of the response: where the hours of the period went, and how long
// each phase took where both its ends are recorded.
func (c *composer) phases() Table {
	if c.rows.phaseHours < 0 || c.rows.phaseDuration < 0 {
		return Table{}
	}
	hours, length := &c.stats[c.rows.phaseHours][c.period], &c.stats[c.rows.phaseDuration][c.period]
	t := Table{
		ID: "phases", Caption: say(wPhases, c.periodArg()),
		Columns: []Column{
			{Head: say(wPhase)}, {Head: say(wPhaseHours), Number: true}, {Head: say(wPhaseN), Number: true},
			{Head: say(wMedian), Number: true}, {Head: say(wP90), Number: true},
			{Head: say(wIncomplete), Number: true}, {Head: say(wOutOfOrder), Number: true},
		},
	}
	if !hours.Known || hours.Value == 0 {
		return Table{}
	}
	for _, part := range hours.Parts {
		if part.Value == 0 && distOf(length, part.Name) == nil {
			continue
		}
		row := phaseRow(part, distOf(length, part.Name))
		row.Cells[1], row.Cells[2] = c.opens(c.rows.phaseHours, row.Cells[1]), c.opens(c.rows.phaseDuration, row.Cells[2])
		t.Rows = append(t.Rows, row)
	}
	return t
}

func distOf(cell *rollup.Cell, name string) *rollup.Dist {
	for i := range cell.Dists {
		if cell.Dists[i].Name == name {
			return &cell.Dists[i]
		}
	}
	return nil
}

func phaseRow(part rollup.Part, d *rollup.Dist) Row {
	row := Row{Cells: []Cell{{partName(part.Name)}, {text(Duration(part.Value))}}}
	if d == nil {
		for range 5 {
			row.Cells = append(row.Cells, Cell{text(dash)})
		}
		return row
	}
	median, p90 := dash, dash
	if d.N > 0 {
		median = Duration(d.Median)
	}
	if d.P90 != nil {
		p90 = Duration(*d.P90)
	}
	row.Cells = append(row.Cells, cellCount(d.N), cell(text(median)), cell(text(p90)),
		cellCount(d.Incomplete), cellCount(d.OutOfOrder))
	return row
}
