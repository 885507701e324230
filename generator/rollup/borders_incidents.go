package rollup

import (
	"slices"

	"uptree/generator/model"
)

// Caused is what one part caused for another over a period: the incidents with a cause in
// the one and impact in the other. An incident of several parts is in each of their pairs.
type Caused struct {
	Cause, Impact model.NodeIdx // parts
	Toll
}

// Toll is what some incidents took.
type Toll struct {
	Incidents []int32 // indices into Model.Incidents, by start
	Seconds   float64 // length of the union of their impacts, clipped to the period
	Sum       float64 // the plain sum beside it
}

// Crossings are the incidents that crossed the borders of a level in a period. Planned
// maintenance and pilot sources are left out, as in incident_time.
type Crossings struct {
	Pairs    []Caused // by Cause, then by Impact
	Fates    Fates    // of all incidents of the period
	Crossing Toll     // those between two parts of the organisation

	// By part: what it caused for any other part, which is what its own page calls exported,
	// and what came to it from any other.
	Out, In map[model.NodeIdx]*Toll
}

// Crossings finds what crossed the borders of a level in a period.
func (c *Cube) Crossings(level, period int) *Crossings {
	x := &crossing{c: c, window: c.Periods[period].Current, level: level, out: map[model.NodeIdx]*counting{}, in: map[model.NodeIdx]*counting{}}
	for i := range c.Model.Incidents {
		if in := &c.Model.Incidents[i]; x.counts(in) {
			x.take(int32(i), in)
		}
	}
	out := &Crossings{Fates: x.fates, Crossing: x.crossing.toll(), Out: tolls(x.out), In: tolls(x.in)}
	for i, flow := range x.flows.sorted() {
		cause, impact := x.flows.ends(i)
		out.Pairs = append(out.Pairs, Caused{cause, impact, flow.toll()})
	}
	return out
}

// crossing is a Crossings in the making.
type crossing struct {
	c        *Cube
	window   Window
	level    int
	flows    pairs[counting]
	out, in  map[model.NodeIdx]*counting
	crossing counting
	fates    Fates

	causes, impacts []model.NodeIdx // of an incident
}

func (x *crossing) counts(in *model.Incident) bool {
	return !in.Planned && x.window.touches(in) && !x.c.Model.Sources[in.Origin.Source].Pilot
}

func (x *crossing) take(i int32, in *model.Incident) {
	if len(in.Cause) == 0 {
		x.fates.Unrecorded++
		return
	}
	x.causes, x.impacts = x.c.parts(x.causes[:0], in.CauseHomes, x.level), x.c.parts(x.impacts[:0], in.Homes, x.level)
	if x.c.fate(&x.fates, x.causes, x.impacts) {
		x.crossing.add(i, in, x.window)
	}
	for _, a := range x.causes {
		for _, b := range x.impacts {
			if a != b {
				x.flows.at(a, b).add(i, in, x.window)
				at(x.out, a).add(i, in, x.window)
				at(x.in, b).add(i, in, x.window)
			}
		}
	}
}

// parts appends the distinct parts that hold some nodes.
func (c *Cube) parts(dst, nodes []model.NodeIdx, level int) []model.NodeIdx {
	for _, n := range nodes {
		if part := c.PartOf(n, level); !slices.Contains(dst, part) {
			dst = append(dst, part)
		}
	}
	return dst
}

// counting is a Toll in the making. Incidents come in order of their start, so that the
// union of their impacts needs no list of them.
type counting struct {
	incidents  []int32
	sum, union model.Time
	until      model.Time // when the union ends
}

// add takes an incident, once.
func (t *counting) add(i int32, in *model.Incident, w Window) {
	if n := len(t.incidents); n > 0 && t.incidents[n-1] == i {
		return
	}
	t.incidents = append(t.incidents, i)
	from, to := max(in.Start(), w.From), min(in.End, w.To)
	if from >= to {
		return
	}
	t.sum += to - from
	if from = max(from, t.until); from < to {
		t.union += to - from
		t.until = to
	}
}

func (t *counting) toll() Toll { return Toll{t.incidents, float64(t.union), float64(t.sum)} }

func at(m map[model.NodeIdx]*counting, part model.NodeIdx) *counting {
	if m[part] == nil {
		m[part] = &counting{}
	}
	return m[part]
}

func tolls(of map[model.NodeIdx]*counting) map[model.NodeIdx]*Toll {
	out := make(map[model.NodeIdx]*Toll, len(of))
	for part, t := range of {
		toll := t.toll()
		out[part] = &toll
	}
	return out
}

// Border is what crossed the border of one node in a period. In are the incidents that came
// in, by the part of the node's level that they were caused in; Out those that went out, by
// the part that they hit.
type Border struct {
	In, Out         []Caused
	CameIn, WentOut Toll // each incident once
}

// Border finds what crossed the border of a node in a period.
func (c *Cube) Border(n model.NodeIdx, period int) Border {
	x := &crossing{c: c, window: c.Periods[period].Current, level: c.Model.Nodes[n].Depth}
	var b Border
	b.In, b.CameIn = x.across(c.index.nodeImpact.of(int(n)), n, func(in *model.Incident) []model.NodeIdx { return in.CauseHomes })
	b.Out, b.WentOut = x.across(c.index.nodeCause.of(int(n)), n, func(in *model.Incident) []model.NodeIdx { return in.Homes })
	for i := range b.Out {
		b.Out[i].Cause, b.Out[i].Impact = b.Out[i].Impact, b.Out[i].Cause
	}
	return b
}

// across gathers the incidents of a node by the parts on their other side, as if these were
// the causes.
func (x *crossing) across(incidents []int32, n model.NodeIdx, side func(*model.Incident) []model.NodeIdx) (list []Caused, all Toll) {
	var flows pairs[counting]
	var total counting
	for _, i := range incidents {
		in := &x.c.Model.Incidents[i]
		if !x.counts(in) {
			continue
		}
		for _, there := range side(in) {
			if part := x.c.PartOf(there, x.level); part != n {
				flows.at(part, n).add(i, in, x.window)
				total.add(i, in, x.window)
			}
		}
	}
	for i, flow := range flows.sorted() {
		there, here := flows.ends(i)
		list = append(list, Caused{there, here, flow.toll()})
	}
	return list, total.toll()
}
