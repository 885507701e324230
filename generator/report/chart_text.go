package report

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// ChartUnit is what a chart counts in. Its text names the formatter in the theme's script,
// which prints as Format does.
type ChartUnit string

// The units of charts.
const (
	ChartDuration ChartUnit = "duration" // seconds
	ChartCount    ChartUnit = "count"
	ChartPercent  ChartUnit = "percent" // shares, 0..1
	ChartBudget   ChartUnit = "budget"  // shares of an error budget, below 0 and above 1 where it is overspent
)

// ChartText holds the words that charts need beside their own texts. It is filled from the
// theme's words once and shared by all charts.
type ChartText struct {
	Months   [12]string // short, January first
	Weekdays [7]string  // short, Monday first
	Day      string     // a day: "{day} {month}"
	Month    string     // a month: "{month} {year}"
	When     string     // heading of the column of days
	Missing  string     // a value that is not known
	Target   string
	Usual    string // the usual range
	Marks    string // heading of the column of marks
	Cut      string // a week or month that the period cuts: "{days} of {of} days"
	Table    string // opens the table

	// Of dot plots: its marks, the heading of the column that lists the lengths, and how
	// many there are, "n {n}".
	Median, P90, Each, Count string
}

// CountLabel says of how many lengths a row of a dot plot is.
func (t *ChartText) CountLabel(n int64) string {
	return strings.ReplaceAll(t.Count, "{n}", Count(int(n)))
}

// DayLabel words a civil date.
func (t *ChartText) DayLabel(d time.Time) string { return t.date(t.Day, d) }

// MonthLabel words a month.
func (t *ChartText) MonthLabel(d time.Time) string { return t.date(t.Month, d) }

func (t *ChartText) date(pattern string, d time.Time) string {
	return strings.NewReplacer("{day}", strconv.Itoa(d.Day()), "{month}", t.Months[d.Month()-1],
		"{year}", strconv.Itoa(d.Year())).Replace(pattern)
}

// CutLabel says how much of its week or month a point holds; "" for all of it.
func (t *ChartText) CutLabel(p ChartPoint) string {
	if !p.Cut() {
		return ""
	}
	return strings.NewReplacer("{days}", strconv.Itoa(p.Days), "{of}", strconv.Itoa(p.Of)).Replace(t.Cut)
}

// unreadable is where a number has too many digits to be read one by one.
const unreadable = 1e15

// Format words a finite value: 3 h 20 min, 41 210, 99.62 %. n is the number of
// observations behind a share; 0 means that it is exact.
func (u ChartUnit) Format(v float64, n int64) string {
	switch {
	case math.Abs(v) >= unreadable:
		return strconv.FormatFloat(v, 'g', 4, 64) // as it is, without a unit
	case u == ChartDuration:
		return Duration(v)
	case u == ChartPercent:
		return Share(v, n)
	case u == ChartBudget:
		return BudgetShare(v)
	case v == math.Trunc(v):
		return Count(int(v))
	case math.Abs(v) < 0.01:
		return strconv.FormatFloat(v, 'g', 2, 64)
	}
	return trimZeros(decimal(v, 2))
}

// LengthText words a length, or a range of lengths: 5 min, 10–15 min.
func LengthText(from, to float64) string {
	if from == to {
		return Duration(from)
	}
	return durationRange(from, to)
}

// Tick words a multiple of an axis step with just the digits and the one unit that the
// step needs, so that neighbours never print alike.
func (u ChartUnit) Tick(v, step float64) string {
	size, sign := u.tickUnit(step)
	v, step = v/size, step/size
	digits := 0
	for digits < 8 && !whole(step*math.Pow10(digits)) {
		digits++
	}
	text := strconv.FormatFloat(v, 'g', 4, 64)
	if math.Abs(v) < unreadable {
		text = decimal(v, digits)
	}
	if sign == "" || v == 0 {
		return text
	}
	return text + nbsp + sign
}

// tickUnit returns the size and the sign of the unit that an axis is printed in.
func (u ChartUnit) tickUnit(step float64) (size float64, sign string) {
	switch {
	case u == ChartPercent, u == ChartBudget:
		return 0.01, "%"
	case u != ChartDuration:
		return 1, ""
	case step >= 2*day:
		return day, "d"
	case step >= hour:
		return hour, "h"
	case step >= minute:
		return minute, "min"
	}
	return 1, "s"
}

// whole allows for the error of a few floating-point operations.
func whole(v float64) bool { return math.Abs(v-math.Round(v)) < 1e-6 }

func trimZeros(s string) string { return strings.TrimRight(strings.TrimRight(s, "0"), ".") }
