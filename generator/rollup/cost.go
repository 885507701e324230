package rollup

import (
	"math"
	"slices"

	"uptree/generator/model"
)

var costMetric = Metric{
	ID: "cost", Title: "Cost", Unit: Currency, Operator: Sum, Dataset: model.Costs,
	By: []string{"component", "allocation"}, Better: Neither, Since: "1",
	Formula: "Sum of the effective cost of the period, credits in it, for each currency by itself: exact decimals, never converted, never added to one another. Costs of a day count on that day; those of several days in periods that hold all of them.",
	Doc:     "What it costs to run. What is billed stands beside it: the same cost as it was invoiced, never added to it. What names no known service or node is unallocated, and stays in the total of the root.",
	Caveat:  "Bills arrive late, and are corrected later. Low cost is not the aim: read it beside the objective that it pays for.",
	eval:    (*scope).cost,
	records: (*scope).costRecords,
	daily:   dailyCost,
}

// Spent is what a subject cost in one currency over one period. All amounts are exact.
type Spent struct {
	Currency string
	model.CostSums
	Components []MoneyPart // by name; they add up to Amount
	Allocation []MoneyPart // allocated, unallocated, unknown_owner: likewise
	Idle       model.Money // part of Amount

	Previous       model.Money
	PreviousReason Reason // why there is none; ReasonNone where Previous holds
	Usual          *[2]model.Money

	// Terms says that the amount is a node's: the sum of what its children cost, in the
	// org's own order, and of what its own services and it itself do.
	Terms    bool
	Children []MoneyPart
	Direct   model.Money
}

// MoneyPart is one named term of an amount.
type MoneyPart struct {
	Name   string
	Amount model.Money
}

// AllocationNames name the allocations of costs, indexed by model.Allocation.
var AllocationNames = [model.NumAllocations]string{
	model.Allocated: "allocated", model.Unallocated: "unallocated", model.UnknownOwner: "unknown_owner",
}

// cost has a cell per period. Its value is that of the one currency; where there are
// several there is none, and each stands in Spent.
func (s *scope) cost() []Cell {
	all := s.purses()
	cells := s.cells(model.Costs, len(all) > 0)
	for p := range cells {
		cell := &cells[p]
		cell.PreviousReason = ReasonNoPast // each currency has its own
		if !cell.Known {
			cell.PreviousReason = cell.Reason
			continue
		}
		coarse := 0
		for _, currency := range s.index.costs.sorted(all) {
			purse := all[currency]
			coarse += purse.current[p].coarse
			if purse.current[p].Records > 0 {
				cell.Spent = append(cell.Spent, s.spent(currency, purse, p))
				cell.N += int(purse.current[p].Records)
			}
		}
		cell.note(NoteCoarse, coarse)
		cell.settleCost(coarse)
		if s.c.Model.CostLevel != model.PublishFull {
			cell.countCost(all, p)
		}
	}
	return cells
}

// settleCost gives the cell its value, or the reason why it has none.
func (c *Cell) settleCost(coarse int) {
	switch {
	case len(c.Spent) == 1:
		c.Value = c.Spent[0].Amount.Float()
	case len(c.Spent) > 1:
		c.Known, c.Reason = false, ReasonCurrencies
	case coarse > 0:
		c.Known, c.Reason = false, ReasonTooCoarse
	default:
		c.Known, c.Reason = false, ReasonNoData
	}
}

// countCost leaves of a cell how many records there are and whose.
func (c *Cell) countCost(all purses, period int) {
	c.Known, c.Reason, c.Spent = false, ReasonUnpublished, nil
	by := Breakdown{Dimension: "allocation"}
	for allocation, name := range AllocationNames {
		n := 0
		for _, purse := range all {
			n += int(purse.current[period].allocated[allocation])
		}
		if n > 0 {
			by.Parts = append(by.Parts, Part{name, float64(n)})
		}
	}
	if len(by.Parts) > 0 {
		c.By = append(c.By, by)
	}
}

