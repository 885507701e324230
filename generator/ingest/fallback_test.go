package ingest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/source"
)

// liveSite is a site whose incidents come from a server.
type liveSite struct {
	*testSite
	answer string
	source *config.Source
	store  *source.Store
}

func newLiveSite(t *testing.T) *liveSite {
	s := &liveSite{testSite: newSite(t)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, s.answer) }))
	t.Cleanup(server.Close)
	s.source = s.testSite.source(model.Incidents, "live.json", "")
	s.source.Kind, s.source.Format = "http", "json"
	s.source.HTTP = config.HTTP{URL: server.URL, Method: "GET", PerHost: 1}
	s.store = source.OpenStore(filepath.Join(s.Dir, ".uptree"))
	t.Cleanup(func() { s.store.Close() })
	return s
}

// build fetches, reads, keeps what is good and freezes.
func (s *liveSite) build() (*model.Model, diag.List) {
	s.t.Helper()
	at := time.Unix(int64(asOf), 0)
	payloads, problems, err := source.Fetch(s.t.Context(), &s.Site, source.Options{Store: s.store, AsOf: at})
	if err != nil {
		s.t.Fatal(err)
	}
	r, err := Read(s.t.Context(), &s.Site, payloads, asOf, s.jobs)
	if err != nil {
		s.t.Fatal(err)
	}
	if list, err := s.store.Keep(s.t.Context(), r.Good()); err != nil || len(list) > 0 {
		s.t.Fatal(list, err)
	}
	m, frozen := r.Freeze(nil)
	problems.Append(r.Problems())
	return m, append(problems, frozen...)
}

func TestLastGoodDataStandInForFreshOnesThatAreNoUse(t *testing.T) {
	const good = `[{"id":"A","started":"2025-03-01"},{"id":"B","started":"2025-03-02"}]`
	for _, c := range []struct {
		about, answer string
		change        func(*config.Source)
		reason        string
	}{
		{"truncated", good[:40], nil, "live cannot be read: "},
		{"empty where there were some", `[]`, nil, "no records, where there were 2 before"},
		{"nothing at all", ``, nil, "live cannot be read: "},
		{"only records that cannot be used", `[{"id":"A"},{"name":"B"}]`, nil, "no records, where there were 2 before"},
		{"fewer than expected", `[{"id":"A","started":"2025-03-01"}]`, func(s *config.Source) { s.Expect.MinRecords = 2 }, "1 record where min_records = 2 are expected"},
		{"older than expected", `[{"id":"A","started":"2024-03-01T12:00:00Z"}]`, func(s *config.Source) { s.Expect.NewestWithin = 30 * 24 * time.Hour }, "its newest record is of 2024-03-01T12:00:00Z"},
	} {
		s := newLiveSite(t)
		if c.change != nil {
			c.change(s.source)
		}
		s.answer = good
		if _, problems := s.build(); len(problems) > 0 {
			t.Fatalf("%s: %v", c.about, problems)
		}
		s.answer = c.answer
		for range 2 { // what is no use is not kept
			m, problems := s.build()
			info := m.Sources[2]
			if info.Status != model.SourceStale || info.FetchedAt != asOf || !strings.HasPrefix(info.Reason, c.reason) || len(m.Incidents) != 2 || info.Rejected > 0 {
				t.Errorf("%s: %+v with %d incidents", c.about, info, len(m.Incidents))
			}
			if len(problems) != 1 {
				t.Errorf("%s: problems %v", c.about, problems)
			}
			has(t, problems, diag.SourceStale, "site.toml:3: ", c.reason, "its data are those of 2025-03-20 08:05 UTC")
		}
	}
}

func TestEmptyAnswerIsFineWhereItIsExpected(t *testing.T) {
	s := newLiveSite(t)
	s.source.Expect.MayBeEmpty = true
	for _, answer := range []string{`[{"id":"A","started":"2025-03-01"}]`, `[]`} {
		s.answer = answer
		if m, problems := s.build(); m.Sources[2].Status != model.SourceOK || len(problems) > 0 {
			t.Errorf("%s: %v", answer, problems)
		}
	}
}

func TestNoUseAndNothingToFallBackOn(t *testing.T) {
	s := newLiveSite(t)
	s.answer = `[{`
	m, problems := s.build()
	if m.Sources[2].Status != model.SourceFailed {
		t.Errorf("%+v", m.Sources[2])
	}
	has(t, problems, diag.SourceFailed, "live cannot be read: ", "there are no last good data")
}
