package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// stageName is the staging tree of the files publisher. It lies inside the destination,
// because a rename does not leave a file system.
const stageName = ownPrefix + "stage"

// files puts the changed files into the destination one by one.
type files struct {
	*Stage
	dir   *os.Root // the destination
	stage *os.Root
}

func (s *Stage) newFiles() (publisher, error) { return s.filesFrom("") }

// adopt makes a files publisher of the tree that swap staged and could not exchange.
func (s *Stage) adopt(w *swap) (publisher, error) {
	f, err := s.filesFrom(filepath.Join(w.dir, siteName))
	if err != nil {
		return nil, err
	}
	if err := w.remove(); err != nil {
		s.opts.Log(fmt.Sprintf("the next run will clean up after this one: %v", err))
	}
	return f, nil
}

// filesFrom stages in a directory that is moved in, or in a new one.
func (s *Stage) filesFrom(tree string) (publisher, error) {
	if err := os.Mkdir(s.dest.dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make the destination: %w", err)
	}
	dir, err := os.OpenRoot(s.dest.dir)
	if err != nil {
		return nil, fmt.Errorf("open the destination: %w", err)
	}
	f := &files{Stage: s, dir: dir}
	if err := f.makeStage(tree); err != nil {
		return nil, errors.Join(fmt.Errorf("make the staging directory: %w", err), dir.Close())
	}
	return f, nil
}

func (f *files) makeStage(tree string) error {
	if err := f.dir.RemoveAll(stageName); err != nil {
		return err
	}
	var err error
	if tree == "" {
		err = f.dir.Mkdir(stageName, 0o755)
	} else {
		err = os.Rename(tree, filepath.Join(f.dest.dir, stageName))
	}
	if err != nil {
		return err
	}
	f.stage, err = f.dir.OpenRoot(stageName)
	return err
}

func (f *files) name() string { return Files }

func (f *files) staged() *os.Root { return f.stage }

func (f *files) remove() error {
	f.stage.Close()
	err := f.dir.RemoveAll(stageName)
	return errors.Join(err, f.dir.Close())
}

func (f *files) install(p *plan) error {
	if err := f.refuseForeign(p); err != nil {
		return err
	}
	if err := f.writeJournal(p); err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	first, last := f.partition(p.gone)
	if err := f.removeGone(first); err != nil {
		return err
	}
	if err := inParallel(len(p.staged), func(i int) error { return f.move(p.staged[i]) }); err != nil {
		return err
	}
	if err := f.replaceManifest(p.manifest); err != nil {
		return err
	}
	if err := f.removeGone(last); err != nil {
		return err
	}
	if err := f.dir.Remove(journalName); err != nil {
		return fmt.Errorf("remove the journal: %w", err)
	}
	return nil
}

// refuseForeign stops before anything is touched if a file to be written would replace, or
// pass through, something that uptree did not make.
func (f *files) refuseForeign(p *plan) error {
	before := "."
	for _, name := range p.staged {
		extra := ""
		if dir := path.Dir(name); dir != before {
			before = dir
			extra = f.obstacle(dir)
		}
		var err error
		if extra == "" || f.old.owns(extra) {
			extra, err = f.foreignAt(name)
		}
		if err != nil {
			return err
		}
		if extra != "" {
			return fmt.Errorf("%w: %s is in the way of %s (move it, or publish elsewhere)", ErrNotOurs, extra, name)
		}
	}
	return nil
}

// obstacle returns the uppermost part of a path to a directory that exists and is none, or "".
func (f *files) obstacle(dir string) string {
	for i := 0; i <= len(dir); i++ {
		if i < len(dir) && dir[i] != '/' {
			continue
		}
		info, err := f.dir.Lstat(dir[:i])
		if err != nil {
			return ""
		}
		if !info.IsDir() {
			return dir[:i]
		}
	}
	return ""
}

// foreignAt returns what stands at or below the path of a file and is not uptree's, or "".
func (f *files) foreignAt(name string) (string, error) {
	info, err := f.dir.Lstat(name)
	switch {
	case err != nil:
		return "", nil // nothing is there; if it cannot be reached, writing will say so
	case info.IsDir() && f.old.ownsDir(name):
		return f.old.foreign(name)
	case info.IsDir() || !f.old.owns(name):
		return name, nil
	}
	return "", nil
}

// writeJournal lists each path whose row in the old manifest will not tell what is on disk,
// those of an unfinished run among them.
func (f *files) writeJournal(p *plan) error {
	touched := slices.Sorted(slices.Values(slices.Concat(p.staged, p.gone, f.old.journal)))
	raw, err := json.Marshal(slices.Compact(touched))
	if err != nil {
		return err
	}
	staged := stageName + "/" + journalName
	if err := writeSynced(f.dir, staged, func(w io.Writer) error { _, err := w.Write(raw); return err }); err != nil {
		return err
	}
	if err := f.dir.Rename(staged, journalName); err != nil {
		return err
	}
	return syncDir(f.dest.dir)
}

func (f *files) replaceManifest(m Manifest) error {
	staged := stageName + "/" + ManifestName
	if err := writeSynced(f.dir, staged, m.encode); err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	if err := f.dir.Rename(staged, ManifestName); err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	return syncDir(f.dest.dir)
}

func (f *files) move(name string) error {
	staged := stageName + "/" + name
	err := f.dir.Rename(staged, name)
	if errors.Is(err, fs.ErrNotExist) && strings.Contains(name, "/") {
		if err = f.dir.MkdirAll(path.Dir(name), 0o755); err == nil {
			err = f.dir.Rename(staged, name)
		}
	}
	if err != nil {
		return fmt.Errorf("move %s into place: %w", name, err)
	}
	return nil
}

// partition splits the paths that are gone into those that must make room for the new
// files and those that stay until the manifest no longer lists them.
func (f *files) partition(gone []string) (first, last []string) {
	for _, name := range gone {
		if f.names.displaces(name) {
			first = append(first, name)
		} else {
			last = append(last, name)
		}
	}
	return first, last
}

// removeGone removes files of the old site and the directories that this empties.
func (f *files) removeGone(gone []string) error {
	dirs := map[string]struct{}{}
	for _, name := range gone {
		if f.obstacle(path.Dir(name)) != "" {
			continue // reached through a link or a file: not the one that was published
		}
		if info, err := f.dir.Lstat(name); err == nil && !info.IsDir() {
			if err := f.dir.Remove(name); err != nil {
				return fmt.Errorf("remove %s: %w", name, err)
			}
		}
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			dirs[dir] = struct{}{}
		}
	}
	deepest := slices.Sorted(maps.Keys(dirs))
	slices.Reverse(deepest)
	for _, dir := range deepest {
		f.removeEmpty(dir)
	}
	return nil
}

// removeEmpty removes a directory unless something is in it, which a system call decides.
func (f *files) removeEmpty(dir string) {
	if info, err := f.dir.Lstat(dir); err == nil && info.IsDir() && f.obstacle(dir) == "" {
		f.dir.Remove(dir)
	}
}
