package decode

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"

	"uptree/generator/diag"
)

// DefaultMaxParquet bounds a Parquet file, which has to be in memory: 128 MiB.
const DefaultMaxParquet = 128 << 20

// parquetReader reads the rows of a Parquet file. Columns in groups are called by their
// path, "usage.amount". A column that is a list is one value; one that is a list of lists
// is not read. Rows have no lines: their numbers take their place.
type parquetReader struct {
	findings
	in     io.Reader
	o      Options
	all    bool // every column is a field
	file   *parquetFile
	rec    Record
	place  []int // per column read: its field
	opened bool
	err    error
}

func newParquet(r io.Reader, o Options) *parquetReader {
	if o.MaxRecord == 0 {
		o.MaxRecord = DefaultMaxRecord
	}
	return &parquetReader{findings: findings{file: o.File}, in: r, o: o}
}

func (p *parquetReader) Record() *Record { return &p.rec }
func (p *parquetReader) Err() error      { return readError(p.findings.file, p.err) }

func (p *parquetReader) Next() bool {
	if !p.opened {
		p.opened = true
		p.open()
	}
	for p.file != nil {
		more, reason := p.row()
		switch {
		case reason != "":
			p.rejectRest(p.rec.Line, diag.BadRecord, reason)
			fallthrough
		case !more:
			p.file = nil
		case p.file.size > p.o.MaxRecord:
			p.tooLarge(p.rec.Line, p.o.MaxRecord)
		default:
			p.repairTexts()
			return true
		}
	}
	return false
}

func (p *parquetReader) open() {
	data, err := io.ReadAll(io.LimitReader(p.in, DefaultMaxParquet+1))
	switch {
	case err != nil:
		p.err = err
		return
	case len(data) > DefaultMaxParquet:
		p.rejectRest(1, diag.TooLarge, tooLong(DefaultMaxParquet))
		return
	}
	var file *parquetFile
	var bad *fault
	if reason := guard(func() { file, bad = openParquet(data) }); reason != "" {
		bad = &fault{1, reason}
	}
	if bad != nil {
		p.rejectRest(bad.line, diag.BadRecord, bad.reason)
		return
	}
	file.most = p.o.MaxRecord
	p.file = file
	p.columns()
}

// guard calls a function that reads hostile bytes through the library, and says so if that
// breaks down. The library reads memory without checks of its own in places.
func guard(read func()) (reason string) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if recover() != nil {
			reason = "the Parquet reader broke down on this file"
		}
	}()
	read()
	return ""
}

// columns finds the column of each field, and reports columns that are unknown or missing.
func (p *parquetReader) columns() {
	var names []string
	for _, c := range p.file.columns {
		names = append(names, c.name)
	}
	if p.all {
		p.o.Fields = names
	}
	at := diag.Pos{File: p.findings.file}
	var read []parquetColumn
	for i, c := range p.file.columns {
		field := slices.Index(p.o.Fields, c.name)
		switch {
		case slices.Index(names, c.name) < i:
			p.problems.Add(diag.Problem{Code: diag.DuplicateKey, Pos: at, Text: fmt.Sprintf("column %q stands twice", shorten(c.name)), Hint: "the first is used"})
		case c.text == nil:
			p.problems.Add(diag.Problem{Code: diag.UnknownColumn, Pos: at, Text: fmt.Sprintf("column %q is a list of lists and not read", shorten(c.name))})
		case field < 0:
			p.problems.Add(diag.Problem{Code: diag.UnknownColumn, Pos: at, Text: fmt.Sprintf("column %q is not used", shorten(c.name)), Hint: diag.DidYouMean(c.name, p.o.Fields)})
		default:
			read = append(read, c)
			p.place = append(p.place, field)
		}
	}
	p.file.columns = read
	p.rec.Values = make([]Value, len(p.o.Fields))
	if !p.all {
		p.missingColumns(&p.o, names, at, "", func(field int) bool { return slices.Contains(p.place, field) })
	}
}

// row reads the next row into the record.
func (p *parquetReader) row() (more bool, reason string) {
	p.rec.Line++
	if broken := guard(func() { more, reason = p.file.next() }); broken != "" {
		return false, broken
	}
	if !more || p.file.size > p.o.MaxRecord {
		return more, reason
	}
	for i, field := range p.place {
		c := &p.file.columns[i]
		switch {
		case c.list:
			p.rec.Values[field] = Value{Nested, jsonList(c.values)}
		default:
			p.rec.Values[field] = c.values[0]
		}
	}
	return true, ""
}

// jsonList writes values as an array of JSON.
func jsonList(values []Value) []byte {
	text := []byte{'['}
	for i, v := range values {
		if i > 0 {
			text = append(text, ',')
		}
		item, err := json.Marshal(goValue(v))
		if err != nil { // NaN and the infinities
			item = strconv.AppendQuote(nil, string(v.Text))
		}
		text = append(text, item...)
	}
	return append(text, ']')
}

func (p *parquetReader) repairTexts() {
	for i := range p.rec.Values {
		if v := &p.rec.Values[i]; !utf8.Valid(v.Text) {
			p.badEncoding(p.rec.Line, v.Text)
			v.Text = bytes.ToValidUTF8(v.Text, replacement)
		}
	}
}

// parquetRows reads the rows as documents: objects whose keys are the columns.
func parquetRows(r io.Reader, o DocOptions) *DocReader {
	p := newParquet(r, Options{File: o.File, MaxRecord: o.MaxBytes})
	p.all = true
	next := func() (Document, bool) {
		if !p.Next() {
			return Document{}, false
		}
		row := make(map[string]any, len(p.place))
		for i, field := range p.place {
			c := &p.file.columns[i]
			if !c.list {
				row[c.name] = goValue(p.rec.Values[field])
				continue
			}
			list := make([]any, 0, len(c.values))
			for _, v := range c.values {
				v.Text = bytes.ToValidUTF8(v.Text, replacement)
				list = append(list, goValue(v))
			}
			row[c.name] = list
		}
		return Document{p.rec.Line, row}, true
	}
	return &DocReader{findings: &p.findings, next: next, err: func() error { return p.err }}
}

// goValue turns a value into one of a document.
func goValue(v Value) any {
	switch v.Kind {
	case String:
		return string(v.Text)
	case Bool:
		return v.Text[0] == 't'
	case Number:
		if text := string(v.Text); isJSONNumber(text) {
			return json.Number(text)
		}
		f, _ := strconv.ParseFloat(string(v.Text), 64)
		return f
	}
	return nil
}

// parquetName is what a column is called: its path without the names that only say that it
// is a list or a map.
func parquetName(c *parquet.Column) string {
	path := slices.Clone(c.Path())
	if c.MaxRepetitionLevel() > 0 {
		first := path[0]
		path = append([]string{first}, slices.DeleteFunc(path[1:], func(s string) bool {
			return slices.Contains([]string{"list", "element", "item", "array", "array_element", "bag", "map", "key_value"}, s)
		})...)
	}
	return strings.ToValidUTF8(strings.Join(path, "."), "\uFFFD")
}
