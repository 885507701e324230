package render

import (
	"cmp"

	"uptree/generator/report"
)

// AppendTable appends the numbers of a chart as a table: a row per point, a column per
// series, the marks in a column of their own, target and usual range at the foot. Points
// in a row that say nothing new share one: quiet weeks are most of a year.
func AppendTable(dst []byte, c *report.Chart) []byte {
	t := table{dst: dst, c: c, marks: marksByPoint(c)}
	switch c.Kind {
	case report.ChartDays:
		return t.months()
	case report.ChartDots:
		return t.lengths()
	}
	t.caption().raw(`<thead><tr>`).head(cmp.Or(c.Head, c.Text.When))
	for i := range c.Series {
		t.head(c.Series[i].Name)
	}
	if len(t.marks) > 0 {
		t.head(c.Text.Marks)
	}
	t.raw(`<tbody>`)
	for point := 0; point < len(c.X); {
		last := t.quietUntil(point)
		t.row(point, last)
		point = last + 1
	}
	t.foot()
	return append(t.dst, `</table>`...)
}

// caption begins the table.
func (t *table) caption() *table {
	t.raw(`<table class="numbers"><caption>`).text(t.c.Title)
	if t.c.Period != "" {
		t.raw(" (").text(t.c.Period).raw(")")
	}
	return t.raw(`</caption>`)
}

// table is a table in the making.
type table struct {
	dst   []byte
	c     *report.Chart
	marks map[int]string
}

// marksByPoint gathers the marks of each point that the chart has.
func marksByPoint(c *report.Chart) map[int]string {
	marks := make(map[int]string)
	for _, m := range c.Marks {
		if m.At < 0 || m.At >= len(c.X) {
			continue
		}
		if before := marks[m.At]; before != "" {
			m.Text = before + "; " + m.Text
		}
		marks[m.At] = m.Text
	}
	return marks
}

// quietUntil returns the last point of the run that one row says: of points that are
// nothing or missing throughout, or whose shares or levels read alike. Equal amounts are not
// a run, because their row would read as their sum.
func (t *table) quietUntil(point int) int {
	last := point
	for t.repeats(last) {
		last++
	}
	return last
}

// repeats reports whether the point after this one says the same.
func (t *table) repeats(point int) bool {
	next := point + 1
	if next >= len(t.c.X) || t.c.Kind == report.ChartSankey || t.marks[point] != "" || t.marks[next] != "" || t.c.X[point].Cut() || t.c.X[next].Cut() {
		return false
	}
	level := t.c.Kind == report.ChartLine || t.c.Unit == report.ChartPercent || t.c.Unit == report.ChartBudget
	for series := range t.c.Series {
		v, known := t.c.Value(series, point)
		here, _ := t.c.Worded(series, point)
		there, _ := t.c.Worded(series, next)
		if here != there || known && v != 0 && !level {
			return false
		}
	}
	return true
}

// row says the points from one to another, which are alike.
func (t *table) row(point, last int) {
	x := t.c.X[point]
	t.raw(`<tr><th>`).text(x.Label)
	if last > point {
		t.raw(` – `).text(t.c.X[last].Label)
	}
	if cut := t.c.Text.CutLabel(x); cut != "" {
		t.raw(` <small>`).text(cut).raw(`</small>`)
	}
	for series := range t.c.Series {
		t.cell(series, point)
	}
	if len(t.marks) > 0 {
		t.raw(`<td class="text">`).text(t.marks[point])
	}
}

// cell words a value. Of a strip, a state that the day is not in stays empty.
func (t *table) cell(series, point int) {
	worded, ok := t.c.Worded(series, point)
	if !ok && (t.c.Kind != report.ChartStrip || t.c.Missing(point)) {
		worded = t.c.Text.Missing
	}
	t.raw(`<td>`).text(worded)
}

func (t *table) foot() {
	if t.c.Target == nil && t.c.Band == nil {
		return
	}
	t.raw(`<tfoot>`)
	if target := t.c.Target; target != nil && finite(*target) {
		t.footRow(t.c.Text.Target, t.c.Unit.Format(*target, 0))
	}
	if b := t.c.Band; b != nil && finite(b.Low) && finite(b.High) {
		t.footRow(t.c.Text.Usual, t.c.Unit.Format(b.Low, 0)+"–"+t.c.Unit.Format(b.High, 0))
	}
}

func (t *table) footRow(name, value string) {
	t.raw(`<tr>`).head(name)
	for i := range t.c.Series {
		t.raw(`<td>`)
		if i == 0 {
			t.text(value)
		}
	}
	if len(t.marks) > 0 {
		t.raw(`<td>`)
	}
}

func (t *table) head(name string) *table { return t.raw(`<th>`).text(name) }

func (t *table) raw(parts ...string) *table {
	for _, p := range parts {
		t.dst = append(t.dst, p...)
	}
	return t
}

func (t *table) text(s string) *table {
	t.dst = appendEscaped(t.dst, s)
	return t
}
