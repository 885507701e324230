package generator_test

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
)

type (
	sloRow struct {
		ID        string `csv:"id"`
		Service   string `csv:"service"`
		Journey   string `csv:"journey"`
		Target    string `csv:"target"`
		Window    string `csv:"window"`
		ValidFrom string `csv:"valid_from"`
		MinEvents string `csv:"min_events"`
	}
	sliRow struct {
		SLO   string `csv:"slo"`
		Start string `csv:"start"`
		Day   string `csv:"day"`
		End   string `csv:"end"`
		Good  string `csv:"good"`
		Valid string `csv:"valid"`
	}
	exclusionRow struct {
		SLO     string `csv:"slo"`
		Service string `csv:"service"`
		From    string `csv:"from"`
		To      string `csv:"to"`
		Reason  string `csv:"reason"`
		Expires string `csv:"expires"`
	}
)

// objectives draws objectives with dated targets, what was measured of them and exclusions.
func (m *maker) objectives() {
	for i := range m.IntN(10) {
		r := sloRow{ID: fmt.Sprintf("o%d", i), Target: m.oneOf("0.9", "0.99", "0.999", "0.5"), Window: m.oneOf("", "7d", "30d", "month", "quarter")}
		if r.Service = m.service(); len(m.o.Journeys) > 0 && m.chance(0.2) {
			r.Service, r.Journey = "", m.oneOf("j0", "j0", "j9")
		}
		r.ValidFrom = m.maybe(0.3, func() string { return m.date(m.IntN(100) - 3) })
		r.MinEvents = m.maybe(0.2, func() string { return "3000" })
		m.o.Objectives = append(m.o.Objectives, r)
		if later := m.date(m.IntN(30)); m.chance(0.4) && later > r.ValidFrom {
			r.Target, r.ValidFrom = m.oneOf("0.95", "0.9", "0.995"), later
			m.o.Objectives = append(m.o.Objectives, r)
		}
		if m.chance(0.9) {
			m.measure(r.ID)
		}
		for m.chance(0.3) {
			m.exclude(&r)
		}
	}
}

// measure draws days in a row or stretches of six hours, some of them idle, missing or
// given twice.
func (m *maker) measure(id string) {
	days, back := m.chance(0.7), 20+m.IntN(180)
	bad := m.IntN(300)
	for i := range back {
		if m.chance(0.1) {
			continue
		}
		r := sliRow{SLO: id, Valid: strconv.Itoa(m.IntN(1000))}
		good := whole(r.Valid)
		if good > 0 && m.chance(0.3) {
			good -= m.Int64N(min(good, int64(bad)) + 1)
		}
		r.Good = strconv.FormatInt(good, 10)
		if days {
			r.Day = m.now.Add(-time.Duration(i) * 24 * time.Hour).Format(time.DateOnly)
		} else {
			from := m.now.Truncate(time.Hour).Add(-time.Duration(i) * 6 * time.Hour)
			r.Start, r.End = from.Format(time.RFC3339), from.Add(6*time.Hour).Format(time.RFC3339)
		}
		m.o.Measured = append(m.o.Measured, r)
		if m.chance(0.02) {
			r.Good = "0"
			m.o.Measured = append(m.o.Measured, r)
		}
	}
}

func (m *maker) exclude(slo *sloRow) {
	from := m.now.Add(-time.Duration(m.IntN(40*24)) * time.Hour)
	r := exclusionRow{SLO: slo.ID, From: from.Format(time.RFC3339), To: from.Add(time.Duration(12+m.IntN(72)) * time.Hour).Format(time.RFC3339), Reason: "agreed"}
	if slo.Service != "" && m.chance(0.3) {
		r.SLO, r.Service = "", slo.Service
	}
	r.Expires = m.maybe(0.3, func() string { return m.date(m.IntN(3) - 1) })
	m.o.Exclusions = append(m.o.Exclusions, r)
}

type oracleObjective struct {
	home, subject string // "service:…", "journey:…" or ""
	living        bool
	window        string
	minEvents     int64
	versions      []sloRow // in order of valid_from
	measured      bool
	buckets       []oracleBucket    // those that count
	states        map[int64]string  // at moments that were asked for
	days          map[span][2]int64 // likewise: days in target and with events
}

type oracleBucket struct {
	span
	good, valid int64
	date        string
	target      *big.Rat
}

// readObjectives reads the objectives that have begun, and what counts of their
// measurements.
func (o *oracle) readObjectives() {
	o.objectives, o.first = map[string]*oracleObjective{}, 1<<62
	for _, r := range o.in.Objectives {
		if r.ValidFrom > o.today {
			continue
		}
		if o.objectives[r.ID] == nil {
			o.objectives[r.ID] = o.objective(&r)
		}
		o.objectives[r.ID].versions = append(o.objectives[r.ID].versions, r)
	}
	seen := map[string]bool{}
	for _, r := range o.in.Measured {
		obj, b := o.objectives[r.SLO], o.bucket(&r)
		key := fmt.Sprint(r.SLO, b.span)
		if obj == nil || b.from > o.now || seen[key] {
			continue
		}
		seen[key], obj.measured = true, true
		o.first = min(o.first, b.from)
		b.date = o.dateOf(b.from)
		if b.target = obj.targetOn(b.date); b.target != nil && b.to <= o.now && !o.excluded(r.SLO, b.span) {
			obj.buckets = append(obj.buckets, b)
		}
	}
}

