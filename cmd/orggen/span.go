package main

import "time"

// span is the days that records exist for: from first up to, and without, the day of
// asOf. Both are midnights of the zone.
type span struct{ first, asOf time.Time }

// sampleSpan starts on the first of the month thirteen months before as_of: enough for
// the usual range of a 28-day period, not enough for the year before a 365-day one.
func sampleSpan(asOf time.Time) span {
	y, m, _ := asOf.Date()
	return span{time.Date(y, m-13, 1, 0, 0, 0, 0, asOf.Location()), asOf}
}

// day returns the midnight that begins day i of the span.
func (s span) day(i int) time.Time {
	y, m, d := s.first.Date()
	return time.Date(y, m, d+i, 0, 0, 0, 0, s.first.Location())
}

// days returns how many days the span has.
func (s span) days() int {
	// A day of a changed clock is an hour off; rounding hides it.
	return int(s.asOf.Sub(s.first).Round(24*time.Hour).Hours() / 24)
}

// before returns the midnight n days before as_of.
func (s span) before(n int) time.Time { return s.day(s.days() - n) }

// index returns which day of the span holds t; negative before it.
func (s span) index(t time.Time) int {
	i := int(t.Sub(s.first).Hours() / 24)
	for s.day(i).After(t) {
		i--
	}
	for !s.day(i + 1).After(t) {
		i++
	}
	return i
}
