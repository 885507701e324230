package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
)

// journal is builds.jsonl: the days on which it was looked how things are, and what each
// source was asked.
type journal struct {
	began, last int                // the day of the first and the latest build
	looked      map[string][]stint // per dataset of states
	definitions map[string]string  // of the sources
}

// stint is days in a row, both included.
type stint struct{ from, to int }

func newJournal() journal { return journal{NoDay, NoDay, map[string][]stint{}, map[string]string{}} }

func (j *journal) clone() journal {
	return journal{j.began, j.last, maps.Clone(j.looked), maps.Clone(j.definitions)}
}

// since is the first day on which a dataset was looked at.
func (j *journal) since(dataset string) int {
	if s := j.looked[dataset]; len(s) > 0 {
		return s[0].from
	}
	return NoDay
}

// may reports whether what is seen on a day is to be noted: on the last day again and
// again, on an earlier one only if it was never looked at, and lies behind the first.
func (j *journal) may(dataset string, day int, pinned bool) bool {
	s := j.looked[dataset]
	if len(s) == 0 || day >= s[len(s)-1].to {
		return true
	}
	return !pinned && day > s[0].from && !slices.ContainsFunc(s, func(s stint) bool { return s.from <= day && day <= s.to })
}

// look notes that a dataset was looked at.
func (j *journal) look(dataset string, day int) {
	s := append(slices.Clone(j.looked[dataset]), stint{day, day})
	slices.SortFunc(s, func(a, b stint) int { return a.from - b.from })
	out := s[:1]
	for _, next := range s[1:] {
		if before := &out[len(out)-1]; next.from <= before.to+1 {
			before.to = max(before.to, next.to)
		} else {
			out = append(out, next)
		}
	}
	j.looked[dataset] = out
}

type journalLine struct {
	Version    string      `json:"uptree,omitempty"` // of the first line
	Began      string      `json:"began,omitempty"`
	Last       string      `json:"last,omitempty"`
	Dataset    string      `json:"dataset,omitempty"`
	Looked     [][2]string `json:"looked,omitempty"`
	Source     string      `json:"source,omitempty"`
	Definition string      `json:"definition,omitempty"`
}

const journalVersion = "builds/1"

func (j *journal) encode() []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	line := func(l journalLine) {
		if err := enc.Encode(l); err != nil {
			panic(err) // texts
		}
	}
	line(journalLine{Version: journalVersion, Began: date(j.began), Last: date(j.last)})
	for _, d := range slices.Sorted(maps.Keys(j.looked)) {
		l := journalLine{Dataset: d}
		for _, s := range j.looked[d] {
			l.Looked = append(l.Looked, [2]string{date(s.from), date(s.to)})
		}
		line(l)
	}
	for _, s := range slices.Sorted(maps.Keys(j.definitions)) {
		line(journalLine{Source: s, Definition: j.definitions[s]})
	}
	return b.Bytes()
}

func parseJournal(content []byte) (journal, error) {
	j := newJournal()
	dec := json.NewDecoder(bytes.NewReader(content))
	for n := 1; ; n++ {
		var l journalLine
		switch err := dec.Decode(&l); {
		case err == io.EOF && n > 1:
			return j, nil
		case err != nil:
			return newJournal(), errSegment
		case n == 1:
			if err := ours(l.Version, journalVersion); err != nil {
				return newJournal(), err
			}
		}
		if err := j.take(l); err != nil {
			return newJournal(), err
		}
	}
}

func (j *journal) take(l journalLine) (err error) {
	switch {
	case l.Version != "":
		var err1, err2 error
		j.began, err1 = parseDate(l.Began)
		j.last, err2 = parseDate(l.Last)
		err = errors.Join(err1, err2)
	case l.Dataset != "":
		for _, days := range l.Looked {
			from, err1 := parseDate(days[0])
			to, err2 := parseDate(days[1])
			s := j.looked[l.Dataset]
			if errors.Join(err1, err2) != nil || to < from || len(s) > 0 && s[len(s)-1].to >= from {
				return errors.New("days are not in order")
			}
			j.looked[l.Dataset] = append(s, stint{from, to})
		}
	case l.Source != "":
		j.definitions[l.Source] = l.Definition
	}
	return err
}
