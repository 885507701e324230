package render

import "uptree/generator/report"

// later gathers what only a script needs of a page: what the tiles say about the periods
// that the page does not show, and the rows of every chart. It is a third of what the page
// would weigh, and most readers need none of it: charts start when they are scrolled to.
// They are a script beside the page, because pages fetch nothing and work from a file
// share; without it the figures stand in the details of each number and the tables of each
// chart.
type later struct{ tiles, charts object }

// tile keeps what a tile says about its other periods, as markup.
func (l *later) tile(w *writer, t *report.Tile) {
	if len(t.Periods) < 2 {
		return
	}
	l.tiles.key(t.ID()).open('{')
	for i := range t.Periods {
		if i == t.Default {
			continue
		}
		start := len(w.dst)
		w.tilePeriod(&t.Periods[i])
		l.tiles.key(t.Periods[i].Name).str(string(w.dst[start:]))
		w.dst = w.dst[:start]
	}
	l.tiles.close('}')
}

// glance keeps the answers for its other periods, as markup.
func (l *later) glance(w *writer, g *report.Glance) {
	if len(g.Periods) < 2 {
		return
	}
	l.tiles.key(glanceID).open('{')
	for i := range g.Periods {
		if i == g.Default {
			continue
		}
		start := len(w.dst)
		w.answers(g.Periods[i].Answers)
		l.tiles.key(g.Periods[i].Name).str(string(w.dst[start:]))
		w.dst = w.dst[:start]
	}
	l.tiles.close('}')
}

// figure keeps the charts of a figure. Those of other periods than the default one leave
// out what it has said.
func (l *later) figure(f *report.ChartFigure) {
	shown := &f.Periods[f.Default].Chart
	if !shown.Kind.Spec().Interactive {
		return
	}
	l.charts.key(f.ID).open('{').key("default").str(f.Periods[f.Default].Name).key("periods").open('{')
	for i := range f.Periods {
		said := shown
		if i == f.Default {
			said = &report.Chart{}
		}
		l.charts.key(f.Periods[i].Name)
		l.charts.dst = appendChartData(l.charts.dst, &f.Periods[i].Chart, said)
	}
	l.charts.close('}').close('}')
}

// laterPath is the script beside a page.
const laterPath = "periods.js"

// append writes the script; nothing where the page has neither.
func (l *later) append(dst []byte) []byte {
	if len(l.tiles.dst) == 0 && len(l.charts.dst) == 0 {
		return dst
	}
	dst = append(append(dst, `(window.uptree=window.uptree||{}).later={"tiles":{`...), l.tiles.dst...)
	dst = append(append(dst, `},"charts":{`...), l.charts.dst...)
	return append(dst, "}};\n"...)
}

// reset keeps the memory.
func (l *later) reset() { l.tiles.dst, l.charts.dst = l.tiles.dst[:0], l.charts.dst[:0] }
