package main

import (
	"math/rand/v2"
	"time"
)

// The tracker's severities, with the median minutes of impact, and how often each comes
// per tier of the first service that is hit.
var (
	severities    = []string{"P1", "P2", "P3", "P4"}
	medianMinutes = []float64{48, 62, 85, 120}
	severityShare = map[string][]float64{
		"tier-1": {6, 20, 47, 27},
		"tier-2": {2, 13, 50, 35},
		"tier-3": {0.5, 5, 45, 49.5},
	}
)

// Who notices first, with shares; in some records nobody says.
var (
	noticers     = []string{"monitor", "customer", "person", ""}
	noticerShare = []float64{68, 17, 10, 5}
)

// respond draws how an incident was answered: its severity, the moments of its response,
// and what was learned. What would lie after as_of has not happened.
func (d *draws) respond(in *incident, tier string) {
	share, ok := severityShare[tier]
	if !ok {
		share = severityShare["tier-2"]
	}
	s := pick(d.r, share)
	in.severity = severities[s]
	in.detectedBy = noticers[pick(d.r, noticerShare)]
	d.moments(in, lognormal(d.r, medianMinutes[s], 1.05))
	d.forget(in)
	for m := range in.moments {
		if in.moments[m].After(d.span.asOf) {
			in.moments[m] = time.Time{}
		}
	}
	learn(d.r, in, s)
}

// moments draws the moments of a response to an impact of so many minutes.
func (d *draws) moments(in *incident, minutes float64) {
	minutes = min(max(minutes, 2), 3*24*60)
	notice := lognormal(d.r, 3.5, 0.9)
	if in.detectedBy == "customer" {
		notice = lognormal(d.r, 18, 0.8)
	}
	found := min(notice, minutes*0.7)
	taken := min(found+lognormal(d.r, 3, 0.9), minutes*0.85)
	known := taken + (minutes-taken)*(0.15+0.7*d.r.Float64())
	clear := minutes + lognormal(d.r, 22, 1)
	for m, after := range [...]float64{0, found, taken, known, minutes, clear} {
		in.moments[m] = in.moments[started].Add(time.Duration(after+0.5) * time.Minute)
	}
}

// forget leaves out moments that nobody wrote down. One of the last two is always there.
func (d *draws) forget(in *incident) {
	for m, p := range [numMoments]float64{detected: 0.09, acknowledged: 0.08, identified: 0.22, mitigated: 0.07} {
		if chance(d.r, p) {
			in.moments[m] = time.Time{}
		}
	}
	if !in.moments[mitigated].IsZero() && chance(d.r, 0.04) {
		in.moments[resolved] = time.Time{}
	}
}

// learn draws the review and the follow-ups, which grave incidents have and others seldom.
func learn(r *rand.Rand, in *incident, severity int) {
	in.open, in.closed = -1, -1
	if !chance(r, [...]float64{0.9, 0.65, 0.12, 0.02}[severity]) || in.moments[resolved].IsZero() {
		return
	}
	in.reviewed = chance(r, 0.93)
	in.closed = poisson(r, 2)
	in.open = poisson(r, 0.6)
}

// maintenance draws planned work on shared services and in warehouses, at night.
func (d *draws) maintenance() []incident {
	var list []incident
	for i := range d.span.days() {
		if !chance(d.r, 0.2) {
			continue
		}
		s := pick(d.r, d.shared)
		if chance(d.r, 0.25) {
			s = pick(d.r, d.area)
		}
		hit := append([]int{s}, d.usersOf(s, poisson(d.r, 0.4))...)
		in := d.record(d.span.day(i), plannedHeadlines, s, hit, []int{s})
		in.severity, in.detectedBy, in.planned, in.reviewed = "", "", true, false
		in.open, in.closed = -1, -1
		begin := d.span.day(i).Add(time.Hour + time.Duration(d.r.IntN(8))*15*time.Minute)
		end := begin.Add(time.Duration(2+d.r.IntN(9)) * 15 * time.Minute)
		in.moments = [numMoments]time.Time{started: begin, mitigated: end, resolved: end}
		list = append(list, in)
	}
	return list
}
