package ingest

import (
	"testing"
	"time"

	"uptree/generator/model"
)

func newClock(t testing.TB) *clock {
	t.Helper()
	return &clock{cal: testZones(t).site}
}

// TestTimestamps: the site's zone is Europe/Stockholm, UTC+1 in winter and UTC+2 in summer.
func TestTimestamps(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"RFC 3339", "2025-03-01T10:20:30Z", "2025-03-01T10:20:30Z"},
		{"lower case", "2025-03-01t10:20:30z", "2025-03-01T10:20:30Z"},
		{"milliseconds", "2025-03-01T10:20:30.123Z", "2025-03-01T10:20:30Z"},
		{"nanoseconds are cut off, not rounded", "2025-03-01T10:20:30.999999999Z", "2025-03-01T10:20:30Z"},
		{"two digits of a fraction", "2025-03-01T10:20:30.12Z", "2025-03-01T10:20:30Z"},
		{"a comma before the fraction", "2025-03-01T10:20:30,5Z", "2025-03-01T10:20:30Z"},
		{"an offset", "2025-03-01T10:20:30+02:00", "2025-03-01T08:20:30Z"},
		{"an offset to the west", "2025-03-01T10:20:30.5-06:30", "2025-03-01T16:50:30Z"},
		{"an offset without a colon", "2025-03-01T10:20:30.000+0800", "2025-03-01T02:20:30Z"},
		{"an offset of hours", "2025-03-01T10:20:30+02", "2025-03-01T08:20:30Z"},
		{"an offset that changes the day", "2025-03-01T00:20:30+02:00", "2025-02-28T22:20:30Z"},
		{"a space for the T", "2025-03-01 10:20:30Z", "2025-03-01T10:20:30Z"},
		{"a space before the offset", "2025-03-01 10:20:30 +0200", "2025-03-01T08:20:30Z"},
		{"as Go prints it", "2025-03-01 10:20:30.5 +0200 CEST", "2025-03-01T08:20:30Z"},
		{"UTC by name", "2025-03-01 10:20:30 UTC", "2025-03-01T10:20:30Z"},
		{"no seconds", "2025-03-01T10:20Z", "2025-03-01T10:20:00Z"},
		{"no zone in winter", "2025-03-01T10:20:30", "2025-03-01T09:20:30Z"},
		{"no zone in summer", "2025-07-01 10:20:30.000", "2025-07-01T08:20:30Z"},
		{"no zone before the clock changes", "2025-03-30 01:30:00", "2025-03-30T00:30:00Z"},
		{"no zone after the clock changed", "2025-03-30 12:00:00", "2025-03-30T10:00:00Z"},
		{"the end of a day", "2025-03-01T24:00:00Z", "2025-03-02T00:00:00Z"},
		{"a leap second", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
		{"a bare date", "2025-03-01", "2025-02-28T23:00:00Z"},
		{"a date and nothing but spaces around", "  2025-03-01  ", "2025-02-28T23:00:00Z"},
		{"29 February", "2024-02-29", "2024-02-28T23:00:00Z"},
		{"seconds", "1740823230", "2025-03-01T10:00:30Z"},
		{"seconds with a fraction", "1740823230.99", "2025-03-01T10:00:30Z"},
		{"seconds with an exponent", "1.74082323e9", "2025-03-01T10:00:30Z"},
		{"milliseconds since 1970", "1740823230999", "2025-03-01T10:00:30Z"},
		{"microseconds since 1970", "1740823230999999", "2025-03-01T10:00:30Z"},
		{"nanoseconds since 1970", "1740823230999999999", "2025-03-01T10:00:30Z"},

		{"as HTTP has it", "Sat, 01 Mar 2025 10:20:30 GMT", "2025-03-01T10:20:30Z"},
		{"as an e-mail has it", "Sat, 1 Mar 2025 10:20:30 +0200", "2025-03-01T08:20:30Z"},
		{"of a zone by its letters, which may be several", "Sat, 01 Mar 2025 10:20:30 CST", "bad"},

		{"nothing", "", "absent"},
		{"spaces", "   ", "absent"},
		{"null", "null", "absent"},
		{"NULL", "NULL", "absent"},
		{"None", "None", "absent"},
		{"UNSET", "UNSET", "absent"},
		{"NaN", "NaN", "absent"},
		{"the zero time of Go", "0001-01-01T00:00:00Z", "absent"},
		{"the zero time of MySQL", "0000-00-00 00:00:00", "absent"},
		{"the zero epoch", "0", "absent"},

		{"a word", "tomorrow", "bad"},
		{"month 13", "2025-13-01", "bad"},
		{"30 February", "2025-02-30", "bad"},
		{"29 February of no leap year", "2025-02-29", "bad"},
		{"hour 25", "2025-03-01T25:00:00Z", "bad"},
		{"minute 60", "2025-03-01T10:60:00Z", "bad"},
		{"past the end of a day", "2025-03-01T24:00:01Z", "bad"},
		{"an offset of 19 hours", "2025-03-01T10:20:30+19:00", "bad"},
		{"half an offset", "2025-03-01T10:20:30+02:", "bad"},
		{"text behind it", "2025-03-01T10:20:30Z and more", "bad"},
		{"a date of another order", "01/03/2025", "bad"},
		{"a date without dashes, which is no epoch", "20250301", "bad"},
		{"a negative epoch", "-1740823230", "bad"},
		{"an epoch of the far future", "9e30", "bad"},
		{"slashes", "2025/03/01 10:20:30", "bad"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := momentText(newClock(t).moment([]byte(c.text), false)); got != c.want {
				t.Errorf("%q is %s, want %s", c.text, got, c.want)
			}
		})
	}
}

