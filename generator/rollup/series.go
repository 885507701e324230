package rollup

import (
	"cmp"
	"math"
	"slices"

	"uptree/generator/model"
)

// Row is an incident as one subject sees it in one period.
type Row struct {
	Incident int32 // index into Model.Incidents
	Class    Class
	Impacted bool    // impact here
	Exported bool    // cause here, impact elsewhere
	Seconds  float64 // of the impact, clipped to the period
}

// Incidents lists the incidents that a subject has in a period, with impact here or
// exported, planned ones too, newest first.
func (c *Cube) Incidents(subject Subject, period int) []Row {
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.at(subject)
	var rows []Row
	add := func(i int32, impacted bool) {
		in := s.incident(i)
		r := Row{Incident: i, Class: s.class(in), Impacted: impacted, Exported: s.causes(in) && s.exported(in),
			Seconds: float64(c.Periods[period].Current.clip(in.Start(), in.End))}
		if r.Impacted || r.Exported {
			rows = append(rows, r)
		}
	}
	for _, i := range s.impact {
		if s.in(i, period) {
			add(i, true)
		}
	}
	hit := len(rows)
	for _, i := range s.cause {
		if s.in(i, period) && !s.hit(s.incident(i)) {
			add(i, false)
		}
	}
	if len(rows) > hit {
		slices.SortFunc(rows, func(a, b Row) int { return cmp.Compare(a.Incident, b.Incident) })
	}
	slices.Reverse(rows)
	return rows
}

// Series is one value per site day, for charts. Days without a value are NaN.
type Series struct {
	First model.Day
	Names []string
	Unit  Unit
	Rows  [][]float64 // Rows[i][d] belongs to Names[i] and day First+d
}

// Series returns a metric per site day from first to last, both included: incident_time as
// own_only, inherited_only, unrecorded_only and several; maintenance_time as one row;
// incident_count as what began that day; deployment_frequency as what went well and what went
// wrong; findings_open by severity at the end of the day; ratios as numerator and denominator;
// nil Rows for metrics that have no days.
func (c *Cube) Series(subject Subject, metric int, first, last model.Day) Series {
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.at(subject)
	out := Series{First: first, Unit: c.Metrics[metric].Unit}
	if daily := c.Metrics[metric].daily; daily != nil && last >= first {
		daily(s, &out, int(last-first)+1)
	}
	return out
}

// Between returns the days from first to last, both of which the series holds. Values are
// shared, not copied.
func (s Series) Between(first, last model.Day) Series {
	out := Series{First: first, Names: s.Names, Unit: s.Unit}
	for _, row := range s.Rows {
		out.Rows = append(out.Rows, row[first-s.First:last-s.First+1])
	}
	return out
}

// rows makes named rows of n days, each day as given.
func (out *Series) rows(n int, day float64, names ...string) {
	out.Names = names
	for range names {
		out.Rows = append(out.Rows, slices.Repeat([]float64{day}, n))
	}
}

func (c *Cube) day(d model.Day) Window {
	cal := c.Model.Calendar
	return Window{cal.Midnight(d), min(cal.Midnight(d+1), max(c.Model.AsOf, cal.Midnight(d)))}
}

// dailySegments splits the incident time of each day by who caused it.
func dailySegments(s *scope, out *Series, n int) {
	s.classify()
	out.rows(n, 0, segmentNames[:]...)
	for d := range n {
		var parts [len(segmentNames)]model.Time
		parts, s.edges = segments(&s.classes, s.c.day(out.First+model.Day(d)), s.edges)
		for i := range parts {
			out.Rows[i][d] = float64(parts[i])
		}
	}
}

func dailyMaintenance(s *scope, out *Series, n int) {
	s.gather(s.planned)
	out.rows(n, 0, "planned")
	for d := range n {
		out.Rows[0][d] = float64(s.total.length(s.c.day(out.First + model.Day(d))))
	}
}

// dailyCount counts the incidents that began on each day.
func dailyCount(s *scope, out *Series, n int) {
	out.rows(n, 0, "began")
	for _, in := range s.unplanned {
		if d := int(s.c.Model.Calendar.DayAt(in.Start()) - out.First); d >= 0 && d < n {
			out.Rows[0][d]++
		}
	}
}

// dailyRatio adds up the synthetic results of each day; a day without runs is missing.
func dailyRatio(s *scope, out *Series, n int) {
	out.rows(n, math.NaN(), "numerator", "denominator")
	m := s.c.Model
	for _, t := range s.testsOf() {
		for i := range m.Tests[t].Runs {
			dailySums(m.Calendar, &m.Tests[t].Runs[i], out, n)
		}
	}
}

// dailySums adds the results of a run to the rows of numerators and denominators.
func dailySums(c *model.Calendar, run *model.Run, out *Series, n int) {
	for i := range run.Len() {
		r := run.Result(i)
		d := int(c.DayAt(model.Time(r.At)) - out.First)
		if d < 0 || d >= n || r.Valid() == 0 {
			continue
		}
		addTo(&out.Rows[0][d], r.Good())
		addTo(&out.Rows[1][d], r.Valid())
	}
}

func addTo(sum *float64, n int64) {
	if math.IsNaN(*sum) {
		*sum = 0
	}
	*sum += float64(n)
}

// Both counts the unplanned incidents of the current period that are in the root and in
// (third party) at once.
func (c *Cube) Both(period int) int {
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.at(OfNode(c.Model.ThirdParty))
	n := 0
	for i, in := range s.unplanned {
		if s.in(i, period) && len(in.Homes) > 1 {
			n++
		}
	}
	return n
}
