package render

import (
	"math"
	"strconv"
	"unicode/utf8"

	"uptree/generator/report"
)

// AppendSVG appends the chart as an inline SVG of 1-4 KB: the layer that needs no script.
//
// Classes alone give colours (chart.css), so that dark mode, print and forced colours work;
// attributes give geometry. The title and a description name it for screen readers, ids
// begin with the chart's own. Missing values are gaps, bars start at zero. The same chart
// yields the same bytes.
func AppendSVG(dst []byte, c *report.Chart) []byte { return svg{dst: dst, c: c}.draw() }

// draw returns the drawing.
func (s svg) draw() []byte {
	switch s.c.Kind {
	case report.ChartSpark:
		s.spark()
	case report.ChartStrip:
		s.strip()
	case report.ChartCalendar:
		s.calendar()
	case report.ChartSegments:
		s.segments()
	case report.ChartSmall:
		s.small()
	case report.ChartDays:
		s.dayStates()
	case report.ChartSankey:
		s.sankey()
	case report.ChartDots:
		s.dots()
	default:
		s.axes()
	}
	return append(s.dst, "</svg>"...)
}

// svg is a drawing in the making.
type svg struct {
	dst   []byte
	c     *report.Chart
	named bool // by a figure around it, whose heading and summary are its title and description
}

// open begins the drawing in a box of its own units; it is scaled to the width of the page.
func (s *svg) open(width, height float64, more string) {
	s.raw(`<svg class="plot `, s.c.Kind.String(), `" viewBox="0 0`)
	s.num(width).num(height)
	if s.c.Kind.Spec().Beside {
		s.raw(`"`, more, ` aria-hidden="true">`)
		s.patterns()
		return
	}
	if s.c.Kind == report.ChartSpark {
		s.raw(`"`, more, ` role="img"><title>`).text(s.c.Title).raw(": ").text(s.c.Summary).raw(`</title>`)
		return // one line, one series
	}
	s.raw(`"`, more, ` role="img" aria-labelledby="`).text(s.c.ID).raw(`-t `).text(s.c.ID).raw(`-d">`)
	if !s.named {
		s.titles()
	}
	if s.c.Kind != report.ChartDays { // which has no areas
		s.patterns()
	}
}

// titles are a title and a description of its own.
func (s *svg) titles() {
	s.raw(`<title id="`).text(s.c.ID).raw(`-t">`).text(s.c.Title).raw(`</title><desc id="`).text(s.c.ID).raw(`-d">`)
	s.text(s.c.Summary).raw(`</desc>`)
}

// patterned are the classes drawn with a pattern of lines beside their colour.
var patterned = []struct{ class, lines string }{
	{report.ClassUnrecorded, "M0 6L6 0M-1 1L1-1M5 7L7 5"},
	{report.ClassSeveral, "M1 2.5H4"},
	{report.ClassAcknowledge, "M1.5 0V6M4.5 0V6"},
	{report.ClassMitigate, "M0 1.5H6M0 4.5H6"},
}

// patterns defines the patterns of the classes that the chart uses.
func (s *svg) patterns() {
	for _, p := range patterned {
		for i := range s.c.Series {
			if s.c.Series[i].Class != p.class {
				continue
			}
			s.raw(`<pattern id="`).text(s.c.ID).raw("-", p.class, `" width="6" height="6" patternUnits="userSpaceOnUse">`,
				`<path class="ground `, p.class, `" d="M0 0H6V6H0z"/><path class="lines `, p.class, `" d="`, p.lines, `"/></pattern>`)
			break
		}
	}
}

// area opens a filled path of a class; its d follows and closeArea ends it.
func (s *svg) area(class string) {
	s.raw(`<path class="area `).text(class)
	for _, p := range patterned {
		if p.class == class {
			s.raw(`" fill="url(#`).text(s.c.ID).raw("-", class, ")")
		}
	}
	s.raw(`" d="`)
}

// closePath ends a path; one to which nothing was added since start is taken back.
func (s *svg) closePath(start int) {
	if s.dst[len(s.dst)-1] == '"' {
		s.dst = s.dst[:start]
		return
	}
	s.raw(`"/>`)
}

// bar adds a rectangle to the open path.
func (s *svg) bar(x, y, w, h float64) {
	s.raw("M").num(x).num(y).raw("h").num(w).raw("v").num(h).raw("h").num(-w).raw("z")
}

// label writes a text at a place; y of 0 is left to the group around it. class may be empty.
func (s *svg) label(x, y float64, class, text string) {
	s.raw(`<text`)
	if class != "" {
		s.raw(` class="`, class, `"`)
	}
	s.raw(` x="`).num(x)
	if y != 0 {
		s.raw(`" y="`).num(y)
	}
	s.raw(`">`).text(text).raw(`</text>`)
}

func (s *svg) raw(parts ...string) *svg {
	for _, p := range parts {
		s.dst = append(s.dst, p...)
	}
	return s
}

func (s *svg) text(t string) *svg {
	s.dst = appendEscaped(s.dst, t)
	return s
}

// num appends a coordinate with at most one decimal, apart from a number before it.
func (s *svg) num(v float64) *svg {
	v = math.Round(v*10) / 10
	if v == 0 {
		v = 0 // no negative zero
	}
	if last := s.dst[len(s.dst)-1]; last >= '0' && last <= '9' && v >= 0 {
		s.dst = append(s.dst, ' ')
	}
	s.dst = strconv.AppendFloat(s.dst, v, 'f', -1, 64)
	return s
}

// cut shortens a text to so many characters, the last one an ellipsis.
func cut(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	n := 0
	for i := range text {
		if n++; n == limit {
			return text[:i] + "…"
		}
	}
	return text
}
