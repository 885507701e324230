package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/source"
)

// formatMaps make records of the formats that have none.
var formatMaps = map[string]string{
	"junit": `.properties + {id: .name, title: .classname, started: .suites[-1].timestamp}`,
	"ical": `{id: .uid, title: .summary, severity: .x_severity, services: .categories, cause: .x_cause, started: .dtstart,
		mitigated: .dtend, planned: (.uid == "INC-2"), followups_open: .x_followups}`,
	"text": `split("\n")[] | split(" | ") | select(length == 8) | {id: .[0], title: .[1], severity: .[2], services: .[3], cause: .[4], started: .[5],
		mitigated: .[6], planned: (.[0] == "INC-2"), followups_open: .[7]}`,
	"prometheus": `.samples[] | .labels + {started: .value}`,
}

// TestFormats reads the same two incidents from every format.
func TestFormats(t *testing.T) {
	const want = `INC-1 "Payment, slow" critical impact [cards payouts] cause [cards] 2025-03-01T10:00:00Z to 2025-03-01T10:40:00Z planned false open follow-ups 2
INC-2 "Upgrade" minor impact [payouts] cause [] 2025-03-02T08:00:00Z to 2025-03-03T23:00:00Z planned true open follow-ups -1
`
	for _, f := range Formats() {
		t.Run(f.Name, func(t *testing.T) {
			s := newSite(t)
			s.source(model.Incidents, "incidents"+f.Extensions[0], testdata(t, "formats/incidents."+f.Name)).Map = formatMaps[f.Name]
			m, problems := s.normalise()
			if len(problems) > 0 {
				t.Errorf("problems %v", problems)
			}
			if got := incidents(m); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

// TestFormatWithoutRecordsNeedsAMap: what such a file holds is not taken for records.
func TestFormatWithoutRecordsNeedsAMap(t *testing.T) {
	for _, f := range Formats() {
		s := newSite(t)
		s.source(model.Incidents, "incidents"+f.Extensions[0], testdata(t, "formats/incidents."+f.Name))
		_, problems := s.normalise()
		if f.Mapped != (formatMaps[f.Name] != "") {
			t.Errorf("%s: the test has a map where the format needs none, or lacks one", f.Name)
		}
		if f.Mapped {
			has(t, problems, diag.SourceFailed, "holds no records", "name a preset that makes them")
		}
	}
}

// TestFileThatBreaksOffFails: half of a report does not pass for all of it. Formats of a
// record a line lose but that line.
func TestFileThatBreaksOffFails(t *testing.T) {
	for _, name := range []string{"json", "junit", "ical", "parquet"} {
		s := newSite(t)
		f, _ := formatNamed(name)
		whole := testdata(t, "formats/incidents."+name)
		s.source(model.Incidents, "incidents"+f.Extensions[0], whole[:len(whole)*3/4]).Map = formatMaps[name]
		_, problems := s.normalise()
		has(t, problems, diag.SourceFailed, "incidents"+f.Extensions[0]+" cannot be read")
	}
}

func incidents(m *model.Model) string {
	var b strings.Builder
	ids := func(list []model.ServiceIdx) (out []string) {
		for _, i := range list {
			out = append(out, m.Services[i].ID)
		}
		return out
	}
	at := func(t model.Time) string { return time.Unix(int64(t), 0).UTC().Format(time.RFC3339) }
	for i := range m.Incidents {
		in := &m.Incidents[i]
		fmt.Fprintf(&b, "%s %q %s impact %v cause %v %s to %s planned %t open follow-ups %d\n", in.ID, in.Title, m.Severities[in.Severity],
			ids(in.Services), ids(in.Cause), at(in.Start()), at(in.End), in.Planned, in.FollowupsOpen)
	}
	return b.String()
}

func TestExtensionsAreThoseOfSiteToml(t *testing.T) {
	for _, f := range Formats() {
		if f.Doc == "" {
			t.Errorf("%s has no doc", f.Name)
		}
		for _, ext := range f.Extensions {
			if name, ok := config.FormatOf("a" + ext); !ok || name != f.Name {
				t.Errorf("%s is %q for package config, want %s", ext, name, f.Name)
			}
		}
	}
}

// TestFieldsAreInTheOrderOfTheSpecs holds the constants of the converters to the specs.
func TestFieldsAreInTheOrderOfTheSpecs(t *testing.T) {
	for _, c := range []struct {
		d     model.Dataset
		place int
		name  string
	}{
		{model.Nodes, nodeID, "id"}, {model.Nodes, nodeKind, "kind"}, {model.Nodes, nodeParent, "parent"}, {model.Nodes, nodeOrder, "order"}, {model.Nodes, nodeSuccessor, "successor"},
		{model.Services, serviceOwner, "owner"}, {model.Services, serviceThirdParty, "third_party"}, {model.Services, serviceAliases, "aliases"}, {model.Services, serviceValidTo, "valid_to"},
		{model.Dependencies, dependencyTo, "to"}, {model.Dependencies, dependencyEvidence, "evidence"},
		{model.Journeys, journeyServices, "services"}, {model.Journeys, journeyURL, "url"},
		{model.Incidents, incidentServices, "services"}, {model.Incidents, incidentStarted, "started"}, {model.Incidents, incidentResolved, "resolved"},
		{model.Incidents, incidentReview, "review"}, {model.Incidents, incidentFollowupsClosed, "followups_closed"},
		{model.Synthetics, resultJourney, "journey"}, {model.Synthetics, resultDay, "day"}, {model.Synthetics, resultPassed, "passed"}, {model.Synthetics, resultSkipped, "skipped"}, {model.Synthetics, resultURL, "url"},
		{model.SLOs, sloJourney, "journey"}, {model.SLOs, sloSliceTarget, "slice_target"}, {model.SLOs, sloRationale, "rationale"}, {model.SLOs, sloURL, "url"}, {model.SLOs, sloMinEvents, "min_events"},
		{model.SLIs, sliDay, "day"}, {model.SLIs, sliEnd, "end"}, {model.SLIs, sliValid, "valid"}, {model.SLIs, sliWeight, "weight"},
		{model.Exclusions, exclusionService, "service"}, {model.Exclusions, exclusionReason, "reason"}, {model.Exclusions, exclusionExpires, "expires"},
	} {
		if got := model.Specs[c.d].Fields[c.place].Name; got != c.name {
			t.Errorf("field %d of %s is %s, want %s", c.place, c.d, got, c.name)
		}
	}
	for p := model.Started; p < model.NumMoments; p++ {
		if got := model.Specs[model.Incidents].Fields[incidentStarted+int(p)].Name; got != p.String() {
			t.Errorf("moment %d is the field %s, want %s", p, got, p)
		}
	}
	for d := range converters {
		if converters[d].dataset != model.Dataset(d) {
			t.Errorf("converter %d is of %s", d, converters[d].dataset)
		}
	}
}

func TestSyntheticResults(t *testing.T) {
	for _, c := range []struct{ name, row, want, reason string }{
		{name: "a run that passed", row: "t,cards,,2025-03-01T10:00:00Z,,eu,1,0,0,0", want: `t of cards at 2025-03-01T10:00:00Z from "eu": 1 0 0 0`},
		{name: "a day in the site's zone", row: "t,cards,,,2025-03-01,,90,7,2,1", want: `t of cards at 2025-02-28T23:00:00Z from "": 90 7 2 1`},
		{name: "a run reported as passed and flaky is one", row: "t,cards,,2025-03-01T10:00:00Z,,,1,0,1,0", want: `t of cards at 2025-03-01T10:00:00Z from "": 0 0 1 0`},
		{name: "counts of a day stay apart", row: "t,cards,,,2025-03-01,,1,0,1,0", want: `t of cards at 2025-02-28T23:00:00Z from "": 1 0 1 0`},
		{name: "counts not recorded are not zero for lack of others", row: "t,cards,,2025-03-01T10:00:00Z,,,,1,,", want: `t of cards at 2025-03-01T10:00:00Z from "": 0 1 0 0`},
		{name: "no subject", row: "t,,,2025-03-01T10:00:00Z,,,1,,,", reason: "it needs a service or a journey, and not both"},
		{name: "two subjects", row: "t,cards,buy,2025-03-01T10:00:00Z,,,1,,,", reason: "it needs a service or a journey, and not both"},
		{name: "no time", row: "t,cards,,,,,1,,,", reason: "it needs started or day, and not both"},
		{name: "two times", row: "t,cards,,2025-03-01T10:00:00Z,2025-03-01,,1,,,", reason: "it needs started or day, and not both"},
		{name: "a time that is none", row: "t,cards,,noon,,,1,,,", reason: "started is not a timestamp"},
		{name: "no count", row: "t,cards,,2025-03-01T10:00:00Z,,,,,,", reason: "it has no count: passed, failed, flaky or skipped"},
		{name: "a negative count", row: "t,cards,,2025-03-01T10:00:00Z,,,-1,,,", reason: "passed is not a count"},
		{name: "a count that is none", row: "t,cards,,2025-03-01T10:00:00Z,,,1,x,,", reason: "failed is not a count"},
		{name: "no test", row: ",cards,,2025-03-01T10:00:00Z,,,1,,,", reason: "test is missing"},
		{name: "before 1970", row: "t,cards,,1969-03-01T10:00:00Z,,,1,,,", reason: "its time is before 1970 or after 2106"},
		{name: "a long id", row: strings.Repeat("t", 301) + ",cards,,2025-03-01T10:00:00Z,,,1,,,", reason: "test is longer than an id may be"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			s.source(model.Synthetics, "runs.csv", "test,service,journey,started,day,location,passed,failed,flaky,skipped\n"+c.row+"\n")
			m, problems := s.normalise()
			if got := strings.TrimSpace(results(m)); got != c.want {
				t.Errorf("results %q, want %q", got, c.want)
			}
			if c.reason != "" {
				if r := m.Sources[2].Rejects; len(r) != 1 || r[0] != (model.Reject{File: "runs.csv", Line: 2, Reason: c.reason}) {
					t.Errorf("rejects %v, want line 2: %s", r, c.reason)
				}
				has(t, problems, diag.BadRecord, "runs.csv:2: 1 record rejected: "+c.reason)
			}
		})
	}
}

func TestIncidentValues(t *testing.T) {
	s := newSite(t)
	s.source(model.Incidents, "inc.csv", `id,started,resolved,detected_by,review,url,planned,followups_open,severity
1,2025-03-01,2025-03-01,Monitor,true,https://example.com/1,TRUE,3,
2,2025-03-02,,the boss,https://example.com/r,javascript:alert(1),maybe,-1,UNSET
3,2025-03-03,yesterday,customer,javascript:alert(1),,0,,sev9
4,2025-03-04,,,no,https://u:p@example.com,,,
5,soon,,,,,,,
,2025-03-05,,,,,,,
`)
	m, problems := s.normalise()
	get := func(id string) *model.Incident {
		i, ok := m.Incident(id)
		if !ok {
			t.Fatalf("no incident %s", id)
		}
		return &m.Incidents[i]
	}
	one, two, three, four := get("1"), get("2"), get("3"), get("4")
	if one.DetectedBy != model.DetectedMonitor || !one.Reviewed || one.Review != "" || one.URL == "" || !one.Planned || one.FollowupsOpen != 3 {
		t.Errorf("incident 1: %+v", one)
	}
	if got := one.End - one.Start(); got != 86400 {
		t.Errorf("an incident resolved on the day it began lasts %d s, want the whole day", got)
	}
	if two.DetectedBy != model.DetectedUnknown || two.Review != "https://example.com/r" || two.URL != "" || two.Planned || two.FollowupsOpen != model.NoCount || m.Severities[two.Severity] != "" {
		t.Errorf("incident 2: %+v", two)
	}
	if three.Reviewed || three.Review != "" || m.Severities[three.Severity] != "sev9" || four.Reviewed || four.URL != "" {
		t.Errorf("incidents 3 and 4: %+v %+v", three, four)
	}
	if got := account(m, "inc"); got != "ok read 6 accepted 4 merged 0 rejected 2 unmapped 0" {
		t.Error(got)
	}
	want := []string{
		`inc.csv:3: column "detected_by": 1 value is none of monitor, customer and person and left out, the first "the boss";`,
		`inc.csv:3: column "followups_open": 1 value is not a count and left out, the first "-1";`,
		`inc.csv:3: column "planned": 1 value is neither true nor false and left out, the first "maybe";`,
		`inc.csv:3: column "url": 2 values are not an http or https address and left out, the first "javascript:alert(1)";`,
		`inc.csv:4: column "resolved": 1 value is not a timestamp and left out, the first "yesterday";`,
		`inc.csv:4: column "review": 1 value is neither a text nor an http or https address and left out, the first "javascript:alert(1)";`,
	}
	if diff := cmp.Diff(want, only(problems.Sorted(), diag.BadValue)); diff != "" {
		t.Error(diff)
	}
}

// TestRenamedColumns: messages name the column of the file, and two fields may share one.
func TestRenamedColumns(t *testing.T) {
	for _, file := range []string{"i.csv", "i.json"} {
		s := newSite(t)
		content := "Key,Opened,Done\nA,2025-03-01,soon\n"
		if file == "i.json" {
			content = `[{"Key": "A", "Opened": "2025-03-01", "Done": "soon"}]`
		}
		src := s.source(model.Incidents, file, content)
		src.Columns = map[string]string{"id": "Key", "title": "Key", "started": "Opened", "resolved": "Done"}
		m, problems := s.normalise()
		if i, ok := m.Incident("A"); !ok || m.Incidents[i].Title != "A" {
			t.Errorf("%s: incident A is not read with its title", file)
		}
		has(t, problems, diag.BadValue, `column "Done"`, "not a timestamp")
	}
}

func TestUnknownColumns(t *testing.T) {
	for _, file := range []string{"i.csv", "i.json", "i.jsonl"} {
		s := newSite(t)
		content := "id,started,servces\nA,2025-03-01,cards\n"
		switch file {
		case "i.json":
			content = `[{"id": "A", "started": "2025-03-01", "servces": "cards"}, {"id": "B", "started": "2025-03-01", "servces": "cards"}]`
		case "i.jsonl":
			continue // flat JSON Lines pick what they need
		}
		s.source(model.Incidents, file, content)
		_, problems := s.normalise()
		has(t, problems, diag.UnknownColumn, "servces", `did you mean "services"?`)
	}
}

func TestDocumentsWithoutRecords(t *testing.T) {
	for content, reason := range map[string]string{
		`{"a": 1}`:                         "neither a record nor an array of records",
		`"text"`:                           "neither a record nor an array of records",
		`{"a": [{"id": 1}], "b": [{}, 1]}`: "neither a record nor an array of records",
		`[1]`:                              "not an object",
		`[{"id": "A"}]`:                    "started is missing",
		`[{"id": {"a": 1}, "started": 1}]`: "id is not an id",
		`[{"id": "A", "started": "2025-03-01"}, {"id": "B"}]`: "started is missing (record 2 of the document)",
	} {
		s := newSite(t)
		s.source(model.Incidents, "i.json", content)
		m, _ := s.normalise()
		if r := m.Sources[2].Rejects; len(r) != 1 || r[0].Reason != reason {
			t.Errorf("%s: rejects %v, want %q", content, r, reason)
		}
	}
	for _, content := range []string{`[]`, `{"incidents": []}`, `{"id": "A", "started": "2025-03-01", "services": ["cards"]}`} {
		s := newSite(t)
		s.source(model.Incidents, "i.json", content)
		if m, problems := s.normalise(); len(problems) > 0 || m.Sources[2].Rejected > 0 {
			t.Errorf("%s: %v", content, problems)
		}
	}
}

func TestMapping(t *testing.T) {
	for _, c := range []struct{ name, file, content, program, account string }{
		{"csv: one record at a time", "i.csv", "k,t\nA,1740823230\nB,1740823231\n", `{id: .k, started: .t}`, "ok read 2 accepted 2 merged 0 rejected 0 unmapped 0"},
		{"jsonl: one record at a time", "i.jsonl", "{\"k\":\"A\"}\n{\"k\":\"B\"}\n", `{id: .k, started: 1740823230}`, "ok read 2 accepted 2 merged 0 rejected 0 unmapped 0"},
		{"yaml: one document at a time", "i.yaml", "k: A\n---\nk: B\n", `{id: .k, started: 1740823230}`, "ok read 2 accepted 2 merged 0 rejected 0 unmapped 0"},
		{"json: the whole document", "i.json", `{"d": ["A", "B"]}`, `.d[] | {id: ., started: 1740823230}`, "ok read 2 accepted 2 merged 0 rejected 0 unmapped 0"},
		{"toml: the whole document", "i.toml", "d = [\"A\", \"B\"]\n", `.d[] | {id: ., started: 1740823230}`, "ok read 2 accepted 2 merged 0 rejected 0 unmapped 0"},
		{"inputs that give nothing are counted", "i.csv", "k\nA\nB\nC\n", `select(.k == "A") | {id: .k, started: 1740823230}`, "ok read 1 accepted 1 merged 0 rejected 0 unmapped 2"},
		{"null passes an input over", "i.csv", "k\nA\nB\nC\n", `if .k == "A" then {id: .k, started: 1740823230} else null end`, "ok read 1 accepted 1 merged 0 rejected 0 unmapped 0"},
		{"an input that fails is rejected, with all it gave", "i.csv", "k\nA\nB\n", `{id: .k, started: 1740823230}, (if .k == "B" then error("no") else empty end)`, "ok read 2 accepted 1 merged 0 rejected 1 unmapped 0"},
		{"what is no object is rejected", "i.json", `["A", "B"]`, `[.[] | {id: .}], 7`, "ok read 2 accepted 0 merged 0 rejected 2 unmapped 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			s.source(model.Incidents, c.file, c.content).Map = c.program
			m, _ := s.normalise()
			if got := account(m, "i"); got != c.account {
				t.Errorf("%s, want %s", got, c.account)
			}
		})
	}
}

func TestMappingProblems(t *testing.T) {
	s := newSite(t)
	s.source(model.Incidents, "i.csv", "k\nA\nB\nC\n").Map = `if .k == "A" then {id: .k, started: "never", titel: 1} elif .k == "B" then error("odd \(.k)") else empty end`
	m, problems := s.normalise()
	has(t, problems, diag.UnknownColumn, `i.csv:2: key "titel" is no field of incidents`, `did you mean "title"?`)
	has(t, problems, diag.MappingFailed, "i.csv:3: 1 input rejected", "odd B")
	has(t, problems, diag.MappingSilent, `source "i": the mapping made nothing of 1 input`)
	want := []model.Reject{{File: "i.csv", Line: 2, Reason: "started is not a timestamp"}, {File: "i.csv", Line: 3, Reason: "the mapping failed on it"}}
	if diff := cmp.Diff(want, m.Sources[2].Rejects); diff != "" {
		t.Error(diff)
	}
}

func TestWrongMappingsAndPresets(t *testing.T) {
	s := newSite(t)
	src := s.source(model.Incidents, "a.csv", "k\nA\n")
	src.Map, src.MapPos = `{id: .k`, diag.Pos{File: "site.toml", Line: 40, Col: 7}
	s.source(model.Incidents, "b.csv", "k\nA\n").Preset = "backstge"
	m, problems := s.normalise()
	has(t, problems, diag.BadMapping, "site.toml:40:7: ", `source "a"`, "unexpected EOF", "secs_to")
	has(t, problems, diag.UnknownPreset, `unknown preset "backstge"`, `did you mean "backstage"?`)
	for _, name := range []string{"a", "b"} {
		if got := account(m, name); !strings.HasPrefix(got, "failed read 0") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestLoopingMappingFailsItsSource: the other inputs are not tried for ever.
func TestLoopingMappingFailsItsSource(t *testing.T) {
	s := newSite(t)
	s.source(model.Incidents, "i.csv", "k\n"+strings.Repeat("A\n", 1000)).Map = `def f: f; f`
	m, problems := s.normalise()
	has(t, problems, diag.SourceFailed, `source "i": its mapping was stopped on 3 inputs of i.csv`)
	has(t, problems, diag.MappingFailed, "i.csv:2: 3 inputs rejected, the mapping failed: it did not end")
	if got := account(m, "i"); !strings.HasPrefix(got, "failed") {
		t.Error(got)
	}
}

func TestExpectations(t *testing.T) {
	const old = "id,started\nA,2025-03-01T00:00:00Z\nB,2026-01-01T00:00:00Z\n"
	for _, c := range []struct {
		name   string
		expect config.Expect
		policy config.OnError
		code   diag.Code
		text   string
		status model.SourceStatus
	}{
		{"enough records", config.Expect{MinRecords: 2}, config.UseStale, "", "", model.SourceOK},
		{"too few records", config.Expect{MinRecords: 3}, config.UseStale, diag.SourceEmpty, "2 records where min_records = 3", model.SourceFailed},
		{"too few records, left out", config.Expect{MinRecords: 3}, config.Omit, diag.SourceOmitted, "2 records where min_records = 3", model.SourceOmitted},
		{"recent enough", config.Expect{NewestWithin: 30 * 24 * time.Hour}, config.Fail, "", "", model.SourceOK},
		{"too old, a record after as_of being none", config.Expect{NewestWithin: time.Hour}, config.Fail, diag.SourceEmpty, "its newest record is of 2025-03-01T00:00:00Z", model.SourceFailed},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			src := s.source(model.Incidents, "i.csv", old)
			src.Expect, src.OnError = c.expect, c.policy
			m, problems := s.normalise()
			if c.code != "" {
				has(t, problems, c.code, "site.toml:3: ", c.text)
			}
			if got := m.Sources[2]; got.Status != c.status || (c.status == model.SourceOmitted) != (len(m.Incidents) == 0) {
				t.Errorf("status %s (%s) with %d incidents", got.Status, got.Reason, len(m.Incidents))
			}
		})
	}
}

func TestSeverities(t *testing.T) {
	s := newSite(t)
	s.Severity = config.Severities{Order: []string{"sev1", "sev2"}, Words: map[string]string{"sev1": "sev1", "sev2": "sev2", "critical": "sev1"}}
	s.source(model.Incidents, "a.csv", "id,started,severity\n1,2025-03-01,critical\n2,2025-03-01,CRITICAL\n3,2025-03-01,sev2\n4,2025-03-01,crtical\n5,2025-03-01,\n")
	s.source(model.Incidents, "b.csv", "id,started,severity\n6,2025-03-01,crtical\n7,2025-03-01,whatever\n")
	m, problems := s.normalise()
	var got []string
	for _, id := range []string{"1", "2", "3", "4", "5", "6", "7"} {
		i, _ := m.Incident(id)
		got = append(got, m.Severities[m.Incidents[i].Severity])
	}
	if want := []string{"sev1", "sev1", "sev2", "unknown", "", "unknown", "unknown"}; !slices.Equal(got, want) {
		t.Errorf("severities %q, want %q", got, want)
	}
	want := []string{
		`a.csv:5: severity "crtical" of 2 incidents has no place in [severity.incidents]; did you mean "critical"?`,
		`b.csv:3: severity "whatever" of 1 incident has no place in [severity.incidents]; add it to the list of one of sev1, sev2`,
	}
	if diff := cmp.Diff(want, only(problems, diag.UnknownSeverity)); diff != "" {
		t.Error(diff)
	}
}

func TestSourcesThatGaveNothing(t *testing.T) {
	s := newSite(t)
	s.source(model.Incidents, "gone.csv", "").Path = "nowhere.csv"
	left := s.source(model.Incidents, "left.csv", "")
	left.Path, left.OnError = "nowhere.csv", config.Omit
	s.source(model.Incidents, "odd.data", "id\n")
	m, problems := s.normalise()
	for i, want := range []string{"failed", "omitted", "failed"} {
		if got := m.Sources[2+i]; got.Status.String() != want || got.Reason == "" || got.FetchedAt.Known() && i < 2 {
			t.Errorf("%s is %s (%q), want %s", got.Name, got.Status, got.Reason, want)
		}
	}
	if got := only(problems, diag.SourceFailed); len(got) != 2 || !strings.Contains(got[1], "odd.data") {
		t.Errorf("failed sources %q", got)
	}
}

func TestSourceInfo(t *testing.T) {
	s := newSite(t)
	src := s.source(model.Incidents, "i1.csv", "Key,started\nA,2025-03-01\nA,2025-03-01\n")
	s.write("i2.csv", "Key,started\nB,2025-03-01\nC,\n"+strings.Repeat("D,\n", 30))
	src.Path, src.Columns, src.Pilot = "i?.csv", map[string]string{"id": "Key"}, true
	m, _ := s.normalise()
	got := m.Sources[2]
	if want := "ok read 34 accepted 2 merged 1 rejected 31 unmapped 0"; account(m, "i1") != want {
		t.Errorf("%s, want %s", account(m, "i1"), want)
	}
	if len(got.Rejects) != 20 || got.Rejects[0] != (model.Reject{File: "i2.csv", Line: 3, Reason: "started is missing"}) {
		t.Errorf("%d rejects, first %v", len(got.Rejects), got.Rejects[0])
	}
	if got.Definition != `file i?.csv, id = "Key"` || !got.Pilot || !got.FetchedAt.Known() || !slices.Equal(got.FileNames, []string{"i1.csv", "i2.csv"}) {
		t.Errorf("info %+v", got)
	}
}

// TestJobsDoNotMatter: many files, one model.
func TestJobsDoNotMatter(t *testing.T) {
	s := newSite(t)
	src := s.source(model.Incidents, "f00.csv", "id,started,services\n")
	src.Path = "f*.csv"
	for i := range 40 {
		s.write(fmt.Sprintf("f%02d.csv", i), fmt.Sprintf("id,started,services,severity\nX%d,2025-03-01,cards,s%d\nX%d,2025-03-01,payouts,s%d\nbad,,,\n", i%7, i, i, i%3))
	}
	dump := func(jobs int) string {
		s.jobs = jobs
		m, problems := s.normalise()
		return incidents(m) + fmt.Sprint(problems, m.Sources)
	}
	want := dump(1)
	for _, jobs := range []int{2, 8} {
		if diff := cmp.Diff(want, dump(jobs)); diff != "" {
			t.Errorf("%d jobs differ from one: %s", jobs, diff)
		}
	}
}

func TestCancellationIsAnError(t *testing.T) {
	s := newSite(t)
	s.source(model.Incidents, "i.csv", "id,started\n")
	payloads, _, err := source.Fetch(context.Background(), &s.Site, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if m, _, err := Normalise(ctx, &s.Site, payloads, asOf, 1); err == nil || m != nil {
		t.Errorf("model %v, error %v", m != nil, err)
	}
}
