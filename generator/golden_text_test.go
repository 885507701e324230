package generator_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// plainText is what a page says, without its tags: a line for each block, cells set apart.
func plainText(t *testing.T, src []byte) string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	var w textWriter
	w.node(doc)
	w.end()
	return w.out.String()
}

// textWriter gathers the text of a line until a block ends it.
type textWriter struct {
	out, line strings.Builder
}

var (
	silentElements = []string{"script", "style", "head"}
	inlineElements = []string{"a", "abbr", "b", "bdi", "code", "em", "i", "span", "strong", "sup", "time", "del", "br", "text", "g", "path", "circle"}
	cellElements   = []string{"td", "th"}
)

func (w *textWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.line.WriteString(n.Data)
		return
	case html.ElementNode:
		if slices.Contains(silentElements, n.Data) {
			return
		}
	}
	block := n.Type == html.ElementNode && !slices.Contains(inlineElements, n.Data) && !slices.Contains(cellElements, n.Data)
	if block {
		w.end()
		w.line.WriteString(mark(n))
	}
	for c := range n.ChildNodes() {
		w.node(c)
	}
	switch {
	case block:
		w.end()
	case slices.Contains(cellElements, n.Data), n.Data == "text":
		w.line.WriteString(" | ")
	}
}

// mark begins the line of a block where the kind of block matters.
func mark(n *html.Node) string {
	switch n.Data {
	case "h1", "h2", "h3", "h4":
		return strings.Repeat("#", int(n.Data[1]-'0')) + " "
	case "li":
		return "- "
	case "summary":
		return "> "
	}
	for _, a := range n.Attr {
		if a.Key == "data-for" {
			return "(" + a.Val + ") "
		}
	}
	return ""
}

// end writes the line, if it says anything.
func (w *textWriter) end() {
	text := strings.TrimSuffix(strings.Join(strings.Fields(w.line.String()), " "), " |")
	w.line.Reset()
	if text != "" && text != "-" {
		w.out.WriteString(text + "\n")
	}
}
