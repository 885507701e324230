package ingest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"uptree/generator/model"
	"uptree/generator/source"
)

// tried tries the last source of a site on what it gives, beside a build of it.
func tried(t *testing.T, s *testSite) (*Trial, Outcome) {
	t.Helper()
	payloads, _, err := source.Fetch(t.Context(), &s.Site, source.Options{AsOf: time.Unix(int64(asOf), 0)})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(t.Context(), &s.Site, payloads, asOf, 1)
	if err != nil {
		t.Fatal(err)
	}
	last := len(payloads) - 1
	trial, err := Try(t.Context(), &s.Site, payloads[last], asOf, 100)
	if err != nil {
		t.Fatal(err)
	}
	return trial, r.Outcomes()[last]
}

// TestATrialCountsAsABuildDoes, for every preset, and shows no person of its sample.
func TestATrialCountsAsABuildDoes(t *testing.T) {
	for _, p := range Presets() {
		s := newSite(t)
		s.preset(p.Name)
		s.Sources[len(s.Sources)-1].Currency = "EUR"
		trial, built := tried(t, s)
		if trial.Accepted != built.Records || trial.Rejected != built.Rejected || trial.Usable != (built.Status == model.SourceOK) {
			t.Errorf("%s: %d accepted and %d rejected, usable %v; a build has %d and %d: %s", p.Name, trial.Accepted, trial.Rejected, trial.Usable, built.Records, built.Rejected, built.Reason)
		}
		if trial.Raw == 0 {
			t.Errorf("%s: no raw records", p.Name)
		}
		if shown := strings.ToLower(fmt.Sprint(trial.Rows, trial.Unread, trial.Absent, trial.Problems)); strings.Contains(shown, "quill") {
			at := strings.Index(shown, "quill")
			t.Errorf("%s: a person is in …%s", p.Name, shown[max(0, at-80):min(len(shown), at+40)])
		}
	}
}

// TestRawRecordsStandBesideTheirOwn: whatever the mapping looks at first.
func TestRawRecordsStandBesideTheirOwn(t *testing.T) {
	const answer = `{"next": null, "data": [
		{"id": "A", "at": "2025-03-01", "parts": [{"of": "x"}, {"of": "y"}]},
		{"id": "B", "kind": "drill", "parts": []},
		{"id": "C", "at": "2025-03-02", "parts": [{"of": "z"}]},
		{"kind": "none"}]}`
	for program, want := range map[string]string{
		`.data[] | select(.kind != "none") | if .kind == "drill" then null else {id, started: .at, services: [.parts[].of]} end`: "accepted A A, passed over B, accepted C C, unmapped",
		`.data | map(select(.at != null)) | sort_by(.at) | reverse[] | {id, started: .at, services: [.parts[].of]}`:              "accepted C C, accepted A A, unmapped B, unmapped",
		`[.data[] | {id, started: .at}] | map(select(.started))[]`:                                                               "accepted A",
		`.data[] | {id, started: (.at | if . == null then error("no time") else . end)}`:                                         "rejected B",
	} {
		s := newSite(t)
		s.source(model.Incidents, "answer.json", answer)
		s.Sources[len(s.Sources)-1].Map = program
		trial, built := tried(t, s)
		var got []string
		for _, r := range trial.Rows {
			line := []string{string(r.Fate)}
			for _, cells := range [][]Cell{r.Raw, r.Record} {
				for _, c := range cells {
					if c.Name == "id" {
						line = append(line, c.Text)
					}
				}
			}
			got = append(got, strings.Join(line, " "))
		}
		if all := strings.Join(got, ", "); !strings.Contains(all, want) || trial.Accepted != built.Records || trial.Rejected != built.Rejected {
			t.Errorf("%s\ngot %s\nwant %s; %d accepted, %d rejected, of a build %d, %d", program, all, want, trial.Accepted, trial.Rejected, built.Records, built.Rejected)
		}
	}
}
