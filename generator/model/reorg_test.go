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
