//go:build unix && !linux

package publish

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// isMount reports whether the directory is the root of a mount.
func isMount(dir string) bool {
	here, errHere := os.Lstat(dir)
	above, errAbove := os.Lstat(filepath.Dir(dir))
	if errHere != nil || errAbove != nil {
		return false
	}
	a, okA := here.Sys().(*syscall.Stat_t)
	b, okB := above.Sys().(*syscall.Stat_t)
	return okA && okB && a.Dev != b.Dev
}

func isReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }

// hasExchange says that the system, if not each of its file systems, can exchange.
const hasExchange = false

// exchange is not to be had here: swap renames aside.
func exchange(_, _ string) error { return errors.ErrUnsupported }
