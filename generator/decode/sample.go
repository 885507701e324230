package decode

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// sampleScan moves over the line of one sample:
//
//	http_requests_total{method="post",code="200"} 1027 1395066363000
//	{"my.metric", "a label"="x"} 1
type sampleScan struct {
	text string
	pos  int
}

// parseSample reads a sample, or says why it cannot be read.
func parseSample(text string) (sample map[string]any, reason string) {
	s := sampleScan{text: text}
	name := s.name("{ \t")
	labels := map[string]any{}
	if s.peek() == '{' {
		if name, reason = s.labels(name, labels); reason != "" {
			return nil, reason
		}
	}
	if name == "" {
		return nil, "a line without the name of a metric"
	}
	numbers, _, _ := strings.Cut(s.text[s.pos:], "#") // an exemplar may follow
	fields := strings.Fields(numbers)
	if len(fields) < 1 || len(fields) > 2 {
		return nil, fmt.Sprintf("%q: expected a value and at most a timestamp", shorten(name))
	}
	sample = map[string]any{"name": name, "labels": labels}
	var ok bool
	if sample["value"], ok = sampleValue(fields[0]); !ok {
		return nil, fmt.Sprintf("%q: %q is not a value", shorten(name), shorten(fields[0]))
	}
	if len(fields) == 2 {
		if !isJSONNumber(fields[1]) {
			return nil, fmt.Sprintf("%q: %q is not a timestamp", shorten(name), shorten(fields[1]))
		}
		sample["timestamp"] = json.Number(fields[1])
	}
	return sample, ""
}

// sampleValue keeps the text of a number that JSON can write.
func sampleValue(text string) (any, bool) {
	if isJSONNumber(text) {
		return json.Number(text), true
	}
	f, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || len(text) > maxDigits:
		return nil, false
	case math.IsNaN(f) || math.IsInf(f, 0):
		return f, true
	}
	return json.Number(strconv.FormatFloat(f, 'g', -1, 64)), true
}

func (s *sampleScan) peek() byte {
	for s.pos < len(s.text) && (s.text[s.pos] == ' ' || s.text[s.pos] == '\t') {
		s.pos++
	}
	if s.pos == len(s.text) {
		return 0
	}
	return s.text[s.pos]
}

// name reads a name up to one of the bytes of end, or one in quotes.
func (s *sampleScan) name(end string) string {
	if s.peek() == '"' {
		text, _ := s.quoted()
		return text
	}
	from := s.pos
	for s.pos < len(s.text) && !strings.ContainsRune(end, rune(s.text[s.pos])) {
		s.pos++
	}
	return s.text[from:s.pos]
}

// quoted reads a text in quotes.
func (s *sampleScan) quoted() (string, bool) {
	for i := s.pos + 1; i < len(s.text); i++ {
		switch s.text[i] {
		case '\\':
			i++
		case '"':
			text := unescapeLabel(s.text[s.pos+1 : i])
			s.pos = i + 1
			return text, true
		}
	}
	s.pos = len(s.text)
	return "", false
}

// labels reads what stands in braces. The name of the metric may be the first of it.
func (s *sampleScan) labels(name string, into map[string]any) (metric, reason string) {
	s.pos++
	for {
		switch s.peek() {
		case '}':
			s.pos++
			return name, ""
		case 0:
			return "", "the labels are not closed"
		}
		label := strings.TrimSpace(s.name("=,}"))
		if s.peek() == '=' {
			s.pos++
			if reason := s.label(label, into); reason != "" {
				return "", reason
			}
		} else if name == "" && label != "" {
			name = label
		} else {
			return "", fmt.Sprintf("label %q has no value", shorten(label))
		}
		switch s.peek() {
		case ',':
			s.pos++
		case '}':
		default:
			return "", "expected a comma or } behind a label"
		}
	}
}

// label reads the value of a label.
func (s *sampleScan) label(name string, into map[string]any) (reason string) {
	_, twice := into[name]
	switch {
	case name == "":
		return "a label without a name"
	case twice:
		return fmt.Sprintf("label %q given twice", shorten(name))
	case s.peek() != '"':
		return fmt.Sprintf("the value of label %q is not in quotes", shorten(name))
	}
	value, ok := s.quoted()
	if !ok {
		return fmt.Sprintf("the value of label %q is not closed", shorten(name))
	}
	into[name] = value
	return ""
}
