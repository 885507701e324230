package ingest

import (
	"context"
	"slices"
	"testing"

	"uptree/generator/diag"
	"uptree/generator/model"
)

const (
	vendorServices = "id,owner,aliases\n" +
		"basket,payments,comp-checkout;northwind/basket;https://shop.northwind.example/health;d7a00001-0001;f3a0002b\n" +
		"search,platform,comp-search;northwind/search;9CcrhHUcFevXPSVaSxkf;d7a00001-0004;d7a00001-0005\n"
	vendorObjectives = "id,service,target\n" +
		"cards-requests-availability,cards,0.999\npayouts-latency,payouts,0.99\ncards-errors,cards,0.99\nmonitoring/cards-errors,cards,0.99\nf3a0001b,cards,0.999\n"
)

// TestVendorPresets takes the samples beyond their mappings: records are of the kinds that
// the datasets ask for, only what a mapping refuses is rejected, and ids meet the aliases.
func TestVendorPresets(t *testing.T) {
	for _, c := range []struct{ preset, want string }{
		{"azure-costs", "ok read 5 accepted 5 merged 0 rejected 0 unmapped 0"},
		{"bitbucket-deployments", "ok read 2 accepted 2 merged 0 rejected 0 unmapped 0"},
		{"blackbox-exporter", "ok read 3 accepted 3 merged 0 rejected 0 unmapped 0"},
		{"checkly", "ok read 4 accepted 4 merged 0 rejected 0 unmapped 0"},
		{"datadog-incidents", "ok read 3 accepted 3 merged 0 rejected 0 unmapped 0"},
		{"datadog-slis", "ok read 5 accepted 2 merged 0 rejected 3 unmapped 0"},
		{"datadog-slos", "ok read 3 accepted 2 merged 0 rejected 1 unmapped 0"},
		{"datadog-synthetics", "ok read 5 accepted 5 merged 0 rejected 0 unmapped 0"},
		{"dynatrace-slos", "ok read 4 accepted 3 merged 0 rejected 1 unmapped 0"},
		{"firehydrant", "ok read 3 accepted 3 merged 0 rejected 0 unmapped 0"},
		{"github-actions", "ok read 2 accepted 2 merged 0 rejected 0 unmapped 0"},
		{"github-status-history", "ok read 3 accepted 3 merged 0 rejected 0 unmapped 0"},
		{"gitlab-issues", "ok read 3 accepted 3 merged 0 rejected 0 unmapped 0"},
		{"google-cloud-status", "ok read 3 accepted 3 merged 0 rejected 0 unmapped 0"},
		{"gosec", "ok read 4 accepted 3 merged 0 rejected 1 unmapped 0"},
		{"incident-io", "ok read 3 accepted 3 merged 0 rejected 0 unmapped 0"},
		{"jira", "ok read 4 accepted 3 merged 0 rejected 1 unmapped 0"},
		{"nobl9", "ok read 5 accepted 3 merged 0 rejected 2 unmapped 0"},
		{"opsgenie", "ok read 5 accepted 5 merged 0 rejected 0 unmapped 0"},
		{"pyrra-slis", "ok read 4 accepted 3 merged 0 rejected 1 unmapped 0"},
		{"rootly", "ok read 3 accepted 3 merged 0 rejected 0 unmapped 0"},
		{"semgrep", "ok read 3 accepted 3 merged 0 rejected 0 unmapped 0"},
		{"servicenow", "ok read 2 accepted 2 merged 0 rejected 0 unmapped 0"},
		{"sloth-slis", "ok read 4 accepted 3 merged 0 rejected 1 unmapped 0"},
		{"upptime", "ok read 3 accepted 3 merged 0 rejected 0 unmapped 0"},
	} {
		t.Run(c.preset, func(t *testing.T) {
			got, problems := taken(t, c.preset)
			if got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
			for _, p := range problems {
				if slices.Contains([]diag.Code{diag.BadValue, diag.UnknownColumn, diag.MappingFailed, diag.UnknownReference}, p.Code) {
					t.Errorf("%s: %s", p.Pos, p.Text)
				}
			}
		})
	}
}

func taken(t *testing.T, preset string) (string, diag.List) {
	s := newSite(t)
	s.source(model.Services, "more.csv", vendorServices)
	s.source(model.Journeys, "journeys.csv", "id,services\nbuy,cards;payouts\n")
	if p, _ := PresetNamed(preset); p.Datasets[0] == model.SLIs {
		s.source(model.SLOs, "slos.csv", vendorObjectives)
	}
	s.preset(preset)
	s.Sources[len(s.Sources)-1].Currency = "EUR"
	m, problems := s.normalise()
	if m == nil {
		t.Fatal(problems)
	}
	return account(m, preset), problems
}

// TestAnErrorIsNotEmptiness: null says that there was nothing on purpose. An answer of
// another shape, as an error has, makes no record and must be counted or refused.
func TestAnErrorIsNotEmptiness(t *testing.T) {
	for _, p := range Presets() {
		m, err := compileMapping(p.Map, testZones(t), asOf)
		if err != nil {
			t.Fatal(err)
		}
		for _, answer := range []map[string]any{{"message": "Forbidden", "status": "403"}, {"error": map[string]any{"message": "Forbidden"}}} {
			outputs, err := m.run(newBudget(context.Background(), 0), answer, "answer.json")
			if err == nil && slices.Contains(outputs, nil) {
				t.Errorf("%s takes %v for an answer without records", p.Name, answer)
			}
		}
	}
}
