package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxLine bounds how much of an offending line is printed, in bytes.
const maxLine = 160

// Text writes the problems as lines for people: position, severity and code, then the
// offending line with a caret, then the hint.
func Text(w io.Writer, list List, colour bool) error {
	var b strings.Builder
	for _, p := range list.Sorted() {
		appendText(&b, p, colour)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func appendText(b *strings.Builder, p Problem, colour bool) {
	if at := p.Pos.String(); at != "" {
		b.WriteString(at + ": ")
	}
	label := fmt.Sprintf("%s[%s]:", p.Severity(), p.Code)
	if colour {
		label = paint(p.Severity(), label)
	}
	fmt.Fprintf(b, "%s %s\n", label, clean(p.Text))
	if p.Line != "" {
		line, col := clip(p.Line, p.Pos.Col)
		fmt.Fprintf(b, "    %s\n", line)
		if col > 0 {
			fmt.Fprintf(b, "    %s^\n", strings.Repeat(" ", col-1))
		}
	}
	if p.Hint != "" {
		fmt.Fprintf(b, "    hint: %s\n", clean(p.Hint))
	}
}

func paint(s Severity, text string) string {
	colour := map[Severity]string{Error: "31", Warning: "33", Note: "36"}[s]
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

// String returns file:line:col with what is known of it.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// clip shortens a long line around the column and returns the caret's column in runes.
func clip(line string, col int) (string, int) {
	if col < 1 || col > len(line)+1 {
		col = 0
	}
	if start := col - maxLine/2; len(line) > maxLine && start > 0 {
		line, col = line[start:], col-start
	}
	if len(line) > maxLine {
		line = line[:maxLine]
	}
	if col > 0 {
		col = utf8.RuneCountInString(line[:min(col-1, len(line))]) + 1
	}
	return clean(line), col
}

// clean keeps hostile input from writing to the terminal: one rune in, one rune out.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

type jsonProblem struct {
	Code     Code   `json:"code"`
	Severity string `json:"severity"`
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Text     string `json:"text"`
	Hint     string `json:"hint,omitempty"`
}

// JSON writes the problems as one array.
func JSON(w io.Writer, list List) error {
	out := make([]jsonProblem, 0, len(list))
	for _, p := range list.Sorted() {
		out = append(out, jsonProblem{
			Code: p.Code, Severity: p.Severity().String(), File: p.Pos.File,
			Line: p.Pos.Line, Column: p.Pos.Col, Text: p.Text, Hint: p.Hint,
		})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
