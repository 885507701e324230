package rollup_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// caseSite answers the questions of a case.
type caseSite struct {
	testing.TB
	cube     *rollup.Cube
	m        *model.Model
	problems diag.List
}

// answers are the parts of an answer by name.
type answers map[string]string

// ask answers a line:
//
//	eval node=commerce period=28d incident_time   one figure; service= and journey= too
//	rows node=commerce period=28d                 the incidents listed
//	deployments service=cards period=28d          the deployments listed
//	months node=commerce                          what it cost each month
//	days node=commerce incident_time on=2026-11-10
//	window period=28d
//	reconcile period=28d                          |root|, |third party| and both
//	model                                         cracks and counts
//	eval slo=checkout                             how an objective stands
//	day slo=checkout on=2026-11-10                one day of it, and its budget that evening
//	promise service=cards                         its promises against those it depends on
//	journeys node=cards                           the journeys it carries a part of
func (s *caseSite) ask(where string, words []string) answers {
	f := fields{}
	for _, w := range words[1:] {
		key, value, ok := strings.Cut(w, "=")
		if !ok {
			key, value = "metric", w
		}
		f[key] = value
	}
	period := slices.IndexFunc(s.cube.Periods, func(p rollup.Period) bool { return p.Name == f["period"] })
	switch words[0] {
	case "eval":
		if f["slo"] != "" {
			return s.objective(where, f["slo"])
		}
		metric := s.cube.Metric(f["metric"])
		if metric < 0 || period < 0 {
			s.Fatalf("%s: no metric %q over %q", where, f["metric"], f["period"])
		}
		return figure(&s.cube.Metrics[metric], &s.cube.Stats(s.subject(where, f))[metric][period])
	case "rows":
		return s.rows(s.subject(where, f), period)
	case "deployments":
		return s.deployments(s.subject(where, f), period)
	case "months":
		return s.months(s.subject(where, f))
	case "days":
		return s.day(s.subject(where, f), s.cube.Metric(f["metric"]), f["on"])
	case "window":
		return s.window(&s.cube.Periods[period])
	case "reconcile":
		return s.reconcile(period)
	case "model":
		return s.counts()
	case "day":
		return s.objectiveDay(where, f["slo"], f["on"])
	case "promise":
		return s.promises(s.subject(where, f))
	case "journeys":
		return s.journeys(s.subject(where, f))
	}
	s.Fatalf("%s: cannot ask %q", where, words[0])
	return nil
}

func (s *caseSite) subject(where string, f fields) rollup.Subject {
	if n, ok := s.m.Node(f["node"]); ok {
		return rollup.OfNode(n)
	}
	if i, ok := s.m.Service(f["service"]); ok {
		return rollup.OfService(i)
	}
	j, ok := s.m.Journey(f["journey"])
	if !ok {
		s.Fatalf("%s: no such subject: %v", where, f)
	}
	return rollup.OfJourney(j)
}

// figure names the parts of a cell; seconds are written as 1h30m.
func figure(metric *rollup.Metric, c *rollup.Cell) answers {
	number := plain
	if metric.Unit == rollup.Seconds {
		number = clock
	}
	a := answers{"value": number(c.Value), "n": itoa(c.N), "sum": number(c.Sum), "coverage": fmt.Sprintf("%d of %d", c.Covered, c.Of), "previous": number(c.Previous), "usual": "none"}
	if !c.Known {
		a["value"] = "null: " + c.Reason.String()
	}
	if c.PreviousReason != rollup.ReasonNone {
		a["previous"] = "null: " + c.PreviousReason.String()
	}
	if c.Usual != nil {
		a["usual"] = number(c.Usual[0]) + " to " + number(c.Usual[1])
	}
	for _, p := range slices.Concat(c.Parts, c.Segments) {
		a[p.Name] = number(p.Value)
	}
	for _, b := range c.By {
		for _, p := range b.Parts {
			a[b.Dimension+"/"+p.Name] = number(p.Value)
		}
	}
	for _, note := range c.Notes {
		a["note/"+string(note.Code)] = itoa(note.Count)
	}
	if c.Exported != nil {
		a["exported"] = number(*c.Exported)
	}
	if c.Conserved != nil {
		a["direct"], a["shared"] = number(c.Conserved.Direct), number(c.Conserved.Shared)
		for _, p := range c.Conserved.Children {
			a["child/"+p.Name] = number(p.Value)
		}
	}
	a.states(c)
	a.ratio(metric, c)
	a.dists(c, number)
	a.spread(c, number)
	a.spent(c)
	return a
}

