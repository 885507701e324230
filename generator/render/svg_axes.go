package render

import (
	"math"
	"unicode/utf8"

	"uptree/generator/report"
)

// The box of a chart with axes, in its own units: at a width of 720 pixels one unit is one
// pixel. On a phone chart.css doubles the size of the letters, so labels that must not
// stand there carry the class wide.
const (
	plotWidth   = 720.0
	plotHeight  = 220.0
	plotRight   = 702.0
	plotBottom  = 192.0
	letter      = 7.0 // width of a letter at most
	phoneLetter = 2.0 // how much wider it is on a phone
	maxLabel    = 14  // letters of a label on the x axis
	maxMark     = 32  // letters of a mark
)

// plot places values and points in the box.
type plot struct {
	axis
	left, right, top float64
	band             float64 // width that a point has for itself
}

func newPlot(c *report.Chart) plot {
	p := plot{axis: newAxis(c), right: plotRight, top: 12}
	for _, v := range p.ticks() {
		p.left = max(p.left, float64(utf8.RuneCountInString(c.Unit.Tick(v, p.step)))*9+10)
	}
	p.left = min(p.left, plotWidth/4)
	n := float64(max(len(c.X), 1))
	if p.band = (p.right - p.left) / n; p.band >= 8 {
		p.band = math.Floor(p.band) // whole numbers are sharp and short
		p.right = p.left + n*p.band
	}
	if len(c.Marks) > 0 {
		p.top = 28
	}
	return p
}

// y returns the height of a drawable value.
func (p plot) y(v float64) float64 {
	share := (v - p.lo) / (p.hi - p.lo)
	return plotBottom - share*(plotBottom-p.top)
}

// start and x return the left edge and the centre of a point.
func (p plot) start(point int) float64 { return p.left + float64(point)*p.band }
func (p plot) x(point int) float64     { return p.start(point) + p.band/2 }

// axes draws the kinds of charts that have axes.
func (s *svg) axes() {
	p := newPlot(s.c)
	s.open(plotWidth, plotHeight, "")
	s.usual(p)
	s.grid(p)
	switch s.c.Kind {
	case report.ChartLine:
		s.lines(p)
	case report.ChartBurndown:
		s.overspent(p.left, p.right, p.y(0), plotBottom)
		s.lines(p)
	case report.ChartStacked:
		s.stack(p)
	default:
		s.bars(p)
	}
	s.missing(p)
	s.dates(p)
	s.target(p)
	s.marks(p)
}

// usual draws the usual range behind everything else.
func (s *svg) usual(p plot) {
	b := s.c.Band
	if b == nil || !finite(b.Low) || !finite(b.High) {
		return
	}
	top, bottom := p.y(drawable(max(b.Low, b.High))), p.y(drawable(min(b.Low, b.High)))
	s.raw(`<path class="band" d="`)
	s.bar(p.left, top, p.right-p.left, max(bottom-top, 1))
	s.raw(`"/>`)
}

func (s *svg) grid(p plot) {
	s.raw(`<path class="grid" d="`)
	for _, v := range p.ticks() {
		s.raw("M").num(p.left).num(p.y(v)).raw("H").num(p.right)
	}
	s.raw(`"/><g class="tick" text-anchor="end">`)
	for _, v := range p.ticks() {
		s.label(p.left-6, p.y(v)+4, "", s.c.Unit.Tick(v, p.step))
	}
	s.raw(`</g>`)
}

// dates labels the points, the last one always and the others as far as they fit.
func (s *svg) dates(p plot) {
	longest := 1
	for _, x := range s.c.X {
		longest = max(longest, min(utf8.RuneCountInString(x.Label), maxLabel))
	}
	width := float64(longest)*letter + 16
	every := int(math.Ceil(width / p.band))
	phone := every * int(math.Ceil(width*phoneLetter/(p.band*float64(every))))
	s.raw(`<g class="tick" text-anchor="middle" transform="translate(0`).num(plotHeight - 10).raw(`)">`)
	for i, x := range s.c.X {
		class := ""
		switch left := len(s.c.X) - 1 - i; {
		case left%every != 0:
			continue
		case left%phone != 0:
			class = "wide"
		}
		s.label(p.x(i), 0, class, cut(x.Label, maxLabel))
	}
	s.raw(`</g>`)
}

// missing dots the base line under points that have no value at all.
func (s *svg) missing(p plot) {
	start := len(s.dst)
	s.raw(`<path class="missing" d="`)
	for i := range s.c.X {
		if s.c.Missing(i) {
			s.raw("M").num(p.x(i) - p.band/2).num(plotBottom).raw("h").num(p.band)
		}
	}
	s.closePath(start)
}

func (s *svg) target(p plot) {
	t := s.c.Target
	if t == nil || !finite(*t) {
		return
	}
	y := p.y(drawable(*t))
	s.raw(`<path class="target" d="M`).num(p.left).num(y).raw("H").num(p.right).raw(`"/>`)
	above := y - 5
	if above < 12 {
		above = y + 14
	}
	s.raw(`<g class="tick target" text-anchor="end">`)
	s.label(p.right, above, "", s.c.Text.Target+" "+s.c.Unit.Format(*t, 0))
	s.raw(`</g>`)
}

// marks draws dated remarks as dashed lines; neighbours write on two heights, of which a
// phone has room for one.
func (s *svg) marks(p plot) {
	written := 0
	for _, m := range s.c.Marks {
		if m.At < 0 || m.At >= len(s.c.X) {
			continue
		}
		x, row, class := p.x(m.At), 10.0, ""
		if m.Tick {
			s.raw(`<path class="tick-mark" d="M`).num(x).num(plotBottom - 9).raw("l4 9h-8z").raw(`"><title>`).text(m.Text).raw(`</title></path>`)
			continue
		}
		if written%2 == 1 {
			row, class = 22, "wide"
		}
		written++
		s.raw(`<g class="mark"><title>`).text(m.Text).raw(`</title><path d="M`).num(x).num(row - 8).raw("V").num(plotBottom).raw(`"/>`)
		if x < plotWidth/2 {
			s.label(x+5, row, class, cut(m.Text, maxMark))
		} else {
			s.raw(`<g text-anchor="end">`)
			s.label(x-5, row, class, cut(m.Text, maxMark))
			s.raw(`</g>`)
		}
		s.raw(`</g>`)
	}
}
