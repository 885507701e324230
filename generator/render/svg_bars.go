package render

import "math"

// Bars fill two thirds of the width of their point, and never more than barMax.
const (
	barShare = 0.66
	barMax   = 44.0
	barMin   = 0.5 // height of the smallest value that is not zero
)

// bars draws each series from zero, several of them side by side.
func (s *svg) bars(p plot) {
	n := float64(max(len(s.c.Series), 1))
	width := barWidth(p.band * barShare / n)
	left := (p.band - n*width) / 2
	for series := range s.c.Series {
		start := len(s.dst)
		s.area(s.c.Series[series].Class)
		for i := range s.c.X {
			if v, ok := s.c.Value(series, i); ok {
				s.barBetween(p, p.start(i)+left+float64(series)*width, width, 0, drawable(v))
			}
		}
		s.closePath(start)
	}
}

// barWidth makes the best width a whole number, if it is not too small for that.
func barWidth(best float64) float64 {
	if best >= 4 {
		return math.Floor(min(best, barMax))
	}
	return best
}

// stack draws the series on top of each other, values below zero downwards.
func (s *svg) stack(p plot) {
	up, down := make([]float64, len(s.c.X)), make([]float64, len(s.c.X))
	width := barWidth(p.band * barShare)
	left := (p.band - width) / 2
	for series := range s.c.Series {
		start := len(s.dst)
		s.area(s.c.Series[series].Class)
		for i := range s.c.X {
			v, ok := s.c.Value(series, i)
			if !ok {
				continue
			}
			base := up
			if v < 0 {
				base = down
			}
			s.barBetween(p, p.start(i)+left, width, base[i], base[i]+drawable(v))
			base[i] += drawable(v)
		}
		s.closePath(start)
	}
}

// barBetween adds a bar between two values; equal values have none.
func (s *svg) barBetween(p plot, x, width, from, to float64) {
	if from == to {
		return
	}
	top, bottom := p.y(max(from, to)), p.y(min(from, to))
	s.bar(x, top, width, math.Max(bottom-top, barMin))
}
