package rollup

import (
	"slices"

	"uptree/generator/model"
)

// ownTerms fills the direct and shared terms of sums and sets, each computed from the
// observations on its own.
func (s *scope) ownTerms(metric *Metric, n model.NodeIdx, cells []Cell) {
	m := s.c.Model
	all := s.observed(s.c.ownRow(metric))
	direct := slices.DeleteFunc(slices.Clone(all), func(o *model.Observation) bool { return o.Subject.Home != n })
	sums := s.ownSums(metric.Own, direct)
	for p := range cells {
		c := cells[p].Conserved
		if c == nil {
			continue
		}
		var sum Cell
		sums[p*windowsPerPeriod].fill(&sum, metric.Own)
		if c.Direct = sum.Value; metric.Operator == Set {
			c.Shared = s.ownShared(all, p, func(home model.NodeIdx) model.NodeIdx {
				if home == n {
					return n
				}
				return m.ChildHolding(n, home)
			})
		}
	}
}

// ownShared counts by how many terms each thing is held beyond the first.
func (s *scope) ownShared(all []*model.Observation, period int, term func(home model.NodeIdx) model.NodeIdx) float64 {
	type held struct {
		id   string
		term model.NodeIdx
	}
	terms, ids := map[held]bool{}, map[string]bool{}
	bit := period * windowsPerPeriod
	for _, o := range all {
		mask := s.index.own.days.of(clampMoment(o.At), o.IsDay)
		if bit>>6 < len(mask) && mask[bit>>6]&(1<<(bit&63)) != 0 {
			terms[held{o.ID, term(o.Subject.Home)}], ids[o.ID] = true, true
		}
	}
	return float64(len(terms) - len(ids))
}

// ownRow is the place of a metric in Model.Own.
func (c *Cube) ownRow(metric *Metric) int32 {
	return int32(slices.IndexFunc(c.Model.Own, func(o model.OwnMetric) bool { return o.ID == metric.ID }))
}

// ownRecords gives the observations that a figure is made of.
func (s *scope) ownRecords(k int32, period int, put func(Record)) {
	m, own, w := s.c.Model, &s.c.Model.Own[k], s.c.Periods[period].Current
	all := s.observed(k)
	last := map[*model.Observation]bool{}
	if own.Operator == model.OwnLatest {
		for _, series := range s.ownSeries(all) {
			last[lastBefore(series, w.To)] = true
		}
	}
	counted, bit := map[string]bool{}, period*windowsPerPeriod
	for _, o := range all {
		r := Record{
			Kind: model.Observations, ID: s.ownID(o), Title: o.ID, Origin: o.Origin, From: o.At, To: o.At, As: m.OwnParts[o.Part],
			Value: o.Value.Float(), Good: o.Num, Valid: o.Den,
		}
		mask := s.index.own.days.of(clampMoment(o.At), o.IsDay)
		inside := bit>>6 < len(mask) && mask[bit>>6]&(1<<(bit&63)) != 0
		switch {
		case own.Operator == model.OwnLatest && !last[o]:
			if r.Left = "there is a later one, or its service has ended"; o.At < w.From || o.At >= w.To {
				continue
			}
		case own.Operator == model.OwnLatest:
		case !inside:
			if r.Left = "its day is not wholly in the period"; !w.overlaps(o.At, m.Calendar.Midnight(m.Calendar.DayAt(o.At)+1)) {
				continue
			}
		case own.Operator == model.OwnSet && counted[o.ID]:
			r.Left = "counted already"
		case own.Operator == model.OwnSet:
			r.Value, counted[o.ID] = 1, true
		}
		put(r)
	}
}

// ownID is the id of what an observation is of.
func (s *scope) ownID(o *model.Observation) string {
	if o.Node != model.NoIndex {
		return s.c.Model.Nodes[o.Node].ID
	}
	return s.c.Model.SubjectID(o.Subject)
}
