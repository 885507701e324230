// Package diag says what is wrong with the user's input, and where.
//
// A Problem is data, not an error: work goes on after it, all problems of a run are
// collected in a List and shown together. Errors (the error type) are kept for I/O and
// cancellation. The package is a leaf: it imports nothing of uptree.
//
// Every problem carries a Code from the table in codes.go; a code never changes its
// meaning, so that people can search for it and silence or raise it.
package diag

import (
	"cmp"
	"slices"
)

// Severity orders problems: errors make a build or a check fail, warnings do so only
// where the caller is strict, notes never do.
type Severity uint8

// The severities, gravest first.
const (
	Error Severity = iota
	Warning
	Note
)

// String returns the word used in messages: error, warning or note.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "note"
}

// Pos is a place in an input file. Line and Col count from 1, Col in bytes; 0 is unknown.
type Pos struct {
	File string
	Line int
	Col  int
}

// Problem is one thing wrong with the input.
type Problem struct {
	Code Code
	Pos  Pos
	Text string // what is wrong, lower case, without a full stop
	Line string // the offending line of the file, for the caret; may be empty
	Hint string // what to do about it; may be empty

	raised *Severity // the site's own severity for the code
}

// Severity is the severity that the site, else the table gives the problem's code.
func (p Problem) Severity() Severity {
	if p.raised != nil {
		return *p.raised
	}
	return Lookup(p.Code).Severity
}

// List collects the problems of a run. The zero List is empty and ready to use.
type List []Problem

// Add appends a problem.
func (l *List) Add(p Problem) { *l = append(*l, p) }

// Append appends all problems of another list.
func (l *List) Append(other List) { *l = append(*l, other...) }

// Sorted returns a copy in the order of printing: by file, line, column, code, text.
// Equal problems are kept once.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortStableFunc(out, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Text, b.Text),
		)
	})
	return slices.CompactFunc(out, func(a, b Problem) bool {
		a.raised, b.raised = nil, nil
		return a == b
	})
}

// WithLevels returns the problems with the severities that a site gives their codes. An
// error stays an error.
func (l List) WithLevels(levels map[Code]Severity) List {
	out := slices.Clone(l)
	for i, p := range out {
		if level, ok := levels[p.Code]; ok && Lookup(p.Code).Severity != Error {
			out[i].raised = &level
		}
	}
	return out
}

// Count returns how many problems have the severity.
func (l List) Count(s Severity) int {
	n := 0
	for _, p := range l {
		if p.Severity() == s {
			n++
		}
	}
	return n
}

// HasErrors reports whether any problem is an error.
func (l List) HasErrors() bool { return l.Count(Error) > 0 }

// ByCode counts the problems per code.
func (l List) ByCode() map[Code]int {
	out := map[Code]int{}
	for _, p := range l {
		out[p.Code]++
	}
	return out
}
