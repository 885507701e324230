package model_test

import (
	"slices"
	"strings"
	"testing"

	"uptree/generator/diag"
	"uptree/generator/model"
)

func TestWhatASourceCovers(t *testing.T) {
	gone := service("gone", "cards")
	gone.ValidTo = day("2026-11-01")
	for _, c := range []struct {
		name     string
		covers   []string
		services string // of an incident
		want     string // covered services
	}{
		{"what a record names", nil, "card-api", "card-api"},
		{"what it names by an alias", nil, "PD-1", "payout-api"},
		{"what it lists", []string{"payout-api"}, "", "payout-api"},
		{"all at and below a node", []string{"node:commerce"}, "", "card-api payout-api"},
		{"all of it", []string{"*"}, "", "card-api network orphan payout-api"},
		{"nothing", nil, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &model.Batch{Nodes: acme(), Services: []model.ServiceRecord{service("card-api", "cards"), service("payout-api", "payouts"), service("network", "platform"), service("orphan"), gone}}
			b.Services[1].Aliases = []string{"PD-1"}
			b.Incidents = []model.IncidentRecord{incident(b, "i", "2026-11-10", c.services)}
			in := input(b)
			in.Sources[0].Covers = c.covers
			m, _ := freeze(t, in)
			var got []string
			for i := range m.Services {
				if m.ServiceCovered(model.Incidents, model.ServiceIdx(i)) {
					got = append(got, m.Services[i].ID)
				}
			}
			if want := strings.Fields(c.want); !slices.Equal(got, want) {
				t.Errorf("covered %v, want %v", got, want)
			}
			if n := m.Sources[0].CoversCount; n != len(got) {
				t.Errorf("counts %d", n)
			}
		})
	}
}

func TestAnUnknownIDInCoversIsReported(t *testing.T) {
	in := input(&model.Batch{Nodes: acme(), Services: []model.ServiceRecord{service("checkout", "cards")}})
	in.Sources[0].Covers = []string{"chekout"}
	_, problems := freeze(t, in)
	if !has(problems, diag.UnknownReference, `covers of [source.all] names unknown "chekout" (did you mean "checkout"?)`) {
		t.Errorf("problems %v", texts(problems))
	}
}

// TestSinceWhenASourceCovers: a record that is merged into another source's counts too.
func TestSinceWhenASourceCovers(t *testing.T) {
	first := &model.Batch{Nodes: acme(), Services: []model.ServiceRecord{service("a", "cards"), service("b", "cards")}}
	second := &model.Batch{}
	first.Incidents = []model.IncidentRecord{incident(first, "i1", "2026-11-10", "a"), incident(first, "i0", "2026-11-25", "a")}
	second.Incidents = []model.IncidentRecord{incident(second, "i1", "2026-11-03", "b"), incident(second, "i2", "2026-11-05", "a")}
	in := sources([]*model.Batch{first, second, {}}, 1)
	m, _ := freeze(t, in)
	for i, want := range []model.Time{at("2026-11-10T10:00:00Z"), at("2026-11-03T10:00:00Z"), model.None} {
		if got := m.Sources[i].CoversFrom; got != want {
			t.Errorf("source %d covers from %d, want %d", i, got, want)
		}
	}
	if b, _ := m.Service("b"); !m.ServiceCovered(model.Incidents, b) {
		t.Error("a service that only a merged record names is not covered")
	}
}

func TestAPilotCoversNothingForTheOthers(t *testing.T) {
	b := &model.Batch{Nodes: acme(), Services: []model.ServiceRecord{service("a", "cards")}}
	b.Incidents = []model.IncidentRecord{incident(b, "i", "2026-11-10", "a")}
	in := input(b)
	in.Sources[0].Info.Pilot = true
	m, _ := freeze(t, in)
	if m.ServiceCovered(model.Incidents, 0) || m.Sources[0].CoversCount != 1 {
		t.Errorf("covered %t, counts %d", m.ServiceCovered(model.Incidents, 0), m.Sources[0].CoversCount)
	}
}

func TestOneTestUnderTheIDAndTheAliasOfItsService(t *testing.T) {
	b := &model.Batch{Nodes: acme(), Services: []model.ServiceRecord{service("a", "cards")}}
	b.Services[0].Aliases = []string{"PD-1"}
	for i, subject := range []string{"a", "PD-1", "a"} {
		b.AddResult(&model.ResultRecord{Test: []byte("login"), Service: []byte(subject), At: now - model.Time(i/2), Passed: 1})
	}
	b.AddResult(&model.ResultRecord{Test: []byte("tomorrow"), Service: []byte("ghost"), At: now + 86400, Passed: 1})
	m, _ := freeze(t, input(b))
	if len(m.Tests) != 1 || m.Sources[0].Merged != 1 {
		t.Errorf("tests %+v, %d merged", m.Tests, m.Sources[0].Merged)
	}
}
