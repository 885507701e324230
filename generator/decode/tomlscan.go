package decode

import (
	"bytes"
	"strings"

	"github.com/BurntSushi/toml"
)

// tomlNode is where a key of a TOML file stands, or an element of an array, with what is
// in it. Offsets are into the scanned text.
type tomlNode struct {
	key   string
	at    int // offset of the key; of an element: of its value or header
	value int // offset of the value; of a table: of its header
	kind  tomlKind
	keys  []*tomlNode // members of a table, in the order of the file
	byKey map[string]*tomlNode
	items []*tomlNode // elements of an array; nil where one is neither array nor table
}

type tomlKind uint8

const (
	tomlValue    tomlKind = iota // key = value
	tomlImplicit                 // a table named only on the way to another: a of [a.b]
	tomlHeader                   // [table]
	tomlArray                    // [[table]]
)

// tomlStatement is a stretch of the text that stands or falls as one: a header or a
// key with its value.
type tomlStatement struct {
	start, end int
	header     bool
}

// tomlTwice is a key or table that stands twice.
type tomlTwice struct {
	first     *tomlNode
	at        int
	statement int // index of the second one's
}

// tomlScan finds the positions of all keys, which the parser does not tell. It takes what
// the parser takes, and more: where the text is not TOML it goes on with the next line
// and leaves it to the parser to say so.
type tomlScan struct {
	src        []byte
	pos        int
	root       tomlNode
	table      *tomlNode // of the last header
	depth      int       // of table
	statements []tomlStatement
	twice      []tomlTwice
	tooDeep    bool
}

func scanTOML(src []byte) *tomlScan {
	s := &tomlScan{src: src}
	s.table = &s.root
	for s.blank(); s.pos < len(src) && !s.tooDeep; s.blank() {
		header := src[s.pos] == '['
		s.statements = append(s.statements, tomlStatement{start: s.pos, header: header})
		if header {
			s.header()
		} else {
			s.pair(s.table, s.depth)
		}
		s.toLineEnd()
		s.statements[len(s.statements)-1].end = s.pos
	}
	return s
}

// blank moves over white space, line ends and comments.
func (s *tomlScan) blank() {
	for s.pos < len(s.src) {
		switch s.src[s.pos] {
		case ' ', '\t', '\r', '\n':
			s.pos++
		case '#':
			s.toLineEnd()
		default:
			return
		}
	}
}

func (s *tomlScan) space() {
	for s.pos < len(s.src) && (s.src[s.pos] == ' ' || s.src[s.pos] == '\t') {
		s.pos++
	}
}

func (s *tomlScan) toLineEnd() {
	if i := bytes.IndexByte(s.src[s.pos:], '\n'); i >= 0 {
		s.pos += i
	} else {
		s.pos = len(s.src)
	}
}

func (s *tomlScan) is(c byte) bool {
	if s.pos < len(s.src) && s.src[s.pos] == c {
		s.pos++
		return true
	}
	return false
}

// header reads [a.b] or [[a.b]].
func (s *tomlScan) header() {
	start := s.pos
	s.pos++
	array := s.is('[')
	parts, ok := s.keyParts()
	if !ok || !s.is(']') || array && !s.is(']') || s.deep(len(parts)) {
		s.table = &tomlNode{} // what follows belongs to nothing
		return
	}
	in := s.root.descend(parts[:len(parts)-1])
	last := parts[len(parts)-1]
	node := in.byKey[last.key]
	s.depth = len(parts)
	switch {
	case array:
		if node == nil {
			node = in.add(last.key, last.at, tomlArray)
			node.value = start
		}
		s.table = &tomlNode{key: last.key, at: last.at, value: start, kind: tomlHeader}
		node.items = append(node.items, s.table)
		return
	case node == nil:
		node = in.add(last.key, last.at, tomlHeader)
	case node.kind != tomlImplicit:
		s.again(node, last.at)
	default:
		node.at, node.kind = last.at, tomlHeader
	}
	node.value = start
	s.table = node
}

func (s *tomlScan) again(first *tomlNode, at int) {
	s.twice = append(s.twice, tomlTwice{first, at, len(s.statements) - 1})
}

func (s *tomlScan) deep(depth int) bool {
	s.tooDeep = s.tooDeep || depth > maxDepth
	return s.tooDeep
}

// pair reads key = value into a table at the given depth.
func (s *tomlScan) pair(in *tomlNode, depth int) bool {
	parts, ok := s.keyParts()
	if !ok || !s.is('=') || s.deep(depth+len(parts)) {
		return false
	}
	s.space()
	in = in.descend(parts[:len(parts)-1])
	last := parts[len(parts)-1]
	if first := in.byKey[last.key]; first != nil {
		s.again(first, last.at)
		return s.valueAt(&tomlNode{}, depth+len(parts))
	}
	return s.valueAt(in.add(last.key, last.at, tomlValue), depth+len(parts))
}

