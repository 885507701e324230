package render

import (
	"slices"

	"uptree/generator/report"
)

// AppendFigure appends a chart of the default period: heading, SVG, legend, summary and
// table. What the script needs of it is in periods.js: see later.
//
// Its markup is the contract with script/figure.ts and chart.css: data-chart on the figure is
// the kind, and the script finds the parts by their classes (parts in figure.ts).
func AppendFigure(dst []byte, f *report.ChartFigure) []byte {
	c := &f.Periods[f.Default].Chart
	w := table{dst: dst, c: c}
	w.raw(`<figure class="chart" id="`).text(f.ID).raw(`" data-chart="`, c.Kind.String(), `"><figcaption><h3 id="`).text(c.ID).raw(`-t">`)
	w.text(c.Title).raw(`</h3><p>`).text(c.Period)
	w.raw(`</p></figcaption><div class="plot-box">`)
	w.dst = svg{dst: w.dst, c: c, named: true}.draw()
	w.raw(`</div>`)
	w.legend()
	w.raw(`<p class="summary" id="`).text(c.ID).raw(`-d">`).text(c.Summary).raw(`</p>`)
	if c.Note != "" {
		w.raw(`<p class="note">`).text(c.Note).raw(`</p>`)
	}
	w.raw(`<details><summary>`).text(c.Text.Table).raw(`</summary><div class="numbers-box" role="group" tabindex="0" aria-labelledby="`).text(c.ID).raw(`-t">`)
	w.dst = AppendTable(w.dst, c)
	return append(w.dst, `</div></details></figure>`...)
}

// legend names the series where there are several, and what stands behind them.
func (t *table) legend() {
	start := len(t.dst)
	t.raw(`<ul class="legend">`)
	none := len(t.dst)
	if len(t.c.Series) > 1 && t.c.Kind != report.ChartDots { // whose rows have names
		for i := range t.c.Series {
			t.legendItem(t.c.Series[i].Class, t.c.Series[i].Name)
		}
	}
	if t.c.Band != nil {
		t.legendItem("band", t.c.Text.Usual)
	}
	if slices.ContainsFunc(t.c.Series, func(s report.ChartSeries) bool { return s.Median != nil }) {
		t.legendItem("median", t.c.Text.Median)
		t.legendItem("p90", t.c.Text.P90)
	}
	if len(t.dst) == none {
		t.dst = t.dst[:start]
		return
	}
	t.raw(`</ul>`)
}

func (t *table) legendItem(class, name string) {
	t.raw(`<li><i class="swatch `).text(class).raw(`"></i>`).text(name).raw(`</li>`)
}
