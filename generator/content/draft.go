package content

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"uptree/generator/diag"
)

// Path is where the document about an id is kept, below the content root. An id that can
// have no document is an error.
func Path(kind Kind, id string) (string, error) {
	for _, f := range folders {
		if f.kind != kind {
			continue
		}
		name := id
		if kind != Page {
			name = EncodeID(id)
		}
		path := f.name + "/" + name + ".md"
		_, err := subjectOf(path)
		return path, err
	}
	return "", fmt.Errorf("there are no documents about a %s", kind)
}

// Parse reads one document as Load does, so that it can be checked before it is written:
// file is its path from the site's folder, path the one below the content root.
func Parse(file, path string, src []byte) (*Docs, diag.List, error) {
	s, err := subjectOf(path)
	if err != nil {
		return nil, nil, err
	}
	doc, problems := newDoc(file, s, src)
	return newDocs([]*Doc{doc}, nil), problems, nil
}

// Field is a key of front matter and its value, which is a text.
type Field struct{ Key, Value string }

// AddTable adds a table to one of the lists of a document's front matter ("asks"), after
// all that is there. The rest stays byte for byte. Fields without a value are left out.
func AddTable(src []byte, list string, fields []Field) ([]byte, error) {
	end := "\n"
	if bytes.Contains(src, []byte("\r\n")) {
		end = "\r\n"
	}
	table := "\n[[" + list + "]]\n" + tomlLines(fields)
	mark := ""
	text := string(src)
	if rest, ok := strings.CutPrefix(text, "\uFEFF"); ok {
		mark, text = "\uFEFF", rest
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	m := cutFrontMatter(text)
	switch {
	case m.fault != "":
		return nil, fmt.Errorf("%s: %s", m.fault, m.hint)
	case m.body == 0:
		text = fence + "\n" + table[1:] + fence + "\n" + text
	default:
		at := strings.LastIndex(strings.TrimRight(text[:m.body], "\n"), "\n") + 1 // where the closing fence begins
		text = text[:at] + table + text[at:]
	}
	return []byte(mark + strings.ReplaceAll(text, "\n", end)), nil
}

// tomlLines writes fields as lines of TOML.
func tomlLines(fields []Field) string {
	var b strings.Builder
	for _, f := range fields {
		if f.Value == "" {
			continue
		}
		var value bytes.Buffer
		text := json.NewEncoder(&value)
		text.SetEscapeHTML(false)
		_ = text.Encode(oneLine(f.Value)) // a string; what JSON escapes is escaped so in TOML
		b.WriteString(f.Key + " = " + value.String())
	}
	return b.String()
}

// NewText is the text of a document that is begun: front matter of the fields, then lines
// that say what may be added, which nobody but its authors sees.
func NewText(fields []Field, advice []string) []byte {
	text := fence + "\n" + tomlLines(fields)
	for _, line := range advice {
		text += strings.TrimRight("# "+line, " ") + "\n"
	}
	return []byte(text + fence + "\n")
}
