package publish

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/gofrs/flock"
)

// The names of the publishers, for Options and Result.
const (
	Swap  = "swap"
	Files = "files"
)

// Options says where and how to publish. Dir is required.
type Options struct {
	Dir         string
	Publisher   string       // Swap, Files, or "" to choose by what stands in Dir
	Precompress bool         // write a .gz twin of each compressible file over 1 KiB
	Log         func(string) // gets one sentence for each thing worth telling; may be nil
}

// Stage is a site in the making. Put may be called from many goroutines at once; Commit and
// Discard end the stage, after all calls of Put have returned.
type Stage struct {
	opts  Options
	dest  destination
	held  *flock.Flock
	old   *previous
	pub   publisher
	names *names
	gzips sync.Pool // idle *gzip.Writer: each has about 800 KB of tables

	mu      sync.Mutex
	entries []entry
	failed  error // the first failure of Put: the site is not complete
	ended   bool
}

// entry is a file of the new site.
type entry struct {
	File
	kept bool // the old file has the same bytes; otherwise the content is in the staging tree
}

// publisher puts a staged site in place of the old one.
type publisher interface {
	name() string
	// staged is the tree that the new and changed files are written to.
	staged() *os.Root
	// install replaces the old site. The error wraps errNoExchange if nothing was touched
	// and the files publisher may still do it.
	install(*plan) error
	// remove drops the staging tree and, after an exchange, the old site.
	remove() error
}

// Open takes the destination for this run, cleans up after runs that were killed, and reads
// what was published last. The error wraps ErrNotOurs or ErrLocked where those are the
// cause. The caller must call Commit or Discard.
func Open(ctx context.Context, opts Options) (*Stage, error) {
	if opts.Publisher != "" && opts.Publisher != Swap && opts.Publisher != Files {
		return nil, fmt.Errorf("unknown publisher %q: use %q or %q", opts.Publisher, Swap, Files)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if opts.Log == nil {
		opts.Log = func(string) {}
	}
	dest, err := locate(opts.Dir)
	if err != nil {
		return nil, err
	}
	return open(opts, dest)
}

func open(opts Options, dest destination) (*Stage, error) {
	held, err := dest.lock()
	if err != nil {
		return nil, err
	}
	s := &Stage{opts: opts, dest: dest, held: held, old: &previous{}, names: newNames()}
	if err := s.prepare(); err != nil {
		if errors.Is(err, ErrNotOurs) {
			os.Remove(held.Path()) // leave no trace where we do not publish
		}
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// prepare runs under the lock.
func (s *Stage) prepare() (err error) {
	if !s.dest.fixed {
		if err := s.cleanLeftovers(); err != nil {
			return err
		}
	}
	if s.old, err = readPrevious(s.dest.dir); err != nil {
		s.old = &previous{}
		return err
	}
	s.pub, err = s.choose()
	return err
}

// Put adds a file to the site: a path with slashes relative to the site, and its content,
// which is not kept. A path that was put before is a problem that Commit returns; a path
// that cannot be published and a failed write are errors, after which Commit fails.
func (s *Stage) Put(name string, content []byte) error {
	kept, claimed, err := s.put(name, content)
	if err == nil && claimed && s.opts.Precompress && compressible(name, content) {
		err = s.putTwin(name+".gz", content, kept)
	}
	if err != nil {
		s.mu.Lock()
		s.failed = cmp.Or(s.failed, err)
		s.mu.Unlock()
	}
	return err
}

func (s *Stage) put(name string, content []byte) (kept, claimed bool, err error) {
	if err := checkPath(name); err != nil {
		return false, false, err
	}
	if !s.names.claim(name) {
		return false, false, nil
	}
	f := File{Path: name, SHA256: sha256.Sum256(content), Bytes: int64(len(content))}
	kept = s.old.holds(f, content)
	if !kept {
		if err := writeNew(s.pub.staged(), name, content); err != nil {
			return false, true, fmt.Errorf("stage %s: %w", name, err)
		}
	}
	return kept, true, s.record(entry{f, kept})
}

// putTwin adds the compressed form of a file. It is taken over with a file that is taken
// over, because compressing costs more than all else that Put does.
func (s *Stage) putTwin(name string, content []byte, kept bool) error {
	if row, ok := s.old.rows.Find(name); ok && kept {
		if _, trusted := s.old.look(row); trusted {
			if s.names.claim(name) {
				return s.record(entry{row, true})
			}
			return nil
		}
	}
	twin, err := s.compress(content)
	if err != nil || len(twin) >= len(content) {
		return err
	}
	_, _, err = s.put(name, twin)
	return err
}

func (s *Stage) record(e entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return errors.New("the site was already published or discarded")
	}
	s.entries = append(s.entries, e)
	return nil
}

// Discard drops the staged files and gives the destination free. The old site stands. It
// does nothing after Commit or another Discard.
func (s *Stage) Discard() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return nil
	}
	s.ended = true
	return s.close()
}

func (s *Stage) close() error {
	var err error
	if s.pub != nil {
		err = s.pub.remove()
	}
	s.old.close()
	return errors.Join(err, s.held.Close())
}
