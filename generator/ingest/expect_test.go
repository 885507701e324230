package ingest

import (
	"fmt"
	"strings"
	"testing"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/model"
)

// answer is a page of so many incidents, each made by the template, which may hold their number.
func answer(key string, n int, template func(i int) string) string {
	var all []string
	for i := range n {
		all = append(all, template(i))
	}
	return fmt.Sprintf(`{%q: [%s]}`, key, strings.Join(all, ",\n"))
}

func whole(i int) string {
	return fmt.Sprintf(`{"key": "I%d", "created_at": "2025-03-01T10:00:00Z", "resolved_at": "2025-03-01T11:00:00Z", "svc": {"id": "cards"}}`, i)
}

const trackerMap = `.incidents[] | {id: .key, started: .created_at, resolved: .resolved_at, services: [.svc.id]}`

// TestExpectSaysWhatWasLookedForWhere: an answer that is not what the mapping was written
// for fails its expect, with the field that is not where it was.
func TestExpectSaysWhatWasLookedForWhere(t *testing.T) {
	for _, c := range []struct {
		about, answer string
		change        func(*config.Source)
		want          []string
	}{
		{"nothing matches", answer("results", 4, whole), nil,
			[]string{"no records, where there were 20 before", `looked for .incidents in the answer, which has .results`}},
		{"an answer that is an error", `{"message": "Forbidden", "status": 403}`, nil,
			[]string{"no records, where there were 20 before", `looked for .incidents in the answer, which has .message and .status`}},
		{"a required field is called otherwise", answer("incidents", 20, func(i int) string { return strings.ReplaceAll(whole(i), "created_at", "createdAt") }), nil,
			[]string{"no records, where there were 20 before", `looked for .created_at in each of 20 .incidents[], and none has it: there is .createdAt`}},
		{"another field is called otherwise", answer("incidents", 20, func(i int) string { return strings.ReplaceAll(whole(i), "resolved_at", "resolvedAt") }), nil,
			[]string{"resolved is in 0 of 20 records, where 20 of 20 had it", `looked for .resolved_at in each of 20 .incidents[], and none has it: there is .resolvedAt`}},
		{"half of them are of another shape", answer("incidents", 20, func(i int) string {
			if i%2 == 0 {
				return strings.ReplaceAll(whole(i), "created_at", "opened_at")
			}
			return whole(i)
		}), nil, []string{"started is in 10 of 20 records, where 20 of 20 had it", "looked for .created_at in each of 20 .incidents[], and 10 have it"}},
		{"a field within", answer("incidents", 20, func(i int) string { return strings.ReplaceAll(whole(i), `"id"`, `"ID"`) }), nil,
			[]string{"services is in 0 of 20 records", `looked for .id in each of 20 .incidents[].svc, and none has it: there is .ID`}},
		{"what site.toml asks for", answer("incidents", 4, func(i int) string { return strings.ReplaceAll(whole(i), "resolved_at", "ended") }),
			func(s *config.Source) { s.Expect.Fields = []string{"resolved"} },
			[]string{"resolved is in 0 of 4 records, where expect asks for it in most", "looked for .resolved_at in each of 4 .incidents[], and none has it"}},
	} {
		t.Run(c.about, func(t *testing.T) {
			s := newLiveSite(t)
			s.source.Map = trackerMap
			s.answer = answer("incidents", 20, whole)
			if m, problems := s.build(); len(problems) > 0 || len(m.Incidents) != 20 {
				t.Fatal(len(m.Incidents), problems)
			}
			if c.change != nil {
				c.change(s.source)
			}
			s.answer = c.answer
			m, problems := s.build()
			if info := m.Sources[2]; info.Status != model.SourceStale || len(m.Incidents) != 20 || strings.Contains(info.Reason, "looked for") {
				t.Errorf("%+v with %d incidents", info, len(m.Incidents))
			}
			has(t, problems, diag.SourceStale, append(c.want, "site.toml:3: ")...)
		})
	}
}

func TestWhatIsNoLoss(t *testing.T) {
	for about, c := range map[string]struct {
		answer string
		change func(*config.Source)
	}{
		"few are without": {answer("incidents", 20, func(i int) string {
			if i < 9 {
				return strings.ReplaceAll(whole(i), "resolved_at", "x")
			}
			return whole(i)
		}), nil},
		"too few to tell": {answer("incidents", 3, func(i int) string { return strings.ReplaceAll(whole(i), "resolved_at", "x") }), nil},
		"it is as it should": {answer("incidents", 20, func(i int) string { return strings.ReplaceAll(whole(i), "resolved_at", "x") }),
			func(s *config.Source) { s.Expect.Fields = []string{} }},
	} {
		s := newLiveSite(t)
		s.source.Map = trackerMap
		s.answer = answer("incidents", 20, whole)
		s.build()
		if c.change != nil {
			c.change(s.source)
		}
		s.answer = c.answer
		if m, problems := s.build(); m.Sources[2].Status != model.SourceOK {
			t.Errorf("%s: %+v %v", about, m.Sources[2], problems)
		}
	}
}

// TestAFreshSourceThatMatchesNothing has nothing to fall back on.
func TestAFreshSourceThatMatchesNothing(t *testing.T) {
	s := newLiveSite(t)
	s.source.Map = trackerMap
	s.source.Expect.MinRecords = 1
	s.answer = answer("results", 4, whole)
	_, problems := s.build()
	has(t, problems, diag.SourceEmpty, "0 records where min_records = 1 are expected", "looked for .incidents in the answer, which has .results")
}
