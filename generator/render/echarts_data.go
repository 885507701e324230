package render

import (
	"slices"
	"strconv"

	"uptree/generator/report"
)

// AppendChartData appends what the script needs of a chart as one JSON object, safe inside
// a script element: rows of date, label and one number per series (null where missing),
// the axis and the levels of the SVG, and the texts that change with the period.
func AppendChartData(dst []byte, c *report.Chart) []byte {
	return appendChartData(dst, c, &report.Chart{})
}

// appendChartData leaves out what the chart of the default period has said.
func appendChartData(dst []byte, c, said *report.Chart) []byte {
	d := dataWriter{dst: append(dst, '{'), c: c}
	if c.Title != said.Title {
		d.text("kind", c.Kind.String()).text("unit", string(c.Unit)).text("title", c.Title)
	}
	d.text("period", c.Period).text("summary", c.Summary).text("note", c.Note)
	if !slices.EqualFunc(c.Series, said.Series, alike) || len(c.Series) == 0 {
		d.series()
	}
	switch c.Kind {
	case report.ChartDays:
		d.states()
		return append(d.dst, '}')
	case report.ChartDots:
		d.dots()
		return append(d.dst, '}')
	}
	d.rows()
	if c.Kind == report.ChartSankey {
		d.text("head", c.Head).ends()
		return append(d.dst, '}')
	}
	d.observed()
	d.marks()
	d.lines()
	return append(d.dst, '}')
}

// alike reports whether two series are told apart by nothing but their values.
func alike(a, b report.ChartSeries) bool { return a.Name == b.Name && a.Class == b.Class }

// dataWriter is a JSON object in the making.
type dataWriter struct {
	dst []byte
	c   *report.Chart
}

// key begins a member.
func (d *dataWriter) key(name string) *dataWriter {
	if d.dst[len(d.dst)-1] != '{' {
		d.dst = append(d.dst, ',')
	}
	return d.raw(`"`, name, `":`)
}

// text adds a member unless it is empty.
func (d *dataWriter) text(name, value string) *dataWriter {
	if value != "" {
		d.key(name).dst = appendJSONText(d.dst, value)
	}
	return d
}

func (d *dataWriter) series() {
	d.key("names").list(len(d.c.Series), func(i int) { d.dst = appendJSONText(d.dst, d.c.Series[i].Name) })
	d.key("classes").list(len(d.c.Series), func(i int) { d.dst = appendJSONText(d.dst, d.c.Series[i].Class) })
}

func (d *dataWriter) rows() {
	d.key("rows").list(len(d.c.X), func(point int) {
		x := d.c.X[point]
		d.dst = append(appendJSONText(append(d.dst, '['), x.Date), ',')
		label := x.Label
		if cut := d.c.Text.CutLabel(x); cut != "" {
			label += " (" + cut + ")"
		}
		d.dst = appendJSONText(d.dst, label)
		for series := range d.c.Series {
			d.raw(",").value(series, point)
		}
		d.raw("]")
	})
}

// states adds a first day and one character per day after it: the index of its state, or
// a dot. The script makes rows of them.
func (d *dataWriter) states() {
	if len(d.c.X) > 0 {
		d.text("first", d.c.X[0].Date)
	}
	days := make([]byte, len(d.c.X))
	for i := range days {
		days[i] = '.'
		if s := d.c.State(i); s >= 0 {
			days[i] = '0' + byte(s)
		}
	}
	d.text("days", string(days))
}

// ends adds the names that each point flows between.
func (d *dataWriter) ends() {
	d.key("ends").list(len(d.c.X), func(i int) {
		d.dst = appendJSONText(append(d.dst, '['), d.c.Flow(i).From)
		d.dst = appendJSONText(append(d.dst, ','), d.c.Flow(i).To)
		d.raw("]")
	})
}

// dots adds per series its lengths as [from, how often] or [from, how often, to], the marks
// and the cells of the table, and the ticks of the scale.
func (d *dataWriter) dots() {
	series := d.c.Series
	d.text("head", d.c.Head).key("dots").list(len(series), func(i int) {
		s := &series[i]
		d.list(len(s.Values), func(k int) {
			d.raw("[").number(s.Values[k])
			d.dst = strconv.AppendInt(append(d.dst, ','), dotN(s, k), 10)
			if k < len(s.To) {
				d.raw(",").number(s.To[k])
			}
			d.raw("]")
		})
	})
	d.key("median").list(len(series), func(i int) { d.orNull(series[i].Median) })
	d.key("p90").list(len(series), func(i int) { d.orNull(series[i].P90) })
	d.key("beside").list(len(series), func(i int) {
		cells := append(series[i].Beside[:len(series[i].Beside):len(series[i].Beside)], eachLength(&series[i]))
		d.list(len(cells), func(k int) { d.dst = appendJSONText(d.dst, cells[k]) })
	})
	d.key("ticks").numbers(newDotScale(d.c).ticks...)
}

func (d *dataWriter) orNull(v *float64) {
	if v == nil {
		d.raw("null")
		return
	}
	d.number(*v)
}

func (d *dataWriter) value(series, point int) {
	v, ok := d.c.Value(series, point)
	if !ok {
		d.raw("null")
		return
	}
	d.number(v)
}

// observed adds the observations behind shares, one list per series.
func (d *dataWriter) observed() {
	for i := range d.c.Series {
		if len(d.c.Series[i].N) == 0 {
			return
		}
	}
	if d.c.Unit != report.ChartPercent {
		return
	}
	d.key("n").list(len(d.c.Series), func(i int) {
		n := d.c.Series[i].N
		d.list(len(n), func(point int) { d.dst = strconv.AppendInt(d.dst, n[point], 10) })
	})
}

func (d *dataWriter) marks() {
	if len(d.c.Marks) == 0 {
		return
	}
	d.key("marks").list(len(d.c.Marks), func(i int) {
		d.dst = strconv.AppendInt(append(d.dst, '['), int64(d.c.Marks[i].At), 10)
		d.dst = appendJSONText(append(d.dst, ','), d.c.Marks[i].Text)
		if d.c.Marks[i].Tick {
			d.raw(",1")
		}
		d.raw("]")
	})
}

// lines adds the target, the usual range, the axis and the levels.
func (d *dataWriter) lines() {
	if t := d.c.Target; t != nil && finite(*t) {
		d.key("target").number(*t)
	}
	if b := d.c.Band; b != nil && finite(b.Low) && finite(b.High) {
		d.key("band").numbers(min(b.Low, b.High), max(b.Low, b.High))
	}
	a := newAxis(d.c)
	d.key("axis").numbers(a.lo, a.hi, a.step)
	if d.c.Kind == report.ChartCalendar && len(d.c.Series) > 0 {
		edges := calendarLevels(d.c)
		d.key("levels").numbers(edges[:]...)
	}
}

func (d *dataWriter) numbers(values ...float64) {
	d.list(len(values), func(i int) { d.number(values[i]) })
}

func (d *dataWriter) number(v float64) { d.dst = strconv.AppendFloat(d.dst, v, 'g', -1, 64) }

func (d *dataWriter) list(n int, item func(int)) {
	d.raw("[")
	for i := range n {
		if i > 0 {
			d.raw(",")
		}
		item(i)
	}
	d.raw("]")
}

func (d *dataWriter) raw(parts ...string) *dataWriter {
	for _, p := range parts {
		d.dst = append(d.dst, p...)
	}
	return d
}
