package decode

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// shownHeader bounds how much of the header is kept for messages.
const shownHeader = 16 << 10

// maxColumns bounds the header: no dataset comes near it.
const maxColumns = 4096

// open reads the header and finds the column of each field. It reports false if there is
// no header to go by.
func (c *csvReader) open() bool {
	c.in.skipBOM()
	line, size, ok := c.nextLine()
	if !ok {
		if c.in.err == nil {
			c.noHeader("the file is empty: it has no header")
		}
		return false
	}
	if size == 0 {
		c.noHeader("the header is " + tooLong(c.in.max))
		return false
	}
	c.comma = separator(line)
	names, shown, reason := c.header(line, size)
	if reason != "" {
		c.noHeader("the header cannot be read: " + reason)
		return false
	}
	c.place(names, shown)
	return true
}

func (c *csvReader) noHeader(text string) {
	c.problems.Add(diag.Problem{Code: diag.MissingColumn, Pos: diag.Pos{File: c.file, Line: c.rec.Line}, Text: text})
}

// separator is a comma, unless the header has none and has either semicolons or tabs.
func separator(header []byte) byte {
	semicolon, tab := bytes.IndexByte(header, ';') >= 0, bytes.IndexByte(header, '\t') >= 0
	switch {
	case bytes.IndexByte(header, ',') >= 0 || semicolon == tab:
		return ','
	case semicolon:
		return ';'
	}
	return '\t'
}

// header reads the names of the columns. shown is the line for messages.
func (c *csvReader) header(line []byte, size int) (names []string, shown, reason string) {
	n := bytes.Count(line, []byte{c.comma}) + 1
	if n > maxColumns {
		return nil, "", fmt.Sprintf("more than %d columns", maxColumns)
	}
	shown = string(bytes.ToValidUTF8(line[:min(len(line), shownHeader)], replacement))
	// With every cell a field of its own, the cells arrive in Values like those of a record.
	c.field, c.rec.Values = identity(n), make([]Value, n)
	cells, raw, size, reason := c.quoted(line, size)
	if reason != "" {
		return nil, "", reason
	}
	if cells > n {
		return nil, "", "it runs over several lines"
	}
	c.repairValues(c.rec.Values, c.rec.Line, raw)
	for _, v := range c.rec.Values[:cells] {
		names = append(names, strings.TrimSpace(string(v.Text)))
	}
	c.in.skip(size, 1+bytes.Count(raw, newline))
	return names, shown, ""
}

func identity(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// place maps columns to fields and reports columns that are unknown, given twice or
// missing. Where every column is a field, one that is given twice is two.
func (c *csvReader) place(names []string, shown string) {
	if c.all {
		c.o.Fields = names
	}
	c.columns, c.field = len(names), c.field[:len(names)]
	c.rec.Values = make([]Value, len(c.o.Fields))
	seen := map[string]int{}
	for i, name := range names {
		c.field[i] = slices.Index(c.o.Fields, name)
		first, twice := seen[name]
		switch {
		case twice && name != "" && c.all:
			c.field[i], c.rec.Values[i].Kind = i, String
			continue
		case twice && name != "":
			c.field[i] = -1
			c.column(shown, i, diag.DuplicateKey, fmt.Sprintf("column %q stands twice: columns %d and %d", shorten(name), first+1, i+1), "the first is used")
			continue
		}
		seen[name] = i
		switch {
		case name == "":
			c.field[i] = -1
			c.column(shown, i, diag.UnknownColumn, fmt.Sprintf("column %d has no name", i+1), "")
		case c.field[i] >= 0:
			c.rec.Values[c.field[i]].Kind = String
		default:
			c.column(shown, i, diag.UnknownColumn, fmt.Sprintf("column %q is not used", shorten(name)), diag.DidYouMean(name, c.o.Fields))
		}
	}
	c.missing(names, shown)
}

// column reports a problem of the column with the index i.
func (c *csvReader) column(shown string, i int, code diag.Code, text, hint string) {
	c.problems.Add(diag.Problem{Code: code, Pos: diag.Pos{File: c.file, Line: c.rec.Line, Col: cellColumn(shown, c.comma, i)}, Text: text, Line: shown, Hint: hint})
}

func (c *csvReader) missing(names []string, shown string) {
	if c.all {
		return
	}
	at := diag.Pos{File: c.file, Line: c.rec.Line}
	c.missingColumns(&c.o, names, at, shown, func(f int) bool { return c.rec.Values[f].Kind == String })
}

// missingColumns reports the fields that have no column and are not optional.
func (f *findings) missingColumns(o *Options, names []string, at diag.Pos, shown string, has func(field int) bool) {
	for i, name := range o.Fields {
		if has(i) || i < len(o.Optional) && o.Optional[i] {
			continue
		}
		hint := ""
		if s := diag.Suggest(name, names); s != "" && !slices.Contains(o.Fields, s) {
			hint = fmt.Sprintf("is it the column %q? then rename it in the file, or name it under columns", shorten(s))
		}
		f.problems.Add(diag.Problem{Code: diag.MissingColumn, Pos: at, Text: fmt.Sprintf("no column %q", name), Line: shown, Hint: hint})
	}
}

// cellColumn is the byte column, counted from 1, of the i-th cell of a header line.
func cellColumn(line string, comma byte, i int) int {
	quoted := false
	for at := 0; at < len(line); at++ {
		switch {
		case i == 0:
			return at + 1
		case line[at] == '"':
			quoted = !quoted
		case line[at] == comma && !quoted:
			i--
		}
	}
	return len(line) + 1
}
