package model_test

import (
	"strings"
	"testing"

	"uptree/generator/diag"
	"uptree/generator/model"
)

func TestIDsThatCannotBeAddresses(t *testing.T) {
	for _, c := range []struct {
		name, id string
		want     string // what the problem says; "" where the id is fine
	}{
		{"letters and digits", "team-1.a_b", ""},
		{"letters of any script", "Zahlungsübersicht支払い", ""},
		{"a slash is escaped, not refused", "component:default/cards", ""},
		{"the way up is no way out", "../../etc/passwd", ""},
		{"200 bytes", strings.Repeat("a", 200), ""},
		{"one byte more", strings.Repeat("a", 201), "longer than an address can hold"},
		{"long once escaped", strings.Repeat("/", 67), "longer than an address can hold"},
		{"a dot", ".", `"." is no id`},
		{"two dots", "..", `".." is no id`},
		{"reserved", "_root", "is reserved"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &model.Batch{
				Nodes:    []model.NodeRecord{node("top", ""), node(c.id, "top")},
				Services: []model.ServiceRecord{service(c.id)},
				Journeys: []model.JourneyRecord{{ID: c.id}},
			}
			m, problems := freeze(t, input(b))
			_, isNode := m.Node(c.id)
			_, isService := m.Service(c.id)
			_, isJourney := m.Journey(c.id)
			if c.id == model.RootID {
				isNode = false
			}
			want := c.want == ""
			if isNode != want || isService != want || isJourney != want {
				t.Errorf("kept as node %t, service %t, journey %t; want %t", isNode, isService, isJourney, want)
			}
			if rejected := m.Sources[0].Rejected; want != (rejected == 0) || !want && !has(problems, diag.BadID, c.want) {
				t.Errorf("%d rejected, problems %v", rejected, texts(problems))
			}
		})
	}
}

func TestIDsThatWouldBeOneFile(t *testing.T) {
	for _, c := range []struct {
		name, first, second string
		collide             bool
	}{
		{"another word", "cards", "payouts", false},
		{"case", "Cards", "cards", true},
		{"a composed and a decomposed letter", "caf\u00e9", "cafe\u0301", true},
		{"a full-width letter", "cards", "\uff43ards", true},
		{"case beyond ASCII", "ÖL", "öl", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &model.Batch{Nodes: []model.NodeRecord{node("top", ""), node(c.first, "top"), node(c.second, "top")}}
			m, problems := freeze(t, input(b))
			_, first := m.Node(c.first)
			_, second := m.Node(c.second)
			if !first || second == c.collide {
				t.Errorf("first kept %t, second kept %t", first, second)
			}
			if has(problems, diag.CollidingIDs, "collides with") != c.collide {
				t.Errorf("problems %v", texts(problems))
			}
		})
	}
}

func TestANodeAndAServiceMayShareAnID(t *testing.T) {
	b := &model.Batch{Nodes: []model.NodeRecord{node("cards", "")}, Services: []model.ServiceRecord{service("Cards", "cards")}}
	m, problems := freeze(t, input(b))
	if homeOf(t, m, "Cards") != "cards" || len(problems) > 0 {
		t.Errorf("home %q, problems %v", homeOf(t, m, "Cards"), texts(problems))
	}
}

func TestAliases(t *testing.T) {
	alias := func(r model.ServiceRecord, aliases ...string) model.ServiceRecord {
		r.Aliases = aliases
		return r
	}
	b := &model.Batch{
		Nodes: []model.NodeRecord{node("top", "")},
		Services: []model.ServiceRecord{
			alias(service("cards", "top"), "PD-1", "shared", "cards"), alias(service("payouts", "top"), "shared", "cards"), service("other", "top"),
		},
	}
	b.Incidents = []model.IncidentRecord{incident(b, "i1", "2026-11-10", "PD-1 cards other")}
	m, problems := freeze(t, input(b))
	for alias, want := range map[string]string{"PD-1": "cards", "cards": "cards", "payouts": "payouts", "shared": "cards"} {
		if s, ok := m.Service(alias); !ok || m.Services[s].ID != want {
			t.Errorf("%q means %v, want %s", alias, s, want)
		}
	}
	if n := len(m.Incidents[0].Services); n != 2 {
		t.Errorf("an id and its alias are one service; got %d services", n)
	}
	for _, want := range []string{`alias "shared" of service "payouts" already means "cards"`, `alias "cards" of service "payouts" already means "cards"`} {
		if !has(problems, diag.AmbiguousAlias, want) {
			t.Errorf("%q is not among %v", want, texts(problems))
		}
	}
}

