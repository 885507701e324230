package history

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// Shape says how the records of a dataset are told apart and dated.
type Shape struct {
	Dataset  string
	Identity []string // fields that make a record the same one at the next build
	Columns  []string // the fields that are numbers
	// Dates are the fields that may date a record, and whether they are dates.
	Dates map[string]bool
	// Timed says that the moment is part of the identity: there is one record per subject
	// and moment, as of measurements. Without it an id is enough, as of incidents.
	Timed bool
}

// Facts are the dated records of one dataset of one source: groups of those that have all
// in common but their moment and their numbers. They belong to one goroutine until they
// are complete.
type Facts struct {
	Source string
	Shape  *Shape
	// Full says that there are more than are remembered: none is kept.
	Full bool

	groups []*group
	index  map[string]*group // by the key of Group
	recent *group            // the one asked for last
	tails  interner          // the numbers of a record, as they stand behind its moment in a file
	size   int
	room   *Room
	taken  int // of the room
}

// Room is what is left for the facts of all files of a source, which may be read at the same
// time.
type Room struct{ left atomic.Int64 }

// NewRoom returns the room for a source.
func NewRoom() *Room {
	r := &Room{}
	r.left.Store(maxFacts)
	return r
}

// Head is what facts have in common.
type Head struct {
	Fields   string // as a JSON object
	At       string // the field that dates the facts
	Day      bool   // it is a date
	Identity string // the values of the fields of Shape.Identity
}

// group is the facts with one head.
type group struct {
	Head
	key   string // in Facts.index
	sum   uint64
	facts []fact
}

// fact is one record: its moment, in seconds since 1970 (of a date, at midnight UTC), and
// the number of its tail.

type fact struct{ when, tail uint32 }

const daySeconds = 86400

// maxFacts bounds what is remembered of one source, in bytes of memory: eight
// million measurements, or some hundred thousand incidents. Data that are larger belong into
// a system that keeps them, which gives their days.
const (
	maxFacts = 128 << 20
	factSize = 16 // of a fact, with the room to grow
	taking   = 64 << 10
)

// NewFacts returns no facts of a source yet, with a room of their own.
func NewFacts(source string, shape *Shape) *Facts { return NewRoom().NewFacts(source, shape) }

// NewFacts returns no facts of a source yet, in a room with others.
func (r *Room) NewFacts(source string, shape *Shape) *Facts {
	return &Facts{Source: source, Shape: shape, index: map[string]*group{}, room: r}
}

// group returns the group with a key; describe is asked where it is new. Records that an id
// tells apart have little in common: each is a group of its own.
func (f *Facts) group(key []byte, describe func() Head) *group {
	if f.recent != nil && f.recent.key == string(key) {
		return f.recent // neighbours are often of one
	}
	g, known := f.index[string(key)]
	if !known {
		g = &group{Head: describe()}
		g.sum = hash(g.At, g.Fields)
		f.groups = append(f.groups, g)
		f.size += len(key) + len(g.Fields) + len(g.Identity) + 150
	}
	if !known && f.Shape.Timed {
		g.key = string(key)
		f.index[g.key], f.recent = g, g
	}
	return g
}

// Add remembers one fact: when in seconds since 1970, a date at midnight UTC; numbers as
// JSON, separated by commas, one for each column, null where missing. Facts with one key
// have one head, which describe is asked for where the key is new.
func (f *Facts) Add(key []byte, when int64, numbers []byte, describe func() Head) {
	if f.Full || when < 0 || when > 1<<32-1 {
		return
	}
	g := f.group(key, describe)
	before := len(f.tails.texts)
	g.facts = append(g.facts, fact{uint32(when), f.tails.add(trimNulls(numbers))})
	if f.size += factSize; len(f.tails.texts) > before {
		f.size += len(numbers) + 50
	}
	if more := f.size - f.taken; more > taking {
		if f.taken = f.size; f.room.left.Add(-int64(more)) < 0 {
			f.fill()
		}
	}
}

// fill gives up on remembering.
func (f *Facts) fill() {
	f.Full = true
	f.groups, f.index, f.recent, f.tails = nil, map[string]*group{}, nil, interner{}
}

func trimNulls(numbers []byte) []byte {
	for {
		switch {
		case strings.HasSuffix(string(numbers), ",null"):
			numbers = numbers[:len(numbers)-len(",null")]
		case string(numbers) == "null":
			return nil
		default:
			return numbers
		}
	}
}

// absorb adds the facts of other files of the same source.
func (f *Facts) absorb(o *Facts) {
	if f.Full || o.Full {
		f.fill()
		return
	}
	tails := make([]uint32, len(o.tails.texts))
	for i, text := range o.tails.texts {
		tails[i] = f.tails.add([]byte(text))
	}
	for _, from := range o.groups {
		g := f.same(from)
		for _, x := range from.facts {
			g.facts = append(g.facts, fact{x.when, tails[x.tail]})
		}
	}
	f.size += o.size
}