func momentText(at model.Time, got outcome) string {
	switch got {
	case absent:
		return "absent"
	case bad:
		return "bad"
	}
	return time.Unix(int64(at), 0).UTC().Format(time.RFC3339)
}

func TestBareDateAsAnEndIsTheEndOfThatDay(t *testing.T) {
	c := newClock(t)
	for _, day := range []struct{ text, want string }{
		{"2025-03-01", "2025-03-01T23:00:00Z"},
		{"2025-03-30", "2025-03-30T22:00:00Z"}, // of 23 hours
		{"2025-03-01T10:00:00Z", "2025-03-01T10:00:00Z"},
	} {
		if got := momentText(c.moment([]byte(day.text), true)); got != day.want {
			t.Errorf("%s ends %s, want %s", day.text, got, day.want)
		}
	}
}

func TestSiteDays(t *testing.T) {
	c := newClock(t)
	for text, want := range map[string]string{
		"2025-03-01":           "2025-03-01",
		"2025-03-01T23:30:00Z": "2025-03-02", // past midnight in Stockholm
		"2025-03-01 00:00:00":  "2025-03-01",
		"1740823230":           "2025-03-01",
	} {
		if day, got := c.siteDay([]byte(text)); got != read || day.String() != want {
			t.Errorf("%s is on %s (%d), want %s", text, day, got, want)
		}
	}
	for _, text := range []string{"March", "2025-02-30", "12:00"} {
		if _, got := c.siteDay([]byte(text)); got != bad {
			t.Errorf("%s: outcome %d, want bad", text, got)
		}
	}
}

// TestClockForgetsNothing reads the same texts in one clock, whose memory of the last date
// must not show.
func TestClockForgetsNothing(t *testing.T) {
	c := newClock(t)
	for _, text := range []string{"2025-03-01", "2025-03-02T00:00:00Z", "2025-03-02", "2025-02-30", "2025-03-02", "", "0000-00-00", "2025-03-01 00:00"} {
		want := momentText(newClock(t).moment([]byte(text), false))
		if got := momentText(c.moment([]byte(text), false)); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func TestCivilDays(t *testing.T) {
	for at := time.Date(1, 12, 30, 0, 0, 0, 0, time.UTC); at.Year() < 3000; at = at.AddDate(0, 0, 13) {
		y, m, d := at.Date()
		if got, want := civilDay(y, int(m), d), model.DayOf(y, m, d); got != want {
			t.Fatalf("%s is day %d, want %d", at, got, want)
		}
	}
}

// FuzzMoment: what package time reads as RFC 3339 is read as the same second, and nothing
// panics.
func FuzzMoment(f *testing.F) {
	for _, seed := range []string{"2025-03-01T10:20:30.5+02:00", "2025-03-01", "1740823230123", "2025-03-01 10:20:30 +0200 CEST", "-", "2025-", "+1e9"} {
		f.Add(seed)
	}
	c := newClock(f)
	f.Fuzz(func(t *testing.T, text string) {
		got, o := c.moment([]byte(text), false)
		if (o == read) != got.Known() {
			t.Fatalf("%q: outcome %d and moment %d", text, o, got)
		}
		want, err := time.Parse(time.RFC3339, text)
		if err == nil && want.Year() > 1 && o == read && int64(got) != want.Unix() {
			t.Fatalf("%q is %d, want %d", text, got, want.Unix())
		}
		if day, o := c.siteDay([]byte(text)); (o == read) != (day != model.NoDay) {
			t.Fatalf("%q: outcome %d and day %d", text, o, day)
		}
	})
}
