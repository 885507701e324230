package rollup_test

import (
	"math/big"
	"time"

	"uptree/generator/rollup"
)

// naiveObjective is an objective as the tests know it. Its arithmetic is in exact rationals,
// its days are those of package time, and nothing is added up twice in the same way as in
// package rollup.
type naiveObjective struct {
	window      string
	days        int // of a rolling window
	slice       int64
	minEvents   int64
	versions    []naiveVersion
	buckets     []naiveBucket
	excluded    [][2]int64
	zone        *time.Location
	asOf        int64
	sliceTarget *big.Rat
}

type naiveVersion struct {
	from   time.Time // zero: always
	target *big.Rat
}

type naiveBucket struct {
	from, to    int64
	good, valid *big.Rat
}

// naiveUnit is a bucket or a slice that counts.
type naiveUnit struct {
	naiveBucket
	target *big.Rat
	day    string
}

type naiveBudget struct{ good, valid, allowed *big.Rat }

func (b *naiveBudget) bad() *big.Rat { return new(big.Rat).Sub(b.valid, b.good) }

func (b *naiveBudget) consumed() *big.Rat { return new(big.Rat).Quo(b.bad(), b.allowed) }

func (o *naiveObjective) local(t int64) time.Time { return time.Unix(t, 0).In(o.zone) }

func dateOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// target is that of the site day which holds a moment; nil before the objective begins.
func (o *naiveObjective) target(t int64) (target *big.Rat) {
	for _, v := range o.versions {
		if v.from.IsZero() || t >= v.from.Unix() {
			target = v.target
		}
	}
	return target
}

// inside reports whether a stretch lies wholly inside one exclusion.
func (o *naiveObjective) inside(from, to int64) bool {
	for _, e := range o.excluded {
		if e[0] <= from && to <= e[1] {
			return true
		}
	}
	return false
}

// units are what counts: buckets with events, or slices, on days of the objective.
func (o *naiveObjective) units(excluding bool) (out []naiveUnit) {
	slices, order := map[int64]*naiveBucket{}, []int64{}
	add := func(b naiveBucket) {
		target := o.target(b.from)
		if target == nil || b.valid.Sign() == 0 || b.to > o.asOf || excluding && o.inside(b.from, b.to) {
			return
		}
		out = append(out, naiveUnit{b, target, o.local(b.from).Format(time.DateOnly)})
	}
	for _, b := range o.buckets {
		if b.to > o.asOf {
			continue
		}
		if o.slice == 0 || b.to-b.from > o.slice {
			add(b)
			continue
		}
		n := b.from / o.slice
		if slices[n] == nil {
			slices[n] = &naiveBucket{n * o.slice, (n + 1) * o.slice, new(big.Rat), new(big.Rat)}
			order = append(order, n)
		}
		s := slices[n]
		s.good, s.valid, s.to = new(big.Rat).Add(s.good, b.good), new(big.Rat).Add(s.valid, b.valid), max(s.to, b.to)
	}
	for _, n := range order {
		s := slices[n]
		if s.valid.Sign() == 0 {
			continue
		}
		good := new(big.Rat)
		if s.good.Cmp(new(big.Rat).Mul(o.sliceTarget, s.valid)) >= 0 {
			good.SetInt64(1)
		}
		add(naiveBucket{s.from, s.to, good, big.NewRat(1, 1)})
	}
	return out
}

// snapped is the first midnight at or after a moment.
func (o *naiveObjective) snapped(t int64) int64 {
	if at := dateOf(o.local(t)); at.Unix() == t {
		return t
	}
	at := dateOf(o.local(t))
	return time.Date(at.Year(), at.Month(), at.Day()+1, 0, 0, 0, 0, o.zone).Unix()
}

// bounds are those of the objective's window at a moment, and the start of the one before.
func (o *naiveObjective) bounds(at int64) (from, end, before int64) {
	if o.days > 0 {
		return o.snapped(at - int64(o.days)*86400), at, 0
	}
	day := o.local(at)
	first, months := day.Month(), time.Month(1)
	if o.window == "quarter" {
		months = 3
		first = (day.Month()-1)/3*3 + 1
	}
	start := func(m time.Month) int64 { return time.Date(day.Year(), m, 1, 0, 0, 0, 0, o.zone).Unix() }
	return start(first), start(first + months), start(first - months)
}

func sumOf(units []naiveUnit, from, to int64) naiveBudget {
	b := naiveBudget{new(big.Rat), new(big.Rat), new(big.Rat)}
	for _, u := range units {
		if u.from >= from && u.to <= to {
			b.good.Add(b.good, u.good)
			b.valid.Add(b.valid, u.valid)
			b.allowed.Add(b.allowed, allowance(u.target, u.valid))
		}
	}
	return b
}

func allowance(target, valid *big.Rat) *big.Rat {
	return new(big.Rat).Mul(new(big.Rat).Sub(big.NewRat(1, 1), target), valid)
}

