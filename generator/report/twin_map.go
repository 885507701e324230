package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// TwinMap is what index.json beside a page of the map holds: all that crosses the borders of
// a level. Durations are seconds; parts are ids of nodes, and a node above the level stands
// for what it answers for itself.
type TwinMap struct {
	Schema       string                  `json:"schema"`
	Level        int                     `json:"level"`
	Levels       int                     `json:"levels"`
	Parts        []TwinMapPart           `json:"parts"` // those over whose borders something goes
	Dependencies TwinReliances           `json:"dependencies"`
	Incidents    map[string]TwinCrossing `json:"incidents"` // by period

	Lines []MapLine `json:"-"` // of data.csv
}

// MapLine is a line of data.csv: of a pair that relies, or of one that caused in a period.
type MapLine struct {
	Period       string // of one that caused; "" of one that relies
	From, To     string // From relies on To; From caused for To
	N            int
	Relies       *rollup.Reliance // nil of one that caused
	Seconds, Sum float64
}

// TwinMapPart is a part of the level.
type TwinMapPart struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Kind  string `json:"kind,omitempty"`
}

// TwinFates counts records, each once: see rollup.Fates.
type TwinFates struct {
	All        int `json:"all"`
	Crossing   int `json:"crossing"`
	Inside     int `json:"inside"`
	ThirdParty int `json:"third_party"`
	NotOwned   int `json:"not_owned"`
	Unrecorded int `json:"unrecorded,omitempty"` // incidents
	Ended      int `json:"ended,omitempty"`      // dependencies
}

// TwinReliances are the dependencies.
type TwinReliances struct {
	TwinFates
	Pairs []TwinReliance `json:"pairs"`
}

// TwinReliance is what one part relies on in another.
type TwinReliance struct {
	By         string      `json:"by"`
	On         string      `json:"on"`
	N          int         `json:"n"`
	Hard       int         `json:"hard"` // those that do not say count as hard
	Undeclared int         `json:"undeclared"`
	Unseen     int         `json:"unseen"` // declared and not observed
	Edges      [][2]string `json:"edges"`  // from and to, ids of services
}

// TwinCrossing are the incidents of a period; pairs and parts are told of the default one
// alone. The pairs of all periods are in data.csv.
type TwinCrossing struct {
	TwinFates
	Seconds float64             `json:"seconds"` // of all that crossed, as a union
	Pairs   []TwinCaused        `json:"pairs,omitempty"`
	Out     map[string]TwinToll `json:"out,omitempty"` // by part: what it caused for others, its exported time
	In      map[string]TwinToll `json:"in,omitempty"`  // by part: what came to it from others
}

// TwinToll is what some incidents took.
type TwinToll struct {
	N       int     `json:"n"`
	Seconds float64 `json:"seconds"` // the union of their impacts
	Sum     float64 `json:"sum"`
}

// TwinCaused is what one part caused for another.
type TwinCaused struct {
	Cause  string `json:"cause"`
	Impact string `json:"impact"`
	TwinToll
	Incidents []string `json:"incidents"` // ids, the latest first, at most maxTwinPair
}

// maxTwinPair bounds the incidents that a pair names.
const maxTwinPair = 20

func (m *mapper) twin() *TwinMap {
	t := &TwinMap{Schema: "uptree/map/1", Level: m.level, Levels: m.cube.Levels(), Incidents: map[string]TwinCrossing{}}
	seen := map[model.NodeIdx]bool{}
	t.Dependencies = TwinReliances{twinFates(&m.edges), []TwinReliance{}}
	for i := range m.relies {
		r := &m.relies[i]
		t.Dependencies.Pairs = append(t.Dependencies.Pairs, m.twinReliance(r))
		t.Lines = append(t.Lines, MapLine{From: m.model.Nodes[r.By].ID, To: m.model.Nodes[r.On].ID, N: len(r.Dependencies), Relies: r})
		seen[r.By], seen[r.On] = true, true
	}
	for i := range m.periods {
		x := m.crossed
		if i != m.period {
			x = m.cube.Crossings(m.level, i)
		}
		t.Incidents[m.periods[i].name] = m.twinCrossing(x, i == m.period)
		for k := range x.Pairs {
			c := &x.Pairs[k]
			t.Lines = append(t.Lines, MapLine{m.periods[i].name, m.model.Nodes[c.Cause].ID, m.model.Nodes[c.Impact].ID, len(c.Incidents), nil, c.Seconds, c.Sum})
			seen[c.Cause], seen[c.Impact] = true, true
		}
	}
	t.Parts = m.twinParts(seen)
	return t
}

func (m *mapper) twinParts(seen map[model.NodeIdx]bool) []TwinMapPart {
	out := make([]TwinMapPart, 0, len(seen))
	for n := range m.model.Nodes {
		if node := &m.model.Nodes[n]; seen[model.NodeIdx(n)] {
			out = append(out, TwinMapPart{node.ID, m.partName(model.NodeIdx(n)), node.Kind})
		}
	}
	return out
}

func twinFates(f *rollup.Fates) TwinFates {
	return TwinFates{f.All(), f.Crossing, f.Inside, f.ThirdParty, f.NotOwned, f.Unrecorded, f.Ended}
}

func (m *mapper) twinReliance(r *rollup.Reliance) TwinReliance {
	out := TwinReliance{m.model.Nodes[r.By].ID, m.model.Nodes[r.On].ID, len(r.Dependencies), r.Hard, r.Undeclared, r.Unseen, nil}
	for _, d := range r.Dependencies {
		dep := &m.model.Dependencies[d]
		out.Edges = append(out.Edges, [2]string{m.model.Services[dep.From].ID, m.model.Services[dep.To].ID})
	}
	return out
}

func (m *mapper) twinCrossing(x *rollup.Crossings, full bool) TwinCrossing {
	out := TwinCrossing{TwinFates: twinFates(&x.Fates), Seconds: x.Crossing.Seconds}
	if !full {
		return out
	}
	out.Out, out.In = m.twinTolls(x.Out), m.twinTolls(x.In)
	for i := range x.Pairs {
		p := &x.Pairs[i]
		c := TwinCaused{m.model.Nodes[p.Cause].ID, m.model.Nodes[p.Impact].ID, twinToll(&p.Toll), nil}
		for k := len(p.Incidents) - 1; k >= 0 && len(c.Incidents) < maxTwinPair; k-- {
			c.Incidents = append(c.Incidents, m.model.Incidents[p.Incidents[k]].ID)
		}
		out.Pairs = append(out.Pairs, c)
	}
	return out
}

func twinToll(t *rollup.Toll) TwinToll { return TwinToll{len(t.Incidents), t.Seconds, t.Sum} }

func (m *mapper) twinTolls(of map[model.NodeIdx]*rollup.Toll) map[string]TwinToll {
	out := make(map[string]TwinToll, len(of))
	for part, t := range of {
		out[m.model.Nodes[part].ID] = twinToll(t)
	}
	return out
}
