package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// Result says what a Commit did to the destination.
type Result struct {
	Publisher                          string   // Swap or Files
	Added, Changed, Unchanged, Removed int      // numbers of files, without the manifest
	ChangedPaths                       []string // those added, changed and removed, sorted
	Bytes                              int64    // size of the new site, without the manifest
	Written                            int64    // size of the files added and changed
}

// plan is a complete site and how it differs from the old one.
type plan struct {
	manifest Manifest
	staged   []string // added or changed, sorted
	kept     []string // same bytes as the old file, sorted
	added    []string // the staged ones that uptree did not own before
	gone     []string // owned before, not in the new site, sorted
	finish   bool     // an unfinished run is to be completed
}

// upToDate reports whether the destination already is the site.
func (p *plan) upToDate() bool { return len(p.staged)+len(p.gone) == 0 && !p.finish }

// Commit checks that the site is complete, shows it to verify, and puts it in place of the
// old one. It ends the stage in any case.
//
// verify may be nil. Its problems are returned with those of Put; one of severity error, or
// an error, leaves the old site standing, as does a ctx that ends before the replacing
// begins. If the destination already is the site, nothing is written at all.
func (s *Stage) Commit(ctx context.Context, verify func(*Site) (diag.List, error)) (Result, diag.List, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return Result{}, nil, errors.New("the site was already published or discarded")
	}
	s.ended = true
	result, problems, err := s.commit(ctx, verify)
	if closeErr := s.close(); closeErr != nil {
		s.opts.Log(fmt.Sprintf("the next run will clean up after this one: %v", closeErr))
	}
	return result, problems, err
}

func (s *Stage) commit(ctx context.Context, verify func(*Site) (diag.List, error)) (Result, diag.List, error) {
	problems := s.names.problems.Sorted()
	if err := cmp.Or(s.failed, ctx.Err()); err != nil || problems.HasErrors() {
		return Result{}, problems, err
	}
	p := s.plan()
	if err := s.requireComplete(p); err != nil {
		return Result{}, problems, err
	}
	if verify != nil {
		found, err := verify(&Site{plan: p, stage: s})
		problems.Append(found)
		if err != nil || found.HasErrors() {
			return Result{}, problems, err
		}
	}
	if err := ctx.Err(); err != nil {
		return Result{}, problems, err
	}
	if !p.upToDate() {
		if err := s.install(p); err != nil {
			return Result{}, problems, fmt.Errorf("publish to %s: %w", s.dest.dir, err)
		}
	}
	return s.result(p), problems, nil
}

func (s *Stage) plan() *plan {
	slices.SortFunc(s.entries, func(a, b entry) int { return strings.Compare(a.Path, b.Path) })
	p := &plan{manifest: make(Manifest, len(s.entries))}
	for i, e := range s.entries {
		p.manifest[i] = e.File
		switch {
		case e.kept:
			p.kept = append(p.kept, e.Path)
			continue
		case !s.old.owns(e.Path):
			p.added = append(p.added, e.Path)
		}
		p.staged = append(p.staged, e.Path)
	}
	p.gone = s.old.gone(p.manifest)
	p.finish = len(s.old.journal) > 0 || s.old.written.IsZero()
	return p
}

// requireComplete checks that every file of the manifest is there in the right size. The
// kept ones were looked at when they were put. Hashes are of the bytes that were written;
// reading all of them again would find broken disks only.
func (s *Stage) requireComplete(p *plan) error {
	if _, ok := p.manifest.Find("index.html"); !ok {
		return errors.New("the site has no index.html")
	}
	return inParallel(len(p.staged), func(i int) error {
		row, _ := p.manifest.Find(p.staged[i])
		return requireFile(s.pub.staged().Lstat, row)
	})
}

func requireFile(lstat func(string) (fs.FileInfo, error), row File) error {
	info, err := lstat(row.Path)
	if err != nil {
		return fmt.Errorf("verify the staged site: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() != row.Bytes {
		return fmt.Errorf("verify the staged site: %s has %d bytes instead of %d", row.Path, info.Size(), row.Bytes)
	}
	return nil
}

// install replaces the old site, file by file where an exchange turns out to be impossible.
func (s *Stage) install(p *plan) error {
	err := s.pub.install(p)
	w, swapped := s.pub.(*swap)
	if !swapped || !errors.Is(err, errNoExchange) || s.opts.Publisher == Swap {
		return err
	}
	s.opts.Log(fmt.Sprintf("publishing file by file: %v", err))
	pub, err := s.adopt(w)
	if err != nil {
		return err
	}
	s.pub = pub
	return s.pub.install(p)
}

func (s *Stage) result(p *plan) Result {
	r := Result{
		Publisher: s.pub.name(),
		Added:     len(p.added), Changed: len(p.staged) - len(p.added), Unchanged: len(p.kept), Removed: len(p.gone),
		ChangedPaths: slices.Sorted(slices.Values(slices.Concat(p.staged, p.gone))),
	}
	for _, e := range s.entries {
		r.Bytes += e.Bytes
		if !e.kept {
			r.Written += e.Bytes
		}
	}
	return r
}