// slicesAllowed looks at every slice that begins between two moments.
func (o *naiveObjective) slicesAllowed(from, to int64, excluding bool) *big.Rat {
	counts := map[*big.Rat]int64{}
	for n := from / o.slice; n*o.slice < to; n++ {
		if t := n * o.slice; t >= from && o.target(t) != nil && !(excluding && o.inside(t, t+o.slice)) {
			counts[o.target(t)]++
		}
	}
	sum := new(big.Rat)
	for target, n := range counts {
		sum.Add(sum, allowance(target, big.NewRat(n, 1)))
	}
	return sum
}

func (o *naiveObjective) budget(units []naiveUnit, at int64, excluding bool) naiveBudget {
	from, end, before := o.bounds(at)
	b := sumOf(units, from, at)
	switch {
	case o.slice > 0:
		b.allowed = o.slicesAllowed(from, o.snapped(end), excluding)
	case o.days == 0:
		last := sumOf(units, before, from)
		if more := new(big.Rat).Sub(last.valid, b.valid); more.Sign() > 0 && o.target(at) != nil {
			b.allowed.Add(b.allowed, allowance(o.target(at), more))
		}
	}
	return b
}

// burned is the budget of some days up to a moment.
func (o *naiveObjective) burned(units []naiveUnit, days int, at int64, excluding bool) naiveBudget {
	from := o.snapped(at - int64(days)*86400)
	b := sumOf(units, from, at)
	if o.slice > 0 {
		b.allowed = o.slicesAllowed(from, o.snapped(at), excluding)
	}
	return b
}

// state is the state at a moment, and the share of a budget that a second spends at the
// pace of seven days.
func (o *naiveObjective) state(units []naiveUnit, at int64) (state rollup.ObjectiveState, pace *big.Rat) {
	b := o.budget(units, at, true)
	from, end, _ := o.bounds(at)
	week := o.burned(units, 7, at, true)
	rate, length, left := new(big.Rat), big.NewRat(end-from, 1), big.NewRat(end-dateOf(o.local(at)).Unix(), 1)
	if o.days > 0 {
		length, left = big.NewRat(int64(o.days)*86400, 1), big.NewRat(int64(min(7, o.days))*86400, 1)
	}
	if week.allowed.Sign() > 0 {
		rate = week.consumed()
	}
	pace = new(big.Rat).Quo(rate, length)
	if b.valid.Sign() == 0 || b.valid.Cmp(big.NewRat(o.minEvents, 1)) < 0 {
		return rollup.NoData, pace
	}
	remaining := new(big.Rat).Sub(big.NewRat(1, 1), b.consumed())
	switch {
	case b.bad().Cmp(b.allowed) > 0:
		return rollup.Breached, pace
	case b.bad().Cmp(b.allowed) == 0, remaining.Cmp(big.NewRat(1, 4)) < 0, remaining.Cmp(new(big.Rat).Mul(pace, left)) < 0:
		return rollup.AtRisk, pace
	}
	return rollup.Met, pace
}

// daysReached counts the site days wholly inside the window.
func (o *naiveObjective) daysReached(units []naiveUnit, from, to int64) (reached, measured int) {
	sums, order := map[string]*naiveUnit{}, []string{}
	for _, u := range units {
		if sums[u.day] == nil {
			sums[u.day] = &naiveUnit{naiveBucket{u.from, u.to, new(big.Rat), new(big.Rat)}, u.target, u.day}
			order = append(order, u.day)
		}
		s := sums[u.day]
		s.good.Add(s.good, u.good)
		s.valid.Add(s.valid, u.valid)
	}
	for _, day := range order {
		s := sums[day]
		start := dateOf(o.local(s.from))
		end := time.Date(start.Year(), start.Month(), start.Day()+1, 0, 0, 0, 0, o.zone)
		if start.Unix() < from || end.Unix() > to {
			continue
		}
		measured++
		if s.good.Cmp(new(big.Rat).Mul(s.target, s.valid)) >= 0 {
			reached++
		}
	}
	return reached, measured
}

// exhausted is the day on which the rest is spent, "" where that is too far.
func (o *naiveObjective) exhausted(units []naiveUnit) string {
	b := o.budget(units, o.asOf, true)
	_, pace := o.state(units, o.asOf)
	if pace.Sign() == 0 || b.allowed.Sign() == 0 {
		return ""
	}
	remaining := new(big.Rat).Sub(big.NewRat(1, 1), b.consumed())
	_, end, _ := o.bounds(o.asOf)
	today := dateOf(o.local(o.asOf)).Unix()
	limit := end - today
	if o.days > 0 {
		limit = int64(o.days) * 86400
	}
	seconds := new(big.Rat).Quo(remaining, pace)
	if remaining.Sign() <= 0 || seconds.Cmp(big.NewRat(limit, 1)) >= 0 {
		return ""
	}
	whole := new(big.Int).Quo(seconds.Num(), seconds.Denom())
	return o.local(today + whole.Int64()).Format(time.DateOnly)
}
