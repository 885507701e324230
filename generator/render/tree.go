package render

import "uptree/generator/report"

// tree writes the org chart as nested lists.
func (w *writer) tree(items []report.TreeItem) *writer {
	depth := -1
	for i := range items {
		item := &items[i]
		switch {
		case item.Depth > depth:
			w.raw(`<ul>`)
			depth++
		default:
			w.raw(`</li>`)
			for ; depth > item.Depth; depth-- {
				w.raw(`</ul></li>`)
			}
		}
		w.raw(`<li>`).treeItem(item)
	}
	for ; depth >= 0; depth-- {
		w.raw(`</li></ul>`)
	}
	return w
}

func (w *writer) treeItem(item *report.TreeItem) {
	if !item.More.None() {
		w.raw(`<span class="quiet">`).say(item.More).raw(`</span>`)
		return
	}
	w.raw(`<a href="`).text(w.href(item.Span)).raw(`"`)
	if w.isolate(item.Span.Text) {
		w.raw(` dir="auto"`)
	}
	switch {
	case item.Current:
		w.raw(` aria-current="page"`)
	case item.Above:
		w.raw(` class="above"`)
	}
	w.raw(`>`).inner(item.Span).raw(`</a>`)
	if item.Waiting > 0 {
		w.raw("\u00a0<b class=\"waiting\">").int(item.Waiting).raw(`</b>`)
	}
}
