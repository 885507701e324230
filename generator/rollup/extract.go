package rollup

import (
	"math"
	"slices"

	"uptree/generator/model"
)

// Extract is the part of a figure's records that a page has room for; what it leaves out it
// counts.
type Extract struct {
	Counted []RecordGroup // by how they count, in the order in which the ways first come
	Left    []RecordGroup // those that count for nothing, by reason
}

// N is how many records count.
func (e Extract) N() (n int) {
	for i := range e.Counted {
		n += e.Counted[i].N
	}
	return n
}

// RecordGroup is some records of one kind: those with most to say, the gravest first.
type RecordGroup struct {
	Name string // the way in which they count, or why they do not; "" where there is one way
	N    int    // how many there are
	Top  []Record
}

// Extract lists as many records of a figure as most, of each way to count. Time and memory
// are those of one pass over the records.
func (c *Cube) Extract(subject Subject, metric, period, most int) (e Extract, ok bool) {
	m := &c.Metrics[metric]
	if m.records == nil {
		return e, false
	}
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.at(subject)
	m.records(s, period, func(r Record) {
		if r.Left != "" {
			group(&e.Left, r.Left).take(m, r, most)
		} else {
			group(&e.Counted, m.wayOf(&r)).take(m, r, most)
		}
	})
	return e, true
}

// group finds a group by its name, or adds it.
func group(all *[]RecordGroup, name string) *RecordGroup {
	for i := range *all {
		if (*all)[i].Name == name {
			return &(*all)[i]
		}
	}
	*all = append(*all, RecordGroup{Name: name})
	return &(*all)[len(*all)-1]
}

// take keeps the gravest records, of equal ones the later: lists are by time, but for that of
// objectives, which is by gravity.
func (g *RecordGroup) take(m *Metric, r Record, most int) {
	g.N++
	weight := m.gravity(&r)
	at := len(g.Top)
	for at > 0 && (m.gravity(&g.Top[at-1]) < weight || m.Dataset != model.SLOs && m.gravity(&g.Top[at-1]) == weight) {
		at--
	}
	if at == most {
		return
	}
	if len(g.Top) == most {
		g.Top = g.Top[:most-1]
	}
	g.Top = slices.Insert(g.Top, at, r)
}

// wayOf is how a record counts where a figure tells ways apart: the class of an incident, a
// phase, a currency.
func (m *Metric) wayOf(r *Record) string {
	switch {
	case m.Dataset == model.Costs:
		return r.Group
	case m.Dataset != model.Incidents:
		return ""
	case r.Group != "":
		return r.Group
	}
	return r.As
}

// gravity is how much a record says: how large it is, or how much of it is not as wished.
func (m *Metric) gravity(r *Record) float64 {
	switch {
	case m.Dataset == model.SLOs && m.Operator == States:
		return 0
	case r.Valid > 0 && m.Better == Lower:
		return float64(r.Good)
	case r.Valid > 0:
		return float64(r.Valid - r.Good)
	}
	return math.Abs(r.Value)
}
