package content

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"

	"uptree/generator/diag"
)

// Body is a document's body in the order of its parts.
type Body []Part

// Part is a run of markup, or a chart that stands between two.
type Part struct {
	HTML  HTML
	Chart *Chart
}

// Chart names a chart of the document's subject.
type Chart struct {
	Metric string
	Period string // by its name; "" for that of the page
}

// HTML is the body without its charts.
func (b Body) HTML() HTML {
	var out strings.Builder
	for _, p := range b {
		out.WriteString(string(p.HTML))
	}
	return HTML(out.String())
}

// maxCharts bounds the charts of a document.
const maxCharts = 8

const chartLanguage = "chart"

func (r *rendering) drawn(metric string, offset int) bool {
	ok := r.options.Drawn == nil || r.options.Drawn(metric)
	if !ok {
		r.report(diag.BadReference, offset, fmt.Sprintf("metric %q has no values by the day to draw", metric), "write its figure: {{metric "+metric+"}}")
	}
	return ok
}

// charts returns the fenced blocks that name a chart: those that name none stay code.
func (r *rendering) charts(root ast.Node, found *nodes) map[ast.Node]*Chart {
	out := map[ast.Node]*Chart{}
	for _, n := range found.fences {
		if string(n.Language(r.src)) != chartLanguage {
			continue
		}
		offset := n.Info.Segment.Start
		switch words := strings.Fields(string(n.Lines().Value(r.src))); {
		case n.Parent() != root:
			r.report(diag.BadReference, offset, "chart inside a list or a quotation", "begin its lines at the margin")
		case len(words) == 0 || len(words) > 2:
			r.report(diag.BadReference, offset, "chart does not say of what it is", "name a metric, and a period if it is not the page's: incident_time 28d")
		case len(out) == maxCharts:
			r.report(diag.ContextTooLarge, offset, "document has more than 8 charts", "link to the others")
		default:
			name := named{metric: words[0]}
			if len(words) == 2 {
				name.period = words[1]
			}
			if r.known(name, offset) && r.drawn(name.metric, offset) {
				out[n] = &Chart{name.metric, name.period}
			}
		}
	}
	return out
}
