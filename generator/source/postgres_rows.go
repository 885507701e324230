package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// rowWriter makes a line of JSON of each row, from the text of its values.
type rowWriter struct {
	types *pgtype.Map
	keys  [][]byte // "name": of each column
	oids  []uint32
	line  []byte
}

func newRowWriter() *rowWriter { return &rowWriter{types: pgtype.NewMap()} }

// columns takes over what the rows consist of.
func (w *rowWriter) columns(fields []pgconn.FieldDescription) error {
	for _, f := range fields {
		key := append(appendText(nil, f.Name), ':')
		if slices.ContainsFunc(w.keys, func(k []byte) bool { return bytes.Equal(k, key) }) {
			return &fault{text: fmt.Sprintf("two columns of the query are called %q", plain(f.Name, maxWordsShown)), hint: "give one of them another name with AS"}
		}
		w.keys, w.oids = append(w.keys, key), append(w.oids, f.DataTypeOID)
	}
	return nil
}

// row returns the line of a row; it is valid until the next.
func (w *rowWriter) row(values [][]byte) []byte {
	w.line = append(w.line[:0], '{')
	for i, value := range values {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		w.line = append(w.line, w.keys[i]...)
		w.line = w.append(w.line, w.oids[i], value)
	}
	w.line = append(w.line, '}', '\n')
	return w.line
}

// append writes one value. NULL, and the numbers and moments without an end, are null.
// Decimal numbers stay text, so that no digit is lost.
func (w *rowWriter) append(line []byte, oid uint32, value []byte) []byte {
	if value == nil {
		return append(line, "null"...)
	}
	text := string(value)
	switch oid {
	case pgtype.BoolOID:
		return fmt.Append(line, text == "t")
	case pgtype.Int2OID, pgtype.Int4OID, pgtype.Int8OID:
		return append(line, value...)
	case pgtype.Float4OID, pgtype.Float8OID, pgtype.NumericOID:
		if unbounded(text) {
			return append(line, "null"...)
		}
	case pgtype.DateOID, pgtype.TimestampOID, pgtype.TimestamptzOID:
		if unbounded(text) {
			return append(line, "null"...)
		}
		text = rfc3339(text)
	case pgtype.JSONOID, pgtype.JSONBOID:
		var compact bytes.Buffer
		if json.Compact(&compact, value) == nil {
			return append(line, compact.Bytes()...)
		}
	}
	if t, ok := w.types.TypeForOID(oid); ok {
		if array, ok := t.Codec.(*pgtype.ArrayCodec); ok {
			return w.appendList(line, oid, array.ElementType.OID, value)
		}
	}
	return appendText(line, text)
}

// appendList writes an array as a list of its values, all in one where it has more
// dimensions. One that cannot be read stays text.
func (w *rowWriter) appendList(line []byte, oid, element uint32, value []byte) []byte {
	var items pgtype.FlatArray[*string]
	if err := w.types.Scan(oid, pgtype.TextFormatCode, value, &items); err != nil {
		return appendText(line, string(value))
	}
	line = append(line, '[')
	for i, item := range items {
		if i > 0 {
			line = append(line, ',')
		}
		var text []byte
		if item != nil {
			text = []byte(*item)
		}
		line = w.append(line, element, text)
	}
	return append(line, ']')
}

// unbounded reports whether a number or moment is none: NaN, or without an end.
func unbounded(text string) bool {
	return slices.Contains([]string{"NaN", "Infinity", "-Infinity", "infinity", "-infinity"}, text)
}

// rfc3339 turns "2026-11-20 09:05:00+00" into "2026-11-20T09:05:00Z". A moment without a
// zone stays without.
func rfc3339(text string) string {
	day, clock, ok := strings.Cut(text, " ")
	if !ok {
		return text // a date
	}
	if utc, ok := strings.CutSuffix(clock, "+00"); ok {
		clock = utc + "Z"
	} else if at := strings.LastIndexAny(clock, "+-"); at == len(clock)-len("+01") {
		clock += ":00"
	}
	return day + "T" + clock
}

// appendText writes a string of JSON.
func appendText(line []byte, text string) []byte {
	quoted, err := json.Marshal(text)
	if err != nil {
		return append(line, "null"...) // no string fails to marshal
	}
	return append(line, quoted...)
}
