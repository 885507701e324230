package model_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"uptree/generator/diag"
	"uptree/generator/model"
)

func TestTreesThatAreRefused(t *testing.T) {
	until := func(r model.NodeRecord, successor string) model.NodeRecord {
		r.ValidTo, r.Successor = day("2026-11-01"), successor
		return r
	}
	for _, c := range []struct {
		name  string
		nodes []model.NodeRecord
		code  diag.Code
		want  []string
	}{
		{"no node at all", nil, diag.EmptyTree, []string{"no source gives an org node"}},
		{"only nodes that are gone", []model.NodeRecord{until(node("a", ""), "")}, diag.EmptyTree, []string{"no source gives an org node"}},
		{"a node above itself", []model.NodeRecord{node("a", ""), node("b", "b")}, diag.TreeCycle, []string{"b → b"}},
		{"three nodes in a circle", []model.NodeRecord{node("a", ""), node("b", "d"), node("c", "b"), node("d", "c")}, diag.TreeCycle, []string{"b → d → c → b"}},
		{"a circle and nothing else", []model.NodeRecord{node("a", "b"), node("b", "a")}, diag.TreeCycle, []string{"a → b → a"}},
		{"two circles, and a node below one", []model.NodeRecord{node("top", ""), node("a", "b"), node("b", "a"), node("x", "y"), node("y", "x"), node("below", "x")},
			diag.TreeCycle, []string{"a → b → a", "x → y → x"}},
		{"successors in a circle", []model.NodeRecord{node("top", ""), until(node("a", "top"), "b"), until(node("b", "top"), "a")}, diag.SuccessorCycle, []string{"a → b → a"}},
		{"a node that follows itself", []model.NodeRecord{node("top", ""), until(node("a", "top"), "a")}, diag.SuccessorCycle, []string{"a → a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, problems := model.Freeze(input(&model.Batch{Nodes: c.nodes}))
			if m != nil || !problems.HasErrors() {
				t.Errorf("a model in spite of %v", texts(problems))
			}
			for _, want := range c.want {
				if !has(problems, c.code, want) {
					t.Errorf("%q is not among %v", want, texts(problems))
				}
			}
		})
	}
}

func TestOneRootWhateverTheRecordsSay(t *testing.T) {
	for _, c := range []struct {
		name    string
		nodes   []model.NodeRecord
		parents map[string]string
		problem string
		cracks  int
	}{
		{"a tree as it should be", []model.NodeRecord{node("a", ""), node("b", "a")}, map[string]string{"a": "", "b": "a", "_not-owned": "a", "_third-party": ""}, "", 0},
		{"two roots", []model.NodeRecord{node("a", ""), node("b", "")}, map[string]string{"_root": "", "a": "_root", "b": "_root", "_not-owned": "_root"}, "2 nodes have no known parent: a, b", 2},
		{"an unknown parent", []model.NodeRecord{node("commerce", ""), node("b", "comerce")}, map[string]string{"_root": "", "b": "_root"}, `parent "comerce" does not exist (did you mean "commerce"?)`, 2},
		{"one root with an unknown parent", []model.NodeRecord{node("a", "above")}, map[string]string{"_root": "", "a": "_root"}, `parent "above" does not exist`, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, problems := freeze(t, input(&model.Batch{Nodes: c.nodes}))
			for id, want := range c.parents {
				if got := parentOf(t, m, id); got != want {
					t.Errorf("%s is below %q, want %q", id, got, want)
				}
			}
			if c.problem == "" && len(problems) > 0 || c.problem != "" && !has(problems, diag.SeveralRoots, c.problem) && !has(problems, diag.UnknownParent, c.problem) {
				t.Errorf("problems %v", texts(problems))
			}
			if len(m.Cracks) != c.cracks {
				t.Errorf("%d cracks, want %d", len(m.Cracks), c.cracks)
			}
		})
	}
}

