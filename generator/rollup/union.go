package rollup

import (
	"cmp"
	"slices"
	"sort"

	"uptree/generator/model"
)

// union is a set of moments as disjoint stretches in order of time. Stretches are added
// in order of their start.
type union struct {
	spans []Window
	ahead []model.Time // ahead[i] is the total length of spans[:i]
}

func (u *union) reset() { u.spans, u.ahead = u.spans[:0], u.ahead[:0] }

// add joins a stretch; starts must not decrease.
func (u *union) add(from, to model.Time) {
	if from >= to {
		return
	}
	if n := len(u.spans); n > 0 && from <= u.spans[n-1].To {
		u.spans[n-1].To = max(u.spans[n-1].To, to)
		return
	}
	u.spans = append(u.spans, Window{from, to})
}

// seal prepares the union for measuring.
func (u *union) seal() {
	u.ahead = u.ahead[:0]
	total := model.Time(0)
	for _, s := range u.spans {
		u.ahead = append(u.ahead, total)
		total += s.To - s.From
	}
	u.ahead = append(u.ahead, total)
}

// inside returns the indices [i, j) of the spans that overlap the window.
func (u *union) inside(w Window) (i, j int) {
	i = sort.Search(len(u.spans), func(k int) bool { return u.spans[k].To > w.From })
	j = i + sort.Search(len(u.spans)-i, func(k int) bool { return u.spans[i+k].From >= w.To })
	return i, j
}

// length measures a sealed union inside the window.
func (u *union) length(w Window) model.Time {
	i, j := u.inside(w)
	if i >= j {
		return 0
	}
	total := u.ahead[j] - u.ahead[i]
	total -= max(0, w.From-u.spans[i].From)
	total -= max(0, u.spans[j-1].To-w.To)
	return total
}

// edge is a change in how many terms cover a moment.
type edge struct {
	at    model.Time
	delta int32
	class Class
}

// edgesInside appends the clipped edges of the union's stretches in the window.
func (u *union) edgesInside(edges []edge, w Window, class Class) []edge {
	i, j := u.inside(w)
	for _, s := range u.spans[i:j] {
		edges = append(edges, edge{max(s.From, w.From), 1, class}, edge{min(s.To, w.To), -1, class})
	}
	return edges
}

func sortEdges(edges []edge) {
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Compare(a.at, b.at) })
}

// excess integrates max(0, m − 1) over time, where m is how many terms cover a moment.
// It sorts the edges.
func excess(edges []edge) model.Time {
	sortEdges(edges)
	var total, last model.Time
	var m int32
	for _, e := range edges {
		if m > 1 {
			total += model.Time(m-1) * (e.at - last)
		}
		m += e.delta
		last = e.at
	}
	return total
}

// segmentNames are the disjoint parts of time by who caused it.
var segmentNames = [...]string{"own_only", "inherited_only", "unrecorded_only", "several"}

// segments splits the time that the classes cover in the window into disjoint parts.
func segments(classes *[NumClasses]union, w Window, edges []edge) ([len(segmentNames)]model.Time, []edge) {
	edges = edges[:0]
	for c := range classes {
		edges = classes[c].edgesInside(edges, w, Class(c))
	}
	sortEdges(edges)
	var out [len(segmentNames)]model.Time
	var active [NumClasses]int32
	last := model.Time(0)
	for _, e := range edges {
		if s, ok := segmentOf(&active); ok {
			out[s] += e.at - last
		}
		active[e.class] += e.delta
		last = e.at
	}
	return out, edges
}

func segmentOf(active *[NumClasses]int32) (segment int, covered bool) {
	n := 0
	for c := range active {
		if active[c] > 0 {
			n++
			segment = c
		}
	}
	if n > 1 {
		segment = int(NumClasses)
	}
	return segment, n > 0
}
