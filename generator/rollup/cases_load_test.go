package rollup_test

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

func itoa(n int) string { return strconv.Itoa(n) }

// caseLoader fills batches from the lines of a case.
type caseLoader struct {
	testing.TB
	where   string // file and line, for messages
	zone    *time.Location
	in      model.Input
	current map[model.Dataset]*model.Batch
}

func newCaseLoader(t testing.TB) *caseLoader {
	l := &caseLoader{TB: t, zone: time.UTC, current: map[model.Dataset]*model.Batch{}}
	l.in = model.Input{ImpactEnds: model.Mitigated, Delivery: model.DefaultDeliveryWords(), Security: model.DefaultSecurityRules()}
	l.source("org", model.Nodes, model.Services, model.Dependencies, model.Journeys)
	return l
}

// source begins a source; the records of its datasets that follow are its own.
func (l *caseLoader) source(name string, datasets ...model.Dataset) *model.SourceInput {
	b := &model.Batch{Source: len(l.in.Sources), File: name + ".csv"}
	for _, d := range datasets {
		l.current[d] = b
	}
	l.in.Batches = append(l.in.Batches, b)
	l.in.Sources = append(l.in.Sources, model.SourceInput{Info: model.SourceInfo{Name: name, Datasets: datasets}, CoversFrom: model.NoDay})
	return &l.in.Sources[len(l.in.Sources)-1]
}

func (l *caseLoader) batch(d model.Dataset) *model.Batch {
	if l.current[d] == nil {
		l.source(d.String(), d)
	}
	return l.current[d]
}

// fields are the key=value words of a line; a word without "=" is "true".
type fields map[string]string

func (f fields) list(key string) []string {
	if f[key] == "" {
		return nil
	}
	return strings.Split(f[key], ",")
}

// load reads one line: a word for the kind of record, an id, then key=value.
func (l *caseLoader) load(line string) {
	words := strings.Fields(line)
	f := fields{}
	for _, w := range words[min(2, len(words)):] {
		key, value, ok := strings.Cut(w, "=")
		if f[key] = value; !ok {
			f[key] = "true"
		}
	}
	id := ""
	if len(words) > 1 {
		id = words[1]
	}
	switch words[0] {
	case "zone":
		zone, err := time.LoadLocation(id)
		if err != nil {
			l.Fatalf("%s: %v", l.where, err)
		}
		l.zone = zone
	case "as_of":
		l.in.AsOf = l.time(id)
	case "impact_ends":
		l.in.ImpactEnds = map[string]model.Phase{"mitigated": model.Mitigated, "resolved": model.Resolved}[id]
	case "source":
		l.loadSource(id, f)
	case "node":
		b := l.batch(model.Nodes)
		b.Nodes = append(b.Nodes, model.NodeRecord{ID: id, Parent: f["parent"], Successor: f["successor"], ValidFrom: l.day(f["from"]), ValidTo: l.day(f["to"])})
	case "service":
		b := l.batch(model.Services)
		b.Services = append(b.Services, model.ServiceRecord{ID: id, Owners: f.list("owner"), Tier: f["tier"], Aliases: f.list("aliases"), ThirdParty: f["third_party"] != "", ValidFrom: l.day(f["from"]), ValidTo: l.day(f["to"])})
	case "depends":
		b := l.batch(model.Dependencies)
		b.Dependencies = append(b.Dependencies, model.DependencyRecord{From: id, To: f["on"], Hardness: map[string]model.Hardness{"hard": model.Hard, "soft": model.Soft, "async": model.Async}[f["hardness"]]})
	case "journey":
		b := l.batch(model.Journeys)
		b.Journeys = append(b.Journeys, model.JourneyRecord{ID: id, Services: f.list("services"), Owner: f["owner"]})
	case "metric":
		l.loadMetric(id, f)
	case "observe":
		l.loadObservation(id, f)
	case "incident":
		l.loadIncident(id, words, f)
	case "deployment":
		l.loadDeployment(id, f)
	case "finding":
		l.loadFinding(id, f)
	case "limit": // severity days=7 tier=gold
		if l.in.Security.Limits[f["tier"]] == nil {
			l.in.Security.Limits[f["tier"]] = map[string]int{}
		}
		l.in.Security.Limits[f["tier"]][id] = int(l.number(f["days"]))
	case "cost":
		l.loadCost(id, f)
	case "staff":
		l.loadStaff(id, f)
	case "synthetic":
		l.loadResult(id, f)
	case "slo":
		l.loadObjective(id, f)
	case "sli":
		l.loadMeasurements(id, f)
	case "exclude":
		l.loadExclusion(id, f)
	case "publish_costs":
		l.in.Costs = map[string]model.PublishLevel{"counts": model.PublishCounts, "none": model.PublishNone}[id]
	case "min_events":
		l.in.MinEvents = int64(l.number(id))
	default:
		l.Fatalf("%s: cannot load %q", l.where, line)
	}
}

