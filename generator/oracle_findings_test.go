package generator_test

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// findingRow is a raw record of a security finding.
type findingRow struct {
	ID       string `csv:"id"`
	Service  string `csv:"service"`
	Kind     string `csv:"kind"`
	Severity string `csv:"severity"`
	Opened   string `csv:"opened"`
	Closed   string `csv:"closed"`
	Due      string `csv:"due"`
	Rule     string `csv:"rule"`
	Via      string `csv:"via"`
	Seen     string `csv:"seen"`
	Gone     string `csv:"gone"`
}

// oracleFound is a finding in one service, after merging. Moments that are not known are 0.
type oracleFound struct {
	row                 findingRow
	source              int
	service             string // "" where unknown
	opened, closed, due int64
	first               bool // was there at the first look
	begunAt, home       string
	dated               bool // the record says when it was closed
}

// oracleFinding is what has one rule and one image or library, else one id.
type oracleFinding struct{ rows []*oracleFound }

// findingLimits are those of the sites that are drawn, in days.
var findingLimits = map[string]int{"high": 20, "critical": 5}

// findingGrades are the severities that are drawn, and what they mean.
var findingGrades = map[string]string{"high": "high", "ERROR": "high", "9.1": "critical", "moderate": "medium", "low": "low", "odd": "unknown"}

var graveFirst = []string{"critical", "high", "medium", "low", "info", "unknown"}

func (o *oracle) refused(r *findingRow) bool {
	return r.Opened != "" && instant(r.Opened) > o.now || r.Seen > o.dateOf(o.now) ||
		r.Opened != "" && r.Closed != "" && instant(r.Closed) < instant(r.Opened)
}

// readFindings takes the findings of a source.
func (o *oracle) readFindings(s *eventSource, source int) {
	for _, r := range slices.Concat(s.Findings...) {
		if o.refused(&r) {
			continue
		}
		if _, ok := o.moment(r.Closed); !ok {
			r.Closed = ""
		}
		if r.Gone > o.dateOf(o.now) {
			r.Gone = ""
		}
		key := "id " + r.ID
		if r.Rule != "" && r.Via != "" {
			key = "via " + r.Rule + " " + r.Via
		}
		f := o.findingOf(key, source)
		one := func(other int) bool { return other == source || s.Merge || o.in.Sources[other].Merge }
		i := slices.IndexFunc(f.rows, func(have *oracleFound) bool {
			return have.row.ID == r.ID && have.service == o.serviceOf(r.Service) && (have.service != "" || have.row.Service == r.Service) && one(have.source)
		})
		if i < 0 {
			f.rows = append(f.rows, &oracleFound{row: r, source: source, service: o.serviceOf(r.Service)})
			continue
		}
		have := &f.rows[i].row
		first(&have.Kind, r.Kind)
		first(&have.Opened, r.Opened)
		first(&have.Closed, r.Closed)
		first(&have.Due, r.Due)
		if have.Seen == "" || r.Seen != "" && r.Seen < have.Seen {
			have.Seen = r.Seen
		}
	}
}

func (o *oracle) serviceOf(id string) string {
	if known := o.known([]string{id}); len(known) > 0 {
		return known[0]
	}
	return ""
}

// findingOf finds what a record of a source is of. Records of one id in several sources are
// of one finding only where a source says so; pilots are apart.
func (o *oracle) findingOf(key string, source int) *oracleFinding {
	s := &o.in.Sources[source]
	for _, f := range o.findings[key] {
		other := &o.in.Sources[f.rows[0].source]
		if strings.HasPrefix(key, "via") && other.Pilot == s.Pilot || strings.HasPrefix(key, "id") && (other == s || other.Merge || s.Merge) {
			return f
		}
	}
	f := &oracleFinding{}
	o.findings[key] = append(o.findings[key], f)
	return f
}

// settleFindings finds when each was opened, closed and due, and who answered for it.
func (o *oracle) settleFindings() {
	today := o.dateOf(o.now)
	looks := map[int]string{}
	for _, f := range o.allFindings() {
		for _, r := range f.rows {
			r.row.Seen = cmp.Or(r.row.Seen, today)
			if looks[r.source] == "" || r.row.Seen < looks[r.source] {
				looks[r.source] = r.row.Seen
			}
		}
	}
	for _, f := range o.allFindings() {
		for _, r := range f.rows {
			o.settleFinding(r, looks[r.source])
		}
		slices.SortStableFunc(f.rows, func(a, b *oracleFound) int {
			return cmp.Or(strings.Compare(a.service, b.service), cmp.Compare(a.row.ID, b.row.ID))
		})
	}
}

