package history

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/diag"
	"uptree/generator/source"
)

// Two datasets, as package ingest describes them: records that an id tells apart, and
// measurements.
var (
	incidents = &Shape{Dataset: "incidents", Identity: []string{"id"}, Columns: []string{"open"}, Dates: map[string]bool{"started": false}}
	results   = &Shape{Dataset: "synthetics", Identity: []string{"test"}, Columns: []string{"passed", "failed"}, Dates: map[string]bool{"started": false, "day": true}, Timed: true}
	shapes    = []*Shape{incidents, results}
)

func day(text string) int {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return int(t.Unix() / daySeconds)
}

// facts are records of a source, each as "id day number[,number]".
func facts(from string, s *Shape, records ...string) *Facts {
	f := NewFacts(from, s)
	for _, r := range records {
		var id, at, tail string
		fmt.Sscan(r, &id, &at, &tail)
		dated := "started"
		if s.Timed {
			dated = "day"
		}
		f.Add([]byte(id), int64(day(at))*daySeconds, []byte(tail), func() Head {
			fields := fmt.Sprintf(`{%q:%q}`, s.Identity[0], id)
			return Head{fields, dated, s.Timed, s.Join(dated, func(string) []byte { return fmt.Appendf(nil, "%q", id) })}
		})
	}
	return f
}

// states are the nodes of a source that gives all of them, each as "id[=parent]".
func states(nodes ...string) States {
	s := States{Dataset: "nodes", Source: "org", Whole: true, Ends: true}
	for _, n := range nodes {
		id, parent, under := strings.Cut(n, "=")
		r := State{ID: id, From: NoDay, Until: NoDay}
		if under {
			r.Fields = []Field{{"parent", fmt.Sprintf("%q", parent)}}
		}
		s.Records = append(s.Records, r)
	}
	return s
}

// pull is what a build pulled: all sources answered but a scanner.
func pull(at string, all ...any) Input {
	in := Input{Day: day(at), Shapes: shapes, Sources: []Source{{Name: "tracker", Answered: true}, {Name: "probes", Answered: true}, {Name: "org", Answered: true}, {Name: "scan"}}}
	for _, x := range all {
		switch x := x.(type) {
		case *Facts:
			in.Facts = append(in.Facts, x)
		case States:
			in.States = append(in.States, x)
		}
	}
	return in
}

// merged merges builds one after the other and returns what the last one recalls.
func merged(t *testing.T, m *Memory, builds ...Input) (*Memory, Recall) {
	t.Helper()
	var recall Recall
	for _, in := range builds {
		var problems diag.List
		if m, recall, problems = m.Merge(in); len(problems) > 0 {
			t.Fatal(problems)
		}
	}
	return m, recall
}

// recalled are the lines of what is recalled.
func recalled(t *testing.T, r Recall) (lines []string) {
	t.Helper()
	for _, p := range r.Payloads {
		blob, err := p.Blob.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(blob)
		if err != nil {
			t.Fatal(err)
		}
		own := strings.Split(strings.TrimSpace(string(text)), "\n")
		if len(own) != p.Count {
			t.Errorf("%s is said to have %d records and has %d", p.Dataset, p.Count, len(own))
		}
		lines = append(lines, own...)
	}
	return lines
}

func wants(t *testing.T, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// contents are all files of a memory.
func contents(t *testing.T, m *Memory) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, f := range m.Files(func(string) bool { return true }) {
		content, err := f.Read()
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(content)
	}
	return out
}

func started(at string) int64 { return int64(day(at)) * daySeconds }

func TestLastWriterWinsByIdentity(t *testing.T) {
	m, recall := merged(t, New(nil, nil),
		pull("2026-03-01", facts("tracker", incidents, "A 2026-02-01 1", "B 2026-02-20 2")),
		pull("2026-03-02", facts("tracker", incidents, "C 2026-03-01 0", "B 2026-02-20 5")))
	wants(t, recalled(t, recall), fmt.Sprintf(`{"id":"A","started":%d,"open":1}`, started("2026-02-01")))
	b := contents(t, m)["facts.tracker.incidents.2026-02.jsonl"]
	wants(t, strings.Split(strings.TrimSpace(b), "\n")[1:],
		`{"@":"started","id":"A"}`, fmt.Sprintf(`[%d,1]`, started("2026-02-01")),
		`{"@":"started","id":"B"}`, fmt.Sprintf(`[%d,5]`, started("2026-02-20")))
}

