package ingest

import (
	"fmt"
	"strconv"
	"strings"

	"uptree/generator/diag"
)

// tally counts what is wrong with the records of one file: one problem for all records
// that have the same thing wrong, in the order of their first.
type tally struct {
	index   map[finding]int
	entries []tallied
}

// finding is one kind of thing wrong. Column is "" for what is wrong with a whole record.
type finding struct {
	code           diag.Code
	column, reason string
}

type tallied struct {
	finding
	count, line int    // line of the first
	example     string // the first value
	hint        string
}

// maxFindings bounds what a hostile file can make the program remember and print.
const maxFindings = 200

// add counts one occurrence. The hint is that of the first.
func (t *tally) add(f finding, line int, example []byte, hint string) {
	if i, ok := t.index[f]; ok {
		t.entries[i].count++
		return
	}
	if len(t.entries) == maxFindings {
		return
	}
	if t.index == nil {
		t.index = map[finding]int{}
	}
	t.index[f] = len(t.entries)
	limit := maxExample
	if f.code == diag.MappingFailed {
		limit = maxError
	}
	t.entries = append(t.entries, tallied{finding: f, count: 1, line: line, example: shorten(example, limit), hint: hint})
}

// maxExample bounds a value shown in a message, in bytes.
const maxExample = 60

func shorten(text []byte, limit int) string {
	if len(text) <= limit {
		return string(text)
	}
	return strings.ToValidUTF8(string(text[:limit]), "") + "…"
}

// problems describes what was counted in a file.
func (t *tally) problems(file string) diag.List {
	var list diag.List
	for _, e := range t.entries {
		list.Add(diag.Problem{Code: e.code, Pos: diag.Pos{File: file, Line: e.line}, Text: e.text(), Hint: e.hint})
	}
	return list
}

func (e *tallied) text() string {
	switch e.code {
	case diag.BadValue:
		return fmt.Sprintf("column %q: %s %s and left out, the first %q", e.column, plural(e.count, "value is", "values are"), e.reason, e.example)
	case diag.UnknownColumn:
		return fmt.Sprintf("key %q is no field of %s", e.column, e.reason)
	case diag.BadRecord, diag.TooLarge:
		return fmt.Sprintf("%s rejected: %s", plural(e.count, "record", "records"), e.reason)
	case diag.MappingFailed:
		return fmt.Sprintf("%s rejected, the mapping failed: %s", plural(e.count, "input", "inputs"), e.example)
	}
	return e.reason
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
