package decode

import (
	"strconv"
	"strings"
	"time"
)

// icalMoment is a time as a calendar writes it.
type icalMoment struct {
	at    time.Time
	local bool // in no known zone: at is the time of day as if in UTC
	day   bool // a date
}

const (
	icalDate  = "20060102"
	icalLocal = "20060102T150405"
	localText = "2006-01-02T15:04:05"
)

func (m icalMoment) text() string {
	if m.local {
		return m.at.Format(localText)
	}
	return m.at.UTC().Format(time.RFC3339)
}

// moment reads 20250301, 20250301T100000 or 20250301T100000Z in the zone named.
func (z *icalZones) moment(zone, text string) (icalMoment, bool) {
	if t, err := time.Parse(icalDate, text); err == nil {
		return icalMoment{t, true, true}, true
	}
	utc := strings.HasSuffix(text, "Z")
	t, err := time.Parse(icalLocal, strings.TrimSuffix(text, "Z"))
	switch {
	case err != nil:
		return icalMoment{}, false
	case utc:
		return icalMoment{at: t}, true
	}
	if at, ok := z.resolve(zone, t); ok {
		return icalMoment{at: at}, true
	}
	return icalMoment{at: t, local: true}, true
}

// icalLength is a length of time. Days are days of the calendar.
type icalLength struct {
	days    int
	seconds time.Duration
}

// add ends a moment later. Days are added in UTC where the moment's zone is known: an
// event that lasts days by a duration, over a change of the clock, is off by that hour.
func (m icalMoment) add(l icalLength) icalMoment {
	m.at = m.at.AddDate(0, 0, l.days).Add(l.seconds)
	return m
}

// icalDuration reads P1W, P1DT2H or PT30M.
func icalDuration(text string) (l icalLength, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(text, "+"), "P")
	if !ok || rest == "" {
		return l, false
	}
	for rest != "" {
		rest = strings.TrimPrefix(rest, "T")
		end := strings.IndexAny(rest, "WDHMS")
		if end < 0 {
			return l, false
		}
		n, err := strconv.ParseUint(rest[:end], 10, 24)
		if err != nil {
			return l, false
		}
		switch rest[end] {
		case 'W':
			l.days += 7 * int(n)
		case 'D':
			l.days += int(n)
		case 'H':
			l.seconds += time.Duration(n) * time.Hour
		case 'M':
			l.seconds += time.Duration(n) * time.Minute
		case 'S':
			l.seconds += time.Duration(n) * time.Second
		}
		rest = rest[end+1:]
	}
	return l, true
}
