package rollup

import (
	"testing"
	"time"

	"uptree/generator/model"
)

func at(s string) model.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return model.Time(t.Unix())
}

func TestTwoTeamsOneCause(t *testing.T) {
	var b model.Batch
	none := [model.NumMoments]model.Time{model.None, model.None, model.None, model.None, model.None, model.None}
	b.Nodes = []model.NodeRecord{
		{ID: "parent", ValidFrom: model.NoDay, ValidTo: model.NoDay},
		{ID: "a", Parent: "parent", ValidFrom: model.NoDay, ValidTo: model.NoDay},
		{ID: "b", Parent: "parent", ValidFrom: model.NoDay, ValidTo: model.NoDay},
	}
	b.Services = []model.ServiceRecord{
		{ID: "A", Owners: []string{"a"}, ValidFrom: model.NoDay, ValidTo: model.NoDay},
		{ID: "B", Owners: []string{"b"}, ValidFrom: model.NoDay, ValidTo: model.NoDay},
	}
	incident := func(id, service, from, to string) model.IncidentRecord {
		m := none
		m[model.Started], m[model.Mitigated] = at(from), at(to)
		return model.IncidentRecord{ID: id, Services: b.Refs([]model.Ref{b.Ref([]byte(service))}), Cause: b.Refs([]model.Ref{b.Ref([]byte("A"))}),
			Moments: m, FollowupsOpen: model.NoCount, FollowupsClosed: model.NoCount}
	}
	b.Incidents = []model.IncidentRecord{
		incident("I1", "A", "2026-11-10T10:00:00Z", "2026-11-10T10:40:00Z"),
		incident("I2", "B", "2026-11-10T10:20:00Z", "2026-11-10T11:00:00Z"),
	}
	m, problems := model.Freeze(model.Input{AsOf: at("2026-11-20T09:05:00Z"), Zone: time.UTC, ImpactEnds: model.Mitigated,
		Sources: []model.SourceInput{{Info: model.SourceInfo{Name: "s", Datasets: []model.Dataset{model.Nodes, model.Services, model.Incidents}}, CoversFrom: model.NoDay}},
		Batches: []*model.Batch{&b}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	c, problems := Compute(m, []PeriodSpec{{"28d", 28}}, 2)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, want := range []struct {
		node                                    string
		value, own, inherited, exported, shared float64
		n                                       int
	}{
		{"a", 40, 40, 0, 40, 0, 1},
		{"b", 40, 0, 40, 0, 0, 1},
		{"parent", 60, 60, 0, 0, 20, 2},
	} {
		n, _ := m.Node(want.node)
		cell := c.Stats(OfNode(n))[c.Metric("incident_time")][0]
		if cell.Value != want.value*60 || cell.Parts[Own].Value != want.own*60 || cell.Parts[Inherited].Value != want.inherited*60 ||
			*cell.Exported != want.exported*60 || cell.Conserved.Shared != want.shared*60 || cell.N != want.n {
			t.Errorf("%s: %+v exported %v conserved %+v", want.node, cell, *cell.Exported, cell.Conserved)
		}
	}
}
