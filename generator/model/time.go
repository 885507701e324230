package model

import (
	"math"
	"time"
)

// Time is a moment in seconds since the Unix epoch. Fractions of a second are cut off
// when records are read, which never turns an order around.
type Time int64

// None is the Time of something that is not recorded.
const None Time = math.MinInt64

// Known reports whether the moment was recorded.
func (t Time) Known() bool { return t != None }

// Day numbers the days of the site's time zone: days since 1 January 1970 as a civil
// date, whatever the zone's offset.
type Day int32

// NoDay is the Day of something that is not recorded.
const NoDay Day = math.MinInt32

// Calendar turns moments into site days and back. Days are as long as the zone makes
// them: 23, 24 or 25 hours where clocks change.
type Calendar struct {
	zone  *time.Location
	first Day
	edges []Time // edges[i] is the first moment of day first+i
}

// calendarFrom and calendarTo bound the table of midnights; moments outside are
// computed one by one.
const (
	calendarFrom = 1990
	calendarTo   = 2060
)

// NewCalendar returns the calendar of a zone.
func NewCalendar(zone *time.Location) *Calendar {
	c := &Calendar{zone: zone, first: DayOf(calendarFrom, time.January, 1)}
	for d := c.first; d <= DayOf(calendarTo, time.January, 1); d++ {
		c.edges = append(c.edges, c.midnight(d))
	}
	return c
}

// DayOf returns the day of a civil date.
func DayOf(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Date returns the civil date of a day at midnight UTC, for printing.
func (d Day) Date() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String returns the day as YYYY-MM-DD.
func (d Day) String() string { return d.Date().Format(time.DateOnly) }

// Zone returns the site's zone.
func (c *Calendar) Zone() *time.Location { return c.zone }

// Midnight returns the first moment of a day. Where the zone skips midnight, that is the
// first moment after the gap.
func (c *Calendar) Midnight(d Day) Time {
	if i := int(d - c.first); i >= 0 && i < len(c.edges) {
		return c.edges[i]
	}
	return c.midnight(d)
}

func (c *Calendar) midnight(d Day) Time {
	y, m, dd := d.Date().Date()
	at := time.Date(y, m, dd, 0, 0, 0, 0, c.zone)
	// Where clocks change, time.Date may land before a gap at midnight, or on the second of
	// two midnights.
	for civil(at) < d {
		at = at.Add(midnightStep)
	}
	for civil(at.Add(-midnightStep)) >= d {
		at = at.Add(-midnightStep)
	}
	return Time(at.Unix())
}

// midnightStep divides every change of clocks since 1990.
const midnightStep = 30 * time.Minute

// civil returns the day of a moment in its own zone.
func civil(at time.Time) Day { return DayOf(at.Year(), at.Month(), at.Day()) }

// DayAt returns the site day that holds the moment.
func (c *Calendar) DayAt(t Time) Day {
	if n := len(c.edges); n > 0 && t >= c.edges[0] && t < c.edges[n-1] {
		// A guess in days of 24 hours is off by one at most.
		i := int((t - c.edges[0]) / 86400)
		i = min(i, n-2)
		for c.edges[i] > t {
			i--
		}
		for c.edges[i+1] <= t {
			i++
		}
		return c.first + Day(i)
	}
	return civil(time.Unix(int64(t), 0).In(c.zone))
}

// Shift moves a moment by site days, keeping its clock time where the day has it.
func (c *Calendar) Shift(t Time, days int) Time {
	at := time.Unix(int64(t), 0).In(c.zone)
	return Time(at.AddDate(0, 0, days).Unix())
}

// DaysBetween returns the days [first, last) that lie wholly inside [from, to).
func (c *Calendar) DaysBetween(from, to Time) (first, last Day) {
	first = c.DayAt(from)
	if c.Midnight(first) < from {
		first++
	}
	last = c.DayAt(to)
	return first, last
}
