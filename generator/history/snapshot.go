package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"uptree/generator/diag"
)

// Figure is one number of the past.
type Figure struct {
	Known    bool
	Value    float64
	N        int   // records behind it
	Num, Den int64 // of a ratio: Value is their quotient
}

// Snapshot is what the last build of a day said.
type Snapshot struct {
	Day     int
	Metrics []string
	Periods []string
	// Figures are those of each node: for each metric one for each period.
	Figures map[string][][]Figure
	// States say how things stood: per kind, which package signal names, the state of each
	// id. Of a kind that is not among them nothing is known.
	States map[string]map[string]string
}

// NewSnapshot returns a Snapshot without figures.
func NewSnapshot(day int, metrics, periods []string) *Snapshot {
	return &Snapshot{day, metrics, periods, map[string][][]Figure{}, map[string]map[string]string{}}
}

// kind is the states of a kind; from now on it is known.
func (s *Snapshot) kind(name string) map[string]string {
	if s.States[name] == nil {
		s.States[name] = map[string]string{}
	}
	return s.States[name]
}

// Figure returns a figure of a node; it is not known where the snapshot does not have it.
func (s *Snapshot) Figure(node, metric, period string) Figure {
	m, p := slices.Index(s.Metrics, metric), slices.Index(s.Periods, period)
	rows := s.Figures[node]
	if m < 0 || p < 0 || m >= len(rows) || p >= len(rows[m]) {
		return Figure{}
	}
	return rows[m][p]
}

const numbersName = "numbers."

// Days lists the days of which there are snapshots, in order.
func (m *Memory) Days() []int {
	var out []int
	for _, name := range slices.Sorted(maps.Keys(m.files)) {
		if day, err := parseDate(snapshotDay(name)); err == nil {
			out = append(out, day)
		}
	}
	return out
}

func snapshotDay(name string) string {
	if len(name) != len(snapshotName(0)) || name[:len(numbersName)] != numbersName {
		return ""
	}
	return name[len(numbersName) : len(name)-len(".jsonl")]
}

func snapshotName(day int) string { return numbersName + date(day) + ".jsonl" }

// At returns the newest snapshot at or before a day: nil where there is none. What is wrong
// with its file is a problem.
func (m *Memory) At(day int) (*Snapshot, diag.List) {
	days := m.Days()
	i, found := slices.BinarySearch(days, day)
	if found {
		i++
	}
	if i == 0 {
		return nil, nil
	}
	look := m.clone() // a file that cannot be used is struck off
	s, err := parseSnapshot(days[i-1], look.read(snapshotName(days[i-1])))
	if err != nil {
		look.bad(snapshotName(days[i-1]), err)
		return nil, look.problems
	}
	return s, look.problems
}

// How long snapshots are kept by the day, and then by the week; after that by the month.
const (
	dailyFor  = 35
	weeklyFor = 400
)

// Add returns the memory with a snapshot of this build, without those that are older than
// retain days or stand closer than they need to. A day that another build has looked at
// after the clock had moved on keeps what that one saw.
func (m *Memory) Add(s *Snapshot, retain int) *Memory {
	out := m.clone()
	name := snapshotName(s.Day)
	if _, had := out.files[name]; !had || s.Day >= out.journal.last {
		(&merge{Memory: out}).put(name, s.encode())
	}
	kept := map[[2]int]int{}
	for _, day := range out.Days() {
		age := s.Day - day
		slot := slotOf(day, age)
		if older, had := kept[slot]; had {
			out.with(snapshotName(older), nil)
		}
		if kept[slot] = day; age > retain {
			out.with(snapshotName(day), nil)
		}
	}
	return out
}

// slotOf returns what a snapshot of some age shares a place with.
func slotOf(day, age int) [2]int {
	switch {
	case age <= dailyFor:
		return [2]int{0, day}
	case age <= weeklyFor:
		return [2]int{1, (day + 3) / 7} // 1 January 1970 was a Thursday: weeks begin on Monday
	}
	t := time.Unix(int64(day)*daySeconds, 0).UTC()
	return [2]int{2, 12*t.Year() + int(t.Month())}
}

type snapshotLine struct {
	Version string              `json:"uptree,omitempty"` // of the first line
	Metrics []string            `json:"metrics,omitempty"`
	Periods []string            `json:"periods,omitempty"`
	Node    *string             `json:"node,omitempty"`
	Figures json.RawMessage     `json:"figures,omitempty"`
	Kind    string              `json:"kind,omitempty"`
	Is      map[string][]string `json:"is,omitempty"` // state -> ids
}

