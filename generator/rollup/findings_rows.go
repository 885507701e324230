package rollup

import (
	"cmp"
	"slices"

	"uptree/generator/model"
)

// OpenFinding is a finding that is open at as_of, as one subject has it.
type OpenFinding struct {
	Finding  int32      // in Model.Findings
	Severity uint16     // the gravest, of Model.FindingSeverities
	Kind     uint16     // of Model.FindingKinds
	Since    model.Time // when it was opened there
	AtLeast  bool       // it was there at the first look: it may be older
	Due      model.Time // the earliest from which it is past due; None where nothing says
	URL      string     // of the record in the scanner
	Services int        // in how many services of the subject it is
}

// OpenFindings lists what is open at a subject, gravest first and then oldest. Pilots are
// left out.
func (c *Cube) OpenFindings(subject Subject) []OpenFinding {
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.at(subject)
	var out []OpenFinding
	var rows []*model.FindingRow
	place, at := s.place(), c.Model.AsOf+1
	for _, i := range s.foundIn() {
		stay := place.stay(&c.Model.Findings[i], rows)
		if rows = stay.rows; stay.open(at) {
			out = append(out, stay.asOpen(i, at))
		}
	}
	slices.SortStableFunc(out, func(a, b OpenFinding) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Since, b.Since))
	})
	return out
}

// asOpen is the finding at a moment at which it is open.
func (s *stay) asOpen(finding int32, at model.Time) OpenFinding {
	out := OpenFinding{Finding: finding, Severity: s.severity, Kind: s.kind, Due: model.None}
	out.Since, out.AtLeast = s.since(at)
	last := model.ServiceIdx(model.NoIndex)
	for _, r := range s.rows {
		if !r.Open(at) {
			continue
		}
		if out.Services == 0 || r.Service != last { // by service
			out.Services++
		}
		last = r.Service
		out.URL = cmp.Or(out.URL, r.URL)
		if r.Due.Known() && (!out.Due.Known() || r.Due < out.Due) {
			out.Due = r.Due
		}
	}
	return out
}