func TestUnknownIDsAreReportedOnceWithAHint(t *testing.T) {
	b := &model.Batch{
		Nodes:        []model.NodeRecord{node("commerce", "")},
		Services:     []model.ServiceRecord{service("checkout", "comerce"), service("cards", "comerce")},
		Dependencies: []model.DependencyRecord{{From: "checkout", To: "card"}},
		Journeys:     []model.JourneyRecord{{ID: "buy", Services: []string{"chekout"}, Owner: "commerze"}},
	}
	b.Incidents = []model.IncidentRecord{incident(b, "i1", "2026-11-10", "checkuot"), incident(b, "i2", "2026-11-11", "checkuot")}
	b.AddResult(&model.ResultRecord{Test: []byte("t"), Service: []byte("crads"), At: now - 60, Passed: 1})
	_, problems := freeze(t, input(b))
	for _, want := range []struct {
		code diag.Code
		text string
	}{
		{diag.UnknownOwner, `owner "comerce" is no node (2 times) (did you mean "commerce"?)`},
		{diag.UnknownOwner, `owner "commerze" is no node (did you mean "commerce"?)`},
		{diag.UnknownReference, `dependency of unknown service "card" (did you mean "cards"?)`},
		{diag.UnknownReference, `journey through unknown service "chekout" (did you mean "checkout"?)`},
		{diag.UnknownReference, `incident in unknown service "checkuot" (2 times) (did you mean "checkout"?)`},
		{diag.UnknownReference, `synthetic tests of unknown subject "crads" (did you mean "cards"?)`},
	} {
		if !has(problems, want.code, want.text) {
			t.Errorf("%s %q is not among\n%s", want.code, want.text, strings.Join(texts(problems), "\n"))
		}
	}
}

// TestNodeAliases: what a pager or a code host calls a team leads to its node.
func TestNodeAliases(t *testing.T) {
	alias := func(r model.NodeRecord, aliases ...string) model.NodeRecord {
		r.Aliases = aliases
		return r
	}
	b := &model.Batch{
		Nodes:    []model.NodeRecord{node("top", ""), alias(node("cards", "top"), "PTEAM1", "shared"), alias(node("payouts", "PTEAM1"), "shared", "top")},
		Services: []model.ServiceRecord{service("api", "PTEAM1")},
	}
	b.Staffing = []model.StaffingRecord{{Node: b.Ref([]byte("PTEAM1")), Day: day("2026-11-10"), Headcount: 7, Rotation: model.NoCount}}
	m, problems := freeze(t, input(b))
	if home := homeOf(t, m, "api"); home != "cards" {
		t.Errorf("the service is at %s", home)
	}
	if n, _ := m.Node("payouts"); m.Nodes[m.Nodes[n].Parent].ID != "cards" {
		t.Errorf("payouts is under %s", m.Nodes[m.Nodes[n].Parent].ID)
	}
	if len(m.Staffing) != 1 || m.Nodes[m.Staffing[0].Node].ID != "cards" || m.Staffing[0].Gone {
		t.Errorf("people at %+v", m.Staffing)
	}
	for _, want := range []string{`alias "shared" of node "payouts" already means "cards"`, `alias "top" of node "payouts" already means "top"`} {
		if !has(problems, diag.AmbiguousAlias, want) {
			t.Errorf("%q is not among %v", want, texts(problems))
		}
	}
}
