//go:build unix

package source

import (
	"path/filepath"
	"syscall"
	"testing"

	"uptree/generator/config"
)

// Opening a pipe would wait for its writer, that is for ever.
func TestPipeIsRefusedWithoutWaiting(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "a.csv"), 0o644); err != nil {
		t.Skip("needs pipes:", err)
	}
	for _, path := range []string{"a.csv", "*.csv"} {
		if p, _ := fetch(t, dir, config.Source{Path: path}); p.Reason != "a.csv: is not a regular file" {
			t.Errorf("%s: got %+v", path, p)
		}
	}
}
