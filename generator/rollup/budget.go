package rollup

import (
	"math/big"

	"uptree/generator/model"
)

// span is the window of an objective at a moment.
type span struct {
	Window            // from its first moment to the one at which it is looked at
	end    model.Time // where a calendar window ends; of a rolling one its last day
	before model.Time // start of the calendar window before; None for a rolling one
}

// spanAt returns the window of an objective at a moment.
func spanAt(w model.ObjectiveWindow, at model.Time, cal *model.Calendar) span {
	if w.Days > 0 {
		return rollingSpan(w.Days, at, cal)
	}
	months := 1
	if w.Name == "quarter" {
		months = 3
	}
	start := calendarStarts(at, months, cal)
	return span{Window{start(0), at}, start(-1), start(1)}
}

func rollingSpan(days int, at model.Time, cal *model.Calendar) span {
	day := cal.DayAt(at)
	if cal.Midnight(day) < at {
		day++
	}
	return span{rollingWindow(days, at, cal), cal.Midnight(day), model.None}
}

// complete reports whether the whole of the window lies behind.
func (s *span) complete() bool { return s.To >= s.end }

// budget is the error budget of a window. Until a calendar window is over, its volume is
// that of the window before where that was larger: the first bad events of a month would
// spend the budget of a volume that is still to come. What is to come is allowed by the
// target that holds now. Slices are all those of the window's days, the rest of the last
// day among them: the budget does not grow with the hour at which it is looked at.
func (l *ledger) budget(s span) Budget {
	t := l.over(s.Window)
	b := Budget{Good: t.good, Valid: t.valid, Allowed: t.allowed}
	switch {
	case l.objective.Budgeting == model.Timeslices:
		b.Allowed = l.sliceAllowance(Window{s.From, s.end})
	case s.before != model.None && !s.complete():
		last := l.over(Window{s.before, s.From})
		if v := l.objective.At(l.cal.DayAt(s.To)); v != nil && b.Valid.less(last.valid) {
			b.Allowed = b.Allowed.plus(last.valid.minus(b.Valid).share(model.Whole - v.Target))
		}
	}
	return b
}

// burned is the budget over the last days up to a moment, whatever the objective's window.
func (l *ledger) burned(days int, at model.Time) Budget {
	return l.budget(rollingSpan(days, at, l.cal))
}

// horizon is how many days ahead a rolling window looks, and back for its pace.
const horizon = 7

// ahead returns the time that the budget has to last and the length of the window, in one
// unit: days of a rolling window, else seconds. Today is ahead as a whole: a verdict changes
// with the data or the day, not with the hour.
func (l *ledger) ahead(s span) (left, length model.Time) {
	if days := l.objective.Window.Days; days > 0 {
		return model.Time(min(horizon, days)), model.Time(days)
	}
	return s.end - l.today(s), s.end - s.From
}

// today is the start of the day on which the window is looked at.
func (l *ledger) today(s span) model.Time { return l.cal.Midnight(l.cal.DayAt(s.To)) }

// reasons is a set of StateReason.
type reasons uint8

func (r *reasons) add(reason StateReason, holds bool) {
	if holds {
		*r |= 1 << reason
	}
}

func (r reasons) list() (out []StateReason) {
	for reason := range numStateReasons {
		if r&(1<<reason) != 0 {
			out = append(out, reason)
		}
	}
	return out
}

// judge says how an objective stands. Too little data comes first: there is nothing to
// judge then.
func (l *ledger) judge(s span, b *Budget) (ObjectiveState, reasons) {
	var why reasons
	bad := b.Bad()
	switch least := (Exact{0, uint64(l.objective.MinEvents)}).times(unitsOfEvent); {
	case b.Valid.isZero():
		why.add(StateIdle, true)
		return NoData, why
	case b.Valid.less(least):
		why.add(StateFewEvents, true)
		return NoData, why
	case b.Allowed.less(bad):
		why.add(StateOverspent, true)
		return Breached, why
	}
	why.add(StateSpent, bad == b.Allowed)
	why.add(StateNearlySpent, bad != b.Allowed && b.Allowed.times(3).less(bad.times(4)))
	why.add(StateSpendingFast, bad != b.Allowed && l.spendingFast(s, b))
	if why != 0 {
		return AtRisk, why
	}
	return Met, why
}

// spendingFast reports whether what remains is less than the pace of seven days spends in
// the time that it has to last: remaining < burn × left / length.
func (l *ledger) spendingFast(s span, b *Budget) bool {
	week := l.burned(horizon, s.To)
	bad := week.Bad()
	if bad.isZero() || week.Allowed.isZero() {
		return false
	}
	left, length := l.ahead(s)
	remaining := b.Allowed.minus(b.Bad())
	x := remaining.approx() / b.Allowed.approx()
	y := bad.approx() / week.Allowed.approx() * float64(left) / float64(length)
	const close = 1e-9
	switch {
	case x < y*(1-close):
		return true
	case x > y*(1+close):
		return false
	}
	return product(remaining.int(), week.Allowed.int(), big.NewInt(int64(length))).
		Cmp(product(bad.int(), b.Allowed.int(), big.NewInt(int64(left)))) < 0
}

func product(factors ...*big.Int) *big.Int {
	p := big.NewInt(1)
	for _, f := range factors {
		p.Mul(p, f)
	}
	return p
}

// exhausted is the day on which the rest of the budget is spent at the pace of seven days,
// counted from the start of today, if that lies within the window's length or, of a calendar
// window, before its end; NoDay otherwise and where nothing is left.
func (l *ledger) exhausted(s span, b *Budget) model.Day {
	week := l.burned(horizon, s.To)
	bad := week.Bad()
	if bad.isZero() || week.Allowed.isZero() || !b.Bad().less(b.Allowed) {
		return model.NoDay
	}
	from, length, limit := l.today(s), s.end-s.From, s.end-l.today(s)
	if days := l.objective.Window.Days; days > 0 {
		length = model.Time(days) * 86400
		limit = length
	}
	seconds := product(b.Allowed.minus(b.Bad()).int(), week.Allowed.int(), big.NewInt(int64(length)))
	seconds.Quo(seconds, product(b.Allowed.int(), bad.int()))
	if !seconds.IsInt64() || seconds.Int64() >= int64(limit) {
		return model.NoDay
	}
	return l.cal.DayAt(from + model.Time(seconds.Int64()))
}
