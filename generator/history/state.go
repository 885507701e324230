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
	"slices"
	"strings"
	"time"

	"uptree/generator/source"
)

// NoDay is the day of a bound that is not given. Days count from 1 January 1970.
const NoDay = math.MinInt32

// State is what a record says of how something is, and for which days.
type State struct {
	ID          string
	From, Until int  // days that the record gives itself; NoDay where it gives none
	Partial     bool // it adds to what other records say
	Fields      []Field
}

// Field is one field of a State, its value as JSON.
type Field struct{ Name, Value string }

// States are what all sources say of one dataset, those that win first.
type States struct {
	Dataset string
	Source  string // the first that gives the dataset: what is remembered counts there
	// Whole says that all sources answered: what none of them gives is not there.
	Whole   bool
	Ends    bool // its records can say until when they hold
	Records []State
}

// version is what was seen of one id from a day on, until the next version's day.
type version struct {
	from int
	text string // the fields as a JSON object; "" while it was gone
}

// timeline is what was seen of a dataset: the versions of each id, by day. The first
// version of what was there at the first look holds for all days before.
type timeline struct {
	dataset  string
	versions map[string][]version
}

// sights is what the sources say of one day.
type sights struct {
	texts  map[string]string // id -> fields as JSON
	owning map[string]int    // id -> the first day for which its source itself says how it is
}

// see merges the records of the day: of each field the first value counts.
func (s *States) see(day int) sights {
	fields, out := map[string]map[string]string{}, sights{map[string]string{}, map[string]int{}}
	latest := map[string]int{}
	for _, partial := range []bool{false, true} {
		for _, r := range s.Records {
			if r.Partial != partial {
				continue
			}
			if r.From != NoDay || r.Until != NoDay {
				have, dated := out.owning[r.ID]
				if out.owning[r.ID] = r.From; dated {
					out.owning[r.ID] = min(have, r.From)
				}
			}
			if r.From > day || r.Until != NoDay && r.Until < day {
				continue
			}
			if have, seen := latest[r.ID]; !seen || r.From > have && !partial {
				fields[r.ID], latest[r.ID] = map[string]string{}, r.From // a later record of its own dates
			} else if r.From < have && !partial {
				continue
			}
			for _, f := range r.Fields {
				if _, given := fields[r.ID][f.Name]; !given {
					fields[r.ID][f.Name] = f.Value
				}
			}
		}
	}
	for id, values := range fields {
		out.texts[id] = object(values)
	}
	return out
}

// object writes fields as JSON, by name.
func object(fields map[string]string) string {
	var b strings.Builder
	for i, name := range slices.Sorted(maps.Keys(fields)) {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:%s", name, fields[name])
	}
	return "{" + b.String() + "}"
}

// at returns the place of the version that holds on a day, or -1.
func at(all []version, day int) int {
	i, found := slices.BinarySearchFunc(all, day, func(v version, d int) int { return cmp.Compare(v.from, d) })
	if found {
		return i
	}
	return i - 1
}

// look notes what was seen on a day. Days behind it that were looked at before keep what was
// seen then.
func (t *timeline) look(day int, texts map[string]string) {
	for id := range t.versions {
		if _, there := texts[id]; !there {
			t.note(id, day, "")
		}
	}
	for id, text := range texts {
		t.note(id, day, text)
	}
}

func (t *timeline) note(id string, day int, text string) {
	all := t.versions[id]
	i := at(all, day)
	before := ""
	if i >= 0 {
		before = all[i].text
	}
	if before == text {
		return
	}
	later := i+1 < len(all)
	if i >= 0 && all[i].from == day {
		all[i].text = text
	} else {
		i++
		all = slices.Insert(all, i, version{day, text})
	}
	if later && all[i+1].from != day+1 {
		all = slices.Insert(all, i+1, version{day + 1, before})
	}
	t.versions[id] = tidy(all)
}

// tidy drops versions that say what the one before them says.
func tidy(all []version) []version {
	before := ""
	return slices.DeleteFunc(all, func(v version) bool {
		same := v.text == before
		before = v.text
		return same
	})
}

