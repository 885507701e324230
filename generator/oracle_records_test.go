package generator_test

import (
	"iter"
	"slices"
	"strconv"
)

// moments are the endpoints of an incident in order.
var moments = []string{"started", "detected", "acknowledged", "identified", "mitigated", "resolved"}

type oracleIncident struct {
	row             incidentRow
	source          int
	services, cause []string // known ones
	homes, causes   []string // their homes on the day it began
	now             []string // the homes of today
	at              map[string]int64
	impact          span
	open            bool
}

type oracleResult struct {
	source                int
	test, subject         string // subject is "service:…", "journey:…" or "unknown:…"
	home                  string
	from, to              int64 // a run: its start twice; a day: its edges
	day                   bool
	location              string
	good, failed, skipped int64
	subjectID             string
}

// moment reads a moment of a record; what lies after as_of is absent.
func (o *oracle) moment(text string) (int64, bool) {
	if text == "" || instant(text) > o.now {
		return 0, false
	}
	return instant(text), true
}

func (r *incidentRow) moments() []*string {
	return []*string{&r.Started, &r.Detected, &r.Acknowledged, &r.Identified, &r.Mitigated, &r.Resolved}
}

// readIncidents takes the incidents of a source; a record that was given before is merged
// into the first one.
func (o *oracle) readIncidents(s *eventSource, source int) {
	for _, r := range slices.Concat(s.Incidents...) {
		if instant(r.Started) > o.now {
			continue
		}
		for _, m := range r.moments() {
			if _, ok := o.moment(*m); !ok {
				*m = ""
			}
		}
		i := slices.IndexFunc(o.incidents, func(have *oracleIncident) bool {
			return have.row.ID == r.ID && (have.source == source || s.Merge || o.in.Sources[have.source].Merge)
		})
		if i < 0 {
			o.incidents = append(o.incidents, &oracleIncident{row: r, source: source})
			continue
		}
		mergeRows(&o.incidents[i].row, &r)
	}
}

func mergeRows(have, r *incidentRow) {
	for i, m := range have.moments() {
		first(m, *r.moments()[i])
	}
	first(&have.Severity, r.Severity)
	first(&have.Type, r.Type)
	first(&have.Services, r.Services)
	first(&have.Cause, r.Cause)
	first(&have.DetectedBy, r.DetectedBy)
	first(&have.Review, r.Review)
	if r.Planned == "true" { // one source that says so is enough
		have.Planned = "true"
	}
	first(&have.FollowupsOpen, r.FollowupsOpen)
}

// settleIncidents finds services, homes and the length of the impact.
func (o *oracle) settleIncidents() {
	for _, in := range o.incidents {
		in.services, in.cause = o.known(list(in.row.Services)), o.known(list(in.row.Cause))
		began := instant(in.row.Started)
		in.homes, in.causes, in.now = o.homesOn(in.services, began), o.homesOn(in.cause, began), o.homesNow(in.services)
		if len(in.homes) == 0 {
			in.homes = []string{notOwned}
		}
		in.at = map[string]int64{}
		for i, m := range in.row.moments() {
			if at, ok := o.moment(*m); ok {
				in.at[moments[i]] = at
			}
		}
		in.impact, in.open = o.impactOf(in)
	}
}

// impactOf ends at the first recorded end that is not before the start. Without any the
// impact is open; where all are before the start it has no length.
func (o *oracle) impactOf(in *oracleIncident) (span, bool) {
	ends := []string{"mitigated", "resolved"}
	if o.in.ImpactEnds == "resolved" {
		ends = []string{"resolved"}
	}
	from, recorded := in.at["started"], false
	for _, end := range ends {
		to, ok := in.at[end]
		if ok && to >= from {
			return span{from, to}, false
		}
		recorded = recorded || ok
	}
	if recorded {
		return span{from, from}, false
	}
	return span{from, o.now}, true
}

// readResults takes the results of a source; of several of one test, subject, time and
// place the first one is kept.
func (o *oracle) readResults(s *eventSource, source int) {
	seen := map[string]bool{}
	for _, row := range slices.Concat(s.Results...) {
		r := o.result(row, source)
		key := r.test + " " + r.subject + " " + r.location + " " + row.Day + strconv.FormatInt(r.from, 10)
		if r.from > o.now || seen[key] {
			continue
		}
		seen[key] = true
		o.results = append(o.results, r)
	}
}

func (o *oracle) result(row resultRow, source int) oracleResult {
	r := oracleResult{source: source, test: row.Test, location: row.Location, day: row.Day != "", home: notOwned}
	if r.day {
		r.from, r.to = o.dayStart(row.Day), o.dayStart(dateAfter(row.Day, 1))
	} else {
		r.from = instant(row.Started)
		r.to = r.from
	}
	services := o.known([]string{row.Service})
	switch {
	case len(services) > 0:
		r.subject, r.subjectID, r.home = "service:"+services[0], services[0], o.homeOn(services[0], r.from)
	case o.journeys[row.Journey] != nil:
		r.subject, r.subjectID, r.home = "journey:"+row.Journey, row.Journey, o.journeys[row.Journey].home
	default:
		r.subjectID = row.Service + row.Journey
		r.subject = "unknown:" + r.subjectID
	}
	passed, flaky := whole(row.Passed), whole(row.Flaky)
	r.good, r.failed, r.skipped = passed+flaky, whole(row.Failed), whole(row.Skipped)
	if !r.day && passed == 1 && flaky == 1 {
		r.good = 1
	}
	return r
}