func (l *caseLoader) loadSource(name string, f fields) {
	d, ok := model.DatasetNamed(f["dataset"])
	if !ok {
		l.Fatalf("%s: no dataset %q", l.where, f["dataset"])
	}
	s := l.source(name, d)
	s.Covers, s.CoversFrom = f.list("covers"), l.day(f["covers_from"])
	s.Merge, s.Info.Pilot = f["merge"] != "", f["pilot"] != ""
}

// loadIncident reads "10:00-10:40 on 2026-11-10", an open "10:00-", or from= and to= for
// other days; moments may be clock times of the day.
func (l *caseLoader) loadIncident(id string, words []string, f fields) {
	b := l.batch(model.Incidents)
	r := model.IncidentRecord{
		ID: id, Services: refs(b, f.list("services")), Cause: refs(b, f.list("cause")),
		Severity: b.Word([]byte(f["severity"])), Type: b.Word([]byte(f["type"])),
		Planned: f["planned"] != "", Reviewed: f["reviewed"] != "",
		DetectedBy:    map[string]model.DetectedBy{"monitor": model.DetectedMonitor, "customer": model.DetectedCustomer, "person": model.DetectedPerson}[f["by"]],
		FollowupsOpen: model.NoCount, FollowupsClosed: model.NoCount,
	}
	if f["followups"] != "" {
		r.FollowupsOpen = int32(l.number(f["followups"]))
	}
	date := ""
	for i, w := range words {
		if w == "on" {
			date = words[i+1] + "T"
			from, to, _ := strings.Cut(words[i-1], "-")
			f["from"], f["to"] = from, to
		}
	}
	for p, key := range []string{"from", "detected", "acknowledged", "identified", "to", "resolved"} {
		r.Moments[p] = model.None
		if text := f[key]; len(text) == len("10:00") {
			r.Moments[p] = l.time(date + text)
		} else if text != "" {
			r.Moments[p] = l.time(text)
		}
	}
	b.Incidents = append(b.Incidents, r)
}

func refs(b *model.Batch, ids []string) model.RefList {
	var out []model.Ref
	for _, id := range ids {
		out = append(out, b.Ref([]byte(id)))
	}
	return b.Refs(out)
}

// loadDeployment reads a deployment; without env= it went to production, without result= it
// succeeded; "none" is for what is not recorded.
func (l *caseLoader) loadDeployment(id string, f fields) {
	b := l.batch(model.Deployments)
	word := func(key, otherwise string) model.Ref {
		switch f[key] {
		case "":
			return b.Word([]byte(otherwise))
		case "none":
			return b.Word(nil)
		}
		return b.Word([]byte(f[key]))
	}
	r := model.DeploymentRecord{
		ID: id, Service: b.Ref([]byte(f["service"])), Environment: word("env", "production"), Result: word("result", "success"),
		Finished: l.time(f["at"]), FirstCommit: model.None, Incidents: refs(b, f.list("incidents")),
		Unplanned: map[string]model.Flagged{"true": model.Yes, "false": model.No}[f["unplanned"]],
	}
	if f["commit"] != "" {
		r.FirstCommit = l.time(f["commit"])
	}
	b.Deployments = append(b.Deployments, r)
}

// loadFinding reads a finding; without severity= it is high, without kind= of static analysis.
func (l *caseLoader) loadFinding(id string, f fields) {
	b := l.batch(model.Findings)
	r := model.FindingRecord{
		ID: id, Service: b.Ref([]byte(f["service"])), Rule: f["rule"], Via: f["via"], Opened: model.None, Closed: model.None,
		Kind: b.Word([]byte(cmp.Or(f["kind"], "sast"))), Severity: b.Word([]byte(cmp.Or(f["severity"], "high"))),
		Due: l.day(f["due"]), Seen: l.day(f["seen"]), Gone: l.day(f["gone"]),
	}
	if f["opened"] != "" {
		r.Opened = l.time(f["opened"])
	}
	if f["closed"] != "" {
		r.Closed = l.time(f["closed"])
	}
	b.Findings = append(b.Findings, r)
}

// loadCost reads what a service cost, "-" for none: "cost cards day=2026-11-10 amount=12.50
// currency=EUR", with until= or month= for other days.
func (l *caseLoader) loadCost(id string, f fields) {
	r := model.CostRecord{Service: []byte(strings.TrimPrefix(id, "-")), Node: []byte(f["node"]), Component: []byte(f["component"]), Currency: []byte(cmp.Or(f["currency"], "EUR")), Idle: f["idle"] != ""}
	r.From, r.To = l.day(f["day"]), l.day(cmp.Or(f["until"], f["day"]))
	if f["month"] != "" {
		r.From = l.day(f["month"] + "-01")
		year, month, _ := r.From.Date().Date()
		r.To = model.DayOf(year, month+1, 1) - 1
	}
	amount := func(text string) model.Money {
		m, ok := model.ParseMoney(text)
		if !ok {
			l.Fatalf("%s: no amount %q", l.where, text)
		}
		return m
	}
	if r.Amount = amount(f["amount"]); f["billed"] != "" {
		r.Billed, r.HasBilled = amount(f["billed"]), true
	}
	l.batch(model.Costs).AddCost(&r)
}

