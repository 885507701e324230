package main

import (
	"slices"
	"testing"
	"time"
)

func TestIncidentsOfOneServiceOverlap(t *testing.T) {
	x := newIndex(t)
	last := map[string]time.Time{}
	overlaps := 0
	for _, in := range x.incidents {
		for _, s := range in.list("services") {
			if moment(in["started"]).Before(last[s]) {
				overlaps++
			}
			last[s] = later(last[s], in.impactEnd(x.asOf))
		}
	}
	if overlaps < 5 {
		t.Errorf("%d overlaps, want some", overlaps)
	}
}

// In the last 28 days Fulfilment is far outside what it had in the twelve periods before,
// and the rest of the house is not.
func TestFulfilmentHasABadMonth(t *testing.T) {
	x := newIndex(t)
	for top, bad := range map[string]bool{"fulfilment": true, "payments": false, "country-sites": false} {
		counts := x.countsPer28Days(top)
		worst := slices.Max(counts[1:13])
		if got := counts[0] > 3*worst/2; got != bad {
			t.Errorf("%s: %d incidents in the last 28 days, at most %d before: bad month %v, want %v", top, counts[0], worst, got, bad)
		}
	}
}

func (x *index) countsPer28Days(top string) [15]int {
	var counts [15]int
	for _, in := range x.incidents {
		age := x.asOf.Sub(moment(in["started"]))
		if in["started"] == "" || in["planned"] != "" || age < 0 {
			continue
		}
		under := func(id string) bool { return slices.Contains(x.path(id), top) }
		if slices.ContainsFunc(x.owned(in.list("services")), under) {
			counts[int(age.Hours())/24/28]++
		}
	}
	return counts
}

// The platform exports more than it keeps, so that product areas inherit.
func TestThePlatformExports(t *testing.T) {
	x := newIndex(t)
	exported, kept := 0, 0
	for _, in := range x.incidents {
		under := func(id string) bool { return slices.Contains(x.path(id), "platform") }
		if !slices.ContainsFunc(x.owned(in.list("cause")), under) {
			continue
		}
		if slices.ContainsFunc(x.owned(in.list("services")), func(id string) bool { return !under(id) }) {
			exported++
		} else {
			kept++
		}
	}
	if exported < 200 || exported < kept {
		t.Errorf("%d incidents of the platform hit others, %d do not", exported, kept)
	}
}

func TestResultsHaveEveryShape(t *testing.T) {
	x := newIndex(t)
	for name, is := range map[string]func(row) bool{
		"a day of a service":         func(r row) bool { return r["day"] != "" && r["service"] != "" },
		"a day of a journey":         func(r row) bool { return r["day"] != "" && r["journey"] != "" },
		"a single run":               func(r row) bool { return r["started"] != "" && r["passed"] == "1" },
		"a failed run with its page": func(r row) bool { return r["started"] != "" && r["failed"] == "1" && r["url"] != "" },
		"a day of 25 hours":          func(r row) bool { return r["day"] == "2026-10-25" && r["passed"] == "300" },
		"a day of 23 hours":          func(r row) bool { return r["day"] == "2026-03-29" && r["passed"] == "276" },
		"a day without any run": func(r row) bool {
			return r["day"] != "" && r["passed"] == "0" && r["failed"] == "0" && r["skipped"] != "0"
		},
		"a flaky run":                       func(r row) bool { return r["flaky"] != "0" },
		"a test of a service that is gone":  func(r row) bool { return r["service"] == "wishlist-v1" },
		"a place far away":                  func(r row) bool { return r["location"] == "hnd" },
		"the first day of the data":         func(r row) bool { return r["day"] == "2025-10-01" },
		"the last whole day before the end": func(r row) bool { return r["day"] == "2026-11-19" },
	} {
		if !anyOf(x.results, is) {
			t.Errorf("no %s", name)
		}
	}
	if slices.ContainsFunc(x.results, func(r row) bool { return r["day"] >= "2026-11-20" }) {
		t.Error("results after as_of")
	}
}

// Suppliers name their own components; the catalogue's aliases say which service is meant.
func TestSuppliersSpeakInAliases(t *testing.T) {
	x := newIndex(t)
	aliases, ids, impacts := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, s := range x.services {
		for _, a := range s.list("aliases") {
			aliases[a] = true
		}
	}
	for _, n := range x.notices {
		if ids[n.Code] {
			t.Errorf("two notices %s", n.Code)
		}
		ids[n.Code], impacts[n.Impact] = true, true
		for _, c := range n.Components {
			if !aliases[c.Code] {
				t.Errorf("%s: no service has the alias %q", n.Code, c.Code)
			}
		}
	}
	if len(impacts) != 5 {
		t.Errorf("impacts %v, want all five", impacts)
	}
}

func TestTheBrowserPilotHasDaysAndRunsOfJourneys(t *testing.T) {
	x := newIndex(t)
	days, runs := 0, 0
	for _, b := range x.browser {
		if !anyOf(x.journeys, func(j row) bool { return j["id"] == b.Journey }) {
			t.Fatalf("unknown journey %q", b.Journey)
		}
		if b.Started != "" {
			runs++
		} else {
			days++
		}
	}
	if days < 500 || runs < 100 {
		t.Errorf("%d days and %d runs", days, runs)
	}
}

// Documents refer to cases by id, so those may not change when a random draw does.
func TestIdsOfCasesDoNotDependOnTheSeed(t *testing.T) {
	first, second := idsByTitle(t, 1), idsByTitle(t, 2)
	for _, c := range incidentCases {
		if first[c.title] == "" || first[c.title] != second[c.title] {
			t.Errorf("%q has the ids %q and %q", c.title, first[c.title], second[c.title])
		}
	}
}

func idsByTitle(t *testing.T, seed uint64) map[string]string {
	t.Helper()
	org, err := sampleOrganisation(seed)
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		t.Fatal(err)
	}
	list, err := sampleIncidents(org, sampleSpan(time.Date(2026, 11, 20, 0, 0, 0, 0, zone)), seed)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, in := range list {
		ids[in.title] = in.id
	}
	return ids
}
