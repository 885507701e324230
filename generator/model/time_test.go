package model_test

import (
	"testing"
	"time"

	"uptree/generator/model"
)

func calendar(t testing.TB, zone string) *model.Calendar {
	t.Helper()
	z, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return model.NewCalendar(z)
}

func TestTheFirstMomentOfADay(t *testing.T) {
	for _, c := range []struct{ name, zone, day, want string }{
		{"midnight", "Europe/Stockholm", "2026-11-20", "2026-11-20T00:00:00+01:00"},
		{"the day on which clocks go forward at two", "Europe/Stockholm", "2026-03-29", "2026-03-29T00:00:00+01:00"},
		{"a zone that skips midnight", "Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00"},
		{"another one", "America/Santiago", "2026-09-06", "2026-09-06T01:00:00-03:00"},
		{"the hour before midnight twice", "Africa/Cairo", "2026-10-30", "2026-10-30T00:00:00+02:00"},
		{"midnight twice: the first", "Asia/Amman", "2021-10-29", "2021-10-29T00:00:00+03:00"},
		{"midnight twice west of Greenwich", "America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00"},
		{"half an hour of summer time", "Australia/Lord_Howe", "2026-04-05", "2026-04-05T00:00:00+11:00"},
		{"a day that the zone leaves out begins with the next", "Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"},
		{"beyond the table of midnights", "Europe/Stockholm", "1980-04-06", "1980-04-06T00:00:00+01:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := calendar(t, c.zone).Midnight(day(c.day)); got != at(c.want) {
				t.Errorf("%s begins at %s, want %s", c.day, time.Unix(int64(got), 0).UTC(), c.want)
			}
		})
	}
}

// TestMomentsLieInTheirDay walks through two years of zones quarter by quarter of an hour.
func TestMomentsLieInTheirDay(t *testing.T) {
	for _, c := range []struct{ zone, from string }{
		{"Europe/Stockholm", "2026-01-01"}, {"Africa/Cairo", "2026-01-01"}, {"America/Santiago", "2026-01-01"},
		{"Asia/Amman", "2021-01-01"}, {"Pacific/Apia", "2011-06-01"}, {"Australia/Lord_Howe", "2026-01-01"}, {"Europe/Dublin", "1988-01-01"}, {"Asia/Kathmandu", "1985-06-01"},
	} {
		cal := calendar(t, c.zone)
		zone := cal.Zone()
		for moment := cal.Midnight(day(c.from)); moment < cal.Midnight(day(c.from)+730); moment += 900 {
			d, civil := cal.DayAt(moment), time.Unix(int64(moment), 0).In(zone).Format(time.DateOnly)
			if d.String() != civil {
				t.Fatalf("%s: %d lies in %s, want %s", c.zone, moment, d, civil)
			}
			if moment < cal.Midnight(d) || moment >= cal.Midnight(d+1) {
				t.Fatalf("%s: %d lies outside of its day %s", c.zone, moment, d)
			}
		}
	}
}

func TestWholeDaysOfAStretch(t *testing.T) {
	cal := calendar(t, "Europe/Stockholm")
	for _, c := range []struct{ name, from, to, first, last string }{
		{"from midnight to midnight", "2026-11-01T00:00:00+01:00", "2026-11-03T00:00:00+01:00", "2026-11-01", "2026-11-03"},
		{"a second late", "2026-11-01T00:00:01+01:00", "2026-11-03T00:00:00+01:00", "2026-11-02", "2026-11-03"},
		{"a second short", "2026-11-01T00:00:00+01:00", "2026-11-02T23:59:59+01:00", "2026-11-01", "2026-11-02"},
		{"inside one day: none", "2026-11-01T10:00:00+01:00", "2026-11-01T11:00:00+01:00", "2026-11-02", "2026-11-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			first, last := cal.DaysBetween(at(c.from), at(c.to))
			if first != day(c.first) || last != day(c.last) {
				t.Errorf("[%s, %s), want [%s, %s)", first, last, c.first, c.last)
			}
		})
	}
}
