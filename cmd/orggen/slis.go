package main

import (
	"errors"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// hourlyDays is for how many days before as_of some objectives are measured per hour.
const hourlyDays = 36

// slicesPerDay is the number of slices of five minutes in a day of 24 hours.
const slicesPerDay = 288

// measured is what was counted of an objective in one stretch of time.
type measured struct {
	from, to time.Time
	day      bool
	valid    float64
	bad      float64
}

// meter draws the measurements of one objective.
type meter struct {
	*objective
	span    span
	impacts []impact
	r       *rand.Rand
}

// impact is an incident as an objective sees it.
type impact struct {
	from, to time.Time
	share    float64 // of the events that it makes bad
}

func newMeter(o *objective, list []incident, org *organisation, s span, r *rand.Rand) *meter {
	m := &meter{objective: o, span: s, r: r}
	subjects := []string{o.service}
	weight := 1.0
	for _, j := range org.journeys {
		if j.id == o.journey {
			subjects, weight = j.services, 0.5
		}
	}
	for i := range list {
		in := &list[i]
		hit := slices.ContainsFunc(in.services, func(id string) bool { return slices.Contains(subjects, id) })
		if hit && !in.planned && !in.draft && !o.insensitive {
			m.impacts = append(m.impacts, impact{in.moments[started], in.end(s.asOf), visible[in.severity] * weight})
		}
	}
	return m
}

// all draws every stretch of the span and scales what was bad so that the window at its
// end has spent what it is to have spent.
func (m *meter) all() []measured {
	var list []measured
	for d := range m.span.days() {
		from, to := m.span.day(d), m.span.day(d+1)
		if !m.hourly || d < m.span.days()-hourlyDays {
			list = append(list, m.measure(from, to, true))
			continue
		}
		for at := from; at.Before(to); at = at.Add(time.Hour) {
			list = append(list, m.measure(at, at.Add(time.Hour), false))
		}
	}
	m.scale(list)
	return list
}

// hours is how busy each hour of a day is, as a share of its mean.
func busy(at time.Time) float64 {
	return 1 - 0.75*math.Cos(2*math.Pi*(float64(at.Hour())-3)/24)
}

func (m *meter) measure(from, to time.Time, day bool) measured {
	hours := to.Sub(from).Hours()
	out := measured{from: from, to: to, day: day, valid: m.perDay * hours / 24}
	if m.slices {
		out.valid = slicesPerDay * hours / 24
	} else if m.perDay >= 2 {
		out.valid *= lognormal(m.r, 1, 0.06)
		if !day {
			out.valid *= busy(from)
		}
	}
	before := int(m.span.asOf.Sub(from).Hours() / 24)
	weekend := from.Weekday() == time.Saturday || from.Weekday() == time.Sunday
	if m.weekends && weekend || before < m.idle {
		out.valid = 0
	}
	background := m.background
	if background == 0 {
		background = 0.5
	}
	out.bad = out.valid * m.allowed() * background * lognormal(m.r, 0.8, 0.6)
	if m.burst {
		out.bad *= 0.3
		if before < 4 {
			out.bad *= 12
		}
	}
	for _, i := range m.impacts {
		if overlap := earlier(i.to, to).Sub(later(i.from, from)).Hours(); overlap > 0 {
			out.bad += out.valid * i.share * 0.15 * overlap / hours
		}
	}
	return out
}

// windowStart is the first day of the objective's own window at as_of.
func (m *meter) windowStart() (from time.Time, length float64) {
	y, month, _ := m.span.asOf.Date()
	switch m.window {
	case "month":
		return time.Date(y, month, 1, 0, 0, 0, 0, m.span.asOf.Location()), 31
	case "quarter":
		return time.Date(y, month-(month-1)%3, 1, 0, 0, 0, 0, m.span.asOf.Location()), 92
	}
	return m.span.before(28), 28
}

func (m *meter) scale(list []measured) {
	from, length := m.windowStart()
	valid, bad := 0.0, 0.0
	for i := range list {
		if !list[i].from.Before(from) {
			valid += list[i].valid
			bad += list[i].bad
		}
	}
	if bad == 0 {
		return
	}
	passed := m.span.asOf.Sub(from).Hours() / 24
	factor := m.spent * valid * length / passed * m.allowed() / bad
	for i := range list {
		list[i].bad = min(list[i].bad*factor, list[i].valid*0.97)
	}
}

// counts rounds to events; what is lost to rounding is carried to the next stretch.
func counts(list []measured) (good, valid []int) {
	carry := 0.0
	for _, m := range list {
		n := int(math.Round(m.valid))
		carry += m.bad
		b := min(int(carry), n)
		carry -= float64(b)
		good, valid = append(good, n-b), append(valid, n)
	}
	return good, valid
}

// writeMeasurements writes days, hours and weighted ratios, each in a table of its own.
func writeMeasurements(dir string, list []incident, org *organisation, s span, seed uint64) error {
	days := createCSV(filepath.Join(dir, "slis-days.csv"), "slo,day,good,valid")
	hours := createCSV(filepath.Join(dir, "slis-hours.csv"), "slo,start,end,good,valid")
	ratios := createCSV(filepath.Join(dir, "slis-ratios.csv"), "slo,day,ratio,weight")
	for i := range objectives {
		o := &objectives[i]
		all := newMeter(o, list, org, s, stream(seed, "objective "+o.id)).all()
		good, valid := counts(all)
		for j, m := range all {
			switch {
			case o.weighted:
				ratios.text(o.id)
				ratios.text(m.from.Format(time.DateOnly))
				ratios.text(strconv.FormatFloat(float64(good[j])/float64(valid[j]), 'f', 5, 64))
				ratios.number(valid[j])
				ratios.end()
			case m.day:
				days.text(o.id)
				days.text(m.from.Format(time.DateOnly))
				days.number(good[j])
				days.number(valid[j])
				days.end()
			default:
				hours.text(o.id)
				hours.moment(m.from)
				hours.moment(m.to)
				hours.number(good[j])
				hours.number(valid[j])
				hours.end()
			}
		}
	}
	return errors.Join(days.close(), hours.close(), ratios.close())
}