const numbersVersion = "numbers/1"

func (s *Snapshot) encode() []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	line := func(l snapshotLine) {
		if err := enc.Encode(l); err != nil {
			panic(err) // texts and numbers
		}
	}
	line(snapshotLine{Version: numbersVersion, Metrics: s.Metrics, Periods: s.Periods})
	for _, node := range slices.Sorted(maps.Keys(s.Figures)) {
		line(snapshotLine{Node: &node, Figures: appendFigures(nil, s.Figures[node])})
	}
	for _, kind := range slices.Sorted(maps.Keys(s.States)) {
		is := map[string][]string{}
		for _, id := range slices.Sorted(maps.Keys(s.States[kind])) {
			is[s.States[kind][id]] = append(is[s.States[kind][id]], id)
		}
		line(snapshotLine{Kind: kind, Is: is})
	}
	return b.Bytes()
}

// appendFigures writes figures as short as they can be: null where unknown, the value alone
// where nothing is behind it, [value, n], or of a ratio [numerator, denominator, n]. Unknown
// ones behind the last that is known are not written.
func appendFigures(out []byte, rows [][]Figure) []byte {
	known := func(row []Figure) int {
		n := len(row)
		for n > 0 && !row[n-1].Known {
			n--
		}
		return n
	}
	last := len(rows)
	for last > 0 && known(rows[last-1]) == 0 {
		last--
	}
	out = append(out, '[')
	for i, row := range rows[:last] {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, '[')
		for k, f := range row[:known(row)] {
			if k > 0 {
				out = append(out, ',')
			}
			out = f.append(out)
		}
		out = append(out, ']')
	}
	return append(out, ']')
}

func (f Figure) append(out []byte) []byte {
	switch {
	case !f.Known:
		return append(out, "null"...)
	case f.Den > 0:
		out = strconv.AppendInt(append(out, '['), f.Num, 10)
		out = strconv.AppendInt(append(out, ','), f.Den, 10)
		out = strconv.AppendInt(append(out, ','), int64(f.N), 10)
		return append(out, ']')
	case f.N == 0:
		return strconv.AppendFloat(out, f.Value, 'f', -1, 64)
	}
	out = strconv.AppendFloat(append(out, '['), f.Value, 'f', -1, 64)
	out = strconv.AppendInt(append(out, ','), int64(f.N), 10)
	return append(out, ']')
}

func parseSnapshot(day int, content []byte) (*Snapshot, error) {
	var s *Snapshot
	dec := json.NewDecoder(bytes.NewReader(content))
	for {
		var l snapshotLine
		switch err := dec.Decode(&l); {
		case err == io.EOF && s != nil:
			return s, nil
		case err != nil:
			return nil, errSegment
		case s == nil:
			if err := ours(l.Version, numbersVersion); err != nil {
				return nil, err
			}
			s = NewSnapshot(day, l.Metrics, l.Periods)
		case l.Node != nil:
			rows, err := parseFigures(l.Figures)
			if err != nil {
				return nil, err
			}
			s.Figures[*l.Node] = rows
		case l.Kind != "":
			s.kind(l.Kind)
		}
		for state, ids := range l.Is {
			for _, id := range ids {
				s.kind(l.Kind)[id] = state
			}
		}
	}
}

func parseFigures(raw json.RawMessage) ([][]Figure, error) {
	var cells [][]json.RawMessage
	if err := json.Unmarshal(raw, &cells); err != nil {
		return nil, errors.New("its figures are no list of lists")
	}
	rows := make([][]Figure, len(cells))
	for i, row := range cells {
		rows[i] = make([]Figure, len(row))
		for k, cell := range row {
			f, err := parseFigure(cell)
			if err != nil {
				return nil, err
			}
			rows[i][k] = f
		}
	}
	return rows, nil
}

func parseFigure(raw json.RawMessage) (Figure, error) {
	if string(raw) == "null" {
		return Figure{}, nil
	}
	var value float64
	if json.Unmarshal(raw, &value) == nil {
		return Figure{Known: true, Value: value}, nil
	}
	var parts []float64
	switch err := json.Unmarshal(raw, &parts); {
	case err == nil && len(parts) == 2:
		return Figure{Known: true, Value: parts[0], N: int(parts[1])}, nil
	case err == nil && len(parts) == 3 && parts[1] > 0:
		return Figure{Known: true, Value: parts[0] / parts[1], Num: int64(parts[0]), Den: int64(parts[1]), N: int(parts[2])}, nil
	}
	return Figure{}, errors.New("a figure is neither a number nor a list of them")
}
