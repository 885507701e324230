package rollup

import (
	"sort"

	"uptree/generator/model"
)

// ObjectiveDay is one site day of an objective. Amounts count slices where it is budgeted
// by timeslices.
type ObjectiveDay struct {
	Day         model.Day
	Target      model.Share // 0 before the objective begins
	Good, Valid Exact       // nothing valid: an idle day, neither good nor bad
	Allowed     Exact
	Budget      Budget // of the objective's own window, as it stood at the end of the day
}

// Reached reports whether a day with valid events reached its target.
func (d *ObjectiveDay) Reached() bool {
	return reaches(&tally{good: d.Good, valid: d.Valid}, d.Target)
}

// ObjectiveDays returns an objective day by day from first to last, both included, with
// its exclusions. The day of as_of is as it stands at as_of.
func (c *Cube) ObjectiveDays(i int32, first, last model.Day) []ObjectiveDay {
	s := c.scope(false)
	defer c.scopes.Put(s)
	o := &c.Model.Objectives[i]
	l := s.openLedger(o, c.exclusionsOf(o))
	out := make([]ObjectiveDay, 0, max(0, int(last-first)+1))
	for d := first; d <= last; d++ {
		from, to := l.cal.Midnight(d), min(l.cal.Midnight(d+1), l.asOf)
		row := ObjectiveDay{Day: d}
		if v := o.At(d); v != nil && from < to {
			row.Target = v.Target
			sum := l.dayOf(d)
			row.Good, row.Valid, row.Allowed = sum.good, sum.valid, sum.allowed
			if o.Budgeting == model.Timeslices {
				row.Allowed = l.sliceAllowance(Window{from, l.cal.Midnight(d + 1)})
			}
			row.Budget = l.budget(l.closing(d, to))
		}
		out = append(out, row)
	}
	return out
}

// closing is the objective's window as it stood at the end of a day: that of the day's last
// moment, up to the first one after it.
func (l *ledger) closing(d model.Day, to model.Time) span {
	w := spanAt(l.objective.Window, to, l.cal)
	if w.before != model.None && w.From == to {
		w = spanAt(l.objective.Window, l.cal.Midnight(d), l.cal)
		w.To = to
	}
	return w
}

// dayOf is what was measured on a site day.
func (l *ledger) dayOf(d model.Day) tally {
	i := sort.Search(len(l.days), func(k int) bool { return l.days[k].day >= d })
	if i < len(l.days) && l.days[i].day == d {
		return l.days[i].sum
	}
	return tally{}
}

// ObjectiveSpan is an objective over a day, a week that begins on a Monday, or a month.
type ObjectiveSpan struct {
	First, Last model.Day // of the days asked for that lie in it
	Good, Valid Exact
	Allowed     Exact
	Measured    int // days with valid events
	Reached     int // of them, those that reached their target
}

// Group says which days a span holds.
type Group uint8

// The spans that an objective is looked at by.
const (
	ByDay Group = iota
	ByWeek
	ByMonth
)

// starts reports whether a day begins a span.
func (g Group) starts(d model.Day) bool {
	switch date := d.Date(); g {
	case ByWeek:
		return date.Weekday() == 1
	case ByMonth:
		return date.Day() == 1
	}
	return true
}

// GroupDays adds days up. Remaining budgets are those of windows and do not add up: the
// last day of a span has its own.
func GroupDays(days []ObjectiveDay, by Group) []ObjectiveSpan {
	var out []ObjectiveSpan
	for i := range days {
		d := &days[i]
		if i == 0 || by.starts(d.Day) {
			out = append(out, ObjectiveSpan{First: d.Day})
		}
		s := &out[len(out)-1]
		s.Last = d.Day
		s.Good, s.Valid, s.Allowed = s.Good.plus(d.Good), s.Valid.plus(d.Valid), s.Allowed.plus(d.Allowed)
		if !d.Valid.isZero() {
			s.Measured++
			if d.Reached() {
				s.Reached++
			}
		}
	}
	return out
}
