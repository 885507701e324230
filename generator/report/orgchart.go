package report

import (
	"uptree/generator/content"
	"uptree/generator/model"
)

// maxTreeRow bounds how many siblings and how many children the org chart lists.
const maxTreeRow = 60

// TreeItem is a line of the org chart on a page: the page's ancestors, siblings and
// children. The whole organisation is tree.js: see Org.
type TreeItem struct {
	Span    Span
	Depth   int // 0 for the topmost
	Waiting int // lines of attention whose lever is the node
	Current bool
	Below   bool     // there are nodes below that the page does not list
	More    Sentence // instead of a node: how many were left out; Span leads to where they are
}

// tree lists the node's ancestors, siblings and children; beside the root stands (third
// party). current is false on the pages of services, which only show where they hang.
func (p *Plan) tree(n model.NodeIdx, current bool) []TreeItem {
	t := treeList{plan: p, at: n, current: current}
	if n == 0 || n == p.model.ThirdParty {
		t.row([]model.NodeIdx{0, p.model.ThirdParty}, 0, 0)
		return t.items
	}
	above := p.model.Path(n)
	above = above[:len(above)-1]
	for depth, a := range above {
		t.items = append(t.items, t.item(a, depth))
	}
	parent := p.model.Nodes[n].Parent
	t.row(p.model.Nodes[parent].Children, parent, len(above))
	t.left(above[:len(above)-1])
	return t.items
}

type treeList struct {
	plan    *Plan
	at      model.NodeIdx
	current bool
	items   []TreeItem
}

// row lists nodes of one depth and, under the page's own node, its children.
func (t *treeList) row(nodes []model.NodeIdx, parent model.NodeIdx, depth int) {
	left := 0
	for i, n := range nodes {
		if i >= maxTreeRow && n != t.at {
			left++
			continue
		}
		item := t.item(n, depth)
		item.Below = n != t.at && len(t.plan.model.Nodes[n].Children) > 0
		t.items = append(t.items, item)
		if children := t.plan.model.Nodes[n].Children; n == t.at && len(children) > 0 {
			t.children(n, depth+1)
		}
	}
	t.more(left, parent, depth)
}

func (t *treeList) children(n model.NodeIdx, depth int) {
	children := t.plan.model.Nodes[n].Children
	for _, c := range children[:min(len(children), maxTreeRow)] {
		item := t.item(c, depth)
		item.Below = len(t.plan.model.Nodes[c].Children) > 0
		t.items = append(t.items, item)
	}
	t.more(len(children)-maxTreeRow, n, depth)
}

// left says of ancestors how many of their children were left out, the nearest first.
func (t *treeList) left(above []model.NodeIdx) {
	for depth := len(above) - 1; depth >= 0; depth-- {
		t.more(len(t.plan.model.Nodes[above[depth]].Children)-1, above[depth], depth+1)
	}
}

// more says how many children of a node were left out; its page has them all.
func (t *treeList) more(n int, parent model.NodeIdx, depth int) {
	if n > 0 {
		t.items = append(t.items, TreeItem{Depth: depth, Span: Span{Href: t.plan.nodes[parent]}, More: sayN(wMore, n)})
	}
}

func (t *treeList) item(n model.NodeIdx, depth int) TreeItem {
	return TreeItem{
		Span: t.plan.nodeLink(n), Depth: depth, Waiting: t.plan.found.Waiting(n),
		Current: t.current && n == t.at,
	}
}

// OrgNode is a node of the whole org chart.
type OrgNode struct {
	Title, Kind string // Kind may be empty
	Segment     string // of its address: org/<Segment>/; the root's page is that of the site
	Depth       int
	Waiting     int // as of TreeItem
}

// Org lists all nodes in preorder, the root first and (third party) last.
func (p *Plan) Org() []OrgNode {
	out := make([]OrgNode, len(p.model.Nodes))
	for i := range out {
		n := &p.model.Nodes[i]
		out[i] = OrgNode{
			Title: p.nodeTitle(model.NodeIdx(i)), Kind: n.Kind, Segment: content.EncodeID(n.ID),
			Depth: n.Depth, Waiting: p.found.Waiting(model.NodeIdx(i)),
		}
	}
	return out
}
