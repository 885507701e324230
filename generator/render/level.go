package render

import (
	"html/template"

	"uptree/generator/report"
)

// LevelCards writes the objectives of a node's page.
func (v *View) LevelCards(cards []report.LevelCard) template.HTML {
	return v.html(func(w *writer) {
		for i := range cards {
			w.raw(`<article class="level"><h3>`).span(cards[i].Title).raw(`</h3>`).level(&cards[i]).raw(`</article>`)
		}
	})
}

// Level writes an objective on its subject's page.
func (v *View) Level(l report.LevelFull) template.HTML {
	return v.html(func(w *writer) {
		w.raw(`<article class="level full" id="`).text(l.ID).raw(`"><h3>`).span(l.Title).raw(`</h3>`).level(&l.LevelCard)
		w.facts(&l.Facts)
		if l.Burndown != nil {
			w.figure(l.Burndown)
		}
		if l.Days != nil {
			w.raw(`<details class="year"><summary>`).text(l.Days.Periods[0].Chart.Title).raw(`</summary>`)
			w.figure(l.Days)
			w.raw(`</details>`)
		}
		if len(l.Views.Rows) > 0 {
			w.raw(`<details class="views"><summary>`).say(l.ViewsOf).raw(`</summary>`).dataTable(&l.Views).raw(`</details>`)
		}
		w.levelHow(&l.How).raw(`</article>`)
	})
}

// level writes what is said of an objective wherever it stands.
func (w *writer) level(c *report.LevelCard) *writer {
	w.raw(`<p class="state">`).span(c.State)
	if c.Subject.Href != "" {
		w.raw(` · `).span(c.Subject)
	}
	w.raw(`</p>`)
	if c.Small != nil {
		w.dst = AppendSVG(w.dst, c.Small)
	}
	for i, line := range c.Lines {
		if i == 0 {
			w.raw(`<p class="left">`)
		} else {
			w.raw(`<p>`)
		}
		w.cell(line).raw(`</p>`)
	}
	return w
}

func (w *writer) levelHow(h *report.LevelHow) *writer {
	w.raw(`<details class="how"><summary>`).say(h.Open).raw(`</summary><p>`).say(h.Formula).raw(`</p>`)
	return w.facts(&h.Facts).dataTable(&h.Left).raw(`</details>`)
}
