package report

// Word is the key of a sentence in words.toml.
type Word string

// Sentence is a sentence of words.toml with its arguments. The zero Sentence says nothing.
type Sentence struct {
	Word Word
	N    int // chooses between the forms one and other
	Args []Arg
}

// None reports whether there is nothing to say.
func (s Sentence) None() bool { return s.Word == "" }

// Arg is a named argument of a sentence.
type Arg struct {
	Name string
	Span Span
}

// Span is a run of inline text.
type Span struct {
	Text  string    // a name from outside or a formatted figure; may be empty
	Say   *Sentence // words, printed where Text is empty
	Href  string    // path from the site's root, "#anchor", "./file" beside the page, or an address where Away
	Away  bool      // Href leads out of the site
	Name  bool      // Text is a name: its direction is its own
	Mark  Mark      // a drawn sign before the text, never without words
	Stamp *Stamp    // Text is a moment that the script may replace by an age
}

// Stamp is the machine's form of a moment.
type Stamp struct {
	At     string // RFC 3339 moment or day
	Source string // name of the source whose age it is; "" where none
}

// Mark is a sign with a meaning: shape, colour and always a word beside it.
type Mark uint8

// The marks.
const (
	NoMark Mark = iota
	MarkOwn
	MarkInherited
	MarkUnrecorded
	MarkSeveral
	MarkExported
	MarkPlanned
	MarkOK
	MarkRisk
	MarkBad
	MarkQuiet
	NumMarks
)

// String returns the mark's CSS class.
func (m Mark) String() string {
	return [...]string{"", "own", "inherited", "unrecorded", "several", "exported", "planned", "ok", "risk", "bad", "quiet"}[m]
}

// Cell is the content of a table's cell.
type Cell []Span

// Table is a table with a header row; the first cell of each row heads its row.
type Table struct {
	ID      string
	Caption Sentence
	Columns []Column
	Rows    []Row
	More    Sentence // what was left out, and where it is
	Stack   bool     // on a phone each row becomes a card; else the table scrolls in its box
	Figures bool     // all cells but the first of each row are figures
	Matrix  bool     // rows by columns of the same things: cells may be empty
	Plain   bool     // the heading above says what the caption says: it is not shown
}

// Column is a column of a table.
type Column struct {
	Head   Sentence
	Number bool // aligned at the end
}

// Row is a row of a table; one of a single cell heads the rows after it.
type Row struct {
	Anchor string // its id on the page; "" for none
	Cells  []Cell
}

func text(s string) Span               { return Span{Text: s} }
func name(s string) Span               { return Span{Text: s, Name: true} }
func link(s, href string) Span         { return Span{Text: s, Href: href, Name: true} }
func away(s, href string) Span         { return Span{Text: s, Href: href, Away: true, Name: true} }
func words(s Sentence) Span            { return Span{Say: &s} }
func marked(m Mark, s Span) Span       { s.Mark = m; return s }
func linked(s Sentence, h string) Span { return Span{Say: &s, Href: h} }

// say makes a sentence of arguments alone.
func say(w Word, args ...Arg) Sentence { return Sentence{Word: w, Args: args} }

// sayN makes a sentence that depends on a count, which is its argument n.
func sayN(w Word, n int, args ...Arg) Sentence {
	return Sentence{Word: w, N: n, Args: append([]Arg{{"n", text(Count(n))}}, args...)}
}

func arg(name string, s Span) Arg     { return Arg{name, s} }
func argText(name, s string) Arg      { return Arg{name, text(s)} }
func argCount(name string, n int) Arg { return Arg{name, text(Count(n))} }

func cellCount(n int) Cell { return Cell{text(Count(n))} }

// joined separates spans by commas.
func joined(spans []Span) Cell {
	out := make(Cell, 0, 2*len(spans))
	for i, s := range spans {
		if i > 0 {
			out = append(out, text(", "))
		}
		out = append(out, s)
	}
	return out
}
