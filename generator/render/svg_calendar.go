package render

import (
	"math"
	"time"

	"uptree/generator/report"
)

// A calendar is a grid of cells: a column per week from Monday, a row per weekday.
const (
	calendarCell = 12.0 // distance of two cells
	calendarSide = 10.0 // side of a cell
	calendarLeft = 40.0
	calendarTop  = 20.0
	levels       = 4 // steps of colour above zero
)

// calendarLevels returns the upper edges of the levels: round numbers, the last one at or
// above the greatest value. The chart has a series.
func calendarLevels(c *report.Chart) [levels]float64 {
	greatest := 0.0
	for i := range c.X {
		if v, ok := c.Value(0, i); ok {
			greatest = max(greatest, drawable(v))
		}
	}
	step := niceStep(greatest/levels, c.Unit)
	return [levels]float64{step, 2 * step, 3 * step, 4 * step}
}

// calendar draws a cell per day in the colour of its level. Runs of one level down a
// column are one dashed stroke: a cell is a dash. Zero is pale, missing days are empty.
func (s *svg) calendar() {
	days, monday := s.openCalendar()
	if len(s.c.Series) == 0 {
		return
	}
	edges := calendarLevels(s.c)
	s.raw(`<g class="cells" fill="none" stroke-width="10" stroke-dasharray="10 2">`)
	for level := 0; level <= levels; level++ {
		start := len(s.dst)
		s.raw(`<path class="level`).num(float64(level)).raw(`" d="`)
		s.calendarRuns(days, monday, func(i int) bool {
			v, ok := s.c.Value(0, i)
			return ok && levelOf(v, edges) == level
		})
		s.closePath(start)
	}
	s.raw(`</g>`)
}

// openCalendar begins a drawing of weeks and names its months and weekdays.
func (s *svg) openCalendar() (days []time.Time, monday time.Time) {
	days, monday = s.calendarDays()
	columns := 1
	if len(days) > 0 {
		columns = int(days[len(days)-1].Sub(monday).Hours()/24)/7 + 1
	}
	s.open(calendarLeft+float64(columns)*calendarCell, calendarTop+7*calendarCell, "")
	s.calendarLabels(days, monday)
	return days, monday
}

// levelOf returns 0 for nothing and 1 to 4 for what lies up to each edge.
func levelOf(v float64, edges [levels]float64) int {
	if v <= 0 {
		return 0
	}
	for i, edge := range edges {
		if v <= edge {
			return i + 1
		}
	}
	return levels
}

// calendarDays reads the dates of the points and finds the Monday before the first.
func (s *svg) calendarDays() (days []time.Time, monday time.Time) {
	for _, x := range s.c.X {
		d, err := time.Parse(time.DateOnly, x.Date)
		if err != nil {
			break // what has no date has no place here; the table holds it
		}
		days = append(days, d)
	}
	if len(days) > 0 {
		monday = days[0].AddDate(0, 0, -weekday(days[0]))
	}
	return days, monday
}

// weekday counts from Monday.
func weekday(d time.Time) int { return (int(d.Weekday()) + 6) % 7 }

// calendarRuns adds the runs of chosen days to the open path.
func (s *svg) calendarRuns(days []time.Time, monday time.Time, chosen func(int) bool) {
	for i := 0; i < len(days); i++ {
		if !chosen(i) {
			continue
		}
		run := 1
		for i+run < len(days) && chosen(i+run) && weekday(days[i+run]) == weekday(days[i])+run {
			run++
		}
		x, y := calendarPlace(days[i], monday)
		s.raw("M").num(x + calendarSide/2).num(y).raw("v").num(float64(run)*calendarCell - (calendarCell - calendarSide))
		i += run - 1
	}
}

// calendarPlace returns the upper left corner of a day's cell.
func calendarPlace(d, monday time.Time) (x, y float64) {
	week := math.Floor(d.Sub(monday).Hours() / 24 / 7)
	return calendarLeft + week*calendarCell, calendarTop + float64(weekday(d))*calendarCell
}

// calendarLabels names the months above the columns and three weekdays before the rows.
func (s *svg) calendarLabels(days []time.Time, monday time.Time) {
	s.raw(`<g class="tick">`)
	last := -1e9
	for _, d := range days {
		x, _ := calendarPlace(d, monday)
		if d.Day() == 1 && x-last > 30 && x < calendarLeft+50*calendarCell {
			s.label(x, calendarTop-7, "", cut(s.c.Text.Months[d.Month()-1], 5))
			last = x
		}
	}
	for _, day := range [...]int{0, 2, 4} {
		s.label(0, calendarTop+float64(day)*calendarCell+9, "", cut(s.c.Text.Weekdays[day], 4))
	}
	s.raw(`</g>`)
}
