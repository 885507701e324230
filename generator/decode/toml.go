package decode

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/BurntSushi/toml"

	"uptree/generator/diag"
)

// maxTOMLErrors bounds how often reading is taken up again behind a syntax error.
const maxTOMLErrors = 20

// tomlFile is the file that all tables of a tree come from.
type tomlFile struct {
	name      string
	src       []byte
	lines     []int // offsets of the lines
	firstLine int
	problems  diag.List
}

// TOML reads config or front matter. src starts at firstLine of the file, counted from 1.
//
// The table is never nil. A statement that is not TOML, or a key given twice, is a problem
// and is left out, so that what is wrong with the others is found in the same run; keys
// that are missing because of it are better not reported then. All problems, those of the
// syntax and those that reading the table finds, are in Table.Problems.
func TOML(file string, src []byte, firstLine int) *Table {
	src = bytes.TrimPrefix(src, []byte(bom))
	f := &tomlFile{name: file, src: src, firstLine: firstLine, lines: []int{0}}
	for i, c := range src {
		if c == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	for range maxTOMLErrors {
		scan := scanTOML(src)
		values, broken := f.parse(src, scan)
		if len(broken) == 0 {
			return &Table{file: f, node: &scan.root, values: values}
		}
		rest := without(src, broken)
		if bytes.Equal(rest, src) {
			break
		}
		src = rest
	}
	return &Table{file: f, node: &tomlNode{}}
}

// parse returns the values of the file, or reports what is wrong with it and returns the
// statements that have to go.
func (f *tomlFile) parse(src []byte, scan *tomlScan) (map[string]any, []tomlStatement) {
	if scan.tooDeep {
		f.add(diag.TOMLSyntax, f.pos(scan.pos), fmt.Sprintf("nested deeper than %d", maxDepth), "")
		return nil, []tomlStatement{{start: 0, end: len(src)}}
	}
	var broken []tomlStatement
	for _, t := range scan.twice {
		f.reportTwice(t, scan.statements[t.statement].header)
		broken = append(broken, scan.section(t.statement))
	}
	if len(broken) > 0 {
		return nil, broken
	}
	values, err := decodeTOML(src)
	if err == nil {
		return values, nil
	}
	line := f.syntax(err)
	return nil, []tomlStatement{f.around(line, scan)}
}

// decodeTOML parses a file whose nesting has been checked.
func decodeTOML(src []byte) (values map[string]any, err error) {
	// The parser panics where it finds itself in a state it holds impossible.
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("the TOML parser broke down on this file")
		}
	}()
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return nil, errors.New("the file is UTF-16; save it as UTF-8")
	}
	_, err = toml.Decode(string(src), &values)
	return values, err
}

// syntax reports an error of the parser and returns its line in src, counted from 0.
func (f *tomlFile) syntax(err error) int {
	var e toml.ParseError
	if !errors.As(err, &e) {
		f.add(diag.TOMLSyntax, diag.Pos{File: f.name, Line: f.firstLine}, err.Error(), "")
		return 0
	}
	// The line that the parser gives is one too far where a line end is what is wrong.
	at := f.pos(min(max(e.Position.Start, 0), len(f.src)))
	code := diag.TOMLSyntax
	if strings.Contains(e.Message, "already been defined") {
		code = diag.DuplicateKey
	}
	f.add(code, at, lowerFirst(strings.TrimSuffix(e.Message, ".")), "")
	return at.Line - f.firstLine
}

// lowerFirst makes a sentence of the parser one of ours.
func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'a' {
		return string(unicode.ToLower(rune(s[0]))) + s[1:]
	}
	return s
}

func (f *tomlFile) reportTwice(t tomlTwice, header bool) {
	first := f.pos(t.first.at).Line
	if header {
		f.add(diag.DuplicateKey, f.pos(t.at), fmt.Sprintf("table [%s] given twice: first in line %d", shorten(t.first.key), first), "write the keys of both under one header")
		return
	}
	f.add(diag.DuplicateKey, f.pos(t.at), fmt.Sprintf("key %q given twice: first in line %d", shorten(t.first.key), first), "remove one of the two")
}

