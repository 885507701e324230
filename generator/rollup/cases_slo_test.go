package rollup_test

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// loadObjective reads one version of an objective: slo id service=s target=0.999 from=day.
func (l *caseLoader) loadObjective(id string, f fields) {
	b := l.batch(model.SLOs)
	r := model.ObjectiveRecord{
		ID: id, Service: f["service"], Journey: f["journey"], Target: l.share(f["target"]), MinEvents: model.NoCount,
		Indicator: f["indicator"], ValidFrom: l.day(f["from"]), ReviewBy: l.day(f["review_by"]),
	}
	ok := true
	if f["window"] != "" {
		r.Window, ok = model.ParseWindow(f["window"])
	}
	if f["slice"] != "" {
		r.Budgeting, r.Slice, r.SliceTarget = model.Timeslices, l.seconds(f["slice"]), l.share(f["slice_target"])
	}
	if f["min_events"] != "" {
		r.MinEvents = int64(l.number(f["min_events"]))
	}
	if !ok {
		l.Fatalf("%s: no window %q", l.where, f["window"])
	}
	b.Objectives = append(b.Objectives, r)
}

// loadMeasurements reads a day (day=), the same for each of some days (days=first..last), or
// stretches from at= on, each of for=, times= in a row.
func (l *caseLoader) loadMeasurements(slo string, f fields) {
	cal := model.NewCalendar(l.zone)
	r := model.BucketRecord{SLO: []byte(slo)}
	if r.Weighted = f["ratio"] != ""; r.Weighted {
		r.Bucket.Valid = l.amount(f["weight"])
		r.Bucket.Good = l.share(f["ratio"]).Of(r.Bucket.Valid)
	} else {
		r.Bucket.Good, r.Bucket.Valid = l.amount(f["good"]), l.amount(f["valid"])
	}
	add := func(from, to model.Time) {
		r.Bucket.From, r.Bucket.To = uint32(from), uint32(to)
		l.batch(model.SLIs).AddBucket(&r)
	}
	if at := f["at"]; at != "" {
		from, length, times := l.time(at), l.seconds(f["for"]), 1
		if f["times"] != "" {
			times = l.number(f["times"])
		}
		for range times {
			add(from, from+length)
			from += length
		}
		return
	}
	first, last, _ := strings.Cut(f["days"], "..")
	if f["day"] != "" {
		first, last = f["day"], f["day"]
	}
	for d := l.day(first); d <= l.day(last); d++ {
		add(cal.Midnight(d), cal.Midnight(d+1))
	}
}

// loadExclusion reads "exclude slo=checkout from=… to=…", or service=.
func (l *caseLoader) loadExclusion(of string, f fields) {
	key, value, _ := strings.Cut(of, "=")
	f[key] = value
	b := l.batch(model.Exclusions)
	b.Exclusions = append(b.Exclusions, model.ExclusionRecord{
		Objective: f["slo"], Service: f["service"], From: l.time(f["from"]), To: l.time(f["to"]), Reason: "agreed", Expires: l.day(f["expires"]),
	})
}

func (l *caseLoader) share(text string) model.Share {
	s, ok := model.ParseShare(text)
	if !ok {
		l.Fatalf("%s: no share: %q", l.where, text)
	}
	return s
}

func (l *caseLoader) amount(text string) model.Amount {
	a, ok := model.ParseAmount(text)
	if !ok {
		l.Fatalf("%s: no amount: %q", l.where, text)
	}
	return a
}

func (l *caseLoader) seconds(text string) model.Time {
	if text == "" {
		return 0
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		l.Fatalf("%s: %v", l.where, err)
	}
	return model.Time(d / time.Second)
}

