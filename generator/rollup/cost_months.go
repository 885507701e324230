package rollup

import (
	"cmp"
	"slices"
	"time"

	"uptree/generator/model"
)

// CostMonth is what a subject cost in a calendar month, by currency. Partial says that the
// month is not over.
type CostMonth struct {
	First   model.Day
	Partial bool
	Spent   []MoneyPart
}

// CostMonths lists the last months of a subject, the current one last, without those
// before its first cost. Costs of several days are in the month that holds all of them.
func (c *Cube) CostMonths(subject Subject, months int) []CostMonth {
	if c.Model.CostLevel != model.PublishFull {
		return nil
	}
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.at(subject)
	today := c.Model.Calendar.DayAt(c.Model.AsOf)
	year, month, _ := today.Date().Date()
	out := make([]CostMonth, months)
	sums := make([]map[uint16]model.Money, months)
	for i := range out {
		out[i].First = model.DayOf(year, month-time.Month(months-1-i), 1)
		sums[i] = map[uint16]model.Money{}
	}
	for cost := range s.costs {
		y, m, _ := cost.From.Date().Date()
		i := months - 1 - (12*(year-y) + int(month-m))
		if i >= 0 && i < months && cost.To < model.DayOf(y, m+1, 1) {
			sums[i][cost.Currency] = sums[i][cost.Currency].Plus(cost.Amount)
		}
	}
	first := months
	for i := range out {
		for _, currency := range s.index.costs.byCode(keysOf(sums[i])) {
			out[i].Spent = append(out[i].Spent, MoneyPart{c.Model.Currencies[currency], sums[i][currency]})
		}
		if len(out[i].Spent) > 0 {
			first = min(first, i)
		}
	}
	out[months-1].Partial = true
	return out[first:]
}

// CostSource is a source of a subject's costs, with the last day of which it has any, the
// subject's or not.
type CostSource struct {
	Source int32 // index into Model.Sources
	Until  model.Day
}

// CostSources lists where the costs of a subject come from, in the order of site.toml.
func (c *Cube) CostSources(subject Subject) (out []CostSource) {
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.at(subject)
	for cost := range s.costs {
		source := cost.Origin.Source
		if !slices.ContainsFunc(out, func(have CostSource) bool { return have.Source == source }) {
			out = append(out, CostSource{source, s.index.costs.until[source]})
		}
	}
	slices.SortFunc(out, func(a, b CostSource) int { return cmp.Compare(a.Source, b.Source) })
	return out
}

// Cost is what a subject cost in a period, by currency.
func (c *Cube) Cost(subject Subject, period int) []Spent {
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.at(subject)
	return s.cost()[period].Spent
}
