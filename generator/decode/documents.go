package decode

import (
	"bytes"
	"encoding/json"
	"io"

	"uptree/generator/diag"
)

// Document is one value of a stream that need not be flat: the input of a jq mapping.
//
// Value is what gojq takes, the one place where any value crosses a package border: nil,
// bool, string, json.Number, float64 (YAML's and TOML's infinities and NaN alone),
// []any or map[string]any. Numbers keep their text, which gojq passes through unless it
// computes with them. Parts of a value may be shared (YAML aliases): it is read only.
type Document struct {
	Line  int // of its first byte, counted from 1; of Parquet, the number of the row
	Value any
}

// DocOptions bound what Documents reads.
type DocOptions struct {
	File     string // shown in problems
	MaxBytes int    // of one document; 0 is the default of its format
}

const (
	// DefaultMaxDocument bounds a json document and a whole file of junit or ical: 64 MiB.
	// For csv, jsonl, toml, a row of parquet and a family of prometheus the bound is
	// DefaultMaxRecord, for yaml DefaultMaxYAML.
	DefaultMaxDocument = 64 << 20
	// DefaultMaxYAML bounds one document of a YAML stream: 4 MiB, seconds of parsing.
	DefaultMaxYAML = 4 << 20
)

// DocReader reads documents one by one, in the idiom of Reader.
type DocReader struct {
	*findings
	doc  Document
	next func() (Document, bool)
	err  func() error
}

// Documents opens a reader of whole values: "json" and "toml" are one document, "jsonl"
// is one per line, "yaml" one per document of the stream, "csv" one per row: an object of
// strings, and of lists where a column stands several times; "text" is one document, a string. A document that cannot be read is a Reject,
// and the others are still read.
func Documents(format string, r io.Reader, o DocOptions) (*DocReader, bool) {
	switch format {
	case "json":
		return wholeFile(r, o, DefaultMaxDocument, parseJSON), true
	case "jsonl":
		return jsonLines(r, o), true
	case "yaml":
		return yamlStream(r, o), true
	case "toml":
		return wholeFile(r, o, DefaultMaxRecord, parseTOML), true
	case "text":
		return wholeFile(r, o, DefaultMaxRecord, func(text []byte) (any, *fault) { return string(text), nil }), true
	case "csv":
		return csvRows(r, o), true
	case "parquet":
		return parquetRows(r, o), true
	case "junit":
		return fromText(r, o, DefaultMaxDocument, openJUnit), true
	case "ical":
		return fromText(r, o, DefaultMaxDocument, openICal), true
	case "prometheus":
		return exposition(r, o), true
	}
	return nil, false
}

// Next moves to the next document.
func (d *DocReader) Next() bool {
	var ok bool
	d.doc, ok = d.next()
	return ok
}

// Doc returns the document read last. It stays valid.
func (d *DocReader) Doc() Document { return d.doc }

// Err returns the I/O error that ended reading, if any.
func (d *DocReader) Err() error { return readError(d.file, d.err()) }

// fault is why and where a document cannot be read. Line counts within its text.
type fault struct {
	line   int
	reason string
}

// wholeFile reads a format whose files are one document.
func wholeFile(r io.Reader, o DocOptions, most int, parse func([]byte) (any, *fault)) *DocReader {
	return fromText(r, o, most, func(f *findings, text []byte) func() (Document, bool) {
		done := false
		return func() (Document, bool) {
			if done {
				return Document{}, false
			}
			done = true
			text = f.repair(1, text)
			value, bad := parse(text)
			if bad != nil {
				f.rejectRest(bad.line, diag.BadRecord, bad.reason)
			}
			return Document{firstLine(text), value}, bad == nil
		}
	})
}

// fromText reads a format whose files are held in memory as a whole. The documents are
// those of the function that open returns; it may change the text.
func fromText(r io.Reader, o DocOptions, most int, open func(*findings, []byte) func() (Document, bool)) *DocReader {
	if o.MaxBytes == 0 {
		o.MaxBytes = most
	}
	f := &findings{file: o.File}
	var documents func() (Document, bool)
	var failed error
	next := func() (Document, bool) {
		if documents == nil {
			text, err := io.ReadAll(io.LimitReader(r, int64(o.MaxBytes)+1))
			documents, failed = func() (Document, bool) { return Document{}, false }, err
			switch {
			case err != nil:
			case len(text) > o.MaxBytes:
				f.rejectRest(1, diag.TooLarge, tooLong(o.MaxBytes))
			default:
				documents = open(f, bytes.TrimPrefix(text, []byte(bom)))
			}
		}
		return documents()
	}
	return &DocReader{findings: f, next: next, err: func() error { return failed }}
}

