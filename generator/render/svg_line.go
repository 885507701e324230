package render

import (
	"math"

	"uptree/generator/report"
)

// lines draws each series as a line.
func (s *svg) lines(p plot) {
	for series := range s.c.Series {
		s.line(series, p.x, p.y)
	}
}

// line draws a series with gaps where values are missing, a dot for each value between two
// gaps and one for the last value.
func (s *svg) line(series int, x func(int) float64, y func(float64) float64) {
	class := s.c.Series[series].Class
	start := len(s.dst)
	s.raw(`<path class="line `).text(class).raw(`" d="`)
	command := "M"
	for i := range s.c.X {
		v, ok := s.c.Value(series, i)
		switch {
		case !ok:
			command = "M"
		case s.between(series, i, y):
		case !s.alone(series, i):
			s.raw(command).num(x(i)).num(y(drawable(v)))
			command = "L"
		}
	}
	s.closePath(start)
	start = len(s.dst)
	s.raw(`<path class="line dots `).text(class).raw(`" d="`)
	for i := range s.c.X {
		if v, ok := s.c.Value(series, i); ok && s.alone(series, i) {
			s.raw("M").num(x(i)).num(y(drawable(v))).raw("h0") // round ends make a dot of it
		}
	}
	s.closePath(start)
	s.lastDot(series, x, y)
}

// between reports whether a small line runs level through a value: leaving it out draws the
// same.
func (s *svg) between(series, i int, y func(float64) float64) bool {
	if s.c.Kind != report.ChartSpark || i == 0 || i == len(s.c.X)-1 {
		return false
	}
	var at [3]float64
	for k := range at {
		v, ok := s.c.Value(series, i-1+k)
		if !ok {
			return false
		}
		at[k] = math.Round(y(drawable(v)) * 10)
	}
	return at[0] == at[1] && at[1] == at[2]
}

// alone reports whether both neighbours of a value are missing.
func (s *svg) alone(series, i int) bool {
	for _, j := range [...]int{i - 1, i + 1} {
		if j < 0 || j >= len(s.c.X) {
			continue
		}
		if _, ok := s.c.Value(series, j); ok {
			return false
		}
	}
	return true
}

// lastDot marks the last value of a series.
func (s *svg) lastDot(series int, x func(int) float64, y func(float64) float64) {
	for i := len(s.c.X) - 1; i >= 0; i-- {
		if v, ok := s.c.Value(series, i); ok {
			s.raw(`<circle class="dot `).text(s.c.Series[series].Class).raw(`" cx="`).num(x(i)).raw(`" cy="`).num(y(drawable(v))).raw(`" r="2.6"/>`)
			return
		}
	}
}
