package history

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/diag"
	"uptree/generator/source"
)

// sound is a memory with a file of every kind.
func sound(t *testing.T) map[string]string {
	t.Helper()
	m, _ := lists(t, New(nil, nil), listing{day: day("2026-03-01"), keys: "a"})
	m, _ = merged(t, m, pull("2026-03-01", states("acme", "shop=acme"),
		facts("tracker", incidents, "A 2026-02-01 1"), facts("probes", results, "t 2026-02-01 9,1")))
	s := NewSnapshot(day("2026-03-01"), []string{"incident_count"}, []string{"28d"})
	s.Figures["acme"] = [][]Figure{{{Known: true, Value: 0.5, Num: 1, Den: 2, N: 3}}}
	s.States["owner"] = map[string]string{"cards": "shop"}
	m = m.Add(s, 1000).WithSteps([]Step{{day("2026-03-01"), "owner", "cards", "ops", "shop"}})
	return contents(t, m)
}

// use reads everything that a memory holds and merges a build into it.
func use(m *Memory) (*Memory, diag.List) {
	problems := slices.Clone(m.Problems())
	_, some := m.At(day("2026-03-05"))
	problems.Append(some)
	_, some = m.Steps()
	problems.Append(some)
	next := pull("2026-03-02", states("acme", "shop=acme"), facts("tracker", incidents, "B 2026-02-20 1"), facts("probes", results, "t 2026-02-20 9"))
	scan := listing{day: next.Day, keys: "a"}.input()
	next.Sources, next.Sightings = append(next.Sources, scan.Sources...), scan.Sightings
	m, _, some = m.Merge(next)
	problems.Append(some)
	return m, problems
}

const (
	aIncidents = "facts.tracker.incidents.2026-02.jsonl"
	aResults   = "facts.probes.synthetics.2026-02.jsonl"
	aStates    = "states.nodes.jsonl"
	aSightings = "sightings.scan.findings.jsonl"
	aSnapshot  = "numbers.2026-03-01.jsonl"
)

func TestDamagedFiles(t *testing.T) {
	all := sound(t)
	if _, problems := use(New(files(all), nil)); len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, c := range []struct{ name, file, was, is, says string }{
		{"nothing", aIncidents, "", "", "it is no file of uptree's history"},
		{"another kind of file", aIncidents, `"facts/1"`, `"states/1"`, "it is no file of uptree's history"},
		{"a cut line", aIncidents, `,1]`, `,`, "line 3: it is no file of uptree's history"},
		{"no head", aIncidents, `{"@":"started","id":"A"}` + "\n", "", "line 2: it is no file of uptree's history"},
		{"a head that is no JSON", aIncidents, `"id":"A"}`, `"id":}`, "line 2: it is no JSON object"},
		{"nothing that dates it", aIncidents, `"@":"started",`, ``, "line 2: nothing dates it"},
		{"a date that is no date", aIncidents, `"started"`, `"mitigated"`, `line 2: it is dated by "mitigated"`},
		{"a head in another order", aIncidents, `{"@":"started","id":"A"}`, `{"id":"A","@":"started"}`, "line 2: it is not as uptree writes it"},
		{"a moment that is none", aResults, `[20485`, `[2e9999`, "line 3: its moment is no number"},
		{"a text for a number", aResults, `,9,1]`, `,"9",1]`, "line 3: what stands behind its moment is no list of numbers"},
		{"a line without end", aResults, `[20485`, strings.Repeat("[", maxLine) + `[20485`, "line 3 is too long"},
		{"a negative count", aResults, `"facts":1`, `"facts":-1`, "it is no file of uptree's history"},
		{"states of no day", aStates, `"2026-03-01"`, `"2026-03-41"`, "a state has no id, no day or no fields"},
		{"states that are no objects", aStates, `{"parent":"acme"}`, `[1]`, "a state has no id, no day or no fields"},
		{"states of no JSON", aStates, `{"uptree"`, `<html>{"uptree"`, "it is no file of uptree's history"},
		{"a journal of no day", journalName, `"last":"2026-03-01"`, `"last":"soon"`, `parsing time "soon"`},
		{"a journal in no order", journalName, `"looked":[["2026-03-01"`, `"looked":[["2027-03-01"`, "days are not in order"},
		{"a snapshot of texts", aSnapshot, `[1,2,3]`, `"5"`, "a figure is neither a number nor a list of them"},
		{"a share of nothing", aSnapshot, `[1,2,3]`, `[1,0,3]`, "a figure is neither a number nor a list of them"},
		{"a sighting of no day", aSightings, `"seen":"2026-03-01"`, `"gone":"2026-03-01"`, "a sighting has no key, no day or no fields"},
		{"a sighting of nothing", aSightings, `{"id":"a"}`, `{}`, "a sighting has no key, no day or no fields"},
		{"changes of nothing", stepsName, `"cards"`, `""`, "a change has no day, no kind or no id"},
	} {
		t.Run(c.name, func(t *testing.T) {
			damaged := maps.Clone(all)
			if damaged[c.file] = strings.Replace(all[c.file], c.was, c.is, 1); damaged[c.file] == all[c.file] {
				damaged[c.file] = ""
			}
			m, problems := use(New(files(damaged), nil))
			told := 0
			for _, p := range problems {
				if p.Code == diag.HistoryBroken && p.Pos.File == Folder+"/"+c.file && strings.Contains(p.Text, c.says) {
					told++
				}
			}
			if told != 1 || len(problems) != 1 {
				t.Errorf("want one warning that says %q of %s, got %v", c.says, c.file, problems)
			}
			if _, problems := use(m); c.file != aSnapshot && c.file != stepsName && len(problems) > 0 {
				t.Errorf("the next build is told again: %v", problems)
			}
		})
	}
}