// firstLine is the number of the first line that is not blank.
func firstLine(text []byte) int {
	blank := len(text) - len(bytes.TrimLeft(text, " \t\r\n"))
	return 1 + bytes.Count(text[:blank], newline)
}

// parseJSON reads a file of one value.
func parseJSON(text []byte) (any, *fault) {
	s := jsonScan{b: text}
	values := jsonValues{scan: &s}
	s.space()
	value, ok := values.value(0)
	if ok {
		if s.space(); s.pos < len(text) {
			ok = s.fail("text behind the document; a file with one value per line is of the format jsonl")
		}
	}
	if !ok {
		return nil, &fault{1 + bytes.Count(text[:s.pos], newline), s.problem()}
	}
	return value, nil
}

func jsonLines(r io.Reader, o DocOptions) *DocReader {
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxRecord
	}
	f := &findings{file: o.File}
	in := newWindow(r, o.MaxBytes)
	opened := false
	next := func() (doc Document, ok bool) {
		if !opened {
			opened = true
			in.skipBOM()
		}
		for {
			line, size, ok := in.peek()
			if !ok {
				return doc, false
			}
			doc.Line = in.line
			if size == 0 {
				f.tooLarge(in.line, in.max)
				in.skipLong()
				continue
			}
			in.skip(size, 1)
			line = f.repair(doc.Line, line)
			if len(bytes.TrimLeft(line, " \t\r")) == 0 {
				continue
			}
			value, bad := parseJSON(line)
			if bad == nil {
				doc.Value = value
				return doc, true
			}
			f.reject(doc.Line, diag.BadRecord, bad.reason)
		}
	}
	return &DocReader{findings: f, next: next, err: func() error { return in.err }}
}

func csvRows(r io.Reader, o DocOptions) *DocReader {
	c := openCSV(r, Options{File: o.File, MaxRecord: o.MaxBytes})
	c.all = true
	next := func() (Document, bool) {
		if !c.Next() {
			return Document{}, false
		}
		row := make(map[string]any, len(c.o.Fields))
		for i, name := range c.o.Fields {
			if v := c.rec.Values[i]; v.Kind == String {
				put(row, name, string(v.Text))
			}
		}
		return Document{c.rec.Line, row}, true
	}
	return &DocReader{findings: &c.findings, next: next, err: func() error { return c.in.err }}
}

// put sets a cell; the cells of a column that stands several times are a list.
func put(row map[string]any, name, text string) {
	switch before := row[name].(type) {
	case nil:
		row[name] = text
	case []any:
		row[name] = append(before, text)
	default:
		row[name] = []any{before, text}
	}
}

// jsonValues builds the values that a scan moves over. A key given twice in one object
// holds the value given last, as everywhere in JSON outside of flat records.
type jsonValues struct {
	scan *jsonScan
	keys map[string]string // shared texts of keys
}

func (j *jsonValues) value(depth int) (any, bool) {
	s := j.scan
	if s.pos < len(s.b) && (s.b[s.pos] == '{' || s.b[s.pos] == '[') {
		return j.nested(depth + 1)
	}
	v, escaped, ok := s.value(depth)
	if !ok {
		return nil, false
	}
	switch v.Kind {
	case String:
		return j.text(v.Text, escaped), true
	case Number:
		return json.Number(v.Text), true
	case Bool:
		return v.Text[0] == 't', true
	}
	return nil, true
}

func (j *jsonValues) text(raw []byte, escaped bool) string {
	if escaped {
		raw = unescape(nil, raw)
	}
	return string(raw)
}

func (j *jsonValues) nested(depth int) (any, bool) {
	if j.scan.b[j.scan.pos] == '{' {
		return j.object(depth)
	}
	list := []any{}
	more, ok := j.scan.enter(depth)
	for more && ok {
		v, read := j.value(depth)
		if !read {
			return nil, false
		}
		list = append(list, v)
		more, ok = j.scan.next(false)
	}
	return list, ok
}

func (j *jsonValues) object(depth int) (any, bool) {
	object := map[string]any{}
	more, ok := j.scan.enter(depth)
	for more && ok {
		raw, escaped, read := j.scan.key()
		if !read {
			return nil, false
		}
		key := j.key(raw, escaped)
		if object[key], read = j.value(depth); !read {
			return nil, false
		}
		more, ok = j.scan.next(true)
	}
	return object, ok
}

// sharedKeys bounds how many keys of one document share their texts.
const sharedKeys = 1 << 12

func (j *jsonValues) key(raw []byte, escaped bool) string {
	if key, ok := j.keys[string(raw)]; ok {
		return key
	}
	key := j.text(raw, escaped)
	if j.keys == nil {
		j.keys = map[string]string{}
	}
	if len(j.keys) < sharedKeys {
		j.keys[string(raw)] = key
	}
	return key
}
