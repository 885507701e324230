package generator_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// oracleDays is how many days of charts are compared, the day of as_of last.
const oracleDays = 40

// dayFacts are the values of every chart per day, and the rows of incidents per period.
func (o *oracle) dayFacts(v view) facts {
	f, seen := facts{}, o.seenBy(v)
	for back := range oracleDays {
		date := dateAfter(o.today, -back)
		day := span{o.dayStart(date), max(o.dayStart(date), min(o.dayStart(dateAfter(date, 1)), o.now))}
		for name, length := range segmentsOf(seen, day) {
			f.num("incident_time/"+date+"/"+name, float64(length))
		}
		f.num("maintenance_time/"+date+"/planned", float64(union(day, impacts(seen.planned, nil))))
		began := 0
		for _, in := range seen.unplanned {
			if o.dateOf(in.impact.from) == date {
				began++
			}
		}
		f.num("incident_count/"+date+"/began", float64(began))
		f.responseOfDay(seen, date, day)
		o.ratioOfDay(f, v, date)
		o.costsOfDay(f, v, date)
		o.ownOfDay(f, v, date)
		o.deploymentsOfDay(f, v, day, date)
		o.openOfDay(f, v, day, date)
	}
	for _, p := range o.in.Periods {
		o.rows(f, v, p)
	}
	return f
}

// responseOfDay adds up what each phase of the responses took of a day.
func (f facts) responseOfDay(seen sight, date string, day span) {
	sums := map[string]int64{"remainder": 0}
	for _, name := range phases {
		sums[name] = 0
	}
	for _, in := range seen.unplanned {
		terms, _ := in.response(day)
		for name, seconds := range terms {
			sums[name] += seconds
		}
	}
	for name, seconds := range sums {
		f.num("phase_hours/"+date+"/"+name, float64(seconds))
	}
}

// segmentsOf splits the incident time of a window by who caused it.
func segmentsOf(seen sight, w span) map[string]int64 {
	var classes [][]span
	for _, class := range classNames {
		classes = append(classes, impacts(seen.unplanned, func(in *oracleIncident) bool { return seen.class[in] == class }))
	}
	segments := map[string]int64{"own_only": 0, "inherited_only": 0, "unrecorded_only": 0, "several": 0}
	stretches(w, classes, func(length int64, covering []bool) {
		switch n := count(covering); {
		case n > 1:
			segments["several"] += length
		case n == 1:
			segments[classNames[slices.Index(covering, true)]+"_only"] += length
		}
	})
	return segments
}

// ratioOfDay adds up what was tested on a civil date; a day without runs has no numbers.
func (o *oracle) ratioOfDay(f facts, v view, date string) {
	var t tested
	for i := range o.results {
		if r := &o.results[i]; v.tests(r) && !o.in.Sources[r.source].Pilot && o.dateOf(r.from) == date {
			t.add(r)
		}
	}
	if t.good+t.failed > 0 {
		f.num("synthetic_success/"+date+"/numerator", float64(t.good))
		f.num("synthetic_success/"+date+"/denominator", float64(t.good+t.failed))
	}
}

// rows are the incidents that a view lists: those that hit it and those it exports.
func (o *oracle) rows(f facts, v view, period string) {
	w := o.windows[period][0]
	for _, in := range o.incidents {
		exported := v.exports != nil && v.exports(in)
		if o.in.Sources[in.source].Pilot || !in.impact.touches(w) || !v.hit(in) && !exported {
			continue
		}
		f[period+"/"+in.row.ID+"/"+o.in.Sources[in.source].Name] = fmt.Sprintf("%s %t %t %d", classOf(v, in), v.hit(in), exported, in.impact.within(w))
	}
}

// cubeDays are the same facts of the cube.
func cubeDays(c *rollup.Cube, subject rollup.Subject) facts {
	f := facts{}
	last := c.Model.Calendar.DayAt(c.Model.AsOf)
	for m := range c.Metrics {
		series := c.Series(subject, m, last-oracleDays+1, last)
		for i, name := range series.Names {
			for d, value := range series.Rows[i] {
				if value == value { // a day without a value is no number
					f.num(c.Metrics[m].ID+"/"+(series.First+model.Day(d)).Date().Format(time.DateOnly)+"/"+name, value)
				}
			}
		}
	}
	for p := range c.Periods {
		for _, r := range c.Incidents(subject, p) {
			in := &c.Model.Incidents[r.Incident]
			path := strings.Join([]string{c.Periods[p].Name, in.ID, c.Model.Sources[in.Origin.Source].Name}, "/")
			f[path] = fmt.Sprintf("%s %t %t %.0f", r.Class, r.Impacted, r.Exported, r.Seconds)
		}
	}
	return f
}
