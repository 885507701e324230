package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// nodeLookup finds the living node that stands for an id at as_of.
type nodeLookup struct {
	entries map[string][]entry[NodeRecord] // by id, in order of valid_from
	living  map[string]int                 // id -> index of the entry valid at as_of
	alias   map[string]string              // id that another system uses -> id
	vendors []string                       // words that may stand before such an id
}

// tree builds Nodes and reports whether there is a tree to go on with.
func (f *freezer) tree() bool {
	f.lookup = nodeLookup{gather(f, nodeRecords), map[string]int{}, map[string]string{}, f.in.Vendors}
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
	f.nodeAliases()
	f.unknownSuccessors()
	if f.successorCycles() || !f.moveNodes() {
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
func validAt(entries []entry[NodeRecord], day Day) int {
	for i := len(entries) - 1; i >= 0; i-- {
		if holds(entries[i].rec.ValidFrom, entries[i].rec.ValidTo, day) {
			return i
		}
	}
	return -1
}

// holds reports whether day lies from one day to another, both included and both perhaps open.
func holds(from, to, day Day) bool {
	return (from == NoDay || from <= day) && (to == NoDay || day <= to)
}

// mergeNode fills what a record lacks from another one of the same id and day, and names
// the fields in which they differ.
func mergeNode(have, e *entry[NodeRecord]) (differ []string) {
	note := func(field string, conflict bool) {
		if conflict {
			differ = append(differ, field)
		}
	}
	note("title", keep(&have.rec.Title, e.rec.Title))
	note("kind", keep(&have.rec.Kind, e.rec.Kind))
	note("parent", keep(&have.rec.Parent, e.rec.Parent))
	note("successor", keep(&have.rec.Successor, e.rec.Successor))
	note("valid_to", keepKnown(&have.rec.ValidTo, e.rec.ValidTo, NoDay))
	have.rec.Aliases = append(have.rec.Aliases, e.rec.Aliases...)
	if !have.rec.HasOrder {
		have.rec.Order, have.rec.HasOrder = e.rec.Order, e.rec.HasOrder
	}
	return differ
}

func (f *freezer) conflict(kind, id string, fields []string, o Origin) {
	if len(fields) > 0 {
		f.problem(diag.ConflictingMerge, o, fmt.Sprintf("%s %q is given again with another %s", kind, id, strings.Join(fields, ", ")),
			"the first value in file order is kept")
	}
}

// unknownSuccessors reports successors that no record defines: what they would have taken
// over goes to the level above.
func (f *freezer) unknownSuccessors() {
	for _, id := range slices.Sorted(maps.Keys(f.lookup.entries)) {
		for _, e := range f.lookup.entries[id] {
			if to := e.rec.Successor; to != "" && len(f.lookup.entries[to]) == 0 {
				f.count(diag.UnknownReference, e.origin, fmt.Sprintf("successor %q is no node", to), func() string {
					return diag.DidYouMean(to, slices.Sorted(maps.Keys(f.lookup.entries)))
				})
			}
		}
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

func (l nodeLookup) last(id string) entry[NodeRecord] {
	entries := l.entries[id]
	return entries[len(entries)-1]
}

// successor returns the id that takes over from a node, "" where none is named or known.
func (l nodeLookup) successor(id string) string {
	if len(l.entries[id]) == 0 {
		return ""
	}
	return l.last(id).rec.Successor
}

// nodeAliases notes what other systems call the nodes. An id is never an alias of another
// node.
func (f *freezer) nodeAliases() {
	for _, id := range slices.Sorted(maps.Keys(f.lookup.entries)) {
		for _, e := range f.lookup.entries[id] {
			for _, a := range e.rec.Aliases {
				have, taken := f.lookup.alias[a]
				if len(f.lookup.entries[a]) > 0 {
					have, taken = a, true
				}
				switch {
				case !taken:
					f.lookup.alias[a] = id
				case have != id:
					f.problem(diag.AmbiguousAlias, e.origin, fmt.Sprintf("alias %q of node %q already means %q", a, id, have), "")
				}
			}
		}
	}
}

// named returns the id of the node that goes by a name: its id, else an alias.
func (l nodeLookup) named(id string) string {
	if of, ok := l.alias[id]; ok {
		return of
	}
	if bare := bareID(id, l.vendors); bare != id && len(l.entries[id]) == 0 {
		return l.named(bare)
	}
	return id
}

// stands returns the living node that answers for an id or alias at as_of: itself, else its
// successor, else its nearest living ancestor; "" where there is none.
func (l nodeLookup) stands(id string) string {
	id = l.named(id)
	for range len(l.entries) + 1 {
		if _, ok := l.living[id]; ok {
			return id
		}
		if len(l.entries[id]) == 0 {
			return ""
		}
		gone := l.last(id)
		if len(l.entries[gone.rec.Successor]) > 0 {
			id = gone.rec.Successor
		} else {
			id = gone.rec.Parent
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
		if e.rec.Parent != "" {
			parent = f.lookup.stands(e.rec.Parent)
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

func (f *freezer) unknownParent(e entry[NodeRecord]) {
	f.count(diag.UnknownParent, e.origin, fmt.Sprintf("parent %q does not exist", e.rec.Parent), func() string {
		return diag.DidYouMean(e.rec.Parent, slices.Sorted(maps.Keys(f.lookup.living)))
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
	for at := id; ; at = f.lookup.stands(f.lookup.entries[at][f.lookup.living[at]].rec.Parent) {
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
