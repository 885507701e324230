package report

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/model"
)

var chartWords = &ChartText{
	Months: [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	Day:    "{day} {month}", Month: "{month} {year}", Cut: "{days} of {of} days",
}

func TestChartPointsFollowTheLengthOfThePeriod(t *testing.T) {
	last := model.DayOf(2026, time.August, 24) // a Monday
	for _, test := range []struct {
		name        string
		days        int
		points      int
		first, last ChartPoint
	}{
		{"a month per day", 28, 28, ChartPoint{"2026-07-28", "28 Jul", 1, 1}, ChartPoint{"2026-08-24", "24 Aug", 1, 1}},
		{"a quarter per week from Monday", 90, 14, ChartPoint{"2026-05-27", "27 May", 5, 7}, ChartPoint{"2026-08-24", "24 Aug", 1, 7}},
		{"a year per month", 365, 13, ChartPoint{"2025-08-25", "Aug 2025", 7, 31}, ChartPoint{"2026-08-01", "Aug 2026", 24, 31}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := NewChartBuckets(last-model.Day(test.days)+1, last, chartWords)
			if len(b.Points) != test.points {
				t.Fatalf("%d points, want %d", len(b.Points), test.points)
			}
			if diff := cmp.Diff([]ChartPoint{test.first, test.last}, []ChartPoint{b.Points[0], b.Points[len(b.Points)-1]}); diff != "" {
				t.Error(diff)
			}
			if b.Point(last) != test.points-1 || b.Point(last+1) != -1 {
				t.Error("the last day is not in the last point, or the day after it is in one")
			}
		})
	}
}

func TestMissingDaysAreLeftOutAndNeverZero(t *testing.T) {
	nan := math.NaN()
	monday := model.DayOf(2026, time.June, 1)
	b := NewChartBuckets(monday, monday+34, chartWords) // five whole weeks
	num, den := slices.Repeat([]float64{nan}, 35), slices.Repeat([]float64{nan}, 35)
	num[0], den[0] = 9, 10
	num[6], den[6] = 90, 90
	num[7], den[7] = 0, 0
	if diff := cmp.Diff("99 0 NaN NaN NaN", joinFloats(b.Sum(num))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("0.99 NaN NaN NaN NaN", joinFloats(b.Ratio(num, den))); diff != "" {
		t.Error(diff)
	}
}

func joinFloats(values []float64) string {
	out := ""
	for i, v := range values {
		if i > 0 {
			out += " "
		}
		if math.IsNaN(v) {
			out += "NaN"
		} else {
			out += ChartCount.Format(v, 0)
		}
	}
	return out
}

func TestTicksHaveOneUnitAndJustTheDigitsOfTheStep(t *testing.T) {
	for _, test := range []struct {
		unit    ChartUnit
		v, step float64
		want    string
	}{
		{ChartDuration, 0, 3600, "0"},
		{ChartDuration, 5400, 1800, "90\u00a0min"},
		{ChartDuration, 64800, 21600, "18\u00a0h"},
		{ChartDuration, 5 * 86400, 5 * 86400, "5\u00a0d"},
		{ChartPercent, 0.9995, 0.0005, "99.95\u00a0%"},
		{ChartPercent, 1, 0.1, "100\u00a0%"},
		{ChartCount, 15000, 5000, "15\u202f000"},
	} {
		if got := test.unit.Tick(test.v, test.step); got != test.want {
			t.Errorf("%v of step %v: %q, want %q", test.v, test.step, got, test.want)
		}
	}
}

func TestEveryChartKindHasItsRow(t *testing.T) {
	for i, spec := range ChartKinds {
		if int(spec.Kind) != i || spec.Name == "" || spec.Doc == "" {
			t.Errorf("row %d is %+v", i, spec)
		}
	}
}

func TestADayWithoutRunsIsNoObservation(t *testing.T) {
	if got := observations([]float64{math.NaN(), 45}); !slices.Equal(got, []int64{0, 45}) {
		t.Errorf("got %d", got)
	}
}
