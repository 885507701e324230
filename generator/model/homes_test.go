package model_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// acme is a small tree: acme over commerce (over cards and payouts) and platform.
func acme() []model.NodeRecord {
	return []model.NodeRecord{node("acme", ""), node("commerce", "acme"), node("cards", "commerce"), node("payouts", "commerce"), node("platform", "acme")}
}

func TestWhoAnswersForAService(t *testing.T) {
	supplied := service("s", "cards")
	supplied.ThirdParty = true
	for _, c := range []struct {
		name    string
		service model.ServiceRecord
		home    string
		cracks  []model.CrackKind
	}{
		{"its owner", service("s", "cards"), "cards", nil},
		{"several owners meet at their lowest common ancestor", service("s", "cards", "payouts"), "commerce", []model.CrackKind{model.CrackManyOwners}},
		{"six owners", service("s", "cards", "payouts", "commerce", "platform", "acme", "cards"), "acme", []model.CrackKind{model.CrackManyOwners}},
		{"an owner above the other", service("s", "commerce", "cards"), "commerce", []model.CrackKind{model.CrackManyOwners}},
		{"an unknown owner is ignored", service("s", "nobody", "cards"), "cards", []model.CrackKind{model.CrackUnknownOwner}},
		{"only unknown owners", service("s", "nobody"), model.NotOwnedID, []model.CrackKind{model.CrackUnknownOwner, model.CrackUnowned}},
		{"nobody", service("s"), model.NotOwnedID, []model.CrackKind{model.CrackUnowned}},
		{"a person is no owner", service("s", "user:ada"), model.NotOwnedID, []model.CrackKind{model.CrackUserOwner, model.CrackUnowned}},
		{"a person beside a team", service("s", "User:Ada", "cards"), "cards", []model.CrackKind{model.CrackUserOwner}},
		{"third party beats owner", supplied, model.ThirdPartyID, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, _ := freeze(t, input(&model.Batch{Nodes: acme(), Services: []model.ServiceRecord{c.service}}))
			if got := homeOf(t, m, "s"); got != c.home {
				t.Errorf("home %q, want %q", got, c.home)
			}
			if got := cracks(m, "s"); !slices.Equal(got, append(c.cracks, model.CrackNotCovered)) && c.home != model.ThirdPartyID {
				t.Errorf("cracks %v, want %v and not covered", got, c.cracks)
			}
		})
	}
}

func TestTheNameOfAPersonIsNowhere(t *testing.T) {
	b := &model.Batch{
		Nodes:    acme(),
		Services: []model.ServiceRecord{service("a", "user:default/ada.lovelace"), service("b", "ada.lovelace@acme.example", "cards")},
		Journeys: []model.JourneyRecord{{ID: "j", Services: []string{"b"}, Owner: "user:ada.lovelace"}},
	}
	m, problems := freeze(t, input(b))
	printed := fmt.Sprintf("%+v %+v %+v %+v", m.Services, m.Journeys, m.Cracks, m.Sources) + strings.Join(texts(problems), "\n")
	if strings.Contains(printed, "lovelace") {
		t.Errorf("the name is kept: %s", printed)
	}
	if !has(problems, diag.UserOwner, "a service is owned by a person (2 times)") {
		t.Errorf("problems %v", texts(problems))
	}
}

func TestWhereAJourneyIsAtHome(t *testing.T) {
	supplied := service("supplied", "cards")
	supplied.ThirdParty = true
	services := []model.ServiceRecord{service("card-api", "cards"), service("payout-api", "payouts"), service("network", "platform"), service("orphan"), supplied}
	for _, c := range []struct {
		name, owner, services, home string
	}{
		{"its owner", "platform", "card-api payout-api", "platform"},
		{"without an owner the level above its services", "", "card-api payout-api", "commerce"},
		{"of all of them", "", "card-api payout-api network", "acme"},
		{"third party and not owned do not count", "", "card-api supplied orphan", "cards"},
		{"nothing of its own", "", "supplied orphan", model.NotOwnedID},
		{"an unknown owner is none", "nobody", "card-api", "cards"},
		{"a person is none", "user:ada", "card-api", "cards"},
		{"unknown services do not count", "", "card-api gone", "cards"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &model.Batch{Nodes: acme(), Services: slices.Clone(services), Journeys: []model.JourneyRecord{{ID: "j", Owner: c.owner, Services: strings.Fields(c.services)}}}
			m, _ := freeze(t, input(b))
			j, _ := m.Journey("j")
			if got := m.Nodes[m.Journeys[j].Home].ID; got != c.home {
				t.Errorf("home %q, want %q", got, c.home)
			}
		})
	}
}

func TestServicesLiveFromTheirFirstToTheirLastDay(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		living         bool
	}{
		{"always", "", "", true},
		{"to yesterday", "", "2026-11-19", false},
		{"to today", "", "2026-11-20", true},
		{"from today", "2026-11-20", "", true},
		{"from tomorrow", "2026-11-21", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := service("s", "cards")
			if c.from != "" {
				r.ValidFrom = day(c.from)
			}
			if c.to != "" {
				r.ValidTo = day(c.to)
			}
			b := &model.Batch{Nodes: acme(), Services: []model.ServiceRecord{r}}
			b.Incidents = []model.IncidentRecord{incident(b, "i", "2026-11-10", "s")}
			m, _ := freeze(t, input(b))
			cards, _ := m.Node("cards")
			if living := len(m.Nodes[cards].Services) == 1; living != c.living || m.Services[0].Living != c.living {
				t.Errorf("living %t, want %t", living, c.living)
			}
			if !slices.Equal(m.Incidents[0].Homes, []model.NodeIdx{cards}) {
				t.Error("the incidents of a service that is gone stay with its node")
			}
		})
	}
}

func TestTheOwnerOfTheDayOfTheBuildCounts(t *testing.T) {
	before, after := service("s", "cards"), service("s", "platform")
	before.ValidTo, after.ValidFrom = day("2026-11-14"), day("2026-11-15")
	m, problems := freeze(t, input(&model.Batch{Nodes: acme(), Services: []model.ServiceRecord{after, before}}))
	if got := homeOf(t, m, "s"); got != "platform" || len(m.Services) != 1 || m.Sources[0].Accepted != 7 {
		t.Errorf("home %q, %d services, %d accepted; %v", got, len(m.Services), m.Sources[0].Accepted, texts(problems))
	}
}

func TestCyclesInTheGraphAreFine(t *testing.T) {
	b := &model.Batch{
		Nodes: acme(), Services: []model.ServiceRecord{service("a", "cards"), service("b", "cards")},
		Dependencies: []model.DependencyRecord{{From: "a", To: "b", Hardness: model.Hard}, {From: "b", To: "a"}, {From: "a", To: "a"}, {From: "a", To: "b", Hardness: model.Soft, Observed: true}},
	}
	m, problems := freeze(t, input(b))
	if len(m.Dependencies) != 3 || len(m.Services[0].DependsOn) != 2 || len(m.Services[0].DependedOnBy) != 2 {
		t.Errorf("edges %+v", m.Dependencies)
	}
	if d := m.Dependencies[1]; d.Hardness != model.Hard || !d.Declared || !d.Observed {
		t.Errorf("a → b is %+v", d)
	}
	if !has(problems, diag.ConflictingMerge, `dependency "a → b" is given again with another hardness`) {
		t.Errorf("problems %v", texts(problems))
	}
}
