package generator_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// clocks are zones with moments at which days or windows are unusual: beside them as_of is
// any moment of two years.
var clocks = []struct {
	zone string
	asOf []string
}{
	{"UTC", []string{"2026-03-01T00:00:00Z", "2024-02-29T12:00:00Z", "2026-11-20T09:05:00Z"}},
	{"Europe/Stockholm", []string{"2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T00:30:00Z", "2026-03-31T22:00:00Z", "2026-11-20T08:05:00Z"}},
	{"America/New_York", []string{"2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z", "2026-11-01T05:30:00Z", "2026-05-31T03:59:59Z"}},
	{"Africa/Cairo", []string{"2026-04-23T22:00:00Z", "2026-10-29T21:00:00Z", "2026-05-21T06:00:00Z"}},
	{"America/Santiago", []string{"2026-09-06T04:00:00Z", "2026-09-13T12:00:00Z", "2026-04-05T03:00:00Z"}},
	{"Asia/Amman", []string{"2021-10-28T22:00:00Z", "2021-11-05T10:00:00Z"}},
	{"Australia/Lord_Howe", []string{"2026-04-04T15:00:00Z", "2026-10-10T03:00:00Z"}},
	{"Pacific/Apia", []string{"2012-01-10T09:00:00Z"}},
}

// maker draws a random organisation.
type maker struct {
	*rand.Rand
	o    organisation
	zone *time.Location
	now  time.Time
}

func randomOrganisation(seed uint64) *organisation {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 20261120))}
	m.clock()
	m.nodes()
	m.services()
	for i := range m.IntN(4) {
		m.o.Journeys = append(m.o.Journeys, journeyRow{ID: fmt.Sprintf("j%d", i), Services: m.serviceList(1 + m.IntN(4)), Owner: m.maybe(0.3, m.owner)})
	}
	for i := range 1 + m.IntN(3) {
		m.o.Sources = append(m.o.Sources, m.incidentSource(i))
	}
	for i := range m.IntN(3) {
		m.o.Sources = append(m.o.Sources, m.syntheticSource(i))
	}
	for i := range m.IntN(3) {
		m.o.Sources = append(m.o.Sources, m.deploymentSource(i))
	}
	for i := range m.IntN(3) {
		m.o.Sources = append(m.o.Sources, m.findingSource(i))
	}
	for i := range m.IntN(3) {
		m.o.Sources = append(m.o.Sources, m.costSource(i))
	}
	for i := range m.IntN(3) {
		m.o.Sources = append(m.o.Sources, m.observedSource(i))
	}
	m.o.Redefined = m.maybe(0.5, func() string { return m.date(60) })
	m.objectives()
	for i := range m.IntN(3) {
		m.o.Sources = append(m.o.Sources, m.staffingSource(i))
	}
	for range m.IntN(20) {
		m.o.Dependencies = append(m.o.Dependencies, dependencyRow{m.service(), m.service(), m.oneOf("", "hard", "soft", "async"), m.oneOf("", "declared", "observed")})
	}
	return &m.o
}

func (m *maker) chance(p float64) bool { return m.Float64() < p }

func (m *maker) maybe(p float64, draw func() string) string {
	if m.chance(p) {
		return draw()
	}
	return ""
}

func (m *maker) oneOf(words ...string) string { return words[m.IntN(len(words))] }

func (m *maker) clock() {
	c := clocks[m.IntN(len(clocks))]
	zone, err := time.LoadLocation(c.zone)
	if err != nil {
		panic(err)
	}
	at, err := time.Parse(time.RFC3339, c.asOf[m.IntN(len(c.asOf))])
	if err != nil {
		panic(err)
	}
	switch {
	case m.chance(0.2):
		at = at.AddDate(0, 0, -m.IntN(700)).Add(time.Duration(m.IntN(86400)) * time.Second)
	case m.chance(0.15):
		y, month, d := at.In(zone).Date()
		at = time.Date(y, month, d-m.IntN(40), 0, 0, 0, 0, zone)
	}
	m.zone, m.now = zone, at.In(zone)
	m.o.Zone, m.o.AsOf = c.zone, m.now.Format(time.RFC3339)
	m.o.ImpactEnds = m.oneOf("mitigated", "mitigated", "resolved")
	m.o.Periods = []string{"7d", "28d", "month", "quarter"}
	if m.chance(0.2) {
		m.o.Periods = append(m.o.Periods, fmt.Sprintf("%dd", 29+m.IntN(400)))
	}
}

