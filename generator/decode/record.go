package decode

import (
	"io"

	"uptree/generator/diag"
)

// Value is one field of a record as it stands in the file. Text is valid until the next
// record is read; copy it to keep it.
type Value struct {
	Kind ValueKind
	Text []byte // Null: nil; String: unescaped; Number, Bool: as written; Nested: raw JSON
}

// ValueKind says what a Value is in its format. CSV cells are always strings.
type ValueKind uint8

// The kinds of values.
const (
	Absent ValueKind = iota // the record has no such field
	Null
	String
	Number
	Bool
	Nested // an array or object
)

// Record is one record of a stream. Values are in the order of the Reader's fields.
type Record struct {
	Line   int // of its first byte, counted from 1; of Parquet, the number of the row
	Values []Value
}

// Reader reads flat records of a stream one by one, picking out the fields asked for.
//
//	for r.Next() {
//		use(r.Record())
//	}
//	return r.Problems(), r.Err()
//
// A record that cannot be read is counted and described in Rejects, and reading goes on
// with the next one. Err is for I/O alone.
type Reader interface {
	Next() bool
	Record() *Record
	Rejects() []Reject // so far
	Problems() diag.List
	Err() error
}

// Reject is a record that could not be read.
type Reject struct {
	Line   int // of its first byte; in a document of several lines, of what is wrong in it
	Reason string
	Code   diag.Code // BadRecord or TooLarge
	Rest   bool      // reading ended there: nothing behind it in the file is read
}

// Options bound what a decoder reads.
type Options struct {
	File      string   // shown in problems
	Fields    []string // names to look for, each once; Record.Values has this order
	Optional  []bool   // per field: a file without that column is no problem
	MaxRecord int      // bytes of one record; 0 is DefaultMaxRecord
}

// DefaultMaxRecord bounds one record: 8 MiB.
const DefaultMaxRecord = 8 << 20

// Flat opens a reader for a record format that has flat records: "csv", "jsonl" or
// "parquet", whose files are held in memory. Unknown columns of a CSV or a Parquet file are
// problems; missing ones too unless optional.
func Flat(format string, r io.Reader, o Options) (Reader, bool) {
	switch format {
	case "csv":
		return newCSV(r, o), true
	case "jsonl":
		return newJSONL(r, o), true
	case "parquet":
		return newParquet(r, o), true
	}
	return nil, false
}