// objective names the parts of how an objective stands.
func (s *caseSite) objective(where, id string) answers {
	i, ok := s.m.Objective(id)
	if !ok {
		s.Fatalf("%s: no objective %q", where, id)
	}
	r := s.cube.Objective(i)
	a := answers{"state": r.State.String(), "days": fmt.Sprintf("%d/%d", r.DaysReached, r.DaysMeasured), "window": s.window(&rollup.Period{Current: r.Window})["current"],
		"exhausted": "none", "parts": "null", "unexcluded": "none", "lagom": [...]string{"none", "unspent", "breached"}[r.Lagom],
		"review_due": strconv.FormatBool(r.ReviewDue), "weighted": strconv.FormatBool(s.m.Objectives[i].Weighted), "home": s.m.Nodes[s.m.Objectives[i].Subject.Home].ID}
	var reasons, changed []string
	for _, reason := range r.Reasons {
		reasons = append(reasons, reason.String())
	}
	for _, d := range r.Changed {
		changed = append(changed, d.String())
	}
	a["reasons"], a["changed"] = strings.Join(reasons, " "), strings.Join(changed, " ")
	a.budget(&r.Budget)
	for _, b := range r.Burns {
		if a[fmt.Sprintf("burn_%dd", b.Days)] = "null"; b.Known {
			a[fmt.Sprintf("burn_%dd", b.Days)] = plain(b.Rate)
		}
	}
	if r.Exhausted != model.NoDay {
		a["exhausted"] = r.Exhausted.String()
	}
	if p := r.Parts; p != nil {
		a["parts"] = fmt.Sprintf("own %s inherited %s several %s unexplained %s", plain(p.Own.Float()), plain(p.Inherited.Float()), plain(p.Several.Float()), plain(p.Unexplained.Float()))
	}
	if r.Unexcluded != nil {
		without := answers{}
		without.budget(r.Unexcluded)
		a["unexcluded"] = without["consumed"]
	}
	return a
}

func (a answers) budget(b *rollup.Budget) {
	percent := func(v float64, ok bool) string {
		if !ok {
			return "null"
		}
		return strconv.FormatFloat(100*v, 'g', 10, 64) + "%"
	}
	bad := b.Bad()
	a["good"], a["valid"], a["bad"], a["allowed"] = amount(b.Good), amount(b.Valid), amount(bad), amount(b.Allowed)
	a["status"], a["consumed"], a["remaining"] = percent(b.Status()), percent(b.Consumed()), percent(b.Remaining())
}

func amount(x rollup.Exact) string { return strconv.FormatFloat(x.Float(), 'f', -1, 64) }

func (s *caseSite) objectiveDay(where, id, on string) answers {
	i, ok := s.m.Objective(id)
	date, err := time.Parse(time.DateOnly, on)
	if !ok || err != nil {
		s.Fatalf("%s: no objective %q or no day: %v", where, id, err)
	}
	day := model.DayOf(date.Date())
	d := s.cube.ObjectiveDays(i, day-1, day+1)[1]
	a := answers{}
	a.budget(&d.Budget)
	a["target"], a["good"], a["valid"], a["allowed"], a["reached"] = d.Target.String(), amount(d.Good), amount(d.Valid), amount(d.Allowed), strconv.FormatBool(d.Reached())
	return a
}

// states names the counts of a states metric.
func (a answers) states(c *rollup.Cell) {
	if n := c.States; n != nil {
		a["met"], a["at_risk"], a["breached"], a["no_data"], a["without"] = itoa(n.Met), itoa(n.AtRisk), itoa(n.Breached), itoa(n.NoData), itoa(n.Without)
	}
}

func (s *caseSite) promises(subject rollup.Subject) answers {
	a := answers{}
	for _, p := range s.cube.Promises(model.ServiceIdx(subject.Index)) {
		known := 0
		for _, d := range p.Dependencies {
			if d.Objective != model.NoIndex {
				known++
			}
		}
		a[s.m.Objectives[p.Objective].ID] = fmt.Sprintf("%s of %d known of %d", p.Verdict, known, len(p.Dependencies))
	}
	a["n"] = itoa(len(a))
	return a
}

func (s *caseSite) journeys(subject rollup.Subject) answers {
	a := answers{}
	state := func(g rollup.Gravest) string {
		if g.Objective == model.NoIndex {
			return "none"
		}
		return g.State.String() + " by " + s.m.Objectives[g.Objective].ID
	}
	for _, p := range s.cube.JourneyParts(model.NodeIdx(subject.Index)) {
		a[s.m.Journeys[p.Journey].ID] = fmt.Sprintf("home=%t services=%d whole %s part %s", p.Home, len(p.Services), state(p.Whole), state(p.Part))
	}
	a["n"] = itoa(len(a))
	return a
}
