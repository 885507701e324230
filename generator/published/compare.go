package published

import (
	"cmp"
	"context"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// Difference is what changed from one published site to another. Its lists are in the order
// of the newer site; what is gone comes last.
type Difference struct {
	Schema     string    `json:"schema"` // uptree/diff/1
	OldAsOf    time.Time `json:"old_as_of"`
	NewAsOf    time.Time `json:"new_as_of"`
	Pages      Pages     `json:"pages"`
	Appeared   []Subject `json:"appeared"`
	Gone       []Subject `json:"gone"`
	Moved      []Move    `json:"moved"`
	Numbers    []Number  `json:"numbers"`
	Objectives []State   `json:"objectives"`
	Signals    Signals   `json:"signals"`
}

// Pages lists the paths of the pages whose bytes differ, sorted.
type Pages struct {
	New     []string `json:"new"`
	Gone    []string `json:"gone"`
	Changed []string `json:"changed"`
	Same    int      `json:"same"`
}

// Move is a node that got another parent, or a service another owner. "" is none.
type Move struct {
	Subject Subject `json:"subject"`
	From    string  `json:"from"`
	To      string  `json:"to"`
}

// Number is a figure that changed: the value of a metric, or one of its parts where Part
// names it. Old and New are the texts of the numbers, "" where there is none.
type Number struct {
	Subject Subject `json:"subject"`
	Metric  string  `json:"metric"`
	Period  string  `json:"period"`
	Part    string  `json:"part,omitempty"` // such as own, exported, states.met
	Unit    string  `json:"unit"`
	Old     string  `json:"old"`
	New     string  `json:"new"`
}

// State is an objective that changed its state. "" is that there is no such objective.
type State struct {
	Subject   Subject `json:"subject"`
	Objective string  `json:"objective"`
	Old       string  `json:"old"`
	New       string  `json:"new"`
}

// Signals are the lines of attention that came and went.
type Signals struct {
	Opened []Signal `json:"opened"`
	Closed []Signal `json:"closed"`
}

// Signal is a line of attention at a node.
type Signal struct {
	Subject Subject `json:"subject"`
	Code    string  `json:"code"`
	Lever   string  `json:"lever"`
	Ref     string  `json:"ref"`
	Text    string  `json:"text"`
}

// Compare reads two sites and says what changed from the first to the second. Only pages
// whose twins differ are read.
func Compare(ctx context.Context, from, to Site) (*Difference, error) {
	before, err := readEdition(ctx, from)
	if err != nil {
		return nil, err
	}
	after, err := readEdition(ctx, to)
	if err != nil {
		return nil, err
	}
	d := &Difference{Schema: "uptree/diff/1", OldAsOf: before.asOf, NewAsOf: after.asOf, Pages: comparePages(before.files, after.files)}
	subjects := union(before, after)
	var changed []Subject
	for _, s := range subjects {
		_, was := before.byKey[s.key()]
		_, is := after.byKey[s.key()]
		switch {
		case !was:
			d.Appeared = append(d.Appeared, s)
		case !is:
			d.Gone = append(d.Gone, s)
		}
		if before.files[before.byKey[s.key()].twin()] != after.files[after.byKey[s.key()].twin()] {
			changed = append(changed, s)
		}
	}
	return d, d.comparePagesOf(ctx, before, after, changed)
}

// union is the subjects of both, those of the newer site first.
func union(before, after *edition) []Subject {
	all := slices.Clone(after.subjects)
	for _, s := range before.subjects {
		if _, ok := after.byKey[s.key()]; !ok {
			all = append(all, s)
		}
	}
	return all
}

func comparePages(before, after map[string]string) Pages {
	var p Pages
	for _, file := range slices.Sorted(maps.Keys(after)) {
		old, was := before[file]
		switch {
		case path.Base(file) != "index.html":
		case !was:
			p.New = append(p.New, file)
		case old != after[file]:
			p.Changed = append(p.Changed, file)
		default:
			p.Same++
		}
	}
	for _, file := range slices.Sorted(maps.Keys(before)) {
		if _, is := after[file]; !is && path.Base(file) == "index.html" {
			p.Gone = append(p.Gone, file)
		}
	}
	return p
}

// comparePagesOf compares what the pages of the subjects say.
func (d *Difference) comparePagesOf(ctx context.Context, before, after *edition, changed []Subject) error {
	olds, err := before.pages(ctx, of(before, changed))
	if err != nil {
		return err
	}
	news, err := after.pages(ctx, of(after, changed))
	if err != nil {
		return err
	}
	for _, s := range changed {
		old, was := olds[s.key()]
		now, is := news[s.key()]
		if was && is {
			d.move(s, &old, &now)
		}
		d.numbers(s, &old, &now)
		if s.Kind != "node" { // its page repeats those of its services
			d.states(s, &old, &now)
		}
		d.signals(s, &old, &now)
	}
	return nil
}

// of returns the subjects that an edition has, with its own addresses of them.
func of(e *edition, subjects []Subject) []Subject {
	var out []Subject
	for _, s := range subjects {
		if own, ok := e.byKey[s.key()]; ok {
			out = append(out, own)
		}
	}
	return out
}

func (d *Difference) move(s Subject, old, now *page) {
	from, to := deref(cmp.Or(old.Parent, old.Owner)), deref(cmp.Or(now.Parent, now.Owner))
	if from != to {
		d.Moved = append(d.Moved, Move{s, from, to})
	}
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

func (d *Difference) states(s Subject, old, now *page) {
	before, after := statesOf(old), statesOf(now)
	for _, id := range both(before, after) {
		if before[id] != after[id] {
			d.Objectives = append(d.Objectives, State{s, id, before[id], after[id]})
		}
	}
}

func statesOf(p *page) map[string]string {
	out := map[string]string{}
	for _, o := range p.Objectives {
		out[o.ID] = o.State
	}
	return out
}

// both returns the keys of two maps, sorted.
func both[V any](a, b map[string]V) []string {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(keys)
	return slices.Compact(keys)
}

func (d *Difference) signals(s Subject, old, now *page) {
	before, after := signalsOf(s, old), signalsOf(s, now)
	for _, key := range both(before, after) {
		was, had := before[key]
		is, has := after[key]
		switch {
		case !had:
			d.Signals.Opened = append(d.Signals.Opened, is)
		case !has:
			d.Signals.Closed = append(d.Signals.Closed, was)
		}
	}
}

// signalsOf tells lines apart by what they are about: their words hold figures that move.
func signalsOf(s Subject, p *page) map[string]Signal {
	out := map[string]Signal{}
	for _, a := range p.Attention {
		out[strings.Join([]string{a.Code, a.Lever, a.Ref}, "\x00")] = Signal{s, a.Code, a.Lever, a.Ref, a.Text}
	}
	return out
}