// TestADamagedFileTakesNoOtherWithIt: what is sound is recalled.
func TestADamagedFileTakesNoOtherWithIt(t *testing.T) {
	all := sound(t)
	all[aIncidents] = "x"
	_, recall, problems := New(files(all), nil).Merge(pull("2026-03-02", states("acme")))
	if len(problems) != 1 {
		t.Error(problems)
	}
	wants(t, recalled(t, recall), `{"test":"t","day":"2026-02-01","passed":9,"failed":1}`,
		`{"id":"shop","parent":"acme","valid_from":"1970-01-01","valid_to":"2026-03-01"}`, `{"id":"a","seen":"2026-03-01"}`)
}

// TestFilesOfALaterVersionStay: they are an error that ends the build, and are not replaced.
func TestFilesOfALaterVersionStay(t *testing.T) {
	all := sound(t)
	for _, name := range []string{aIncidents, aStates, aSightings, aSnapshot, journalName, stepsName} {
		later := maps.Clone(all)
		later[name] = strings.Replace(all[name], `/1"`, `/2","new":"field"`, 1)
		before := New(files(later), nil)
		_, problems := use(before)
		if len(problems) != 1 || problems[0].Code != diag.HistoryNewer || problems[0].Severity() != diag.Error {
			t.Errorf("%s: %v", name, problems)
		}
		if diff := cmp.Diff(later, contents(t, before)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestFilesThatAreNotOursAreLeftAlone(t *testing.T) {
	m := New(files(map[string]string{"facts.Tracker.incidents.2026-02.jsonl": "x", "facts.a.incidents.2026-13.jsonl": "x", "../builds.jsonl": "x", "index.html": "x"}), nil)
	if !m.Empty() || len(m.Problems()) > 0 {
		t.Error(m.Files(func(string) bool { return true }), m.Problems())
	}
}

// TestAFileThatCannotBeReadIsNotPublished: the build goes on without it.
func TestAFileThatCannotBeReadIsNotPublished(t *testing.T) {
	all := sound(t)
	bad := source.NewFile(aSnapshot, []byte(all[aSnapshot]))
	bad.SHA256[0] ^= 1
	delete(all, aSnapshot)
	m := New(append(files(all), bad), nil)
	put := map[string]string{}
	out, err := m.Publish(func(string) bool { return true }, func(path string, content []byte) error {
		put[strings.TrimPrefix(path, Folder+"/")] = string(content)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if list := out.Problems(); len(list) != 1 || list[0].Code != diag.HistoryBroken || !strings.Contains(list[0].Text, "it is not what was kept") {
		t.Error(list)
	}
	if diff := cmp.Diff(all, put); diff != "" {
		t.Error(diff)
	}
	full := errors.New("no space left")
	if _, err := m.Publish(func(string) bool { return true }, func(string, []byte) error { return full }); !errors.Is(err, full) {
		t.Error(err)
	}
}

// FuzzFiles: whatever a file holds, using it ends, and what is written is read again.
func FuzzFiles(f *testing.F) {
	names := []string{aIncidents, aResults, aStates, aSnapshot, journalName, stepsName, aSightings}
	f.Add(byte(0), []byte("{}"))
	f.Add(byte(1), []byte(`{"uptree":"facts/1","columns":["passed","failed"],"facts":2,"digest":"9a"}`+"\n"+`{"@":"day","test":"a"}`+"\n[20454,288,1]\n[4294967296]\n[-1,1e]\n"))
	f.Add(byte(2), []byte(`{"uptree":"states/1"}`+"\n"+`{"id":"a","from":"2026-01-01","state":{}}`+"\n"+`{"id":"a","from":"9999-12-31"}`))
	f.Add(byte(3), []byte(`{"uptree":"numbers/1"}`+"\n"+`{"node":"","figures":[[null,1,[1,2],[1,2,3]],[]]}`))
	f.Add(byte(4), []byte(`{"uptree":"builds/1","began":"0000-01-01","last":"9999-12-31"}`+"\n"+`{"dataset":"nodes","looked":[["2026-01-01","9999-12-31"]]}`))
	f.Fuzz(func(t *testing.T, which byte, content []byte) {
		m, problems := use(New([]source.File{source.NewFile(names[int(which)%len(names)], content)}, nil))
		if problems.HasErrors() {
			return // of a later version
		}
		if _, again := use(New(files(contents(t, m)), nil)); len(problems) == 0 && len(again) > 0 {
			t.Errorf("what was written is not read again: %v", again)
		}
	})
}
