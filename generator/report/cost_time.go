package report

import (
	"slices"

	"uptree/generator/rollup"
)

// costMonths is what each of the last months cost, the current one last.
func (c *composer) costMonths() Table {
	t := Table{ID: "cost-months", Caption: say(wCostMonths), Columns: []Column{{Head: say(wCostMonth)}}}
	months := c.cube.CostMonths(c.subject, maxCostMonths)
	var currencies []string
	for _, m := range months {
		for _, spent := range m.Spent {
			if !slices.Contains(currencies, spent.Name) {
				currencies = append(currencies, spent.Name)
			}
		}
	}
	slices.Sort(currencies)
	for _, currency := range currencies {
		t.Columns = append(t.Columns, Column{Head: say(wCostIn, argText("currency", currency)), Number: true})
	}
	for _, m := range months {
		row := Row{Cells: []Cell{{text(c.charts.MonthLabel(m.First.Date()))}}}
		if m.Partial {
			row.Cells[0] = append(row.Cells[0], text(" "), marked(MarkQuiet, words(say(wCostPartial))))
		}
		for _, currency := range currencies {
			row.Cells = append(row.Cells, Cell{monthAmount(m.Spent, currency)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func monthAmount(spent []rollup.MoneyPart, currency string) Span {
	for _, s := range spent {
		if s.Name == currency {
			return text(moneyText(s.Amount.Float()))
		}
	}
	return text(dash)
}

// costChart has the days that were paid for, each currency by itself.
func (c *composer) costChart(id string) *ChartFigure {
	m := c.rows.cost
	return c.figure(id, m, func(period int, b ChartBuckets, s rollup.Series) Chart {
		chart := Chart{Kind: ChartBar, Unit: ChartCount, Period: c.per(period, b), Title: c.metrics[m].Title, Summary: c.chartSummary(m, period)}
		for i := range s.Rows[:min(len(s.Rows), len(costClasses))] {
			chart.Series = append(chart.Series, ChartSeries{Name: s.Names[i], Class: costClasses[i], Values: b.Sum(s.Rows[i])})
		}
		return chart
	})
}

// costClasses tell currencies apart.
var costClasses = []string{ClassPlain, ClassOwn, ClassInherited, ClassSeveral}
