package model

import (
	"cmp"
	"slices"
)

// entry is a record with its place. The entries of one id differ in valid_from.
type entry[R any] struct {
	rec    R
	origin Origin
}

// datedRecords says how records that hold for some days are read and merged: the nodes
// and the services.
type datedRecords[R any] struct {
	name  string
	take  func(*Batch) []R
	key   func(*R) (id string, from *Day, line uint32, partial bool)
	merge func(have, e *entry[R]) (differ []string)
}

var nodeRecords = datedRecords[NodeRecord]{
	name:  "node",
	take:  func(b *Batch) []NodeRecord { return b.Nodes },
	key:   func(r *NodeRecord) (string, *Day, uint32, bool) { return r.ID, &r.ValidFrom, r.Line, r.Partial },
	merge: mergeNode,
}

var serviceRecords = datedRecords[ServiceRecord]{
	name:  "service",
	take:  func(b *Batch) []ServiceRecord { return b.Services },
	key:   func(r *ServiceRecord) (string, *Day, uint32, bool) { return r.ID, &r.ValidFrom, r.Line, r.Partial },
	merge: mergeService,
}

// gather merges records by (id, valid_from), in order of the batches. Partial records
// come last: they add to what another record defines.
func gather[R any](f *freezer, d datedRecords[R]) map[string][]entry[R] {
	out, space := map[string][]entry[R]{}, idSpace{}
	for _, partial := range []bool{false, true} {
		for bi, b := range f.in.Batches {
			for _, r := range d.take(b) {
				id, from, line, isPartial := d.key(&r)
				if isPartial != partial {
					continue
				}
				o := f.origin(bi, line)
				switch {
				case !partial && !f.usable(space, id, o):
					continue
				case partial && len(out[id]) == 0:
					f.reject(o, "speaks of a "+d.name+" that no record defines: "+id)
					continue
				case partial:
					_, first, _, _ := d.key(&out[id][0].rec)
					*from = *first
				}
				out[id] = d.add(f, out[id], entry[R]{r, o})
			}
		}
	}
	for _, entries := range out {
		slices.SortStableFunc(entries, func(a, b entry[R]) int { return cmp.Compare(d.from(&a), d.from(&b)) })
	}
	return out
}

func (d datedRecords[R]) from(e *entry[R]) Day {
	_, from, _, _ := d.key(&e.rec)
	return *from
}

func (d datedRecords[R]) add(f *freezer, entries []entry[R], e entry[R]) []entry[R] {
	for i := range entries {
		if d.from(&entries[i]) == d.from(&e) {
			f.merged(e.origin)
			id, _, _, _ := d.key(&e.rec)
			f.conflict(d.name, id, d.merge(&entries[i], &e), e.origin)
			return entries
		}
	}
	f.accept(e.origin)
	return append(entries, e)
}
