package model_test

import (
	"strings"
	"testing"
	"time"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// now is the clock of these tests: 20 November 2026, 09:05 UTC.
var now = at("2026-11-20T09:05:00Z")

func at(text string) model.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return model.Time(t.Unix())
}

func day(text string) model.Day {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return model.DayOf(t.Date())
}

// node is a node record without dates.
func node(id, parent string) model.NodeRecord {
	return model.NodeRecord{ID: id, Parent: parent, ValidFrom: model.NoDay, ValidTo: model.NoDay}
}

// service is a service record without dates.
func service(id string, owners ...string) model.ServiceRecord {
	return model.ServiceRecord{ID: id, Owners: owners, ValidFrom: model.NoDay, ValidTo: model.NoDay}
}

// incident is an unplanned incident of an hour from 10:00 on a day of November 2026.
func incident(b *model.Batch, id, date, services string) model.IncidentRecord {
	r := model.IncidentRecord{ID: id, Services: refs(b, services), FollowupsOpen: model.NoCount, FollowupsClosed: model.NoCount}
	for p := range r.Moments {
		r.Moments[p] = model.None
	}
	r.Moments[model.Started] = at(date + "T10:00:00Z")
	r.Moments[model.Mitigated] = at(date + "T11:00:00Z")
	return r
}

func refs(b *model.Batch, ids string) model.RefList {
	var out []model.Ref
	for _, id := range strings.Fields(ids) {
		out = append(out, b.Ref([]byte(id)))
	}
	return b.Refs(out)
}

// input is one source that gives all datasets, in one batch per element.
func input(batches ...*model.Batch) model.Input {
	all := []model.Dataset{model.Nodes, model.Services, model.Dependencies, model.Journeys, model.Incidents, model.Synthetics}
	return model.Input{
		AsOf: now, Zone: time.UTC, ImpactEnds: model.Mitigated, Batches: batches,
		Sources: []model.SourceInput{{Info: model.SourceInfo{Name: "all", Datasets: all}, CoversFrom: model.NoDay}},
	}
}

// freeze freezes an input that can be used.
func freeze(t testing.TB, in model.Input) (*model.Model, diag.List) {
	t.Helper()
	m, problems := model.Freeze(in)
	if m == nil {
		t.Fatalf("no model: %v", texts(problems))
	}
	return m, problems
}

// texts are the problems as "code file:line: text (hint)".
func texts(problems diag.List) (out []string) {
	for _, p := range problems {
		s := string(p.Code) + " " + p.Text
		if p.Hint != "" {
			s += " (" + p.Hint + ")"
		}
		out = append(out, s)
	}
	return out
}

// has reports whether a problem of a code says something.
func has(problems diag.List, code diag.Code, text string) bool {
	for _, p := range problems {
		if p.Code == code && strings.Contains(p.Text+" ("+p.Hint+")", text) {
			return true
		}
	}
	return false
}

// parentOf is the id of the node above, "" for the top.
func parentOf(t testing.TB, m *model.Model, id string) string {
	t.Helper()
	n, ok := m.Node(id)
	if !ok {
		return "no such node"
	}
	if p := m.Nodes[n].Parent; p != model.NoIndex {
		return m.Nodes[p].ID
	}
	return ""
}

// homeOf is the id of the node that answers for a service.
func homeOf(t testing.TB, m *model.Model, id string) string {
	t.Helper()
	s, ok := m.Service(id)
	if !ok {
		t.Fatalf("no service %s", id)
	}
	return m.Nodes[m.Services[s].Home].ID
}

// cracks are the kinds of cracks about a service.
func cracks(m *model.Model, service string) (out []model.CrackKind) {
	for _, c := range m.Cracks {
		if c.Service != model.NoIndex && m.Services[c.Service].ID == service {
			out = append(out, c.Kind)
		}
	}
	return out
}
