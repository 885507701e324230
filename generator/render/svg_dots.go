package render

import (
	"math"
	"strconv"
	"unicode/utf8"

	"uptree/generator/report"
)

// The box of a dot plot: a row per series above the scale.
const (
	dotsRow   = 26.0
	dotsFoot  = 30.0
	dotsRight = 630.0 // what is right of it says how many dots there are
	dotRise   = 5.0   // between dots of the same length
)

// dotScale places lengths so that minutes and days have the same room: it grows with the
// logarithm, and holds zero.
type dotScale struct {
	ticks []float64
	left  float64
}

// dotTicks are round lengths, each about four times the one before.
var dotTicks = [...]float64{0, 60, 300, 900, 3600, 14400, 57600, 259200, 864000}

// mostTicks is how many lengths have a name on the scale.
const mostTicks = 9

func newDotScale(c *report.Chart) dotScale {
	most, letters := 60.0, 0
	for i := range c.Series {
		s := &c.Series[i]
		letters = max(letters, min(utf8.RuneCountInString(s.Name), maxLabel))
		for k := range s.Values {
			most = max(most, drawable(dotEnd(s, k)))
		}
	}
	var ticks []float64
	for i := 0; len(ticks) == 0 || ticks[len(ticks)-1] < most; i++ {
		ticks = append(ticks, dotTick(i))
	}
	for len(ticks) > mostTicks { // the first and the last stay
		for i := len(ticks) - 2; i > 0; i -= 2 {
			ticks = append(ticks[:i], ticks[i+1:]...)
		}
	}
	return dotScale{ticks, float64(letters)*letter*1.6 + 14}
}

func dotTick(i int) float64 {
	last := len(dotTicks) - 1
	if i <= last {
		return dotTicks[i]
	}
	return dotTicks[last] * math.Pow(4, float64(i-last))
}

// dotEnd is the end of the range that a dot stands for; of an exact one, itself.
func dotEnd(s *report.ChartSeries, k int) float64 {
	if k < len(s.To) {
		return s.To[k]
	}
	return s.Values[k]
}

// share is where a length lies on the scale, 0..1: log(1 + minutes).
func (d dotScale) share(v float64) float64 {
	return math.Log1p(max(0, drawable(v))/60) / math.Log1p(d.ticks[len(d.ticks)-1]/60)
}

func (d dotScale) x(v float64) float64 { return d.left + d.share(v)*(dotsRight-d.left) }

// dots draws a row per series.
func (s *svg) dots() {
	d := newDotScale(s.c)
	bottom := 6 + float64(len(s.c.Series))*dotsRow
	s.open(plotWidth, bottom+dotsFoot, "")
	s.raw(`<path class="grid" d="`)
	for _, v := range d.ticks {
		s.raw("M").num(d.x(v)).num(6).raw("V").num(bottom)
	}
	s.raw(`"/><g class="tick" text-anchor="middle">`)
	for i, v := range d.ticks {
		class := "wide"
		if (len(d.ticks)-1-i)%2 == 0 {
			class = ""
		}
		s.label(d.x(v), bottom+20, class, report.Duration(v))
	}
	s.raw(`</g><g class="tick" text-anchor="end">`)
	middle := func(row int) float64 { return 6 + (float64(row)+.5)*dotsRow }
	for i := range s.c.Series {
		s.label(d.left-10, middle(i)+4, "", cut(s.c.Series[i].Name, maxLabel))
		s.label(plotWidth, middle(i)+4, "", s.c.Text.CountLabel(dotCount(&s.c.Series[i])))
	}
	s.raw(`</g>`)
	for i := range s.c.Series {
		s.dotRow(&s.c.Series[i], d, middle(i))
	}
}

// dotRow draws the lengths and the marks of one series.
func (s *svg) dotRow(r *report.ChartSeries, d dotScale, y float64) {
	start := len(s.dst)
	if len(r.To) > 0 {
		s.area(r.Class)
		s.dotRanges(r, d, y)
	} else {
		s.raw(`<path class="line dots `).text(r.Class).raw(`" d="`)
		s.exactDots(r, d, y)
	}
	s.closePath(start)
	for _, m := range []struct {
		class string
		at    *float64
	}{{"median", r.Median}, {"p90", r.P90}} {
		if m.at != nil {
			s.raw(`<path class="`, m.class, `" d="M`).num(d.x(*m.at)).num(y - 11).raw(`v22"/>`)
		}
	}
}

// exactDots stacks dots of the same length around the middle of the row.
func (s *svg) exactDots(r *report.ChartSeries, d dotScale, y float64) {
	for k, v := range r.Values {
		n := float64(dotN(r, k))
		rise := min(dotRise, (dotsRow-6)/max(n, 1))
		for i := range int(n) {
			s.raw("M").num(d.x(v)).num(y + (float64(i)-(n-1)/2)*rise).raw("h0") // round ends make a dot of it
		}
	}
}

// dotRanges draws a bar per range, as high as it has lengths.
func (s *svg) dotRanges(r *report.ChartSeries, d dotScale, y float64) {
	most := 1.0
	for k := range r.Values {
		most = max(most, float64(dotN(r, k)))
	}
	for k, v := range r.Values {
		h := max(float64(dotN(r, k))/most*(dotsRow-4), 1)
		s.bar(d.x(v), y+(dotsRow-4)/2-h, d.x(dotEnd(r, k))-d.x(v), h)
	}
}

func dotN(r *report.ChartSeries, k int) int64 {
	if k < len(r.N) {
		return r.N[k]
	}
	return 1
}

func dotCount(r *report.ChartSeries) (n int64) {
	for k := range r.Values {
		n += dotN(r, k)
	}
	return n
}

// lengths appends the table of a dot plot: a row per series with what is known of it, and
// each of its lengths.
func (t *table) lengths() []byte {
	t.caption().raw(`<thead><tr>`)
	for _, head := range t.c.Beside {
		t.head(head)
	}
	t.head(t.c.Text.Each).raw(`<tbody>`)
	for i := range t.c.Series {
		s := &t.c.Series[i]
		t.raw(`<tr><th>`).text(s.Name)
		for _, cell := range s.Beside {
			t.raw(`<td>`).text(cell)
		}
		t.raw(`<td class="text">`).text(eachLength(s))
	}
	return append(t.dst, `</table>`...)
}

// eachLength lists the lengths of a row: "5 min × 2 · 10–15 min × 31".
func eachLength(s *report.ChartSeries) string {
	var out []byte
	for k, v := range s.Values {
		if k > 0 {
			out = append(out, " · "...)
		}
		out = append(out, report.LengthText(v, dotEnd(s, k))...)
		if n := dotN(s, k); n > 1 {
			out = strconv.AppendInt(append(out, " × "...), n, 10)
		}
	}
	return string(out)
}