func (o *oracle) settleFinding(r *oracleFound, look string) {
	r.closed, r.dated = o.moment(r.row.Closed)
	if !r.dated && r.row.Gone != "" {
		r.closed = o.dayStart(r.row.Gone)
	}
	if r.row.Opened != "" {
		r.opened = instant(r.row.Opened)
		if r.closed != 0 {
			r.closed = max(r.closed, r.opened)
		}
	} else {
		r.opened, r.first = o.dayStart(r.row.Seen), r.row.Seen == look
		if r.closed != 0 {
			r.opened = min(r.opened, r.closed)
		}
	}
	due := r.row.Due
	if limit := findingLimits[findingGrades[r.row.Severity]]; due == "" && limit > 0 {
		due = dateAfter(o.dateOf(r.opened), limit)
	}
	if due != "" {
		r.due = o.dayStart(dateAfter(due, 1))
	}
	r.begunAt, r.home = notOwned, notOwned
	if r.service != "" {
		r.begunAt, r.home = o.homeOn(r.service, r.opened), o.services[r.service].home
		if r.closed != 0 {
			r.home = o.homeOn(r.service, r.closed)
		}
	}
	if begin, seen := o.foundSince[r.source]; !seen || o.dayStart(look) < begin {
		o.foundSince[r.source] = o.dayStart(look)
	}
	if r.dated {
		o.foundSince[r.source] = min(o.foundSince[r.source], r.opened)
	}
}

func (o *oracle) allFindings() (out []*oracleFinding) {
	for _, found := range o.findings {
		out = append(out, found...)
	}
	return out
}

// foundAt is a finding as one place sees it: the rows that were opened there and those that
// are there, or were when they were closed.
type foundAt struct{ all, begun, here []*oracleFound }

// findingsAt are those that a view sees.
func (o *oracle) findingsAt(v view) (out []foundAt) {
	for _, f := range o.allFindings() {
		if o.in.Sources[f.rows[0].source].Pilot {
			continue
		}
		at := foundAt{}
		for _, r := range f.rows {
			if v.deploys(r.service, r.begunAt) || v.deploys(r.service, r.home) {
				at.all = append(at.all, r)
			}
			if v.deploys(r.service, r.begunAt) {
				at.begun = append(at.begun, r)
			}
			if v.deploys(r.service, r.home) {
				at.here = append(at.here, r)
			}
		}
		if len(at.all) > 0 {
			out = append(out, at)
		}
	}
	return out
}

// openAt are the rows that are open at the end of a window.
func (a *foundAt) openAt(end int64) (out []*oracleFound) {
	for _, r := range a.here {
		if r.opened < end && (r.closed == 0 || r.closed >= end) {
			out = append(out, r)
		}
	}
	return out
}

// begins is when it was opened there; first says that it was all there at a first look.
func begins(rows []*oracleFound) (at int64, first bool) {
	at, first = 1<<62, true
	for _, r := range rows {
		at = min(at, r.opened)
	}
	for _, r := range rows {
		first = first && (r.opened > at || r.first)
	}
	return at, first
}

// findingCounts are the metrics that count findings: which are counted in a window.
var findingCounts = map[string]func(*foundAt, span) bool{
	"findings_open": func(a *foundAt, w span) bool { return len(a.openAt(w.to)) > 0 },
	"findings_overdue": func(a *foundAt, w span) bool {
		return slices.ContainsFunc(a.openAt(w.to), func(r *oracleFound) bool { return r.due != 0 && r.due <= w.to })
	},
	"findings_opened": func(a *foundAt, w span) bool {
		at, first := begins(a.begun)
		return len(a.begun) > 0 && !first && w.from <= at && at < w.to
	},
	"findings_closed": func(a *foundAt, w span) bool {
		last := int64(0)
		for _, r := range a.here {
			if r.closed == 0 {
				return false
			}
			last = max(last, r.closed)
		}
		return len(a.here) > 0 && w.from <= last && last < w.to
	},
}

func tallyFindings(found []foundAt, counts func(*foundAt, span) bool, w span) (n float64) {
	for i := range found {
		if counts(&found[i], w) {
			n++
		}
	}
	return n
}

func (o *oracle) findingFacts(f facts, v view, period string) {
	found, w := o.findingsAt(v), o.windows[period][0]
	w.to++ // what is of this very moment is in it
	for metric, counts := range findingCounts {
		if !o.frame(f, v, metric, period, "findings", len(found) > 0) {
			continue
		}
		path := metric + "/" + period + "/"
		if metric == "findings_overdue" && !o.dueFacts(f, found, period, w) {
			continue
		}
		value := tallyFindings(found, counts, w)
		if f.num(path+"value", value); metric != "findings_overdue" {
			f.num(path+"n", value)
		}
		o.past(f, metric, period, "findings", func(w span) (float64, bool) { return tallyFindings(found, counts, w), true })
		f.gradeFacts(path, found, counts, w)
		if v.kind == "org" {
			o.findingTerms(f, v, metric, period, counts, w, value)
		}
		if metric == "findings_opened" {
			for i := range found {
				at, first := begins(found[i].begun)
				f.noteIf(len(found[i].begun) > 0 && first && at >= w.from, metric, period, "first_look", 1)
			}
		}
	}
	o.ageFacts(f, v, found, period, w)
}

