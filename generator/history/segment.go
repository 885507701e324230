package history

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// A segment is the facts of one dataset of one source in one month: a line that describes
// it, then for each group a line with its head, and under it a line for each fact with its
// moment (days or seconds since 1970) and its numbers:
//
//	{"uptree":"facts/1","columns":["passed","failed"],"facts":2,"digest":"9a…"}
//	{"@":"day","test":"buy","service":"checkout"}
//	[20454,288,1]
//	[20455,288]
type segmentHead struct {
	Version string   `json:"uptree"`
	Columns []string `json:"columns"`
	Facts   int      `json:"facts"`
	Digest  string   `json:"digest"`
}

const factsVersion = "facts/1"

// maxLine bounds a line of a file of history, in bytes.
const maxLine = 1 << 20

var errSegment = errors.New("it is no file of uptree's history")

// errNewer says that a file was written by a later version of uptree. It is not touched, and
// nothing is built without it: what would be lost is nowhere else.
var errNewer = errors.New("a later version of uptree wrote it")

// ours reports what is wrong with the version that a file says it has.
func ours(have, want string) error {
	kind, number, _ := strings.Cut(have, "/")
	ourKind, ourNumber, _ := strings.Cut(want, "/")
	n, err := strconv.Atoi(number)
	our, _ := strconv.Atoi(ourNumber) // a constant
	switch {
	case have == want:
		return nil
	case kind == ourKind && err == nil && n > our:
		return errNewer
	}
	return errSegment
}

// encode writes a month.
func (p *part) encode(w io.Writer) error {
	head, err := json.Marshal(segmentHead{factsVersion, p.facts.Shape.Columns, p.digest.facts, p.digest.text()})
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, 1<<16)
	b.Write(append(head, '\n')) // a failed write is reported by Flush
	var line []byte
	for _, g := range p.facts.groups {
		line = append(append(append(line[:0], `{"@":"`...), g.At...), '"')
		if len(g.Fields) > 2 {
			line = append(append(line, ','), g.Fields[1:len(g.Fields)-1]...)
		}
		b.Write(append(line, '}', '\n'))
		for _, x := range g.facts {
			line = strconv.AppendUint(append(line[:0], '['), uint64(g.number(x.when)), 10)
			if tail := p.facts.tails.texts[x.tail]; tail != "" {
				line = append(append(line, ','), tail...)
			}
			b.Write(append(line, ']', '\n'))
		}
	}
	return b.Flush()
}

// number is how a moment is written.
func (g *group) number(when uint32) uint32 {
	if g.Day {
		return when / daySeconds
	}
	return when
}

func (d digest) text() string { return fmt.Sprintf("%016x", d.sum) }

// readHead reads what the first line says of a segment.
func readHead(r io.Reader) (digest, error) {
	line, err := bufio.NewReaderSize(r, 4096).ReadSlice('\n')
	if err != nil {
		return digest{}, errSegment
	}
	_, d, err := parseHead(line)
	return d, err
}

func parseHead(line []byte) (segmentHead, digest, error) {
	var h segmentHead
	if json.Unmarshal(line, &h) != nil {
		return h, digest{}, errSegment
	}
	if err := ours(h.Version, factsVersion); err != nil {
		return h, digest{}, err
	}
	sum, err := strconv.ParseUint(h.Digest, 16, 64)
	if err != nil || h.Facts < 0 {
		return h, digest{}, errSegment
	}
	return h, digest{h.Facts, sum}, nil
}

// heads are those of the files of a table by their lines: a measurement has the same in each
// month.
type heads map[string]Head

