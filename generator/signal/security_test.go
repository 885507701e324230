package signal

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"uptree/generator/model"
)

// finding is open in a service since so many days, and due so many days before as_of.
func (w *world) finding(rule, service string, late int, change ...func(*model.FindingRecord)) {
	today := model.DayOf(2026, time.November, 20)
	r := model.FindingRecord{
		ID: fmt.Sprint("F", len(w.batch.Findings)), Service: w.batch.Ref([]byte(service)), Rule: rule, Via: "zlib",
		Opened: asOf - 100*secondsPerDay, Closed: model.None, Due: today - model.Day(late), Seen: model.NoDay, Gone: model.NoDay,
	}
	for _, c := range change {
		c(&r)
	}
	w.batch.Findings = append(w.batch.Findings, r)
}

// TestFindingsPastDue: each team that has a finding past due hears of its own, once.
func TestFindingsPastDue(t *testing.T) {
	w := newWorld()
	w.service(model.ServiceRecord{ID: "till", Owners: []string{"shop"}})
	w.finding("CVE-1", "cart", 3)
	w.finding("CVE-1", "till", 5)
	w.finding("CVE-1", "index", 1)
	w.finding("CVE-2", "index", 0)
	w.finding("CVE-3", "cart", 9, func(r *model.FindingRecord) { r.Closed = asOf - secondsPerDay })
	w.finding("CVE-4", "disk", -4)
	w.finding("CVE-5", "cart", 40, func(r *model.FindingRecord) { r.Due = model.NoDay })
	_, found, cube := w.find(t, nil)
	got := map[string]string{}
	for n := range cube.Model.Nodes {
		for _, s := range found.Attention(model.NodeIdx(n)) {
			if s.Code == "findings-overdue" {
				got[cube.Model.Nodes[n].ID] = fmt.Sprint(s.Args[0].Value, " since ", s.Args[1].Text)
			}
		}
	}
	if want := map[string]string{"shop": "1 since 2026-11-15", "search": "1 since 2026-11-19"}; !maps.Equal(got, want) {
		t.Errorf("past due: %v, want %v", got, want)
	}
}
