package history

import (
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"uptree/generator/source"
)

// Remembered is what is known of one dataset of one source beside what it gives: a file in
// JSON Lines, one flat record a line, in the fields of the dataset.
type Remembered struct {
	Source  string
	Dataset string
	Count   int
	Blob    source.Blob
}

// remembered makes a payload of facts.
func (f *Facts) remembered(name string) Remembered {
	n := 0
	for _, g := range f.groups {
		n += len(g.facts)
	}
	return Remembered{f.Source, f.Shape.Dataset, n, source.NewBlob(name, math.MaxInt64, func() (io.ReadCloser, error) {
		return io.NopCloser(&lines{facts: f, columns: columnTexts(f.Shape.Columns)}), nil
	})}
}

// lines reads facts as JSON Lines without holding all of them.
type lines struct {
	facts   *Facts
	columns []string
	group   int
	fact    int
	prefix  []byte // of the lines of the group
	buf     []byte
	rest    []byte // of buf, not read yet
}

func columnTexts(columns []string) []string {
	var out []string
	for _, c := range columns {
		out = append(out, `,"`+c+`":`)
	}
	return out
}

const lineBatch = 32 << 10

func (l *lines) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		l.buf = l.buf[:0]
		for len(l.buf) < lineBatch && l.next() {
		}
		if l.rest = l.buf; len(l.rest) == 0 {
			return 0, io.EOF
		}
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// next appends one record.
func (l *lines) next() bool {
	for l.group < len(l.facts.groups) && l.fact == len(l.facts.groups[l.group].facts) {
		l.group, l.fact = l.group+1, 0
	}
	if l.group == len(l.facts.groups) {
		return false
	}
	g := l.facts.groups[l.group]
	if l.fact == 0 {
		l.prefix = append(append(l.prefix[:0], g.Fields[:len(g.Fields)-1]...), ',')
		if len(g.Fields) == 2 {
			l.prefix = l.prefix[:1]
		}
		l.prefix = append(strconv.AppendQuote(l.prefix, g.At), ':')
	}
	x := g.facts[l.fact]
	l.fact++
	l.buf = append(l.buf, l.prefix...)
	if g.Day {
		l.buf = time.Unix(int64(x.when), 0).UTC().AppendFormat(l.buf, `"2006-01-02"`)
	} else {
		l.buf = strconv.AppendUint(l.buf, uint64(x.when), 10)
	}
	l.numbers(l.facts.tails.texts[x.tail])
	l.buf = append(l.buf, '}', '\n')
	return true
}

// numbers appends the numbers that are given, each under its column.
func (l *lines) numbers(tail string) {
	for i := 0; tail != "" && i < len(l.columns); i++ {
		var number string
		number, tail, _ = strings.Cut(tail, ",")
		if number != "null" && number != "" {
			l.buf = append(append(l.buf, l.columns[i]...), number...)
		}
	}
}
