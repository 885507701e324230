package ingest

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Bounds of single values, so that one cell cannot fill a page.
const (
	maxID    = 300  // bytes
	maxTitle = 500  // runes
	maxLink  = 2000 // bytes
)

// listItems splits a list in one text at ";" and calls each with the items that are not
// empty, without the spaces around them.
func listItems(text []byte, each func(item []byte)) {
	for len(text) > 0 {
		item, rest, _ := bytes.Cut(text, []byte{';'})
		if item = bytes.TrimSpace(item); len(item) > 0 {
			each(item)
		}
		text = rest
	}
}

// nestedItems calls each with the texts and numbers of a JSON array. It reports false for
// anything else than an array of those and nulls.
func nestedItems(raw []byte, each func(item []byte)) bool {
	var items []json.RawMessage
	if len(raw) == 0 || raw[0] != '[' || json.Unmarshal(raw, &items) != nil {
		return false
	}
	for _, item := range items {
		var text string
		switch {
		case string(item) == "null":
		case isDigit(item[0]) || item[0] == '-':
			each(item)
		case item[0] != '"' || json.Unmarshal(item, &text) != nil:
			return false
		case text != "":
			each([]byte(text))
		}
	}
	return true
}

// isLink reports whether a text is an address that may be published: http or https, with
// a host and without a password.
func isLink(text []byte) bool {
	rest, ok := cutScheme(text)
	if !ok || len(text) > maxLink {
		return false
	}
	host := 0
	for host < len(rest) && rest[host] != '/' && rest[host] != '?' && rest[host] != '#' {
		if rest[host] == '@' {
			return false // a name, and maybe a password
		}
		host++
	}
	if host == 0 || rest[0] == ':' {
		return false
	}
	for _, c := range rest {
		if c <= ' ' || c == 0x7f || c == '\\' {
			return false
		}
	}
	return true
}

func cutScheme(text []byte) (rest []byte, ok bool) {
	const secure, plain = "https://", "http://"
	switch {
	case bytes.HasPrefix(text, []byte(secure)):
		return text[len(secure):], true
	case len(text) >= len(secure) && isWord(text[:len(secure)], secure):
		return text[len(secure):], true
	case len(text) >= len(plain) && isWord(text[:len(plain)], plain):
		return text[len(plain):], true
	}
	return nil, false
}

// hasScheme reports whether a text would be read as an address of another kind, such as
// javascript: or data:. A colon with a space behind it is punctuation, but not after the
// schemes that run what follows.
func hasScheme(text string) bool {
	scheme, rest, found := strings.Cut(strings.ToLower(strings.TrimSpace(text)), ":")
	if !found || strings.ContainsAny(scheme, " \t\r\n/.") {
		return false
	}
	running := scheme == "javascript" || scheme == "data" || scheme == "vbscript"
	return running || !strings.ContainsAny(rest, " \t\r\n")
}

// clipTitle cuts a text that is too long to show.
func clipTitle(text []byte) []byte {
	if len(text) <= maxTitle {
		return text
	}
	n := 0
	for i := range string(text) {
		if n == maxTitle {
			return append(bytes.Clone(text[:i]), "…"...)
		}
		n++
	}
	return text
}

// validText replaces what is no UTF-8.
func validText(text []byte) []byte {
	if utf8.Valid(text) {
		return text
	}
	return bytes.ToValidUTF8(text, []byte("\uFFFD"))
}

// appendList writes a list of texts and numbers as JSON. A list of anything else is no list
// of ids, and written as an object.
func appendList(buf []byte, list []any) []byte {
	from := len(buf)
	buf = append(buf, '[')
	for i, v := range list {
		if i > 0 {
			buf = append(buf, ',')
		}
		switch v := v.(type) {
		case nil:
			buf = append(buf, "null"...)
		case string:
			text, err := json.Marshal(v)
			if err != nil {
				return append(buf[:from], "{}"...)
			}
			buf = append(buf, text...)
		default:
			text, ok := scalarText(v)
			if !ok {
				return append(buf[:from], "{}"...)
			}
			buf = append(buf, text...)
		}
	}
	return append(buf, ']')
}
