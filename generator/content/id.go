package content

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// EncodeID returns an id as a path segment, for file names and URLs: Unicode letters and
// digits, ".", "_" and "-" stay, every other byte becomes "~" and two hex digits.
func EncodeID(id string) string {
	var b strings.Builder
	for i := 0; i < len(id); {
		r, size := utf8.DecodeRuneInString(id[i:])
		if staysInID(r, size) {
			b.WriteString(id[i : i+size])
		} else {
			for _, c := range []byte(id[i : i+size]) {
				fmt.Fprintf(&b, "~%02x", c)
			}
		}
		i += size
	}
	return b.String()
}

func staysInID(r rune, size int) bool {
	if r == utf8.RuneError && size <= 1 {
		return false
	}
	return r == '.' || r == '_' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// DecodeID returns the id that a path segment stands for. A name that EncodeID does not
// write is an error which says how the name is written, so that no id has two names.
func DecodeID(name string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		if name[i] != '~' {
			b.WriteByte(name[i])
			continue
		}
		if i+2 >= len(name) || !isHex(name[i+1]) || !isHex(name[i+2]) {
			return "", fmt.Errorf("%q has a ~ that is not followed by two hex digits", name)
		}
		b.WriteByte(unhex(name[i+1])<<4 | unhex(name[i+2]))
		i += 2
	}
	id := b.String()
	if want := EncodeID(id); want != name {
		return "", fmt.Errorf("%q is not how an id is written: %q is", name, want)
	}
	return id, nil
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}
