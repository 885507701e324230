package report

import "uptree/generator/rollup"

// deploymentChart is what reached production, and how much of it went wrong.
func (c *composer) deploymentChart(id string) *ChartFigure {
	m := c.rows.deployments
	return c.figure(id, m, func(period int, b ChartBuckets, s rollup.Series) Chart {
		chart := Chart{Kind: ChartStacked, Unit: ChartCount, Period: c.per(period, b), Title: c.Words.Plain(say(wDeploymentChart))}
		total := []int{0, 0}
		for i, row := range s.Rows {
			sums := b.Sum(row)
			for _, v := range sums {
				total[i] += int(v)
			}
			if i == 0 || hasValue(sums) {
				chart.Series = append(chart.Series, ChartSeries{
					Name: c.Words.Plain(say(deploymentParts[i].name)), Class: deploymentParts[i].class, Values: sums,
				})
			}
		}
		chart.Summary = c.Words.Plain(sayN(wDeploymentSummary, total[0]+total[1], argCount("wrong", total[1])))
		return chart
	})
}

// deployed is how many deployments the chart of the page's period is of: one of a few would
// be noise.
func (c *composer) deployed() (n int) {
	b := c.days.periods[c.period]
	for _, row := range c.series(c.rows.deployments, b).Rows {
		for _, v := range b.Sum(row) {
			n += int(v)
		}
	}
	return n
}

// deploymentParts are the parts of a day's deployments, in the order of their series.
var deploymentParts = []struct {
	name  Word
	class string
}{{wWentWell, ClassPlain}, {wWentWrong, ClassRisk}}

// findingsChart is how many findings were open at the end of each point.
func (c *composer) findingsChart(id string) *ChartFigure {
	m := c.rows.findingsOpen
	return c.figure(id, m, func(period int, b ChartBuckets, s rollup.Series) Chart {
		title := c.Words.Plain(say(wFindingsChart))
		var open []float64
		for _, row := range s.Rows {
			open = addDays(open, b.Last(row))
		}
		return Chart{
			Kind: ChartLine, Unit: ChartCount, Period: c.per(period, b), Title: title, Summary: c.chartSummary(m, period),
			Series: []ChartSeries{{Name: title, Class: ClassPlain, Values: open}},
		}
	})
}

// some returns a figure that shows anything but nothing in one of its periods, else nil.
func some(f *ChartFigure) *ChartFigure {
	for i := range f.Periods {
		for _, series := range f.Periods[i].Chart.Series {
			if hasValue(series.Values) {
				return f
			}
		}
	}
	return nil
}
