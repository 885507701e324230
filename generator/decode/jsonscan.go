package decode

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	// maxDepth bounds the nesting of arrays and objects in every format.
	maxDepth = 200
	// maxDigits bounds the text of a number: arithmetic on longer ones is quadratic.
	maxDigits = 1000
)

// jsonScan walks over JSON text (RFC 8259, strictly). Its methods move pos over what they
// are named after; where that does not stand at pos they report false, and reason says
// what is wrong at pos.
type jsonScan struct {
	b      []byte
	pos    int
	reason string
}

func (s *jsonScan) fail(reason string) bool {
	s.reason = reason
	return false
}

// problem is the reason with the column of pos in its line.
func (s *jsonScan) problem() string {
	col := 1
	for i := s.pos - 1; i >= 0 && s.b[i] != '\n'; i-- {
		col++
	}
	return fmt.Sprintf("column %d: %s", col, s.reason)
}

func (s *jsonScan) space() {
	for s.pos < len(s.b) {
		switch s.b[s.pos] {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return
		}
	}
}

// is moves over the byte c, if it stands at pos.
func (s *jsonScan) is(c byte) bool {
	if s.pos < len(s.b) && s.b[s.pos] == c {
		s.pos++
		return true
	}
	return false
}

// text moves over a string and returns what stands between its quotes.
func (s *jsonScan) text() (raw []byte, escaped, ok bool) {
	if !s.is('"') {
		return nil, false, s.fail("expected a string in double quotes")
	}
	start := s.pos
	for {
		s.pos += indexSpecial(s.b[s.pos:])
		switch {
		case s.pos == len(s.b):
			return nil, false, s.fail("the string is not closed")
		case s.b[s.pos] == '"':
			s.pos++
			return s.b[start : s.pos-1], escaped, true
		case s.b[s.pos] != '\\':
			return nil, false, s.fail("a control character inside a string")
		}
		if escaped = true; !s.escape() {
			return nil, false, false
		}
	}
}

// escape moves over a backslash and what belongs to it.
func (s *jsonScan) escape() bool {
	if s.pos+1 < len(s.b) {
		switch s.b[s.pos+1] {
		case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			s.pos += 2
			return true
		case 'u':
			if _, ok := hex4(s.b[s.pos+2:]); ok {
				s.pos += 6
				return true
			}
		}
	}
	return s.fail("not an escape that JSON knows")
}

func hex4(b []byte) (rune, bool) {
	if len(b) < 4 {
		return 0, false
	}
	var r rune
	for _, c := range b[:4] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// number moves over a number and returns it as written.
func (s *jsonScan) number() (raw []byte, ok bool) {
	start := s.pos
	s.is('-')
	if !s.is('0') && !s.digits() {
		return nil, false
	}
	if s.is('.') && !s.digits() {
		return nil, false
	}
	if s.is('e') || s.is('E') {
		if !s.is('+') {
			s.is('-')
		}
		if !s.digits() {
			return nil, false
		}
	}
	if s.pos-start > maxDigits {
		return nil, s.fail(fmt.Sprintf("a number of more than %d digits", maxDigits))
	}
	return s.b[start:s.pos], true
}

func (s *jsonScan) digits() bool {
	start := s.pos
	for s.pos < len(s.b) && '0' <= s.b[s.pos] && s.b[s.pos] <= '9' {
		s.pos++
	}
	return s.pos > start || s.fail("expected a digit")
}

func (s *jsonScan) literal(word string) bool {
	if len(s.b)-s.pos < len(word) || string(s.b[s.pos:s.pos+len(word)]) != word {
		return s.fail("expected a value")
	}
	s.pos += len(word)
	return true
}

// value moves over a value at pos and returns its kind and text: of a string what stands
// between the quotes. depth is that of the array or object around it.
func (s *jsonScan) value(depth int) (v Value, escaped, ok bool) {
	if s.pos == len(s.b) {
		return v, false, s.fail("the text ends where a value is expected")
	}
	start := s.pos
	switch c := s.b[s.pos]; c {
	case '"':
		v.Kind = String
		v.Text, escaped, ok = s.text()
		return v, escaped, ok
	case '{', '[':
		ok = s.nested(depth + 1)
		return Value{Nested, s.b[start:s.pos]}, false, ok
	case 't':
		ok = s.literal("true")
		return Value{Bool, s.b[start:s.pos]}, false, ok
	case 'f':
		ok = s.literal("false")
		return Value{Bool, s.b[start:s.pos]}, false, ok
	case 'n':
		return Value{Kind: Null}, false, s.literal("null")
	default:
		if c != '-' && (c < '0' || c > '9') {
			return v, false, s.fail("expected a value")
		}
		v.Kind = Number
		v.Text, ok = s.number()
		return v, false, ok
	}
}

// nested moves over an array or object at the given depth.
func (s *jsonScan) nested(depth int) bool {
	object := s.b[s.pos] == '{'
	more, ok := s.enter(depth)
	for more && ok {
		if object {
			if _, _, ok = s.key(); !ok {
				return false
			}
		}
		if _, _, ok = s.value(depth); !ok {
			return false
		}
		more, ok = s.next(object)
	}
	return ok
}

// enter moves into an array or object; more is false if it is empty, and left again.
func (s *jsonScan) enter(depth int) (more, ok bool) {
	if depth > maxDepth {
		return false, s.fail(fmt.Sprintf("nested deeper than %d", maxDepth))
	}
	closing := s.b[s.pos] + 2 // "[" and "]", "{" and "}" are two apart
	s.pos++
	s.space()
	return !s.is(closing), true
}

// next moves behind the comma to the next member, or out of the array or object.
func (s *jsonScan) next(object bool) (more, ok bool) {
	s.space()
	switch {
	case s.is(','):
		s.space()
		return true, true
	case object:
		return false, s.is('}') || s.fail(`expected "," or "}"`)
	}
	return false, s.is(']') || s.fail(`expected "," or "]"`)
}

// key moves over the key of a member to its value.
func (s *jsonScan) key() (raw []byte, escaped, ok bool) {
	if raw, escaped, ok = s.text(); !ok {
		return nil, false, false
	}
	s.space()
	if !s.is(':') {
		return nil, false, s.fail(`expected ":"`)
	}
	s.space()
	return raw, escaped, true
}

// unescape appends the text that a string of valid escapes stands for. Half a surrogate
// pair becomes U+FFFD.
func unescape(dst, raw []byte) []byte {
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			dst = append(dst, raw[i])
			i++
			continue
		}
		c := raw[i+1]
		i += 2
		switch c {
		case 'b':
			c = '\b'
		case 'f':
			c = '\f'
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'u':
			r, size := surrogates(raw[i:])
			dst = utf8.AppendRune(dst, r)
			i += size
			continue
		}
		dst = append(dst, c)
	}
	return dst
}

// surrogates reads the digits of \uXXXX, and of a second one if both are a pair.
func surrogates(digits []byte) (r rune, size int) {
	r, _ = hex4(digits)
	if !utf16.IsSurrogate(r) {
		return r, 4
	}
	if rest := digits[4:]; len(rest) >= 6 && rest[0] == '\\' && rest[1] == 'u' {
		second, _ := hex4(rest[2:])
		if pair := utf16.DecodeRune(r, second); pair != utf8.RuneError {
			return pair, 10
		}
	}
	return utf8.RuneError, 4
}
