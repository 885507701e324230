package content

import (
	"sort"
	"time"

	"uptree/generator/diag"
)

// Doc is one document. It is read-only and safe to use from many goroutines.
type Doc struct {
	Kind Kind
	ID   string // a page's is its path below pages/, without .md
	File string // from the site's folder, with slashes: for messages and "edit this page"
	Meta Meta

	text     string            // the whole file: valid UTF-8, LF line ends, no control characters
	body     int               // where in text the Markdown begins
	images   map[string]*Image // of all documents, by file
	verbatim bool              // the body would cost too much to parse; it is shown as it stands
}

// Meta is a document's front matter.
type Meta struct {
	Title    string
	Links    []Link
	ReviewBy Date
	Tags     []string // sorted, each once
	Marks    []Mark
	Caveats  []Caveat

	Asks      []Ask
	Provides  []Provides // of a node alone
	Decisions []Decision
	Tradeoffs []Tradeoff
}

// Link is a link of the front matter as written. Links resolves it.
type Link struct {
	Title string // may be empty
	URL   string // http, https or typed, not yet checked
	At    diag.Pos
}

// Mark is a line on the charts.
type Mark struct {
	Date   Date
	Text   string
	Metric string // a metric's id; empty for all
	At     diag.Pos
}

// CaveatKind says what a caveat says of a number.
type CaveatKind string

// The kinds of caveats.
const (
	Note     CaveatKind = "note"
	Disputed CaveatKind = "disputed"
	Pilot    CaveatKind = "pilot"
)

// Caveat is a mark beside a number.
type Caveat struct {
	Metric string // a metric's id
	Text   string
	Since  Date // the zero Date: always
	Until  Date // inclusive; the zero Date: until it is taken away
	Kind   CaveatKind
	At     diag.Pos
}

// Date is a day as written, without a time zone. The zero Date is none.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.midnight().Before(e.midnight()) }

// String returns the date as YYYY-MM-DD, or "" if there is none.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.midnight().Format(time.DateOnly)
}

func (d Date) midnight() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// DateOf is the day of a moment, in its zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

func (d *Doc) subject() subject { return subject{d.Kind, d.ID} }

// markdown is the body.
func (d *Doc) markdown() string { return d.text[d.body:] }

// places finds lines and columns in a text.
type places struct {
	file   string
	text   string
	starts []int // offsets of the lines
}

func newPlaces(file, text string) *places {
	p := &places{file: file, text: text, starts: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			p.starts = append(p.starts, i+1)
		}
	}
	return p
}

// at returns the place of an offset, and its line.
func (p *places) at(offset int) (diag.Pos, string) {
	offset = max(0, min(offset, len(p.text)))
	n := sort.SearchInts(p.starts, offset+1)
	pos := diag.Pos{File: p.file, Line: n, Col: offset - p.starts[n-1] + 1}
	return pos, p.line(n)
}

// line returns the text of a line counted from 1, or "" if there is none.
func (p *places) line(n int) string {
	if n < 1 || n > len(p.starts) {
		return ""
	}
	if n == len(p.starts) {
		return p.text[p.starts[n-1]:]
	}
	return p.text[p.starts[n-1] : p.starts[n]-1]
}