// nodes draws a tree; parents and successors come before their node, so that there are no
// cycles.
func (m *maker) nodes() {
	n, deep := 1+m.IntN(14), m.chance(0.25)
	for i := range n {
		r := nodeRow{ID: fmt.Sprintf("n%d", i)}
		if i > 0 {
			r.Parent = fmt.Sprintf("n%d", m.IntN(i))
			if deep {
				r.Parent = fmt.Sprintf("n%d", max(0, i-1-m.IntN(2)))
			}
		}
		if i > 0 && m.chance(0.05) {
			r.Parent = m.oneOf("", "nowhere")
		}
		if i > 0 && m.chance(0.15) {
			m.gone(&r, i)
		}
		m.o.Nodes = append(m.o.Nodes, r)
	}
	if m.chance(0.2) {
		m.o.Nodes = append(m.o.Nodes, m.o.Nodes[m.IntN(n)]) // given twice
	}
	m.Shuffle(len(m.o.Nodes), func(i, j int) { m.o.Nodes[i], m.o.Nodes[j] = m.o.Nodes[j], m.o.Nodes[i] })
}

// gone ends a node near as_of, perhaps with a successor, perhaps with a record that goes on
// elsewhere.
func (m *maker) gone(r *nodeRow, i int) {
	r.ValidTo = m.date(m.IntN(40) - 10)
	r.Successor = m.maybe(0.5, func() string { return m.oneOf(fmt.Sprintf("n%d", m.IntN(i)), "nowhere") })
	if m.chance(0.4) {
		next := nodeRow{ID: r.ID, Parent: fmt.Sprintf("n%d", m.IntN(i))}
		next.ValidFrom = dateAfter(r.ValidTo, 1)
		m.o.Nodes = append(m.o.Nodes, next)
	}
}

// date is a civil date so many days before as_of.
func (m *maker) date(before int) string {
	return dateAfter(m.now.Format(time.DateOnly), -before)
}

func (m *maker) owner() string {
	if m.chance(0.08) {
		return m.oneOf("nobody", "user:ada", "ada@example.org")
	}
	return m.o.Nodes[m.IntN(len(m.o.Nodes))].ID
}

func (m *maker) services() {
	n := 1 + m.IntN(16)
	for i := range n {
		r := serviceRow{ID: fmt.Sprintf("s%d", i), Owner: m.maybe(0.9, m.owner)}
		for m.chance(0.2) {
			r.Owner += ";" + m.owner()
		}
		r.Owner = strings.Trim(r.Owner, ";")
		if m.chance(0.12) {
			r.ThirdParty = "true"
		}
		if m.chance(0.2) {
			r.Aliases = fmt.Sprintf("alias-%d;other/%d", i, i)
		}
		r.ValidTo = m.maybe(0.1, func() string { return m.date(m.IntN(60) - 20) })
		if m.chance(0.3) {
			m.movedOn(&r)
		}
		m.o.Services = append(m.o.Services, r)
		m.o.Dependencies = append(m.o.Dependencies, dependencyRow{From: r.ID, To: fmt.Sprintf("s%d", m.IntN(n))}) // cycles too
	}
	if m.chance(0.2) {
		again := m.o.Services[m.IntN(n)]
		again.Owner = m.owner()
		m.o.Services = append(m.o.Services, again)
	}
}

func (m *maker) service() string {
	r := m.o.Services[m.IntN(len(m.o.Services))]
	if m.chance(0.05) {
		return m.oneOf("unknown", "ghost")
	}
	if r.Aliases != "" && m.chance(0.3) {
		return list(r.Aliases)[m.IntN(len(list(r.Aliases)))]
	}
	return r.ID
}

func (m *maker) serviceList(n int) string {
	var ids []string
	for range n {
		ids = append(ids, m.service())
	}
	return strings.Join(ids, ";")
}

