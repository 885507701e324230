package ingest

import (
	"testing"

	"uptree/generator/model"
)

// TestObservationsThatCannotBeUsed: each says why, and none is guessed.
func TestObservationsThatCannotBeUsed(t *testing.T) {
	for _, c := range []struct{ row, reason string }{
		{"contacts,cards,,2025-03-01,,3,,,,", "a ratio needs numerator and denominator"},
		{"contacts,cards,,2025-03-01,,,3,,,", "a ratio needs numerator and denominator"},
		{"contacts,cards,,2025-03-01,,,-3,5,,", "numerator is not a whole number"},
		{"runbooks,cards,,2025-03-01,,,3,5,,", "value is missing"},
		{"runbooks,cards,,2025-03-01,,many,,,,", "value is not a number"},
		{"drills,cards,,2025-03-01,,1,,,,", "a set needs ids"},
		{"drills,cards,,2025-03-01,,,,,,user:ann", "it names a person"},
		{"drills,cards,,2025-03-01,,,,,ann@acme.example,d1", "it names a person"},
		{"runbooks,cards,n,2025-03-01,,1,,,,", "it needs one of service, journey and node"},
		{"runbooks,,,2025-03-01,,1,,,,", "it needs one of service, journey and node"},
		{"runbooks,cards,,,,1,,,,", "it needs day or at, and not both"},
		{"runbooks,cards,,2025-03-01,2025-03-01T10:00:00Z,1,,,,", "it needs day or at, and not both"},
		{"runbooks,cards,,2099-03-01,,1,,,,", "after as_of"},
		{"runbooks,cards,,2023-03-01,,1,,,,", "before its metric was introduced"},
		{"old,cards,,2025-03-01,,1,,,,", "after its metric was retired"},
		{"runbook,cards,,2025-03-01,,1,,,,", "of a metric that site.toml does not define"},
		{",cards,,2025-03-01,,1,,,,", "metric is missing"},
	} {
		s := newSite(t)
		s.Metrics = []model.OwnMetric{
			{ID: "contacts", Operator: model.OwnRatio, Introduced: model.NoDay, Retired: model.NoDay},
			{ID: "runbooks", Operator: model.OwnLatest, Introduced: model.DayOf(2024, 1, 1), Retired: model.NoDay},
			{ID: "drills", Operator: model.OwnSet, Introduced: model.NoDay, Retired: model.NoDay},
			{ID: "old", Operator: model.OwnSum, Introduced: model.NoDay, Retired: model.DayOf(2025, 1, 1)},
		}
		s.source(model.Observations, "own.csv", "metric,service,node,day,at,value,numerator,denominator,part,id\n"+c.row+"\n")
		m, _ := s.normalise()
		source := &m.Sources[len(m.Sources)-1]
		if len(m.Observations) != 0 || source.Rejected != 1 || source.Rejects[0].Reason != c.reason {
			t.Errorf("%s: %d observations, rejected for %v, want %q", c.row, len(m.Observations), source.Rejects, c.reason)
		}
	}
}
