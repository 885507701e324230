package history

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"uptree/generator/source"
)

// Sightings are what a source lists of a dataset whose records say what is there now, as
// security findings. What is remembered is since when it was seen and since when no more.
type Sightings struct {
	Source, Dataset string
	Records         []Sighting
}

// Sighting is a record: Key tells it apart at the next build.
type Sighting struct {
	Key    string
	Fields string // as a JSON object, that is not empty
	Seen   int    // a day that the record gives itself, or NoDay
	Gone   bool   // the record says itself that it is there no more
}

// sighting is what is known of a key.
type sighting struct {
	Version string          `json:"uptree,omitempty"` // of the first line
	Key     string          `json:"key,omitempty"`
	Seen    string          `json:"seen,omitempty"`
	Gone    string          `json:"gone,omitempty"` // "" while it is there
	Record  json.RawMessage `json:"record,omitempty"`
}

const sightingsVersion = "sightings/1"

// sightingsName is a file of sightings: source, dataset.
var sightingsName = regexp.MustCompile(`^sightings\.([a-z0-9_-]{1,100})\.([a-z]+)\.jsonl$`)

func sightingsFile(t table) string { return fmt.Sprintf("sightings.%s.%s.jsonl", t.source, t.dataset) }

// sightings merges what is listed now with what was listed before. What a source that
// answered lists no more is gone, unless it remembers always; what it lists again was never
// gone. A build with a clock before that of another notes nothing.
func (g *merge) sightings() {
	fresh := map[table]map[string]Sighting{}
	for _, s := range g.in.Sightings {
		t := table{s.Source, s.Dataset}
		if fresh[t] == nil {
			fresh[t] = map[string]Sighting{}
		}
		for _, r := range s.Records {
			if _, given := fresh[t][r.Key]; !given {
				fresh[t][r.Key] = r
			}
		}
	}
	for _, listed := range fresh {
		maps.DeleteFunc(listed, func(_ string, s Sighting) bool { return s.Gone })
	}
	tables := maps.Clone(fresh)
	for name := range g.files {
		if p := sightingsName.FindStringSubmatch(name); p != nil {
			tables[table{p[1], p[2]}] = fresh[table{p[1], p[2]}]
		}
	}
	for _, t := range sortedTables(tables) {
		g.sighted(t, tables[t])
	}
}

func (g *merge) sighted(t table, fresh map[string]Sighting) {
	s, named := g.sources[t.source]
	switch {
	case !named:
		g.unused(t)
		return
	case s.Remember == Never:
		g.with(sightingsFile(t), nil)
		return
	}
	known, err := g.known(sightingsFile(t))
	if err != nil {
		g.bad(sightingsFile(t), err)
	}
	today := date(g.in.Day)
	see(known, fresh, today)
	if s.Answered && s.Remember == Window {
		miss(known, fresh, today)
	}
	if days := g.in.Retain[t.dataset]; days > 0 {
		maps.DeleteFunc(known, func(_ string, k sighting) bool { return k.Gone != "" && k.Gone < date(g.in.Day-days) })
	}
	if !g.behind() {
		g.put(sightingsFile(t), encodeSightings(known))
	}
	if text, n := recallSightings(known, today); n > 0 {
		g.recalled.Payloads = append(g.recalled.Payloads, Remembered{t.source, t.dataset, n,
			source.NewBlob(Folder+"/"+strings.TrimSuffix(sightingsFile(t), ".jsonl"), math.MaxInt64, func() (io.ReadCloser, error) {
				return io.NopCloser(bytes.NewReader(text)), nil
			})})
	}
}

// see notes what is listed on a day: since when it is, and that it is there.
func see(known map[string]sighting, fresh map[string]Sighting, today string) {
	for key, r := range fresh {
		k := sighting{Key: key, Seen: today, Record: json.RawMessage(r.Fields)}
		before, ok := known[key]
		given := r.Seen != NoDay
		if !ok && given && date(r.Seen) > today {
			continue // it is to come
		}
		if ok {
			k.Seen = min(before.Seen, today)
		}
		if given {
			k.Seen = min(k.Seen, date(r.Seen))
		}
		known[key] = k
	}
}

// miss notes what is listed no more.
func miss(known map[string]sighting, fresh map[string]Sighting, today string) {
	for key, k := range known {
		if _, there := fresh[key]; !there && k.Gone == "" {
			k.Gone = max(today, k.Seen)
			known[key] = k
		}
	}
}

// recallSightings writes what is known as records, for a build of a day.
func recallSightings(known map[string]sighting, today string) (text []byte, n int) {
	for _, key := range slices.Sorted(maps.Keys(known)) {
		k := known[key]
		if k.Seen > today {
			continue
		}
		text = append(text, k.Record[:len(k.Record)-1]...)
		text = fmt.Appendf(text, `,"seen":%q`, k.Seen)
		if k.Gone != "" {
			text = fmt.Appendf(text, `,"gone":%q`, k.Gone)
		}
		text = append(text, '}', '\n')
		n++
	}
	return text, n
}

func encodeSightings(known map[string]sighting) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	line := func(l sighting) {
		if err := enc.Encode(l); err != nil {
			panic(err) // texts, and JSON that was read or written before
		}
	}
	line(sighting{Version: sightingsVersion})
	for _, key := range slices.Sorted(maps.Keys(known)) {
		line(known[key])
	}
	return b.Bytes()
}

// known reads a file of sightings; nothing where there is none.
func (m *Memory) known(name string) (map[string]sighting, error) {
	out := map[string]sighting{}
	content := m.read(name)
	if content == nil {
		return out, nil
	}
	dec := json.NewDecoder(bytes.NewReader(content))
	for n := 1; ; n++ {
		var l sighting
		switch err := dec.Decode(&l); {
		case err == io.EOF && n > 1:
			return out, nil
		case err != nil:
			return map[string]sighting{}, errSegment
		case n == 1:
			if err := ours(l.Version, sightingsVersion); err != nil {
				return map[string]sighting{}, err
			}
			continue
		}
		if _, err := parseDate(l.Seen); err != nil || l.Key == "" || len(l.Record) < len(`{"a":1}`) || l.Record[0] != '{' {
			return map[string]sighting{}, errors.New("a sighting has no key, no day or no fields")
		}
		if _, err := parseDate(cmp.Or(l.Gone, l.Seen)); err != nil {
			return map[string]sighting{}, errors.New("a sighting is gone since no day")
		}
		out[l.Key] = l
	}
}

// joinSightings unites the sightings of two histories: the first day counts, and whether
// it is there is as it was seen later.
func (m *Memory) joinSightings(name string, later *Memory) {
	both, err := later.known(name)
	if err != nil {
		return // said where it is merged
	}
	old, err := m.known(name)
	if err != nil {
		old = nil
	}
	for key, k := range old {
		if have, ok := both[key]; ok {
			have.Seen = min(have.Seen, k.Seen)
			k = have
		}
		both[key] = k
	}
	m.with(name, encodeSightings(both))
}