// same returns the group like one of other facts.
func (f *Facts) same(o *group) *group {
	return f.group([]byte(o.keyOfHead()), func() Head { return o.Head })
}

func (g *group) keyOfHead() string { return g.At + "\x00" + g.Fields }

// rekey finds groups by their heads from now on: what a caller tells apart may be one.
func (f *Facts) rekey() {
	if !f.Shape.Timed {
		return
	}
	clear(f.index)
	f.recent = nil
	f.groups = slices.DeleteFunc(f.groups, func(g *group) bool {
		g.key = g.keyOfHead()
		have, double := f.index[g.key]
		if double {
			have.facts = append(have.facts, g.facts...)
			return true
		}
		f.index[g.key] = g
		return false
	})
}

// settle sorts the facts and keeps the first of those with one identity: the model takes
// that one as well.
func (f *Facts) settle() {
	slices.SortStableFunc(f.groups, func(a, b *group) int { return cmp.Compare(a.Identity, b.Identity) })
	seen := map[uint32]bool{}
	for i, g := range f.groups {
		slices.SortStableFunc(g.facts, func(a, b fact) int { return cmp.Compare(a.when, b.when) })
		if !f.Shape.Timed {
			continue // the model merges the records of an id field by field
		}
		g.facts = slices.CompactFunc(g.facts, func(a, b fact) bool { return a.when == b.when })
		if i == 0 || f.groups[i-1].Identity != g.Identity {
			if clear(seen); i+1 == len(f.groups) || f.groups[i+1].Identity != g.Identity {
				continue // the only group of its identity, as nearly all
			}
		}
		g.facts = slices.DeleteFunc(g.facts, func(x fact) bool {
			had := seen[x.when]
			seen[x.when] = true
			return had
		})
	}
}

func (f *Facts) empty() bool {
	return !slices.ContainsFunc(f.groups, func(g *group) bool { return len(g.facts) > 0 })
}

// month counts months since the year 0, in UTC.
type month int

func monthOf(when uint32) month {
	t := time.Unix(int64(when), 0).UTC()
	return month(12*t.Year() + int(t.Month()) - 1)
}

func (m month) String() string { return m.start().Format("2006-01") }

func (m month) start() time.Time {
	return time.Date(int(m)/12, time.Month(int(m)%12+1), 1, 0, 0, 0, 0, time.UTC)
}

// digest tells whether two lots of facts are the same, in whatever order.
type digest struct {
	facts int
	sum   uint64
}

func (d *digest) add(g *group, x fact, tail uint64) {
	d.facts++
	h := (g.sum ^ uint64(x.when)*0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd
	h = (h ^ h>>32 ^ tail) * 0xc4ceb9fe1a85ec53
	d.sum += h ^ h>>29
}

// part is the facts of one month.
type part struct {
	digest
	facts *Facts // with groups of the month alone
}

// parts cuts settled facts into months.
func (f *Facts) parts() map[month]*part {
	out := map[month]*part{}
	sums := make([]uint64, len(f.tails.texts))
	for i, text := range f.tails.texts {
		sums[i] = hash(text)
	}
	for _, g := range f.groups {
		for from := 0; from < len(g.facts); {
			at := monthOf(g.facts[from].when)
			end := uint32(min((at + 1).start().Unix(), 1<<32-1))
			to := from + 1
			for to < len(g.facts) && g.facts[to].when < end {
				to++
			}
			p := out[at]
			if p == nil {
				p = &part{facts: &Facts{Source: f.Source, Shape: f.Shape, tails: f.tails}}
				out[at] = p
			}
			piece := *g
			piece.facts = g.facts[from:to:to]
			p.facts.groups = append(p.facts.groups, &piece)
			for _, x := range piece.facts {
				p.add(g, x, sums[x.tail])
			}
			from = to
		}
	}
	return out
}

func hash(texts ...string) uint64 {
	h := fnv.New64a()
	for _, t := range texts {
		h.Write([]byte(t)) // never fails
		h.Write([]byte{0})
	}
	return h.Sum64()
}

// interner numbers texts.
type interner struct {
	index map[string]uint32
	texts []string
	last  uint32
}

func (in *interner) add(text []byte) uint32 {
	if int(in.last) < len(in.texts) && in.texts[in.last] == string(text) {
		return in.last
	}
	i, known := in.index[string(text)]
	if !known {
		if in.index == nil {
			in.index = map[string]uint32{}
		}
		i = uint32(len(in.texts))
		in.texts = append(in.texts, string(text))
		in.index[in.texts[i]] = i
	}
	in.last = i
	return i
}
