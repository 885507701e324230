package report

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"uptree/generator/model"
)

// Words are the sentences of a site: one language, one tone. They never change after
// LoadWords.
type Words struct {
	Lang, Dir string // of the pages: BCP 47, ltr or rtl

	sentences map[Word]phrase
	months    []string
}

// phrase is a parsed sentence in its two forms.
type phrase struct{ one, other []piece }

// piece is literal text, or the place of an argument.
type piece struct {
	text string
	arg  string
}

// Append writes a sentence: literal text through lit, arguments through put.
func (w *Words) Append(dst []byte, s Sentence, lit func([]byte, string) []byte, put func([]byte, Span) []byte) []byte {
	p := w.sentences[s.Word]
	form := p.other
	if s.N == 1 && p.one != nil {
		form = p.one
	}
	for _, piece := range form {
		if piece.arg == "" {
			dst = lit(dst, piece.text)
			continue
		}
		for i := range s.Args {
			if s.Args[i].Name == piece.arg {
				dst = put(dst, s.Args[i].Span)
			}
		}
	}
	return dst
}

// Plain returns a sentence without links and marks.
func (w *Words) Plain(s Sentence) string { return string(w.appendPlain(nil, s)) }

func (w *Words) appendPlain(dst []byte, s Sentence) []byte {
	lit := func(dst []byte, t string) []byte { return append(dst, t...) }
	return w.Append(dst, s, lit, w.appendSpan)
}

func (w *Words) appendSpan(dst []byte, s Span) []byte {
	if s.Text == "" && s.Say != nil {
		return w.appendPlain(dst, *s.Say)
	}
	return append(dst, w.Quantity(s)...)
}

// leftToRight lets what stands between two of it run from left to right: the bidirectional
// mark of that name.
const leftToRight = "\u200e"

// Quantity returns the text of a span as it is read: among words from right to left
// "27 d 10 h" would stand as "d 10 h 27".
func (w *Words) Quantity(s Span) string {
	if w.Dir != "rtl" || s.Name || strings.IndexFunc(strings.TrimLeft(s.Text, "−-+= "+nbsp), unicode.IsDigit) != 0 {
		return s.Text
	}
	return leftToRight + s.Text + leftToRight
}

// Day prints a site day: 24 Aug 2026.
func (w *Words) Day(d model.Day) string {
	t := d.Date()
	return w.dayMonth(t) + nbsp + strconv.Itoa(t.Year())
}

// ShortDay prints a day without its year, for moments of the last months.
func (w *Words) ShortDay(d model.Day) string { return w.dayMonth(d.Date()) }

func (w *Words) dayMonth(t time.Time) string {
	return strconv.Itoa(t.Day()) + nbsp + w.months[t.Month()-1]
}

// Moment prints a moment in the site's zone: 24 Aug 2026 09:05.
func (w *Words) Moment(c *model.Calendar, t model.Time) string {
	return w.Day(c.DayAt(t)) + " " + clock(c, t)
}

// clock prints the time of day of a moment in the site's zone.
func clock(c *model.Calendar, t model.Time) string {
	return time.Unix(int64(t), 0).In(c.Zone()).Format("15:04")
}

// stamp prints the machine's form of a moment.
func stamp(c *model.Calendar, t model.Time) string {
	return time.Unix(int64(t), 0).In(c.Zone()).Format(time.RFC3339)
}

// shortStamp is a moment to the minute, in UTC: for the many of a table.
func shortStamp(t model.Time) string {
	return time.Unix(int64(t), 0).UTC().Format("2006-01-02T15:04Z")
}

// parsePhrase splits a sentence at its {arguments}. It returns false for a brace that is
// not closed or a name that is empty.
func parsePhrase(s string) ([]piece, bool) {
	pieces := []piece{}
	for s != "" {
		lit, rest, found := strings.Cut(s, "{")
		if lit != "" {
			pieces = append(pieces, piece{text: lit})
		}
		if !found {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || name == "" {
			return nil, false
		}
		pieces = append(pieces, piece{arg: name})
		s = after
	}
	return pieces, true
}

// args lists the names of the arguments that the pieces use, sorted.
func args(pieces []piece) []string {
	var out []string
	for _, p := range pieces {
		if p.arg != "" {
			out = append(out, p.arg)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