// parse adds the facts of a segment to f.
func (f *Facts) parse(content []byte, known heads) error {
	line, rest, _ := bytes.Cut(content, []byte{'\n'})
	head, _, err := parseHead(line)
	if err != nil {
		return err
	}
	r := segmentReader{facts: f, known: known}
	if !slices.Equal(head.Columns, f.Shape.Columns) {
		r.place = places(head.Columns, f.Shape.Columns)
	}
	for n := 2; len(rest) > 0; n++ {
		if line, rest, _ = bytes.Cut(rest, []byte{'\n'}); len(line) > maxLine {
			return fmt.Errorf("line %d is too long", n)
		}
		if err := r.line(line); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if f.Full {
		return errors.New("it holds more than is remembered")
	}
	return nil
}

// places finds the columns of an older version in those of this one.
func places(have, want []string) []int {
	out := []int{}
	for _, c := range want {
		out = append(out, slices.Index(have, c))
	}
	return out
}

// segmentReader reads the lines behind the first.
type segmentReader struct {
	facts *Facts
	place []int // per column its place in a line; nil where they are the same
	known heads
	head  Head
	key   []byte
}

func (r *segmentReader) line(line []byte) error {
	switch {
	case len(line) == 0:
		return nil
	case line[0] == '{':
		return r.group(line)
	case line[0] == '[' && line[len(line)-1] == ']' && r.key != nil:
		return r.fact(line[1 : len(line)-1])
	}
	return errSegment
}

func (r *segmentReader) group(line []byte) error {
	head, known := r.known[string(line)]
	if !known {
		var err error
		if head, err = r.parseHead(line); err != nil {
			return err
		}
		if r.facts.Shape.Timed {
			r.known[string(line)] = head
		}
	}
	r.head = head
	r.key = append(append(append(r.key[:0], head.At...), 0), head.Fields...)
	return nil
}

func (r *segmentReader) parseHead(line []byte) (Head, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(line, &fields); err != nil {
		return Head{}, errors.New("it is no JSON object")
	}
	var at string
	if json.Unmarshal(fields["@"], &at) != nil {
		return Head{}, errors.New("nothing dates it")
	}
	day, known := r.facts.Shape.Dates[at]
	if !known {
		return Head{}, fmt.Errorf("it is dated by %.40q, which is no field of %s that could", at, r.facts.Shape.Dataset)
	}
	start := `{"@":"` + at + `"`
	if !bytes.HasPrefix(line, []byte(start)) {
		return Head{}, errors.New("it is not as uptree writes it")
	}
	body := bytes.TrimPrefix(line[len(start):], []byte{','})
	fieldOf := func(name string) []byte { return fields[name] }
	return Head{Fields: "{" + string(body), At: at, Day: day, Identity: r.facts.Shape.Join(at, fieldOf)}, nil
}

// Join returns the identity of a record: the values of the fields that identify it, and what
// dates it where its moment is a part of that, since a day's counts are no run.
func (s *Shape) Join(at string, value func(name string) []byte) string {
	var out []byte
	if s.Timed {
		out = append(out, at...)
	}
	for _, name := range s.Identity {
		out = append(append(out, 0), value(name)...)
	}
	return string(out)
}

func (r *segmentReader) fact(text []byte) error {
	number, tail, _ := bytes.Cut(text, []byte{','})
	when, err := strconv.ParseInt(string(number), 10, 64)
	if err != nil {
		return errors.New("its moment is no number")
	}
	if r.head.Day {
		when *= daySeconds
	}
	if r.place != nil {
		tail = rearranged(tail, r.place)
	}
	if !numbers(tail) {
		return errors.New("what stands behind its moment is no list of numbers")
	}
	r.facts.Add(r.key, when, tail, func() Head { return r.head })
	return nil
}

// rearranged puts the numbers of a line in the order of other columns.
func rearranged(tail []byte, place []int) []byte {
	have := bytes.Split(tail, []byte{','})
	var out []byte
	for i, p := range place {
		if i > 0 {
			out = append(out, ',')
		}
		if p >= 0 && p < len(have) && len(have[p]) > 0 {
			out = append(out, have[p]...)
		} else {
			out = append(out, "null"...)
		}
	}
	return out
}

// numbers reports whether a text holds only what numbers in JSON are written with. Whether
// each is one is seen where it is used.
func numbers(tail []byte) bool {
	for _, c := range tail {
		switch {
		case c >= '0' && c <= '9':
		case bytes.IndexByte([]byte(",.-+eEnul"), c) >= 0:
		default:
			return false
		}
	}
	return true
}
