package report

import (
	"math"
	"time"

	"uptree/generator/model"
)

// The longest periods that are drawn per day and per week; longer ones are per month.
const (
	maxDailyPoints  = 31
	maxWeeklyPeriod = 120
)

// ChartBuckets gathers the days of a period into the points of a chart: days, weeks from
// Monday or months, whichever keeps the chart readable.
type ChartBuckets struct {
	Points []ChartPoint
	first  model.Day
	of     []int // point of each day
}

// NewChartBuckets returns the points for the days from first to last, both included.
func NewChartBuckets(first, last model.Day, text *ChartText) ChartBuckets {
	return newBuckets(first, last, maxDailyPoints, text)
}

// newBuckets draws as many days as daily each for itself.
func newBuckets(first, last model.Day, daily int, text *ChartText) ChartBuckets {
	days := int(last-first) + 1
	b := ChartBuckets{first: first}
	for d := first; d <= last; d++ {
		start, length := bucketOf(d, days, daily)
		if d == first || start == d {
			b.Points = append(b.Points, ChartPoint{Date: d.String(), Label: bucketLabel(d, days, text), Of: length})
		}
		point := len(b.Points) - 1
		b.Points[point].Days++
		b.of = append(b.of, point)
	}
	return b
}

func (b ChartBuckets) last() model.Day { return b.first + model.Day(len(b.of)) - 1 }

// bucketOf returns the first day and the length of the bucket that holds the day, in a
// period of so many days.
func bucketOf(d model.Day, days, daily int) (start model.Day, length int) {
	switch {
	case days <= daily:
		return d, 1
	case days <= maxWeeklyPeriod:
		return d - model.Day((int(d.Date().Weekday())+6)%7), 7
	}
	y, m, _ := d.Date().Date()
	start = model.DayOf(y, m, 1)
	return start, int(model.DayOf(y, m+1, 1) - start)
}

func bucketLabel(d model.Day, days int, text *ChartText) string {
	if days > maxWeeklyPeriod {
		return text.MonthLabel(d.Date())
	}
	return text.DayLabel(d.Date())
}

// Sum adds up the days of each point; days without a value are left out, and a point
// without any is missing.
func (b ChartBuckets) Sum(days []float64) []float64 {
	sums := make([]float64, len(b.Points))
	known := make([]bool, len(b.Points))
	for i, point := range b.of {
		if i < len(days) && !math.IsNaN(days[i]) {
			sums[point] += days[i]
			known[point] = true
		}
	}
	for i, ok := range known {
		if !ok {
			sums[i] = math.NaN()
		}
	}
	return sums
}

// Last is the last known day of each point; a point without any is missing.
func (b ChartBuckets) Last(days []float64) []float64 {
	last := make([]float64, len(b.Points))
	for i := range last {
		last[i] = math.NaN()
	}
	for i, point := range b.of {
		if i < len(days) && !math.IsNaN(days[i]) {
			last[point] = days[i]
		}
	}
	return last
}

// Ratio divides the sums of both; a point without a denominator is missing.
func (b ChartBuckets) Ratio(num, den []float64) []float64 {
	ratios, dens := b.Sum(num), b.Sum(den)
	for i, d := range dens {
		if math.IsNaN(d) || d == 0 {
			ratios[i] = math.NaN()
			continue
		}
		ratios[i] /= d
	}
	return ratios
}

// Point returns the point that holds the day, or -1: where a mark stands.
func (b ChartBuckets) Point(d model.Day) int {
	if i := int(d - b.first); i >= 0 && i < len(b.of) {
		return b.of[i]
	}
	return -1
}

// PointOn is Point for a civil date.
func (b ChartBuckets) PointOn(date time.Time) int {
	return b.Point(model.DayOf(date.Year(), date.Month(), date.Day()))
}
