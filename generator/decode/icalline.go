package decode

import (
	"bytes"
	"strings"
)

// icalLines cuts a text into its logical lines: those that begin with a space or a tab
// continue the one before.
type icalLines struct {
	text []byte
	pos  int
	line int // number of the physical line at pos, counted from 0
}

// next returns a logical line and the number of its first physical one.
func (l *icalLines) next() (line int, raw []byte, ok bool) {
	if l.pos >= len(l.text) {
		return 0, nil, false
	}
	line = l.line + 1
	raw = l.physical()
	for folded := false; l.pos < len(l.text) && (l.text[l.pos] == ' ' || l.text[l.pos] == '\t'); folded = true {
		if !folded {
			raw = bytes.Clone(raw)
		}
		l.pos++
		raw = append(raw, l.physical()...)
	}
	return line, raw, true
}

func (l *icalLines) physical() []byte {
	rest := l.text[l.pos:]
	raw, _, found := bytes.Cut(rest, newline)
	l.pos += len(raw)
	if found {
		l.pos++
	}
	l.line++
	return trimCR(raw)
}

// property is a line: NAME;PARAM=VALUE:VALUE. Names are in lower case, with _ for -.
type property struct {
	name   string
	params []string // name, value, name, value, …
	value  string
}

func parseProperty(raw []byte) (property, bool) {
	text := string(raw)
	end := strings.IndexAny(text, ":;")
	if end <= 0 {
		return property{}, false
	}
	p := property{name: icalName(text[:end])}
	for text[end] == ';' {
		text = text[end+1:]
		equals := strings.IndexAny(text, "=:;")
		if equals < 0 || text[equals] != '=' {
			return property{}, false
		}
		value, size := paramValue(text[equals+1:])
		p.params = append(p.params, icalName(text[:equals]), value)
		if end = equals + 1 + size; end == len(text) {
			return property{}, false
		}
	}
	p.value = strings.TrimSpace(text[end+1:])
	return p, true
}

func icalName(text string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(text)), "-", "_")
}

// paramValue reads the value of a parameter, without its quotes, and how long it is with
// them. A parameter that is a list keeps its commas.
func paramValue(text string) (value string, size int) {
	quoted := false
	for ; size < len(text); size++ {
		c := text[size]
		if c == '"' {
			quoted = !quoted
		} else if !quoted && (c == ':' || c == ';') {
			break
		}
	}
	return strings.ReplaceAll(text[:size], `"`, ""), size
}

// param returns the value of a parameter, "" without one.
func (p *property) param(name string) string {
	for i := 0; i < len(p.params); i += 2 {
		if p.params[i] == name {
			return p.params[i+1]
		}
	}
	return ""
}

// document is the property with its parameters.
func (p *property) document() map[string]any {
	params := map[string]any{}
	for i := 0; i < len(p.params); i += 2 {
		params[p.params[i]] = p.params[i+1]
	}
	return map[string]any{"name": p.name, "params": params, "value": unescapeText(p.value)}
}

// unescapeText replaces the escapes of texts: \n, \, and \; and \\.
func unescapeText(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	return icalEscapes.Replace(text)
}

var icalEscapes = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";")

// splitList cuts a value at the commas that are not escaped.
func splitList(value string) []string {
	var items []string
	from := 0
	for i := 0; i < len(value); i++ {
		switch value[i] {
		case '\\':
			i++
		case ',':
			items = append(items, value[from:i])
			from = i + 1
		}
	}
	return append(items, value[from:])
}
