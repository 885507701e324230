package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// nodeEntry is a node record with its place; the entries of an id differ in valid_from.
type nodeEntry struct {
	NodeRecord
	origin Origin
}

// nodeLookup finds the living node that stands for an id at as_of.
type nodeLookup struct {
	entries map[string][]nodeEntry // by id, in order of valid_from
	living  map[string]int         // id -> index of the entry valid at as_of
}

// tree builds Nodes and reports whether there is a tree to go on with.
func (f *freezer) tree() bool {
	f.lookup = nodeLookup{f.nodeEntries(), map[string]int{}}
	for id, entries := range f.lookup.entries {
		if i := validAt(entries, f.today); i >= 0 {
			f.lookup.living[id] = i
		}
	}
	if len(f.lookup.living) == 0 {
		f.problems.Add(diag.Problem{Code: diag.EmptyTree, Text: "no source gives an org node that is valid at as_of",
			Hint: "a source with dataset = \"nodes\" gives the tree: id, title, parent"})
		return false
	}
	if f.successorCycles() {
		return false
	}
	children, top := f.parents()
	if f.cycles(children, top) {
		return false
	}
	f.plant(children, top)
	return true
}

// validAt returns the last entry that holds on the day, or -1.
func validAt(entries []nodeEntry, day Day) int {
	for i := len(entries) - 1; i >= 0; i-- {
		if holds(entries[i].ValidFrom, entries[i].ValidTo, day) {
			return i
		}
	}
	return -1
}

// holds reports whether day lies from one day to another, both included and both perhaps open.
func holds(from, to, day Day) bool {
	return (from == NoDay || from <= day) && (to == NoDay || day <= to)
}

// nodeEntries merges the node records by (id, valid_from).
func (f *freezer) nodeEntries() map[string][]nodeEntry {
	out, space := map[string][]nodeEntry{}, idSpace{}
	for bi, b := range f.in.Batches {
		for _, r := range b.Nodes {
			if o := f.origin(bi, r.Line); !r.Partial && f.usable(space, r.ID, o) {
				out[r.ID] = f.mergeNode(out[r.ID], nodeEntry{r, o})
			}
		}
	}
	for bi, b := range f.in.Batches {
		for _, r := range b.Nodes {
			if r.Partial {
				f.addPartialNode(out, r, f.origin(bi, r.Line))
			}
		}
		b.Nodes = nil
	}
	for _, entries := range out {
		slices.SortStableFunc(entries, func(a, b nodeEntry) int { return cmp.Compare(a.ValidFrom, b.ValidFrom) })
	}
	return out
}

func (f *freezer) addPartialNode(out map[string][]nodeEntry, r NodeRecord, o Origin) {
	if _, ok := out[r.ID]; !ok {
		f.reject(o, "speaks of a node that no record defines: "+r.ID)
		return
	}
	r.ValidFrom = out[r.ID][0].ValidFrom
	out[r.ID] = f.mergeNode(out[r.ID], nodeEntry{r, o})
}

func (f *freezer) mergeNode(entries []nodeEntry, e nodeEntry) []nodeEntry {
	for i := range entries {
		have := &entries[i]
		if have.ValidFrom != e.ValidFrom {
			continue
		}
		f.merged(e.origin)
		var differ []string
		note := func(field string, conflict bool) {
			if conflict {
				differ = append(differ, field)
			}
		}
		note("title", keep(&have.Title, e.Title))
		note("kind", keep(&have.Kind, e.Kind))
		note("parent", keep(&have.Parent, e.Parent))
		note("successor", keep(&have.Successor, e.Successor))
		note("valid_to", keepKnown(&have.ValidTo, e.ValidTo, NoDay))
		if !have.HasOrder {
			have.Order, have.HasOrder = e.Order, e.HasOrder
		}
		f.conflict("node", e.ID, differ, e.origin)
		return entries
	}
	f.accept(e.origin)
	return append(entries, e)
}

