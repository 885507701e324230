package decode

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"uptree/generator/diag"
)

// yamlReader cuts a stream into its documents, which are parsed one by one: a bad one
// does not hide the others. YAML allows "---" at the start of a line as a marker between
// documents and as nothing else, not even inside a string, so lines are enough to go by.
type yamlReader struct {
	*findings
	in     window
	opened bool
	text   []byte // the document being collected
	large  bool   // it is longer than in.max, and text is not all of it
}

func yamlStream(r io.Reader, o DocOptions) *DocReader {
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxYAML
	}
	y := &yamlReader{findings: &findings{file: o.File}, in: newWindow(r, o.MaxBytes)}
	return &DocReader{findings: y.findings, next: y.next, err: func() error { return y.in.err }}
}

func (y *yamlReader) next() (Document, bool) {
	if !y.opened {
		y.opened = true
		y.in.skipBOM()
	}
	for {
		line, more := y.collect()
		if y.in.err != nil || !more {
			return Document{}, false
		}
		if y.large {
			y.tooLarge(line, y.in.max)
			continue
		}
		value, at, bad := parseYAML(y.repair(line, y.text))
		switch {
		case bad != nil:
			y.reject(line+bad.line-1, diag.BadRecord, bad.reason)
		case at > 0:
			return Document{line + at - 1, value}, true
		}
	}
}

// collect reads the lines of the next document into text and returns the number of the
// first. more is false at the end of the stream.
func (y *yamlReader) collect() (first int, more bool) {
	y.text, y.large = y.text[:0], false
	first = y.in.line
	for {
		line, size, ok := y.in.peek()
		switch {
		case !ok:
			return first, more
		case size == 0:
			y.large = true
			y.in.skipLong()
		case more && isMarker(line, "---") && !isDirectives(y.text):
			return first, true
		default:
			y.keep(line, size)
			if isMarker(line, "...") {
				return first, true
			}
		}
		more = true
	}
}

func (y *yamlReader) keep(line []byte, size int) {
	if len(y.text)+len(line) > y.in.max {
		y.large = true
	}
	if !y.large {
		y.text = append(append(y.text, line...), '\n')
	}
	y.in.skip(size, 1)
}

func isMarker(line []byte, marker string) bool {
	rest, ok := bytes.CutPrefix(line, []byte(marker))
	return ok && (len(rest) == 0 || rest[0] == ' ' || rest[0] == '\t')
}

// isDirectives reports whether text is what may stand before the "---" of its document:
// at least one directive, comments and blank lines.
func isDirectives(text []byte) bool {
	found := false
	for line := range bytes.Lines(text) {
		switch line = bytes.TrimSpace(line); {
		case len(line) == 0 || line[0] == '#':
		case line[0] == '%':
			found = true
		default:
			return false
		}
	}
	return found
}

// parseYAML reads one document; line is where its value starts, 0 if it holds none.
func parseYAML(text []byte) (value any, line int, bad *fault) {
	// The parser is a large third-party one, and its input is hostile: a bug in it costs
	// this document, not the run.
	defer func() {
		if p := recover(); p != nil {
			value, line, bad = nil, 0, &fault{1, "the YAML parser broke down on this document"}
		}
	}()
	if bad := checkLines(text); bad != nil {
		return nil, 0, bad
	}
	tokens := lexer.Tokenize(string(text))
	if bad := checkTokens(tokens); bad != nil {
		return nil, 0, bad
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, 0, yamlFault(err)
	}
	for _, doc := range file.Docs {
		if _, skip := doc.Body.(*ast.DirectiveNode); skip || doc.Body == nil {
			continue
		}
		b := yamlValues{anchors: map[string]yamlValue{}}
		v, err := b.value(doc.Body)
		if err != nil {
			return nil, 0, err
		}
		return v.value, doc.Body.GetToken().Position.Line, nil
	}
	return nil, 0, nil
}

func yamlFault(err error) *fault {
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) {
		return faultAt(syntax.GetToken(), syntax.GetMessage())
	}
	return &fault{1, "not valid YAML"}
}

func faultAt(t *token.Token, reason string) *fault {
	if t == nil || t.Position == nil {
		return &fault{1, reason}
	}
	return &fault{t.Position.Line, fmt.Sprintf("column %d: %s", t.Position.Column, reason)}
}
