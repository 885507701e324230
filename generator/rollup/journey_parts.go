package rollup

import (
	"slices"

	"uptree/generator/model"
)

// JourneyPart is a journey as a node sees it that carries a part of it or answers for it.
type JourneyPart struct {
	Journey  model.JourneyIdx
	Home     bool               // the node is its home
	Services []model.ServiceIdx // its services whose home is at or below the node
	Whole    Gravest            // of the journey's own objectives
	Part     Gravest            // of the objectives of Services
}

// Gravest is the gravest state of some objectives.
type Gravest struct {
	Objective int32 // the one that stands so; NoIndex where there is no objective
	State     ObjectiveState
}

// JourneyParts lists the journeys that a node is the home of or carries a part of, by id.
func (c *Cube) JourneyParts(n model.NodeIdx) []JourneyPart {
	m := c.Model
	parts := map[model.JourneyIdx]*JourneyPart{}
	part := func(j model.JourneyIdx) *JourneyPart {
		if parts[j] == nil {
			parts[j] = &JourneyPart{Journey: j, Home: m.Journeys[j].Home == n, Whole: c.gravest(OfJourney(j))}
		}
		return parts[j]
	}
	for _, j := range m.Nodes[n].Journeys {
		part(j)
	}
	for at := n; at < m.Nodes[n].End; at++ {
		for _, s := range m.Nodes[at].Services {
			for _, j := range m.Services[s].Journeys {
				p := part(j)
				p.Services = append(p.Services, s)
			}
		}
	}
	out := make([]JourneyPart, 0, len(parts))
	for _, j := range sortedKeys(parts) {
		p := parts[j]
		slices.Sort(p.Services)
		p.Part = c.gravest(subjects(p.Services)...)
		out = append(out, *p)
	}
	return out
}

func subjects(services []model.ServiceIdx) (out []Subject) {
	for _, s := range services {
		out = append(out, OfService(s))
	}
	return out
}

// gravest is the gravest state of the objectives of some subjects.
func (c *Cube) gravest(subjects ...Subject) Gravest {
	g := Gravest{Objective: model.NoIndex}
	for _, s := range subjects {
		for _, i := range c.Objectives(s) {
			if g.Objective == model.NoIndex || c.graver(i, g.Objective) < 0 {
				g = Gravest{i, c.objectives.results[i].State}
			}
		}
	}
	return g
}
