package decode

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"uptree/generator/diag"
)

// String reads a string.
func (t *Table) String(key string, dst *string) bool {
	return scalarOf(t, key, "a string", dst)
}

// Bool reads true or false.
func (t *Table) Bool(key string, dst *bool) bool {
	return scalarOf(t, key, "true or false", dst)
}

func scalarOf[T any](t *Table, key, want string, dst *T) bool {
	v, ok := t.take(key)
	if !ok {
		return false
	}
	x, ok := v.(T)
	if !ok {
		t.wrongType(key, want, v, "")
		return false
	}
	*dst = x
	return true
}

// Int reads a whole number.
func (t *Table) Int(key string, dst *int) bool {
	var n int64
	if !scalarOf(t, key, "an integer", &n) {
		return false
	}
	if n > math.MaxInt || n < math.MinInt {
		t.Report(diag.OutOfRange, key, fmt.Sprintf("%s: %d is too large", key, n), "")
		return false
	}
	*dst = int(n)
	return true
}

// Float reads a finite number, with or without a fraction.
func (t *Table) Float(key string, dst *float64) bool {
	v, ok := t.take(key)
	if !ok {
		return false
	}
	switch n := v.(type) {
	case int64:
		*dst = float64(n)
		return true
	case float64:
		if math.IsInf(n, 0) || math.IsNaN(n) {
			t.Report(diag.OutOfRange, key, key+": not a finite number", "")
			return false
		}
		*dst = n
		return true
	}
	t.wrongType(key, "a number", v, "")
	return false
}

// Duration reads a string such as "90s", "48h", "7d" or "1d12h": Go's units and days of
// 24 hours. It is not negative.
func (t *Table) Duration(key string, dst *time.Duration) bool {
	v, ok := t.take(key)
	if !ok {
		return false
	}
	text, ok := v.(string)
	if !ok {
		t.wrongType(key, "a duration", v, `write it as a string with a unit: "48h", "7d"`)
		return false
	}
	d, ok := parseDuration(text)
	if !ok {
		t.Report(diag.OutOfRange, key, fmt.Sprintf("%s: %q is not a duration", key, shorten(text)), `write it like "90s", "48h", "7d"`)
		return false
	}
	*dst = d
	return true
}

func parseDuration(text string) (time.Duration, bool) {
	days := uint64(0)
	if before, after, ok := strings.Cut(text, "d"); ok {
		var err error
		if days, err = strconv.ParseUint(before, 10, 16); err != nil {
			return 0, false
		}
		if text = after; text == "" {
			text = "0"
		}
	}
	rest, err := time.ParseDuration(text)
	d := time.Duration(days)*24*time.Hour + rest
	return d, err == nil && rest >= 0 && d >= 0
}

// Date reads a TOML date or a string "YYYY-MM-DD" as midnight UTC of that day.
func (t *Table) Date(key string, dst *time.Time) bool {
	v, ok := t.take(key)
	if !ok {
		return false
	}
	switch d := v.(type) {
	case time.Time:
		if d.Location().String() == localDate {
			*dst = time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
			return true
		}
	case string:
		day, err := time.Parse(time.DateOnly, d)
		if err != nil {
			t.Report(diag.OutOfRange, key, fmt.Sprintf("%s: %q is not a date", key, shorten(d)), "write it like 2025-10-01")
			return false
		}
		*dst = day
		return true
	}
	t.wrongType(key, "a date", v, "write it like 2025-10-01")
	return false
}

// Strings reads an array of strings.
func (t *Table) Strings(key string, dst *[]string) bool {
	v, ok := t.take(key)
	if !ok {
		return false
	}
	list, ok := v.([]any)
	if !ok {
		t.wrongType(key, "an array of strings", v, "write it in brackets: [\"…\", \"…\"]")
		return false
	}
	out := make([]string, 0, len(list))
	for i, item := range list {
		s, ok := item.(string)
		if !ok {
			t.Report(diag.WrongType, key, fmt.Sprintf("%s: expected an array of strings, found %s as its element %d", shorten(key), tomlType(item), i+1), "")
			return false
		}
		out = append(out, s)
	}
	*dst = out
	return true
}

// StringOrStrings reads an array of strings, or a single string as an array of one.
func (t *Table) StringOrStrings(key string, dst *[]string) bool {
	if s, ok := t.values[key].(string); ok {
		t.take(key)
		*dst = []string{s}
		return true
	}
	return t.Strings(key, dst)
}

// StringMap reads a table whose keys are free and whose values are strings. Values of
// another type are reported and left out.
func (t *Table) StringMap(key string, dst *map[string]string) bool {
	all, ok := t.Table(key)
	if !ok {
		return false
	}
	out := make(map[string]string, len(all.values))
	for _, k := range all.Keys() {
		var s string
		if all.String(k, &s) {
			out[k] = s
		}
	}
	*dst = out
	return true
}

// tomlType names the type of a value in messages.
func tomlType(v any) string {
	switch v := v.(type) {
	case string:
		return "a string"
	case int64:
		return "an integer"
	case float64:
		return "a float"
	case bool:
		return "a boolean"
	case map[string]any:
		return "a table"
	case []any, []map[string]any:
		return "an array"
	case time.Time:
		switch v.Location().String() {
		case localDate:
			return "a date"
		case localTime:
			return "a time"
		}
		return "a date with a time"
	}
	return "a value"
}
