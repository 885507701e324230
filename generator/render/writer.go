package render

import (
	"strconv"
	"strings"

	"uptree/generator/report"
)

// writer appends markup. Texts are escaped, raw is not: it takes literals of this package
// alone.
type writer struct {
	dst   []byte
	root  string // from the page to the site's root: "../../", or "" at the root
	words *report.Words
	later *later
}

func (w *writer) raw(parts ...string) *writer {
	for _, p := range parts {
		w.dst = append(w.dst, p...)
	}
	return w
}

func (w *writer) text(s string) *writer {
	w.dst = appendEscaped(w.dst, s)
	return w
}

func (w *writer) int(n int) *writer {
	w.dst = strconv.AppendInt(w.dst, int64(n), 10)
	return w
}

// attr appends an attribute unless its value is empty.
func (w *writer) attr(name, value string) *writer {
	if value != "" {
		w.raw(" ", name, `="`).text(value).raw(`"`)
	}
	return w
}

// say writes a sentence with its links and marks.
func (w *writer) say(s report.Sentence) *writer {
	if !s.None() {
		w.dst = w.words.Append(w.dst, s, appendEscaped, w.put)
	}
	return w
}

// put writes the argument of a sentence; it is say's callback.
func (w *writer) put(dst []byte, s report.Span) []byte {
	w.dst = dst
	w.span(s)
	return w.dst
}

// plain writes a sentence as text alone: for attributes.
func (w *writer) plain(s report.Sentence) *writer { return w.text(w.words.Plain(s)) }

// cell writes the spans of a cell or paragraph.
func (w *writer) cell(spans []report.Span) *writer {
	for i := range spans {
		w.span(spans[i])
	}
	return w
}

// span writes inline text: a link, a name, a moment, or words with their mark.
func (w *writer) span(s report.Span) *writer {
	if s.Mark == report.NoMark {
		return w.bare(s)
	}
	return w.raw(`<span class="mark `, s.Mark.String(), `">`).bare(s).raw(`</span>`)
}

// bare is a span without its mark.
func (w *writer) bare(s report.Span) *writer {
	href := w.href(s)
	switch {
	case href == "" && s.Stamp != nil:
		return w.stamp(s)
	case href == "" && s.Name && w.isolate(s.Text):
		return w.raw(`<bdi>`).inner(s).raw(`</bdi>`)
	case href == "":
		return w.inner(s)
	}
	w.raw(`<a href="`).text(href).raw(`"`)
	if s.Away {
		w.raw(` class="away"`)
	}
	if s.Name && w.isolate(s.Text) {
		w.raw(` dir="auto"`)
	}
	return w.raw(`>`).inner(s).raw(`</a>`)
}

// isolate reports whether a name may run in another direction than the page.
func (w *writer) isolate(name string) bool {
	if w.words.Dir != "ltr" {
		return true
	}
	for i := range len(name) {
		if name[i] >= 0x80 {
			return true
		}
	}
	return false
}

func (w *writer) inner(s report.Span) *writer {
	if s.Text == "" && s.Say != nil {
		return w.say(*s.Say)
	}
	return w.text(w.words.Quantity(s))
}

func (w *writer) stamp(s report.Span) *writer {
	w.raw(`<time datetime="`).text(s.Stamp.At).raw(`"`)
	if s.Stamp.Source != "" {
		w.raw(` data-build="source.`).text(s.Stamp.Source).raw(`"`)
	}
	return w.raw(`>`).inner(s).raw(`</time>`)
}

// href is where a span leads from this page; "" where it is no link, or not a safe one.
func (w *writer) href(s report.Span) string {
	switch {
	case s.Href == "":
		return ""
	case s.Away:
		return outside(s.Href)
	case s.Href[0] == '#':
		return s.Href
	case strings.HasPrefix(s.Href, "./"):
		return s.Href[2:]
	}
	return w.root + s.Href
}

// outside returns an address that may be published: http and https, nothing else.
func outside(address string) string {
	scheme, _, ok := strings.Cut(address, "://")
	if ok && (strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http")) {
		return address
	}
	return ""
}
