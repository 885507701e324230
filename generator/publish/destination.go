package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ErrLocked is wrapped by Open's error when another run publishes to the same destination.
var ErrLocked = errors.New("another run of uptree is publishing there")

// lockName is the lock file inside a destination whose parent cannot hold one.
const lockName = ownPrefix + "lock"

// destination is the directory to publish to, as it was found.
type destination struct {
	dir    string // absolute, with symbolic links resolved; it may not exist
	linked bool   // the caller's path is a symbolic link to it
	fixed  bool   // it is a mount point, or its parent cannot be written: no exchange
}

func (d destination) parent() string { return filepath.Dir(d.dir) }

// beside returns the name of something of ours next to the destination.
func (d destination) beside(suffix string) string {
	return filepath.Join(d.parent(), "."+filepath.Base(d.dir)+".uptree"+suffix)
}

// locate resolves the caller's path and makes the directories above it.
func locate(dir string) (destination, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return destination{}, fmt.Errorf("resolve the destination %s: %w", dir, err)
	}
	info, err := os.Lstat(abs)
	if errors.Is(err, fs.ErrNotExist) {
		return locateMissing(abs)
	}
	if err != nil {
		return destination{}, fmt.Errorf("look at the destination: %w", err)
	}
	d := destination{linked: info.Mode().Type() == fs.ModeSymlink}
	if d.dir, err = filepath.EvalSymlinks(abs); err != nil {
		return destination{}, fmt.Errorf("resolve the destination: %w", err)
	}
	if info, err = os.Stat(d.dir); err == nil && !info.IsDir() {
		return destination{}, fmt.Errorf("%w: %s is no directory", ErrNotOurs, dir)
	}
	if d.parent() == d.dir {
		return destination{}, fmt.Errorf("%w: %s is the root of a file system", ErrNotOurs, dir)
	}
	d.fixed = isMount(d.dir)
	return d, err
}

func locateMissing(abs string) (destination, error) {
	if err := os.MkdirAll(filepath.Dir(abs), 0o755); err != nil {
		return destination{}, fmt.Errorf("make the directory above the destination: %w", err)
	}
	parent, err := filepath.EvalSymlinks(filepath.Dir(abs))
	if err != nil {
		return destination{}, fmt.Errorf("resolve the destination: %w", err)
	}
	return destination{dir: filepath.Join(parent, filepath.Base(abs))}, nil
}

// lock takes the destination for this run. The lock file stands beside it, because an
// exchange replaces what is inside; where that is not possible, there is no exchange, and
// it stands inside. The file stays: removing it would let two runs lock two files.
func (d *destination) lock() (*flock.Flock, error) {
	if !d.fixed {
		held, err := tryLock(d.beside(".lock"))
		_, missing := os.Lstat(d.dir)
		if missing != nil || !errors.Is(err, fs.ErrPermission) && !isReadOnly(err) {
			return held, d.explain(err)
		}
		d.fixed = true
	}
	held, err := tryLock(filepath.Join(d.dir, lockName))
	return held, d.explain(err)
}

func (d *destination) explain(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("lock the destination %s: %w", d.dir, err)
}

func tryLock(file string) (*flock.Flock, error) {
	held := flock.New(file, flock.SetPermissions(0o644))
	ok, err := held.TryLock()
	if err == nil && !ok {
		err = ErrLocked
	}
	if err != nil {
		return nil, errors.Join(err, held.Close())
	}
	return held, nil
}
