package ingest

import (
	"bytes"
	"math"
	"time"

	"uptree/generator/model"
)

// outcome says what reading a value gave.
type outcome uint8

const (
	absent outcome = iota // nothing is recorded
	read
	bad // something is recorded that cannot be understood
)

// clock reads timestamps in the shapes of real exports. It remembers the last date, since
// neighbours mostly share one; it belongs to one goroutine.
type clock struct {
	cal  *model.Calendar
	text [10]byte // of the last date
	date date
}

// date is a site day and its edges.
type date struct {
	day        model.Day
	start, end model.Time
}

// moment reads a timestamp: RFC 3339 with any fraction, "+0800", a space for the T, no
// zone (the site's), a bare date (its start or, where end is set, its end), or the number
// of seconds, milliseconds, microseconds or nanoseconds since 1970. Null-likes and years
// up to 1 are absent.
func (c *clock) moment(text []byte, end bool) (model.Time, outcome) {
	text = bytes.TrimSpace(text)
	if isNull(text) {
		return model.None, absent
	}
	if len(text) < len(c.text) || text[4] != '-' {
		return epoch(text)
	}
	d, got := c.day(text[:len(c.text)])
	if got != read {
		return model.None, got
	}
	if text = text[len(c.text):]; len(text) == 0 {
		if end {
			return d.end, read
		}
		return d.start, read
	}
	return c.timeOfDay(d, text)
}

// siteDay reads a date, or the site day that holds a timestamp.
func (c *clock) siteDay(text []byte) (model.Day, outcome) {
	text = bytes.TrimSpace(text)
	if len(text) == len(c.text) && text[4] == '-' {
		d, got := c.day(text)
		return d.day, got
	}
	t, got := c.moment(text, false)
	if got != read {
		return model.NoDay, got
	}
	return c.cal.DayAt(t), read
}

// day reads YYYY-MM-DD, all ten bytes.
func (c *clock) day(text []byte) (date, outcome) {
	if string(text) == string(c.text[:]) {
		return c.date, read
	}
	year, ok1 := digits(text[:4])
	month, ok2 := digits(text[5:7])
	day, ok3 := digits(text[8:10])
	switch {
	case !ok1 || !ok2 || !ok3 || text[4] != '-' || text[7] != '-':
		return date{}, bad
	case year <= 1:
		return date{}, absent // the zero time of several languages
	case month < 1 || month > 12 || day < 1 || day > 31:
		return date{}, bad
	}
	d := model.DayOf(year, time.Month(month), day)
	if day > 28 && d.Date().Day() != day {
		return date{}, bad // 30 February
	}
	copy(c.text[:], text)
	c.date = date{d, c.cal.Midnight(d), c.cal.Midnight(d + 1)}
	return c.date, read
}

// timeOfDay reads what follows a date: "T10:20:30.5+02:00".
func (c *clock) timeOfDay(d date, text []byte) (model.Time, outcome) {
	if s := text[0]; s != 'T' && s != 't' && s != ' ' {
		return model.None, bad
	}
	seconds, rest, ok := clockTime(text[1:])
	if !ok {
		return model.None, bad
	}
	if len(rest) == 0 {
		return c.local(d, seconds), read
	}
	offset, ok := utcOffset(rest)
	if !ok {
		return model.None, bad
	}
	return model.Time(int64(d.day)*86400 + int64(seconds-offset)), read
}

// local places a time of day in the site's zone.
func (c *clock) local(d date, seconds int) model.Time {
	if d.end-d.start == 86400 {
		return d.start + model.Time(seconds)
	}
	y, m, dd := d.day.Date().Date()
	return model.Time(time.Date(y, m, dd, 0, 0, seconds, 0, c.cal.Zone()).Unix())
}

// clockTime reads hh:mm, hh:mm:ss or hh:mm:ss.fff (a comma does as well) and returns the
// seconds and what follows. Fractions are cut off.
func clockTime(text []byte) (seconds int, rest []byte, ok bool) {
	if len(text) < 5 || text[2] != ':' {
		return 0, nil, false
	}
	h, ok1 := digits(text[:2])
	m, ok2 := digits(text[3:5])
	s, ok3 := 0, true
	rest = text[5:]
	if len(rest) >= 3 && rest[0] == ':' {
		s, ok3 = digits(rest[1:3])
		rest = afterFraction(rest[3:])
	}
	seconds = h*3600 + m*60 + s
	// 24:00 is the end of the day; a leap second is the one after it.
	return seconds, rest, ok1 && ok2 && ok3 && m < 60 && s <= 60 && seconds <= 86400
}

func afterFraction(text []byte) []byte {
	if len(text) < 2 || text[0] != '.' && text[0] != ',' || !isDigit(text[1]) {
		return text
	}
	i := 2
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	return text[i:]
}

// utcOffset reads Z, UTC, +02, +0200 or +02:00, with a space before it or not, in seconds
// east of UTC. The name of a zone may follow an offset: "+0200 CEST".
func utcOffset(text []byte) (int, bool) {
	text = bytes.TrimLeft(text, " ")
	switch string(text) {
	case "Z", "z", "UTC", "GMT":
		return 0, true
	}
	if len(text) < 3 || text[0] != '+' && text[0] != '-' {
		return 0, false
	}
	h, ok := digits(text[1:3])
	m, rest := 0, text[3:]
	if len(rest) > 0 && rest[0] == ':' {
		rest = rest[1:]
		ok = ok && len(rest) >= 2
	}
	if ok && len(rest) >= 2 && isDigit(rest[0]) {
		m, ok = digits(rest[:2])
		rest = rest[2:]
	}
	if !ok || h > 18 || m > 59 || !isZoneName(rest) {
		return 0, false
	}
	offset := h*3600 + m*60
	if text[0] == '-' {
		offset = -offset
	}
	return offset, true
}

func isZoneName(text []byte) bool {
	if len(text) == 0 {
		return true
	}
	if text[0] != ' ' || len(text) < 3 || len(text) > 6 {
		return false
	}
	for _, c := range text[1:] {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

// Numbers of seconds since 1970 are told from smaller units by their size: what is read as
// seconds ends in the year 5138, milliseconds start in 1973.
const (
	minEpoch    = 1e8
	maxSeconds  = 1e11
	maxMillis   = 1e14
	maxMicros   = 1e17
	maxNanos    = 1e20
	epochDigits = 19 // that surely fit a uint64
)

// epoch reads a number of seconds or of a smaller unit since 1970. 0 is absent; numbers
// that would lie before 1973 are more likely something else, such as 20240131.
func epoch(text []byte) (model.Time, outcome) {
	if n, ok := digits64(text); ok {
		switch {
		case n == 0:
			return model.None, absent
		case n < minEpoch:
			return model.None, bad
		case n < maxSeconds:
			return model.Time(n), read
		case n < maxMillis:
			return model.Time(n / 1e3), read
		case n < maxMicros:
			return model.Time(n / 1e6), read
		}
		return model.Time(n / 1e9), read
	}
	return epochFloat(text)
}

// epochFloat reads what is not only digits: "1712345678.12", "1.7e9".
func epochFloat(text []byte) (model.Time, outcome) {
	f, got := number(text)
	if got != read {
		return model.None, got
	}
	if f == 0 {
		return model.None, absent
	}
	for _, unit := range []struct{ limit, second float64 }{
		{maxSeconds, 1}, {maxMillis, 1e3}, {maxMicros, 1e6}, {maxNanos, 1e9},
	} {
		if f >= minEpoch && f < unit.limit {
			return model.Time(math.Floor(f / unit.second)), read
		}
	}
	return model.None, bad
}
