package render

import (
	"html/template"

	"uptree/generator/report"
)

// Explained writes how figures came about, one section each.
func (v *View) Explained(e *report.Explained) template.HTML {
	return v.html(func(w *writer) {
		for i := range e.Figures {
			w.explanation(&e.Figures[i])
		}
	})
}

func (w *writer) explanation(e *report.Explanation) {
	w.raw(`<section class="explained"><h2`).attr("id", e.Metric).raw(`>`).span(e.Title).raw(`</h2><p class="value">`).cell(e.Value)
	w.raw(`</p><p>`).text(e.Formula).raw(`</p>`)
	if e.Caveat != "" {
		w.raw(`<p class="quiet">`).text(e.Caveat).raw(`</p>`)
	}
	w.dataTable(&e.Periods)
	w.facts(&e.Facts)
	if !e.None.None() {
		w.raw(`<p class="empty">`).say(e.None).raw(`</p>`)
	}
	for i := range e.Counted {
		w.records(&e.Counted[i])
	}
	for i := range e.Left {
		w.records(&e.Left[i])
	}
	w.raw("</section>\n")
}

// records writes a list of records: a line each, with its parts in columns where there is room.
func (w *writer) records(l *report.RecordList) {
	w.raw(`<h3>`).say(l.Head).raw(`</h3><ul class="records">`)
	for i := range l.Records {
		r := &l.Records[i]
		w.raw(`<li><b>`).span(r.Worth).raw(`</b> <span>`).span(r.What).raw(`</span> <span>`).span(r.When).raw(`</span> <span class="at">`).span(r.Where).raw(`</span>`)
	}
	if !l.More.None() {
		w.raw(`<li class="more">`).say(l.More)
	}
	w.raw(`</ul>`)
}
