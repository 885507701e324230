package publish

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// isMount reports whether the directory is the root of a mount. Comparing device numbers
// is not enough: a bind mount has those of the file system it shows.
func isMount(dir string) bool {
	var at unix.Statx_t
	err := unix.Statx(unix.AT_FDCWD, dir, unix.AT_SYMLINK_NOFOLLOW, 0, &at)
	if err == nil && at.Attributes_mask&unix.STATX_ATTR_MOUNT_ROOT != 0 {
		return at.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0
	}
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
const hasExchange = true

// exchange swaps two directories in one step. The error wraps errors.ErrUnsupported where
// the kernel or the file system cannot.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	if err == unix.EINVAL || err == unix.ENOSYS {
		err = errors.Join(err, errors.ErrUnsupported)
	}
	return err
}
