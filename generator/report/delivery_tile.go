package report

import (
	"math"

	"uptree/generator/rollup"
)

// typical is the value that stands for a cell of a metric per service: its own, else a
// median; of money the amounts in each currency. ok is false where the metric has no such value.
func typical(m *rollup.Metric, c *rollup.Cell) (value string, ok bool) {
	switch {
	case len(c.Spent) > 0:
		return inAll(c.Spent), true
	case !c.Known:
		return "", false
	case len(c.Dists) > 0:
		return halves(m.Unit, c.Dists[0].Median), true
	}
	return Figure(m.Unit, c.Value, c.Den), true
}

// coarse prints a value that services differ in widely: lengths in one unit.
func coarse(unit rollup.Unit, v float64) string {
	switch {
	case unit != rollup.Seconds || v < 2*hour:
		return halves(unit, v)
	case v < daysFrom:
		return Duration(math.Round(v/hour) * hour)
	}
	return Duration(math.Round(v/day) * day)
}

// halves prints a value that may lie between two counts.
func halves(unit rollup.Unit, v float64) string {
	if unit == rollup.One && v != math.Trunc(v) {
		return decimal(v, 1)
	}
	return Figure(unit, v, 1)
}

// deliveryPeriod is what a tile of a metric per service says about one period.
func (c *composer) deliveryPeriod(m *rollup.Metric, period int, cell *rollup.Cell) TilePeriod {
	t := TilePeriod{Name: c.cube.Periods[period].Name, Known: cell.Known, Caption: spaced(deliveryCaption(m, cell))}
	value, ok := typical(m, cell)
	if !ok {
		t.Value = words(say(wNoData))
		t.Caption = spaced(append([]Span{words(reason(cell.Reason))}, apart(cell)...))
		return t
	}
	t.Value = text(value)
	// Few deployments are noise: no change is claimed, nothing is outside its usual range.
	if len(cell.Dists) == 0 && cell.N >= minTrend {
		t.Change = c.change(m, period, cell)
		t.Usual, t.Outside = usual(m, cell)
	}
	return t
}

// deliveryCaption says what the value is of.
func deliveryCaption(m *rollup.Metric, c *rollup.Cell) []Span {
	switch {
	case len(c.Dists) > 0:
		out := []Span{words(sayN(wMedianOfDeployments, c.Dists[0].N))}
		if p90 := c.Dists[0].P90; p90 != nil {
			out = append(out, words(say(wP90Value, argText("value", Duration(*p90)))))
		}
		return append(out, apart(c)...)
	case m.Unit == rollup.Ratio:
		return ratioCaption(c)
	}
	return []Span{words(sayN(wOfDeployments, c.N))}
}

// apart counts what the value leaves out.
func apart(c *rollup.Cell) (out []Span) {
	for _, d := range c.Dists {
		word := wWithoutCommit
		if d.Name == "recovery" {
			word = wUnrecovered
		}
		if d.Incomplete > 0 {
			out = append(out, words(sayN(word, d.Incomplete)))
		}
		if d.OutOfOrder > 0 {
			out = append(out, words(sayN(wDisordered, d.OutOfOrder)))
		}
	}
	return out
}
