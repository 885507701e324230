package report

import (
	"cmp"
	"slices"
	"sync"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// nodeBoundary lists what crosses the node's border, each way: incidents, and dependencies
// with their promises.
func (c *composer) nodeBoundary(n model.NodeIdx) []Border {
	relied, relying := c.crossing(n)
	crossed := c.cube.Border(n, c.period)
	out := Border{Listing{Section: Section{ID: "relies-on", Title: say(wWeRelyOn)}}, c.crossedLine(wCameIn, wCameFrom, &crossed.CameIn, crossed.In)}
	if len(relied) > 0 {
		out.Lead, out.Table = say(wWeRelyOnLead), c.edgeTable("relies-on-list", wWeRelyOn, relied)
	}
	in := Border{Listing{Section: Section{ID: "relied-on", Title: say(wRelyOnUs)}}, c.crossedLine(wWentOut, wWentTo, &crossed.WentOut, crossed.Out)}
	if len(relying) > 0 {
		in.Lead, in.Table = say(wRelyOnUsLead), c.edgeTable("relied-on-list", wRelyOnUs, relying)
	}
	lists := slices.DeleteFunc([]Border{out, in}, func(b Border) bool { return len(b.Lines)+len(b.Table.Rows) == 0 })
	if len(lists) > 0 {
		last := &lists[len(lists)-1]
		last.Lines = append(last.Lines, Cell{linked(say(wOnTheMap), c.onTheMap(n))})
	}
	return lists
}

// crossedLine says how many incidents crossed a border one way, and where most of it came
// from or went to.
func (c *composer) crossedLine(count, each Word, all *rollup.Toll, of []rollup.Caused) []Cell {
	if len(of) == 0 {
		return nil
	}
	slices.SortStableFunc(of, func(a, b rollup.Caused) int { return cmp.Compare(b.Seconds, a.Seconds) })
	line := Cell{words(sayN(count, len(all.Incidents), c.periodArg(), argText("time", Duration(all.Seconds)))), text(" ")}
	var parts []Span
	for _, x := range of[:min(len(of), maxHit)] {
		there := x.Cause
		if each == wWentTo {
			there = x.Impact
		}
		parts = append(parts, words(say(each, arg("node", c.nodeLink(there)), argText("time", Duration(x.Seconds)))))
	}
	if more := len(of) - maxHit; more > 0 {
		parts = append(parts, words(sayN(wMore, more)))
	}
	return []Cell{append(line, joined(parts)...)}
}

// onTheMap is where a node stands on the map of its level: its first row, else the page.
func (p *Plan) onTheMap(n model.NodeIdx) string {
	level := min(max(p.model.Nodes[n].Depth, 1), p.mapLevels())
	page := &p.borders[level-1]
	page.once.Do(func() { page.anchors = p.mapper(level, p.period).anchors() })
	return p.mapAt(level, p.period) + page.anchors[n]
}

// borders are where the parts of a level stand on its page.
type borders struct {
	once    sync.Once
	anchors map[model.NodeIdx]string
}

// anchors finds the first row on the page of each part.
func (m *mapper) anchors() map[model.NodeIdx]string {
	out := map[model.NodeIdx]string{}
	add := func(list string, a, b model.NodeIdx) {
		for _, part := range []model.NodeIdx{a, b} {
			if out[part] == "" {
				out[part] = "#" + m.pairAnchor(list, a, b)
			}
		}
	}
	for i := range m.crossed.Pairs[:min(len(m.crossed.Pairs), maxPairs)] {
		x := &m.crossed.Pairs[i]
		add(causedID, x.Cause, x.Impact)
	}
	for i := range m.relies[:min(len(m.relies), maxPairs)] {
		r := &m.relies[i]
		add(reliesID, r.By, r.On)
	}
	return out
}

// edge is what one side of a border has to do with one service of the other side.
type edge struct {
	there model.ServiceIdx // the service outside
	here  []model.ServiceIdx
	edges []int32 // the dependencies, in the order of here
	hard  model.Hardness
}

// crossing gathers the dependencies across a node's border by the service outside.
func (c *composer) crossing(n model.NodeIdx) (out, in []edge) {
	outs, ins := edgeList{at: map[model.ServiceIdx]int{}}, edgeList{at: map[model.ServiceIdx]int{}}
	for i := n; i < c.model.Nodes[n].End; i++ {
		for _, s := range c.model.Nodes[i].Services {
			for _, d := range c.model.Services[s].DependsOn {
				if dep := &c.model.Dependencies[d]; !c.model.In(c.model.Services[dep.To].Home, n) {
					outs.add(dep.To, s, d, dep.Hardness)
				}
			}
			for _, d := range c.model.Services[s].DependedOnBy {
				if dep := &c.model.Dependencies[d]; !c.model.In(c.model.Services[dep.From].Home, n) {
					ins.add(dep.From, s, d, dep.Hardness)
				}
			}
		}
	}
	return c.byNeed(outs.sorted()), c.byNeed(ins.sorted())
}

func (c *composer) edgeTable(id string, title Word, edges []edge) Table {
	t := Table{
		ID: id, Caption: say(title), Stack: true, Plain: true,
		Columns: []Column{{Head: say(wService)}, {Head: say(wOfNode)}, {Head: say(wHardness)}, {Head: say(wHere)}},
	}
	for _, e := range edges[:min(len(edges), maxEdges)] {
		var here []Span
		for _, s := range e.here[:min(len(e.here), maxHit)] {
			here = append(here, c.serviceLink(s))
		}
		if more := len(e.here) - maxHit; more > 0 {
			here = append(here, words(sayN(wMore, more)))
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{c.serviceLink(e.there)}, {c.nodeLink(c.home(rollup.OfService(e.there)))}, {words(say(hardnessWord(e.hard)))}, joined(here),
		}})
	}
	c.addPromises(&t, func(row int) []int32 { return edges[row].edges })
	if more := len(edges) - maxEdges; more > 0 {
		t.More = sayN(wMoreEdges, more)
	}
	return t
}

// byNeed puts first what a promise over the border cannot stand on.
func (c *composer) byNeed(edges []edge) []edge {
	broken := func(e edge) int {
		for _, d := range e.edges {
			if p, ok := c.promiseAcross(d); ok && p.verdict == rollup.PromiseBroken {
				return 0
			}
		}
		return 1
	}
	slices.SortStableFunc(edges, func(a, b edge) int { return cmp.Compare(broken(a), broken(b)) })
	return edges
}