func (o *oracle) objective(r *sloRow) *oracleObjective {
	out := &oracleObjective{home: notOwned, living: true, window: r.Window, minEvents: whole(r.MinEvents), states: map[int64]string{}, days: map[span][2]int64{}}
	if out.window == "" {
		out.window = "28d"
	}
	switch services := o.known([]string{r.Service}); {
	case len(services) > 0:
		s := o.services[services[0]]
		out.subject, out.home, out.living = "service:"+s.id, s.home, s.living
	case o.journeys[r.Journey] != nil:
		out.subject, out.home = "journey:"+r.Journey, o.journeys[r.Journey].home
	}
	return out
}

func (o *oracle) bucket(r *sliRow) oracleBucket {
	b := oracleBucket{good: whole(r.Good), valid: whole(r.Valid)}
	if r.Day != "" {
		b.span = span{o.dayStart(r.Day), o.dayStart(dateAfter(r.Day, 1))}
	} else {
		b.span = span{instant(r.Start), instant(r.End)}
	}
	return b
}

// excluded reports whether a stretch lies wholly inside an exclusion of the objective.
func (o *oracle) excluded(id string, s span) bool {
	return slices.ContainsFunc(o.in.Exclusions, func(r exclusionRow) bool {
		mine := r.SLO == id
		if services := o.known([]string{r.Service}); len(services) > 0 {
			mine = o.objectives[id].subject == "service:"+services[0]
		}
		return mine && (r.Expires == "" || o.today <= r.Expires) && instant(r.From) <= s.from && s.to <= instant(r.To)
	})
}

// targetOn is the target of a day, nil before the first.
func (obj *oracleObjective) targetOn(date string) (target *big.Rat) {
	for _, v := range obj.versions {
		if v.ValidFrom <= date {
			target, _ = new(big.Rat).SetString(v.Target)
		}
	}
	return target
}

// spent sums up what counts in a window: valid, bad and allowed events.
func (o *oracle) spent(id string, w span) (valid int64, bad, allowed *big.Rat) {
	bad, allowed = new(big.Rat), new(big.Rat)
	for _, b := range o.objectives[id].buckets {
		if b.from < w.from || b.to > w.to {
			continue
		}
		valid += b.valid
		bad.Add(bad, big.NewRat(b.valid-b.good, 1))
		allowed.Add(allowed, budgetOf(b.target, b.valid))
	}
	return valid, bad, allowed
}

func budgetOf(target *big.Rat, valid int64) *big.Rat {
	return new(big.Rat).Mul(new(big.Rat).Sub(big.NewRat(1, 1), target), big.NewRat(valid, 1))
}

// ownWindow is the window of an objective at a moment: where it began, how long it is in
// all and how much of it is ahead.
func (o *oracle) ownWindow(window string, at int64) (w, before span, length, ahead *big.Rat) {
	if days, ok := strings.CutSuffix(window, "d"); ok {
		n := whole(days)
		return span{o.midnightFrom(at - n*86400), at}, span{}, big.NewRat(n, 1), big.NewRat(min(n, 7), 1)
	}
	months := map[string]int{"month": 1, "quarter": 3}[window]
	now := o.local(at)
	month := int(now.Month()) - 1
	unit := time.Date(now.Year(), time.Month(month-month%months+1), 1, 12, 0, 0, 0, time.UTC)
	start := func(k int) int64 { return o.dayStart(unit.AddDate(0, k*months, 0).Format(time.DateOnly)) }
	return span{start(0), at}, span{start(-1), start(0)}, big.NewRat(start(1)-start(0), 1), big.NewRat(start(1)-o.dayStart(o.dateOf(at)), 1)
}

// midnightFrom is the first midnight at or after a moment.
func (o *oracle) midnightFrom(at int64) int64 {
	if start := o.dayStart(o.dateOf(at)); start == at {
		return at
	}
	return o.dayStart(dateAfter(o.dateOf(at), 1))
}

// state is that of an objective at a moment: met, at_risk, breached, no_data, or "" before
// it begins.
func (o *oracle) state(id string, at int64) string {
	obj := o.objectives[id]
	if _, asked := obj.states[at]; !asked {
		obj.states[at] = o.judge(id, obj, at)
	}
	return obj.states[at]
}