func (s *scope) spent(currency uint16, p *purse, period int) Spent {
	now, m := &p.current[period], s.c.Model
	out := Spent{Currency: m.Currencies[currency], CostSums: now.CostSums, Idle: now.idle}
	for component, amount := range now.components {
		out.Components = append(out.Components, MoneyPart{m.Components[component], amount})
	}
	slices.SortFunc(out.Components, func(a, b MoneyPart) int { return compareNames(a.Name, b.Name) })
	for allocation, records := range now.allocated {
		if records > 0 {
			out.Allocation = append(out.Allocation, MoneyPart{AllocationNames[allocation], now.allocation[allocation]})
		}
	}
	s.pastSpent(&out, p.windows[period*windowsPerPeriod:], period)
	return out
}

// compareNames sorts names; what has none comes last.
func compareNames(a, b string) int {
	switch {
	case a == b:
		return 0
	case b == "" || a != "" && a < b:
		return -1
	}
	return 1
}

// pastSpent fills Previous and Usual from the past windows, as past does for other metrics.
func (s *scope) pastSpent(out *Spent, windows []windowSum, period int) {
	reach := s.c.reach[model.Costs]
	var values []model.Money
	for k := 1; k <= pastPeriods; k++ {
		w := windows[k]
		covered := reach != model.None && reach <= s.c.Periods[period].window(k).From
		if covered && w.records > 0 {
			values = append(values, w.amount)
		}
		if k > 1 {
			continue
		}
		switch {
		case !covered:
			out.PreviousReason = ReasonNoHistory
		case w.records == 0:
			out.PreviousReason = ReasonNoData
		default:
			out.Previous = w.amount
		}
	}
	if len(values) >= minUsual {
		slices.SortFunc(values, model.Money.Compare)
		out.Usual = &[2]model.Money{nearestRank(values, 10), nearestRank(values, 90)}
	}
}

// spentTerms fills the terms of a node's costs and returns those that they do not make.
func (s *scope) spentTerms(n model.NodeIdx, metric int) (wrong []*Spent) {
	m := s.c.Model
	for p := range s.c.Periods {
		for i := range s.c.nodes[n][metric][p].Spent {
			spent := &s.c.nodes[n][metric][p].Spent[i]
			for currency, purse := range s.index.costs.own[n] {
				if m.Currencies[currency] == spent.Currency {
					spent.Direct = purse.current[p].Amount
				}
			}
			spent.Terms = true
			total := spent.Direct
			for _, child := range m.Nodes[n].Children {
				if of := in(s.c.nodes[child][metric][p].Spent, spent.Currency); of != nil {
					spent.Children = append(spent.Children, MoneyPart{m.Nodes[child].ID, of.Amount})
					total = total.Plus(of.Amount)
				}
			}
			if total != spent.Amount {
				wrong = append(wrong, spent)
			}
		}
	}
	return wrong
}

// in returns what was spent in a currency; nil where nothing was.
func in(spent []Spent, currency string) *Spent {
	for i := range spent {
		if spent[i].Currency == currency {
			return &spent[i]
		}
	}
	return nil
}

// dailyCost has a row per currency with the costs of single days; a day without any is
// missing.
func dailyCost(s *scope, out *Series, n int) {
	if s.c.Model.CostLevel != model.PublishFull {
		return
	}
	rows := map[uint16][]model.Money{}
	known := map[uint16][]bool{}
	for c := range s.costs {
		d := int(c.From - out.First)
		if c.From != c.To || d < 0 || d >= n {
			continue
		}
		if rows[c.Currency] == nil {
			rows[c.Currency], known[c.Currency] = make([]model.Money, n), make([]bool, n)
		}
		rows[c.Currency][d], known[c.Currency][d] = rows[c.Currency][d].Plus(c.Amount), true
	}
	for _, currency := range s.index.costs.byCode(keysOf(rows)) {
		out.Names = append(out.Names, s.c.Model.Currencies[currency])
		last := slices.Repeat([]float64{math.NaN()}, n)
		out.Rows = append(out.Rows, last)
		for d, ok := range known[currency] {
			if ok {
				last[d] = rows[currency][d].Float()
			}
		}
	}
}
