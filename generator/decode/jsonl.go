package decode

import (
	"fmt"
	"io"
	"slices"

	"uptree/generator/diag"
)

const (
	// maxKeys bounds the members of one flat object.
	maxKeys = 1 << 14
	// keptKeys bounds how many different keys of a file are remembered.
	keptKeys = 1 << 16
)

// jsonlReader reads one flat object per line.
//
// Records of one file nearly always have the same keys in the same order. So each key is
// first compared with the one that stood at its place in the record before (shape), and
// looked up only if it differs. While a record follows the shape no key can stand twice.
type jsonlReader struct {
	findings
	in      window
	o       Options
	opened  bool
	scan    jsonScan
	rec     Record
	text    []byte // the record's strings with escapes
	keys    map[string]int
	members []member // all keys met, by the index that keys has
	shape   []int    // the keys of the record before, as indices of members
	record  int      // number of the record, for member.seen
}

// member is a key of the file's objects.
type member struct {
	key   string
	field int // index of its field, -1 where not asked for
	seen  int // the last record that had it, if it was looked up there
}

func newJSONL(r io.Reader, o Options) Reader {
	if o.MaxRecord == 0 {
		o.MaxRecord = DefaultMaxRecord
	}
	return &jsonlReader{
		findings: findings{file: o.File},
		in:       newWindow(r, o.MaxRecord), o: o, keys: map[string]int{},
		rec: Record{Values: make([]Value, len(o.Fields))},
	}
}

func (j *jsonlReader) Record() *Record { return &j.rec }
func (j *jsonlReader) Err() error      { return readError(j.file, j.in.err) }

func (j *jsonlReader) Next() bool {
	if !j.opened {
		j.opened = true
		j.in.skipBOM()
	}
	for {
		line, size, ok := j.in.peek()
		if !ok {
			return false
		}
		j.rec.Line = j.in.line
		if size == 0 {
			j.tooLarge(j.rec.Line, j.in.max)
			j.in.skipLong()
			continue
		}
		j.in.skip(size, 1)
		j.scan = jsonScan{b: line}
		if j.scan.space(); j.scan.pos == len(line) {
			continue
		}
		if !j.object() {
			j.reject(j.rec.Line, diag.BadRecord, j.scan.problem())
			continue
		}
		j.repairValues(j.rec.Values, j.rec.Line, line)
		return true
	}
}

// object reads the line's object into the record.
func (j *jsonlReader) object() bool {
	s := &j.scan
	j.begin()
	if s.b[s.pos] != '{' {
		return s.fail("expected an object: every line is one, from { to }")
	}
	more, ok := s.enter(1)
	n := 0
	for ; more && ok; n++ {
		if !j.member(n) {
			return false
		}
		more, ok = s.next(true)
	}
	if !ok {
		return false
	}
	j.shape = j.shape[:n]
	if s.space(); s.pos < len(s.b) {
		return s.fail("text behind the object")
	}
	return true
}

func (j *jsonlReader) begin() {
	j.text = j.text[:0]
	j.record++
	clear(j.rec.Values)
	if len(j.members) > keptKeys {
		clear(j.keys)
		j.members, j.shape = j.members[:0], j.shape[:0]
	}
}

// member reads the n-th member of the object.
func (j *jsonlReader) member(n int) bool {
	s := &j.scan
	at := s.pos
	raw, escaped, ok := s.key()
	if !ok {
		return false
	}
	if n == maxKeys {
		return s.fail(fmt.Sprintf("an object of more than %d keys", maxKeys))
	}
	if n >= len(j.shape) || escaped || string(raw) != j.members[j.shape[n]].key {
		if !j.differ(n, raw, escaped) {
			s.pos = at
			return false
		}
	}
	v, escaped, ok := s.value(1)
	field := j.members[j.shape[n]].field
	if !ok || field < 0 {
		return ok
	}
	if escaped {
		v.Text = j.unescape(v.Text)
	}
	j.rec.Values[field] = v
	return true
}

func (j *jsonlReader) unescape(raw []byte) []byte {
	start := len(j.text)
	j.text = unescape(j.text, raw)
	return j.text[start:]
}

// differ notes a key that is not the one of the record before. From the first such key
// on, the keys of a record are marked as seen, to find those given twice.
func (j *jsonlReader) differ(n int, raw []byte, escaped bool) bool {
	if escaped {
		raw = j.unescape(raw)
	}
	if n == 0 || j.members[j.shape[n-1]].seen != j.record {
		for _, m := range j.shape[:n] {
			j.members[m].seen = j.record
		}
	}
	m := j.lookup(raw)
	if j.members[m].seen == j.record {
		return j.scan.fail(fmt.Sprintf("key %q given twice", shorten(string(raw))))
	}
	j.members[m].seen = j.record
	j.shape = append(j.shape[:n], m)
	return true
}

func (j *jsonlReader) lookup(key []byte) int {
	m, ok := j.keys[string(key)]
	if !ok {
		m = len(j.members)
		name := string(key)
		j.keys[name] = m
		j.members = append(j.members, member{name, slices.Index(j.o.Fields, name), 0})
	}
	return m
}
