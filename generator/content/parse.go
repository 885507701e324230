package content

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"uptree/generator/diag"
)

// markdown parses and renders all documents. It is CommonMark with the GitHub
// extensions, without attributes; what comes from a document is escaped or dropped.
var markdown = goldmark.New(
	goldmark.WithExtensions(
		// Alignment is a class (tables.go): the default is a style attribute.
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
		extension.Strikethrough,
		extension.Linkify,
		extension.TaskList,
	),
	goldmark.WithParserOptions(parser.WithInlineParsers(util.Prioritized(liveParser{}, 100))),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(linkRenderer{}, 100), util.Prioritized(codeRenderer{}, 100))),
)

// parseMarkdown returns the tree of a body, or false if the parser broke down on it.
// Offsets in the tree count from the body.
func parseMarkdown(src []byte) (root ast.Node, ok bool) {
	// No input is known that makes the parser panic, but it is long and input is hostile.
	defer func() { ok = recover() == nil }()
	return markdown.Parser().Parse(text.NewReader(src)), true
}

// newDoc makes a document of a file.
func newDoc(file string, s subject, src []byte) (*Doc, diag.List) {
	var problems diag.List
	d := &Doc{Kind: s.kind, ID: s.id, File: file}
	if bad := firstInvalid(src); bad >= 0 {
		line := 1 + strings.Count(string(src[:bad]), "\n")
		problems.Add(diag.Problem{
			Code: diag.BadEncoding, Pos: diag.Pos{File: file, Line: line},
			Text: "document is not valid UTF-8", Hint: "save it as UTF-8",
		})
	}
	d.text = cleanText(src)
	found := secretsIn(d.text)
	d.text = withoutSecrets(d.text, found)
	for _, s := range found {
		at, _ := newPlaces(file, d.text).at(s.start)
		problems.Add(diag.Problem{Code: diag.SecretInContext, Pos: at, Text: s.what + " in the document",
			Hint: "it is not published, but it is in the history of the repository: make it void, then take it away"})
	}
	matter := cutFrontMatter(d.text)
	d.body = matter.body
	problems.Append(d.readFrontMatter(matter))
	if effort(d.markdown()) > maxEffort {
		d.verbatim = true
		problems.Add(diag.Problem{
			Code: diag.ContextTooLarge, Pos: diag.Pos{File: file},
			Text: "document is nested too deeply or has too large a table, and is shown as it is written",
			Hint: "split it, or link to the data instead",
		})
	}
	return d, problems
}

// firstInvalid returns the offset of the first byte that is no UTF-8, or -1.
func firstInvalid(src []byte) int {
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return -1
}

// cleanText returns a file as the text that everything later works on: without a byte
// order mark, with LF line ends, and with U+FFFD for what HTML may not hold.
func cleanText(src []byte) string {
	s := strings.TrimPrefix(strings.ToValidUTF8(string(src), "\uFFFD"), "\uFEFF")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r < ' ' && r != '\n' && r != '\t', r >= 0x7f && r < 0xa0:
			return utf8.RuneError
		}
		return r
	}, s)
}
