package render

// lines draws each series as a line with gaps where values are missing. A value between
// two gaps is a dot: a stroke without length and with round ends.
func (s *svg) lines(p plot) {
	for series := range s.c.Series {
		start := len(s.dst)
		s.raw(`<path class="line `).text(s.c.Series[series].Class).raw(`" d="`)
		s.trace(series, p.x, p.y)
		s.closePath(start)
		s.lastDot(series, p.x, p.y)
	}
}

// trace adds the values of a series to the open path.
func (s *svg) trace(series int, x func(int) float64, y func(float64) float64) {
	drawing := false
	for i := range s.c.X {
		v, ok := s.c.Value(series, i)
		_, next := s.valueAfter(series, i)
		switch {
		case !ok:
			drawing = false
			continue
		case drawing:
			s.raw("L")
		default:
			s.raw("M")
		}
		s.num(x(i)).num(y(v))
		if !drawing && !next {
			s.raw("h0")
		}
		drawing = true
	}
}

func (s *svg) valueAfter(series, i int) (float64, bool) {
	if i+1 >= len(s.c.X) {
		return 0, false
	}
	return s.c.Value(series, i+1)
}

// lastDot marks the last value of a series.
func (s *svg) lastDot(series int, x func(int) float64, y func(float64) float64) {
	for i := len(s.c.X) - 1; i >= 0; i-- {
		if v, ok := s.c.Value(series, i); ok {
			s.raw(`<circle class="dot `).text(s.c.Series[series].Class).raw(`" cx="`).num(x(i)).raw(`" cy="`).num(y(v)).raw(`" r="2.6"/>`)
			return
		}
	}
}
