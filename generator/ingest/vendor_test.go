package ingest

import (
	"slices"
	"strings"
	"testing"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// TestAliasesMeetVendorsIDs: an alias with the vendor before it is of that vendor alone and
// wins; a bare one meets the ids of any; what meets nothing is named so that it can be claimed.
func TestAliasesMeetVendorsIDs(t *testing.T) {
	s := newSite(t)
	s.source(model.Services, "more.csv", "id,owner,aliases\nbasket,payments,pagerduty:PX12345\nPX12345,platform,\nsearch,platform,PX67890\n")
	s.preset("pagerduty")
	m, problems := s.normalise()
	if m == nil {
		t.Fatal(problems)
	}
	list := incidents(m)
	for _, want := range []string{`Q0A1 "Checkout error rate" P2 impact [basket]`, `Q0A2 "Search latency" low impact [search]`} {
		if !strings.Contains(list, want) {
			t.Errorf("no %s in\n%s", want, list)
		}
	}
	s = newSite(t)
	s.preset("pagerduty")
	_, problems = s.normalise()
	if !slices.ContainsFunc(problems, func(p diag.Problem) bool {
		return p.Code == diag.UnknownReference && strings.Contains(p.Text, `incident in unknown service "pagerduty:PX12345"`) &&
			p.Hint == `enter "pagerduty:PX12345" among the aliases of the service that it is`
	}) {
		t.Error(problems)
	}
}

// TestOneAliasForAllThatAVendorSays: what its other presets call the service is the same id.
func TestOneAliasForAllThatAVendorSays(t *testing.T) {
	s := newSite(t)
	s.source(model.Services, "more.csv", "id,owner,aliases\nbasket,payments,github:northwind/basket\n")
	s.preset("github-dependabot")
	s.preset("github-deployments")
	m, problems := s.normalise()
	if m == nil {
		t.Fatal(problems)
	}
	basket, _ := m.Service("basket")
	deployed, found := 0, 0
	for _, d := range m.Deployments {
		if d.Service == basket {
			deployed++
		}
	}
	for _, f := range m.Findings {
		for _, row := range f.Rows {
			if row.Service == basket {
				found++
			}
		}
	}
	if deployed == 0 || found == 0 {
		t.Errorf("%d deployments and %d findings are of basket", deployed, found)
	}
}

// TestTeamsOfAVendorMeetNodes: who is on call is counted at the node that claims the team.
func TestTeamsOfAVendorMeetNodes(t *testing.T) {
	for _, alias := range []string{"pagerduty:PTEAM1", "PTEAM1"} {
		s := newSite(t)
		s.source(model.Nodes, "teams.csv", "id,parent,aliases\nnights,payments,"+alias+"\n")
		s.preset("pagerduty-oncall")
		m, problems := s.normalise()
		if m == nil || len(m.Staffing) != 1 || m.Nodes[m.Staffing[0].Node].ID != "nights" || m.Staffing[0].Rotation != 4 {
			t.Errorf("%s: %v", alias, problems)
		}
	}
}
