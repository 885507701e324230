package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// maxFindings is how many findings a service's page lists; index.json lists more.
const maxFindings = 12

// security is the block of what security scanners found: counts by severity, what they say
// of age and of what is shared, and at a service the findings themselves.
func (c *composer) security() Security {
	open := c.rows.findingsOpen
	if open < 0 || !known(c.stats[open]) {
		return Security{}
	}
	s := Security{
		Section: Section{ID: "security", Title: say(wSecurity), Lead: say(wSecurityLead, c.periodArg())},
		Caution: say(wSecurityCaution), Counts: c.findingCounts(), Lines: c.findingLines(),
		Chart: some(c.findingsChart("findings-chart")),
	}
	if c.subject.Kind == rollup.ServiceSubject {
		s.Table = c.findingTable()
	}
	return s
}

// findingMetric is a row of the table of counts.
type findingMetric struct {
	row  int
	word Word
}

func (c *composer) findingMetrics() []findingMetric {
	return []findingMetric{
		{c.rows.findingsOpen, wSecurityOpen}, {c.rows.findingsOverdue, wSecurityOverdue},
		{c.rows.findingsOpened, wSecurityOpened}, {c.rows.findingsClosed, wSecurityClosed},
	}
}

// findingCounts is the table of counts: a row per metric, a column per severity that is in
// any of them.
func (c *composer) findingCounts() Table {
	t := Table{ID: "findings", Caption: say(wSecurityCounts, c.periodArg()), Plain: true, Figures: true,
		Columns: []Column{{Head: say(wFigure)}, {Head: say(wSecurityAll), Number: true}}}
	severities := c.severitiesFound()
	for _, severity := range severities {
		t.Columns = append(t.Columns, Column{Head: say(wSecuritySeverity, arg("severity", name(severity))), Number: true})
	}
	for _, f := range c.findingMetrics() {
		metric, cell := &c.metrics[f.row], &c.stats[f.row][c.period]
		title := Cell{linked(say(f.word), metricsPath+"#"+metric.ID)}
		for _, mark := range c.caveatMarks(metric.ID) {
			title = append(title, text(" "), linked(mark.Kind, mark.Href))
		}
		row := Row{Anchor: "m-" + metric.ID, Cells: []Cell{title, c.opens(f.row, c.findingCount(f.row, int(cell.Value)))}}
		for _, severity := range severities {
			row.Cells = append(row.Cells, c.findingCount(f.row, countedAs(cell, "severity", severity)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// severitiesFound are those that a count of the period has, gravest first.
func (c *composer) severitiesFound() (out []string) {
	for _, severity := range c.model.FindingSeverities {
		for _, f := range c.findingMetrics() {
			if countedAs(&c.stats[f.row][c.period], "severity", severity) > 0 {
				out = append(out, severity)
				break
			}
		}
	}
	return out
}

// findingCount is a count of a metric that has a value.
func (c *composer) findingCount(m, n int) Cell {
	if !c.stats[m][c.period].Known {
		return Cell{text(dash)}
	}
	if m == c.rows.findingsOverdue && n > 0 {
		return Cell{marked(MarkRisk, text(Count(n)))}
	}
	return cellCount(n)
}

// countedAs is a part of a breakdown, 0 where it is not in it.
func countedAs(cell *rollup.Cell, dimension, part string) int {
	for _, b := range cell.By {
		for _, p := range b.Parts {
			if b.Dimension == dimension && p.Name == part {
				return int(p.Value)
			}
		}
	}
	return 0
}

// findingLines say what the counts do not: a line each, where there is something to say.
func (c *composer) findingLines() (out []Cell) {
	open, overdue := &c.stats[c.rows.findingsOpen][c.period], &c.stats[c.rows.findingsOverdue][c.period]
	add := func(s Sentence) { out = append(out, Cell{words(s)}) }
	if s := c.change(&c.metrics[c.rows.findingsOpen], c.period, open); open.PreviousReason == rollup.ReasonNone && s.Word != "" {
		line := Cell{words(say(wSecurityOpen)), text(": "), words(s)}
		if usual, mark := usual(&c.metrics[c.rows.findingsOpen], open); usual.Word != "" {
			line = append(line, text("; "), marked(mark, words(usual)))
		}
		out = append(out, line)
	}
	if kinds := c.findingKinds(open); len(kinds) > 0 {
		out = append(out, kinds)
	}
	if age := &c.stats[c.rows.findingsAge][c.period]; age.Known && len(age.Dists) > 0 {
		add(ageSentence(&age.Dists[0]))
	}
	if n := c.sharedFindings(); n > 0 {
		add(sayN(wSecurityShared, n))
	}
	if !overdue.Known && overdue.Reason == rollup.ReasonNoLimit {
		add(say(wReasonNoLimit))
	}
	for _, n := range overdue.Notes {
		if n.Code == rollup.NoteNotRecorded {
			add(sayN(wSecurityNoDue, n.Count))
		}
	}
	for _, n := range c.stats[c.rows.findingsAge][c.period].Notes {
		if n.Code == rollup.NoteFirstLook {
			add(sayN(wSecurityFirst, n.Count))
		}
	}
	return out
}

func (c *composer) findingKinds(open *rollup.Cell) Cell {
	var spans []Span
	for _, b := range open.By {
		for _, p := range b.Parts {
			if b.Dimension == "kind" {
				spans = append(spans, valued(p.Name, Count(int(p.Value))))
			}
		}
	}
	if len(spans) == 0 {
		return nil
	}
	return append(Cell{words(say(wSecurityKinds)), text(" ")}, joined(spans)...)
}

func ageSentence(d *rollup.Dist) Sentence {
	median := argText("median", coarse(rollup.Seconds, d.Median))
	if d.P90 == nil {
		return say(wSecurityAge, median)
	}
	return say(wSecurityAgeLong, median, argText("p90", coarse(rollup.Seconds, *d.P90)))
}

// sharedFindings counts the open findings that several services here have through one image
// or library.
func (c *composer) sharedFindings() (n int) {
	if c.subject.Kind == rollup.ServiceSubject {
		return 0
	}
	for _, f := range c.cube.OpenFindings(c.subject) {
		if f.Services > 1 {
			n++
		}
	}
	return n
}

// findingTable lists what is open at a service, gravest first and then oldest. What was
// found, and where, is shown only where site.toml publishes findings in full.
func (c *composer) findingTable() Table {
	rows := c.cube.OpenFindings(c.subject)
	if len(rows) == 0 {
		return Table{}
	}
	full := c.site.FindingsInFull
	t := Table{ID: "finding-list", Caption: say(wSecurityList), Stack: true, Columns: []Column{{Head: say(wSecurityGrave)}, {Head: say(wSecurityKind)}}}
	if full {
		t.Columns = append(t.Columns, Column{Head: say(wSecurityWhat)})
	}
	t.Columns = append(t.Columns, Column{Head: say(wSecuritySince)}, Column{Head: say(wSecurityDue)}, Column{Head: say(wSecurityScanner)})
	for i := range rows[:min(len(rows), maxFindings)] {
		t.Rows = append(t.Rows, Row{Cells: c.findingCells(&rows[i], full)})
	}
	if more := len(rows) - maxFindings; more > 0 {
		t.More = sayN(wMoreIncidents, more, arg("file", linked(say(wRecordsJSON), beside("index.json"))))
	}
	return t
}

func (c *composer) findingCells(f *rollup.OpenFinding, full bool) []Cell {
	m := c.model
	cells := []Cell{{name(m.FindingSeverities[f.Severity])}, {orDash(m.FindingKinds[f.Kind])}}
	if full {
		cells = append(cells, Cell{c.whatWasFound(&m.Findings[f.Finding])})
	}
	since := text(c.Words.Day(m.Calendar.DayAt(f.Since)))
	if f.AtLeast {
		since = words(say(wSecurityAtLeast, arg("day", since)))
	}
	scanner := text(dash)
	if f.URL != "" {
		scanner = Span{Say: new(say(wSecurityOpenIt)), Href: f.URL, Away: true}
	}
	return append(cells, Cell{since}, Cell{c.dueSpan(f.Due)}, Cell{scanner})
}

// whatWasFound names a finding.
func (c *composer) whatWasFound(f *model.Finding) Span {
	switch {
	case f.Rule != "" && f.Via != "":
		return words(say(wSecurityIn, arg("rule", name(f.Rule)), arg("via", name(f.Via))))
	case f.Rule != "":
		return name(f.Rule)
	}
	return name(f.ID)
}

// dueSpan is the last day on which a finding is not past due.
func (c *composer) dueSpan(due model.Time) Span {
	if !due.Known() {
		return text(dash)
	}
	day := text(c.Words.Day(c.model.Calendar.DayAt(due - 1)))
	if due <= c.model.AsOf {
		return marked(MarkRisk, words(say(wSecurityPast, arg("day", day))))
	}
	return day
}
