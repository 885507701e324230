package content

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// maxExcerpt bounds an excerpt, in characters.
const maxExcerpt = 320

// Excerpt returns the first paragraph of a document as plain text, at most 320 characters
// long, with its numbers in place; "" if there is none. What is wrong with the document is
// for Render to say.
func Excerpt(d *Doc, o Options) string {
	if d.verbatim {
		return ""
	}
	r := newRendering(d, o)
	src := r.src
	root, ok := parseMarkdown(src)
	if !ok {
		return ""
	}
	r.live(collect(root))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != ast.KindParagraph {
			continue
		}
		if text := strings.Join(strings.Fields(plain(n, src)), " "); text != "" {
			return shorten(text, maxExcerpt)
		}
	}
	return ""
}

// shorten cuts a text to a number of characters, between words where it can.
func shorten(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	cut := string([]rune(s)[:limit-1])
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)/2 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

// plain returns what a reader sees of a node, without markup.
func plain(n ast.Node, src []byte) string {
	var b strings.Builder
	writePlain(&b, n, src)
	return b.String()
}

func writePlain(b *strings.Builder, n ast.Node, src []byte) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			writeText(b, c, src)
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(src))
		case *ast.CodeSpan:
			for t := c.FirstChild(); t != nil; t = t.NextSibling() {
				b.Write(t.(*ast.Text).Value(src))
			}
		case *liveNode:
			b.WriteString("…")
		case *ast.RawHTML:
		default:
			writePlain(b, c, src)
		}
	}
}

func writeText(b *strings.Builder, t *ast.Text, src []byte) {
	b.WriteString(unescape(t.Value(src)))
	if t.SoftLineBreak() || t.HardLineBreak() {
		b.WriteByte(' ')
	}
}

// unescape resolves backslashes and character references, as CommonMark does in text
// and in the addresses of links.
func unescape(s []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(s))))
}
