package source

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"
)

// Store is the folder .uptree of a site. It holds
//
//	sources/<name>/meta.json     what the last good copy of a source consists of
//	sources/<name>/<sha256>.zst  its files
//	history/                     what earlier builds knew, in the same form
//	tmp/run-*/                   what a build is fetching, removed when it ends
//	lock                         held while either is changed
//
// meta.json is replaced by a rename after its files are on the disk, and files are removed
// only when neither the new nor the former meta.json names them: a build that is killed at
// any moment leaves a copy that is whole, and one that reads the former copy meanwhile can
// go on. The folder is for its owner's eyes: it holds what the sources said.
//
// A nil Store keeps nothing and has no room.
type Store struct {
	dir string

	mu   sync.Mutex
	run  string       // the folder of this build; "" until it is needed
	held *flock.Flock // on that folder, so that no other build takes it for a leftover
}

// OpenStore returns the Store in a folder. Nothing is touched before something is kept or
// fetched into it.
func OpenStore(dir string) *Store { return &Store{dir: dir} }

// Close removes what was fetched and not kept. No Blob can be opened afterwards.
func (s *Store) Close() error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run == "" {
		return nil
	}
	err := errors.Join(os.RemoveAll(s.run), s.held.Close())
	s.run, s.held = "", nil
	if err != nil {
		return fmt.Errorf("remove what was fetched: %w", err)
	}
	return nil
}

// spool creates a file in the folder of this build.
func (s *Store) spool() (*os.File, error) {
	if s == nil {
		return nil, errNoStore
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run == "" {
		if err := s.begin(); err != nil {
			return nil, err
		}
	}
	return os.CreateTemp(s.run, "blob-")
}

// begin makes the folder of this build and removes those that killed builds left.
func (s *Store) begin() error {
	tmp := filepath.Join(s.dir, "tmp")
	return s.locked(func() error {
		if err := os.MkdirAll(tmp, 0o700); err != nil {
			return err
		}
		sweep(tmp)
		run, err := os.MkdirTemp(tmp, "run-")
		if err != nil {
			return err
		}
		held := flock.New(filepath.Join(run, "lock"))
		if err := held.Lock(); err != nil {
			return errors.Join(err, os.RemoveAll(run))
		}
		s.run, s.held = run, held
		return nil
	})
}

// locked runs a change of the folder, which it makes where there is none, while no other
// build changes it.
func (s *Store) locked(change func() error) (err error) {
	if err := s.make(); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(s.dir, "lock"))
	if err := lock.Lock(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	return change()
}

// make makes the folder, with a note that keeps what it holds out of repositories.
func (s *Store) make() error {
	ignore := filepath.Join(s.dir, ".gitignore")
	if _, err := os.Stat(ignore); err == nil {
		return nil
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(ignore, []byte("*\n"), 0o600)
}

// sweep removes the folders of builds that no longer run. What cannot be removed is left
// for the next one.
func sweep(tmp string) {
	entries, err := os.ReadDir(tmp)
	if err != nil {
		return
	}
	for _, e := range entries {
		run := filepath.Join(tmp, e.Name())
		held := flock.New(filepath.Join(run, "lock"))
		if free, err := held.TryLock(); free && err == nil {
			os.RemoveAll(run)
		}
		held.Close()
	}
}

// syncDir flushes the names in a folder. Not every file system can, which is no reason to
// stop: the flush is for a power cut only.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}
