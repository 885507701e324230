package publish

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// journalName is the list of the paths that an unfinished run of the files publisher was
// to write or remove: a JSON array, sorted. It exists only while such a run is unfinished.
const journalName = ownPrefix + "journal"

// ErrNotOurs is wrapped by the errors about a destination that holds what uptree did not make.
var ErrNotOurs = errors.New("refusing to publish over files that uptree did not make")

const adoptHint = "choose an empty directory, or write a " + ManifestName + " that holds [] to let uptree publish beside these files"

// previous is the site that stands in the destination.
type previous struct {
	root    *os.Root // nil if there is no directory yet
	rows    Manifest
	written time.Time // when the manifest was written; its files are not younger
	journal []string  // paths that an unfinished run touched: rows do not tell what they hold
}

// readPrevious opens the destination and reads what uptree published there last.
func readPrevious(dir string) (*previous, error) {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return &previous{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open the destination: %w", err)
	}
	old := &previous{root: root}
	if err := old.read(dir); err != nil {
		root.Close()
		return nil, err
	}
	return old, nil
}

func (o *previous) read(dir string) error {
	if err := o.readJournal(); err != nil {
		return err
	}
	rows, err := ReadManifest(o.root.FS())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return o.requireEmpty(dir)
	case errors.Is(err, ErrBadManifest):
		return fmt.Errorf("%w: %s: %w (%s)", ErrNotOurs, dir, err, adoptHint)
	case err != nil:
		return err
	}
	info, err := o.root.Stat(ManifestName)
	if err != nil {
		return fmt.Errorf("look at the manifest: %w", err)
	}
	o.rows, o.written = rows, info.ModTime()
	return nil
}

// requireEmpty refuses a directory without a manifest, unless it holds nothing but what an
// unfinished first run left.
func (o *previous) requireEmpty(dir string) error {
	extra, err := o.foreignTop()
	if err != nil || extra == "" {
		return err
	}
	return fmt.Errorf("%w: %s holds %q but no %s (%s)", ErrNotOurs, dir, extra, ManifestName, adoptHint)
}

func (o *previous) readJournal() error {
	raw, err := o.root.ReadFile(journalName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the journal of the last run: %w", err)
	}
	if err := json.Unmarshal(raw, &o.journal); err != nil {
		return fmt.Errorf("read the journal of the last run, %s: %w", journalName, err)
	}
	for _, p := range o.journal {
		if err := checkPath(p); err != nil {
			return fmt.Errorf("read the journal of the last run, %s: %w", journalName, err)
		}
	}
	slices.Sort(o.journal)
	return nil
}

// unsure reports whether the file on disk may not be the one that the manifest lists.
func (o *previous) unsure(name string) bool {
	_, found := slices.BinarySearch(o.journal, name)
	return found
}

// owns reports whether uptree made the file.
func (o *previous) owns(name string) bool {
	_, ok := o.rows.Find(name)
	return ok || o.unsure(name)
}

// ownsDir reports whether uptree made a file below the directory.
func (o *previous) ownsDir(dir string) bool {
	i, _ := slices.BinarySearch(o.journal, dir+"/")
	return o.rows.holdsDir(dir) || i < len(o.journal) && strings.HasPrefix(o.journal[i], dir+"/")
}

// holds reports whether the file on disk has the row's content. The manifest's word is
// taken for it where size and time agree; otherwise the bytes are compared.
func (o *previous) holds(f File, content []byte) bool {
	row, listed := o.rows.Find(f.Path)
	if unsure := o.unsure(f.Path); !unsure && row != f || !listed && !unsure {
		return false
	}
	whole, trusted := o.look(f)
	if !whole || trusted {
		return whole
	}
	disk, err := o.root.ReadFile(f.Path)
	return err == nil && bytes.Equal(disk, content)
}

// look reports whether a regular file of the row's size is on disk, and whether it can be
// trusted to be the listed one: it is not, if it changed after the manifest was written.
func (o *previous) look(f File) (whole, trusted bool) {
	if o.root == nil {
		return false, false
	}
	info, err := o.root.Lstat(f.Path)
	whole = err == nil && info.Mode().IsRegular() && info.Size() == f.Bytes
	return whole, whole && !o.unsure(f.Path) && !info.ModTime().After(o.written)
}

// gone returns the owned paths that the new site does not have, sorted.
func (o *previous) gone(now Manifest) []string {
	var out []string
	for _, f := range o.rows {
		if _, ok := now.Find(f.Path); !ok {
			out = append(out, f.Path)
		}
	}
	for _, p := range o.journal {
		if _, ok := now.Find(p); !ok {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// foreignTop returns an entry at the top of the destination that is not uptree's, or "".
// It is the cheap look that finds CNAME and .git before anything is written.
func (o *previous) foreignTop() (string, error) {
	if o.root == nil {
		return "", nil
	}
	entries, err := fs.ReadDir(o.root.FS(), ".")
	if err != nil {
		return "", fmt.Errorf("list the destination: %w", err)
	}
	for _, e := range entries {
		if !o.ours(e.Name(), e) {
			return e.Name(), nil
		}
	}
	return "", nil
}

// foreign returns the first entry at or below a directory that is not uptree's, or "".
func (o *previous) foreign(dir string) (string, error) {
	if o.root == nil {
		return "", nil
	}
	found := ""
	err := fs.WalkDir(o.root.FS(), dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".":
			return nil
		case !o.ours(name, e):
			found = name
			return fs.SkipAll
		case e.IsDir() && strings.HasPrefix(name, ownPrefix):
			return fs.SkipDir
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("look for foreign files in the destination: %w", err)
	}
	return found, nil
}

func (o *previous) ours(name string, e fs.DirEntry) bool {
	if name == ManifestName || path.Dir(name) == "." && strings.HasPrefix(name, ownPrefix) {
		return true
	}
	if e.IsDir() {
		return o.ownsDir(name)
	}
	return o.owns(name)
}

func (o *previous) close() {
	if o.root != nil {
		o.root.Close()
	}
}
