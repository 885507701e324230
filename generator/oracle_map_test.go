package generator_test

import (
	"fmt"
	"maps"
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// partAt is the part of a level that holds a node: the level-th step of its path.
func (o *oracle) partAt(node string, level int) string {
	path := o.path(node)
	return path[min(level, len(path)-1)]
}

func (o *oracle) partsAt(nodes []string, level int) (out []string) {
	for _, n := range nodes {
		if part := o.partAt(n, level); !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}

// levels is the length of the longest path to a node that somebody recorded.
func (o *oracle) levels() (deepest int) {
	for id := range o.parent {
		if id != notOwned && id != thirdParty && id != ownRoot {
			deepest = max(deepest, len(o.path(id))-1)
		}
	}
	return deepest
}

// fateOf says where a record ends that leads from some parts to others.
func fateOf(from, to []string) string {
	fate := "inside"
	for _, a := range from {
		for _, b := range to {
			ends := []string{a, b}
			switch {
			case a == b:
			case !slices.Contains(ends, thirdParty) && !slices.Contains(ends, notOwned):
				return "crossing"
			case slices.Contains(ends, thirdParty):
				fate = "third_party"
			case fate == "inside":
				fate = "not_owned"
			}
		}
	}
	return fate
}

// mapFacts are the figures of the map at each level.
func (o *oracle) mapFacts() facts {
	f := facts{}
	f.num("levels", float64(o.levels()))
	for level := 1; level <= o.levels(); level++ {
		o.relianceFacts(f, fmt.Sprintf("%d/", level), level)
		for period, windows := range o.windows {
			o.crossingFacts(f, fmt.Sprintf("%d/%s/", level, period), level, windows[0])
		}
	}
	for id := range o.parent {
		for period, windows := range o.windows {
			o.acrossFacts(f, id+"/"+period+"/", id, windows[0])
		}
	}
	return f
}

// oracleEdge is a dependency, however often it was given.
type oracleEdge struct{ hardness, declared, observed string }

func (o *oracle) edges() map[[2]string]*oracleEdge {
	out := map[[2]string]*oracleEdge{}
	for _, r := range o.in.Dependencies {
		from, to := o.known([]string{r.From}), o.known([]string{r.To})
		if len(from)+len(to) < 2 {
			continue
		}
		key := [2]string{from[0], to[0]}
		if out[key] == nil {
			out[key] = &oracleEdge{}
		}
		first(&out[key].hardness, r.Hardness)
		if r.Evidence == "observed" {
			out[key].observed = "yes"
		} else {
			out[key].declared = "yes"
		}
	}
	return out
}

func (o *oracle) relianceFacts(f facts, path string, level int) {
	tally := map[string]int{}
	for key, e := range o.edges() {
		from, to := o.services[key[0]], o.services[key[1]]
		if !from.living || !to.living {
			tally["dependencies/ended"]++
			continue
		}
		a, b := o.partAt(from.home, level), o.partAt(to.home, level)
		tally["dependencies/"+fateOf([]string{a}, []string{b})]++
		if a == b {
			continue
		}
		pair := "relies/" + a + " on " + b + "/"
		tally[pair+"n"]++
		if e.hardness == "" || e.hardness == "hard" {
			tally[pair+"hard"]++
		}
		if e.declared == "" {
			tally[pair+"undeclared"]++
		}
		if e.observed == "" {
			tally[pair+"unseen"]++
		}
	}
	f.counts(path, tally)
}

func (f facts) counts(path string, tally map[string]int) {
	for name, n := range tally {
		if n > 0 {
			f.num(path+name, float64(n))
		}
	}
}

// counted are the incidents that a window's map is made of.
func (o *oracle) counted(w span) (out []*oracleIncident) {
	for _, in := range o.incidents {
		if in.row.Planned != "true" && !o.in.Sources[in.source].Pilot && in.impact.touches(w) {
			out = append(out, in)
		}
	}
	return out
}

func (o *oracle) crossingFacts(f facts, path string, level int, w span) {
	tally, by := map[string]int{}, map[string][]*oracleIncident{}
	for _, in := range o.counted(w) {
		if len(in.cause) == 0 {
			tally["incidents/unrecorded"]++
			continue
		}
		causes, hit := o.partsAt(in.causes, level), o.partsAt(in.homes, level)
		fate := fateOf(causes, hit)
		tally["incidents/"+fate]++
		names := map[string]bool{"all": fate == "crossing"}
		for _, a := range causes {
			for _, b := range hit {
				if a != b {
					names["pair/"+a+" to "+b], names["out/"+a], names["in/"+b] = true, true, true
				}
			}
		}
		for name, is := range names {
			if is {
				by[name] = append(by[name], in)
			}
		}
	}
	f.counts(path, tally)
	f.tolls(path, by, w)
}

func (f facts) tolls(path string, by map[string][]*oracleIncident, w span) {
	for name, list := range by {
		sum := int64(0)
		for _, in := range list {
			sum += in.impact.within(w)
		}
		f.num(path+name+"/n", float64(len(list)))
		f.num(path+name+"/seconds", float64(union(w, impacts(list, nil))))
		f.num(path+name+"/sum", float64(sum))
	}
}

// acrossFacts are what crossed the border of one node, by the parts of its level.
func (o *oracle) acrossFacts(f facts, path, node string, w span) {
	level, by := len(o.path(node))-1, map[string][]*oracleIncident{}
	across := func(name string, in *oracleIncident, here, there []string) {
		others := slices.DeleteFunc(slices.Clone(there), func(part string) bool { return part == node })
		if !slices.Contains(here, node) || len(others) == 0 {
			return
		}
		by[name] = append(by[name], in)
		for _, part := range others {
			by[name+"/"+part] = append(by[name+"/"+part], in)
		}
	}
	for _, in := range o.counted(w) {
		causes, hit := o.partsAt(in.causes, level), o.partsAt(in.homes, level)
		across("from", in, hit, causes)
		across("to", in, causes, hit)
	}
	f.tolls(path, by, w)
}

// cubeMap is the cube's map in the paths of the oracle.
func cubeMap(c *rollup.Cube) facts {
	f := facts{}
	f.num("levels", float64(c.Levels()))
	for level := 1; level <= c.Levels(); level++ {
		path := fmt.Sprintf("%d/", level)
		pairs, fates := c.Reliances(level)
		f.fates(path+"dependencies/", fates)
		for _, r := range pairs {
			pair := path + "relies/" + c.Model.Nodes[r.By].ID + " on " + c.Model.Nodes[r.On].ID + "/"
			f.counts(pair, map[string]int{"n": len(r.Dependencies), "hard": r.Hard, "undeclared": r.Undeclared, "unseen": r.Unseen})
		}
		for p := range c.Periods {
			f.crossings(c, path+c.Periods[p].Name+"/", c.Crossings(level, p))
			f.exports(c, level, p)
		}
	}
	for n := range c.Model.Nodes {
		for p := range c.Periods {
			b := c.Border(model.NodeIdx(n), p)
			path := c.Model.Nodes[n].ID + "/" + c.Periods[p].Name + "/"
			f.tollIfAny(path+"from", &b.CameIn)
			f.tollIfAny(path+"to", &b.WentOut)
			for _, x := range b.In {
				f.toll(path+"from/"+c.Model.Nodes[x.Cause].ID, &x.Toll)
			}
			for _, x := range b.Out {
				f.toll(path+"to/"+c.Model.Nodes[x.Impact].ID, &x.Toll)
			}
		}
	}
	return f
}

func (f facts) crossings(c *rollup.Cube, path string, x *rollup.Crossings) {
	f.fates(path+"incidents/", x.Fates)
	f.tollIfAny(path+"all", &x.Crossing)
	for i := range x.Pairs {
		f.toll(path+"pair/"+c.Model.Nodes[x.Pairs[i].Cause].ID+" to "+c.Model.Nodes[x.Pairs[i].Impact].ID, &x.Pairs[i].Toll)
	}
	for part, t := range x.Out {
		f.toll(path+"out/"+c.Model.Nodes[part].ID, t)
	}
	for part, t := range x.In {
		f.toll(path+"in/"+c.Model.Nodes[part].ID, t)
	}
}

func (f facts) toll(path string, t *rollup.Toll) {
	f.num(path+"/n", float64(len(t.Incidents)))
	f.num(path+"/seconds", t.Seconds)
	f.num(path+"/sum", t.Sum)
}

func (f facts) tollIfAny(path string, t *rollup.Toll) {
	if len(t.Incidents) > 0 {
		f.toll(path, t)
	}
}

func (f facts) fates(path string, x rollup.Fates) {
	f.counts(path, map[string]int{
		"unrecorded": x.Unrecorded, "ended": x.Ended, "crossing": x.Crossing, "third_party": x.ThirdParty, "not_owned": x.NotOwned, "inside": x.Inside,
	})
}

// exports says where the page of a node gives another exported time than the map does.
func (f facts) exports(c *rollup.Cube, level, period int) {
	row := c.Metric("incident_time")
	tolls := maps.Clone(c.Crossings(level, period).Out)
	for n := range c.Model.Nodes {
		cell := &c.Stats(rollup.OfNode(model.NodeIdx(n)))[row][period]
		if c.Model.Nodes[n].Depth != level || cell.Exported == nil {
			continue
		}
		seconds := 0.0
		if t := tolls[model.NodeIdx(n)]; t != nil {
			seconds = t.Seconds
		}
		if seconds != *cell.Exported {
			f[fmt.Sprintf("%d/%s exports", level, c.Model.Nodes[n].ID)] = fmt.Sprintf("%g, its page says %g", seconds, *cell.Exported)
		}
	}
}
