package history

import (
	"io"
	"strings"
	"testing"
)

// listing is what a source lists on a day.
type listing struct {
	day      int
	remember Policy
	silent   bool // it did not answer: what it last gave is used
	keys     string
}

func (l listing) input() Input {
	s := Sightings{Source: "scan", Dataset: "findings"}
	for key := range strings.FieldsSeq(l.keys) {
		s.Records = append(s.Records, Sighting{Key: key, Fields: `{"id":"` + key + `"}`, Seen: NoDay})
	}
	return Input{
		Day: l.day, Sources: []Source{{Name: "scan", Answered: !l.silent, Remember: l.remember}},
		Sightings: []Sightings{s}, Retain: map[string]int{"findings": 30},
	}
}

// lists merges one listing after the other and returns what the last build recalls.
func lists(t *testing.T, m *Memory, listings ...listing) (*Memory, string) {
	t.Helper()
	recalled := ""
	for _, l := range listings {
		var r Recall
		m, r, _ = m.Merge(l.input())
		recalled = ""
		for i := range r.Payloads {
			f, err := r.Payloads[i].Blob.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(f)
			if err != nil {
				t.Fatal(err)
			}
			recalled += string(text)
		}
	}
	return m, recalled
}

func TestSightings(t *testing.T) {
	const first = `{"id":"a","seen":"1970-01-11"}` + "\n"
	const gone = `{"id":"b","seen":"1970-01-11","gone":"1970-01-13"}` + "\n"
	const there = `{"id":"b","seen":"1970-01-11"}` + "\n"
	for _, c := range []struct {
		name     string
		listings []listing
		want     string
	}{
		{"what is listed is known since the first day", []listing{{day: 10, keys: "a"}, {day: 12, keys: "a"}}, first},
		{"what is listed no more is gone", []listing{{day: 10, keys: "a b"}, {day: 12, keys: "a"}, {day: 14, keys: "a"}}, first + gone},
		{"and was not, if it is listed again", []listing{{day: 10, keys: "a b"}, {day: 12, keys: "a"}, {day: 14, keys: "a b"}}, first + there},
		{"a source that does not answer closes nothing", []listing{{day: 10, keys: "a b"}, {day: 12, silent: true}}, first + there},
		{"nor one that remembers always", []listing{{day: 10, keys: "a b"}, {day: 12, keys: "a", remember: Always}}, first + there},
		{"one that is never remembered is not", []listing{{day: 10, keys: "a b"}, {day: 12, keys: "a", remember: Never}}, ""},
		{"what is long gone is forgotten", []listing{{day: 10, keys: "a b"}, {day: 12, keys: "a"}, {day: 43, keys: "a"}}, first},
		{"an empty list closes all", []listing{{day: 10, keys: "b"}, {day: 12}}, gone},
		{"a build of an earlier day changes nothing", []listing{{day: 10, keys: "a b"}, {day: 8, keys: "a"}, {day: 12, keys: "a b"}}, first + there},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, got := lists(t, New(nil, nil), c.listings...); got != c.want {
				t.Errorf("recalled\n%swant\n%s", got, c.want)
			}
		})
	}
}

func TestSightingsOfTwoHistories(t *testing.T) {
	ours, _ := lists(t, New(nil, nil), listing{day: 10, keys: "a b"})
	theirs, _ := lists(t, New(nil, nil), listing{day: 12, keys: "a c"})
	_, got := lists(t, join(ours, theirs, nil), listing{day: 14, keys: "a b c"})
	const want = `{"id":"a","seen":"1970-01-11"}
{"id":"b","seen":"1970-01-11"}
{"id":"c","seen":"1970-01-13"}
`
	if got != want {
		t.Errorf("recalled\n%swant\n%s", got, want)
	}
}

func TestDamagedSightingsAreSaid(t *testing.T) {
	m, _ := lists(t, New(nil, nil), listing{day: 10, keys: "a"})
	for _, content := range []string{"", "{}\n", `{"uptree":"sightings/1"}` + "\n" + `{"key":"a","seen":"soon","record":{"id":"a"}}`, `{"uptree":"sightings/1"}` + "\n" + `{"key":"a","seen":"1970-01-11","record":"x"}`} {
		broken := m.clone()
		broken.with("sightings.scan.findings.jsonl", []byte(content))
		_, _, problems := broken.Merge(listing{day: 12, keys: "a"}.input())
		if len(problems) != 1 || !strings.Contains(problems[0].Text, "cannot be used") {
			t.Errorf("%q: %v", content, problems)
		}
	}
}

// What a record says of itself holds: that it is gone, or to come.
func TestSightingsThatSayWhenThemselves(t *testing.T) {
	in := listing{day: 10, keys: "a b c"}.input()
	in.Sightings[0].Records[0].Gone = true
	in.Sightings[0].Records[1].Seen = 11
	_, r, _ := New(nil, nil).Merge(in)
	if len(r.Payloads) != 1 || r.Payloads[0].Count != 1 {
		t.Errorf("recalled %+v, want c alone", r.Payloads)
	}
}