// dueFacts says how many of the open findings have a due date, and whether that is enough.
func (o *oracle) dueFacts(f facts, found []foundAt, period string, w span) bool {
	open, due := 0, 0
	for i := range found {
		rows := found[i].openAt(w.to)
		if len(rows) == 0 {
			continue
		}
		open++
		if slices.ContainsFunc(rows, func(r *oracleFound) bool { return r.due != 0 }) {
			due++
		}
	}
	path := "findings_overdue/" + period + "/"
	if open > 0 && due == 0 {
		f[path+"reason"] = "nothing says when it is due"
		return false
	}
	f.num(path+"n", float64(due))
	f.noteIf(true, "findings_overdue", period, "not_recorded", open-due)
	return true
}

// openOfDay counts by severity what is open at the end of a day; before the sources reach
// back nothing is known.
func (o *oracle) openOfDay(f facts, v view, day span, date string) {
	reach, _, reaches := o.reach("findings")
	if !reaches || reach > day.to {
		return
	}
	open := map[string]int{}
	for _, at := range o.findingsAt(v) {
		if len(at.here) == 0 {
			continue
		}
		grade := at.gravest()
		open[grade] += 0
		if len(at.openAt(day.to)) > 0 {
			open[grade]++
		}
	}
	for grade, n := range open {
		f.num("findings_open/"+date+"/"+grade, float64(n))
	}
}

// gravest is the gravest severity of its rows.
func (a *foundAt) gravest() string {
	gravest := "unknown"
	for _, r := range a.all {
		if grade := findingGrades[r.row.Severity]; slices.Index(graveFirst, grade) < slices.Index(graveFirst, gravest) {
			gravest = grade
		}
	}
	return gravest
}

func (f facts) gradeFacts(path string, found []foundAt, counts func(*foundAt, span) bool, w span) {
	tally := map[string]int{}
	for i := range found {
		if !counts(&found[i], w) {
			continue
		}
		kind := strings.ToLower(found[i].all[0].row.Kind)
		tally["by/severity/"+found[i].gravest()]++
		if kind != "" {
			tally["by/kind/"+kind]++
		}
	}
	for name, n := range tally {
		f.num(path+name, float64(n))
	}
}

func (o *oracle) findingTerms(f facts, v view, metric, period string, counts func(*foundAt, span) bool, w span, value float64) {
	path := metric + "/" + period + "/conservation/"
	here := v
	here.deploys = func(_, home string) bool { return home == v.id }
	terms := tallyFindings(o.findingsAt(here), counts, w)
	f.num(path+"direct", terms)
	for _, child := range v.children {
		of := facts{}
		n := tallyFindings(o.findingsAt(o.nodeView(child)), counts, w)
		terms += n
		if f.num(path+"children/"+child, n); !o.findingsMeasured(of, child, metric, period, w) {
			f[path+"children/"+child] = "null"
		}
	}
	f.num(path+"shared", terms-value)
}

// findingsMeasured reports whether a node has a value of a metric.
func (o *oracle) findingsMeasured(f facts, node, metric, period string, w span) bool {
	v := o.nodeView(node)
	found := o.findingsAt(v)
	return o.frame(f, v, metric, period, "findings", len(found) > 0) && (metric != "findings_overdue" || o.dueFacts(f, found, period, w))
}

func (o *oracle) ageFacts(f facts, v view, found []foundAt, period string, w span) {
	const metric = "findings_age"
	if !o.frame(f, v, metric, period, "findings", len(found) > 0) {
		return
	}
	var ages []float64
	atLeast := 0
	today, _ := time.Parse(time.DateOnly, o.dateOf(o.now))
	for i := range found {
		rows := found[i].openAt(w.to)
		if len(rows) == 0 {
			continue
		}
		at, first := begins(rows)
		day, _ := time.Parse(time.DateOnly, o.dateOf(at))
		if ages = append(ages, today.Sub(day).Seconds()); first {
			atLeast++
		}
	}
	path := metric + "/" + period + "/"
	if len(ages) == 0 {
		f[path+"reason"] = "no data"
		return
	}
	f.lengths(path, "age", ages, 0, 0)
	f.noteIf(true, metric, period, "first_look", atLeast)
}
