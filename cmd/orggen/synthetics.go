package main

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"
)

// probe is a synthetic test of one service or journey from one or more places.
type probe struct {
	id        string
	service   string // or journey
	journey   string
	locations []string
	every     time.Duration
	runs      bool // the last days are single runs
	since     int  // first day of the span
	until     int  // day after the last; 0: still running
}

// lastRuns is for how many days the probe tool keeps single runs.
const lastRuns = 14

// probeInterval is how often the services of a tier are tried.
var probeInterval = map[string]time.Duration{"tier-1": 5 * time.Minute, "tier-2": 10 * time.Minute, "tier-3": time.Hour}

// probes lists the tests of the organisation, and one whose service is no longer in the
// catalogue.
func (o *organisation) probes(s span) []probe {
	list := []probe{{id: "http-wishlist-v1", service: "wishlist-v1", locations: []string{"sto"}, every: time.Hour, until: 300}}
	for _, v := range o.services {
		if len(v.probes) > 0 {
			p := probe{id: "http-" + v.id, service: v.id, locations: v.probes, every: probeInterval[v.tier], runs: v.runs}
			if p.runs {
				p.every = time.Hour // single runs of a faster probe would fill the disk
			}
			list = append(list, p)
		}
	}
	for _, j := range o.journeys {
		if len(j.probes) > 0 {
			list = append(list, probe{id: "flow-" + j.id, journey: j.id, locations: j.probes, every: 15 * time.Minute})
		}
	}
	for i := range list {
		if i%11 == 7 { // some tests are younger than the data
			list[i].since = s.days() / 3
		}
	}
	return list
}

// outcome is what one probe saw from one place on one day.
type outcome struct{ passed, failed, flaky, skipped int }

// outages are days on which the probes of a place did not run.
var outages = map[string][]int{"fra": {96, 97, 240}, "hnd": {41}} // days before as_of

// watch draws what probes see.
type watch struct {
	span   span
	impact map[string][]float64 // per service and day: seconds of impact, weighted by severity
	flows  map[string][]string  // services of a journey
	r      *rand.Rand
}

func newWatch(o *organisation, list []incident, s span, r *rand.Rand) *watch {
	w := &watch{span: s, impact: map[string][]float64{}, flows: map[string][]string{}, r: r}
	for _, j := range o.journeys {
		w.flows[j.id] = j.services
	}
	for i := range list {
		if !list[i].planned && !list[i].draft {
			w.addImpact(&list[i])
		}
	}
	return w
}

// visible is the share of probes that fail during an incident of a severity.
var visible = map[string]float64{"P1": 0.9, "P2": 0.45, "P3": 0.12, "P4": 0.01}

func (w *watch) addImpact(in *incident) {
	from, to := in.moments[started], in.end(w.span.asOf)
	first, last := w.span.index(from), min(w.span.index(to), w.span.days()-1)
	for _, s := range in.services {
		if w.impact[s] == nil {
			w.impact[s] = make([]float64, w.span.days())
		}
		for d := max(first, 0); d <= last; d++ {
			from, to := later(from, w.span.day(d)), earlier(to, w.span.day(d+1))
			w.impact[s][d] += to.Sub(from).Seconds() * visible[in.severity]
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// see draws the outcome of a day: failures follow the incidents of what is tried, and a
// few come from nowhere. A day of 23 or 25 hours has its own number of runs.
func (w *watch) see(p probe, location string, day int) outcome {
	length := w.span.day(day + 1).Sub(w.span.day(day))
	runs := int(length / p.every)
	if slices.Contains(outages[location], w.span.days()-day) {
		return outcome{skipped: runs}
	}
	share := min(w.badSeconds(p, day)/length.Seconds(), 1)
	o := outcome{failed: int(math.Round(float64(runs) * share * (0.7 + 0.5*w.r.Float64())))}
	if chance(w.r, 0.025) {
		o.failed += 1 + poisson(w.r, 0.8)
	}
	o.flaky = poisson(w.r, 0.0006*float64(runs))
	o.failed = min(o.failed, runs)
	o.flaky = min(o.flaky, runs-o.failed)
	o.passed = runs - o.failed - o.flaky
	return o
}

// badSeconds is the impact on what a probe tries: on its service, or on the worst of the
// journey's services, of which a journey often needs only a part.
func (w *watch) badSeconds(p probe, day int) float64 {
	worst := 0.0
	for _, s := range append([]string{p.service}, w.flows[p.journey]...) {
		if days := w.impact[s]; days != nil {
			worst = max(worst, days[day])
		}
	}
	if p.journey != "" {
		worst *= 0.6
	}
	return worst
}

// writeProbes writes the results of the probe tool: a table of days per quarter and a
// table of single runs.
func writeProbes(dir string, probes []probe, w *watch) error {
	runs := createCSV(filepath.Join(dir, "synthetics-runs.csv"), "test,service,started,location,passed,failed,flaky,skipped,duration,url")
	var days *csvFile
	var errs []error
	for d := range w.span.days() {
		date := w.span.day(d)
		if days == nil || date.Day() == 1 && date.Month()%3 == 1 {
			if days != nil {
				errs = append(errs, days.close())
			}
			name := fmt.Sprintf("synthetics-%d-q%d.csv", date.Year(), (date.Month()+2)/3)
			days = createCSV(filepath.Join(dir, name), "day,test,service,journey,location,passed,failed,flaky,skipped")
		}
		for _, p := range probes {
			w.probeDay(p, d, days, runs)
		}
	}
	return errors.Join(append(errs, days.close(), runs.close())...)
}

func (w *watch) probeDay(p probe, d int, days, runs *csvFile) {
	if d < p.since || p.until > 0 && d >= p.until {
		return
	}
	for _, location := range p.locations {
		seen := w.see(p, location, d)
		if p.runs && d >= w.span.days()-lastRuns {
			w.writeRuns(runs, p, location, d, seen)
			continue
		}
		days.text(w.span.day(d).Format(time.DateOnly))
		days.text(p.id)
		days.text(p.service)
		days.text(p.journey)
		days.text(location)
		for _, n := range [...]int{seen.passed, seen.failed, seen.flaky, seen.skipped} {
			days.number(n)
		}
		days.end()
	}
}

// writeRuns writes the runs that make up a day. Only failed ones have a page of their own.
func (w *watch) writeRuns(f *csvFile, p probe, location string, d int, seen outcome) {
	for i, result := range seen.shuffled(w.r) {
		at := w.span.day(d).Add(time.Duration(i) * p.every)
		f.text(p.id)
		f.text(p.service)
		f.moment(at)
		f.text(location)
		for _, n := range result.counts() {
			f.number(n)
		}
		f.text(fmt.Sprintf("%.2f", lognormal(w.r, 0.42, 0.4)))
		if result == failed {
			f.text("https://probes.acme.example/runs/" + urlPath(p.id) + "/" + at.UTC().Format("20060102T1504Z"))
		} else {
			f.text("")
		}
		f.end()
	}
}

// result is how one run ended.
type result int

const (
	passed result = iota
	failed
	flaky
	skipped
)

// counts returns the result as one run, in the order of the constants.
func (r result) counts() (n [4]int) {
	n[r] = 1
	return n
}

// shuffled lists the runs of an outcome in an order drawn at random.
func (o outcome) shuffled(r *rand.Rand) []result {
	var list []result
	for kind, n := range [...]int{o.passed, o.failed, o.flaky, o.skipped} {
		list = append(list, slices.Repeat([]result{result(kind)}, n)...)
	}
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}