func (n *tomlNode) add(key string, at int, kind tomlKind) *tomlNode {
	child := &tomlNode{key: key, at: at, value: at, kind: kind}
	if n.byKey == nil {
		n.byKey = map[string]*tomlNode{}
	}
	n.byKey[key] = child
	n.keys = append(n.keys, child)
	return child
}

// descend follows all parts, making the tables on the way.
func (n *tomlNode) descend(parts []tomlPart) *tomlNode {
	for _, p := range parts {
		child := n.byKey[p.key]
		if child == nil {
			child = n.add(p.key, p.at, tomlImplicit)
		}
		if n = child; child.kind == tomlArray {
			n = child.items[len(child.items)-1]
		}
	}
	return n
}

// valueAt moves over the value at pos and notes it, and what is in it, in node.
func (s *tomlScan) valueAt(node *tomlNode, depth int) bool {
	node.value = s.pos
	if s.pos == len(s.src) || s.deep(depth) {
		return false
	}
	switch c := s.src[s.pos]; c {
	case '"', '\'':
		return s.quoted(c)
	case '[':
		return s.array(node, depth)
	case '{':
		return s.inline(node, depth)
	}
	start := s.pos
	for s.pos < len(s.src) && !strings.ContainsRune(",]}#\r\n", rune(s.src[s.pos])) {
		s.pos++
	}
	return s.pos > start
}

func (s *tomlScan) array(node *tomlNode, depth int) bool {
	s.pos++
	for s.blank(); !s.is(']'); s.blank() {
		var item *tomlNode
		if s.pos < len(s.src) && (s.src[s.pos] == '[' || s.src[s.pos] == '{') {
			item = &tomlNode{at: s.pos}
		}
		node.items = append(node.items, item)
		if item == nil {
			item = &tomlNode{}
		}
		if !s.valueAt(item, depth+1) {
			return false
		}
		if s.blank(); !s.is(',') {
			return s.is(']')
		}
	}
	return true
}

func (s *tomlScan) inline(node *tomlNode, depth int) bool {
	s.pos++
	for s.blank(); !s.is('}'); s.blank() {
		if !s.pair(node, depth) {
			return false
		}
		if s.blank(); !s.is(',') {
			return s.is('}')
		}
	}
	return true
}

// quoted moves over a string in quotes of the kind q, of one line or of several.
func (s *tomlScan) quoted(q byte) bool {
	fence := strings.Repeat(string(q), 3)
	if !bytes.HasPrefix(s.src[s.pos:], []byte(fence)) {
		return s.oneLine(q)
	}
	for s.pos += 3; s.pos < len(s.src); s.pos++ {
		switch {
		case q == '"' && s.src[s.pos] == '\\':
			s.pos++
		case bytes.HasPrefix(s.src[s.pos:], []byte(fence)):
			s.pos += 3
			// Up to two quotes before the closing ones belong to the text.
			for range 2 {
				s.is(q)
			}
			return true
		}
	}
	s.pos = len(s.src)
	return false
}

func (s *tomlScan) oneLine(q byte) bool {
	for s.pos++; s.pos < len(s.src) && s.src[s.pos] != '\n'; s.pos++ {
		switch {
		case s.src[s.pos] == q:
			s.pos++
			return true
		case q == '"' && s.src[s.pos] == '\\' && s.pos+1 < len(s.src) && s.src[s.pos+1] != '\n':
			s.pos++
		}
	}
	return false
}

// tomlPart is one part of a dotted key.
type tomlPart struct {
	key string
	at  int
}

// keyParts reads a.b."c" with the space behind it.
func (s *tomlScan) keyParts() (parts []tomlPart, ok bool) {
	for {
		s.space()
		at := s.pos
		key, ok := s.keyPart()
		if !ok || s.deep(len(parts)) {
			return nil, false
		}
		parts = append(parts, tomlPart{key, at})
		if s.space(); !s.is('.') {
			return parts, true
		}
	}
}

func (s *tomlScan) keyPart() (string, bool) {
	start := s.pos
	if s.pos < len(s.src) && (s.src[s.pos] == '"' || s.src[s.pos] == '\'') {
		if !s.oneLine(s.src[s.pos]) {
			return "", false
		}
		return unquoteTOML(string(s.src[start:s.pos])), true
	}
	for s.pos < len(s.src) && isBareKey(s.src[s.pos]) {
		s.pos++
	}
	return string(s.src[start:s.pos]), s.pos > start
}

func isBareKey(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}

// unquoteTOML returns the text of a quoted key. Escapes are left to the parser, so that
// both read the same key.
func unquoteTOML(quoted string) string {
	if quoted[0] == '\'' || !strings.Contains(quoted, `\`) {
		return quoted[1 : len(quoted)-1]
	}
	var one struct{ K string }
	if _, err := toml.Decode("K="+quoted, &one); err != nil {
		return quoted
	}
	return one.K
}
