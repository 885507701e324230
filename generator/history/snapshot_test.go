package history

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestASnapshotIsReadAsItWasWritten(t *testing.T) {
	s := NewSnapshot(day("2026-03-01"), []string{"synthetic_success", "incident_time"}, []string{"7d", "28d"})
	s.Figures["acme"] = [][]Figure{
		{{Known: true, Value: 9980.0 / 9999, Num: 9980, Den: 9999, N: 12}, {}},
		{{Known: true, Value: 1.25}, {Known: true, Value: 3600, N: 2}},
	}
	s.Figures["<shop> & \"x\""] = [][]Figure{{{}, {}}, {{Known: true}, {}}}
	s.States = map[string]map[string]string{"owner": {"cards": "shop", "login": "shop", "vm": ""}, "ask": {}}
	m := New(nil, nil).Add(s, 1000)
	got, problems := m.At(day("2026-03-09"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if diff := cmp.Diff(s.States, got.States); diff != "" {
		t.Error(diff)
	}
	for node := range s.Figures {
		for _, metric := range s.Metrics {
			for _, period := range s.Periods {
				if a, b := s.Figure(node, metric, period), got.Figure(node, metric, period); a != b {
					t.Errorf("%s, %s, %s: %v, want %v", node, metric, period, b, a)
				}
			}
		}
	}
	if f := got.Figure("acme", "synthetic_success", "7d"); f.Num != 9980 || f.Den != 9999 {
		t.Errorf("a ratio's counts are %d and %d", f.Num, f.Den)
	}
	for _, f := range []Figure{got.Figure("ops", "incident_time", "7d"), got.Figure("acme", "cost", "7d"), got.Figure("acme", "incident_time", "90d")} {
		if f.Known {
			t.Errorf("%v is known", f)
		}
	}
	if s, _ := m.At(day("2026-02-28")); s != nil {
		t.Error("there is a snapshot of the day before the first")
	}
}

// TestSnapshotsAreThinnedOut: four years of daily builds, with the figure of each day.
func TestSnapshotsAreThinnedOut(t *testing.T) {
	const retain = 1100
	first, last := day("2022-11-20"), day("2026-11-20")
	m := New(nil, nil)
	for d := first; d <= last; d++ {
		s := NewSnapshot(d, []string{"incident_count"}, []string{"28d"})
		s.Figures["acme"] = [][]Figure{{{Known: true, Value: float64(d)}}}
		m.journal.last = d
		m = m.Add(s, retain)
	}
	weeks, months := map[int]int{}, map[string]int{}
	daily := 0
	for _, d := range m.Days() {
		switch age := last - d; {
		case age <= dailyFor:
			daily++
		case age <= weeklyFor:
			weeks[(d+3)/7]++
		case age <= retain:
			months[date(d)[:len("2006-01")]]++
		default:
			t.Errorf("%s is %d days old", date(d), age)
		}
		if s, problems := m.At(d); len(problems) > 0 || s.Figures["acme"][0][0].Value != float64(d) {
			t.Errorf("%s has the figure of another day", date(d))
		}
	}
	if daily != dailyFor+1 || len(weeks) != 53 || len(months) != 24 {
		t.Errorf("%d days, %d weeks, %d months", daily, len(weeks), len(months))
	}
	for at, n := range months {
		if n > 1 {
			t.Errorf("%d snapshots of %s", n, at)
		}
	}
	for at, n := range weeks {
		if n > 1 {
			t.Errorf("%d snapshots of the week of %s", n, date(7*at))
		}
	}
}

// TestTheLastBuildOfADayCounts, but not one whose clock is behind.
func TestTheLastBuildOfADayCounts(t *testing.T) {
	of := func(at string, value float64) *Snapshot {
		s := NewSnapshot(day(at), []string{"incident_count"}, []string{"28d"})
		s.Figures["acme"] = [][]Figure{{{Known: true, Value: value}}}
		return s
	}
	m, _ := merged(t, New(nil, nil), pull("2026-03-01"))
	m = m.Add(of("2026-03-01", 1), 1000).Add(of("2026-03-01", 2), 1000)
	m, _ = merged(t, m, pull("2026-03-02"))
	m = m.Add(of("2026-03-02", 3), 1000)
	m, _ = merged(t, m, pull("2026-03-01"))
	m = m.Add(of("2026-03-01", 4), 1000).Add(of("2026-02-27", 5), 1000)
	var got []float64
	for _, d := range m.Days() {
		s, _ := m.At(d)
		got = append(got, s.Figures["acme"][0][0].Value)
	}
	if !slices.Equal(got, []float64{5, 2, 3}) {
		t.Errorf("the days have %v", got)
	}
}
