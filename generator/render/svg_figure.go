package render

import (
	"strings"

	"uptree/generator/report"
)

// AppendFigure appends a chart of the default period: heading, SVG, legend, summary and
// table. What the script needs of it is in periods.js: see later.
//
// Its markup is the contract with script/charts.ts and chart.css; the script finds the
// parts by their data attributes: data-chart on the figure (the kind), data-chart-title,
// data-chart-period, data-chart-plot, data-chart-legend, data-chart-summary,
// data-chart-note and data-chart-table.
func AppendFigure(dst []byte, f *report.ChartFigure) []byte {
	c := &f.Periods[f.Default].Chart
	w := table{dst: dst, c: c}
	w.raw(`<figure class="chart" id="`).text(f.ID).raw(`" data-chart="`, c.Kind.String(), `"><figcaption><h3 data-chart-title>`)
	w.text(c.Title).raw(`</h3><a class="permalink" href="#`).text(f.ID).raw(`" aria-label="`)
	w.text(strings.ReplaceAll(c.Text.Link, "{title}", c.Title)).raw(`">#</a><p data-chart-period>`).text(c.Period)
	w.raw(`</p></figcaption><div class="plot-box" data-chart-plot>`)
	w.dst = AppendSVG(w.dst, c)
	w.raw(`</div>`)
	w.legend()
	w.raw(`<p class="summary" data-chart-summary>`).text(c.Summary).raw(`</p><p class="note" data-chart-note`)
	if c.Note == "" {
		w.raw(` hidden`)
	}
	w.raw(`>`).text(c.Note).raw(`</p><details><summary>`).text(c.Text.Table).raw(`</summary><div class="numbers-box" role="group" tabindex="0" aria-label="`).text(c.Title).raw(`" data-chart-table>`)
	w.dst = AppendTable(w.dst, c)
	return append(w.dst, `</div></details></figure>`...)
}

// legend names the series where there are several, and what stands behind them.
func (t *table) legend() {
	t.raw(`<ul class="legend" data-chart-legend>`)
	if len(t.c.Series) > 1 {
		for i := range t.c.Series {
			t.legendItem(t.c.Series[i].Class, t.c.Series[i].Name)
		}
	}
	if t.c.Band != nil {
		t.legendItem("band", t.c.Text.Usual)
	}
	t.raw(`</ul>`)
}

func (t *table) legendItem(class, name string) {
	t.raw(`<li><i class="swatch `).text(class).raw(`"></i>`).text(name).raw(`</li>`)
}