func (o *oracle) judge(id string, obj *oracleObjective, at int64) string {
	if begins := obj.versions[0].ValidFrom; begins != "" && at < o.dayStart(begins) {
		return ""
	}
	w, before, length, ahead := o.ownWindow(obj.window, at)
	valid, bad, allowed := o.spent(id, w)
	if last, _, _ := o.spent(id, before); before.to > 0 && last > valid {
		allowed.Add(allowed, budgetOf(obj.targetOn(o.dateOf(at)), last-valid))
	}
	if valid == 0 || valid < obj.minEvents {
		return "no_data"
	}
	left := new(big.Rat).Sub(big.NewRat(1, 1), new(big.Rat).Quo(bad, allowed))
	pace := new(big.Rat)
	if week, weekBad, weekAllowed := o.spent(id, span{o.midnightFrom(at - 7*86400), at}); week > 0 {
		pace.Quo(weekBad, weekAllowed)
	}
	need := pace.Mul(pace, new(big.Rat).Quo(ahead, length))
	switch {
	case left.Sign() < 0:
		return "breached"
	case left.Sign() == 0, left.Cmp(big.NewRat(1, 4)) < 0, left.Cmp(need) < 0:
		return "at_risk"
	}
	return "met"
}

// daysInTarget counts the days of an objective that lie wholly in a window: those with
// events, and those that reached their target.
func (o *oracle) daysInTarget(id string, w span) (reached, measured int64) {
	obj := o.objectives[id]
	if have, asked := obj.days[w]; asked {
		return have[0], have[1]
	}
	good, valid := map[string]int64{}, map[string]int64{}
	for _, b := range obj.buckets {
		good[b.date] += b.good
		valid[b.date] += b.valid
	}
	for date, n := range valid {
		if n == 0 || o.dayStart(date) < w.from || o.dayStart(dateAfter(date, 1)) > w.to {
			continue
		}
		measured++
		if big.NewRat(good[date], n).Cmp(obj.targetOn(date)) >= 0 {
			reached++
		}
	}
	obj.days[w] = [2]int64{reached, measured}
	return reached, measured
}

// objectivesOf lists the living objectives of a view.
func (o *oracle) objectivesOf(v view) (out []string) {
	for id, obj := range o.objectives {
		mine := obj.subject == v.kind+":"+v.id
		if v.kind == "org" {
			mine = o.under(obj.home, v.id)
		}
		if obj.living && mine {
			out = append(out, id)
		}
	}
	return out
}

// objectiveFacts counts the states of the objectives of a view.
func (o *oracle) objectiveFacts(f facts, v view, period string) {
	path := "objectives/" + period + "/"
	all, longest := o.objectivesOf(v), int64(0)
	counts := map[string]int{"met": 0, "at_risk": 0, "breached": 0, "no_data": 0}
	for _, id := range all {
		counts[o.state(id, o.now)]++
		days := map[string]int64{"month": 31, "quarter": 92}[o.objectives[id].window]
		if days == 0 {
			days = whole(strings.TrimSuffix(o.objectives[id].window, "d"))
		}
		longest = max(longest, days)
	}
	covered, of := o.coverage(v, "slos")
	f[path+"coverage"] = fmt.Sprintf("%d of %d", covered, of)
	withData := counts["met"] + counts["at_risk"] + counts["breached"]
	if len(all) > 0 || of > 0 {
		for state, n := range counts {
			f.num(path+"states/"+state, float64(n))
		}
		f.num(path+"without_objective", float64(of-covered))
	}
	switch {
	case withData > 0:
	case len(all) > 0:
		f[path+"reason"] = "no data"
	case of == 0:
		f[path+"reason"] = "nothing here is measured by it"
	default:
		f[path+"reason"] = "not covered"
	}
	if withData == 0 {
		return
	}
	f.num(path+"value", float64(counts["met"]))
	f.num(path+"n", float64(withData))
	o.pastSince(f, "objectives", period, "slis", func(w span) int64 { return w.to - longest*86400 }, func(w span) (met float64, ok bool) {
		for _, id := range all {
			switch o.state(id, w.to) {
			case "met":
				met++
				fallthrough
			case "at_risk", "breached":
				ok = true
			}
		}
		return met, ok
	})
}

func (o *oracle) timeInTargetFacts(f facts, v view, period string) {
	const metric = "time_in_target"
	all := o.objectivesOf(v)
	days := func(w span) (reached, measured int64) {
		for _, id := range all {
			r, m := o.daysInTarget(id, w)
			reached, measured = reached+r, measured+m
		}
		return reached, measured
	}
	if !o.frame(f, v, metric, period, "slis", len(all) > 0) {
		return
	}
	reached, measured := days(o.windows[period][0])
	if !f.ratio(metric+"/"+period+"/", reached, measured) {
		return
	}
	o.past(f, metric, period, "slis", func(w span) (float64, bool) {
		reached, measured := days(w)
		return float64(reached) / float64(max(1, measured)), measured > 0
	})
}

// hasObjective reports whether an objective of a service or journey is defined, and whether
// it was measured.
func (o *oracle) hasObjective(id string) (defined, measured bool) {
	for _, obj := range o.objectives {
		if obj.subject == "service:"+id || obj.subject == "journey:"+id {
			defined, measured = true, measured || obj.measured
		}
	}
	return defined, measured
}
