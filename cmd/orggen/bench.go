package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// bench measures builds of generated sites by a built uptree. Each kind of build runs as
// a process of its own, so that CPU time and peak memory are those of the build alone.
type bench struct {
	uptree string // the program
	seed   uint64
	asOf   time.Time
}

// kinds are the builds of one run, in order: each finds what the one before published.
var kinds = []struct {
	name  string
	clock time.Duration // after the first build's
	cold  bool
	month bool // the sources give the last month alone: the rest is remembered
}{
	{name: "cold", cold: true},
	{name: "unchanged"},
	{name: "10 min on", clock: 10 * time.Minute},
	{name: "remembered", clock: 10 * time.Minute, month: true},
}

// morning is when the builds happen, after the midnight at which the records end.
const morning = 9 * time.Hour

// figures are what building one size took, in the run whose cold build was the median.
type figures struct {
	size    string
	builds  []measure // as kinds
	floor   measure   // the same paths and lengths, written by a bare loop
	stages  [][]stage // of each build
	history int64     // bytes of the published history
}

// run measures the sizes and prints the table. Everything it writes is removed.
func (b bench) run(sizes []size, stdout io.Writer) error {
	var results []figures
	for _, z := range sizes {
		r, err := b.measure(z)
		if err != nil {
			return fmt.Errorf("size %s: %w", z.name, err)
		}
		results = append(results, r)
	}
	return printResults(stdout, results)
}

// measure writes the input of a size and builds it as often as its row says.
func (b bench) measure(z size) (r figures, err error) {
	dir, err := os.MkdirTemp("", "orggen-bench-")
	if err != nil {
		return figures{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := writeSize(filepath.Join(dir, "input"), z, b.seed, b.asOf); err != nil {
		return figures{}, err
	}
	if err := writeMonth(filepath.Join(dir, "input"), b.asOf.AddDate(0, 0, -30)); err != nil {
		return figures{}, err
	}
	var runs []figures
	for range z.runs {
		r, err := b.once(z, dir)
		if err != nil {
			return figures{}, err
		}
		runs = append(runs, r)
	}
	slices.SortFunc(runs, func(a, b figures) int { return cmp.Compare(a.builds[0].wall, b.builds[0].wall) })
	return runs[len(runs)/2], nil
}

// once makes every kind of build and then the floor.
func (b bench) once(z size, dir string) (figures, error) {
	r := figures{size: z.name}
	site, public := filepath.Join(dir, "input"), filepath.Join(dir, "public")
	for _, k := range kinds {
		if k.cold {
			if err := errors.Join(os.RemoveAll(public), os.RemoveAll(filepath.Join(site, ".uptree"))); err != nil {
				return r, err
			}
		}
		m, stages, err := b.kind(site, public, k.month, b.asOf.Add(morning+k.clock))
		if err != nil {
			return r, fmt.Errorf("%s build: %w", k.name, err)
		}
		r.builds, r.stages = append(r.builds, m), append(r.stages, stages)
	}
	history, err := bytesOf(filepath.Join(public, "history"))
	if err != nil {
		return r, err
	}
	r.history = history
	floor, err := measureFloor(public, filepath.Join(dir, "floor"))
	r.floor = floor
	return r, errors.Join(err, os.RemoveAll(filepath.Join(dir, "floor")))
}

// kind builds with all data or with those of the last month.
func (b bench) kind(site, public string, month bool, clock time.Time) (m measure, stages []stage, err error) {
	if month {
		if err := swapData(site); err != nil {
			return m, nil, err
		}
		defer func() { err = errors.Join(err, swapData(site)) }()
	}
	return b.build(site, public, clock)
}
