package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// TwinFinding is a finding that is open at a service, in index.json. What was found, and
// where, is "" where site.toml does not publish it.
type TwinFinding struct {
	ID, Rule, Via  string
	Severity, Kind string
	Opened, Due    string // days; Due is the last one on time, "" where nothing says
	AtLeast        bool   // it was there at the first look: it may be older
	URL            string
}

// maxTwinFindings bounds the findings of one index.json.
const maxTwinFindings = 200

func (c *composer) twinFindings(t *Twin) {
	if c.subject.Kind != rollup.ServiceSubject || c.rows.findingsOpen < 0 {
		return
	}
	rows := c.cube.OpenFindings(c.subject)
	t.FindingsTotal = len(rows)
	for i := range rows[:min(len(rows), maxTwinFindings)] {
		t.Findings = append(t.Findings, c.twinFinding(&rows[i]))
	}
}

func (c *composer) twinFinding(f *rollup.OpenFinding) TwinFinding {
	m := c.model
	day := func(t model.Time) string { return m.Calendar.DayAt(t).String() }
	out := TwinFinding{
		Severity: m.FindingSeverities[f.Severity], Kind: m.FindingKinds[f.Kind], Opened: day(f.Since), AtLeast: f.AtLeast, URL: f.URL,
	}
	if f.Due.Known() {
		out.Due = day(f.Due - 1)
	}
	if c.site.FindingsInFull {
		found := &m.Findings[f.Finding]
		out.ID, out.Rule, out.Via = found.ID, found.Rule, found.Via
	}
	return out
}
