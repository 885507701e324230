package model_test

import (
	"slices"
	"testing"

	"uptree/generator/diag"
	"uptree/generator/model"
)

func nodeIDs(m *model.Model, nodes []model.NodeIdx) (out []string) {
	for _, n := range nodes {
		out = append(out, m.Nodes[n].ID)
	}
	return out
}

// handover has a service that cards had until the 14th and platform since.
func handover() *model.Batch {
	before, after := service("s", "cards"), service("s", "platform")
	before.ValidTo, after.ValidFrom = day("2026-11-14"), day("2026-11-15")
	return &model.Batch{Nodes: acme(), Services: []model.ServiceRecord{before, after}}
}

func TestAnIncidentStaysWithTheOwnerOfItsDay(t *testing.T) {
	b := handover()
	b.Incidents = []model.IncidentRecord{incident(b, "then", "2026-11-14", "s"), incident(b, "now", "2026-11-15", "s")}
	m, _ := freeze(t, input(b))
	for i, c := range []struct{ id, home string }{{"then", "cards"}, {"now", "platform"}} {
		in := &m.Incidents[i]
		if got := nodeIDs(m, in.Homes); in.ID != c.id || !slices.Equal(got, []string{c.home}) {
			t.Errorf("%s is at %v, want %s", in.ID, got, c.home)
		}
		if got := nodeIDs(m, m.HomesNow(int32(i))); !slices.Equal(got, []string{"platform"}) {
			t.Errorf("what is still to be done about %s falls to %v", in.ID, got)
		}
	}
}

func TestAnIncidentOfATeamThatIsGoneIsItsSuccessors(t *testing.T) {
	b := handover()
	b.Nodes[2].ValidTo, b.Nodes[2].Successor = day("2026-11-16"), "payouts"
	b.Incidents = []model.IncidentRecord{incident(b, "then", "2026-11-14", "s")}
	m, _ := freeze(t, input(b))
	if got := nodeIDs(m, m.Incidents[0].Homes); !slices.Equal(got, []string{"payouts"}) {
		t.Errorf("at %v, want payouts", got)
	}
}

func TestASuccessorThatDoesNotExistIsAProblem(t *testing.T) {
	b := &model.Batch{Nodes: acme()}
	b.Nodes[2].ValidTo, b.Nodes[2].Successor = day("2026-11-16"), "payout"
	_, problems := freeze(t, input(b))
	if !has(problems, diag.UnknownReference, `successor "payout" is no node`) || !slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Hint == `did you mean "payouts"?` }) {
		t.Errorf("problems %v", texts(problems))
	}
}

func TestAnEndBeforeTheStartIsAProblem(t *testing.T) {
	b := handover()
	for _, id := range []string{"i", "j"} {
		r := incident(b, id, "2026-11-14", "s")
		r.Moments[model.Mitigated] = at("2026-11-14T09:00:00Z")
		b.Incidents = append(b.Incidents, r)
	}
	m, problems := freeze(t, input(b))
	if !has(problems, diag.OutOfOrder, "an incident is mitigated before it started (2 times)") {
		t.Errorf("problems %v", texts(problems))
	}
	if in := &m.Incidents[0]; in.End != in.Start() {
		t.Error("it has a length")
	}
}

// said words what was before: "id until day, now id".
func said(m *model.Model, all []model.Former) (out []string) {
	for _, was := range all {
		now := "nothing"
		if was.Now != model.NoIndex {
			now = m.Nodes[was.Now].ID
		}
		out = append(out, was.ID+" until "+was.Last.String()+", now "+now)
	}
	return out
}

func TestWhatANodeWasPartOfBefore(t *testing.T) {
	b := &model.Batch{Nodes: append(acme(),
		model.NodeRecord{ID: "old", Title: "Old", Parent: "acme", ValidTo: day("2026-10-31"), ValidFrom: model.NoDay, Successor: "platform"},
		model.NodeRecord{ID: "coming", Title: "Coming", Parent: "acme", ValidFrom: day("2027-01-01"), ValidTo: model.NoDay},
	)}
	cards := b.Nodes[2]
	b.Nodes[2].ValidTo, b.Nodes[2].Parent = day("2026-09-30"), "old"
	cards.ValidFrom = day("2026-11-05") // and nowhere in between
	payouts := slices.IndexFunc(b.Nodes, func(n model.NodeRecord) bool { return n.ID == "payouts" })
	b.Nodes[payouts].Parent = "old" // no record says that it moved: its parent ended
	b.Nodes = append(b.Nodes, cards)
	m, _ := freeze(t, input(b))
	for id, want := range map[string][]string{
		"cards":    {"old until 2026-09-30, now platform"},
		"payouts":  {"old until 2026-10-31, now platform"},
		"platform": nil,
	} {
		n, _ := m.Node(id)
		if got := said(m, m.Nodes[n].Before); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	if got, want := said(m, m.Gone), []string{"old until 2026-10-31, now platform"}; !slices.Equal(got, want) {
		t.Errorf("gone: %q, want %q", got, want)
	}
}

func TestHandoversFollowTheHomesOfTheDays(t *testing.T) {
	b := &model.Batch{Nodes: acme()}
	for _, span := range []struct{ owner, from, to string }{
		{"cards", "", "2026-09-30"}, {"payouts", "2026-10-11", "2026-10-31"}, // in the gap with whom it is today
		{"platform", "2026-10-21", ""}, // while the one before goes on: the later one counts
	} {
		r := service("s", span.owner)
		if span.from != "" {
			r.ValidFrom = day(span.from)
		}
		if span.to != "" {
			r.ValidTo = day(span.to)
		}
		b.Services = append(b.Services, r)
	}
	m, _ := freeze(t, input(b))
	var got []string
	for _, h := range m.Handovers {
		got = append(got, h.Last.String()+" "+m.Nodes[h.From].ID+" "+m.Nodes[h.To].ID)
	}
	want := []string{"2026-10-20 payouts platform", "2026-10-10 platform payouts", "2026-09-30 cards platform"}
	if !slices.Equal(got, want) {
		t.Errorf("handovers %q, want %q", got, want)
	}
}

func TestAnAliasIsAnAddressWhereNoServiceHasIt(t *testing.T) {
	gone, next := service("kort", "cards"), service("kort2", "cards")
	gone.ValidTo = day("2026-10-01")
	next.Aliases = []string{"kort", "KORT2", "_x", "svc/kort"}
	m, problems := freeze(t, input(&model.Batch{Nodes: acme(), Services: []model.ServiceRecord{gone, next}}))
	if len(problems) > 0 {
		t.Errorf("problems %v", texts(problems))
	}
	if len(m.Aliases) != 1 || m.Aliases[0].ID != "svc/kort" {
		t.Errorf("addresses %v, want svc/kort alone: the others are taken or cannot be one", m.Aliases)
	}
	i, _ := m.Service("kort")
	if to := m.Services[i].GoesOnAs; to == model.NoIndex || m.Services[to].ID != "kort2" {
		t.Errorf("kort goes on as %d", to)
	}
}
