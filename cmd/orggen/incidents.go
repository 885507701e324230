package main

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The moments of an incident, in the order of its response.
const (
	started = iota
	detected
	acknowledged
	identified
	mitigated
	resolved
	numMoments
)

// incident is a record of the sample's incident tracker.
type incident struct {
	id, title, severity, kind string
	services, cause           []string
	moments                   [numMoments]time.Time // zero: not recorded
	detectedBy                string
	planned, reviewed         bool
	open, closed              int       // follow-ups; -1: not recorded
	recorded                  time.Time // when it got its id; zero: when it started
	draft                     bool      // nobody filled in when it started
}

// end returns when the impact ended, or asOf where it has not.
func (i *incident) end(asOf time.Time) time.Time {
	for _, t := range []time.Time{i.moments[mitigated], i.moments[resolved]} {
		if !t.IsZero() {
			return t
		}
	}
	return asOf
}

// number gives ids by the day of recording and sorts by start. Ids of incidents that come
// first in the list stay the same whatever comes after them on the same day.
func number(incidents []incident) {
	days := map[string]int{}
	for i := range incidents {
		in := &incidents[i]
		at := in.recorded
		if at.IsZero() {
			at = in.moments[started]
		}
		day := at.Format("060102")
		days[day]++
		in.id = fmt.Sprintf("INC-%s-%d", day, days[day])
	}
	slices.SortFunc(incidents, func(a, b incident) int {
		return cmp.Or(a.moments[started].Compare(b.moments[started]), strings.Compare(a.id, b.id))
	})
}

// draws draws the incidents of the sample organisation.
type draws struct {
	org     *organisation
	span    span
	r       *rand.Rand
	own     []float64 // per service: how often it breaks
	shared  []float64 // per service: how often it breaks others; platform services only
	vendors []float64 // per service: third parties that something relies on
	users   [][]int   // per service: who relies on it and can break
	area    []float64 // per service: the part of own that is in the area with the bad month
}

func newDraws(o *organisation, s span, r *rand.Rand) *draws {
	d := &draws{org: o, span: s, r: r, users: o.dependents()}
	for i, s := range o.services {
		d.users[i] = slices.DeleteFunc(d.users[i], func(u int) bool { return o.services[u].weight == 0 })
		weights := [4]float64{s.weight, 0, 0, 0}
		switch {
		case s.thirdParty:
			weights = [4]float64{0, 0, float64(len(d.users[i])), 0}
		case s.until != "":
			weights[0] = 0
		case o.under(s.node, "platform"):
			weights[1] = s.hub
		case o.under(s.node, "fulfilment"):
			weights[3] = s.weight
		}
		d.own = append(d.own, weights[0])
		d.shared = append(d.shared, weights[1])
		d.vendors = append(d.vendors, weights[2])
		d.area = append(d.area, weights[3])
	}
	return d
}

// Kinds of incidents with their shares, and the bad month: from badFrom to badTo days
// before as_of the area "fulfilment" moves to a new control system.
var causeShare = []float64{54, 9, 23, 5, 9}

const (
	perDay    = 3.1 // incidents on an average day
	badFrom   = 31
	badTo     = 5
	badPerDay = 1.6
)

// all draws the incidents of every day: more on working days than at weekends, more in
// the weeks of the autumn sales.
func (d *draws) all() []incident {
	var list []incident
	for i := range d.span.days() {
		day := d.span.day(i)
		for range poisson(d.r, perDay*busyness(day)) {
			list = append(list, d.one(day))
		}
		if before := d.span.days() - i; before <= badFrom && before > badTo {
			for range poisson(d.r, badPerDay) {
				list = append(list, d.migration(day))
			}
		}
	}
	return list
}

// busyness is how many incidents a day has, in proportion to an average one.
func busyness(day time.Time) float64 {
	b := [...]float64{0.5, 1.15, 1.2, 1.2, 1.2, 1.0, 0.55}[day.Weekday()]
	if day.Month() == time.November && day.Day() > 20 {
		b *= 1.9
	}
	return b
}

func (d *draws) one(day time.Time) incident {
	switch pick(d.r, causeShare) {
	case 0:
		return d.local(day)
	case 1:
		return d.upstream(day)
	case 2:
		return d.sharedCause(day)
	case 3:
		return d.vendor(day)
	}
	s := pick(d.r, d.own)
	return d.record(day, causelessHeadlines, s, []int{s}, nil)
}

// local: a service breaks by itself; sometimes one that relies on it is hit too.
func (d *draws) local(day time.Time) incident {
	s := pick(d.r, d.own)
	hit := []int{s}
	if len(d.users[s]) > 0 && chance(d.r, 0.18) {
		hit = append(hit, oneOf(d.r, d.users[s]))
	}
	return d.record(day, localHeadlines, s, hit, []int{s})
}

