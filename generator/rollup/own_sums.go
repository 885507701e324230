package rollup

import (
	"math/bits"
	"slices"
	"sort"

	"uptree/generator/model"
)

// ownSubject is what an observation is of.
type ownSubject struct {
	service model.ServiceIdx
	journey model.JourneyIdx
	node    model.NodeIdx
}

func subjectOf(o *model.Observation) ownSubject {
	return ownSubject{o.Subject.Service, o.Subject.Journey, o.Node}
}

// ownIndex lists observations by metric and subject. They lie in order of their metric and
// home, so that a node's are neighbours.
type ownIndex struct {
	m     *model.Model
	pilot bool
	days  *dayMasks
	of    map[ownSubject][]int32
}

func newOwnIndex(m *model.Model, periods []Period, pilot bool) *ownIndex {
	x := &ownIndex{m: m, pilot: pilot, of: map[ownSubject][]int32{}}
	if len(m.Observations) == 0 {
		return x
	}
	days := newDayMasks(m, periods)
	x.days = &days
	for i := range m.Observations {
		subject := subjectOf(&m.Observations[i])
		x.of[subject] = append(x.of[subject], int32(i))
	}
	return x
}

// observed lists the observations of a metric at the scope's subject, by home and moment.
func (s *scope) observed(k int32) (out []*model.Observation) {
	m, x := s.c.Model, s.index.own
	add := func(o *model.Observation) {
		if o.Metric == k && m.Sources[o.Origin.Source].Pilot == x.pilot {
			out = append(out, o)
		}
	}
	at := ownSubject{model.NoIndex, model.NoIndex, model.NoIndex}
	switch s.subject.Kind {
	case NodeSubject:
		n := model.NodeIdx(s.subject.Index)
		first := sort.Search(len(m.Observations), func(i int) bool {
			o := &m.Observations[i]
			return o.Metric > k || o.Metric == k && o.Subject.Home >= n
		})
		for i := first; i < len(m.Observations) && m.Observations[i].Metric == k && m.In(m.Observations[i].Subject.Home, n); i++ {
			add(&m.Observations[i])
		}
		return out
	case ServiceSubject:
		at.service = model.ServiceIdx(s.subject.Index)
	case JourneySubject:
		at.journey = model.JourneyIdx(s.subject.Index)
	}
	for _, i := range x.of[at] {
		add(&m.Observations[i])
	}
	return out
}

func distinct(all []*model.Observation) int {
	seen := map[ownSubject]bool{}
	for _, o := range all {
		seen[subjectOf(o)] = true
	}
	return len(seen)
}

// ownSum is what observations add up to; all its sums are exact.
type ownSum struct {
	n        int
	value    model.Money
	num, den int64
	ids      map[string]bool
	values   []float64
	subjects map[ownSubject]bool
	parts    map[uint16]*ownSum // of the current windows
}

func (x *ownSum) add(own *model.OwnMetric, o *model.Observation) {
	x.n++
	switch own.Operator {
	case model.OwnSum, model.OwnLatest:
		x.value = x.value.Plus(o.Value)
	case model.OwnRatio:
		x.num, x.den = x.num+o.Num, x.den+o.Den
	case model.OwnSet:
		if x.ids == nil {
			x.ids = map[string]bool{}
		}
		x.ids[o.ID] = true
	case model.OwnDistribution:
		x.values = append(x.values, o.Value.Float())
	}
}

// detail adds an observation to what only the figures of now tell.
func (x *ownSum) detail(own *model.OwnMetric, o *model.Observation) {
	if x.subjects == nil {
		x.subjects, x.parts = map[ownSubject]bool{}, map[uint16]*ownSum{}
	}
	x.subjects[subjectOf(o)] = true
	if x.parts[o.Part] == nil {
		x.parts[o.Part] = &ownSum{}
	}
	x.parts[o.Part].add(own, o)
}

// fill turns the sums into a figure. Where nothing was observed there is none: but for sets,
// that count what happened.
func (x *ownSum) fill(cell *Cell, own *model.OwnMetric) {
	cell.N = x.n
	switch {
	case own.Operator == model.OwnSet:
		cell.Value = float64(len(x.ids))
	case x.n == 0 || own.Operator == model.OwnRatio && x.den == 0:
		cell.Known, cell.Reason = false, ReasonNoData
	case own.Operator == model.OwnRatio:
		cell.Num, cell.Den = x.num, x.den
		cell.Value = float64(x.num*own.Per) / float64(x.den)
	case own.Operator == model.OwnDistribution:
		slices.Sort(x.values)
		d := Dist{Name: "values", N: len(x.values), Median: median(x.values)}
		if d.N >= minP90 {
			p90 := nearestRank(x.values, 90)
			d.P90 = &p90
		}
		cell.Dists, cell.Value = []Dist{d}, d.Median
	default:
		cell.Value = x.value.Float()
	}
}

// ownSums adds up the observations of every window.
func (s *scope) ownSums(own *model.OwnMetric, all []*model.Observation) []ownSum {
	sums := make([]ownSum, len(s.c.Periods)*windowsPerPeriod)
	add := func(w int, o *model.Observation) {
		sums[w].add(own, o)
		if w%windowsPerPeriod == 0 {
			sums[w].detail(own, o)
		}
	}
	if own.Operator == model.OwnLatest {
		for _, series := range s.ownSeries(all) {
			for w := range sums {
				if o := lastBefore(series, s.c.Periods[w/windowsPerPeriod].window(w%windowsPerPeriod).To); o != nil {
					add(w, o)
				}
			}
		}
		return sums
	}
	for _, o := range all {
		for i, word := range s.index.own.days.of(clampMoment(o.At), o.IsDay) {
			for ; word != 0; word &= word - 1 {
				add(i*64+bits.TrailingZeros64(word), o)
			}
		}
	}
	return sums
}

func clampMoment(t model.Time) uint32 { return uint32(max(0, min(t, 1<<32-1))) }

// ownSeries are the observations of each subject and part, by moment. What has ended has no
// latest value.
func (s *scope) ownSeries(all []*model.Observation) (out [][]*model.Observation) {
	type key struct {
		ownSubject
		unknown string
		part    uint16
	}
	at := map[key]int{}
	for _, o := range all {
		if service := o.Subject.Service; service != model.NoIndex && !s.c.Model.Services[service].Living {
			continue
		}
		k := key{subjectOf(o), o.Subject.Unknown, o.Part}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], o)
	}
	return out
}

// lastBefore is the last observation of a series before a moment, nil where there is none.
func lastBefore(series []*model.Observation, end model.Time) *model.Observation {
	i := sort.Search(len(series), func(i int) bool { return series[i].At >= end })
	if i == 0 {
		return nil
	}
	return series[i-1]
}
