package generator

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"uptree/generator/diag"
	"uptree/generator/history"
	"uptree/generator/model"
	"uptree/generator/rollup"
	"uptree/generator/source"
)

// cube is the sources, read, put together and measured: nil where the site is not to be
// built. It is what takes the time of a build, so a Preview keeps it until something that
// it is made from changes.
func (b *build) cube(ctx context.Context) (*rollup.Cube, error) {
	asOf := b.o.AsOf(b.site.Zone)
	payloads, err := b.fetch(ctx, asOf, b.counted())
	if err != nil {
		return nil, err
	}
	from, err := b.fingerprint(payloads)
	if err != nil {
		return nil, err
	}
	if b.last.cube != nil && b.last.from == from {
		b.took(b.last.problems)
		b.history, b.day = b.last.history, b.last.day
		return b.last.cube, nil
	}
	before := len(b.problems)
	read, err := b.read(ctx, payloads, asOf)
	if err != nil || b.sourceFailed() {
		return nil, err // without a source, what is said of the others would be wrong
	}
	m, problems := read.Freeze(b.o.WhatIf)
	if b.took(problems); b.sourceFailed() || b.unusable(m == nil) {
		return nil, nil
	}
	cube := b.measure(m)
	b.last = lastBuild{b.last.asked, from, cube, slices.Clone(b.problems[before:]), b.history, b.day}
	return cube, nil
}

func (b *build) measure(m *model.Model) *rollup.Cube {
	b.stage("rollup")
	cube, problems := rollup.Compute(m, periods(b.site), b.jobs())
	if b.took(problems); b.unusable(problems.HasErrors()) {
		return nil
	}
	return cube
}

// lastBuild is what a Preview keeps of a build for the next one; the zero value nothing.
type lastBuild struct {
	asked    *source.Asked
	from     fingerprint // of what the cube was made from
	cube     *rollup.Cube
	problems diag.List // found on the way to it
	history  *history.Memory
	day      int
}

// fingerprint stands for all that a cube is made from, but for the clock: that stands
// still while nothing else changes.
type fingerprint [sha256.Size]byte

// fingerprint takes a file for unchanged that has its size and time of change, as make
// does: reading it would take as long as using it.
func (b *build) fingerprint(payloads []source.Payload) (fingerprint, error) {
	config, err := os.ReadFile(filepath.Join(b.o.Dir, b.o.Config))
	if err != nil {
		return fingerprint{}, err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%d %s\n", len(config), config)
	known, _ := b.store.Folder(history.Folder) // what is wrong with it is said where it is read
	for _, f := range known {
		fmt.Fprintf(h, "%q %x\n", f.Name, f.SHA256)
	}
	for i := range payloads {
		p := &payloads[i]
		fmt.Fprintf(h, "%q %d %q\n", p.Source.Name, p.Status, p.Reason)
		for _, c := range []*source.Copy{p.Fresh, p.LastGood} {
			fmt.Fprintln(h, c != nil)
			if c == nil {
				continue
			}
			fmt.Fprintln(h, c.FetchedAt.UnixNano(), len(c.Blobs), c.Warnings)
			for _, f := range c.Blobs {
				fmt.Fprintf(h, "%q %d %d\n", f.Name, f.Size, f.ModTime.UnixNano())
			}
		}
	}
	return fingerprint(h.Sum(nil)), nil
}
