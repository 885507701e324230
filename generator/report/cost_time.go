package report

import (
	"math"
	"slices"
	"strconv"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// costMonths is what each of the last months cost, the current one last: a chart per
// currency, because amounts in several are on no one scale. All periods show the same.
func (c *composer) costMonths() (out []*ChartFigure) {
	months := c.cube.CostMonths(c.subject, maxCostMonths)
	for i, currency := range monthCurrencies(months) {
		chart := Chart{
			ID: "cost-months-" + strconv.Itoa(i+1), Kind: ChartBar, Unit: ChartCount, Text: c.charts,
			Title: c.Words.Plain(say(wCostMonths, argText("currency", currency))), Period: c.Words.Plain(say(wCostMonthsOf, argCount("n", len(months)))),
		}
		series := ChartSeries{Name: currency, Class: ClassPlain}
		for m := range months {
			chart.X = append(chart.X, c.monthPoint(&months[m]))
			series.Values = append(series.Values, monthAmount(months[m].Spent, currency))
		}
		chart.Series = []ChartSeries{series}
		chart.Summary = c.monthsSummary(series.Values, months)
		out = append(out, &ChartFigure{ID: chart.ID, Periods: []ChartPeriod{{Name: c.periods[c.period].name, Chart: chart}}})
	}
	return out
}

func monthCurrencies(months []rollup.CostMonth) (out []string) {
	for _, m := range months {
		for _, spent := range m.Spent {
			if !slices.Contains(out, spent.Name) {
				out = append(out, spent.Name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// monthPoint is a month on the axis; the current one is cut where it stands.
func (c *composer) monthPoint(m *rollup.CostMonth) ChartPoint {
	first := m.First.Date()
	p := ChartPoint{Date: m.First.String(), Label: c.charts.MonthLabel(first)}
	p.Of = int(model.DayOf(first.Year(), first.Month()+1, 1) - m.First)
	if p.Days = p.Of; m.Partial {
		p.Days = min(p.Of, int(c.model.Calendar.DayAt(c.model.AsOf)-m.First)+1)
	}
	return p
}

func monthAmount(spent []rollup.MoneyPart, currency string) float64 {
	for _, s := range spent {
		if s.Name == currency {
			return s.Amount.Float()
		}
	}
	return math.NaN()
}

// monthsSummary names the lowest and the highest of the months that are over.
func (c *composer) monthsSummary(values []float64, months []rollup.CostMonth) string {
	lo, hi := math.Inf(1), math.Inf(-1)
	for i, v := range values {
		if !math.IsNaN(v) && !months[i].Partial {
			lo, hi = math.Min(lo, v), math.Max(hi, v)
		}
	}
	if lo > hi {
		return c.Words.Plain(say(wCostFirstMonth))
	}
	return c.Words.Plain(say(wCostMonthsSummary, argText("low", moneyText(lo)), argText("high", moneyText(hi))))
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