func TestTheSameFactsAreTheSameBytes(t *testing.T) {
	one, _ := merged(t, New(nil, nil), pull("2026-03-01", states("acme", "shop=acme"),
		facts("probes", results, "a 2026-02-01 9,1", "b 2026-02-01 8", "a 2026-02-02 7"), facts("tracker", incidents, "A 2026-02-01 1", "B 2026-02-20 2")))
	other, _ := merged(t, New(nil, nil), pull("2026-03-01", states("shop=acme", "acme"),
		facts("tracker", incidents, "B 2026-02-20 2"), facts("tracker", incidents, "A 2026-02-01 1"), // in two files
		facts("probes", results, "b 2026-02-01 8", "a 2026-02-02 7", "a 2026-02-01 9,1")))
	if diff := cmp.Diff(contents(t, one), contents(t, other)); diff != "" {
		t.Error(diff)
	}
	again, _ := merged(t, one, pull("2026-03-01", states("acme", "shop=acme"),
		facts("probes", results, "a 2026-02-01 9,1", "b 2026-02-01 8", "a 2026-02-02 7"), facts("tracker", incidents, "A 2026-02-01 1", "B 2026-02-20 2")))
	if diff := cmp.Diff(contents(t, one), contents(t, again)); diff != "" {
		t.Error(diff)
	}
}

// TestWhatAnAnswerDoesNotHold: old is older than all that the second answer gives, mid is
// behind its oldest record, gone a test of which it has nothing any more.
func TestWhatAnAnswerDoesNotHold(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Input)
		want   string
	}{
		{"it was deleted within the window", func(*Input) {}, "old gone"},
		{"nothing is forgotten", func(in *Input) { in.Sources[0].Remember, in.Sources[1].Remember = Always, Always }, "old mid gone"},
		{"nothing is remembered", func(in *Input) { in.Sources[0].Remember, in.Sources[1].Remember = Never, Never }, ""},
		{"it did not answer, and what it said last stands in", func(in *Input) { in.Sources[0].Answered, in.Sources[1].Answered = false, false }, "old mid gone"},
		{"another question tells nothing of tests that it does not ask for", func(in *Input) { in.Sources[1].Definition = "other" }, "old"},
	} {
		t.Run(c.name, func(t *testing.T) {
			first := pull("2026-03-01", facts("probes", results, "t 2026-01-01 1", "t 2026-02-10 2", "t 2026-02-20 3", "z 2026-02-15 4"))
			next := pull("2026-03-02", facts("probes", results, "t 2026-02-01 9", "t 2026-02-20 3"))
			c.change(&next)
			_, recall := merged(t, New(nil, nil), first, next)
			got := []string{}
			for _, line := range recalled(t, recall) {
				for _, known := range [][2]string{{"2026-01-01", "old"}, {"2026-02-10", "mid"}, {"2026-02-15", "gone"}} {
					if strings.Contains(line, known[0]) {
						got = append(got, known[1])
					}
				}
			}
			slices.SortFunc(got, func(a, b string) int { return strings.Index("old mid gone", a) - strings.Index("old mid gone", b) })
			wants(t, got, strings.Fields(c.want)...)
		})
	}
}

// TestAClockThatJumpsBack: what a build of a later day has seen is neither denied nor undone.
func TestAClockThatJumpsBack(t *testing.T) {
	m, _ := merged(t, New(nil, nil),
		pull("2026-03-01", states("acme", "shop=acme"), facts("tracker", incidents, "A 2026-02-01 1")),
		pull("2026-03-10", states("acme", "ops=acme"), facts("tracker", incidents, "A 2026-02-01 1", "B 2026-03-09 1")),
		pull("2026-03-02", states("acme", "shop=acme"), facts("tracker", incidents, "A 2026-02-01 1")))
	if m.Last() != day("2026-03-10") {
		t.Errorf("the last day is %s", date(m.Last()))
	}
	_, recall := merged(t, m, pull("2026-03-11", states("acme", "ops=acme"), facts("tracker", incidents)))
	wants(t, recalled(t, recall),
		fmt.Sprintf(`{"id":"A","started":%d,"open":1}`, started("2026-02-01")), fmt.Sprintf(`{"id":"B","started":%d,"open":1}`, started("2026-03-09")),
		`{"id":"shop","parent":"acme","valid_from":"1970-01-01","valid_to":"2026-03-09"}`)
	if diff := cmp.Diff(map[string]map[string]int{"nodes": {}}, recall.Since); diff != "" {
		t.Error(diff)
	}
}

func TestRetainIsOfEachDataset(t *testing.T) {
	last := pull("2026-06-01", states("acme"))
	last.Retain = map[string]int{"incidents": 40, "synthetics": 400, "nodes": 40}
	_, recall := merged(t, New(nil, nil),
		pull("2026-03-01", states("acme", "shop=acme", "ops=acme"), facts("tracker", incidents, "A 2026-01-31 1", "B 2026-02-28 1"), facts("probes", results, "t 2026-01-01 1")),
		pull("2026-03-02", states("acme", "ops=acme")), pull("2026-05-20", states("acme")), last)
	wants(t, recalled(t, recall), `{"test":"t","day":"2026-01-01","passed":1}`, `{"id":"ops","parent":"acme","valid_from":"1970-01-01","valid_to":"2026-05-19"}`)
}

