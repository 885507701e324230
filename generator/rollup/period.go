package rollup

import (
	"time"

	"uptree/generator/model"
)

// PeriodSpec is a period to compute: Days of a rolling one, or 0 and a calendar unit
// ("month", "quarter") as Name.
type PeriodSpec struct {
	Name string
	Days int
}

// Period is a period with its edges resolved against as_of.
type Period struct {
	Name     string
	Days     int // 0 for calendar units
	Current  Window
	Previous Window
	Past     []Window // the twelve before the current one, latest first; Past[0] is Previous
}

// Window is a half-open stretch of time [From, To).
type Window struct{ From, To model.Time }

// Seconds returns the length of the window.
func (w Window) Seconds() float64 { return float64(w.To - w.From) }

// clip returns the part of [from, to) inside the window, as a length.
func (w Window) clip(from, to model.Time) model.Time {
	return max(0, min(to, w.To)-max(from, w.From))
}

// overlaps reports whether an impact is in the window: it overlaps it or, without a
// length, begins in it.
func (w Window) overlaps(from, to model.Time) bool {
	if from == to {
		return from >= w.From && from < w.To
	}
	return w.clip(from, to) > 0
}

// pastPeriods is how many periods before the current one give the usual range.
const pastPeriods = 12

func resolvePeriod(spec PeriodSpec, asOf model.Time, cal *model.Calendar) Period {
	p := Period{Name: spec.Name, Days: spec.Days}
	if spec.Days > 0 {
		p.rolling(asOf, cal)
	} else {
		p.calendar(asOf, cal)
	}
	p.Previous = p.Past[0]
	return p
}

// rolling ends at as_of and starts at the first midnight at or after as_of − N × 24 h;
// earlier periods have both edges N site days earlier.
func (p *Period) rolling(asOf model.Time, cal *model.Calendar) {
	p.Current = rollingWindow(p.Days, asOf, cal)
	day := cal.DayAt(p.Current.From)
	for k := 1; k <= pastPeriods; k++ {
		p.Past = append(p.Past, Window{cal.Midnight(day - model.Day(k*p.Days)), cal.Shift(asOf, -k*p.Days)})
	}
}

// calendar runs from the start of the unit to date; earlier periods are the same elapsed
// time from the start of the unit before, capped at its end.
func (p *Period) calendar(asOf model.Time, cal *model.Calendar) {
	months := 1
	if p.Name == "quarter" {
		months = 3
	}
	start := calendarStarts(asOf, months, cal)
	p.Current = Window{start(0), asOf}
	for k := 1; k <= pastPeriods; k++ {
		end := min(start(k)+(asOf-p.Current.From), start(k-1))
		p.Past = append(p.Past, Window{start(k), end})
	}
}

// rollingWindow is the window of so many days that ends at a moment.
func rollingWindow(days int, at model.Time, cal *model.Calendar) Window {
	from := at - model.Time(days)*86400
	day := cal.DayAt(from)
	if cal.Midnight(day) < from {
		day++
	}
	return Window{cal.Midnight(day), at}
}

// calendarStarts returns where calendar units of so many months begin: start(0) that of
// the unit which holds the moment, start(k) the k-th before it.
func calendarStarts(at model.Time, months int, cal *model.Calendar) (start func(k int) model.Time) {
	year, month, _ := cal.DayAt(at).Date().Date()
	month -= time.Month((int(month) - 1) % months)
	return func(k int) model.Time {
		return cal.Midnight(model.DayOf(year, month-time.Month(k*months), 1))
	}
}
