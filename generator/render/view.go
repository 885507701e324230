package render

import (
	"bytes"
	"html/template"
	"strings"

	"uptree/generator/report"
)

// View is what a template sees: the page with the blocks of package report, and the
// writers of blocks as methods. Together with report.Page it is the contract of themes.
type View struct {
	Page  *report.Page
	Theme Assets

	r    *renderer
	root string
	w    writer
}

// sharedKey names a shared partial as drawn for some pages.
type sharedKey struct {
	partial, root string
	periods       bool
}

// Assets are the paths of the theme's files, from the site's root; "" where one is absent.
type Assets struct {
	Style, Icon, Site, Charts, Skeletons string
}

// newView prepares the view of a page; buf is reused.
func (r *renderer) newView(p *report.Page, buf []byte, l *later) *View {
	root := p.Root
	if root == "" {
		root = strings.Repeat("../", strings.Count(p.Path, "/"))
	}
	v := &View{Page: p, Theme: r.theme.paths, r: r, root: root}
	v.w = writer{dst: buf, root: root, words: r.plan.Words, later: l}
	return v
}

// html runs a writer and returns what it wrote. It is the one place where template.HTML is
// made.
func (v *View) html(write func(*writer)) template.HTML {
	v.w.dst = v.w.dst[:0]
	write(&v.w)
	return template.HTML(v.w.dst)
}

// URL is a path of the site as seen from the page.
func (v *View) URL(path string) string { return v.root + path }

// Shared draws a partial that is the same on all pages of one depth: it is given a page
// that has only Site and Periods, and is drawn once for all.
func (v *View) Shared(partial string) (template.HTML, error) {
	key := sharedKey{partial, v.root, len(v.Page.Periods) > 0}
	if done, ok := v.r.shared.Load(key); ok {
		return done.(template.HTML), nil
	}
	page := &report.Page{Kind: v.Page.Kind, Path: v.Page.Path, Root: v.Page.Root, Site: v.Page.Site, Periods: v.Page.Periods}
	var out bytes.Buffer
	if err := v.r.theme.layouts[page.Kind].ExecuteTemplate(&out, partial, v.r.newView(page, nil, &later{})); err != nil {
		return "", err
	}
	html := template.HTML(out.String())
	v.r.shared.Store(key, html)
	return html, nil
}

// Say writes a sentence.
func (v *View) Say(s report.Sentence) template.HTML { return v.html(func(w *writer) { w.say(s) }) }

// Plain is a sentence as text.
func (v *View) Plain(s report.Sentence) string { return v.w.words.Plain(s) }

// Span writes inline text.
func (v *View) Span(s report.Span) template.HTML { return v.html(func(w *writer) { w.span(s) }) }

// Cell writes several spans.
func (v *View) Cell(c report.Cell) template.HTML { return v.html(func(w *writer) { w.cell(c) }) }

// Spans writes several spans.
func (v *View) Spans(c []report.Span) template.HTML { return v.html(func(w *writer) { w.cell(c) }) }

// Table writes a table; nothing where it has no rows.
func (v *View) Table(t report.Table) template.HTML {
	return v.html(func(w *writer) { w.dataTable(&t) })
}

// Facts writes a list of facts.
func (v *View) Facts(f report.Facts) template.HTML { return v.html(func(w *writer) { w.facts(&f) }) }

// Glance writes what is asked of the numbers, and its answers.
func (v *View) Glance(g report.Glance) template.HTML {
	return v.html(func(w *writer) { w.glance(&g) })
}

// Tiles writes the tiles of the numbers.
func (v *View) Tiles(tiles []report.Tile) template.HTML {
	return v.html(func(w *writer) {
		for i := range tiles {
			w.tile(&tiles[i])
		}
	})
}

// Figure writes a chart.
func (v *View) Figure(f *report.ChartFigure) template.HTML {
	return v.html(func(w *writer) {
		if f != nil {
			w.figure(f)
		}
	})
}

// figure writes a chart and keeps what the script needs of it.
func (w *writer) figure(f *report.ChartFigure) {
	w.dst = AppendFigure(w.dst, f)
	w.later.figure(f)
}

// Totals writes conservation lines.
func (v *View) Totals(totals []report.Total) template.HTML {
	return v.html(func(w *writer) {
		for i := range totals {
			w.total(&totals[i])
		}
	})
}

// Lines writes the lines of attention.
func (v *View) Lines(lines []report.AttentionLine) template.HTML {
	return v.html(func(w *writer) {
		for i := range lines {
			w.raw(`<li><span class="mark `, lines[i].Mark.String(), `"></span><span>`).say(lines[i].Text)
			w.raw(` <span class="lever">`).say(lines[i].Lever).raw(`</span></span></li>`)
		}
	})
}

// Tree writes the org chart.
func (v *View) Tree() template.HTML { return v.html(func(w *writer) { w.tree(v.Page.Tree) }) }

// Prose writes a document and the charts in it.
func (v *View) Prose(p report.Prose) template.HTML {
	return v.html(func(w *writer) { w.prose(p) })
}

// prose writes what package content has made safe.
func (w *writer) prose(p report.Prose) *writer {
	for _, part := range p {
		w.raw(string(part.HTML))
		if part.Chart != nil {
			w.figure(part.Chart)
		}
	}
	return w
}

// Stories writes the narratives of incidents.
func (v *View) Stories(stories []report.Story) template.HTML {
	return v.html(func(w *writer) {
		for i := range stories {
			s := &stories[i]
			w.raw(`<article class="story" id="`).text(s.ID).raw(`"><h3>`).span(s.Title).raw("</h3>\n<div class=\"prose\">").prose(s.Prose)
			w.raw(`</div>`)
			if s.By != nil {
				w.raw(`<p class="by">`).cell(s.By).raw(`</p>`)
			}
			w.raw("</article>\n")
		}
	})
}

// Words is the path of the script's words.
func (v *View) Words() string { return v.r.words.path }

// PeriodData tells the script the periods of the page and the default one.
func (v *View) PeriodData() template.HTML {
	o := object{}
	o.open('{')
	for _, p := range v.Page.Periods {
		if p.Default {
			o.key("default").str(p.Name)
		}
	}
	o.key("periods").open('[')
	for _, p := range v.Page.Periods {
		o.str(p.Name)
	}
	o.close(']')
	if s := v.Page.Subject; s != nil && len(s.Numbers.Leads) > 0 {
		o.key("texts").open('{').key("numbers").open('[')
		for _, lead := range s.Numbers.Leads {
			o.str(v.Plain(lead))
		}
		o.close(']').close('}')
	}
	o.close('}')
	return template.HTML(`<script type="application/json" id="page-periods">` + string(o.dst) + `</script>`)
}