func whole(text string) int64 {
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

// inWindow reports whether a result counts in a window: a run where it starts, a day where
// all of it lies inside.
func (r *oracleResult) inWindow(w span) bool {
	if r.day {
		return w.from <= r.from && r.to <= w.to
	}
	return w.from <= r.from && r.from < w.to
}

// covers reports whether a source that is no pilot covers a subject: a record names it or
// the source's list does. id is of a service or a journey.
func (o *oracle) covers(dataset, id string) bool {
	defined, measured := o.hasObjective(id)
	switch dataset {
	case "slos":
		return defined
	case "slis":
		return measured
	}
	for i := range o.in.Sources {
		s := &o.in.Sources[i]
		if !s.Pilot && s.dataset() == dataset && (o.names(i, id) || o.lists(s, id)) {
			return true
		}
	}
	return false
}

func (s *eventSource) dataset() string {
	switch {
	case s.Incidents != nil:
		return "incidents"
	case s.Deployments != nil:
		return "deployments"
	case s.Findings != nil:
		return "findings"
	case s.Costs != nil:
		return "costs"
	case s.Staffing != nil:
		return "staffing"
	case s.Observed != nil:
		return "observations"
	}
	return "synthetics"
}

// names reports whether a record of a source up to as_of names a subject.
func (o *oracle) names(source int, id string) bool {
	for _, r := range slices.Concat(o.in.Sources[source].Incidents...) {
		if instant(r.Started) <= o.now && slices.Contains(o.known(append(list(r.Services), list(r.Cause)...)), id) {
			return true
		}
	}
	for _, r := range slices.Concat(o.in.Sources[source].Deployments...) {
		if instant(r.Finished) <= o.now && slices.Contains(o.known([]string{r.Service}), id) {
			return true
		}
	}
	for _, r := range slices.Concat(o.in.Sources[source].Findings...) {
		if !o.refused(&r) && o.serviceOf(r.Service) == id {
			return true
		}
	}
	if slices.ContainsFunc(o.costs, func(c *oracleCost) bool { return c.source == source && c.service == id }) {
		return true
	}
	return slices.ContainsFunc(o.results, func(r oracleResult) bool { return r.source == source && r.subjectID == id })
}

// lists reports whether the covers list of a source holds a subject.
func (o *oracle) lists(s *eventSource, id string) bool {
	home, living := "", true
	if j := o.journeys[id]; j != nil {
		home = j.home
	} else {
		home, living = o.services[id].home, o.services[id].living
	}
	return slices.ContainsFunc(s.Covers, func(entry string) bool {
		switch {
		case entry == "*":
			return living && o.under(home, o.root)
		case len(entry) > 5 && entry[:5] == "node:":
			return living && o.under(home, o.standsFor(entry[5:]))
		}
		return entry == id || o.aliases[entry] == id
	})
}

// reach is since when all sources of a dataset cover their subjects: covers_from, else the
// first record. ok is false where a source says nothing of it, or there is none.
func (o *oracle) reach(dataset string) (reach int64, sourced, ok bool) {
	reach, ok = -1<<62, true
	for begin, known := range o.begins(dataset) {
		reach, sourced, ok = max(reach, begin), true, ok && known
	}
	return reach, sourced, sourced && ok
}

// begins yields since when each source of a dataset covers its subjects, where that is known.
func (o *oracle) begins(dataset string) iter.Seq2[int64, bool] {
	return func(yield func(int64, bool) bool) {
		if dataset == "slis" {
			yield(o.first, o.first < 1<<62)
			return
		}
		for i := range o.in.Sources {
			if s := &o.in.Sources[i]; !s.Pilot && s.dataset() == dataset && !yield(o.beginning(i)) {
				return
			}
		}
	}
}

// beginning is a source's covers_from, else its first record.
func (o *oracle) beginning(i int) (begin int64, known bool) {
	s := &o.in.Sources[i]
	begin, known = int64(1<<62), s.CoversFrom != ""
	if known {
		return o.dayStart(s.CoversFrom), true
	}
	for _, r := range slices.Concat(s.Incidents...) {
		if at := instant(r.Started); at <= o.now {
			begin, known = min(begin, at), true
		}
	}
	for _, r := range slices.Concat(s.Deployments...) {
		if at := instant(r.Finished); at <= o.now {
			begin, known = min(begin, at), true
		}
	}
	if since, found := o.foundSince[i]; found {
		begin, known = since, true
	}
	for _, x := range o.observed {
		if x.source == i {
			begin, known = min(begin, x.time.from), true
		}
	}
	for _, c := range o.costs {
		if c.source == i {
			begin, known = min(begin, c.days.from), true
		}
	}
	for _, r := range o.staffing {
		if r.source == i {
			begin, known = min(begin, o.dayStart(r.Day)), true
		}
	}
	for _, r := range o.results {
		if r.source == i {
			begin, known = min(begin, r.from), true
		}
	}
	return begin, known
}
