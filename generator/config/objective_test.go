package config

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/model"
)

func TestObjectivesOfTheSite(t *testing.T) {
	site, problems, err := Load(os.DirFS("testdata/good"), "site", "objectives.toml")
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	latency := model.ObjectiveRecord{
		ID: "buy/latency", Title: "Buying is quick", Journey: "buy", Target: 990_000_000, Window: model.ObjectiveWindow{Name: "quarter"},
		Budgeting: model.Timeslices, Slice: 300, SliceTarget: 950_000_000, ValidFrom: model.NoDay, ReviewBy: model.NoDay, Line: 24,
	}
	later := latency
	later.Target, later.ValidFrom, later.Line = 995_000_000, model.DayOf(2026, 3, 1), 25
	want := []model.ObjectiveRecord{{
		ID: "checkout-availability", Service: "checkout", Target: 999_900_000, Indicator: "availability", Unit: "requests", Consumer: "shoppers", Rationale: "a minute of it costs a thousand orders", URL: "https://wiki.example/slo",
		MinEvents: model.NoCount, ValidFrom: model.DayOf(2025, 1, 1), ReviewBy: model.DayOf(2026, 12, 31), Line: 4,
	}, latency, later}
	if diff := cmp.Diff(want, site.Objectives); diff != "" || site.MinEvents != 100 {
		t.Errorf("min_events %d, - want, + got:\n%s", site.MinEvents, diff)
	}
}
