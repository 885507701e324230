package rollup

import "strings"

// Named is one number of a cell, by the name that it has in data.csv; "" is the value.
type Named struct {
	Name  string
	Value float64
	Unit  Unit
}

// Named lists the numbers of a cell: the value, where it has one, and its parts. Counts of
// states stand by the names of the states.
func (m *Metric) Named(c *Cell) []Named {
	var out []Named
	add := func(name string, v float64, unit Unit) { out = append(out, Named{name, v, unit}) }
	if m.Unit == Currency {
		c.namedMoney(add)
		return out
	}
	if c.Known {
		m.whole(c, add)
	}
	for _, by := range c.By {
		for _, p := range by.Parts {
			add(by.Dimension+":"+p.Name, p.Value, m.Unit)
		}
	}
	if s := c.States; s != nil && c.Known {
		add("met", float64(s.Met), One)
		add("at_risk", float64(s.AtRisk), One)
		add("breached", float64(s.Breached), One)
		add("no_data", float64(s.NoData), One)
	}
	if s := c.Spread; s != nil {
		if s.N > 0 {
			add("services:median", s.Median, m.Unit)
			add("services:low", s.Low, m.Unit)
			add("services:high", s.High, m.Unit)
		}
		add("services:under_five", float64(s.Few), One)
	}
	return out
}

// whole lists what a cell has that is known.
func (m *Metric) whole(c *Cell, add func(string, float64, Unit)) {
	if m.Operator != Distribution && c.Spread == nil && !(m.Operator == PerService && len(c.Dists) > 0) {
		add("", c.Value, m.Unit)
	}
	if m.Operator == Time {
		add("sum", c.Sum, m.Unit)
	}
	if c.Den > 0 {
		add("numerator", float64(c.Num), One)
		add("denominator", float64(c.Den), One)
	}
	for _, parts := range [][]Part{c.Parts, c.Segments} {
		for _, p := range parts {
			add(p.Name, p.Value, m.Unit)
		}
	}
	if c.Exported != nil {
		add("exported", *c.Exported, m.Unit)
	}
	for i := range c.Dists {
		d := &c.Dists[i]
		if d.N > 0 {
			add(strings.Trim(d.Name+":median", ":"), d.Median, m.Unit)
		}
		if d.P90 != nil {
			add(strings.Trim(d.Name+":p90", ":"), *d.P90, m.Unit)
		}
	}
}

// namedMoney lists what was spent in each currency: "EUR", "EUR:credits", "EUR:component:compute".
func (c *Cell) namedMoney(add func(string, float64, Unit)) {
	for i := range c.Spent {
		s := &c.Spent[i]
		unit := Unit(s.Currency)
		if c.Known {
			add("", c.Value, unit)
		}
		add(s.Currency, s.Amount.Float(), unit)
		add(s.Currency+":credits", s.Credits.Float(), unit)
		if s.BilledRecords > 0 {
			add(s.Currency+":billed", s.Billed.Float(), unit)
		}
		add(s.Currency+":idle", s.Idle.Float(), unit)
		for _, p := range s.Components {
			add(s.Currency+":component:"+p.Name, p.Amount.Float(), unit)
		}
		for _, p := range s.Allocation {
			add(s.Currency+":allocation:"+p.Name, p.Amount.Float(), unit)
		}
	}
	for _, by := range c.By {
		for _, p := range by.Parts {
			add(by.Dimension+":"+p.Name, p.Value, One)
		}
	}
}
