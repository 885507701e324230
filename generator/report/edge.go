package report

import (
	"cmp"
	"slices"

	"uptree/generator/model"
)

// edgeList gathers dependencies by the service on the other side of a border.
type edgeList struct {
	edges []edge
	at    map[model.ServiceIdx]int
}

func (l *edgeList) add(there, here model.ServiceIdx, dependency int32, hard model.Hardness) {
	i, ok := l.at[there]
	if !ok {
		i = len(l.edges)
		l.at[there] = i
		l.edges = append(l.edges, edge{there: there, hard: hard})
	}
	e := &l.edges[i]
	e.here, e.edges = append(e.here, here), append(e.edges, dependency)
	if rank(hard) < rank(e.hard) {
		e.hard = hard
	}
}

// rank orders hardness as promises count it: an unstated dependency is hard.
func rank(h model.Hardness) int {
	switch h {
	case model.Hard:
		return 0
	case model.HardnessUnstated:
		return 1
	case model.Soft:
		return 2
	}
	return 3
}

// sorted puts first what most services here have to do with, hard ones before soft ones.
func (l *edgeList) sorted() []edge {
	slices.SortFunc(l.edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(rank(a.hard)/2, rank(b.hard)/2), cmp.Compare(len(b.here), len(a.here)), cmp.Compare(a.there, b.there))
	})
	return l.edges
}