// TestRetainKeepsWholeMonths: a month is forgotten once its last day is too old.
func TestRetainKeepsWholeMonths(t *testing.T) {
	for at, want := range map[string]int{"2026-03-31": 2, "2026-04-10": 2, "2026-04-11": 2, "2026-04-13": 0} {
		last := pull(at)
		last.Retain = map[string]int{"incidents": 41}
		_, recall := merged(t, New(nil, nil), pull("2026-03-01", facts("tracker", incidents, "A 2026-02-01 1", "B 2026-02-28 1")), last)
		if got := len(recalled(t, recall)); got != want {
			t.Errorf("on %s %d incidents of February are left, want %d", at, got, want)
		}
	}
}

func TestASourceThatIsCalledOtherwise(t *testing.T) {
	next := pull("2026-03-02", facts("jira", incidents, "B 2026-02-20 2", "C 2026-02-25 2"))
	next.Sources = []Source{{Name: "jira", Answered: true}}
	_, recall := merged(t, New(nil, nil), pull("2026-03-01", facts("tracker", incidents, "A 2026-02-01 1", "B 2026-02-20 2")), next)
	wants(t, recalled(t, recall), fmt.Sprintf(`{"id":"A","started":%d,"open":1}`, started("2026-02-01")))

	next.Facts = []*Facts{facts("jira", incidents, "X 2026-02-20 2", "Y 2026-02-25 2", "B 2026-02-20 2")}
	m, _ := merged(t, New(nil, nil), pull("2026-03-01", facts("tracker", incidents, "A 2026-02-01 1", "B 2026-02-20 2")))
	_, recall, problems := m.Merge(next)
	if len(problems) != 1 || problems[0].Code != diag.HistoryUnused {
		t.Errorf("a source with other records takes over history: %v", problems)
	}
	wants(t, recalled(t, recall))
}

func TestMoreThanIsRemembered(t *testing.T) {
	full := facts("probes", results, "t 2026-02-01 1")
	full.fill()
	m, _ := merged(t, New(nil, nil), pull("2026-03-01", facts("probes", results, "t 2026-01-01 1")))
	m, recall, problems := m.Merge(pull("2026-03-02", full))
	if len(problems) != 1 || problems[0].Code != diag.HistoryFull {
		t.Error(problems)
	}
	wants(t, recalled(t, recall))
	if len(m.tables()) > 0 {
		t.Error("some of it is kept")
	}
}

// TestFilesOfASourceShareTheRoom: together they are not to take more than one may.
func TestFilesOfASourceShareTheRoom(t *testing.T) {
	room := NewRoom()
	one, other := room.NewFacts("tracker", incidents), room.NewFacts("tracker", incidents)
	long := strings.Repeat("x", 1<<20)
	for i := range maxFacts>>20 + 10 {
		f := one
		if i%2 == 1 {
			f = other
		}
		f.Add(fmt.Append(nil, i), 0, nil, func() Head { return Head{`{"id":"` + long + `"}`, "started", false, fmt.Sprint(i)} })
		if i < maxFacts>>20-3 && f.Full {
			t.Fatalf("it is full after %d MB", i)
		}
	}
	if !one.Full && !other.Full || one.size+other.size > maxFacts+8<<20 {
		t.Errorf("%d and %d bytes are remembered", one.size, other.size)
	}
}

// TestColumnsOfAnotherVersion: a number is found under its name.
func TestColumnsOfAnotherVersion(t *testing.T) {
	was := *results
	was.Columns = []string{"skipped", "failed", "passed"}
	first := pull("2026-03-01", facts("probes", &was, "t 2026-02-01 5,1,9", "t 2026-02-02 5"))
	first.Shapes = []*Shape{&was}
	_, recall := merged(t, New(nil, nil), first, pull("2026-03-02"))
	wants(t, recalled(t, recall), `{"test":"t","day":"2026-02-01","passed":9,"failed":1}`, `{"test":"t","day":"2026-02-02"}`)
}

func TestFilesOfPrivateDatasetsAreNotPublished(t *testing.T) {
	m, _ := merged(t, New(nil, nil), pull("2026-03-01", states("acme"), facts("tracker", incidents, "A 2026-02-01 1"), facts("probes", results, "t 2026-01-01 1")))
	var names []string
	whole, err := m.Publish(func(d string) bool { return d != "incidents" && d != "nodes" }, func(path string, _ []byte) error {
		names = append(names, path)
		return nil
	})
	if err != nil || len(whole.Problems()) > 0 {
		t.Error(err, whole.Problems())
	}
	wants(t, names, "history/builds.jsonl", "history/facts.probes.synthetics.2026-01.jsonl")
}

func files(of map[string]string) (out []source.File) {
	for name, content := range of {
		out = append(out, source.NewFile(name, []byte(content)))
	}
	return out
}
