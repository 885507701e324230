package content

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"uptree/generator/diag"
)

const htmlHint = "write Markdown, or put code between backticks"

// rawHTML replaces the author's HTML by its own text, so that nothing written is lost,
// such as the <String> of a List<String>. Comments are left out without a word: hiding
// is what they are for.
func (r *rendering) rawHTML(found *nodes) {
	for _, n := range found.inlines {
		source := string(n.Segments.Value(r.src))
		replace(n, r.htmlText(source, n.Segments.At(0).Start))
	}
	for _, n := range found.blocks {
		source := string(n.Lines().Value(r.src))
		if n.HasClosure() {
			source += string(n.ClosureLine.Value(r.src))
		}
		if isComment(source) {
			n.Parent().RemoveChild(n.Parent(), n)
			continue
		}
		text := ast.NewParagraph()
		text.AppendChild(text, r.htmlText(source, n.Pos()))
		replace(n, text)
	}
}

// htmlText is what is shown of the author's HTML.
func (r *rendering) htmlText(source string, offset int) ast.Node {
	if isComment(source) {
		return literal("")
	}
	r.report(diag.RawHTML, offset, "HTML is shown as text", htmlHint)
	if found, _, ok := person(source); ok {
		r.person(found, offset)
	}
	return literal(source)
}

// isComment reports whether the HTML is one comment and nothing else.
func isComment(source string) bool {
	s := strings.TrimSpace(source)
	return strings.HasPrefix(s, "<!--") && strings.Index(s, "-->") == len(s)-len("-->")
}
