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
// neighbours often share one; it belongs to one goroutine.
type clock struct {
	cal  *model.Calendar
	text [dateLen]byte // of the last date
	date model.Day
}

// dateLen is the length of YYYY-MM-DD.
const dateLen = 10

// moment reads a timestamp: RFC 3339 with any fraction, "+0800", a space for the T, no
// zone (the site's), a bare date (its start or, where end is set, its end), the date of an
// e-mail or of HTTP, or the number of seconds, milliseconds, microseconds or nanoseconds
// since 1970. Null-likes and years up to 1 are absent.
func (c *clock) moment(text []byte, end bool) (model.Time, outcome) {
	text = bytes.TrimSpace(text)
	if isNull(text) {
		return model.None, absent
	}
	if len(text) < dateLen || text[4] != '-' {
		if len(text) > 3 && text[3] == ',' {
			return mailDate(text)
		}
		return epoch(text)
	}
	d, got := c.day(text[:dateLen])
	if got != read {
		return model.None, got
	}
	if text = text[dateLen:]; len(text) == 0 {
		if end {
			d++
		}
		return c.cal.Midnight(d), read
	}
	return c.timeOfDay(d, text)
}

// mailDate reads the date of an e-mail or of HTTP, with a numeric zone or in GMT.
func mailDate(text []byte) (model.Time, outcome) {
	for _, layout := range []string{"Mon, _2 Jan 2006 15:04:05 GMT", "Mon, _2 Jan 2006 15:04:05 -0700"} {
		if t, err := time.Parse(layout, shorten(text, maxExample)); err == nil && t.Year() > 1 {
			return model.Time(t.Unix()), read
		}
	}
	return model.None, bad
}

// siteDay reads a date, or the site day that holds a timestamp.
func (c *clock) siteDay(text []byte) (model.Day, outcome) {
	if text = bytes.TrimSpace(text); len(text) == dateLen && text[4] == '-' {
		return c.day(text)
	}
	t, got := c.moment(text, false)
	if got != read {
		return model.NoDay, got
	}
	return c.cal.DayAt(t), read
}

// day reads YYYY-MM-DD, all ten bytes.
func (c *clock) day(text []byte) (model.Day, outcome) {
	if string(text) == string(c.text[:]) {
		return c.date, read
	}
	year := 100*pair(text[0], text[1]) + pair(text[2], text[3])
	month, day := pair(text[5], text[6]), pair(text[8], text[9])
	switch {
	case year < 0 || month < 0 || day < 0 || text[4] != '-' || text[7] != '-':
		return model.NoDay, bad
	case year <= 1:
		return model.NoDay, absent // the zero time of several languages
	case month < 1 || month > 12 || day < 1 || day > daysIn(year, month):
		return model.NoDay, bad
	}
	copy(c.text[:], text)
	c.date = civilDay(year, month, day)
	return c.date, read
}

// pair reads two digits; without them it is so far below zero that a sum with it is too.
func pair(a, b byte) int {
	a, b = a-'0', b-'0'
	if a > 9 || b > 9 {
		return -100_000
	}
	return 10*int(a) + int(b)
}

func daysIn(year, month int) int {
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		return 29
	}
	return [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
}

// civilDay is model.DayOf without the detour over package time: years begin in March, so
// that the leap day is their last.
func civilDay(year, month, day int) model.Day {
	if month < 3 {
		year, month = year-1, month+12
	}
	days := 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 1
	return model.Day(days - daysTo1970)
}

// daysTo1970 is the number of days from 1 March of the year 0 to 1 January 1970.
const daysTo1970 = 719468

// timeOfDay reads what follows a date: "T10:20:30.5+02:00".
func (c *clock) timeOfDay(d model.Day, text []byte) (model.Time, outcome) {
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
	return model.Time(int64(d)*86400 + int64(seconds-offset)), read
}

// local places a time of day in the site's zone.
func (c *clock) local(d model.Day, seconds int) model.Time {
	start := c.cal.Midnight(d)
	if c.cal.Midnight(d+1)-start == 86400 {
		return start + model.Time(seconds)
	}
	y, m, dd := d.Date().Date()
	return model.Time(time.Date(y, m, dd, 0, 0, seconds, 0, c.cal.Zone()).Unix())
}

// clockTime reads hh:mm, hh:mm:ss or hh:mm:ss.fff (a comma does as well) and returns the
// seconds and what follows. Fractions are cut off.
func clockTime(text []byte) (seconds int, rest []byte, ok bool) {
	if len(text) < 5 || text[2] != ':' {
		return 0, nil, false
	}
	h, m, sec := pair(text[0], text[1]), pair(text[3], text[4]), 0
	rest = text[5:]
	if len(rest) >= 3 && rest[0] == ':' {
		sec = pair(rest[1], rest[2])
		rest = afterFraction(rest[3:])
	}
	seconds = h*3600 + m*60 + sec
	// 24:00 is the end of the day; a leap second is the one after it.
	return seconds, rest, h >= 0 && m >= 0 && sec >= 0 && m < 60 && sec <= 60 && seconds <= 86400
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
