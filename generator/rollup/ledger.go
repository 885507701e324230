package rollup

import (
	"sort"

	"uptree/generator/model"
)

// ledger adds up what was measured of one objective, in order of time, so that any stretch
// of it is the difference of two sums. Its units are the buckets of the objective; with
// timeslices they are slices, unless a bucket is longer than a slice and counts several.
// Idle units and those before the objective begins are not in it. A ledger is reused.
type ledger struct {
	cal       *model.Calendar
	asOf      model.Time
	objective *model.Objective

	from, to []model.Time // of the units; both ascend
	sums     []tally      // sums[i] is over the units before i
	days     []measuredDay
	skipped  []sliceRange // timeslices that are excluded
}

// tally is what was good and valid, and how much the targets of the days allow to be bad.
type tally struct{ good, valid, allowed Exact }

func (t *tally) add(u *tally) {
	t.good, t.valid, t.allowed = t.good.plus(u.good), t.valid.plus(u.valid), t.allowed.plus(u.allowed)
}

// measuredDay is a site day with valid events.
type measuredDay struct {
	day     model.Day
	sum     tally
	target  model.Share
	reached int // of the days up to this one, how many reached their target
}

// sliceRange are the slices from first to before last, counted since 1970: slices lie on
// the same grid as the steps of most time series.
type sliceRange struct{ first, last model.Time }

// open enters an objective. Exclusions are in order of their start.
func (l *ledger) open(o *model.Objective, exclusions []Window) {
	l.objective = o
	l.from, l.to, l.sums, l.days, l.skipped = l.from[:0], l.to[:0], append(l.sums[:0], tally{}), l.days[:0], l.skipped[:0]
	e := entering{ledger: l, exclusions: exclusions, covered: model.None}
	if o.Budgeting == model.Timeslices {
		for _, x := range exclusions {
			l.skip(sliceRange{ceil(x.From, o.Slice), x.To / o.Slice})
		}
	}
	for i := range o.Buckets {
		b := &o.Buckets[i]
		if model.Time(b.To) > l.asOf {
			break
		}
		e.bucket(b)
	}
	e.flush()
	reached := 0
	for i := range l.days {
		if d := &l.days[i]; reaches(&d.sum, d.target) {
			reached++
		}
		l.days[i].reached = reached
	}
}

// skip adds excluded slices, whose ranges begin in ascending order.
func (l *ledger) skip(r sliceRange) {
	n := len(l.skipped)
	switch {
	case r.first >= r.last:
	case n > 0 && r.first <= l.skipped[n-1].last:
		l.skipped[n-1].last = max(l.skipped[n-1].last, r.last)
	default:
		l.skipped = append(l.skipped, r)
	}
}

// ceil is a/b rounded up, for moments since 1970.
func ceil(a, b model.Time) model.Time { return (a + b - 1) / b }

// reaches reports whether good/valid is at least the target.
func reaches(t *tally, target model.Share) bool { return !t.good.less(t.valid.share(target)) }

// entering is the state of filling a ledger.
type entering struct {
	*ledger
	exclusions []Window
	covered    model.Time // until when the exclusions that have begun last
	version    *model.Version
	until      model.Day // first day on which version may not hold
	slice      model.Bucket
	open       bool // slice holds something
}

// bucket enters a bucket, or adds it to its slice.
func (e *entering) bucket(b *model.Bucket) {
	length := e.objective.Slice
	if e.objective.Budgeting != model.Timeslices || model.Time(b.To-b.From) > length {
		e.flush()
		e.unit(b, exactly(b.Good), exactly(b.Valid))
		return
	}
	number := model.Time(b.From) / length
	if e.open && model.Time(e.slice.From) == number*length {
		e.slice.Good, e.slice.Valid, e.slice.To = e.slice.Good+b.Good, e.slice.Valid+b.Valid, max(e.slice.To, b.To)
		return
	}
	e.flush()
	e.open = true
	e.slice = model.Bucket{From: uint32(number * length), To: max(uint32((number+1)*length), b.To), Good: b.Good, Valid: b.Valid}
}

