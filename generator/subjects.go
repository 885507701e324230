package generator

import (
	"context"
	"slices"
	"time"

	"uptree/generator/content"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/rollup"
	"uptree/generator/signal"
)

// Subjects is what the documents of a site can be about.
type Subjects struct {
	Today   time.Time // the build's clock, in the site's zone
	Resolve content.Resolver
	docs    *content.Docs
	model   *model.Model
	check   func(*content.Docs) diag.List
}

// ReadSubjects reads the site without asking another machine; Subjects is nil where the
// problems do not allow that. Nothing is written.
func ReadSubjects(ctx context.Context, o Options) (*Subjects, diag.List, error) {
	o.CheckOnly, o.Offline, o.Apart = true, true, true
	b := &build{o: o, began: time.Now(), result: &Result{}}
	b.openStore()
	defer b.store.Close() // what is left is removed by the next build
	c, err := b.compose(ctx)
	if err != nil || c == nil {
		return nil, b.leveled().Sorted(), err
	}
	s := &Subjects{Today: b.result.AsOf, Resolve: c.in.Resolve, docs: c.in.Docs, model: c.cube.Model}
	s.check = func(docs *content.Docs) diag.List {
		_, problems := signal.Find(c.cube, docs, nil, b.site.DefaultPeriod(), signal.Past{})
		return problems
	}
	return s, b.leveled().Sorted(), nil
}

// Check finds what is wrong with documents that are not the site's yet.
func (s *Subjects) Check(docs *content.Docs) diag.List {
	problems := content.Check(docs, s.Resolve, s.Today)
	problems.Append(s.check(docs))
	return problems
}

// Metrics are the ids of what is measured.
func (s *Subjects) Metrics() (ids []string) {
	for _, m := range rollup.Table(s.model.Own) {
		ids = append(ids, m.ID)
	}
	return ids
}

// Without are the ids of a kind that no document is about yet: incidents by time, latest
// first, others as the site orders them.
func (s *Subjects) Without(kind content.Kind) []string {
	var ids []string
	switch kind {
	case content.Node:
		for i := range s.model.Nodes {
			if !s.model.Nodes[i].Generated {
				ids = append(ids, s.model.Nodes[i].ID)
			}
		}
	case content.Service:
		for i := range s.model.Services {
			if s.model.Services[i].Living {
				ids = append(ids, s.model.Services[i].ID)
			}
		}
	case content.Journey:
		for i := range s.model.Journeys {
			ids = append(ids, s.model.Journeys[i].ID)
		}
	case content.Incident:
		for i := range slices.Backward(s.model.Incidents) {
			ids = append(ids, s.model.Incidents[i].ID)
		}
	}
	return slices.DeleteFunc(ids, func(id string) bool { return s.docs.Get(kind, id) != nil })
}

// Objectives are the ids of the objectives of a service, a journey, or all that have their
// home at a node or below.
func (s *Subjects) Objectives(kind content.Kind, id string) []string {
	var out []string
	for i := range s.model.Objectives {
		if o := &s.model.Objectives[i]; o.Living && s.concerns(o.Subject, kind, id) {
			out = append(out, o.ID)
		}
	}
	return out
}

func (s *Subjects) concerns(of model.Subject, kind content.Kind, id string) bool {
	switch kind {
	case content.Service:
		return of.Service != model.NoIndex && s.model.Services[of.Service].ID == id
	case content.Journey:
		return of.Journey != model.NoIndex && s.model.Journeys[of.Journey].ID == id
	}
	top, ok := s.model.Node(id)
	switch {
	case ok && of.Service != model.NoIndex:
		return s.model.In(s.model.Services[of.Service].Home, top)
	case ok && of.Journey != model.NoIndex:
		return s.model.In(s.model.Journeys[of.Journey].Home, top)
	}
	return false
}
