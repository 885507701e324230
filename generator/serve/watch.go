package serve

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing changes before a build begins: editors write a file in several
// steps, and a change of branch writes many.
const quiet = 60 * time.Millisecond

// watch tells of changes below folders. Folders are watched, not files: editors put a new
// file in the place of the old one.
type watch struct {
	events  *fsnotify.Watcher
	changed chan string // the file that changed last, once all is quiet

	mu      sync.Mutex
	folders []Folder
}

func newWatch() (*watch, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch for changes: %w", err)
	}
	return &watch{events: events, changed: make(chan string)}, nil
}

func (w *watch) close() { w.events.Close() }

// follow watches these folders from now on. One that is not there is found when it appears
// in one that is.
func (w *watch) follow(folders []Folder) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.folders = nil
	for _, f := range folders {
		f.Path = filepath.Clean(f.Path)
		w.folders = append(w.folders, f)
		w.follows(f)
	}
}

// follows watches a folder, or the nearest one above it that is there.
func (w *watch) follows(f Folder) {
	dir := f.Path
	for !isDir(dir) && dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir)
	}
	if f.Names != nil || dir != f.Path {
		w.add(dir)
		return
	}
	w.addAll(dir)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// addAll watches a folder and those below it that are not hidden.
func (w *watch) addAll(dir string) {
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || !d.IsDir():
			return nil // it comes and goes: the next event tells
		case path != dir && hidden(path):
			return fs.SkipDir
		}
		w.add(path)
		return nil
	})
}

// add watches a folder. Where the system has no watches left, changes there go unseen until
// something else changes: better than not to serve at all.
func (w *watch) add(dir string) { _ = w.events.Add(dir) }

// run tells of changes until the context ends.
func (w *watch) run(ctx context.Context) {
	var name string
	var wait <-chan time.Time
	var tell chan<- string // nil unless there is something to tell
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-w.events.Events:
			if w.counts(e) {
				name, wait, tell = e.Name, time.After(quiet), nil
			}
		case <-w.events.Errors: // some were lost, so anything may have changed
			name, wait, tell = "files", time.After(quiet), nil
		case <-wait:
			wait, tell = nil, w.changed
		case tell <- name:
			tell = nil
		}
	}
}

// counts reports whether an event may change the site, and follows folders that appear.
func (w *watch) counts(e fsnotify.Event) bool {
	path := filepath.Clean(e.Name)
	if e.Op == fsnotify.Chmod || hidden(path) || strings.HasSuffix(path, "~") {
		return false
	}
	created := e.Has(fsnotify.Create) && isDir(path)
	w.mu.Lock()
	defer w.mu.Unlock()
	counts := false
	for _, f := range w.folders {
		switch {
		case below(f.Path, path): // it came or went, or one above it
			counts = true
			if created {
				w.follows(f)
			}
		case f.Names == nil && below(path, f.Path):
			counts = true
			if created {
				w.addAll(path)
			}
		case filepath.Dir(path) == f.Path && matches(f.Names, filepath.Base(path)):
			counts = true
		}
	}
	return counts
}

func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		ok, err := filepath.Match(p, name)
		return ok && err == nil
	})
}

// below reports whether a path is dir or lies in it.
func below(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

func hidden(path string) bool { return strings.HasPrefix(filepath.Base(path), ".") }
