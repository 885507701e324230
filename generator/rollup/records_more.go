package rollup

import (
	"slices"

	"uptree/generator/model"
)

func (s *scope) testRecords(period int, put func(Record)) {
	m := s.c.Model
	for _, row := range s.testRows(s.testsOf(), period) {
		t := &m.Tests[row.Test]
		r := Record{
			Kind: model.Synthetics, ID: t.ID, Title: t.Title, Group: m.SubjectID(t.Subject), From: model.None, To: model.None,
			Origin: model.Origin{Source: t.Source}, Good: row.Good, Valid: row.Good + row.Bad,
		}
		if len(t.Runs) > 0 {
			first := t.Runs[0].Result(0)
			r.Origin.File, r.Origin.Line = t.Runs[0].File, first.Line
		}
		if r.Valid == 0 {
			r.Left = "all runs were skipped"
		}
		put(r)
	}
}

// objectiveRecords gives the objectives, the gravest first.
func (s *scope) objectiveRecords(put func(Record), each func(i int32, r *Record)) {
	all := s.objectives()
	slices.SortStableFunc(all, s.c.graver)
	for _, i := range all {
		o := &s.c.Model.Objectives[i]
		r := Record{Kind: model.SLOs, ID: o.ID, Title: o.Title, URL: o.URL, Origin: o.Origin, Group: s.c.Model.SubjectID(o.Subject), From: model.None, To: model.None}
		each(i, &r)
		put(r)
	}
}

func (s *scope) stateRecords(_ int, put func(Record)) {
	s.objectiveRecords(put, func(i int32, r *Record) {
		result := &s.c.objectives.results[i]
		r.As = result.State.String()
		switch result.State {
		case Met:
			r.Value = 1
		case NoData:
			r.Left = "no data"
		}
	})
}

func (s *scope) dayRecords(period int, put func(Record)) {
	s.objectiveRecords(put, func(i int32, r *Record) {
		d := s.c.objectives.daysOf(i, len(s.c.Periods), period, 0)
		if r.Good, r.Valid = int64(d.reached), int64(d.measured); r.Valid == 0 {
			r.Left = "no day with valid events"
		}
	})
}

// deploymentRecords gives the deployments of a period; fill says how one that counts does.
func deploymentRecords(fill func(s *scope, r *Record, d *model.Deployment, row DeploymentRow)) func(*scope, int, func(Record)) {
	return func(s *scope, period int, put func(Record)) {
		m := s.c.Model
		for _, row := range s.c.Deployments(s.subject, period) {
			d := &m.Deployments[row.Deployment]
			r := Record{Kind: model.Deployments, ID: d.ID, URL: d.URL, Origin: d.Origin, Group: d.UnknownService, From: d.Finished, To: d.Finished, As: d.Result}
			if d.Service != model.NoIndex {
				r.Group = m.Services[d.Service].ID
			}
			if r.Left = leftOutNames[d.LeftOut]; r.Left == "" {
				fill(s, &r, d, row)
			}
			put(r)
		}
	}
}

var frequencyRecords = deploymentRecords(func(_ *scope, r *Record, d *model.Deployment, _ DeploymentRow) {
	if d.Outcome == model.Succeeded {
		r.Value = 1
	}
})

var leadRecords = deploymentRecords(func(_ *scope, r *Record, d *model.Deployment, row DeploymentRow) {
	switch {
	case d.Outcome != model.Succeeded:
		r.Left = "no success"
	case !d.FirstCommit.Known():
		r.Left = "no first commit recorded"
	case d.FirstCommit > d.Finished:
		r.Left = "first commit after the deployment"
	default:
		r.Value = row.Lead
	}
})

var failRecords = deploymentRecords(func(_ *scope, r *Record, d *model.Deployment, _ DeploymentRow) {
	if r.Valid = 1; d.WentWrong() {
		r.Good = 1
	}
})

var recoveryRecords = deploymentRecords(func(_ *scope, r *Record, d *model.Deployment, row DeploymentRow) {
	switch {
	case !d.WentWrong():
		r.Left = "did not go wrong"
	case row.Recovery != row.Recovery: // NaN
		r.Left = "has not recovered, or before it finished"
	default:
		r.Value = row.Recovery
	}
})

var reworkRecords = deploymentRecords(func(_ *scope, r *Record, d *model.Deployment, _ DeploymentRow) {
	switch d.Unplanned {
	case model.NotSaid:
		r.Left = "does not say whether it was planned"
	case model.Yes:
		r.Good, r.Valid = 1, 1
	default:
		r.Valid = 1
	}
})

// findingRecords lists the findings that a count of them counts.
func findingRecords(counts findingCount) func(*scope, int, func(Record)) {
	return func(s *scope, period int, put func(Record)) {
		w := s.until(s.c.Periods[period].Current)
		s.stays(put, func(r *Record, stay *stay) bool {
			r.Value = 1
			return counts(stay, w)
		})
	}
}

func ageRecords(s *scope, _ int, put func(Record)) {
	m := s.c.Model
	today := m.Calendar.DayAt(m.AsOf)
	s.stays(put, func(r *Record, stay *stay) bool {
		if !stay.open(m.AsOf + 1) {
			return false
		}
		since, _ := stay.since(m.AsOf + 1)
		r.Value = float64(today-m.Calendar.DayAt(since)) * daySeconds
		return true
	})
}

// stays gives the findings of the subject that take takes.
func (s *scope) stays(put func(Record), take func(*Record, *stay) bool) {
	m, at := s.c.Model, s.place()
	for _, i := range s.foundIn() {
		f := &m.Findings[i]
		stay := at.stay(f, nil)
		r := Record{Kind: model.Findings, ID: f.ID, Title: f.Rule, URL: f.Rows[0].URL, Origin: f.Rows[0].Origin, From: model.None, To: model.None}
		r.As = m.FindingSeverities[stay.severity]
		if take(&r, &stay) {
			put(r)
		}
	}
}
