package signal

import "uptree/generator/model"

// fold joins what numbers did at nodes and at the levels right above them.
type fold struct {
	m       *model.Model
	changes []Change
	at      map[foldKey]int // of the changes of numbers
	lower   map[int]bool    // those that another one stands right below
	joined  map[int]bool    // those that a lower one tells
}

type foldKey struct {
	code, metric string
	node         model.NodeIdx
}

// folded tells what a number did at a node and at the levels right above it once, at the
// lowest: a level's number moves with those below it.
func (t *teller) folded(changes []Change) []Change {
	f := fold{t.m, changes, map[foldKey]int{}, map[int]bool{}, map[int]bool{}}
	for i := range changes {
		if c := &changes[i]; c.Aspect == AspectRange {
			f.at[foldKey{c.Code, c.Metric, c.At[0]}] = i
		}
	}
	for _, i := range f.at {
		if up, ok := f.over(i); ok {
			f.lower[up] = true
		}
	}
	for i := range changes {
		if changes[i].Aspect == AspectRange && !f.lower[i] {
			f.climb(i)
		}
	}
	var out []Change
	for i := range changes {
		if !f.joined[i] {
			out = append(out, changes[i])
		}
	}
	return out
}

// over returns the change of the same number at the level right above.
func (f *fold) over(i int) (int, bool) {
	c := &f.changes[i]
	up, ok := f.at[foldKey{c.Code, c.Metric, f.m.Nodes[c.At[0]].Parent}]
	return up, ok
}

// climb makes a change tell those above it, up to one that another has told.
func (f *fold) climb(i int) {
	c := &f.changes[i]
	for up, ok := f.over(i); ok && !f.joined[up]; up, ok = f.over(up) {
		f.joined[up], c.At = true, append(c.At, f.changes[up].At[0])
	}
	c.Args[1].Above = len(c.At) - 1
}
