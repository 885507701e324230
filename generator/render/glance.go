package render

import "uptree/generator/report"

const glanceID = "glance"

// glance writes what is asked of the numbers, answered for the default period.
func (w *writer) glance(g *report.Glance) *writer {
	if len(g.Periods) == 0 {
		return w
	}
	shown := &g.Periods[g.Default]
	w.raw(`<div class="glance" id="`, glanceID, `"><div class="now" data-for="`).text(shown.Name).raw(`">`).answers(shown.Answers).raw(`</div>`)
	w.later.glance(w, g)
	return w.raw(`</div>`)
}

func (w *writer) answers(facts []report.Fact) *writer {
	w.raw(`<dl>`)
	for i := range facts {
		w.raw(`<div><dt>`).say(facts[i].Name).raw(`</dt><dd>`).cell(facts[i].Value).raw(`</dd></div>`)
	}
	return w.raw(`</dl>`)
}