// TestWhoStandsForANodeThatIsGone: what it held goes to its successor, else upwards.
func TestWhoStandsForANodeThatIsGone(t *testing.T) {
	gone := func(id, parent, to, successor string) model.NodeRecord {
		r := node(id, parent)
		r.ValidTo, r.Successor = day(to), successor
		return r
	}
	from := func(id, parent, day_ string) model.NodeRecord {
		r := node(id, parent)
		r.ValidFrom = day(day_)
		return r
	}
	living := []model.NodeRecord{node("top", ""), node("area", "top"), node("heir", "area")}
	for _, c := range []struct {
		name  string
		nodes []model.NodeRecord
		home  string // of a service that "team" owns
	}{
		{"its last day is still its own", []model.NodeRecord{gone("team", "area", "2026-11-20", "heir")}, "team"},
		{"the day after, its successor", []model.NodeRecord{gone("team", "area", "2026-11-19", "heir")}, "heir"},
		{"a successor that is gone too", []model.NodeRecord{gone("team", "area", "2026-11-19", "next"), gone("next", "top", "2026-11-19", "heir")}, "heir"},
		{"without a successor the node above", []model.NodeRecord{gone("team", "area", "2026-11-19", "")}, "area"},
		{"the nearest living node above", []model.NodeRecord{gone("team", "mid", "2026-11-19", ""), gone("mid", "area", "2026-11-18", "")}, "area"},
		{"an unknown successor is none", []model.NodeRecord{gone("team", "area", "2026-11-19", "nobody")}, "area"},
		{"gone with nothing above", []model.NodeRecord{gone("team", "", "2026-11-19", "")}, model.NotOwnedID},
		{"a node of tomorrow is not yet there", []model.NodeRecord{from("team", "area", "2026-11-21")}, "area"},
		{"a node of today is", []model.NodeRecord{from("team", "area", "2026-11-20")}, "team"},
		{"the record of the day counts", []model.NodeRecord{gone("team", "top", "2026-11-01", "heir"), from("team", "area", "2026-11-02")}, "team"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &model.Batch{Nodes: slices.Concat(living, c.nodes), Services: []model.ServiceRecord{service("s", "team")}}
			m, problems := freeze(t, input(b))
			if got := homeOf(t, m, "s"); got != c.home {
				t.Errorf("home %q, want %q; %v", got, c.home, texts(problems))
			}
		})
	}
}

func TestChildrenOfANodeThatIsGoneMoveToWhoStandsForIt(t *testing.T) {
	old := node("old", "top")
	old.ValidTo, old.Successor = day("2026-10-31"), "new"
	m, _ := freeze(t, input(&model.Batch{Nodes: []model.NodeRecord{node("top", ""), old, node("new", "top"), node("team", "old")}}))
	if got := parentOf(t, m, "team"); got != "new" {
		t.Errorf("team is below %q, want new", got)
	}
	if _, ok := m.Node("old"); ok {
		t.Error("a node that is gone is in the tree")
	}
}

func TestAChainOfFiveThousandNodes(t *testing.T) {
	const deep = 5000
	b := &model.Batch{Nodes: []model.NodeRecord{node("n0", "")}}
	for i := 1; i < deep; i++ {
		b.Nodes = append(b.Nodes, node(fmt.Sprint("n", i), fmt.Sprint("n", i-1)))
	}
	m, problems := freeze(t, input(b))
	last, _ := m.Node(fmt.Sprint("n", deep-1))
	if m.Nodes[last].Depth != deep-1 || len(m.Path(last)) != deep || len(problems) > 0 {
		t.Errorf("depth %d, path of %d, problems %v", m.Nodes[last].Depth, len(m.Path(last)), texts(problems))
	}
}

// TestTheTourAgreesWithWalkingUp compares intervals, paths, LCA and the child on the way
// with walks along parents, over random trees.
func TestTheTourAgreesWithWalkingUp(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		b := &model.Batch{Nodes: []model.NodeRecord{node("n0", "")}}
		for i := range r.IntN(40) {
			b.Nodes = append(b.Nodes, node(fmt.Sprint("n", i+1), fmt.Sprint("n", max(0, i-r.IntN(10)))))
		}
		m, _ := freeze(t, input(b))
		for x := range m.Nodes {
			for y := range m.Nodes {
				comparePair(t, m, model.NodeIdx(x), model.NodeIdx(y))
			}
		}
	}
}

func comparePair(t *testing.T, m *model.Model, x, y model.NodeIdx) {
	t.Helper()
	up := walk(m, x)
	if got, want := m.In(x, y), slices.Contains(up, y); got != want {
		t.Errorf("%d in sub(%d) is %t", x, y, got)
	}
	lca := model.NodeIdx(model.NoIndex)
	if i := slices.IndexFunc(up, func(n model.NodeIdx) bool { return slices.Contains(walk(m, y), n) }); i >= 0 {
		lca = up[i]
	}
	if got := m.LCA(x, y); got != lca {
		t.Errorf("LCA(%d, %d) is %d, want %d", x, y, got, lca)
	}
	if i := slices.Index(up, y); i > 0 && m.ChildHolding(y, x) != up[i-1] {
		t.Errorf("child of %d holding %d is %d, want %d", y, x, m.ChildHolding(y, x), up[i-1])
	}
	path := m.Path(x)
	slices.Reverse(path)
	if !slices.Equal(path, up) {
		t.Errorf("path of %d is %v, want %v", x, path, up)
	}
}

// walk lists a node and its ancestors.
func walk(m *model.Model, n model.NodeIdx) (out []model.NodeIdx) {
	for ; n != model.NoIndex; n = m.Nodes[n].Parent {
		out = append(out, n)
	}
	return out
}
