package generator_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// costRow is a raw record of a cost.
type costRow struct {
	Service   string `csv:"service"`
	Node      string `csv:"node"`
	Day       string `csv:"day"`
	Until     string `csv:"until"`
	Month     string `csv:"month"`
	Component string `csv:"component"`
	Amount    string `csv:"amount"`
	Currency  string `csv:"currency"`
	Billed    string `csv:"billed"`
	Idle      string `csv:"idle"`
}

// oracleCost is a cost with whom it is for.
type oracleCost struct {
	costRow
	source         int
	service, home  string // service is "" where unknown
	allocation     string
	first, last    string // days
	days           span
	amount, billed *big.Rat // billed is nil where it does not say
}

// readCosts takes the costs of a source: all of them, also where two are alike.
func (o *oracle) readCosts(s *eventSource, source int) {
	for _, r := range slices.Concat(s.Costs...) {
		c := &oracleCost{costRow: r, source: source, first: r.Day, last: cmp.Or(r.Until, r.Day), amount: rational(r.Amount)}
		if r.Month != "" {
			c.first = r.Month + "-01"
			for c.last = c.first; strings.HasPrefix(dateAfter(c.last, 1), r.Month); {
				c.last = dateAfter(c.last, 1)
			}
		}
		c.days = span{o.dayStart(c.first), o.dayStart(dateAfter(c.last, 1))}
		if c.days.from > o.now {
			continue
		}
		if r.Billed != "" {
			c.billed = rational(r.Billed)
		}
		c.Currency = strings.ToUpper(c.Currency)
		o.allocate(c)
		o.costs = append(o.costs, c)
	}
}

// allocate finds whose a cost is: the service's, else the node's, else nobody's.
func (o *oracle) allocate(c *oracleCost) {
	named := cmp.Or(c.costRow.Service, c.Node)
	if known := o.known([]string{c.costRow.Service}); len(known) > 0 {
		c.service, c.home, c.allocation = known[0], o.homeOn(known[0], c.days.from), "allocated"
	} else if node := o.standsFor(c.Node); node != "" {
		c.home, c.allocation = node, "allocated"
	} else if c.home = notOwned; named == "" || strings.Contains(named, "@") || strings.HasPrefix(named, "user:") {
		c.allocation = "unallocated"
	} else {
		c.allocation = "unknown_owner"
	}
}

func rational(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return r
}

// decimal writes an amount with as many decimals as it has.
func decimal(r *big.Rat) string {
	text := r.FloatString(18)
	text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}

// costsOf are the costs of a view, pilots apart.
func (o *oracle) costsOf(v view) (out []*oracleCost) {
	for _, c := range o.costs {
		if !o.in.Sources[c.source].Pilot && v.deploys(c.service, c.home) {
			out = append(out, c)
		}
	}
	return out
}

func (o *oracle) costFacts(f facts, v view, period string) {
	mine, path := o.costsOf(v), "cost/"+period+"/"
	if !o.frame(f, v, "cost", period, "costs", len(mine) > 0) {
		return
	}
	w, coarse := o.windows[period][0], 0
	byCurrency := map[string][]*oracleCost{}
	for _, c := range mine {
		switch {
		case w.from <= c.days.from && c.days.to <= w.to:
			byCurrency[c.Currency] = append(byCurrency[c.Currency], c)
		case c.first != c.last && c.days.touches(w):
			coarse++
		}
	}
	f.noteIf(true, "cost", period, "coarse", coarse)
	switch {
	case len(byCurrency) > 1:
		f[path+"reason"] = "several currencies"
	case len(byCurrency) == 0 && coarse > 0:
		f[path+"reason"] = "records of longer stretches"
	case len(byCurrency) == 0:
		f[path+"reason"] = "no data"
	}
	n := 0
	for currency, list := range byCurrency {
		n += len(list)
		at := path + "currencies/" + currency + "/"
		f.spentFacts(at, list)
		if len(byCurrency) == 1 {
			f[path+"value"] = f[at+"value"]
		}
		o.pastCosts(f, at, period, mine, currency)
		if v.kind == "org" {
			o.costTerms(f, at, v, list)
		}
	}
	if n > 0 {
		f.num(path+"n", float64(n))
	}
}

// spentFacts adds up costs of one currency.
func (f facts) spentFacts(at string, list []*oracleCost) {
	f.total(at+"value", at+"n", list, func(c *oracleCost) *big.Rat { return c.amount })
	f.total(at+"credits", at+"credit_records", list, func(c *oracleCost) *big.Rat {
		if c.amount.Sign() < 0 {
			return c.amount
		}
		return nil
	})
	f.total(at+"billed", at+"billed_records", list, func(c *oracleCost) *big.Rat { return c.billed })
	if f[at+"billed_records"] == "0" {
		f[at+"billed"] = "null"
	}
	f.total(at+"idle", "", list, func(c *oracleCost) *big.Rat {
		if c.Idle == "true" {
			return c.amount
		}
		return nil
	})
	for _, c := range list {
		f.total(at+"by/component/"+c.Component, "", list, func(other *oracleCost) *big.Rat {
			if other.Component == c.Component {
				return other.amount
			}
			return nil
		})
		f.total(at+"by/allocation/"+c.allocation, "", list, func(other *oracleCost) *big.Rat {
			if other.allocation == c.allocation {
				return other.amount
			}
			return nil
		})
	}
}

// total writes a sum and how many records are in it; nil is not in it.
func (f facts) total(path, records string, list []*oracleCost, of func(*oracleCost) *big.Rat) {
	sum, n := new(big.Rat), 0
	for _, c := range list {
		if amount := of(c); amount != nil {
			sum.Add(sum, amount)
			n++
		}
	}
	if f[path] = decimal(sum); records != "" {
		f.num(records, float64(n))
	}
}

