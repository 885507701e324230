package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// Change is a change of the organisation that has not happened: what a what-if asks about.
// It holds from the day of as_of on, as it would if it happened today. The tree is always
// that of as_of, so a node takes its past with it; what happened to a service before stays
// with the owner of its day.
type Change struct {
	Service bool     // To becomes the owner of a service; else the parent of a node
	ID, To  string   // To is a node
	At      diag.Pos // where it is asked for; nowhere where on a command line
}

func (c Change) String() string {
	if c.Service {
		return fmt.Sprintf("service %q to owner %q", c.ID, c.To)
	}
	return fmt.Sprintf("node %q to parent %q", c.ID, c.To)
}

// impossible reports a change that cannot be.
func (f *freezer) impossible(c *Change, why, hint string) {
	f.problems.Add(diag.Problem{Code: diag.ImpossibleChange, Pos: c.At, Text: c.String() + ": " + why, Hint: hint})
}

// moveNodes gives nodes the parents that a what-if asks about, and reports whether all of
// it can be.
func (f *freezer) moveNodes() bool {
	before := f.problems.Count(diag.Error)
	f.changedTwice()
	tops := f.tops()
	for i := range f.in.Changes {
		c := &f.in.Changes[i]
		if !f.isNode(c, c.To) || c.Service || !f.isNode(c, c.ID) {
			continue
		}
		if len(tops) == 1 && tops[0] == c.ID {
			f.impossible(c, "it is the root, which has no parent", "")
			continue
		}
		f.lookup.entries[c.ID][f.lookup.living[c.ID]].rec.Parent = c.To
	}
	if f.problems.Count(diag.Error) > before {
		return false
	}
	for i := range f.in.Changes {
		if c := &f.in.Changes[i]; !c.Service {
			f.circle(c)
		}
	}
	return f.problems.Count(diag.Error) == before
}

// changedTwice reports what gets two places: it cannot be meant.
func (f *freezer) changedTwice() {
	type subject struct {
		service bool
		id      string
	}
	first := map[subject]string{}
	for i := range f.in.Changes {
		c := &f.in.Changes[i]
		key := subject{c.Service, c.ID}
		if to, twice := first[key]; twice {
			f.impossible(c, fmt.Sprintf("it is to be at %q already", to), "say where it would be in the end")
		}
		first[key] = c.To
	}
}

// tops are the living nodes without a known parent.
func (f *freezer) tops() (out []string) {
	for _, id := range slices.Sorted(maps.Keys(f.lookup.living)) {
		if f.lookup.stands(f.lookup.parent(id)) == "" {
			out = append(out, id)
		}
	}
	return out
}

// parent is what the record of a living node says.
func (l nodeLookup) parent(id string) string { return l.entries[id][l.living[id]].rec.Parent }

// isNode reports an id that is no living node.
func (f *freezer) isNode(c *Change, id string) bool {
	if _, living := f.lookup.living[id]; living {
		return true
	}
	why, hint := fmt.Sprintf("there is no node %q", id), diag.DidYouMean(id, slices.Sorted(maps.Keys(f.lookup.living)))
	if len(f.lookup.entries[id]) > 0 {
		why, hint = fmt.Sprintf("node %q has ended, or is yet to begin", id), ""
		if to := f.lookup.stands(id); to != "" {
			hint = fmt.Sprintf("%q stands for it", to)
		}
	}
	f.impossible(c, why, hint)
	return false
}

// circle reports a node that would lie below itself once all is moved.
func (f *freezer) circle(c *Change) {
	path := []string{c.ID}
	for at := c.To; len(path) <= maxCyclePath; at = f.lookup.stands(f.lookup.parent(at)) {
		if _, living := f.lookup.living[at]; !living {
			return
		}
		path = append(path, at)
		if at == c.ID {
			f.impossible(c, "a node cannot lie below itself: "+strings.Join(path, " → "), "move what is to be above it first, or with it")
			return
		}
	}
}

// handServices gives services the owners that a what-if asks about, from today on.
func (f *freezer) handServices(services map[string][]entry[ServiceRecord]) bool {
	before := f.problems.Count(diag.Error)
	for i := range f.in.Changes {
		c := &f.in.Changes[i]
		if !c.Service {
			continue
		}
		entries := services[c.ID]
		at := slices.IndexFunc(entries, func(e entry[ServiceRecord]) bool { return holds(e.rec.ValidFrom, e.rec.ValidTo, f.today) })
		switch {
		case len(entries) == 0:
			f.impossible(c, "there is no such service", diag.DidYouMean(c.ID, slices.Sorted(maps.Keys(services))))
		case at < 0:
			f.impossible(c, "the service has ended, or is yet to begin", "")
		case entries[at].rec.ThirdParty:
			f.impossible(c, "another company answers for it", "third_party comes before owner")
		default:
			services[c.ID] = handed(entries, f.today, c.To)
		}
	}
	return f.problems.Count(diag.Error) == before
}

// handed are the records of a service with another owner from a day on that one of them
// holds on.
func handed(entries []entry[ServiceRecord], today Day, to string) []entry[ServiceRecord] {
	out := slices.Clone(entries)
	for i := len(out) - 1; i >= 0; i-- {
		if !holds(out[i].rec.ValidFrom, out[i].rec.ValidTo, today) {
			continue
		}
		next := out[i]
		next.rec.ValidFrom, next.rec.Owners = today, []string{to}
		if out[i].rec.ValidFrom == today {
			out[i] = next
			return out
		}
		out[i].rec.ValidTo = today - 1
		out = append(out, next)
		break
	}
	slices.SortStableFunc(out, func(a, b entry[ServiceRecord]) int { return cmp.Compare(a.rec.ValidFrom, b.rec.ValidFrom) })
	return out
}
