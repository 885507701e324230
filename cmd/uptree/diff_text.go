package main

import (
	"fmt"
	"slices"
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
// JSON: here they would bury the values. Of a metric without a value of its own the medians
// are shown, or what else changed.
func (t diffText) numbers(list []published.Number) []string {
	var lines []string
	for i := 0; i < len(list); {
		var periods []string
		first := list[i]
		from := i
		for i < len(list) && list[i].Subject == first.Subject && list[i].Metric == first.Metric {
			i++
		}
		for _, n := range telling(list[from:i]) {
			label := strings.TrimSpace(n.Period + " " + n.Part)
			periods = append(periods, strings.TrimSpace(t.escape(label)+" "+t.figures(n)))
		}
		if len(periods) == 0 {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s, %s: %s", t.name(first.Subject), t.escape(first.Metric), strings.Join(periods, "; ")))
	}
	return lines
}

// telling are the numbers of a metric that say most.
func telling(all []published.Number) []published.Number {
	for _, tells := range []func(part string) bool{
		func(part string) bool { return part == "" },
		func(part string) bool { return strings.HasSuffix(part, ".median") },
	} {
		var out []published.Number
		for _, n := range all {
			if tells(n.Part) {
				out = append(out, n)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(n published.Number) bool {
		return zero(n.Old) && zero(n.New) || strings.HasSuffix(n.Part, ".incomplete")
	})
}

// zero reports whether there is nothing of a part, or no such part.
func zero(text string) bool { return text == "" || text == "0" }

// figures words both numbers; two that look the same when rounded are given more finely.
func (t diffText) figures(n published.Number) string {
	before, after := amount(n.Unit, n.Part, n.Old), amount(n.Unit, n.Part, n.New)
	if before == after {
		before, after = finer(n)
	}
	return t.change(before, after)
}

// finer words two numbers with as many digits as it takes to tell them apart.
func finer(n published.Number) (before, after string) {
	a, errA := strconv.ParseFloat(n.Old, 64)
	b, errB := strconv.ParseFloat(n.New, 64)
	if errA == nil && errB == nil && n.Unit == string(rollup.Ratio) && !counted(n.Part) {
		for digits := 3; digits < 12; digits++ {
			before, after = strconv.FormatFloat(a*100, 'f', digits, 64), strconv.FormatFloat(b*100, 'f', digits, 64)
			if before != after {
				return before + " %", after + " %"
			}
		}
	}
	if n.Unit == string(rollup.Seconds) && !counted(n.Part) {
		return n.Old + " s", n.New + " s"
	}
	return n.Old, n.New
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
	switch {
	case err != nil:
		return text
	case counted(part), unit == string(rollup.One):
		return report.Figure(rollup.One, v, 0)
	case unit == string(rollup.Seconds), unit == string(rollup.Ratio):
		return report.Figure(rollup.Unit(unit), v, 0)
	}
	return text + " " + unit
}

// counted reports whether a part is a count whatever the unit of its metric is.
func counted(part string) bool {
	switch part[strings.LastIndexByte(part, '.')+1:] {
	case "numerator", "denominator", "n", "incomplete", "out_of_order", "deployments", "under_five", "met", "at_risk", "breached", "no_data":
		return true
	}
	return false
}