// loadMetric reads a metric of the organisation's own: "metric orders operator=sum by=shop".
func (l *caseLoader) loadMetric(id string, f fields) {
	m := model.OwnMetric{ID: id, Title: id, Unit: cmp.Or(f["unit"], "1"), By: f["by"], Better: "neither", Per: 1,
		Introduced: l.day(f["introduced"]), Retired: l.day(f["retired"]), ReviewBy: model.NoDay,
		Operator: model.OwnOperator(slices.Index(model.OwnOperators, f["operator"]))}
	if f["per"] != "" {
		m.Per = int64(l.number(f["per"]))
	}
	if f["changed"] != "" {
		m.Changes = []model.Redefinition{{On: l.day(f["changed"]), What: "changed"}}
	}
	l.in.Own = append(l.in.Own, m)
}

// loadObservation reads one: "observe orders service=cards day=2026-11-10 value=12.5 part=web".
func (l *caseLoader) loadObservation(metric string, f fields) {
	b := l.batch(model.Observations)
	ref := func(key string) model.Ref { return b.Ref([]byte(f[key])) }
	r := model.ObservationRecord{Metric: b.Ref([]byte(metric)), Service: ref("service"), Journey: ref("journey"), Node: ref("node"), ID: f["id"], Part: b.Word([]byte(f["part"]))}
	if r.IsDay = f["day"] != ""; r.IsDay {
		r.At = model.NewCalendar(l.zone).Midnight(l.day(f["day"]))
	} else {
		r.At = l.time(f["at"])
	}
	r.Value, r.HasValue = model.ParseMoney(f["value"])
	if num, den, ok := strings.Cut(f["of"], "/"); ok {
		r.Num, r.Den, r.HasRatio = int64(l.number(num)), int64(l.number(den)), true
	}
	b.Observations = append(b.Observations, r)
}

// loadStaff reads "staff cards day=2026-11-19 heads=7 rotation=6 pages=4,2,1": pages in working
// hours, in evenings and at weekends, at night.
func (l *caseLoader) loadStaff(node string, f fields) {
	b := l.batch(model.Staff)
	count := func(text string) int32 {
		if text == "" {
			return model.NoCount
		}
		return int32(l.number(text))
	}
	r := model.StaffingRecord{Node: b.Ref([]byte(node)), Day: l.day(f["day"]), Headcount: count(f["heads"]), Rotation: count(f["rotation"])}
	r.Pages = [model.NumPageHours]int32{model.NoCount, model.NoCount, model.NoCount}
	for h, text := range f.list("pages") {
		r.Pages[h] = count(text)
	}
	b.Staffing = append(b.Staffing, r)
}

// loadResult reads a run (at=) or the counts of a day (day=).
func (l *caseLoader) loadResult(test string, f fields) {
	r := model.ResultRecord{Test: []byte(test), Service: []byte(f["service"]), Journey: []byte(f["journey"]), Location: []byte(f["location"])}
	if r.IsDay = f["day"] != ""; r.IsDay {
		r.At = model.NewCalendar(l.zone).Midnight(l.day(f["day"]))
	} else {
		r.At = l.time(f["at"])
	}
	for key, to := range map[string]*uint32{"passed": &r.Passed, "failed": &r.Failed, "flaky": &r.Flaky, "skipped": &r.Skipped} {
		if f[key] != "" {
			*to = uint32(l.number(f[key]))
		}
	}
	l.batch(model.Synthetics).AddResult(&r)
}

func (l *caseLoader) number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		l.Fatalf("%s: %v", l.where, err)
	}
	return n
}

// time reads "2026-11-10T10:00" in the zone of the case, or with an offset.
func (l *caseLoader) time(text string) model.Time {
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", time.RFC3339} {
		if at, err := time.ParseInLocation(layout, text, l.zone); err == nil {
			return model.Time(at.Unix())
		}
	}
	l.Fatalf("%s: no time: %q", l.where, text)
	return model.None
}

func (l *caseLoader) day(text string) model.Day {
	if text == "" {
		return model.NoDay
	}
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		l.Fatalf("%s: %v", l.where, err)
	}
	return model.DayOf(d.Date())
}

// casePeriods are computed for every case.
var casePeriods = []rollup.PeriodSpec{{Name: "1d", Days: 1}, {Name: "7d", Days: 7}, {Name: "28d", Days: 28}, {Name: "30d", Days: 30}, {Name: "365d", Days: 365}, {Name: "month"}, {Name: "quarter"}}

// site freezes and computes what was loaded.
func (l *caseLoader) site() *caseSite {
	l.in.Zone = l.zone
	m, problems := model.Freeze(l.in)
	if m == nil {
		l.Fatalf("no model: %v", problems)
	}
	cube, found := rollup.Compute(m, casePeriods, 2)
	if len(found) > 0 {
		l.Errorf("totals do not reconcile: %v", found)
	}
	return &caseSite{TB: l.TB, cube: cube, m: m, problems: problems}
}
