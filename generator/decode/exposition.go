package decode

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// expositionReader reads the text format in which metrics are exposed, of Prometheus and
// of OpenMetrics, each metric family as one document:
//
//	{"name": "probe_all_success", "type": "summary", "help": "Probes that succeeded",
//	 "samples": [{"name": "probe_all_success_sum", "labels": {"probe": "Oslo"}, "value": 40,
//	              "timestamp": 1740823200000}, …]}
//
// Values keep their text; timestamps stand as written, in milliseconds for Prometheus and
// in seconds for OpenMetrics. Exemplars are passed over, and so are families without
// samples. A line that cannot be read is a Reject, and the family goes on behind it.
type expositionReader struct {
	*findings
	in     window
	opened bool
	family family
}

// family is the family being read.
type family struct {
	name    string
	typed   string // "" until its type is given
	line    int    // of its first line
	size    int    // bytes of its lines
	about   map[string]any
	samples []any
}

func exposition(r io.Reader, o DocOptions) *DocReader {
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxRecord
	}
	e := &expositionReader{findings: &findings{file: o.File}, in: newWindow(r, o.MaxBytes)}
	return &DocReader{findings: e.findings, next: e.next, err: func() error { return e.in.err }}
}

func (e *expositionReader) next() (Document, bool) {
	if !e.opened {
		e.opened = true
		e.in.skipBOM()
	}
	for {
		line, size, ok := e.in.peek()
		switch {
		case !ok:
			if e.in.err != nil {
				return Document{}, false
			}
			return e.finish(family{})
		case size == 0:
			e.tooLarge(e.in.line, e.in.max)
			e.in.skipLong()
			continue
		}
		at := e.in.line
		doc, whole := e.read(e.repair(at, line), at)
		e.in.skip(size, 1)
		if whole {
			return doc, true
		}
	}
}

// read reads one line. Where it begins another family, it returns the one before.
func (e *expositionReader) read(line []byte, at int) (doc Document, whole bool) {
	text := strings.TrimSpace(string(line))
	switch {
	case text == "":
	case text[0] == '#':
		name, key, value := metadata(text)
		if key == "" {
			return doc, false
		}
		if name != e.family.name {
			doc, whole = e.finish(newFamily(name, at))
		}
		e.family.note(key, value)
	default:
		sample, reason := parseSample(text)
		if reason != "" {
			e.reject(at, diag.BadRecord, reason)
			return doc, false
		}
		name := sample["name"].(string)
		if !e.family.has(name) {
			doc, whole = e.finish(newFamily(name, at))
		}
		e.family.size += len(text)
		if e.family.size <= e.in.max {
			e.family.samples = append(e.family.samples, sample)
		}
	}
	return doc, whole
}

// finish returns the family read, if it is whole and has samples, and begins the next.
func (e *expositionReader) finish(next family) (Document, bool) {
	f := e.family
	e.family = next
	switch {
	case f.size > e.in.max:
		e.tooLarge(f.line, e.in.max)
		return Document{}, false
	case len(f.samples) == 0:
		return Document{}, false
	}
	f.about["name"], f.about["samples"] = f.name, f.samples
	if f.typed == "" {
		f.about["type"] = "untyped"
	}
	return Document{f.line, f.about}, true
}

func newFamily(name string, at int) family {
	return family{name: name, line: at, about: map[string]any{}}
}

// metadata splits "# TYPE name gauge". The key is "" for other comments.
func metadata(text string) (name, key, value string) {
	rest := strings.TrimLeft(text[1:], " \t")
	word, rest, _ := strings.Cut(rest, " ")
	i := slices.Index([]string{"HELP", "TYPE", "UNIT"}, word)
	if i < 0 {
		return "", "", ""
	}
	s := sampleScan{text: strings.TrimLeft(rest, " \t")}
	if name = s.name(" \t"); name == "" {
		return "", "", ""
	}
	return name, []string{"help", "type", "unit"}[i], strings.TrimSpace(s.text[s.pos:])
}

func (f *family) note(key, value string) {
	switch key {
	case "help":
		value = unescapeLabel(value)
	case "type":
		f.typed = value
	}
	f.size += len(value)
	f.about[key] = value
}

// familySuffixes are what the samples of a type add to the name of their family.
var familySuffixes = map[string][]string{
	"counter":        {"_total", "_created"},
	"summary":        {"_sum", "_count", "_created"},
	"histogram":      {"_bucket", "_sum", "_count", "_created"},
	"gaugehistogram": {"_bucket", "_gsum", "_gcount"},
	"info":           {"_info"},
}

// has reports whether a sample of this name belongs to the family.
func (f *family) has(name string) bool {
	suffix, ok := strings.CutPrefix(name, f.name)
	return ok && f.name != "" && (suffix == "" || slices.Contains(familySuffixes[f.typed], suffix))
}

// unescapeLabel replaces \\, \" and \n.
func unescapeLabel(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b bytes.Buffer
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\\' && i+1 < len(text) {
			switch next := text[i+1]; next {
			case 'n':
				c, i = '\n', i+1
			case '\\', '"':
				c, i = next, i+1
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}
