package ingest

import (
	"fmt"
	"strings"
	"testing"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// rotations lists what is recorded of people, without who they are.
func rotations(m *model.Model) string {
	var b strings.Builder
	for _, s := range m.Staffing {
		fmt.Fprintf(&b, "%s %s heads %d on call %d\n", m.Nodes[s.Node].ID, s.Day, s.Headcount, s.Rotation)
	}
	return b.String()
}

// TestPeopleOnCallAreCountedOnce: shifts name people again and again, in several files.
func TestPeopleOnCallAreCountedOnce(t *testing.T) {
	s := newSite(t)
	s.write("shifts-1.csv", "node,day,oncall\npayments,2025-03-20,U1;U2\npayments,2025-03-20,U2\nplatform,2025-03-20,U1\n")
	s.source(model.Staff, "shifts-2.csv", "node,day,oncall,headcount\npayments,2025-03-20,U3;U1,9\n").Path = "shifts-*.csv"
	s.source(model.Staff, "people.csv", "node,day,oncall,oncall_rotation\nacme,2025-03-20,U1,6\n")
	m, problems := s.normalise()
	const want = "acme 2025-03-20 heads -1 on call 6\npayments 2025-03-20 heads 9 on call 3\nplatform 2025-03-20 heads -1 on call 1\n"
	if got := rotations(m); got != want || len(problems) > 0 {
		t.Errorf("got\n%swant\n%s%v", got, want, problems)
	}
	if got := account(m, "shifts-2"); got != "ok read 4 accepted 2 merged 2 rejected 0 unmapped 0" {
		t.Error(got)
	}
}

// TestPeopleOnCallAreNotPrinted: what cannot be read may hold a name.
func TestPeopleOnCallAreNotPrinted(t *testing.T) {
	s := newSite(t)
	s.source(model.Staff, "shifts.csv", "").Map = ""
	s.write("shifts.json", `[{"node": "payments", "day": "2025-03-20", "oncall": {"name": "Quill"}}, {"node": "payments", "day": "2025-03-20", "oncall": "`+strings.Repeat("Quill", 100)+`"}]`)
	s.Sources[len(s.Sources)-1].Path = "shifts.json"
	_, problems := s.normalise()
	if fmt.Sprint(problems) == "[]" || strings.Contains(fmt.Sprint(problems), "Quill") {
		t.Error(problems)
	}
	if len(only(problems, diag.BadRecord)) == 0 {
		t.Errorf("nothing is refused: %v", problems)
	}
}
