package render

import (
	"slices"
	"strconv"
	"strings"

	"uptree/generator/report"
)

// dataTable writes a table in a box that scrolls where the page is narrow; the script turns
// the rows of one that stacks into cards there. Tables are most of a page, so what HTML lets out
// is let out: end tags, and the scope of a th in a row or a column that has nothing else.
func (w *writer) dataTable(t *report.Table) *writer {
	if len(t.Rows) == 0 {
		return w
	}
	named := w.box(t)
	w.raw(`<table`)
	w.attr("class", tableClass(t)).attr("id", t.ID).raw(`>`)
	if !t.Figures || !named {
		w.raw(`<caption>`).say(t.Caption).raw(`</caption>`)
	}
	w.raw(`<thead><tr>`)
	for _, c := range t.Columns {
		w.raw(`<th>`).say(c.Head)
	}
	w.raw(`<tbody>`)
	for i := range t.Rows {
		w.row(t, &t.Rows[i])
	}
	w.raw(`</table></div>`)
	if !t.More.None() {
		w.raw(`<p class="more">`).say(t.More).raw(`</p>`)
	}
	return w
}

// box scrolls sideways. The keyboard reaches what is in it through its links; a table
// without any is a stop of its own, and named for it.
func (w *writer) box(t *report.Table) (named bool) {
	if slices.ContainsFunc(t.Rows, func(r report.Row) bool {
		return slices.ContainsFunc(r.Cells, func(c report.Cell) bool { return links(c) > 0 })
	}) {
		w.raw(`<div class="box">`)
		return false
	}
	w.raw(`<div class="box" role="group" tabindex="0" aria-label="`).plain(t.Caption).raw(`">`)
	return true
}

// tableClass are the traits of a table that the style sheet draws.
func tableClass(t *report.Table) string {
	var class []string
	if t.Stack {
		class = append(class, "stack")
	}
	if t.Plain {
		class = append(class, "plain")
	}
	switch { // both are numbers but for their heads
	case t.Figures:
		return strings.Join(append(class, "figures"), " ")
	case t.Matrix:
		return strings.Join(append(class, "matrix"), " ")
	}
	for i, c := range t.Columns {
		if c.Number {
			class = append(class, "n"+strconv.Itoa(i+1)) // said once, not by each cell
		}
	}
	return strings.Join(class, " ")
}

func (w *writer) row(t *report.Table, r *report.Row) {
	w.raw(`<tr`).attr("id", r.Anchor).raw(`>`)
	if len(r.Cells) == 1 {
		w.raw(`<th scope="rowgroup" colspan="`).int(len(t.Columns)).raw(`">`).cell(r.Cells[0])
		return
	}
	for i, c := range r.Cells {
		if i == 0 {
			w.raw(`<th>`).cell(c)
			continue
		}
		w.raw(`<td`)
		if !t.Columns[i].Number && linkInText(c) {
			w.raw(` class="said"`)
		}
		w.raw(`>`).cell(c)
	}
}

// linkInText reports whether a cell has words beside its only link: a style sheet cannot
// tell, and the link has to be seen among them.
func linkInText(c report.Cell) bool {
	said := slices.ContainsFunc(c, func(s report.Span) bool { return s.Href == "" && s.Say != nil })
	return links(c) == 1 && (len(c) > 1 || said)
}

// links counts the links of a cell, those in its sentences too.
func links(c report.Cell) (n int) {
	for _, s := range c {
		if s.Href != "" {
			n++
		} else if s.Say != nil {
			for _, arg := range s.Say.Args {
				if arg.Span.Href != "" {
					n++
				}
			}
		}
	}
	return n
}

// facts writes statements as a list of terms.
func (w *writer) facts(f *report.Facts) *writer {
	if len(f.Rows) == 0 {
		return w
	}
	w.raw(`<dl class="facts">`)
	for _, r := range f.Rows {
		w.raw(`<div><dt>`).say(r.Name).raw(`</dt><dd>`).cell(r.Value).raw(`</dd></div>`)
	}
	return w.raw(`</dl>`)
}
