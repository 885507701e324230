package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// unknownSeverity is the word for severities without a place.
const unknownSeverity = "unknown"

// findingMerger gathers the distinct findings and their rows.
type findingMerger struct {
	*freezer
	byKey map[string][]int32 // -> Model.Findings
	rows  [][]foundRow       // of each finding
	kinds interner
}

// foundRow is a row before it is settled.
type foundRow struct {
	FindingRow
	severity       string
	due            Day
	seen, gone     Day  // NoDay where no build said
	opened, closed bool // the record says when
}

// findings builds Findings.
func (f *freezer) findings() {
	g := findingMerger{freezer: f, byKey: map[string][]int32{}}
	for bi, b := range f.in.Batches {
		for i := range b.Findings {
			g.add(bi, b, &b.Findings[i])
		}
		b.Findings = nil
	}
	kinds := g.order()
	looks := g.looks()
	for i, rows := range g.rows {
		slices.SortStableFunc(rows, func(a, b foundRow) int {
			return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.UnknownService, b.UnknownService), cmp.Compare(a.ID, b.ID))
		})
		for k := range rows {
			r := &rows[k]
			r.Kind = kinds[r.Kind]
			g.settle(r, looks[r.Origin.Source])
			f.m.Findings[i].Rows = append(f.m.Findings[i].Rows, r.FindingRow)
		}
		f.m.Findings[i].ID = rows[0].ID
	}
	g.crack()
	slices.SortStableFunc(f.m.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Via, b.Via), cmp.Compare(a.ID, b.ID))
	})
}

func (g *findingMerger) add(bi int, b *Batch, rec *FindingRecord) {
	o := g.origin(bi, rec.Line)
	switch {
	case rec.Opened > g.m.AsOf, rec.Seen != NoDay && rec.Seen > g.today:
		g.reject(o, "opened after as_of")
		g.count(diag.FutureRecord, Origin{Source: o.Source, File: o.File}, "findings opened after as_of", nil)
		return
	case rec.Opened.Known() && rec.Closed.Known() && rec.Closed < rec.Opened:
		g.reject(o, "closed before it was opened")
		return
	}
	row := g.row(b, rec, o)
	if row.Service != NoIndex {
		g.cover(Findings, o.Source, int(row.Service))
	}
	at := g.finding(rec, o)
	for i := range g.rows[at] {
		if have := &g.rows[at][i]; have.ID == row.ID && have.Service == row.Service && have.UnknownService == row.UnknownService && g.same(have.Origin, o) {
			g.merged(o)
			g.merge(have, &row)
			return
		}
	}
	g.accept(o)
	g.rows[at] = append(g.rows[at], row)
}

// row resolves a record. What lies after as_of reads as not recorded.
func (g *findingMerger) row(b *Batch, rec *FindingRecord, o Origin) foundRow {
	r := foundRow{severity: b.words.text(rec.Severity), due: rec.Due, seen: rec.Seen, gone: rec.Gone}
	r.FindingRow = FindingRow{
		ID: rec.ID, URL: rec.URL, Service: NoIndex, Opened: rec.Opened, Closed: rec.Closed, Origin: o,
		Kind: g.kinds.word(strings.ToLower(b.words.text(rec.Kind))),
	}
	if r.Closed > g.m.AsOf {
		r.Closed = None
	}
	if r.gone > g.today {
		r.gone = NoDay
	}
	r.opened, r.closed = r.Opened.Known(), r.Closed.Known()
	id := b.refs.text(rec.Service)
	if s, ok := g.known(id); ok {
		r.Service = s
	} else {
		r.UnknownService = id
	}
	return r
}

// finding returns the place of the finding that a record is of, a new one where there is
// none. What has one rule and one image or library is one, whoever found it; of other ids
// each source has its own. What pilots found is apart.
func (g *findingMerger) finding(rec *FindingRecord, o Origin) int32 {
	key, shared := "id\x00"+rec.ID, rec.Via != "" && rec.Rule != ""
	if shared {
		key = "via\x00" + rec.Rule + "\x00" + rec.Via
	}
	for _, i := range g.byKey[key] {
		have := g.rows[i][0].Origin
		if shared && g.m.Sources[have.Source].Pilot == g.m.Sources[o.Source].Pilot || !shared && g.same(have, o) {
			return i
		}
	}
	at := int32(len(g.m.Findings))
	g.byKey[key] = append(g.byKey[key], at)
	g.m.Findings = append(g.m.Findings, Finding{ID: rec.ID, Rule: rec.Rule, Via: rec.Via})
	g.rows = append(g.rows, nil)
	return at
}

