package render

const smallWidth, smallHeight = 240.0, 64.0

// overspent tints what lies below zero and draws the line where the budget is spent.
func (s *svg) overspent(left, right, zero, bottom float64) {
	if bottom > zero {
		s.raw(`<path class="over" d="`)
		s.bar(left, zero, right-left, bottom-zero)
		s.raw(`"/>`)
	}
	s.raw(`<path class="zero" d="M`).num(left).num(zero).raw("H").num(right).raw(`"/>`)
}

// small draws the first series on the scale that it shares with others.
func (s *svg) small() {
	s.open(smallWidth, smallHeight, "")
	scale := newAxis(s.c)
	y := func(v float64) float64 {
		v = max(scale.lo, min(v, scale.hi))
		return 3 + (scale.hi-v)/(scale.hi-scale.lo)*(smallHeight-6)
	}
	s.overspent(0, smallWidth, y(0), smallHeight)
	if len(s.c.Series) > 0 {
		step := (smallWidth - 6) / float64(max(len(s.c.X)-1, 1))
		s.line(0, func(i int) float64 { return 3 + float64(i)*step }, y)
	}
}

// dayStates draws a cell per day in the shape that chart.css gives its state: a run of
// one state down a column is one dashed stroke. A day without a state is a dot.
func (s *svg) dayStates() {
	days, monday := s.openCalendar()
	s.raw(`<g class="cells" fill="none">`)
	for state := range s.c.Series {
		start := len(s.dst)
		s.raw(`<path class="day `).text(s.c.Series[state].Class).raw(`" d="`)
		s.calendarRuns(days, monday, func(i int) bool { return s.state(i) == state })
		s.closePath(start)
	}
	start := len(s.dst)
	s.raw(`<path class="none" d="`)
	s.calendarRuns(days, monday, func(i int) bool { return s.state(i) < 0 })
	s.closePath(start)
	s.raw(`</g>`)
}
