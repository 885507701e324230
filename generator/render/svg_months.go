package render

import (
	"strconv"

	"uptree/generator/report"
)

// months appends a year of day states as a row per month that lists the days in each
// state, as ranges: 365 rows of one word each would say no more.
func (t *table) months() []byte {
	t.caption().raw(`<thead><tr>`).head(t.c.Text.When)
	for i := range t.c.Series {
		t.head(t.c.Series[i].Name)
	}
	t.head(t.c.Text.Missing).raw(`<tbody>`)
	for from := 0; from < len(t.c.X); {
		to := from + 1
		for to < len(t.c.X) && monthOf(t.c.X[to]) == monthOf(t.c.X[from]) {
			to++
		}
		t.raw(`<tr><th>`).text(monthOf(t.c.X[from]))
		for state := range t.c.Series {
			t.daysIn(state, from, to)
		}
		t.daysIn(-1, from, to)
		from = to
	}
	return append(t.dst, `</table>`...)
}

// monthOf is the year and month of a day: 2026-07.
func monthOf(p report.ChartPoint) string {
	if len(p.Date) < len("2026-07-28") {
		return p.Date
	}
	return p.Date[:len("2026-07")]
}

// dayOf is the day of the month.
func dayOf(p report.ChartPoint) int {
	if len(p.Date) < len("2026-07-28") {
		return 0
	}
	n, _ := strconv.Atoi(p.Date[len("2026-07-"):])
	return n
}

// daysIn lists the days from one point to another that are in a state; -1 for none.
func (t *table) daysIn(state, from, to int) *table {
	t.raw(`<td class="text">`)
	first := true
	for i := from; i < to; i++ {
		if t.c.State(i) != state {
			continue
		}
		last := i
		for last+1 < to && t.c.State(last+1) == state {
			last++
		}
		if !first {
			t.raw(", ")
		}
		first = false
		t.raw(strconv.Itoa(dayOf(t.c.X[i])))
		if last > i {
			t.raw("–", strconv.Itoa(dayOf(t.c.X[last])))
		}
		i = last
	}
	return t
}
