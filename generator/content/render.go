package content

import (
	"bytes"
	"html"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"uptree/generator/diag"
)

// HTML is markup that is safe to publish: Render alone makes it.
type HTML string

// DefaultAnchor is the prefix of heading ids, and of those that links to headings of
// other documents expect.
const DefaultAnchor = "c-"

// Options say how a document is placed in its page. The zero Options are for a document
// that stands once below the page's title.
type Options struct {
	Level   int      // of the document's highest headings, 1 to 6; 0 is 2
	Anchor  string   // prefix of heading ids, unique on the page; "" is DefaultAnchor
	Resolve Resolver // nil knows nothing

	Periods []string                           // that figures and charts may name; nil: any
	Drawn   func(metric string) bool           // whether there are charts of a metric; nil: of all
	Figure  func(metric, period string) Figure // of the document's subject; nil: names stay as written
	Image   func(*Image) string                // its address from the page; nil: descriptions stand for images
	Alerts  map[Alert]string                   // their titles; in English where there is none
}

// Render returns a document's body, and what is wrong with it. Headings keep their order
// but leave out no level, so that the page keeps its outline.
func Render(d *Doc, o Options) (Body, diag.List) {
	if d.verbatim {
		return verbatim(d), nil
	}
	r := newRendering(d, o)
	root, ok := parseMarkdown(r.src)
	if !ok {
		r.report(diag.ContextTooLarge, 0, "document cannot be parsed, and is shown as it is written", "")
		return verbatim(d), r.problems
	}
	found := collect(root)
	r.people(root)
	r.rawHTML(found)
	r.images(found)
	r.headings(found)
	r.links(found)
	r.live(found)
	r.alerts(found)
	alignCells(found)
	showTasks(found)
	return r.body(root, r.charts(root, found)), r.problems
}

// body writes the blocks of a document, cut where charts stand.
func (r *rendering) body(root ast.Node, charts map[ast.Node]*Chart) Body {
	var out Body
	var run bytes.Buffer
	cut := func() {
		if run.Len() > 0 {
			out = append(out, Part{HTML: HTML(run.String())})
			run.Reset()
		}
	}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if chart := charts[n]; chart != nil {
			cut()
			out = append(out, Part{Chart: chart})
			continue
		}
		if err := markdown.Renderer().Render(&run, r.src, n); err != nil {
			// A bytes.Buffer takes everything and no renderer of ours fails.
			panic("content: rendering to memory: " + err.Error())
		}
	}
	cut()
	return out
}

func verbatim(d *Doc) Body {
	return Body{{HTML: HTML("<pre>" + html.EscapeString(d.markdown()) + "</pre>\n")}}
}

// rendering is one call of Render.
type rendering struct {
	doc      *Doc
	src      []byte // the body
	options  Options
	resolve  Resolver
	anchors  map[string]bool // ids of the headings, without prefix
	written  int             // bytes of addresses and titles so far
	places   *places
	problems diag.List
}

func newRendering(d *Doc, o Options) *rendering {
	if o.Level == 0 {
		o.Level = 2
	}
	if o.Anchor == "" {
		o.Anchor = DefaultAnchor
	}
	if o.Resolve == nil {
		o.Resolve = func(Kind, string) (Target, bool) { return Target{}, false }
	}
	return &rendering{
		doc: d, src: []byte(d.markdown()), options: o,
		resolve: o.Resolve, anchors: map[string]bool{},
	}
}

// report adds a problem at an offset of the body.
func (r *rendering) report(code diag.Code, offset int, text, hint string) {
	if r.places == nil {
		r.places = newPlaces(r.doc.File, r.doc.text)
	}
	pos, line := r.places.at(r.doc.body + max(offset, 0))
	r.problems.Add(diag.Problem{Code: code, Pos: pos, Text: text, Line: line, Hint: hint})
}

// nodes are the parts of a document that Render changes, each in document order. They
// are collected first because a tree must not change while it is walked.
type nodes struct {
	headings  []*ast.Heading
	links     []*ast.Link
	autolinks []*ast.AutoLink
	images    []*ast.Image
	blocks    []*ast.HTMLBlock
	inlines   []*ast.RawHTML
	cells     []*extast.TableCell
	tasks     []*extast.TaskCheckBox
	fences    []*ast.FencedCodeBlock
	quotes    []*ast.Blockquote
	live      []*liveNode
}

func collect(root ast.Node) *nodes {
	found := &nodes{}
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			found.headings = append(found.headings, n)
		case *ast.Link:
			found.links = append(found.links, n)
		case *ast.AutoLink:
			found.autolinks = append(found.autolinks, n)
		case *ast.Image:
			found.images = append(found.images, n)
			return ast.WalkSkipChildren, nil // shown as plain text
		case *ast.HTMLBlock:
			found.blocks = append(found.blocks, n)
		case *ast.RawHTML:
			found.inlines = append(found.inlines, n)
		case *extast.TableCell:
			found.cells = append(found.cells, n)
		case *extast.TaskCheckBox:
			found.tasks = append(found.tasks, n)
		case *ast.FencedCodeBlock:
			found.fences = append(found.fences, n)
		case *ast.Blockquote:
			found.quotes = append(found.quotes, n)
		case *liveNode:
			found.live = append(found.live, n)
		}
		return ast.WalkContinue, nil
	})
	return found
}

// literal is a node of text that is shown as it stands.
func literal(s string) ast.Node {
	n := ast.NewString([]byte(s))
	n.SetRaw(true)
	return n
}

func replace(old, by ast.Node) {
	old.Parent().ReplaceChild(old.Parent(), old, by)
}

// unwrap puts a node's children in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		parent.InsertBefore(parent, n, c)
		c = next
	}
	parent.RemoveChild(parent, n)
}
