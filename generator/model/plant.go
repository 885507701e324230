package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// plant lays the nodes out in preorder, the generated ones among them.
func (f *freezer) plant(children map[string][]string, top []string) {
	m := f.m
	root := top[0]
	if len(top) > 1 || f.lookup.entries[root][f.lookup.living[root]].rec.Parent != "" {
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
			grow(plantNode(e, at, n.Depth+1), children[e.rec.ID])
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
		grow(plantNode(f.lookup.entries[root][f.lookup.living[root]], NoIndex, 0), children[root])
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
		if e.rec.Parent != "" {
			kind = CrackUnknownParent
		}
		f.m.Cracks = append(f.m.Cracks, Crack{Kind: kind, Node: f.m.byNode[id], Service: NoIndex, Journey: NoIndex, Incident: NoIndex, Text: e.rec.Parent, Origin: e.origin})
	}
}

func generated(id, title string, parent NodeIdx, depth int) Node {
	return Node{ID: id, Title: title, Parent: parent, Depth: depth, Generated: true, ValidFrom: NoDay, ValidTo: NoDay}
}

// siblings sorts nodes in the org's own order: by order, then title, then id.
func (f *freezer) siblings(ids []string) []entry[NodeRecord] {
	out := make([]entry[NodeRecord], 0, len(ids))
	for _, id := range ids {
		out = append(out, f.lookup.entries[id][f.lookup.living[id]])
	}
	slices.SortFunc(out, func(a, b entry[NodeRecord]) int {
		if a.rec.HasOrder != b.rec.HasOrder {
			if a.rec.HasOrder {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.rec.Order, b.rec.Order), cmp.Compare(a.rec.Title, b.rec.Title), cmp.Compare(a.rec.ID, b.rec.ID))
	})
	return out
}

func plantNode(e entry[NodeRecord], parent NodeIdx, depth int) Node {
	return Node{ID: e.rec.ID, Title: cmp.Or(e.rec.Title, e.rec.ID), Kind: e.rec.Kind, Parent: parent, Depth: depth,
		Successor: e.rec.Successor, ValidFrom: e.rec.ValidFrom, ValidTo: e.rec.ValidTo, Origin: e.origin}
}