// flush judges the slice that was added up.
func (e *entering) flush() {
	if !e.open {
		return
	}
	e.open = false
	s := &e.slice
	v := e.holding(e.cal.DayAt(model.Time(s.From)))
	if v == nil || s.Valid == 0 || model.Time(s.To) > e.asOf {
		return
	}
	good := Exact{}
	if !exactly(s.Good).less(part(v.SliceTarget, s.Valid)) {
		good = exactly(model.OneEvent)
	}
	e.unit(s, good, exactly(model.OneEvent))
}

// holding returns the version of a day; days do not descend.
func (e *entering) holding(d model.Day) *model.Version {
	if e.version != nil && d < e.until {
		return e.version
	}
	e.version, e.until = e.objective.At(d), maxDay
	for i := range e.objective.Versions {
		if from := e.objective.Versions[i].From; from > d {
			e.until = from
			break
		}
	}
	return e.version
}

const maxDay = model.Day(1<<31 - 1)

// unit enters what was measured from b.From to b.To.
func (e *entering) unit(b *model.Bucket, good, valid Exact) {
	from, to := model.Time(b.From), model.Time(b.To)
	for len(e.exclusions) > 0 && e.exclusions[0].From <= from {
		e.covered = max(e.covered, e.exclusions[0].To)
		e.exclusions = e.exclusions[1:]
	}
	day := e.cal.DayAt(from)
	v := e.holding(day)
	if v == nil || valid.isZero() || to <= e.covered {
		return
	}
	t := tally{good, valid, valid.share(model.Whole - v.Target)}
	l := e.ledger
	sum := l.sums[len(l.sums)-1]
	sum.add(&t)
	l.from, l.to, l.sums = append(l.from, from), append(l.to, max(to, last(l.to))), append(l.sums, sum)
	if n := len(l.days); n > 0 && l.days[n-1].day == day {
		l.days[n-1].sum.add(&t)
		return
	}
	l.days = append(l.days, measuredDay{day: day, sum: t, target: v.Target})
}

func last(times []model.Time) model.Time {
	if len(times) == 0 {
		return model.None
	}
	return times[len(times)-1]
}

// units returns the units [i, j) that lie wholly inside a window.
func (l *ledger) units(w Window) (i, j int) {
	i = sort.Search(len(l.from), func(k int) bool { return l.from[k] >= w.From })
	j = i + sort.Search(len(l.to)-i, func(k int) bool { return l.to[i+k] > w.To })
	return i, j
}

// over adds up the units that lie wholly inside a window.
func (l *ledger) over(w Window) tally {
	i, j := l.units(w)
	a, b := &l.sums[i], &l.sums[j]
	return tally{b.good.minus(a.good), b.valid.minus(a.valid), b.allowed.minus(a.allowed)}
}

// daysIn counts the measured site days that lie wholly inside a window, and those of them
// that reached that day's target.
func (l *ledger) daysIn(w Window) (reached, measured int) {
	first, end := l.cal.DaysBetween(w.From, w.To)
	i := sort.Search(len(l.days), func(k int) bool { return l.days[k].day >= first })
	j := i + sort.Search(len(l.days)-i, func(k int) bool { return l.days[i+k].day >= end })
	if i >= j {
		return 0, 0
	}
	reached = l.days[j-1].reached
	if i > 0 {
		reached -= l.days[i-1].reached
	}
	return reached, j - i
}

// sliceAllowance is how many bad slices the targets of the days allow, of all slices that
// begin in a window, measured or not.
func (l *ledger) sliceAllowance(w Window) Exact {
	var sum Exact
	versions := l.objective.Versions
	for i := range versions {
		holds := w
		if versions[i].From != model.NoDay {
			holds.From = max(holds.From, l.cal.Midnight(versions[i].From))
		}
		if i+1 < len(versions) {
			holds.To = min(holds.To, l.cal.Midnight(versions[i+1].From))
		}
		r := sliceRange{ceil(holds.From, l.objective.Slice), ceil(holds.To, l.objective.Slice)}
		if n := r.last - r.first - l.excluded(r); n > 0 {
			sum = sum.plus(exactly(model.OneEvent).times(uint64(n)).share(model.Whole - versions[i].Target))
		}
	}
	return sum
}

// excluded counts the excluded slices of a range.
func (l *ledger) excluded(r sliceRange) model.Time {
	n := model.Time(0)
	for _, x := range l.skipped {
		n += max(0, min(x.last, r.last)-max(x.first, r.first))
	}
	return n
}
