package content

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Alert is a kind of quotation that asks for attention, by the name GitHub gives it.
type Alert string

// Alerts are the kinds, in order of weight.
var Alerts = []Alert{"note", "tip", "important", "warning", "caution"}

var alertPattern = regexp.MustCompile(`^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*\n?$`)

// alerts marks the quotations whose first line is a kind: > [!NOTE].
func (r *rendering) alerts(found *nodes) {
	for _, quote := range found.quotes {
		first, ok := quote.FirstChild().(*ast.Paragraph)
		if !ok {
			continue
		}
		line := first.Lines().At(0)
		m := alertPattern.FindSubmatch(line.Value(r.src))
		if m == nil {
			continue
		}
		kind := Alert(strings.ToLower(string(m[1])))
		quote.SetAttributeString("class", "alert alert-"+string(kind))
		quote.InsertBefore(quote, first, r.alertTitle(kind))
		dropFirstLine(first)
	}
}

// alertTitle is the kind in the site's words; without them, as it is written.
func (r *rendering) alertTitle(kind Alert) ast.Node {
	title := r.options.Alerts[kind]
	if title == "" {
		title = strings.ToUpper(string(kind[:1])) + string(kind[1:])
	}
	n := ast.NewParagraph()
	n.SetAttributeString("class", "alert-title")
	n.AppendChild(n, literal(title))
	return n
}

// dropFirstLine takes away a paragraph's first line, and the paragraph if it is the only one.
func dropFirstLine(p *ast.Paragraph) {
	for c := p.FirstChild(); c != nil; {
		next := c.NextSibling()
		p.RemoveChild(p, c)
		if t, ok := c.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			break
		}
		c = next
	}
	if !p.HasChildren() {
		p.Parent().RemoveChild(p.Parent(), p)
	}
}
