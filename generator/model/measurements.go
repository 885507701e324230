package model

import (
	"cmp"
	"fmt"
	"slices"

	"uptree/generator/diag"
)

// BucketRecord is a record of the dataset slis. Weighted says that Valid is a weight and
// Good a ratio of it.
type BucketRecord struct {
	SLO      []byte
	Bucket   Bucket
	Weighted bool
	Line     uint32
}

// bucketStore keeps the buckets of a batch in blocks that grow without copying.
type bucketStore struct {
	blocks   [][]batchBucket
	weighted map[Ref]bool
}

type batchBucket struct {
	Bucket
	slo  Ref
	line uint32
}

// blockRows is how many buckets a block holds.
const blockRows = 1 << 14

// AddBucket keeps a measurement. Its byte slice may be reused by the caller.
func (b *Batch) AddBucket(r *BucketRecord) {
	s := &b.buckets
	if n := len(s.blocks); n == 0 || len(s.blocks[n-1]) == blockRows {
		s.blocks = append(s.blocks, make([]batchBucket, 0, blockRows))
	}
	slo := b.refs.add(r.SLO)
	last := &s.blocks[len(s.blocks)-1]
	*last = append(*last, batchBucket{r.Bucket, slo, r.Line})
	if r.Weighted {
		if s.weighted == nil {
			s.weighted = map[Ref]bool{}
		}
		s.weighted[slo] = true
	}
}

// measurements hands the buckets to their objectives, batch by batch in their order of
// precedence: where two overlap, the first stays.
func (f *freezer) measurements() {
	for bi, b := range f.in.Batches {
		rows, from := b.buckets.bySLO(len(b.refs.texts))
		for ref := range Ref(len(from) - 1) {
			if run := rows[from[ref]:from[ref+1]]; len(run) > 0 {
				f.measured(bi, b, ref, run)
			}
		}
		b.buckets = bucketStore{}
	}
}

// bySLO puts the buckets of each objective side by side: those of ref are rows from[ref]
// to from[ref+1]. It empties the blocks as it goes.
func (s *bucketStore) bySLO(refs int) (rows []batchBucket, from []int) {
	from = make([]int, refs+1)
	for _, block := range s.blocks {
		for i := range block {
			from[block[i].slo+1]++
		}
	}
	for i := range refs {
		from[i+1] += from[i]
	}
	rows = make([]batchBucket, from[refs])
	next := slices.Clone(from)
	for i, block := range s.blocks {
		for j := range block {
			at := &next[block[j].slo]
			rows[*at] = block[j]
			*at++
		}
		s.blocks[i] = nil
	}
	return rows, from
}

// measured takes the buckets of one objective in one file.
func (f *freezer) measured(bi int, b *Batch, ref Ref, run []batchBucket) {
	id := b.refs.text(ref)
	at, ok := f.m.byObjective[id]
	if !ok && b.Remembered {
		return // of an objective that was withdrawn
	}
	if !ok {
		for i := range run {
			f.unknownObjective(id, "measurement", f.origin(bi, run[i].line))
		}
		f.unknownObjectiveCrack(id, f.origin(bi, run[0].line))
		return
	}
	o := &f.m.Objectives[at]
	source := f.in.Batches[bi].Source
	o.Weighted = o.Weighted || b.buckets.weighted[ref]
	o.Pilot = o.Pilot || f.m.Sources[source].Pilot
	slices.SortFunc(run, func(a, b batchBucket) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.line, b.line))
	})
	kept := f.usableBuckets(o, bi, run)
	if len(kept) == 0 {
		return
	}
	f.began(int32(source), Time(kept[0].From))
	if place, ok := f.m.place(o.Subject); ok {
		f.cover(SLIs, int32(source), place)
	}
	f.joinBuckets(o, bi, kept)
}

// usableBuckets drops what an objective cannot count, and of buckets of one file that
// overlap all but the first.
func (f *freezer) usableBuckets(o *Objective, bi int, run []batchBucket) []batchBucket {
	kept := run[:0]
	for _, r := range run {
		origin := f.origin(bi, r.line)
		switch {
		case Time(r.From) > f.m.AsOf:
			f.reject(origin, "begins after as_of")
			f.count(diag.FutureRecord, Origin{Source: origin.Source, File: origin.File}, "measurements begin after as_of", nil)
		case o.tooMany(&r.Bucket):
			f.reject(origin, "more slices than its time has")
			f.count(diag.BadRecord, origin, fmt.Sprintf("objective %q counts timeslices of %ds, and a longer record holds more of them than fit", o.ID, o.Slice),
				func() string { return "a record longer than a slice counts good and valid slices, not events" })
		case len(kept) > 0 && kept[len(kept)-1].overlaps(&r.Bucket):
			f.second(o, &kept[len(kept)-1].Bucket, &r.Bucket, origin)
		default:
			f.accept(origin)
			kept = append(kept, r)
		}
	}
	return kept
}

// tooMany reports whether a bucket that is longer than a slice holds more than its slices.
func (o *Objective) tooMany(b *Bucket) bool {
	length := Time(b.To) - Time(b.From)
	return o.Budgeting == Timeslices && length > o.Slice && b.Valid > Amount((length+o.Slice-1)/o.Slice)*OneEvent
}

// overlaps reports whether b, which does not begin before a, begins in a.
func (a *Bucket) overlaps(b *Bucket) bool { return b.From == a.From || b.From < a.To }

// second accounts for a bucket whose time another one holds: the same record again, or one
// that would count events twice.
func (f *freezer) second(o *Objective, have, given *Bucket, origin Origin) {
	if f.remembered(origin) {
		return // what a source gives wins
	}
	if have.From == given.From && have.To == given.To {
		f.merged(origin)
		if *have != *given {
			f.count(diag.ConflictingMerge, origin, fmt.Sprintf("measurements of objective %q for one time disagree", o.ID), func() string { return "the first in file order is kept" })
		}
		return
	}
	f.reject(origin, "overlaps another measurement of the objective")
	f.count(diag.ConflictingMerge, origin, fmt.Sprintf("measurements of objective %q overlap", o.ID), func() string { return "the first in file order is kept: events are not counted twice" })
}

// joinBuckets adds disjoint buckets in order of time to those of earlier batches.
func (f *freezer) joinBuckets(o *Objective, bi int, run []batchBucket) {
	have := o.Buckets
	if n := len(have); n == 0 || !have[n-1].overlaps(&run[0].Bucket) && have[n-1].From < run[0].From {
		o.Buckets = slices.Grow(have, len(run))
		for i := range run {
			o.Buckets = append(o.Buckets, run[i].Bucket)
		}
		return
	}
	out := make([]Bucket, 0, len(have)+len(run))
	i := 0
	for _, r := range run {
		for i < len(have) && have[i].From <= r.From {
			out = append(out, have[i])
			i++
		}
		if clash := clashing(out, have[i:], &r.Bucket); clash != nil {
			origin := f.origin(bi, r.line)
			f.acceptAll(origin, -1)
			f.second(o, clash, &r.Bucket, origin)
			continue
		}
		out = append(out, r.Bucket)
	}
	o.Buckets = append(out, have[i:]...)
}

// clashing returns the bucket before or after that overlaps b, nil where there is none.
func clashing(before, after []Bucket, b *Bucket) *Bucket {
	if n := len(before); n > 0 && before[n-1].overlaps(b) {
		return &before[n-1]
	}
	if len(after) > 0 && b.overlaps(&after[0]) {
		return &after[0]
	}
	return nil
}
