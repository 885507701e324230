package generator_test

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// span is the seconds [from, to).
type span struct{ from, to int64 }

func (o *oracle) local(at int64) time.Time { return time.Unix(at, 0).In(o.zone) }

// dateOf is the civil date of a moment.
func (o *oracle) dateOf(at int64) string { return o.local(at).Format(time.DateOnly) }

// dayStart is the first moment whose civil date is the given one. It is looked for quarter
// by quarter, because some zones skip midnight and some have it twice.
func (o *oracle) dayStart(date string) int64 {
	if at, ok := o.starts[date]; ok {
		return at
	}
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err)
	}
	at := day.Add(-15 * time.Hour).Unix()
	for o.dateOf(at) < date {
		at += 15 * 60
	}
	o.starts[date] = at
	return at
}

// dateAfter counts civil dates on.
func dateAfter(date string, days int) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err)
	}
	return day.AddDate(0, 0, days).Format(time.DateOnly)
}

// pastWindows is how many windows before the current one are looked at.
const pastWindows = 12

// periodWindows lists the current window of a period and those before it, latest first.
func (o *oracle) periodWindows(period string) []span {
	if days, ok := strings.CutSuffix(period, "d"); ok {
		n, err := strconv.Atoi(days)
		if err != nil {
			panic(err)
		}
		return o.rollingWindows(n)
	}
	return o.calendarWindows(map[string]int{"month": 1, "quarter": 3}[period])
}

func (o *oracle) rollingWindows(days int) (out []span) {
	from := o.now - int64(days)*24*60*60
	begin := o.dateOf(from)
	if o.dayStart(begin) != from {
		begin = dateAfter(begin, 1)
	}
	now := o.local(o.now)
	out = append(out, span{o.dayStart(begin), o.now})
	for k := 1; k <= pastWindows; k++ {
		out = append(out, span{o.dayStart(dateAfter(begin, -k*days)), now.AddDate(0, 0, -k*days).Unix()})
	}
	return out
}

func (o *oracle) calendarWindows(months int) (out []span) {
	now := o.local(o.now)
	month := int(now.Month()) - 1
	unit := time.Date(now.Year(), time.Month(month-month%months+1), 1, 12, 0, 0, 0, time.UTC)
	starts := make([]int64, 0, pastWindows+2)
	for k := range pastWindows + 2 {
		starts = append(starts, o.dayStart(unit.AddDate(0, -k*months, 0).Format(time.DateOnly)))
	}
	elapsed := o.now - starts[0]
	out = append(out, span{starts[0], o.now})
	for k := 1; k <= pastWindows; k++ {
		out = append(out, span{starts[k], min(starts[k]+elapsed, starts[k-1])})
	}
	return out
}

// within is the length of the part of a span that lies in a window.
func (s span) within(w span) int64 {
	return max(0, min(s.to, w.to)-max(s.from, w.from))
}

// touches reports whether a span is in a window; one without a length is where it begins.
func (s span) touches(w span) bool {
	if s.from == s.to {
		return w.from <= s.from && s.from < w.to
	}
	return s.within(w) > 0
}

// stretches cuts a window at every edge of the layers and calls do for each piece with how
// many layers cover it; a layer is a set of spans that counts once.
func stretches(w span, layers [][]span, do func(length int64, covering []bool)) {
	cuts := []int64{w.from, w.to}
	for _, layer := range layers {
		for _, s := range layer {
			cuts = append(cuts, min(max(s.from, w.from), w.to), min(max(s.to, w.from), w.to))
		}
	}
	slices.Sort(cuts)
	covering := make([]bool, len(layers))
	for i := 1; i < len(cuts); i++ {
		if cuts[i] == cuts[i-1] {
			continue
		}
		for l, layer := range layers {
			covering[l] = slices.ContainsFunc(layer, func(s span) bool { return s.from <= cuts[i-1] && cuts[i] <= s.to })
		}
		do(cuts[i]-cuts[i-1], covering)
	}
}

// union is how much of a window the spans cover.
func union(w span, spans []span) (total int64) {
	stretches(w, [][]span{spans}, func(length int64, covering []bool) {
		if covering[0] {
			total += length
		}
	})
	return total
}

func count(flags []bool) (n int) {
	for _, f := range flags {
		if f {
			n++
		}
	}
	return n
}
