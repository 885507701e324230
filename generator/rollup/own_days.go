package rollup

import (
	"math"
	"slices"

	"uptree/generator/model"
)

// ownDays calls each with the observations of a metric and the days of a series on which
// they lie.
func (s *scope) ownDays(k int32, out *Series, n int, each func(d int, o *model.Observation)) {
	for _, o := range s.observed(k) {
		if d := int(s.c.Model.Calendar.DayAt(o.At) - out.First); d >= 0 && d < n {
			each(d, o)
		}
	}
}

// dailySum adds up the values of each day; a day without any is missing.
func (s *scope) dailySum(k int32, out *Series, n int) {
	out.rows(n, math.NaN(), "value")
	sums := map[int]model.Money{}
	s.ownDays(k, out, n, func(d int, o *model.Observation) { sums[d] = sums[d].Plus(o.Value) })
	for d, sum := range sums {
		out.Rows[0][d] = sum.Float()
	}
}

// dailyFirst counts what was observed for the first time on each day, so that days add up.
func (s *scope) dailyFirst(k int32, out *Series, n int) {
	all := s.observed(k)
	if out.rows(n, 0, "value"); len(all) == 0 {
		out.Rows[0] = slices.Repeat([]float64{math.NaN()}, n) // it is not about this
	}
	first := map[string]model.Day{}
	cal := s.c.Model.Calendar
	for _, o := range all {
		if day, ok := first[o.ID]; !ok || cal.DayAt(o.At) < day {
			first[o.ID] = cal.DayAt(o.At)
		}
	}
	for _, day := range first {
		if d := int(day - out.First); d >= 0 && d < n {
			out.Rows[0][d]++
		}
	}
}

// dailyParts adds up numerators, per so many, and denominators.
func (s *scope) dailyParts(k int32, out *Series, n int) {
	out.rows(n, math.NaN(), "numerator", "denominator")
	per := s.c.Model.Own[k].Per
	s.ownDays(k, out, n, func(d int, o *model.Observation) {
		if o.Den > 0 {
			addTo(&out.Rows[0][d], o.Num*per)
			addTo(&out.Rows[1][d], o.Den)
		}
	})
}

// dailyLatest is the value at the end of each day.
func (s *scope) dailyLatest(k int32, out *Series, n int) {
	out.rows(n, math.NaN(), "value")
	cal, series := s.c.Model.Calendar, s.ownSeries(s.observed(k))
	for d := range n {
		end := min(cal.Midnight(out.First+model.Day(d)+1), s.c.Model.AsOf+1)
		sum, known := model.Money{}, false
		for _, one := range series {
			if o := lastBefore(one, end); o != nil {
				sum, known = sum.Plus(o.Value), true
			}
		}
		if known {
			out.Rows[0][d] = sum.Float()
		}
	}
}
