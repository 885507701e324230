package render

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// object appends JSON. Members stand in the order of the calls.
type object struct{ dst []byte }

func (o *object) open(bracket byte) *object {
	o.comma()
	o.dst = append(o.dst, bracket)
	return o
}

func (o *object) close(bracket byte) *object {
	o.dst = append(o.dst, bracket)
	return o
}

// comma separates a value from the one before it.
func (o *object) comma() {
	if n := len(o.dst); n > 0 {
		switch o.dst[n-1] {
		case '{', '[', ':', ',', '\n':
		default:
			o.dst = append(o.dst, ',')
		}
	}
}

// line puts the next value on a line of its own.
func (o *object) line() *object {
	o.comma()
	o.dst = append(o.dst, '\n')
	return o
}

// key begins a member.
func (o *object) key(name string) *object {
	o.comma()
	o.dst = append(appendJSONText(o.dst, name), ':')
	return o
}

func (o *object) str(s string) *object {
	o.comma()
	o.dst = appendJSONText(o.dst, s)
	return o
}

// orNull writes a text, or null where it is empty.
func (o *object) orNull(s string) *object {
	if s == "" {
		return o.null()
	}
	return o.str(s)
}

func (o *object) null() *object {
	o.comma()
	o.dst = append(o.dst, "null"...)
	return o
}

// num writes a float in its shortest form; what is no number is null.
func (o *object) num(v float64) *object {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return o.null()
	}
	o.comma()
	o.dst = appendNumber(o.dst, v)
	return o
}

func (o *object) bool(v bool) *object {
	o.comma()
	o.dst = strconv.AppendBool(o.dst, v)
	return o
}

func (o *object) int(n int) *object {
	o.comma()
	o.dst = strconv.AppendInt(o.dst, int64(n), 10)
	return o
}

func (o *object) strings(list []string) *object {
	o.open('[')
	for _, s := range list {
		o.str(s)
	}
	return o.close(']')
}

func appendNumber(dst []byte, v float64) []byte {
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
		return strconv.AppendInt(dst, int64(v), 10)
	}
	return strconv.AppendFloat(dst, v, 'g', -1, 64)
}

// appendJSONText appends a quoted text that cannot end a script element: encoding/json
// escapes <, >, & and the line separators, and replaces what is not UTF-8. Texts that need
// none of that, which is most, are appended as they are.
func appendJSONText(dst []byte, s string) []byte {
	if isPlain(s) {
		return append(append(append(dst, '"'), s...), '"')
	}
	quoted, err := json.Marshal(s)
	if err != nil { // a string always marshals
		return append(dst, `""`...)
	}
	return append(dst, quoted...)
}

// appendOwn writes an index.json whose shape is that of its fields.
func appendOwn(dst []byte, twin any) []byte {
	data, err := json.Marshal(twin)
	if err != nil { // only an amount that is no number does not marshal
		return append(dst, "{}\n"...)
	}
	return append(append(dst, data...), '\n')
}

// isPlain reports whether a text stands in JSON as it is.
func isPlain(s string) bool {
	ascii := true
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&':
			return false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return ascii || utf8.ValidString(s) && !strings.Contains(s, "\u2028") && !strings.Contains(s, "\u2029")
}
