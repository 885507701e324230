package render

import (
	"uptree/generator/report"
)

// The boxes of the charts without axes.
const (
	sparkWidth, sparkHeight       = 120.0, 28.0
	stripWidth, stripHeight       = 720.0, 48.0
	segmentsWidth, segmentsHeight = 240.0, 8.0
)

// spark draws the shape of the first series, over its usual range.
func (s *svg) spark() {
	s.open(sparkWidth, sparkHeight, "")
	lo, hi := valueRange(s.c)
	if lo >= hi {
		lo, hi = lo-1, lo+1
	}
	y := func(v float64) float64 { return sparkHeight - 4 - (drawable(v)-lo)/(hi-lo)*(sparkHeight-8) }
	x := func(i int) float64 { return 3 + float64(i)*(sparkWidth-6)/float64(max(len(s.c.X)-1, 1)) }
	if b := s.c.Band; b != nil && finite(b.Low) && finite(b.High) {
		s.raw(`<path class="band" d="`)
		s.bar(0, y(max(b.Low, b.High)), sparkWidth, max(y(min(b.Low, b.High))-y(max(b.Low, b.High)), 1))
		s.raw(`"/>`)
	}
	if len(s.c.Series) > 0 {
		s.line(0, x, y)
	}
}

// stripShare is how much of the height a state fills: states differ by more than colour.
func stripShare(class string) float64 {
	switch class {
	case report.ClassOK:
		return 0.35
	case report.ClassRisk:
		return 0.7
	}
	return 1
}

// strip draws a cell per day, of the first series that has a value there.
func (s *svg) strip() {
	const height = 26.0
	s.open(stripWidth, stripHeight, "")
	width := stripWidth / float64(max(len(s.c.X), 1))
	gap := min(width/5, 2)
	for series := range s.c.Series {
		h := height * stripShare(s.c.Series[series].Class)
		start := len(s.dst)
		s.area(s.c.Series[series].Class)
		for i := range s.c.X {
			if s.state(i) == series {
				s.bar(float64(i)*width, height-h, width-gap, h)
			}
		}
		s.closePath(start)
	}
	start := len(s.dst)
	s.raw(`<path class="missing" d="`)
	for i := range s.c.X {
		if s.state(i) < 0 {
			s.raw("M").num(float64(i) * width).num(height - 1).raw("h").num(width - gap)
		}
	}
	s.closePath(start)
	s.stripEnds()
}

// stripEnds labels the first and the last day.
func (s *svg) stripEnds() {
	if len(s.c.X) == 0 {
		return
	}
	s.raw(`<g class="tick">`)
	s.label(0, stripHeight-6, "", cut(s.c.X[0].Label, maxLabel))
	s.raw(`</g><g class="tick" text-anchor="end">`)
	s.label(stripWidth, stripHeight-6, "", cut(s.c.X[len(s.c.X)-1].Label, maxLabel))
	s.raw(`</g>`)
}

// state returns the series whose state the point is in, or -1.
func (s *svg) state(point int) int { return s.c.State(point) }

// segments draws the parts of one number along one bar that fills the width of its box.
func (s *svg) segments() {
	s.open(segmentsWidth, segmentsHeight, ` preserveAspectRatio="none"`)
	total := 0.0
	part := func(series int) float64 {
		v, ok := s.c.Value(series, 0)
		if !ok {
			return 0
		}
		return max(0, drawable(v))
	}
	for series := range s.c.Series {
		total += part(series)
	}
	x := 0.0
	for series := range s.c.Series {
		v := part(series)
		if v == 0 {
			continue
		}
		width := v / total * segmentsWidth
		s.area(s.c.Series[series].Class)
		s.bar(x, 0, width, segmentsHeight)
		s.raw(`"/>`)
		x += width
	}
}
