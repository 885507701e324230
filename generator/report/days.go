package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// timeline holds what the charts of all pages share: the days that they show.
type timeline struct {
	first, last model.Day      // from the earliest to the latest day of any chart
	weeks       ChartBuckets   // of the small lines beside numbers
	periods     []ChartBuckets // by index of the cube's periods
	whole       []ChartBuckets // the same up to the clock: for what has to add up to the period
}

// trendDays is how far back the small line beside a number looks: thirteen weeks.
const trendDays = 91

func (p *Plan) timeline() timeline {
	yesterday := p.model.Calendar.DayAt(p.model.AsOf) - 1
	t := timeline{first: yesterday - trendDays + 1, last: yesterday}
	t.weeks = NewChartBuckets(t.first, t.last, p.charts)
	for i := range p.cube.Periods {
		first, last := p.wholeDays(p.cube.Periods[i].Current)
		last = max(first, last)
		t.periods = append(t.periods, NewChartBuckets(first, last, p.charts))
		whole := p.allDays(p.cube.Periods[i].Current)
		t.whole = append(t.whole, whole)
		t.first, t.last = min(t.first, first, whole.first), max(t.last, last, whole.last())
	}
	return t
}

// wholeDays are the first and last site day that lie wholly in a window.
func (p *Plan) wholeDays(w rollup.Window) (first, last model.Day) {
	first, last = p.model.Calendar.DaysBetween(w.From, w.To)
	return first, last - 1
}

// maxDailyParts is the longest period whose parts are drawn per day: bars of many parts are wide.
const maxDailyParts = 14

// allDays are the points of a window with the part of the last day up to its end.
func (p *Plan) allDays(w rollup.Window) ChartBuckets {
	c := p.model.Calendar
	first := c.DayAt(w.From)
	return newBuckets(first, max(first, c.DayAt(w.To-1)), maxDailyParts, p.charts)
}

// series is a metric of the page's subject over the days of a chart. The days of all
// charts are computed at once: they overlap.
func (c *composer) series(m int, b ChartBuckets) rollup.Series {
	all, known := c.daily[m]
	if !known {
		all = c.cube.Series(c.subject, m, c.days.first, c.days.last)
		if c.daily == nil {
			c.daily = map[int]rollup.Series{}
		}
		c.daily[m] = all
	}
	return all.Between(b.first, b.last())
}
