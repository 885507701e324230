package main

import (
	"fmt"
	"strconv"
	"strings"

	"uptree/generator/published"
	"uptree/generator/report"
	"uptree/generator/rollup"
)

// diffText words a difference for people: sections of lines.
type diffText struct {
	head, item, end string
	escape          func(string) string
}

func (t diffText) write(d *published.Difference, limit int) string {
	pages := fmt.Sprintf("%d pages changed, %d new, %d gone, %d as they were.%s", len(d.Pages.Changed), len(d.Pages.New), len(d.Pages.Gone), d.Pages.Same, t.end)
	return pages + t.sections(d, limit)
}

func (t diffText) sections(d *published.Difference, limit int) string {
	sections := []struct {
		title string
		lines []string
	}{
		{"New", t.subjects(d.Appeared)},
		{"Gone", t.subjects(d.Gone)},
		{"Moved", t.moves(d.Moved)},
		{"Objectives", t.states(d.Objectives)},
		{"Now needs attention", t.signals(d.Signals.Opened)},
		{"No longer needs attention", t.signals(d.Signals.Closed)},
		{"Numbers", t.numbers(d.Numbers)},
	}
	var b strings.Builder
	for _, s := range sections {
		if len(s.lines) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s%s (%d)\n\n", t.head, s.title, len(s.lines))
		for i, line := range s.lines {
			if i == limit && limit > 0 {
				fmt.Fprintf(&b, "%sand %d more%s", t.item, len(s.lines)-limit, t.end)
				break
			}
			b.WriteString(t.item + line + t.end)
		}
	}
	return b.String()
}

func (t diffText) name(s published.Subject) string {
	return t.escape(fmt.Sprintf("%s (%s)", s.Title, s.Kind))
}

func (t diffText) subjects(list []published.Subject) []string {
	var lines []string
	for _, s := range list {
		lines = append(lines, t.name(s))
	}
	return lines
}

func (t diffText) moves(list []published.Move) []string {
	var lines []string
	for _, m := range list {
		lines = append(lines, t.name(m.Subject)+": "+t.change(m.From, m.To))
	}
	return lines
}

func (t diffText) states(list []published.State) []string {
	var lines []string
	for _, s := range list {
		lines = append(lines, fmt.Sprintf("%s, %s: %s", t.name(s.Subject), t.escape(s.Objective),
			t.change(strings.ReplaceAll(s.Old, "_", " "), strings.ReplaceAll(s.New, "_", " "))))
	}
	return lines
}

func (t diffText) signals(list []published.Signal) []string {
	var lines []string
	for _, s := range list {
		lines = append(lines, t.name(s.Subject)+": "+t.escape(s.Text))
	}
	return lines
}

// numbers has a line for each metric of a subject, with its periods. Parts stand in the
// JSON: here they would bury the values, unless a metric has no value of its own.
func (t diffText) numbers(list []published.Number) []string {
	var lines []string
	for i := 0; i < len(list); {
		var periods []string
		first := list[i]
		valued := false
		from := i
		for ; i < len(list) && list[i].Subject == first.Subject && list[i].Metric == first.Metric; i++ {
			valued = valued || list[i].Part == ""
		}
		for _, n := range list[from:i] {
			if valued != (n.Part == "") {
				continue
			}
			label := strings.TrimSpace(n.Period + " " + n.Part)
			periods = append(periods, strings.TrimSpace(t.escape(label)+" "+t.figures(n)))
		}
		lines = append(lines, fmt.Sprintf("%s, %s: %s", t.name(first.Subject), t.escape(first.Metric), strings.Join(periods, "; ")))
	}
	return lines
}

// figures words both numbers; two that look the same when rounded are given in full.
func (t diffText) figures(n published.Number) string {
	before, after := amount(n.Unit, n.Part, n.Old), amount(n.Unit, n.Part, n.New)
	if before == after {
		before, after = n.Old, n.New
	}
	return t.change(before, after)
}

func (t diffText) change(from, to string) string {
	return t.escape(orNone(from)) + " → " + t.escape(orNone(to))
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// amount words a number with its unit, in the way of the pages. Counts beside a ratio or a
// duration have no unit.
func amount(unit, part, text string) string {
	v, err := strconv.ParseFloat(text, 64)
	counts := strings.HasPrefix(part, "numerator") || strings.HasPrefix(part, "denominator") || strings.HasSuffix(part, ".n") ||
		strings.HasSuffix(part, ".incomplete") || strings.HasSuffix(part, ".out_of_order")
	switch {
	case err != nil:
		return text
	case counts, unit == string(rollup.One):
		return report.Figure(rollup.One, v, 0)
	case unit == string(rollup.Seconds), unit == string(rollup.Ratio):
		return report.Figure(rollup.Unit(unit), v, 0)
	}
	return text + " " + unit
}
