package rollup

import (
	"cmp"
	"slices"

	"uptree/generator/model"
)

// The map cuts the organisation into parts at a level, which is a depth of its tree: a part
// is a node of that depth with all below it. What a node above answers for itself is a part
// of its own; so are (not owned) and (third party). What lies between two parts crosses a
// border.

// Levels returns the deepest level at which the organisation can be cut; 0 where it has one
// node.
func (c *Cube) Levels() int {
	deepest := 0
	for i := range c.Model.Nodes {
		if n := &c.Model.Nodes[i]; !n.Generated {
			deepest = max(deepest, n.Depth)
		}
	}
	return deepest
}

// PartOf returns the part of a level that holds a node.
func (c *Cube) PartOf(n model.NodeIdx, level int) model.NodeIdx {
	for c.Model.Nodes[n].Depth > level {
		n = c.Model.Nodes[n].Parent
	}
	return n
}

// Fates counts records by where they end. Each is counted once, in the first that fits, so
// that they add up to all records.
type Fates struct {
	Unrecorded int // incidents without a known cause
	Ended      int // dependencies of or on a service that is no longer in use
	Crossing   int // between two parts of the organisation
	ThirdParty int // between a part and (third party)
	NotOwned   int // between a part and (not owned)
	Inside     int // within one part
}

// All is the number of records.
func (f *Fates) All() int {
	return f.Unrecorded + f.Ended + f.Crossing + f.ThirdParty + f.NotOwned + f.Inside
}

// fate finds which count a record goes to that leads from some parts to others, and reports
// whether it crosses a border between parts of the organisation.
func (c *Cube) fate(f *Fates, from, to []model.NodeIdx) (crossing bool) {
	third, unowned := false, false
	for _, a := range from {
		for _, b := range to {
			switch m := c.Model; {
			case a == b:
			case a == m.ThirdParty || b == m.ThirdParty:
				third = true
			case a == m.NotOwned || b == m.NotOwned:
				unowned = true
			default:
				crossing = true
			}
		}
	}
	switch {
	case crossing:
		f.Crossing++
	case third:
		f.ThirdParty++
	case unowned:
		f.NotOwned++
	default:
		f.Inside++
	}
	return crossing
}

// Reliance is what the services of one part rely on in another.
type Reliance struct {
	By, On       model.NodeIdx // parts
	Dependencies []int32       // indices into Model.Dependencies
	Hard         int           // those that are hard, or do not say
	Undeclared   int           // observed and not declared
	Unseen       int           // declared and not observed
}

// Reliances are the dependencies that cross the borders of a level, by the parts, and what
// became of all dependencies. Only those between services in use cross.
func (c *Cube) Reliances(level int) ([]Reliance, Fates) {
	m, flows, fates := c.Model, pairs[Reliance]{}, Fates{}
	for i := range m.Dependencies {
		d := &m.Dependencies[i]
		from, to := &m.Services[d.From], &m.Services[d.To]
		if !from.Living || !to.Living {
			fates.Ended++
			continue
		}
		by, on := c.PartOf(from.Home, level), c.PartOf(to.Home, level)
		if c.fate(&fates, []model.NodeIdx{by}, []model.NodeIdx{on}); by != on {
			flows.at(by, on).take(int32(i), d)
		}
	}
	out := flows.sorted()
	for i := range out {
		out[i].By, out[i].On = flows.ends(i)
	}
	return out, fates
}

func (r *Reliance) take(i int32, d *model.Dependency) {
	r.Dependencies = append(r.Dependencies, i)
	if d.Hardness == model.Hard || d.Hardness == model.HardnessUnstated {
		r.Hard++
	}
	if !d.Declared {
		r.Undeclared++
	}
	if !d.Observed {
		r.Unseen++
	}
}

// pairs gathers records by the two parts that they lie between.
type pairs[T any] struct {
	of   map[[2]model.NodeIdx]*T
	keys [][2]model.NodeIdx
}

func (p *pairs[T]) at(a, b model.NodeIdx) *T {
	key := [2]model.NodeIdx{a, b}
	if p.of[key] == nil {
		if p.of == nil {
			p.of = map[[2]model.NodeIdx]*T{}
		}
		p.of[key] = new(T)
		p.keys = append(p.keys, key)
	}
	return p.of[key]
}

// sorted lists what was gathered by the first part and then by the second one.
func (p *pairs[T]) sorted() []T {
	slices.SortFunc(p.keys, func(a, b [2]model.NodeIdx) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	out := make([]T, len(p.keys))
	for i, key := range p.keys {
		out[i] = *p.of[key]
	}
	return out
}

// ends are the parts of an item of the sorted list.
func (p *pairs[T]) ends(i int) (a, b model.NodeIdx) { return p.keys[i][0], p.keys[i][1] }
