package report

import (
	"cmp"
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// The most rows of the tables of cost; index.json has all.
const (
	maxComponents  = 5
	maxCostMonths  = 13
	maxCostTerms   = 20
	maxCostService = 12
)

// cost is the block of what the subject costs, absent where nothing is recorded.
func (c *composer) cost() Cost {
	if c.rows.cost < 0 || !costs(c.stats[c.rows.cost]) {
		return Cost{}
	}
	b := Cost{Section: Section{ID: "cost", Title: say(wCost), Lead: c.costLead()}}
	if c.model.CostLevel == model.PublishCounts {
		b.Figures = c.costCounts()
		return b
	}
	b.Until, b.Beside = c.costUntil(), c.costBeside()
	b.Figures, b.Months = c.costFigures(), c.costMonths()
	if c.subject.Kind == rollup.NodeSubject {
		b.Terms, b.Serves = c.costTerms(), c.costOfServices()
		return b
	}
	b.Serves, b.Question = c.costServes()
	return b
}

// costs reports whether there is a record of cost in any period.
func costs(cells []rollup.Cell) bool {
	return slices.ContainsFunc(cells, func(c rollup.Cell) bool {
		return len(c.Spent) > 0 || c.Reason == rollup.ReasonTooCoarse || len(c.By) > 0 && len(c.By[0].Parts) > 0
	})
}

func (c *composer) costLead() Sentence {
	cell := &c.stats[c.rows.cost][c.period]
	switch {
	case c.model.CostLevel == model.PublishCounts:
		return sayN(wCostCounted, cell.N, c.periodArg())
	case len(cell.Spent) == 0:
		return say(wCostNone, c.periodArg(), arg("reason", words(reason(cell.Reason))))
	case c.subject.Kind == rollup.JourneySubject:
		return say(wCostJourney, argText("value", inAll(cell.Spent)), c.periodArg())
	}
	return say(wCostLead, argText("value", inAll(cell.Spent)), c.periodArg())
}

// inAll prints what was spent, each currency by itself.
func inAll(spent []rollup.Spent) string {
	var out []string
	for i := range spent {
		out = append(out, Money(spent[i].Amount, spent[i].Currency))
	}
	return amounts(out)
}

// costUntil names the sources whose records end before the page does: bills come late.
func (c *composer) costUntil() Cell {
	var out []Span
	for _, s := range c.cube.CostSources(c.subject) {
		if s.Until < c.model.Calendar.DayAt(c.model.AsOf)-1 {
			source := link(sourceTitle(&c.model.Sources[s.Source]), "#notes")
			out = append(out, words(say(wCostUntil, arg("source", source), argText("day", c.Words.Day(s.Until)))))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append(append(Cell{words(say(wCostLate)), text(" ")}, joined(out)...), text("."))
}

// costBeside says at the root what suppliers cost, which is in nobody's total.
func (c *composer) costBeside() Sentence {
	spent := c.cube.Stats(rollup.OfNode(c.model.ThirdParty))[c.rows.cost][c.period].Spent
	if c.subject != rollup.OfNode(0) || len(spent) == 0 {
		return Sentence{}
	}
	return say(wCostBeside, argText("value", inAll(spent)), arg("node", c.nodeLink(c.model.ThirdParty)))
}

// costTable is an empty table with a column per period.
func (c *composer) costTable(id string, caption Word) Table {
	t := Table{ID: id, Caption: say(caption), Figures: true, Columns: []Column{{Head: say(wFigure)}}}
	for i := range c.periods {
		t.Columns = append(t.Columns, Column{Head: c.periods[i].short, Number: true})
	}
	return t
}

// costCounts is what is left to say where amounts are not published.
func (c *composer) costCounts() Table {
	t := c.costTable("cost-figures", wCostRecords)
	cells := c.stats[c.rows.cost]
	for _, name := range rollup.AllocationNames {
		t.add(partName(name), false, len(cells), func(i int) string {
			if len(cells[i].By) == 0 {
				return ""
			}
			return partValue(rollup.One, cells[i].By[0].Parts, name)
		})
	}
	return t
}

// costFigures has under each currency its total, what it is made of and what is seen of it
// otherwise.
func (c *composer) costFigures() Table {
	t := c.costTable("cost-figures", wCostFigures)
	t.Plain = true
	cells := c.stats[c.rows.cost]
	currencies := currenciesOf(cells)
	for _, currency := range currencies {
		if len(currencies) > 1 {
			t.Rows = append(t.Rows, Row{Cells: []Cell{{text(currency)}}})
		}
		in := costColumn{currency: currency, table: &t}
		for p := range cells {
			in.spent = append(in.spent, spentIn(cells[p].Spent, currency))
		}
		in.rows()
	}
	c.markTotal(&t)
	return t
}

// markTotal makes the first total what links to the figure lead to, with the caveats on it.
func (c *composer) markTotal(t *Table) {
	for i := range t.Rows {
		row := &t.Rows[i]
		if len(row.Cells) < 2 {
			continue
		}
		row.Anchor = "m-cost"
		row.Cells[1+c.period] = c.opens(c.rows.cost, row.Cells[1+c.period])
		for _, mark := range c.caveatMarks("cost") {
			row.Cells[0] = append(row.Cells[0][:len(row.Cells[0]):len(row.Cells[0])], text(" "), linked(mark.Kind, mark.Href))
		}
		return
	}
}

func currenciesOf(cells []rollup.Cell) (out []string) {
	for i := range cells {
		for _, spent := range cells[i].Spent {
			if !slices.Contains(out, spent.Currency) {
				out = append(out, spent.Currency)
			}
		}
	}
	slices.Sort(out)
	return out
}

// spentIn is what was spent in a currency; nil where nothing was recorded.
func spentIn(spent []rollup.Spent, currency string) *rollup.Spent {
	for i := range spent {
		if spent[i].Currency == currency {
			return &spent[i]
		}
	}
	return nil
}

// costColumn writes the rows of one currency: spent has an entry per period, nil without
// records.
type costColumn struct {
	currency string
	spent    []*rollup.Spent
	table    *Table
}

func (in *costColumn) rows() {
	in.row(words(say(wCostTotal)), true, func(s *rollup.Spent) (model.Money, bool) { return s.Amount, true })
	in.components()
	in.row(words(say(wCostCredits)), false, func(s *rollup.Spent) (model.Money, bool) { return s.Credits, true })
	for _, name := range rollup.AllocationNames[model.Unallocated:] {
		in.row(partName(name), false, func(s *rollup.Spent) (model.Money, bool) { return moneyPart(s.Allocation, name), true })
	}
	in.row(words(say(wCostIdle)), false, func(s *rollup.Spent) (model.Money, bool) { return s.Idle, true })
	in.row(words(say(wCostBilled)), true, func(s *rollup.Spent) (model.Money, bool) { return s.Billed, s.BilledRecords == s.Records })
	in.row(words(say(wRowPrevious)), true, func(s *rollup.Spent) (model.Money, bool) {
		return s.Previous, s.PreviousReason == rollup.ReasonNone
	})
	in.table.add(words(say(wRowUsual)), true, len(in.spent), func(i int) string {
		if in.spent[i] == nil || in.spent[i].Usual == nil {
			return ""
		}
		return amountRange(in.spent[i].Usual[0], in.spent[i].Usual[1], in.currency)
	})
}

// row adds a row unless no period has it or, without zero, all are nothing.
func (in *costColumn) row(head Span, zero bool, get func(*rollup.Spent) (model.Money, bool)) {
	some := zero
	value := func(i int) (model.Money, bool) {
		if in.spent[i] == nil {
			return model.Money{}, false
		}
		return get(in.spent[i])
	}
	for i := range in.spent {
		m, _ := value(i)
		some = some || !m.IsZero()
	}
	if !some {
		return
	}
	in.table.add(head, true, len(in.spent), func(i int) string {
		m, ok := value(i)
		if !ok {
			return ""
		}
		return Money(m, in.currency)
	})
}

// components adds a row for each of the largest components, and one for the others.
func (in *costColumn) components() {
	var most []rollup.MoneyPart
	for _, s := range in.spent {
		if s != nil && len(s.Components) > len(most) {
			most = s.Components
		}
	}
	if len(most) == 1 && most[0].Name == "" {
		return // none is recorded
	}
	most = slices.Clone(most)
	slices.SortStableFunc(most, func(a, b rollup.MoneyPart) int {
		return cmp.Compare(b.Amount.Magnitude().Float(), a.Amount.Magnitude().Float())
	})
	shown := most[:min(len(most), maxComponents)]
	for _, part := range shown {
		in.row(partName(part.Name), true, func(s *rollup.Spent) (model.Money, bool) { return moneyPart(s.Components, part.Name), true })
	}
	in.row(words(say(wCostOthers)), false, func(s *rollup.Spent) (model.Money, bool) {
		rest := s.Amount
		for _, part := range shown {
			rest = rest.Minus(moneyPart(s.Components, part.Name))
		}
		return rest, true
	})
}

func moneyPart(parts []rollup.MoneyPart, name string) model.Money {
	for _, p := range parts {
		if p.Name == name {
			return p.Amount
		}
	}
	return model.Money{}
}