// merge fills what a row lacks from a later record of it.
func (g *findingMerger) merge(a, b *foundRow) {
	var differ []string
	note := func(field string, conflict bool) {
		if conflict {
			differ = append(differ, field)
		}
	}
	note("kind", keep(&a.Kind, b.Kind))
	note("severity", keep(&a.severity, b.severity))
	note("opened", keepKnown(&a.Opened, b.Opened, None))
	note("closed", keepKnown(&a.Closed, b.Closed, None))
	note("due", keepKnown(&a.due, b.due, NoDay))
	note("url", keep(&a.URL, b.URL))
	a.opened, a.closed = a.Opened.Known(), a.Closed.Known()
	if a.seen == NoDay || b.seen != NoDay && b.seen < a.seen {
		a.seen = b.seen
	}
	g.conflict("finding", a.ID, differ, b.Origin)
}

// order puts the kinds in order, and returns their new places. Severities have the order of
// the site.
func (g *findingMerger) order() []uint16 {
	m := g.m
	m.FindingSeverities = append(slices.Clone(g.in.Security.Severities), unknownSeverity)
	for _, kind := range g.kinds.texts {
		if kind != "" {
			m.FindingKinds = append(m.FindingKinds, kind)
		}
	}
	slices.Sort(m.FindingKinds)
	m.FindingKinds = append(m.FindingKinds[:min(len(m.FindingKinds), maxWords-1)], "")
	return places(g.kinds.texts, m.FindingKinds)
}

// looks finds the day on which each source was first looked at.
func (g *findingMerger) looks() []Day {
	out := make([]Day, len(g.m.Sources))
	for i := range out {
		out[i] = NoDay
	}
	for _, rows := range g.rows {
		for i := range rows {
			r := &rows[i]
			if r.seen == NoDay {
				r.seen = g.today
			}
			if first := &out[r.Origin.Source]; *first == NoDay || r.seen < *first {
				*first = r.seen
			}
		}
	}
	return out
}

// settle finds out when a row was opened, closed and is due, how grave it is, and who
// answers for it. A source that tells what was closed is known since its first record; of
// one that tells what is open alone nothing is known before it was first looked at.
func (g *findingMerger) settle(r *foundRow, look Day) {
	cal := g.m.Calendar
	if !r.closed && r.gone != NoDay {
		r.Closed = cal.Midnight(r.gone)
	}
	switch {
	case !r.opened:
		r.Opened, r.FirstLook = cal.Midnight(r.seen), r.seen == look
		if r.Closed.Known() {
			r.Opened = min(r.Opened, r.Closed)
		}
	case r.Closed.Known():
		r.Closed = max(r.Closed, r.Opened)
	}
	g.began(r.Origin.Source, cal.Midnight(look))
	if r.closed {
		g.began(r.Origin.Source, r.Opened)
	}
	g.grade(r)
	r.OpenedAt, r.Home = g.m.NotOwned, g.m.NotOwned
	if r.Service == NoIndex {
		return
	}
	r.OpenedAt, r.Home = g.homeAt(r.Service, r.Opened), g.m.Services[r.Service].Home
	if r.Closed.Known() {
		r.Home = g.homeAt(r.Service, r.Closed)
	}
}

// grade finds the severity of a row and when it is due.
func (g *findingMerger) grade(r *foundRow) {
	rules := &g.in.Security
	severity, known := rules.place(r.severity)
	if !known {
		severity = len(rules.Severities)
	}
	if !known && r.severity != "" && !strings.EqualFold(r.severity, unknownSeverity) {
		g.count(diag.UnknownSeverity, r.Origin, fmt.Sprintf("severity %q of a finding has no place in [severity.findings]", r.severity),
			func() string { return "add it to the word it means; until then it is shown as \"unknown\"" })
	}
	r.Severity, r.Due = uint16(severity), None
	tier := ""
	if r.Service != NoIndex {
		tier = g.m.Services[r.Service].Tier
	}
	if limit := rules.limit(tier, severity); r.due == NoDay && limit > 0 {
		r.due = g.m.Calendar.DayAt(r.Opened) + Day(limit)
	}
	if r.due != NoDay {
		r.Due = g.m.Calendar.Midnight(r.due + 1)
	}
}

// crack lists each unknown service once, with a problem that counts the records.
func (g *findingMerger) crack() {
	seen := map[string]bool{}
	for i := range g.m.Findings {
		for k := range g.m.Findings[i].Rows {
			r := &g.m.Findings[i].Rows[k]
			if r.Service != NoIndex {
				continue
			}
			g.count(diag.UnknownReference, r.Origin, fmt.Sprintf("finding in unknown service %q", r.UnknownService), g.suggestService(r.UnknownService))
			if key := fmt.Sprint(r.Origin.Source, " ", r.UnknownService); !seen[key] {
				seen[key] = true
				g.m.Cracks = append(g.m.Cracks, Crack{
					Kind: CrackFoundService, Node: NoIndex, Service: NoIndex, Journey: NoIndex, Incident: NoIndex, Text: r.UnknownService, Origin: r.Origin,
				})
			}
		}
	}
}
