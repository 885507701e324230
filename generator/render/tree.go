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
		w.treeItem(item)
	}
	for ; depth >= 0; depth-- {
		w.raw(`</li></ul>`)
	}
	return w
}

// treeItem writes an item but for its end. The script asks for the nodes below an item that
// has data-below, and for those that the link with the class rest stands for.
func (w *writer) treeItem(item *report.TreeItem) {
	if !item.More.None() {
		w.raw(`<li><a class="rest" href="`).text(w.href(item.Span)).raw(`">`).say(item.More).raw(`</a>`)
		return
	}
	w.raw(`<li`)
	if item.Below {
		w.raw(` data-below`)
	}
	w.raw(`><a href="`).text(w.href(item.Span)).raw(`"`)
	if w.isolate(item.Span.Text) {
		w.raw(` dir="auto"`)
	}
	if item.Current {
		w.raw(` aria-current="page"`)
	}
	w.raw(`>`).inner(item.Span)
	if item.Waiting > 0 {
		w.raw("\u00a0<b class=\"waiting\">").int(item.Waiting).raw(`</b>`)
	}
	w.raw(`</a>`)
}