// pastCosts are the sums of the windows before, and the middle of them.
func (o *oracle) pastCosts(f facts, at, period string, mine []*oracleCost, currency string) {
	reach, _, reaches := o.reach("costs")
	var values []*big.Rat
	for k := 1; k <= pastWindows; k++ {
		w, sum, n := o.windows[period][k], new(big.Rat), 0
		for _, c := range mine {
			if c.Currency == currency && w.from <= c.days.from && c.days.to <= w.to {
				sum.Add(sum, c.amount)
				n++
			}
		}
		covered := reaches && reach <= w.from
		if covered && n > 0 {
			values = append(values, sum)
		}
		if k > 1 {
			continue
		}
		f[at+"previous"] = "null"
		switch {
		case !covered:
			f[at+"previous_reason"] = "sources do not reach back that far"
		case n == 0:
			f[at+"previous_reason"] = "no data"
		default:
			f[at+"previous"] = decimal(sum)
		}
	}
	if len(values) >= 6 {
		slices.SortFunc(values, (*big.Rat).Cmp)
		f[at+"usual/0"], f[at+"usual/1"] = decimal(values[(len(values)*10+99)/100-1]), decimal(values[(len(values)*90+99)/100-1])
	}
}

// costTerms says where the cost of a node lies.
func (o *oracle) costTerms(f facts, at string, v view, list []*oracleCost) {
	for _, child := range v.children {
		below := slices.DeleteFunc(slices.Clone(list), func(c *oracleCost) bool { return !o.under(c.home, child) })
		if len(below) > 0 {
			f.total(at+"conservation/children/"+child, "", below, func(c *oracleCost) *big.Rat { return c.amount })
		}
	}
	f.total(at+"conservation/direct", "", list, func(c *oracleCost) *big.Rat {
		if c.home == v.id {
			return c.amount
		}
		return nil
	})
	f[at+"conservation/shared"] = "0"
}

// costsOfDay adds up what cost something on one civil date.
func (o *oracle) costsOfDay(f facts, v view, date string) {
	sums := map[string]*big.Rat{}
	for _, c := range o.costsOf(v) {
		if c.first == date && c.last == date {
			if sums[c.Currency] == nil {
				sums[c.Currency] = new(big.Rat)
			}
			sums[c.Currency].Add(sums[c.Currency], c.amount)
		}
	}
	for currency, sum := range sums {
		value, _ := sum.Float64()
		f.num("cost/"+date+"/"+currency, value)
	}
}

// money are the facts of a cell of the cube.
func (f facts) money(c *rollup.Cell, path string) {
	if !c.Known {
		f[path+"reason"] = c.Reason.String()
	}
	if c.N > 0 {
		f.num(path+"n", float64(c.N))
	}
	for i := range c.Spent {
		s := &c.Spent[i]
		at := path + "currencies/" + s.Currency + "/"
		if c.Known {
			f[path+"value"] = s.Amount.String()
		}
		f[at+"value"], f[at+"credits"], f[at+"billed"], f[at+"idle"] = s.Amount.String(), s.Credits.String(), s.Billed.String(), s.Idle.String()
		for name, n := range map[string]int32{"n": s.Records, "credit_records": s.CreditRecords, "billed_records": s.BilledRecords} {
			f[at+name] = strconv.Itoa(int(n))
		}
		if s.BilledRecords == 0 {
			f[at+"billed"] = "null"
		}
		if f[at+"previous"] = s.Previous.String(); s.PreviousReason != rollup.ReasonNone {
			f[at+"previous"], f[at+"previous_reason"] = "null", s.PreviousReason.String()
		}
		if s.Usual != nil {
			f[at+"usual/0"], f[at+"usual/1"] = s.Usual[0].String(), s.Usual[1].String()
		}
		f.amounts(at+"by/component/", s.Components)
		f.amounts(at+"by/allocation/", s.Allocation)
		if s.Terms {
			f.amounts(at+"conservation/children/", s.Children)
			f[at+"conservation/direct"], f[at+"conservation/shared"] = s.Direct.String(), model.Money{}.String()
		}
	}
}

func (f facts) amounts(path string, parts []rollup.MoneyPart) {
	for _, p := range parts {
		f[path+p.Name] = p.Amount.String()
	}
}

// costSource draws a bill: days, stretches of days and months, in two currencies, some of
// nobody.
func (m *maker) costSource(i int) eventSource {
	s := m.source(fmt.Sprintf("costs%d", i))
	s.Costs = make([][]costRow, 1+m.IntN(2))
	for range m.IntN(60) {
		f := m.IntN(len(s.Costs))
		s.Costs[f] = append(s.Costs[f], m.cost())
	}
	return s
}

func (m *maker) cost() costRow {
	r := costRow{
		Service: m.maybe(0.75, m.service), Node: m.maybe(0.25, m.owner), Component: m.oneOf("", "compute", "storage"),
		Amount:   fmt.Sprintf("%d.%0*d", m.IntN(900), 1+m.IntN(12), m.IntN(10)),
		Currency: m.oneOf("EUR", "EUR", "eur", "USD"), Idle: m.oneOf("", "", "", "true", "false"),
		Billed: m.maybe(0.5, func() string { return strconv.Itoa(m.IntN(500)) }),
	}
	if m.chance(0.15) {
		r.Amount = "-" + r.Amount
	}
	at := m.moment()
	switch day := at.Format("2006-01-02"); {
	case m.chance(0.15):
		r.Month = day[:7]
	case m.chance(0.15):
		r.Day, r.Until = day, dateAfter(day, m.IntN(20))
	default:
		r.Day = day
	}
	return r
}