// moment is a time before as_of, mostly of late, sometimes at the edge of a day, sometimes
// after as_of.
func (m *maker) moment() time.Time {
	days := []int{3, 30, 120, 1500}[m.IntN(4)]
	at := m.now.Add(-time.Duration(m.Int64N(int64(days)*86400)) * time.Second)
	switch {
	case m.chance(0.1):
		y, month, d := at.Date()
		at = time.Date(y, month, d, 0, 0, 0, 0, m.zone)
	case m.chance(0.03):
		at = m.now
	case m.chance(0.03):
		at = m.now.Add(time.Duration(m.IntN(7200)) * time.Second)
	}
	return at
}

func (m *maker) incidentSource(i int) eventSource {
	s := m.source(fmt.Sprintf("incidents%d", i))
	s.Incidents = make([][]incidentRow, 1+m.IntN(2))
	for j := range m.IntN(30) {
		f := m.IntN(len(s.Incidents))
		r := m.incident(fmt.Sprintf("i%d", j))
		s.Incidents[f] = append(s.Incidents[f], r)
		if m.chance(0.08) {
			again := m.incident(r.ID)
			s.Incidents[f] = append(s.Incidents[f], again)
		}
	}
	return s
}

func (m *maker) source(name string) eventSource {
	s := eventSource{Name: name, Pilot: m.chance(0.12), Merge: m.chance(0.25)}
	s.CoversFrom = m.maybe(0.5, func() string { return m.date([]int{2000, 200, 20}[m.IntN(3)]) })
	for m.chance(0.3) {
		s.Covers = append(s.Covers, m.oneOf("*", m.o.Services[0].ID, "node:"+m.owner(), m.service()))
	}
	return s
}

func (m *maker) incident(id string) incidentRow {
	r := incidentRow{
		ID: id, Severity: m.oneOf("", "sev1", "sev2", "minor"), Type: m.oneOf("", "change", "capacity"),
		Services: m.maybe(0.93, func() string { return m.serviceList(1 + m.IntN(3)) }), Cause: m.maybe(0.8, func() string { return m.serviceList(1 + m.IntN(2)) }),
		DetectedBy: m.oneOf("", "monitor", "customer", "person"), Planned: m.oneOf("", "", "", "", "false", "true"),
		Review: m.oneOf("", "", "true", "https://reviews.example/1"), FollowupsOpen: m.oneOf("", "", "0", "3"),
	}
	at := m.moment()
	r.Started = at.Format(time.RFC3339)
	for i, to := range r.moments()[1:] {
		at = at.Add(m.delay())
		if m.chance([]float64{0.8, 0.7, 0.5, 0.6, 0.8}[i]) {
			*to = at.Format(time.RFC3339)
		}
	}
	return r
}

// delay is mostly minutes or hours, sometimes none or days, sometimes back in time.
func (m *maker) delay() time.Duration {
	switch {
	case m.chance(0.1):
		return 0
	case m.chance(0.06):
		return -time.Duration(m.IntN(7200)) * time.Second
	case m.chance(0.05):
		return time.Duration(m.IntN(20*24)) * time.Hour
	}
	return time.Duration(m.IntN(3*3600)) * time.Second
}

func (m *maker) syntheticSource(i int) eventSource {
	s := m.source(fmt.Sprintf("tests%d", i))
	s.Results = make([][]resultRow, 1+m.IntN(2))
	for range m.IntN(60) {
		f := m.IntN(len(s.Results))
		s.Results[f] = append(s.Results[f], m.result())
	}
	return s
}

func (m *maker) result() resultRow {
	r := resultRow{Test: m.oneOf("login", "search", "pay", "open"), Location: m.oneOf("", "sto", "nyc")}
	if r.Service = m.service(); len(m.o.Journeys) > 0 && m.chance(0.2) {
		r.Service, r.Journey = "", m.oneOf("j0", "j0", "j9")
	}
	at := m.moment()
	if m.chance(0.5) {
		r.Day = at.Format(time.DateOnly)
		r.Passed, r.Failed = strconv.Itoa(m.IntN(300)), strconv.Itoa(m.IntN(4))
		r.Flaky, r.Skipped = strconv.Itoa(m.IntN(3)), strconv.Itoa(m.IntN(3))
		return r
	}
	r.Started = at.Format(time.RFC3339)
	for i, to := range []*string{&r.Passed, &r.Failed, &r.Flaky, &r.Skipped} {
		if *to = "0"; i == m.IntN(4) {
			*to = "1"
		}
	}
	return r
}
