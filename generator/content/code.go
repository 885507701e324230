package content

import (
	"fmt"
	"strings"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// Lexers are made of patterns, and some can be made to look at a text again and again:
// longer code is shown without colours, and so is code that takes too long.
const (
	maxColoured   = 16 << 10
	maxColourTime = 2 * time.Second
)

// codeRenderer writes fenced code. Its colours are classes of the theme, a handful: what a
// reader can tell apart.
type codeRenderer struct{}

// RegisterFuncs implements goldmark's NodeRenderer.
func (c codeRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindFencedCodeBlock, c.render)
}

func (codeRenderer) render(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.FencedCodeBlock)
	class, language, code := "", string(n.Language(source)), string(n.Lines().Value(source))
	if language != "" {
		class = ` class="language-` + escape(language) + `"`
	}
	coloured, ok := colour(language, code)
	if !ok {
		coloured = escape(code)
	}
	_, err := fmt.Fprintf(w, "<pre><code%s>%s</code></pre>\n", class, coloured)
	return ast.WalkSkipChildren, err
}

// colour returns code with its kinds of words marked; not ok where it stays as it is.
func colour(language, code string) (out string, ok bool) {
	if language == "" || len(code) > maxColoured {
		return "", false
	}
	lexer := lexers.Get(language)
	if lexer == nil {
		return "", false
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	if err != nil {
		return "", false
	}
	var b, seen strings.Builder
	for deadline, token := time.Now().Add(maxColourTime), tokens(); token != chroma.EOF; token = tokens() {
		if time.Now().After(deadline) {
			return "", false
		}
		seen.WriteString(token.Value)
		writeToken(&b, token)
	}
	return b.String(), seen.String() == code // a lexer that changes what it reads is not believed
}

func writeToken(b *strings.Builder, t chroma.Token) {
	text := escape(t.Value)
	if class := codeClass(t.Type); class != "" && strings.TrimSpace(t.Value) != "" {
		text = `<span class="` + class + `">` + text + `</span>`
	}
	b.WriteString(text)
}

func escape(s string) string { return string(util.EscapeHTML([]byte(s))) }

// codeClass is the class of a kind of word; "" for most of a text.
func codeClass(t chroma.TokenType) string {
	switch {
	case t.InCategory(chroma.Comment):
		return "k-comment"
	case t.InCategory(chroma.Keyword), t == chroma.NameTag:
		return "k-word"
	case t.InSubCategory(chroma.LiteralString), t.InSubCategory(chroma.LiteralNumber), t == chroma.LiteralDate:
		return "k-value"
	case t == chroma.NameAttribute, t == chroma.NameFunction, t == chroma.NameVariable:
		return "k-name"
	case t == chroma.GenericInserted:
		return "k-in"
	case t == chroma.GenericDeleted:
		return "k-out"
	}
	return ""
}
