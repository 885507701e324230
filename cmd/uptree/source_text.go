package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"uptree/generator"
	"uptree/generator/ingest"
)

// Widths of what is printed, and of the two sides in it.
const (
	maxWidth   = 100
	leftWidth  = 48
	rightWidth = 47
)

// shownFields is how many fields are listed that are not read, or not there.
const shownFields = 40

// tryText prints a Tried for people.
func (a *app) tryText(t *generator.Tried) error {
	p := &tryPrinter{Tried: t}
	p.line("%s: %s", t.Source.Name, t.Origin)
	p.line("in %d · accepted %d · rejected %d · passed over on purpose %d · unmapped %d", t.Raw, t.Accepted, t.Rejected, t.PassedOver, t.Unmapped)
	p.rows("Rejected", ingest.Rejected, t.Rejected)
	p.rows("Nothing was made of", ingest.Unmapped, t.Unmapped)
	p.rows("Accepted", ingest.Accepted, t.Accepted)
	p.rows("Passed over on purpose", ingest.PassedOver, t.PassedOver)
	p.unread()
	p.absent()
	p.unmet()
	p.changes()
	_, err := io.WriteString(a.stdout, p.String())
	return err
}

type tryPrinter struct {
	strings.Builder
	*generator.Tried
}

func (p *tryPrinter) line(format string, args ...any) {
	p.WriteString(strings.TrimRight(plainText(fmt.Sprintf(format, args...)), " ") + "\n")
}

func (p *tryPrinter) head(title string, n int) {
	p.line("")
	p.line("%s (%d)", title, n)
}

// rows prints the raw records of a fate beside what was made of them.
func (p *tryPrinter) rows(title string, fate ingest.Fate, n int) {
	if n == 0 {
		return
	}
	p.head(title, n)
	shown := 0
	for _, r := range p.Rows {
		if r.Fate != fate {
			continue
		}
		shown++
		at := fmt.Sprintf("%s:%d", r.File, r.Line)
		if r.Element > 0 {
			at += fmt.Sprintf(" record %d", r.Element)
		}
		if r.Reason != "" {
			at += "  " + r.Reason
		}
		p.line("")
		p.line("  %s", at)
		p.sides(r)
	}
	if shown < n {
		p.line("")
		p.line("  and %d more (--limit)", n-shown)
	}
}

func (p *tryPrinter) sides(r ingest.TrialRow) {
	left, right := cells(r.Raw, leftWidth), cells(r.Record, rightWidth)
	if r.More > 0 {
		left = append(left, fmt.Sprintf("… %d more that nothing reads", r.More))
	}
	if r.Dataset != "" && len(right) == 0 {
		right = []string{"(nothing of " + r.Dataset + ")"}
	}
	for i := range max(len(left), len(right)) {
		p.line("  %s │ %s", padded(at(left, i), leftWidth), at(right, i))
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// cells are lines of names and values, one each.
func cells(all []ingest.Cell, width int) []string {
	names := 0
	for _, c := range all {
		names = min(max(names, len([]rune(c.Name))), width/2)
	}
	var lines []string
	for _, c := range all {
		lines = append(lines, clipped(padded(clipped(plainText(c.Name), names), names)+"  "+plainText(c.Text), width))
	}
	return lines
}

// clipped shortens a line to so many runes.
func clipped(text string, width int) string {
	runes := []rune(text)
	if len(runes) <= width {
		return text
	}
	return string(runes[:width-1]) + "…"
}

func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-len([]rune(text))))
}

func (p *tryPrinter) unread() {
	if len(p.Unread) == 0 {
		return
	}
	p.head("Fields that nothing reads", len(p.Unread))
	p.line("")
	for i, f := range p.Unread {
		if i == shownFields {
			p.line("  and %d more (--json)", len(p.Unread)-i)
			break
		}
		what := fmt.Sprintf("%s, in %d of %d", f.Kind, f.In, f.Of)
		if f.Person {
			what += ": a person, dropped"
		}
		p.line("  %s  %s", padded(clipped(f.Place+"."+f.Name, leftWidth), leftWidth), what)
	}
}

// absent prints what is looked for and not there: where something is made of the records,
// only what seems to be called otherwise now. Programs look for one name or another.
func (p *tryPrinter) absent() {
	shown := slices.DeleteFunc(slices.Clone(p.Absent), func(f ingest.Absent) bool { return f.Similar == "" && p.Accepted > 0 })
	if len(shown) == 0 {
		return
	}
	p.head("Looked for, and in none of them", len(shown))
	p.line("")
	for _, f := range shown[:min(len(shown), shownFields)] {
		what := fmt.Sprintf("in %d", f.Of)
		if f.Similar != "" {
			what += fmt.Sprintf(": there is .%s, which nothing reads", f.Similar)
		}
		p.line("  %s  %s", padded(clipped(f.Place+"."+f.Name, leftWidth), leftWidth), what)
	}
}

func (p *tryPrinter) unmet() {
	if len(p.Unmet) == 0 {
		return
	}
	p.head("Ids that meet nothing", len(p.Unmet))
	p.line("")
	for _, u := range p.Unmet.Sorted() {
		text := fmt.Sprintf("%s: %s", u.Pos, u.Text)
		if u.Hint != "" {
			text += "; " + u.Hint
		}
		p.WriteString(folded("  " + plainText(text)))
	}
}

func (p *tryPrinter) changes() {
	p.line("")
	if p.Changes == nil {
		p.line("What would change on the site is not known: %s.", p.Unknown)
		return
	}
	p.line("What would change, beside %s:", p.Since)
	text := diffText{item: "  ", end: "\n", escape: plainText}.sections(p.Changes, shownChanges)
	if text == "" {
		text = "\n  nothing\n"
	}
	for line := range strings.Lines(text) {
		p.WriteString(folded(strings.TrimRight(line, "\n")))
	}
}

// folded breaks a line between words, so that it fits; what follows stands further in.
func folded(line string) string {
	const inset = "      "
	var b strings.Builder
	for len([]rune(line)) > maxWidth {
		runes := []rune(line)
		fits := string(runes[:maxWidth])
		cut := strings.LastIndexByte(fits, ' ')
		if list := strings.LastIndex(fits, "; "); list > maxWidth/2 {
			cut = list + 1
		}
		if cut <= len(inset) {
			cut = len(fits)
		}
		b.WriteString(strings.TrimRight(line[:cut], " ") + "\n")
		line = inset + strings.TrimLeft(line[cut:], " ")
	}
	return b.String() + line + "\n"
}