// spent names what was spent in each currency: the value is "12.5 EUR and -3 USD", and what
// is of one currency begins with its code where there are several.
func (a answers) spent(c *rollup.Cell) {
	var values []string
	for i := range c.Spent {
		s := &c.Spent[i]
		values = append(values, s.Amount.String()+" "+s.Currency)
		of := ""
		if len(c.Spent) > 1 {
			of = s.Currency + "/"
		}
		a[of+"records"] = fmt.Sprint(s.Records)
		a[of+"credits"] = fmt.Sprintf("%s in %d", s.Credits, s.CreditRecords)
		a[of+"billed"] = fmt.Sprintf("%s in %d", s.Billed, s.BilledRecords)
		a[of+"idle"], a[of+"direct"], a[of+"previous"] = s.Idle.String(), s.Direct.String(), s.Previous.String()
		if s.PreviousReason != rollup.ReasonNone {
			a[of+"previous"] = "null: " + s.PreviousReason.String()
		}
		if s.Usual != nil {
			a[of+"usual"] = s.Usual[0].String() + " to " + s.Usual[1].String()
		}
		for kind, parts := range map[string][]rollup.MoneyPart{"component/": s.Components, "": s.Allocation, "child/": s.Children} {
			for _, p := range parts {
				a[of+kind+p.Name] = p.Amount.String()
			}
		}
	}
	if len(values) > 0 {
		a["value"] = strings.Join(values, " and ")
	}
}

// spread names the figures of services: how many, their median and range, and those apart.
func (a answers) spread(c *rollup.Cell, number func(float64) string) {
	s := c.Spread
	if s == nil {
		return
	}
	a["few"], a["none"], a["deployments"] = itoa(s.Few), itoa(s.None), itoa(s.Deployments)
	if c.Known {
		a["value"], a["median"], a["range"] = "spread", number(s.Median), number(s.Low)+" to "+number(s.High)
	}
}

func (a answers) ratio(metric *rollup.Metric, c *rollup.Cell) {
	if metric.Operator != rollup.RatioOf && metric.Operator != rollup.PerService {
		return
	}
	if c.Known && metric.Unit == rollup.Ratio {
		a["value"] = fmt.Sprintf("%d/%d", c.Num, c.Den)
	}
	a["tests"], a["failed"] = itoa(c.Tests), itoa(c.Failed)
	var worst []string
	for _, w := range c.Worst {
		worst = append(worst, fmt.Sprintf("%s %d/%d", w.Name, w.Num, w.Den))
	}
	a["worst"] = strings.Join(worst, " then ")
}

func (a answers) dists(c *rollup.Cell, number func(float64) string) {
	for _, d := range c.Dists {
		a[d.Name] = fmt.Sprintf("n=%d incomplete=%d out_of_order=%d", d.N, d.Incomplete, d.OutOfOrder)
		a[d.Name+"/median"], a[d.Name+"/p90"] = "none", "none"
		if d.N > 0 {
			a[d.Name+"/median"] = number(d.Median)
		}
		if d.P90 != nil {
			a[d.Name+"/p90"] = number(*d.P90)
		}
	}
	if c.Oldest > 0 {
		a["oldest"] = time.Unix(int64(c.Oldest), 0).UTC().Format(time.DateOnly)
	}
}

// plain writes counts and ratios; not measured is null.
func plain(v float64) string {
	if math.IsNaN(v) {
		return "null"
	}
	return fmt.Sprintf("%.4g", v)
}

// clock writes seconds as 1h30m; not measured is null.
func clock(v float64) string {
	if math.IsNaN(v) {
		return "null"
	}
	out := (time.Duration(v) * time.Second).String()
	out = strings.TrimSuffix(strings.Replace(out, "m0s", "m", 1), "h0m")
	if v >= 3600 && int(v)%3600 == 0 {
		out += "h"
	}
	if v == 0 {
		return "0"
	}
	return out
}

func (s *caseSite) rows(subject rollup.Subject, period int) answers {
	a := answers{}
	var ids []string
	for _, r := range s.cube.Incidents(subject, period) {
		id := s.m.Incidents[r.Incident].ID
		ids = append(ids, id)
		a[id] = fmt.Sprintf("%s impacted=%t exported=%t %s", r.Class, r.Impacted, r.Exported, clock(r.Seconds))
	}
	a["ids"] = strings.Join(ids, " ")
	return a
}