// upstream: a service is hit by one that it relies on, which may be any team's.
func (d *draws) upstream(day time.Time) incident {
	s := pick(d.r, d.own)
	cause := s
	for _, e := range d.org.edges {
		if e.from == s && !d.org.services[e.to].thirdParty && (cause == s || chance(d.r, 0.5)) {
			cause = e.to
		}
	}
	return d.record(day, localHeadlines, cause, []int{s}, []int{cause})
}

// sharedCause: a platform service breaks those that rely on it, and itself only half of
// the time.
func (d *draws) sharedCause(day time.Time) incident {
	cause := pick(d.r, d.shared)
	hit := d.usersOf(cause, 1+poisson(d.r, 1.5))
	if len(hit) == 0 || chance(d.r, 0.55) {
		hit = append(hit, cause)
	}
	return d.record(day, sharedHeadlines, cause, hit, []int{cause})
}

// vendor: another company's service breaks ours; some trackers name it as hit, too.
func (d *draws) vendor(day time.Time) incident {
	cause := pick(d.r, d.vendors)
	hit := d.usersOf(cause, 1+poisson(d.r, 0.5))
	if chance(d.r, 0.25) {
		hit = append(hit, cause)
	}
	return d.record(day, vendorHeadlines, cause, hit, []int{cause})
}

func (d *draws) migration(day time.Time) incident {
	s := pick(d.r, d.area)
	hit := append([]int{s}, d.usersOf(s, poisson(d.r, 0.6))...)
	cause := s
	if chance(d.r, 0.7) {
		cause = d.org.service("wcs-core")
	}
	return d.record(day, migrationHeadlines, s, hit, []int{cause})
}

// usersOf draws up to n different services that rely on s.
func (d *draws) usersOf(s, n int) []int {
	users := slices.Clone(d.users[s])
	d.r.Shuffle(len(users), func(i, j int) { users[i], users[j] = users[j], users[i] })
	return users[:min(n, len(users))]
}

// record makes the incident: about is the service in its title.
func (d *draws) record(day time.Time, titles []headline, about int, hit, cause []int) incident {
	title := oneOf(d.r, titles)
	in := incident{
		title:    strings.Replace(title.text, "%s", d.org.services[about].title, 1),
		kind:     title.kind,
		services: d.ids(hit),
		cause:    d.ids(cause),
	}
	in.moments[started] = day.Add(timeOfDay(d.r))
	d.respond(&in, d.org.services[hit[0]].tier)
	return in
}

// ids lists the ids of services, each once.
func (d *draws) ids(services []int) []string {
	var ids []string
	for _, s := range services {
		if id := d.org.services[s].id; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// byHour is when incidents begin: with releases and traffic, so seldom at night.
var byHour = []float64{1, 1, 1, 1, 1, 1, 2, 3, 6, 9, 10, 9, 7, 9, 10, 9, 7, 5, 5, 6, 6, 4, 2, 1}

// timeOfDay draws how long after midnight something begins, to the minute.
func timeOfDay(r *rand.Rand) time.Duration {
	return time.Duration(pick(r, byHour)*60+r.IntN(60)) * time.Minute
}

// writeIncidents writes one table per year, sorted by start. An incident that lasted into
// the next year is in both, as exports by year have it.
func writeIncidents(dir string, list []incident, s span) error {
	var errs []error
	for year := s.first.Year(); year <= s.asOf.Year(); year++ {
		f := createCSV(filepath.Join(dir, fmt.Sprintf("incidents-%d.csv", year)), incidentHeader)
		for i := range list {
			in := &list[i]
			if in.moments[started].Year() <= year && in.end(in.moments[started]).Year() >= year {
				in.write(f)
			}
		}
		errs = append(errs, f.close())
	}
	return errors.Join(errs...)
}

const incidentHeader = "id,title,severity,type,url,services,cause,started,detected,acknowledged," +
	"identified,mitigated,resolved,detected_by,planned,review,followups_open,followups_closed"

func (i *incident) write(f *csvFile) {
	f.text(i.id)
	f.text(i.title)
	f.text(i.severity)
	f.text(i.kind)
	f.text("https://incidents.acme.example/" + i.id)
	f.list(i.services)
	f.list(i.cause)
	for m, t := range i.moments {
		if m == started && i.draft {
			t = time.Time{}
		}
		f.moment(t)
	}
	f.text(i.detectedBy)
	f.flag(i.planned)
	if i.reviewed {
		f.text("https://docs.acme.example/reviews/" + i.id)
	} else {
		f.text("")
	}
	f.numberOrNone(i.open)
	f.numberOrNone(i.closed)
	f.end()
}
