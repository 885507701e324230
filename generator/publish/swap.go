package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// errNoExchange is wrapped when the destination cannot be replaced as a whole and was not
// touched.
var errNoExchange = errors.New("the destination cannot be exchanged as a whole")

// The parts of a staging directory .<name>.uptree-<random> beside the destination. The new
// tree lies one level down, so that the marker never becomes part of a site.
const (
	markerName = "made-by-uptree"
	siteName   = "site"  // the new tree; the old one after an exchange
	asideName  = "aside" // the old tree while it is renamed aside
)

// swap stages the whole tree beside the destination and exchanges the two.
type swap struct {
	*Stage
	dir  string   // the staging directory
	site *os.Root // its new tree
}

func (s *Stage) newSwap() (publisher, error) {
	dir, err := os.MkdirTemp(s.dest.parent(), "."+filepath.Base(s.dest.dir)+".uptree-*")
	if err != nil {
		return nil, fmt.Errorf("make the staging directory: %w", err)
	}
	w := &swap{Stage: s, dir: dir}
	if err := w.fill(); err != nil {
		return nil, errors.Join(fmt.Errorf("make the staging directory: %w", err), w.remove())
	}
	return w, nil
}

func (w *swap) fill() error {
	if err := os.WriteFile(filepath.Join(w.dir, markerName), nil, 0o644); err != nil {
		return err
	}
	tree := filepath.Join(w.dir, siteName)
	if err := os.Mkdir(tree, 0o755); err != nil {
		return err
	}
	if info, err := os.Stat(w.dest.dir); err == nil {
		if err := os.Chmod(tree, info.Mode().Perm()|0o700); err != nil {
			return err
		}
	}
	var err error
	w.site, err = os.OpenRoot(tree)
	return err
}

func (w *swap) name() string { return Swap }

func (w *swap) staged() *os.Root { return w.site }

func (w *swap) remove() error {
	if w.site != nil {
		w.site.Close()
	}
	return removeStaging(w.dir)
}

// removeStaging removes a staging directory, its marker last, so that the next run still
// knows what a kill leaves of it.
func removeStaging(dir string) error {
	for _, tree := range []string{siteName, asideName} {
		if err := os.RemoveAll(filepath.Join(dir, tree)); err != nil {
			return err
		}
	}
	return os.RemoveAll(dir)
}

func (w *swap) install(p *plan) error {
	extra, err := w.old.foreign(".")
	if err != nil {
		return err
	}
	if extra != "" {
		return fmt.Errorf("%w: it holds %q, which uptree did not write", errNoExchange, extra)
	}
	if err := w.takeOver(p); err != nil {
		return err
	}
	if err := writeSynced(w.site, ManifestName, p.manifest.encode); err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	if err := syncDir(filepath.Join(w.dir, siteName)); err != nil {
		return fmt.Errorf("flush the staged site: %w", err)
	}
	return w.replace()
}

// takeOver links the kept files of the old tree into the new one.
func (w *swap) takeOver(p *plan) error {
	if len(p.kept) == 0 {
		return nil
	}
	above, err := os.OpenRoot(w.dest.parent())
	if err != nil {
		return fmt.Errorf("open the directory above the destination: %w", err)
	}
	defer above.Close()
	from := filepath.Base(w.dest.dir) + "/"
	to := filepath.Base(w.dir) + "/" + siteName + "/"
	return inParallel(len(p.kept), func(i int) error {
		name := p.kept[i]
		if err := w.link(above, from+name, to+name, name); err != nil {
			return fmt.Errorf("take over %s: %w", name, err)
		}
		row, _ := p.manifest.Find(name)
		return requireFile(w.site.Lstat, row)
	})
}

// link makes a kept file part of the new tree: the same file under a second name where the
// file system can, else a copy with the same time.
func (w *swap) link(above *os.Root, from, to, name string) error {
	err := above.Link(from, to)
	if errors.Is(err, fs.ErrNotExist) && strings.Contains(name, "/") {
		if err = w.site.MkdirAll(path.Dir(name), 0o755); err == nil {
			err = above.Link(from, to)
		}
	}
	if err == nil {
		return nil
	}
	return w.copy(name)
}

func (w *swap) copy(name string) error {
	in, err := w.old.root.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := w.site.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err := errors.Join(err, out.Close()); err != nil {
		return err
	}
	return w.site.Chtimes(name, info.ModTime(), info.ModTime())
}

// replace puts the new tree at the destination; the old one ends in the staging directory.
func (w *swap) replace() error {
	tree := filepath.Join(w.dir, siteName)
	_, err := os.Lstat(w.dest.dir)
	if errors.Is(err, fs.ErrNotExist) {
		err = os.Rename(tree, w.dest.dir)
	} else if err == nil {
		err = w.exchange(tree)
	}
	if err != nil {
		return err
	}
	if err := syncDir(w.dest.parent()); err != nil {
		w.opts.Log(fmt.Sprintf("the site is published, but not yet safe from a power cut: %v", err))
	}
	return nil
}

func (w *swap) exchange(tree string) error {
	err := exchange(tree, w.dest.dir)
	if err == nil {
		return nil
	}
	if noExchange := errors.Is(err, errors.ErrUnsupported); !noExchange || hasExchange && w.opts.Publisher == "" {
		return fmt.Errorf("%w: %w", errNoExchange, err)
	}
	w.site.Close() // not every system renames a directory that is open
	w.old.close()
	return renameAside(tree, w.dest.dir, filepath.Join(w.dir, asideName))
}

// renameAside replaces a directory in two steps. A kill between them leaves no site until
// the next run, which puts the old one back.
func renameAside(tree, dest, aside string) error {
	if err := os.Rename(dest, aside); err != nil {
		return fmt.Errorf("move the old site aside: %w", err)
	}
	if err := os.Rename(tree, dest); err != nil {
		return errors.Join(fmt.Errorf("move the new site in: %w", err), os.Rename(aside, dest))
	}
	return nil
}

// cleanLeftovers removes the staging directories of killed runs, and puts the old site back
// if one of them had renamed it aside. Nobody else works there: the lock is held.
func (s *Stage) cleanLeftovers() error {
	entries, err := os.ReadDir(s.dest.parent())
	if err != nil {
		return fmt.Errorf("look for leftovers beside the destination: %w", err)
	}
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), "."+filepath.Base(s.dest.dir)+".uptree-") {
			continue
		}
		if err := s.cleanLeftover(filepath.Join(s.dest.parent(), e.Name())); err != nil {
			return fmt.Errorf("clean up after a run that was killed: %w", err)
		}
	}
	return nil
}

func (s *Stage) cleanLeftover(dir string) error {
	if _, err := os.Lstat(filepath.Join(dir, markerName)); err != nil {
		os.Remove(dir) // succeeds if it is empty: a run killed before it wrote the marker
		return nil
	}
	if _, err := os.Lstat(s.dest.dir); errors.Is(err, fs.ErrNotExist) {
		err := os.Rename(filepath.Join(dir, asideName), s.dest.dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	s.opts.Log("cleaning up after a run that was killed")
	return removeStaging(dir)
}
