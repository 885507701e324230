package content

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"uptree/generator/diag"
)

// Figure is a number as a document shows it.
type Figure struct {
	Text  string // as readers see it; where there is none, the reason
	Title string // which number it is, over which period
	URL   string // where the page shows how it was computed
}

// named is a metric over a period, "" for the page's, as a document writes it.
type named struct{ metric, period string }

// kindLive is a number in prose: {{metric incident_time 28d}}.
var kindLive = ast.NewNodeKind("Live")

type liveNode struct {
	ast.BaseInline
	named
	source string
}

// Kind implements ast.Node.
func (*liveNode) Kind() ast.NodeKind { return kindLive }

// Dump implements ast.Node.
func (n *liveNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// livePattern leaves alone what other templates write between braces.
var livePattern = regexp.MustCompile(`^\{\{ *metric +([^\s{}]{1,100})(?: +([^\s{}]{1,40}))? *\}\}`)

// liveParser finds the numbers in prose.
type liveParser struct{}

// Trigger implements goldmark's InlineParser.
func (liveParser) Trigger() []byte { return []byte{'{'} }

// Parse implements goldmark's InlineParser.
func (liveParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("{{")) {
		return nil
	}
	m := livePattern.FindSubmatch(line[:min(len(line), 200)])
	if m == nil {
		return nil
	}
	block.Advance(len(m[0]))
	n := &liveNode{named: named{string(m[1]), string(m[2])}, source: string(m[0])}
	n.SetPos(segment.Start)
	return n
}

// live puts the numbers in the places of their names.
func (r *rendering) live(found *nodes) {
	for _, n := range found.live {
		if !r.known(n.named, n.Pos()) || r.options.Figure == nil {
			replace(n, literal(n.source))
			continue
		}
		f := r.options.Figure(n.metric, n.period)
		if f.URL == "" {
			replace(n, literal(f.Text))
			continue
		}
		link := ast.NewLink()
		link.Destination, link.Title = []byte(f.URL), []byte(f.Title)
		link.AppendChild(link, literal(f.Text))
		replace(n, link)
		r.written += len(f.URL) + len(f.Title)
	}
}

// known reports a metric or period that there is not.
func (r *rendering) known(n named, offset int) bool {
	if r.doc.Kind == Incident {
		r.report(diag.BadReference, offset, "an incident has no figures", "name the figure in the document of a node or service")
		return false
	}
	if target, ok := r.resolve(Metric, n.metric); !ok {
		hint := "\"uptree list metrics\" prints the metrics"
		if target.Near != "" {
			hint = fmt.Sprintf("did you mean %q?", target.Near)
		}
		r.report(diag.BadReference, offset, fmt.Sprintf("there is no metric %q", clip(n.metric)), hint)
		return false
	}
	if n.period == "" || r.options.Periods == nil || slices.Contains(r.options.Periods, n.period) {
		return true
	}
	hint := diag.DidYouMean(n.period, r.options.Periods)
	if hint == "" {
		hint = "the periods of this site are " + strings.Join(r.options.Periods, ", ")
	}
	r.report(diag.BadReference, offset, fmt.Sprintf("there is no period %q", clip(n.period)), hint)
	return false
}