func (f *freezer) conflict(kind, id string, fields []string, o Origin) {
	if len(fields) > 0 {
		f.problem(diag.ConflictingMerge, o, fmt.Sprintf("%s %q is given again with another %s", kind, id, strings.Join(fields, ", ")),
			"the first value in file order is kept")
	}
}

// successorCycles reports every cycle of successors.
func (f *freezer) successorCycles() bool {
	found, done := false, map[string]bool{}
	for _, id := range slices.Sorted(maps.Keys(f.lookup.entries)) {
		var path []string
		for at := id; at != "" && !done[at]; at = f.lookup.successor(at) {
			if i := slices.Index(path, at); i >= 0 {
				cycle := append(path[i:], at)
				f.problem(diag.SuccessorCycle, f.lookup.last(at).origin, "successors run in a circle: "+strings.Join(cycle, " → "),
					"a node that ends names one that goes on")
				found = true
				break
			}
			path = append(path, at)
		}
		for _, at := range path {
			done[at] = true
		}
	}
	return found
}

func (l nodeLookup) last(id string) nodeEntry {
	entries := l.entries[id]
	return entries[len(entries)-1]
}

// successor returns the id that takes over from a node, "" where none is named or known.
func (l nodeLookup) successor(id string) string {
	if len(l.entries[id]) == 0 {
		return ""
	}
	return l.last(id).Successor
}

// stands returns the living node that answers for an id at as_of: itself, else its
// successor, else its nearest living ancestor; "" where there is none.
func (l nodeLookup) stands(id string) string {
	for range len(l.entries) + 1 {
		if _, ok := l.living[id]; ok {
			return id
		}
		if len(l.entries[id]) == 0 {
			return ""
		}
		gone := l.last(id)
		if len(l.entries[gone.Successor]) > 0 {
			id = gone.Successor
		} else {
			id = gone.Parent
		}
	}
	return ""
}

// parents returns the living children of each living node and the nodes at the top.
func (f *freezer) parents() (children map[string][]string, top []string) {
	children = map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(f.lookup.living)) {
		e := f.lookup.entries[id][f.lookup.living[id]]
		parent := ""
		if e.Parent != "" {
			parent = f.lookup.stands(e.Parent)
			if parent == "" {
				f.unknownParent(e)
			}
		}
		if parent == "" {
			top = append(top, id)
			continue
		}
		children[parent] = append(children[parent], id)
	}
	return children, top
}

func (f *freezer) unknownParent(e nodeEntry) {
	f.count(diag.UnknownParent, e.origin, fmt.Sprintf("parent %q does not exist", e.Parent), func() string {
		return diag.DidYouMean(e.Parent, slices.Sorted(maps.Keys(f.lookup.living)))
	})
}

// cycles reports every cycle of parents: what is not reached from the top lies on one or
// below one.
func (f *freezer) cycles(children map[string][]string, top []string) bool {
	reached := map[string]bool{}
	stack := slices.Clone(top)
	for len(stack) > 0 {
		id := stack[len(stack)-1]
		stack = append(stack[:len(stack)-1], children[id]...)
		reached[id] = true
	}
	found := false
	for _, id := range slices.Sorted(maps.Keys(f.lookup.living)) {
		if !reached[id] {
			found = true
			f.problem(diag.TreeCycle, f.lookup.entries[id][f.lookup.living[id]].origin, "parents run in a circle: "+f.walk(id, reached), "one of them has another parent, or none")
		}
	}
	return found
}

// walk follows the parents of a node on a cycle (or below one), marks them and prints them.
func (f *freezer) walk(id string, reached map[string]bool) string {
	var path []string
	for at := id; ; at = f.lookup.stands(f.lookup.entries[at][f.lookup.living[at]].Parent) {
		i := slices.Index(path, at)
		path = append(path, at)
		reached[at] = true
		if i >= 0 {
			return strings.Join(path[i:], " → ")
		}
		if len(path) > maxCyclePath {
			return strings.Join(path[:maxCyclePath], " → ") + " → …"
		}
	}
}