// forget drops what ended before a day.
func (t *timeline) forget(day int) {
	for id, all := range t.versions {
		first := max(at(all, day), 0)
		if all = slices.Clone(all[first:]); len(all) == 1 && all[0].text == "" {
			delete(t.versions, id)
			continue
		}
		t.versions[id] = all
	}
}

// recall writes the versions of the past as records with the days on which they held, for a
// build as of a day, and says since when those that are no more dated by their source are as
// they are now. since is the first day that was looked at.
func (t *timeline) recall(day, since int, ends bool, now sights) (text []byte, count int, changed map[string]int) {
	changed = map[string]int{}
	for _, id := range slices.Sorted(maps.Keys(t.versions)) {
		all, before := t.versions[id], count
		owned, dated := now.owning[id]
		_, there := now.texts[id]
		if !there && !ends {
			continue // a record without an end would hold to this day
		}
		for i, v := range all {
			until := day - 1
			if i+1 < len(all) {
				until = all[i+1].from - 1
			} else if v.text == now.texts[id] {
				if there && count > before && !dated {
					changed[id] = v.from
				}
				continue // it still is so
			}
			if dated {
				until = min(until, owned-1)
			}
			if v.text == "" || v.from > day || until < v.from {
				continue
			}
			text = appendVersion(text, id, v, until, v.from == since)
			count++
		}
	}
	return text, count, changed
}

func appendVersion(out []byte, id string, v version, until int, always bool) []byte {
	name, err := json.Marshal(id)
	if err != nil {
		panic(err) // a text
	}
	out = append(append(out, `{"id":`...), name...)
	if body := v.text[1 : len(v.text)-1]; body != "" {
		out = append(append(out, ','), body...)
	}
	from := v.from
	if always {
		from = 0
	}
	return fmt.Appendf(out, `,"valid_from":%q,"valid_to":%q}`+"\n", date(from), date(until))
}

func date(day int) string {
	return time.Unix(int64(day)*daySeconds, 0).UTC().Format(time.DateOnly)
}

func parseDate(text string) (int, error) {
	t, err := time.Parse(time.DateOnly, text)
	return int(t.Unix() / daySeconds), err
}

// stateLine is a line of a file of states: what an id was from a day on.
type stateLine struct {
	Version string          `json:"uptree,omitempty"` // of the first line
	ID      string          `json:"id,omitempty"`
	From    string          `json:"from,omitempty"`
	State   json.RawMessage `json:"state,omitempty"`
}

const statesVersion = "states/1"

func (t *timeline) encode() []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	line := func(l stateLine) {
		if err := enc.Encode(l); err != nil {
			panic(err) // texts, and JSON that was read or written before
		}
	}
	line(stateLine{Version: statesVersion})
	for _, id := range slices.Sorted(maps.Keys(t.versions)) {
		for _, v := range t.versions[id] {
			line(stateLine{ID: id, From: date(v.from), State: json.RawMessage(v.text)})
		}
	}
	return b.Bytes()
}

func parseTimeline(dataset string, content []byte) (*timeline, error) {
	t := &timeline{dataset, map[string][]version{}}
	dec := json.NewDecoder(bytes.NewReader(content))
	for n := 1; ; n++ {
		var l stateLine
		switch err := dec.Decode(&l); {
		case err == io.EOF && n > 1:
			return t, nil
		case err != nil:
			return nil, errSegment
		case n == 1:
			if err := ours(l.Version, statesVersion); err != nil {
				return nil, err
			}
			continue
		}
		from, err := parseDate(l.From)
		if err != nil || l.ID == "" || len(l.State) > 0 && l.State[0] != '{' {
			return nil, errors.New("a state has no id, no day or no fields")
		}
		all := t.versions[l.ID]
		if k := len(all); k > 0 && all[k-1].from >= from {
			return nil, errors.New("days are not in order")
		}
		t.versions[l.ID] = append(all, version{from, string(l.State)})
	}
}

// stateBlob makes a payload of past versions.
func stateBlob(s *States, name string, text []byte, count int) Remembered {
	return Remembered{s.Source, s.Dataset, count, source.NewBlob(name, int64(len(text)), func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(text)), nil
	})}
}
