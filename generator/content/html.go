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
		if !isComment(source) {
			r.report(diag.RawHTML, n.Segments.At(0).Start, "HTML is shown as text", htmlHint)
		}
		replace(n, literal(withoutComment(source)))
	}
	for _, n := range found.blocks {
		source := string(n.Lines().Value(r.src))
		if n.HasClosure() {
			source += string(n.ClosureLine.Value(r.src))
		}
		if !isComment(source) {
			r.report(diag.RawHTML, n.Pos(), "HTML is shown as text", htmlHint)
		}
		text := ast.NewParagraph()
		text.AppendChild(text, literal(withoutComment(source)))
		replace(n, text)
	}
}

// isComment reports whether the HTML is one comment and nothing else.
func isComment(source string) bool {
	s := strings.TrimSpace(source)
	return strings.HasPrefix(s, "<!--") && strings.Index(s, "-->") == len(s)-len("-->")
}

func withoutComment(source string) string {
	if isComment(source) {
		return ""
	}
	return source
}