// maxCyclePath bounds the path printed in a message.
const maxCyclePath = 50

// plant lays the nodes out in preorder, the generated ones among them.
func (f *freezer) plant(children map[string][]string, top []string) {
	m := f.m
	root := top[0]
	if len(top) > 1 || f.lookup.entries[root][f.lookup.living[root]].Parent != "" {
		root = ""
		f.severalRoots(top)
	}
	grow := func(n Node, ids []string) {}
	grow = func(n Node, ids []string) {
		at := NodeIdx(len(m.Nodes))
		m.byNode[n.ID] = at
		m.Nodes = append(m.Nodes, n)
		for _, e := range f.siblings(ids) {
			m.Nodes[at].Children = append(m.Nodes[at].Children, NodeIdx(len(m.Nodes)))
			grow(e.node(at, n.Depth+1), children[e.ID])
		}
		if n.Depth == 0 && n.ID != ThirdPartyID {
			m.NotOwned = NodeIdx(len(m.Nodes))
			m.Nodes[at].Children = append(m.Nodes[at].Children, m.NotOwned)
			grow(generated(NotOwnedID, "(not owned)", at, 1), nil)
		}
		m.Nodes[at].End = NodeIdx(len(m.Nodes))
	}
	if root == "" {
		grow(generated(RootID, "Organisation", NoIndex, 0), top)
	} else {
		grow(f.lookup.entries[root][f.lookup.living[root]].node(NoIndex, 0), children[root])
	}
	m.ThirdParty = NodeIdx(len(m.Nodes))
	grow(generated(ThirdPartyID, "(third party)", NoIndex, 0), nil)
	f.rootCracks(top)
}

func (f *freezer) severalRoots(top []string) {
	shown := top[:min(len(top), 10)]
	f.problems.Add(diag.Problem{Code: diag.SeveralRoots, Pos: f.m.Position(f.lookup.last(top[0]).origin),
		Text: fmt.Sprintf("%d nodes have no known parent: %s", len(top), strings.Join(shown, ", ")),
		Hint: "they are placed under a generated root until each but one names its parent"})
}

// rootCracks lists the nodes under a generated root.
func (f *freezer) rootCracks(top []string) {
	if f.m.Nodes[0].ID != RootID {
		return
	}
	for _, id := range top {
		e := f.lookup.entries[id][f.lookup.living[id]]
		kind := CrackSeveralRoots
		if e.Parent != "" {
			kind = CrackUnknownParent
		}
		f.m.Cracks = append(f.m.Cracks, Crack{Kind: kind, Node: f.m.byNode[id], Service: NoIndex, Journey: NoIndex, Incident: NoIndex, Text: e.Parent, Origin: e.origin})
	}
}

func generated(id, title string, parent NodeIdx, depth int) Node {
	return Node{ID: id, Title: title, Parent: parent, Depth: depth, Generated: true, ValidFrom: NoDay, ValidTo: NoDay}
}

// siblings sorts nodes in the org's own order: by order, then title, then id.
func (f *freezer) siblings(ids []string) []nodeEntry {
	out := make([]nodeEntry, 0, len(ids))
	for _, id := range ids {
		out = append(out, f.lookup.entries[id][f.lookup.living[id]])
	}
	slices.SortFunc(out, func(a, b nodeEntry) int {
		if a.HasOrder != b.HasOrder {
			if a.HasOrder {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func (e nodeEntry) node(parent NodeIdx, depth int) Node {
	return Node{ID: e.ID, Title: cmp.Or(e.Title, e.ID), Kind: e.Kind, Parent: parent, Depth: depth,
		Successor: e.Successor, ValidFrom: e.ValidFrom, ValidTo: e.ValidTo, Origin: e.origin}
}
