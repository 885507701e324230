package generator_test

import (
	"fmt"
	"time"
)

// findingSource draws findings, some of few libraries, with and without dates of their own.
func (m *maker) findingSource(i int) eventSource {
	s := m.source(fmt.Sprintf("scans%d", i))
	s.Findings = make([][]findingRow, 1+m.IntN(2))
	dated := m.chance(0.5)
	for j := range m.IntN(60) {
		f := m.IntN(len(s.Findings))
		r := m.finding(fmt.Sprintf("f%d", j), dated)
		s.Findings[f] = append(s.Findings[f], r)
		if m.chance(0.1) {
			s.Findings[f] = append(s.Findings[f], m.finding(r.ID, dated))
		}
	}
	return s
}

func (m *maker) finding(id string, dated bool) findingRow {
	at := m.moment()
	r := findingRow{
		ID: id, Service: m.service(), Kind: m.oneOf("sca", "SAST", ""), Severity: m.oneOf("high", "ERROR", "9.1", "moderate", "low", "odd"),
		Due: m.maybe(0.15, func() string { return m.date(m.IntN(80) - 20) }),
	}
	if m.chance(0.4) {
		r.Rule, r.Via = m.oneOf("CVE-1", "CVE-2", "CVE-3"), m.oneOf("zlib", "openssl", "")
	}
	if dated {
		r.Opened = at.Format(time.RFC3339)
		r.Closed = m.maybe(0.4, func() string { return at.Add(m.delay() * 20).Format(time.RFC3339) })
		return r
	}
	days := m.IntN(60)
	r.Seen = m.maybe(0.8, func() string { return m.date(days - 1) })
	r.Gone = m.maybe(0.3, func() string { return m.date(days - m.IntN(30)) })
	return r
}
