package published

import (
	"bytes"
	"encoding/json"
)

// figure is a cell of an index.json.
type figure struct {
	Unit  string
	parts map[string]string // texts of numbers; "" is the value
}

// described are the keys of a cell that are no figures of the period: what they are
// measured from, and what they are held against.
var described = map[string]bool{
	"unit": true, "previous": true, "previous_reason": true, "usual": true, "coverage": true, "sources": true,
	"notes": true, "conservation": true, "by": true, "reason": true, "n": true,
}

// read flattens the numbers of a cell: value, and its parts by their path.
func (f *figure) read(raw json.RawMessage) {
	f.parts = map[string]string{}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var cell map[string]any
	if d.Decode(&cell) != nil {
		return // of another version: it has no figures that are known
	}
	f.Unit, _ = cell["unit"].(string)
	for key, v := range cell {
		switch {
		case key == "value":
			f.flatten("", v)
		case key == "parts":
			f.inner("", v)
		case key == "currencies":
			f.currencies(v)
		case !described[key]:
			f.flatten(key, v)
		}
	}
}

// currencies flattens what was spent, by the names of data.csv: EUR, EUR:credits.
func (f *figure) currencies(v any) {
	all, _ := v.(map[string]any)
	for code, v := range all {
		of, _ := v.(map[string]any)
		for key, v := range of {
			switch {
			case key == "value":
				f.flatten(code, v)
			case !described[key]:
				f.flatten(code+":"+key, v)
			}
		}
	}
}

func (f *figure) flatten(name string, v any) {
	switch v := v.(type) {
	case json.Number:
		f.parts[name] = v.String()
	case string: // a decimal
		f.parts[name] = v
	case map[string]any:
		f.inner(name+".", v)
	}
}

func (f *figure) inner(prefix string, v any) {
	object, _ := v.(map[string]any)
	for key, v := range object {
		f.flatten(prefix+key, v)
	}
}

// numbers notes the figures of a subject that changed.
func (d *Difference) numbers(s Subject, old, now *page) {
	for _, metric := range both(old.Metrics, now.Metrics) {
		was, is := old.Metrics[metric], now.Metrics[metric]
		for _, period := range both(was, is) {
			var before, after figure
			before.read(was[period])
			after.read(is[period])
			for _, part := range both(before.parts, after.parts) {
				if a, b := before.parts[part], after.parts[part]; a != b {
					d.Numbers = append(d.Numbers, Number{s, metric, period, part, after.unit(&before), a, b})
				}
			}
		}
	}
}

func (f *figure) unit(before *figure) string {
	if f.Unit != "" {
		return f.Unit
	}
	return before.Unit
}
