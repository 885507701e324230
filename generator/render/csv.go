package render

import (
	"strconv"
	"strings"

	"uptree/generator/report"
)

// appendCSV writes the data.csv of a page: one row per part of each figure, then those of each
// objective over its own window.
func appendCSV(dst []byte, t *report.Twin) []byte {
	w := csvWriter{dst: append(dst, "metric,period,part,value,unit,n\n"...)}
	for i := range t.Metrics {
		m := &t.Metrics[i]
		w.metric, w.unit = m.Metric.ID, string(m.Metric.Unit)
		for p := range m.Cells {
			w.period = t.Periods[p]
			w.figure(m, &m.Cells[p])
		}
	}
	for i := range t.Objectives {
		w.objective(&t.Objectives[i])
	}
	return w.dst
}

type csvWriter struct {
	dst                  []byte
	metric, period, unit string
}

func (w *csvWriter) figure(m *report.TwinMetric, c *report.Measure) {
	if m.Money() {
		w.money(c)
		return
	}
	if !c.Known {
		if m.PerService() {
			w.by(c)
		}
		if c.Spread != nil {
			w.spread(c.Spread)
		}
		return
	}
	if m.Reason(c) == "" {
		w.row("", "", c.Value, c.N)
	}
	if m.Ratio(c) {
		w.unit = "1"
		w.row("", "numerator", float64(c.Num), -1)
		w.row("", "denominator", float64(c.Den), -1)
		w.unit = string(m.Metric.Unit)
	}
	if m.Time() {
		w.row("", "sum", c.Sum, c.N)
	}
	if v, why := m.Past(c); why == "" {
		w.row("", "previous", v, -1)
	}
	w.parts(c)
	if c.Spread != nil {
		w.spread(c.Spread)
	}
	for i := range c.Dists {
		w.distribution(&c.Dists[i])
	}
}

func (w *csvWriter) parts(c *report.Measure) {
	for _, p := range c.Parts {
		w.row("", p.Name, p.Value, -1)
	}
	for _, p := range c.Segments {
		w.row("", p.Name, p.Value, -1)
	}
	if c.Exported != nil {
		w.row("", "exported", *c.Exported, -1)
	}
	w.by(c)
	if cons := c.Conserved; cons != nil {
		for _, p := range cons.Children {
			w.row("child", p.Name, p.Value, -1)
		}
		w.row("", "direct", cons.Direct, -1)
		w.row("", "shared", cons.Shared, -1)
	}
}

func (w *csvWriter) by(c *report.Measure) {
	for _, b := range c.By {
		for _, p := range b.Parts {
			w.row(b.Dimension, p.Name, p.Value, -1)
		}
	}
}

// spread writes the figures of services; how many are apart is a count.
func (w *csvWriter) spread(s *report.Spread) {
	if s.N > 0 {
		w.row("services", "median", s.Median, s.N)
		w.row("services", "low", s.Low, s.N)
		w.row("services", "high", s.High, s.N)
	}
	unit := w.unit
	w.unit = "1"
	w.row("services", "under_five", float64(s.Few), -1)
	w.unit = unit
}

func (w *csvWriter) distribution(d *report.Distribution) {
	if d.N > 0 {
		w.row(d.Name, "median", d.Median, d.N)
	}
	if d.P90 != nil {
		w.row(d.Name, "p90", *d.P90, d.N)
	}
}

// row writes one value; part is dimension:name where there is a dimension, n is left out
// where negative.
func (w *csvWriter) row(dimension, part string, v float64, n int) {
	w.begin(dimension, part)
	w.dst = appendNumber(w.dst, v)
	w.end(n)
}

func (w *csvWriter) begin(dimension, part string) {
	w.dst = append(appendField(w.dst, w.metric), ',')
	w.dst = append(append(w.dst, w.period...), ',')
	if dimension != "" {
		part = dimension + ":" + part
	}
	w.dst = append(appendField(w.dst, part), ',')
}

func (w *csvWriter) end(n int) {
	w.dst = append(appendField(append(w.dst, ','), w.unit), ',')
	if n >= 0 {
		w.dst = strconv.AppendInt(w.dst, int64(n), 10)
	}
	w.dst = append(w.dst, '\n')
}

// appendField writes a text that no spreadsheet takes for a formula, quoted where needed.
func appendField(dst []byte, s string) []byte {
	if s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		s = "'" + s
	}
	if !strings.ContainsAny(s, ",\"\r\n") {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	dst = append(dst, strings.ReplaceAll(s, `"`, `""`)...)
	return append(dst, '"')
}

// appendRecords writes the CSV of a page that has one of its own.
func appendRecords(dst []byte, r *report.Records) []byte {
	dst = appendLine(dst, r.Columns)
	for _, row := range r.Rows {
		dst = appendLine(dst, row)
	}
	return dst
}

func appendLine(dst []byte, fields []string) []byte {
	for i, f := range fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendField(dst, f)
	}
	return append(dst, '\n')
}
