package render

import (
	"strings"

	"uptree/generator/report"
)

// dataTable writes a table in a box that scrolls where the page is narrow; one that
// stacks turns its rows into cards there. Tables are most of a page, so end tags that HTML
// lets out are let out.
func (w *writer) dataTable(t *report.Table) *writer {
	if len(t.Rows) == 0 {
		return w
	}
	w.raw(`<div class="box" role="group" tabindex="0" aria-label="`).plain(t.Caption).raw(`"><table`)
	w.attr("class", tableClass(t)).attr("id", t.ID).raw(`>`)
	if !t.Figures {
		w.raw(`<caption>`).say(t.Caption).raw(`</caption>`) // figures are named by their box
	}
	w.raw(`<thead><tr>`)
	for _, c := range t.Columns {
		w.raw(`<th scope="col"`).number(c.Number && !t.Figures).raw(`>`).say(c.Head)
	}
	w.raw(`<tbody>`)
	labels := w.labels(t)
	for i := range t.Rows {
		w.row(t, &t.Rows[i], labels)
	}
	w.raw(`</table></div>`)
	if !t.More.None() {
		w.raw(`<p class="more">`).say(t.More).raw(`</p>`)
	}
	return w
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
	if t.Figures {
		class = append(class, "figures")
	}
	return strings.Join(class, " ")
}

func (w *writer) number(is bool) *writer {
	if is {
		return w.raw(` class="n"`)
	}
	return w
}

// labels are the heads of the columns, which a stacked row repeats before its cells.
func (w *writer) labels(t *report.Table) []string {
	if !t.Stack {
		return nil
	}
	out := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = w.words.Plain(c.Head)
	}
	return out
}

// rowHead begins the first cell of a row; beside figures alone its scope needs no saying.
func rowHead(t *report.Table) string {
	if t.Figures {
		return `<th>`
	}
	return `<th scope="row">`
}

func (w *writer) row(t *report.Table, r *report.Row, labels []string) {
	w.raw(`<tr`).attr("id", r.Anchor).raw(`>`)
	if len(r.Cells) == 1 {
		w.raw(`<th scope="rowgroup" colspan="`).int(len(t.Columns)).raw(`">`).cell(r.Cells[0])
		return
	}
	for i, c := range r.Cells {
		if i == 0 {
			w.raw(rowHead(t)).cell(c)
			continue
		}
		w.raw(`<td`)
		if number := t.Columns[i].Number && !t.Figures; number || !linkInText(c) {
			w.number(number)
		} else {
			w.raw(` class="said"`)
		}
		if labels != nil {
			w.raw(` data-l="`).text(labels[i]).raw(`"`)
		}
		w.raw(`>`).cell(c)
	}
}

// linkInText reports whether a cell has words beside its only link: a style sheet cannot
// tell, and the link has to be seen among them.
func linkInText(c report.Cell) bool {
	links, within := 0, len(c) > 1
	for _, s := range c {
		if s.Href != "" {
			links++
		} else if s.Say != nil {
			within = true
			for _, arg := range s.Say.Args {
				if arg.Span.Href != "" {
					links++
				}
			}
		}
	}
	return links == 1 && within
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
