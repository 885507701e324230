package render

import "uptree/generator/report"

// tile writes one metric: what it says about the default period and, under "how?", how it
// was made. What it says about the others goes into periods.js.
func (w *writer) tile(t *report.Tile) *writer {
	w.raw(`<article class="tile" id="`).text(t.ID()).raw(`"><h3>`).span(t.Title)
	for _, c := range t.Caveats {
		w.raw(` <a class="caveat" href="`).text(c.Href).raw(`" title="`).text(c.Text).raw(`">`).say(c.Kind).raw(`</a>`)
	}
	w.raw(`</h3>`)
	shown := &t.Periods[t.Default]
	w.raw(`<div class="now" data-for="`).text(shown.Name).raw(`">`).tilePeriod(shown).raw(`</div>`)
	w.later.tile(w, t)
	if !t.Coverage.None() {
		w.raw(`<p class="coverage">`).say(t.Coverage).raw(`</p>`)
	}
	if t.Spark != nil {
		w.raw(`<div class="trend">`)
		w.dst = AppendSVG(w.dst, t.Spark)
		w.raw(`</div>`)
	}
	if t.To != "" {
		w.raw(`<p class="how"><a href="`).text(t.To).raw(`">`).say(t.Detail.Open).raw(`</a></p>`)
	}
	if t.Detail.Formula != "" {
		w.detail(&t.Detail)
	}
	return w.raw(`</article>`)
}

func (w *writer) tilePeriod(p *report.TilePeriod) *writer {
	w.raw(`<p class="value`)
	if !p.Known {
		w.raw(` none`)
	}
	w.raw(`">`).span(p.Value).raw(`</p>`)
	if p.Bar != nil {
		w.dst = AppendSVG(w.dst, p.Bar)
	}
	if len(p.Caption) > 0 {
		w.raw(`<p class="caption">`).cell(p.Caption).raw(`</p>`)
	}
	w.usual(p)
	if !p.Change.None() {
		w.raw(`<p class="change">`).say(p.Change).raw(`</p>`)
	}
	return w
}

// usual is marked where the value lies outside its usual range: the one signal of a tile.
func (w *writer) usual(p *report.TilePeriod) {
	if p.Usual.None() {
		return
	}
	if p.Outside == report.NoMark {
		w.raw(`<p class="usual">`).say(p.Usual).raw(`</p>`)
		return
	}
	w.raw(`<p class="usual outside"><span class="mark `, p.Outside.String(), `">`).say(p.Usual).raw(`</span></p>`)
}

// detail opens under a number: formula, and where its other periods, its parts and its
// records are.
func (w *writer) detail(d *report.Detail) *writer {
	w.raw(`<details class="how"><summary>`).say(d.Open).raw(`</summary><p>`).text(d.Formula).raw(`</p>`)
	if d.Records.Href != "" {
		w.raw(`<p>`).span(d.Records).raw(`</p>`)
	}
	return w.raw(`</details>`)
}
