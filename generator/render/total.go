package render

import (
	"strconv"

	"uptree/generator/report"
)

// total writes where a total comes from: in a sentence, drawn, and as a table.
func (w *writer) total(t *report.Total) {
	w.raw(`<div class="total"><h3>`).say(t.Title).raw(`</h3><p class="note">`).say(t.Sum).raw(`</p>`)
	w.falls(t)
	w.raw(`<details class="rest"><summary>`).say(t.Table.Caption).raw(`</summary>`).dataTable(&t.Table)
	w.raw("</details></div>\n")
}

// The measures of a drawn total, in em: a row's height, where its words stand in it and
// where its bar begins.
const fallRow, fallWords, fallBar = 2.75, 1.0, 1.375

// falls draws the terms one below the other, each bar from where the one before ends: what
// is shared reaches back, to where the total ends. Across, lengths are shares of the width
// and letters keep their size, so that it is read on a phone as well; nothing in it needs a
// script or a style of its own.
func (w *writer) falls(t *report.Total) {
	w.raw(`<svg class="falls`)
	if w.words.Dir == "rtl" {
		w.raw(` turned`)
	}
	w.raw(`" role="group" width="100%" height="`).em(fallRow * float64(len(t.Terms))).raw(`" aria-label="`).plain(t.Title).raw(`">`)
	for i := range t.Terms[:len(t.Terms)-1] {
		w.step(&t.Terms[i], fallRow*float64(i))
	}
	for i := range t.Terms {
		w.fall(&t.Terms[i], fallRow*float64(i))
	}
	w.raw(`</svg>`)
}

// step leads from where a term ends to the next.
func (w *writer) step(t *report.Term, y float64) {
	at := t.To
	if t.Kind == "shared" {
		at = t.From
	}
	if w.words.Dir == "rtl" {
		at = 1 - at
	}
	w.raw(`<line x1="`).share(at).raw(`" x2="`).share(at).raw(`" y1="`).em(y + fallBar).raw(`" y2="`).em(y + fallBar + fallRow).raw(`"/>`)
}

func (w *writer) fall(t *report.Term, y float64) {
	from, to, near, far := t.From, t.To, "0", "100%"
	if w.words.Dir == "rtl" {
		from, to, near, far = 1-t.To, 1-t.From, far, near
	}
	w.raw(`<a class="`, t.Kind, `" href="`).text(w.href(t.Title)).raw(`"><text x="`, near, `" y="`).em(y + fallWords).raw(`">`).text(t.Sign).inner(short(t.Title))
	w.raw(`</text><text class="value" x="`, far, `" y="`).em(y + fallWords).raw(`">`).text(w.words.Quantity(report.Span{Text: t.Value}))
	w.raw(`</text><rect x="`).share(from).raw(`" y="`).em(y + fallBar).raw(`" width="`).share(to - from).raw(`" height=".625em"/></a>`)
}

// maxFall is how many letters of a name stand on a drawing as wide as a phone, with a value
// beside it; the table under the drawing has the whole name.
const maxFall = 32

func short(name report.Span) report.Span {
	name.Text = cut(name.Text, maxFall)
	return name
}

// em writes a length that follows the letters, share one that follows the width.
func (w *writer) em(v float64) *writer {
	w.dst = append(strconv.AppendFloat(w.dst, v, 'f', -1, 64), "em"...)
	return w
}

func (w *writer) share(v float64) *writer {
	w.dst = append(strconv.AppendFloat(w.dst, v*100, 'f', 2, 64), '%')
	return w
}