// section is a statement with, if it is a header, all below it.
func (s *tomlScan) section(i int) tomlStatement {
	out := s.statements[i]
	if out.header {
		for i++; i < len(s.statements) && !s.statements[i].header; i++ {
			out.end = s.statements[i].end
		}
	}
	return out
}

// around returns the section that a line lies in, or the line if it lies in none.
func (f *tomlFile) around(line int, scan *tomlScan) tomlStatement {
	start, end := f.lines[line], len(f.src)
	if line+1 < len(f.lines) {
		end = f.lines[line+1]
	}
	for i, s := range scan.statements {
		if s.start < end && start <= s.end {
			return scan.section(i)
		}
	}
	return tomlStatement{start: start, end: end}
}

// without returns src with the statements blanked, so that all positions stay.
func without(src []byte, broken []tomlStatement) []byte {
	out := bytes.Clone(src)
	for _, b := range broken {
		for i := b.start; i < b.end; i++ {
			if out[i] != '\n' {
				out[i] = ' '
			}
		}
	}
	return out
}

// pos is the place of an offset.
func (f *tomlFile) pos(offset int) diag.Pos {
	line := sort.SearchInts(f.lines, offset+1) - 1
	return diag.Pos{File: f.name, Line: line + f.firstLine, Col: offset - f.lines[line] + 1}
}

func (f *tomlFile) add(code diag.Code, at diag.Pos, text, hint string) {
	f.problems.Add(diag.Problem{Code: code, Pos: at, Text: text, Line: f.text(at.Line), Hint: hint})
}

// text returns a line of the file for messages.
func (f *tomlFile) text(line int) string {
	i := line - f.firstLine
	if i < 0 || i >= len(f.lines) {
		return ""
	}
	text, _, _ := bytes.Cut(f.src[f.lines[i]:], newline)
	return string(trimCR(text))
}

// parseTOML reads a file as one document.
func parseTOML(text []byte) (any, *fault) {
	if scan := scanTOML(text); scan.tooDeep {
		return nil, &fault{1 + bytes.Count(text[:scan.pos], newline), fmt.Sprintf("nested deeper than %d", maxDepth)}
	}
	values, err := decodeTOML(text)
	if err != nil {
		var e toml.ParseError
		if errors.As(err, &e) {
			return nil, &fault{e.Position.Line, fmt.Sprintf("column %d: %s", e.Position.Col, e.Message)}
		}
		return nil, &fault{1, err.Error()}
	}
	return plainTOML(values), nil
}

// The names that the parser gives to the zones of dates and times that have none.
const (
	localDate     = "date-local"
	localTime     = "time-local"
	localDatetime = "datetime-local"
)

// plainTOML returns the value in the types of Document. Dates become text as TOML writes
// them.
func plainTOML(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, part := range v {
			v[key] = plainTOML(part)
		}
	case []any:
		for i, part := range v {
			v[i] = plainTOML(part)
		}
	case []map[string]any:
		list := make([]any, len(v))
		for i, part := range v {
			list[i] = plainTOML(part)
		}
		return list
	case int64:
		return jsonInt(v)
	case float64:
		return jsonFloat(v)
	case time.Time:
		return timeText(v)
	}
	return v
}

func timeText(t time.Time) string {
	switch t.Location().String() {
	case localDate:
		return t.Format(time.DateOnly)
	case localTime:
		return t.Format("15:04:05.999999999")
	case localDatetime:
		return t.Format("2006-01-02T15:04:05.999999999")
	}
	return t.Format(time.RFC3339Nano)
}

func jsonInt(v int64) json.Number { return json.Number(strconv.FormatInt(v, 10)) }

// jsonFloat keeps infinities and NaN, which JSON cannot write, as they are.
func jsonFloat(v float64) any {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return v
	}
	return json.Number(strconv.FormatFloat(v, 'g', -1, 64))
}