func (s *caseSite) months(subject rollup.Subject) answers {
	a := answers{}
	for _, source := range s.cube.CostSources(subject) {
		a["until/"+s.m.Sources[source.Source].Name] = source.Until.String()
	}
	for _, m := range s.cube.CostMonths(subject, 13) {
		var spent []string
		for _, p := range m.Spent {
			spent = append(spent, p.Amount.String()+" "+p.Name)
		}
		if m.Partial {
			spent = append(spent, "partial")
		}
		a[m.First.String()[:7]] = strings.Join(spent, " and ")
	}
	return a
}

func (s *caseSite) deployments(subject rollup.Subject, period int) answers {
	a := answers{}
	var ids []string
	for _, r := range s.cube.Deployments(subject, period) {
		d := &s.m.Deployments[r.Deployment]
		ids = append(ids, d.ID)
		a[d.ID] = fmt.Sprintf("lead=%s recovery=%s left_out=%s", clock(r.Lead), clock(r.Recovery), rollup.LeftOutName(d.LeftOut))
	}
	a["ids"] = strings.Join(ids, " ")
	return a
}

// day is a metric on one day of its series.
func (s *caseSite) day(subject rollup.Subject, metric int, on string) answers {
	date, err := time.Parse(time.DateOnly, on)
	if err != nil {
		s.Fatal(err)
	}
	d := model.DayOf(date.Date())
	series := s.cube.Series(subject, metric, d-2, d+2)
	a := answers{}
	for i, name := range series.Names {
		if a[name] = plain(series.Rows[i][2]); series.Unit == rollup.Seconds {
			a[name] = clock(series.Rows[i][2])
		}
	}
	return a
}

func (s *caseSite) window(p *rollup.Period) answers {
	show := func(w rollup.Window) string {
		at := func(t model.Time) string {
			return time.Unix(int64(t), 0).In(s.m.Calendar.Zone()).Format("2006-01-02T15:04Z0700")
		}
		return at(w.From) + " to " + at(w.To)
	}
	first, last := s.m.Calendar.DaysBetween(p.Current.From, p.Current.To)
	a := answers{"current": show(p.Current), "previous": show(p.Previous), "whole_days": itoa(int(last - first))}
	for k, w := range p.Past {
		a[fmt.Sprintf("past/%d", k+1)] = show(w)
	}
	return a
}

func (s *caseSite) reconcile(period int) answers {
	n := func(at model.NodeIdx) int {
		return s.cube.Stats(rollup.OfNode(at))[s.cube.Metric("incident_count")][period].N
	}
	return answers{"root": itoa(n(0)), "third_party": itoa(n(s.m.ThirdParty)), "both": itoa(s.cube.Both(period)), "not_owned": itoa(n(s.m.NotOwned))}
}

var crackNames = map[model.CrackKind]string{
	model.CrackUnowned: "unowned", model.CrackUnknownOwner: "unknown_owner", model.CrackManyOwners: "many_owners", model.CrackUnknownService: "unknown_service",
	model.CrackNoService: "no_service", model.CrackNoCause: "no_cause", model.CrackUnknownSubject: "unknown_subject", model.CrackNotCovered: "not_covered",
	model.CrackObjectiveSubject: "objective_subject", model.CrackUnknownObjective: "unknown_objective", model.CrackSeveralRoots: "several_roots", model.CrackUnknownParent: "unknown_parent",
	model.CrackDeployedService: "deployed_service", model.CrackDeployedIncident: "deployed_incident", model.CrackFoundService: "found_service",
	model.CrackCostSubject: "cost_subject", model.CrackObservedSubject: "observed_subject", model.CrackUnallocated: "unallocated",
}

// counts says how many cracks of each kind there are, and what became of the records.
func (s *caseSite) counts() answers {
	cracks := map[string]int{}
	for _, name := range crackNames {
		cracks[name] = 0
	}
	for _, c := range s.m.Cracks {
		cracks[crackNames[c.Kind]]++
	}
	a := answers{"incidents": itoa(len(s.m.Incidents)), "tests": itoa(len(s.m.Tests))}
	for name, n := range cracks {
		a[name] = itoa(n)
	}
	for i := range s.m.Sources {
		info := &s.m.Sources[i]
		a["accounts/"+info.Name] = fmt.Sprintf("%d accepted %d merged %d rejected", info.Accepted, info.Merged, info.Rejected)
	}
	return a
}
