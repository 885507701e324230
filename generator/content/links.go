package content

import (
	"bytes"
	"html"
	"maps"
	"net/url"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"uptree/generator/diag"
)

const (
	// maxTitle bounds the title of a link, in bytes; longer ones are left out.
	maxTitle = 200
	// maxWritten bounds what the links of a document add to its page, in bytes: a
	// reference of three bytes may stand for an address of a thousand.
	maxWritten = 4 << 20
)

// links points every link to its destination; a link without one leaves its text.
func (r *rendering) links(found *nodes) {
	for _, n := range found.autolinks {
		if n.AutoLinkType == ast.AutoLinkEmail {
			replace(n, literal(string(n.Label(r.src)))) // reported by people
			continue
		}
		link := ast.NewLink()
		link.Destination = n.URL(r.src)
		link.SetPos(n.Pos())
		kind, _, _ := cutScheme(string(link.Destination))
		if !isLinkKind(kind) {
			link.AppendChild(link, literal(string(n.Label(r.src))))
		}
		replace(n, link)
		r.link(link, string(link.Destination))
	}
	for _, n := range found.links {
		// A thousand links may share one endless address.
		r.link(n, unescape(n.Destination[:min(len(n.Destination), maxAddress+1)]))
	}
}

func (r *rendering) link(n *ast.Link, address string) {
	to, fault := r.destination(address)
	if fault != nil {
		r.report(fault.code, n.Pos(), fault.text, fault.hint)
		if !n.HasChildren() {
			n.AppendChild(n, literal(clip(address)))
		}
		unwrap(n)
		return
	}
	if len(n.Title) > maxTitle {
		n.Title = nil
	}
	if !n.HasChildren() {
		text := to.title
		if text == "" {
			text = to.url
		}
		n.AppendChild(n, literal(text))
	}
	n.Destination = []byte(to.url)
	if to.external {
		n.SetAttributeString("class", "external")
	}
	r.written += len(to.url) + len(n.Title)
}

func (r *rendering) destination(address string) (destination, *fault) {
	if r.written > maxWritten {
		return destination{}, &fault{diag.ContextTooLarge,
			"the document's links are too long together", "split the document"}
	}
	return resolveAddress(address, r.resolve, r.relative)
}

// relative resolves an address without a scheme: a heading of this document, or another
// document.
func (r *rendering) relative(address string) (destination, *fault) {
	if len(address) == 0 || address[0] != '#' {
		return document(address, r.doc.subject(), r.resolve)
	}
	id := address[1:]
	if plain, err := url.PathUnescape(id); err == nil {
		id = plain
	}
	if !r.anchors[id] {
		return destination{}, broken(r.nearestHeading(id), "no heading has the id %q", clip(id))
	}
	return destination{url: anchor(r.options.Anchor, id)}, nil
}

// nearestHeading is the hint for a link to no heading. Looking through thousands of
// headings for each of thousands of links would take too long.
func (r *rendering) nearestHeading(id string) string {
	if len(r.anchors) > 200 {
		return ""
	}
	return diag.DidYouMean(clip(id), slices.Sorted(maps.Keys(r.anchors)))
}

// Reference is a link of the front matter, ready to be shown.
type Reference struct {
	URL      string
	Title    string // never empty
	External bool   // leads to another host
}

// Links returns the links of a document's front matter that can be published, in their
// order, and what is wrong with the others.
func Links(d *Doc, resolve Resolver) ([]Reference, diag.List) {
	var out []Reference
	var problems diag.List
	for _, l := range d.Meta.Links {
		to, fault := resolveAddress(l.URL, resolve, noRelative)
		if fault != nil {
			problems.Add(d.Problem(fault.code, l.At, fault.text, fault.hint))
			continue
		}
		out = append(out, Reference{URL: to.url, Title: linkTitle(l, to), External: to.external})
	}
	return out, problems
}

func noRelative(address string) (destination, *fault) {
	return destination{}, broken("links of the front matter are http, https or typed (service:checkout)",
		"link to %q leads nowhere", clip(address))
}

func linkTitle(l Link, to destination) string {
	switch {
	case l.Title != "":
		return l.Title
	case to.title != "":
		return to.title
	}
	return to.url
}

// linkRenderer writes links, whose destinations are URLs by now. Goldmark's own would
// resolve character references in them once more.
type linkRenderer struct{}

// RegisterFuncs implements goldmark's NodeRenderer.
func (l linkRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindLink, l.render)
}

func (linkRenderer) render(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, err := w.WriteString("</a>")
		return ast.WalkContinue, err
	}
	n := node.(*ast.Link)
	var b bytes.Buffer
	b.WriteString(`<a href="` + html.EscapeString(string(n.Destination)) + `"`)
	if len(n.Title) > 0 {
		b.WriteString(` title="` + html.EscapeString(unescape(n.Title)) + `"`)
	}
	if _, external := n.AttributeString("class"); external {
		b.WriteString(` class="external" rel="noopener"`)
	}
	b.WriteByte('>')
	_, err := w.Write(b.Bytes())
	return ast.WalkContinue, err
}
