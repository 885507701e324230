package render

import "uptree/generator/report"

// money writes a figure of money: amounts are decimals in texts, exactly, each currency by
// itself.
func (o *object) money(m *report.TwinMetric, c *report.Measure) {
	o.open('{').key("value")
	unit := string(m.Metric.Unit)
	if why := m.Reason(c); why != "" {
		o.null().key("reason").str(why)
	} else {
		o.str(c.Spent[0].Amount.String())
		unit = c.Spent[0].Currency
	}
	o.key("unit").str(unit)
	if c.Known || c.N > 0 {
		o.key("n").int(c.N)
	}
	if len(c.Spent) > 0 {
		o.key("currencies").open('{')
		for i := range c.Spent {
			o.spent(&c.Spent[i])
		}
		o.close('}')
	}
	o.by(c)
	if c.Of > 0 {
		o.key("coverage").open('{').key("covered").int(c.Covered).key("of").int(c.Of).close('}')
	}
	o.key("sources").strings(m.Sources)
	o.notes(c)
	o.close('}')
}

func (o *object) spent(s *report.Spent) {
	o.key(s.Currency).open('{').key("value").str(s.Amount.String()).key("n").int(int(s.Records))
	o.key("credits").str(s.Credits.String()).key("credit_records").int(int(s.CreditRecords))
	o.key("billed")
	if s.BilledRecords == 0 {
		o.null()
	} else {
		o.str(s.Billed.String())
	}
	o.key("billed_records").int(int(s.BilledRecords)).key("idle").str(s.Idle.String())
	if why := s.PreviousReason.String(); why != "" {
		o.key("previous").null().key("previous_reason").str(why)
	} else {
		o.key("previous").str(s.Previous.String())
	}
	if s.Usual != nil {
		o.key("usual").open('[').str(s.Usual[0].String()).str(s.Usual[1].String()).close(']')
	}
	o.key("by").open('{')
	o.amounts("component", s.Components)
	o.amounts("allocation", s.Allocation)
	o.close('}')
	if s.Terms {
		o.key("conservation").open('{')
		o.amounts("children", s.Children)
		o.key("direct").str(s.Direct.String()).key("shared").str("0").close('}')
	}
	o.close('}')
}

// costMonths writes what the last months cost, where anything did.
func (o *object) costMonths(months []report.CostMonth) {
	if len(months) == 0 {
		return
	}
	o.key("cost_months").open('[')
	for i := range months {
		o.open('{').key("month").str(months[i].First.String()[:len("2026-11")]).key("partial").bool(months[i].Partial)
		o.amounts("currencies", months[i].Spent)
		o.close('}')
	}
	o.close(']')
}

func (o *object) amounts(name string, parts []report.MoneyPart) {
	o.key(name).open('{')
	for _, p := range parts {
		o.key(p.Name).str(p.Amount.String())
	}
	o.close('}')
}

// money writes the amounts of a figure; their unit is their currency, by which their parts
// are named. The value is written where there is one.
func (w *csvWriter) money(c *report.Measure) {
	unit := w.unit
	for i := range c.Spent {
		if w.unit = c.Spent[i].Currency; c.Known {
			w.amount("", c.Spent[i].Amount.String(), c.N)
		}
		w.spent(&c.Spent[i])
	}
	w.unit = "1"
	w.by(c)
	w.unit = unit
}

func (w *csvWriter) spent(s *report.Spent) {
	of := s.Currency
	w.amount(of, s.Amount.String(), int(s.Records))
	w.amount(of+":credits", s.Credits.String(), int(s.CreditRecords))
	if s.BilledRecords > 0 {
		w.amount(of+":billed", s.Billed.String(), int(s.BilledRecords))
	}
	w.amount(of+":idle", s.Idle.String(), -1)
	if s.PreviousReason.String() == "" {
		w.amount(of+":previous", s.Previous.String(), -1)
	}
	w.amounts(of+":component:", s.Components)
	w.amounts(of+":allocation:", s.Allocation)
	if s.Terms {
		w.amounts(of+":child:", s.Children)
		w.amount(of+":direct", s.Direct.String(), -1)
	}
}

func (w *csvWriter) amounts(of string, parts []report.MoneyPart) {
	for _, p := range parts {
		w.amount(of+p.Name, p.Amount.String(), -1)
	}
}

// amount is row for money, as text: exact.
func (w *csvWriter) amount(part, amount string, n int) {
	w.begin("", part)
	w.dst = append(w.dst, amount...)
	w.end(n)
}
