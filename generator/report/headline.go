package report

import (
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// headline are the metrics that a leader reads first, in their order. Those that have a
// section of their own are shown by a tile that points there.
var headline = []string{
	"incident_time", "objectives", "synthetic_success", "cost", "change_fail_rate", "findings_overdue",
	"incident_count", "time_in_target", "detected_by_customer",
}

// maxHeadline is how many of them are drawn large: two rows of three.
const maxHeadline = 6

// ordered parts the tiles into those read first and the others, which keep their order.
// Where there are few of the headline, others fill their rows.
func ordered(tiles []Tile) (first, further []Tile) {
	for _, id := range headline {
		if i := slices.IndexFunc(tiles, func(t Tile) bool { return t.Metric == id }); i >= 0 && len(first) < maxHeadline {
			first = append(first, tiles[i])
		}
	}
	for _, t := range tiles {
		switch {
		case t.To != "" || slices.ContainsFunc(first, func(f Tile) bool { return f.Metric == t.Metric }):
		case len(first) < maxHeadline:
			first = append(first, t)
		default:
			further = append(further, t)
		}
	}
	return first, further
}

// pointer is the tile of a metric whose figures stand in a section further down.
func (c *composer) pointer(m int) Tile {
	metric := &c.metrics[m]
	t := Tile{
		Metric: metric.ID, Default: c.period, To: "#m-" + metric.ID,
		Title: Span{Text: metric.Title, Href: metricsPath + "#" + metric.ID}, Caveats: c.caveatMarks(metric.ID),
		Detail: Detail{Open: say(wHow)},
	}
	for i := range c.stats[m] {
		t.Periods = append(t.Periods, c.pointerPeriod(m, i))
	}
	return t
}

func (c *composer) pointerPeriod(m, period int) TilePeriod {
	metric, cell := &c.metrics[m], &c.stats[m][period]
	switch {
	case cell.Spread != nil && cell.Known:
		s := cell.Spread
		return TilePeriod{
			Name: c.periods[period].name, Known: true, Value: text(coarse(metric.Unit, s.Median)),
			Caption: Cell{words(sayN(wSpreadRange, s.N, argText("range", Range(metric.Unit, s.Low, s.High, 1))))},
		}
	case metric.Dataset == model.Costs && len(cell.Spent) > 0:
		return c.spentPeriod(period, cell.Spent)
	}
	t := c.tilePeriod(metric, period, cell)
	if open := c.rows.findingsOpen; m == c.rows.findingsOverdue && open >= 0 && cell.Known {
		t.Caption = Cell{words(sayN(wOfOpen, int(c.stats[open][period].Value)))}
	}
	return t
}

// spentPeriod compares what was spent with the period before and with the usual, where it
// was in one currency: amounts in several are no one number.
func (c *composer) spentPeriod(period int, all []rollup.Spent) TilePeriod {
	t := TilePeriod{Name: c.periods[period].name, Known: true, Value: text(inAll(all))}
	if len(all) > 1 {
		return t
	}
	s := &all[0]
	if s.PreviousReason == rollup.ReasonNone {
		t.Change = c.spentMore(s, arg("before", words(c.periods[period].before)))
	}
	if s.Usual == nil {
		return t
	}
	lo, hi := s.Usual[0], s.Usual[1]
	r := argText("range", amountRange(lo, hi, s.Currency))
	switch {
	case s.Amount.Compare(lo) < 0:
		t.Usual, t.Outside = say(wBelowUsual, r), MarkQuiet
	case s.Amount.Compare(hi) > 0:
		t.Usual, t.Outside = say(wAboveUsual, r), MarkQuiet
	default:
		t.Usual = say(wUsual, r)
	}
	return t
}

func (c *composer) spentMore(s *rollup.Spent, before Arg) Sentence {
	diff := s.Amount.Minus(s.Previous)
	size := argText("change", Money(diff.Magnitude(), s.Currency))
	switch {
	case diff.IsZero():
		return say(wUnchanged, before)
	case s.Amount.Compare(s.Previous) > 0:
		return say(wMoreThan, size, before)
	}
	return say(wLessThan, size, before)
}

// points reports whether a metric is read first although its figures stand in a section.
func (c *composer) points(m int) bool {
	cell := &c.stats[m][c.period]
	if !slices.Contains(headline, c.metrics[m].ID) || !cell.Known && len(cell.Spent) == 0 {
		return false
	}
	switch metric := &c.metrics[m]; {
	case metric.Dataset == model.Costs:
		return c.model.CostLevel != model.PublishCounts
	case metric.Operator == rollup.PerService && cell.Spread == nil:
		return cell.N >= minTrend // of a few deployments a share says little
	}
	return true
}

// sectioned reports whether a metric's figures stand in a section, not in a tile.
func (c *composer) sectioned(m int) bool {
	metric := &c.metrics[m]
	return metric.Operator == rollup.Distribution || metric.Operator == rollup.PerService ||
		metric.Dataset == model.Findings || metric.Dataset == model.Costs || metric.Dataset == model.Staff || m == c.rows.phaseHours
}
