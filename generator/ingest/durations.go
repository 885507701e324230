package ingest

import (
	"bytes"
	"time"
)

// duration reads a length of time in seconds: a number of seconds, ISO 8601 ("PT1H30M"),
// Go ("1h30m"), h:mm:ss ("0:17:00.5") or days and h:mm:ss ("1 days 00:17:00"). ISO years
// and months have no fixed length and are bad.
func duration(text []byte) (float64, outcome) {
	text = bytes.TrimSpace(text)
	if f, got := number(text); got != bad {
		return f, got
	}
	sign := 1.0
	if text[0] == '-' {
		sign, text = -1, text[1:]
	}
	for _, parse := range []func([]byte) (float64, bool){isoDuration, goDuration, clockDuration} {
		if f, ok := parse(text); ok {
			return sign * f, read
		}
	}
	return 0, bad
}

// isoUnits are the designators of ISO 8601 in their order. M is minutes, after the T only.
var isoUnits = []struct {
	letter  byte
	time    bool // stands after the T
	seconds float64
}{
	{'W', false, 7 * 86400}, {'D', false, 86400}, {'H', true, 3600}, {'M', true, 60}, {'S', true, 1},
}

func isoDuration(text []byte) (float64, bool) {
	if len(text) < 3 || text[0] != 'P' {
		return 0, false
	}
	total, unit, inTime := 0.0, 0, false
	for text = text[1:]; len(text) > 0; {
		if text[0] == 'T' && !inTime && len(text) > 1 {
			inTime, text = true, text[1:]
			continue
		}
		f, rest, ok := leadingNumber(text)
		if !ok || len(rest) == 0 {
			return 0, false
		}
		for unit < len(isoUnits) && (isoUnits[unit].letter != rest[0] || isoUnits[unit].time != inTime) {
			unit++
		}
		if unit == len(isoUnits) {
			return 0, false
		}
		total += f * isoUnits[unit].seconds
		unit++
		text = rest[1:]
	}
	return total, true
}

// leadingNumber cuts a decimal number, with a point or a comma, from the start of a text.
func leadingNumber(text []byte) (float64, []byte, bool) {
	i := 0
	for i < len(text) && (isDigit(text[i]) || text[i] == '.' || text[i] == ',') {
		i++
	}
	f, got := number(bytes.ReplaceAll(text[:i], []byte(","), []byte(".")))
	return f, text[i:], got == read
}

func goDuration(text []byte) (float64, bool) {
	if len(text) == 0 || len(text) > 64 || !isDigit(text[0]) && text[0] != '.' {
		return 0, false
	}
	d, err := time.ParseDuration(string(text))
	return d.Seconds(), err == nil
}

// clockDuration reads h:mm:ss, with any number of hours, and days before it.
func clockDuration(text []byte) (float64, bool) {
	days := 0.0
	if before, after, found := bytes.Cut(text, []byte(" day")); found {
		n, got := number(before)
		after = bytes.TrimPrefix(after, []byte("s"))
		after = bytes.TrimPrefix(after, []byte(","))
		if got != read || len(after) == 0 || after[0] != ' ' {
			return 0, false
		}
		days, text = n, bytes.TrimSpace(after)
	}
	h, rest, found := bytes.Cut(text, []byte(":"))
	hours, ok := digits(h)
	if !found || !ok || len(h) > 6 || len(rest) < 5 || rest[2] != ':' {
		return 0, false
	}
	minutes, ok := digits(rest[:2])
	seconds, after, ok2 := leadingNumber(rest[3:])
	if !ok || !ok2 || !isDigit(rest[3]) || len(after) > 0 || minutes > 59 || seconds >= 60 {
		return 0, false
	}
	return days*86400 + float64(hours*3600+minutes*60) + seconds, true
}
