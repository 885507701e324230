package model_test

import (
	"slices"
	"testing"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// sources is an input of several sources of incidents with a batch each; those named say
// merge = true. The first one also gives the tree and the services.
func sources(batches []*model.Batch, merge ...int) model.Input {
	in := input(batches...)
	for i, b := range batches {
		b.Source = i
		if i > 0 {
			in.Sources = append(in.Sources, model.SourceInput{Info: model.SourceInfo{Name: "more", Datasets: []model.Dataset{model.Incidents}}, CoversFrom: model.NoDay})
		}
		in.Sources[i].Merge = slices.Contains(merge, i)
	}
	return in
}

func TestRecordsThatDisagreeKeepTheFirst(t *testing.T) {
	title := func(r model.NodeRecord, title string) model.NodeRecord {
		r.Title = title
		return r
	}
	tier := func(r model.ServiceRecord, tier string) model.ServiceRecord {
		r.Tier = tier
		return r
	}
	b := &model.Batch{
		Nodes:    []model.NodeRecord{node("top", ""), title(node("a", "top"), "First"), title(node("a", "top"), "Second"), title(node("top", ""), "Top")},
		Services: []model.ServiceRecord{tier(service("s"), "one"), tier(service("s", "a"), "two"), tier(service("s", "top"), "one")},
		Journeys: []model.JourneyRecord{{ID: "j", Title: "First", Services: []string{"s"}}, {ID: "j", Title: "Second", Services: []string{"s"}}},
	}
	m, problems := freeze(t, input(b))
	a, _ := m.Node("a")
	if m.Nodes[a].Title != "First" || m.Nodes[0].Title != "Top" || m.Services[0].Tier != "one" || homeOf(t, m, "s") != "a" || m.Journeys[0].Title != "First" {
		t.Errorf("kept %q %q %q %q %q", m.Nodes[a].Title, m.Nodes[0].Title, m.Services[0].Tier, homeOf(t, m, "s"), m.Journeys[0].Title)
	}
	for _, want := range []string{`node "a" is given again with another title`, `service "s" is given again with another tier`,
		`service "s" is given again with another owner`, `journey "j" is given again with another title`} {
		if !has(problems, diag.ConflictingMerge, want) {
			t.Errorf("%q is not among %v", want, texts(problems))
		}
	}
	if s := m.Sources[0]; s.Accepted != 4 || s.Merged != 5 || s.Rejected != 0 {
		t.Errorf("accepted %d, merged %d, rejected %d", s.Accepted, s.Merged, s.Rejected)
	}
}

func TestWhichIncidentsAreOne(t *testing.T) {
	for _, c := range []struct {
		name  string
		merge []int
		want  []string // "id source services"
	}{
		{"ids of sources are their own", nil, []string{"i1 0 a", "i1 1 b", "i1 2 c"}},
		{"unless one of two says merge", []int{1}, []string{"i1 0 a", "i1 2 c"}},
		{"merge in the last goes to the first", []int{2}, []string{"i1 0 a", "i1 1 b"}},
		{"all of them", []int{0, 1, 2}, []string{"i1 0 a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			batches := []*model.Batch{{Nodes: []model.NodeRecord{node("top", "")}, Services: []model.ServiceRecord{service("a", "top"), service("b", "top"), service("c", "top")}}, {}, {}}
			for i, b := range batches {
				b.Incidents = []model.IncidentRecord{incident(b, "i1", "2026-11-10", string(rune('a'+i)))}
			}
			m, _ := freeze(t, sources(batches, c.merge...))
			var got []string
			for _, in := range m.Incidents {
				got = append(got, in.ID+" "+string(rune('0'+in.Origin.Source))+" "+m.Services[in.Services[0]].ID)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			merged := 0
			for _, s := range m.Sources {
				merged += s.Merged
			}
			if merged != 3-len(c.want) {
				t.Errorf("%d merged", merged)
			}
		})
	}
}

// TestMergingFillsWhatIsMissing: a moment after as_of is as good as missing.
func TestMergingFillsWhatIsMissing(t *testing.T) {
	first, second := &model.Batch{Nodes: []model.NodeRecord{node("top", "")}, Services: []model.ServiceRecord{service("a", "top"), service("b", "top")}}, &model.Batch{}
	first.Incidents = []model.IncidentRecord{incident(first, "i1", "2026-11-10", "a")}
	first.Incidents[0].Title, first.Incidents[0].Moments[model.Mitigated] = "First", now+3600
	second.Incidents = []model.IncidentRecord{incident(second, "i1", "2026-11-10", "b")}
	more := &second.Incidents[0]
	more.Title, more.Severity, more.Planned, more.Reviewed, more.FollowupsOpen = "Second", second.Word([]byte("sev1")), true, true, 2
	more.Cause = refs(second, "b")
	m, problems := freeze(t, sources([]*model.Batch{first, second}, 1))
	in := m.Incidents[0]
	if in.Title != "First" || m.Services[in.Services[0]].ID != "a" || len(in.Services) != 1 {
		t.Errorf("the first is not kept: %+v", in)
	}
	if m.Severities[in.Severity] != "sev1" || !in.Planned || !in.Reviewed || in.FollowupsOpen != 2 || len(in.Cause) != 1 {
		t.Errorf("what was missing is not taken over: %+v", in)
	}
	if in.Open || in.End != at("2026-11-10T11:00:00Z") {
		t.Errorf("open %t, ends %d", in.Open, in.End)
	}
	if !has(problems, diag.ConflictingMerge, `incident "i1" is given again with another title, services`) {
		t.Errorf("problems %v", texts(problems))
	}
}

func TestEveryRecordIsAccountedFor(t *testing.T) {
	b := &model.Batch{
		Nodes:    []model.NodeRecord{node("top", ""), node("TOP", ""), node("..", "top"), node("top", "")},
		Services: []model.ServiceRecord{service("a", "top"), service("A", "top"), service("a", "top")},
		Journeys: []model.JourneyRecord{{ID: "_j"}, {ID: "j"}},
		Dependencies: []model.DependencyRecord{
			{From: "a", To: "a"}, {From: "a", To: "a"}, {From: "a", To: "unknown"},
		},
	}
	b.Incidents = []model.IncidentRecord{incident(b, "i1", "2026-11-10", "a"), incident(b, "i1", "2026-11-11", "a"), incident(b, "i2", "2026-11-30", "a")}
	for _, r := range []model.ResultRecord{{At: now}, {At: now}, {At: now + 1}, {At: now - 1, Location: []byte("sto")}, {At: now - 1}} {
		r.Test, r.Service, r.Passed = []byte("t"), []byte("a"), 1
		b.AddResult(&r)
	}
	partial := node("elsewhere", "top")
	partial.Partial = true
	b.Nodes = append(b.Nodes, partial)
	m, problems := freeze(t, input(b))
	s := m.Sources[0]
	if s.Accepted != 9 || s.Merged != 5 || s.Rejected != 7 {
		t.Errorf("accepted %d, merged %d, rejected %d; %v", s.Accepted, s.Merged, s.Rejected, s.Rejects)
	}
	if len(s.Rejects) != s.Rejected || s.Rejects[0].Reason == "" {
		t.Errorf("rejects %v", s.Rejects)
	}
	if problems.ByCode()[diag.FutureRecord] != 2 {
		t.Errorf("problems %v", texts(problems))
	}
}
