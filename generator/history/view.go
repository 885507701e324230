package history

import (
	"math"
	"slices"
)

// view finds facts of an answer.
type view struct {
	series map[string]*series
	first  uint32 // of all
	any    bool
}

// series is the facts of one identity.
type series struct {
	first, last uint32
	groups      []*group
}

// newView returns the view of settled facts.
func newView(f *Facts) *view {
	v := &view{series: map[string]*series{}, first: math.MaxUint32}
	for _, g := range f.groups {
		if len(g.facts) == 0 {
			continue
		}
		first, last := g.facts[0].when, g.facts[len(g.facts)-1].when
		s := v.series[g.Identity]
		if s == nil {
			s = &series{first: first, last: last}
			v.series[g.Identity] = s
		}
		s.first, s.last, s.groups = min(s.first, first), max(s.last, last), append(s.groups, g)
		v.first, v.any = min(v.first, first), true
	}
	return v
}

func (s *series) has(when uint32) bool {
	return slices.ContainsFunc(s.groups, func(g *group) bool {
		_, found := slices.BinarySearchFunc(g.facts, when, func(x fact, w uint32) int {
			switch {
			case x.when < w:
				return -1
			case x.when > w:
				return 1
			}
			return 0
		})
		return found
	})
}
