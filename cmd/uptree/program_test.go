package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// site is a folder in which the whole program runs.
type site struct {
	*testing.T
	dir     string
	env     []string
	program string // the test binary as uptree, which TestMain puts in the path; or a built one
}

func newSite(t *testing.T, files map[string]string) *site {
	s := &site{T: t, dir: t.TempDir(), env: append(os.Environ(), "SOURCE_DATE_EPOCH=", "NO_COLOR=1"), program: "uptree"}
	for name, content := range files {
		s.write(name, content)
	}
	return s
}

func (s *site) write(name, content string) {
	s.Helper()
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o600)); err != nil {
		s.Fatal(err)
	}
}

// builtDir is where the built program lies while the tests run.
var builtDir string

// inFolder runs the tests with a builtDir.
type inFolder struct{ *testing.M }

func (m inFolder) Run() int {
	dir, err := os.MkdirTemp("", "uptree-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	builtDir = dir
	return m.M.Run()
}

// built is the program as users have it: without the race detector, which takes its time
// and memory.
var built = sync.OnceValues(func() (string, error) {
	path := filepath.Join(builtDir, "uptree")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

// useBuilt makes the site one of the built program.
func (s *site) useBuilt() {
	s.Helper()
	path, err := built()
	if err != nil {
		s.Fatal(err)
	}
	s.program = path
}

// command is uptree as a process of its own.
func (s *site) command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(s.Context(), s.program, args...)
	cmd.Dir, cmd.Env = s.dir, s.env
	return cmd
}

// uptree runs the program to its end.
func (s *site) uptree(args ...string) (output string, code int) {
	s.Helper()
	out, err := s.command(args...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.Fatal(err)
	}
	if exit != nil {
		code = exit.ExitCode()
	}
	return string(out), code
}

func (s *site) read(name string) string {
	s.Helper()
	content, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		s.Error(err)
	}
	return string(content)
}

// tree returns all files below a folder, compressed ones as what they hold.
func (s *site) tree(folder string) map[string]string {
	s.Helper()
	files := map[string]string{}
	root := filepath.Join(s.dir, folder)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if err == nil && strings.HasSuffix(path, ".zst") {
			content, err = decompressed(content)
		}
		files[strings.TrimPrefix(path, root+"/")] = string(content)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return files
}

func decompressed(content []byte) ([]byte, error) {
	z, err := zstd.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	return io.ReadAll(z)
}
