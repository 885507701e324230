// Package postgrestest runs a real PostgreSQL for tests: in a folder of its own, on a port
// of its own, gone when the test is over. It can be stopped and started in between.
package postgrestest

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// TB is what is needed of a test: a testing.TB, or a script.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Skipf(format string, args ...any)
	Cleanup(func())
}

// Server is a PostgreSQL on 127.0.0.1. Its user "postgres" needs the password there.
type Server struct {
	t    TB
	dir  string
	bin  string // folder of its programs
	port int
	run  *exec.Cmd // nil while it is stopped
}

// patience is how long a server may take to start or to end.
const patience = 30 * time.Second

// Wanted reports whether a test that needs PostgreSQL is to run: not where there is none,
// but always in CI, where it then fails.
func Wanted() bool { return os.Getenv("CI") != "" || programs() != "" }

// Start makes a server with a password and starts it. Without PostgreSQL on the machine the
// test is skipped, in CI (the variable CI is set) it fails.
func Start(t TB, password string) *Server {
	t.Helper()
	bin := programs()
	switch {
	case bin == "" && Wanted():
		t.Fatalf("PostgreSQL is not here: install Debian's package postgresql")
	case bin == "":
		t.Skipf("PostgreSQL is not here: install Debian's package postgresql")
	}
	dir, err := os.MkdirTemp("", "uptree-postgres-") // short: a socket lies in it
	if err != nil {
		t.Fatalf("%v", err)
	}
	s := &Server{t: t, dir: dir, bin: bin, port: freePort(t)}
	t.Cleanup(func() {
		s.Stop()
		if err := os.RemoveAll(dir); err != nil {
			t.Fatalf("%v", err)
		}
	})
	secret := filepath.Join(dir, "password")
	if err := os.WriteFile(secret, []byte(password+"\n"), 0o600); err != nil {
		t.Fatalf("%v", err)
	}
	s.own(dir, secret)
	s.must("initdb", "-D", s.data(), "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync",
		"--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile="+secret)
	s.Start()
	return s
}

// URL is the address of a database, with the user and without the password. It does without
// TLS.
func (s *Server) URL(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
}

// Host is host and port.
func (s *Server) Host() string { return fmt.Sprintf("127.0.0.1:%d", s.port) }

// Start starts the server, which was stopped, with the data that it had
// and with further options of its program.
func (s *Server) Start(options ...string) {
	s.t.Helper()
	args := []string{"-D", s.data(), "-p", fmt.Sprint(s.port), "-k", s.dir, "-h", "127.0.0.1",
		"-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=20", "-c", "log_min_messages=panic"}
	s.run = s.command("postgres", append(args, options...)...)
	var said bytes.Buffer
	s.run.Stdout, s.run.Stderr = &said, &said
	if err := s.run.Start(); err != nil {
		s.t.Fatalf("%v", err)
	}
	var asked []byte
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if asked, err = s.psql("SELECT 1").CombinedOutput(); err == nil {
			return
		}
	}
	s.Stop()
	s.t.Fatalf("PostgreSQL has not started: %v: %s %s", err, asked, &said)
}

// Stop stops the server, if it runs, and cuts its connections.
func (s *Server) Stop() {
	s.t.Helper()
	if s.run == nil {
		return
	}
	if err := s.run.Process.Signal(os.Interrupt); err != nil {
		s.t.Fatalf("%v", err)
	}
	late := time.AfterFunc(patience, func() { s.run.Process.Kill() }) // then Wait says so
	defer late.Stop()
	if err := s.run.Wait(); err != nil {
		s.t.Fatalf("stop PostgreSQL: %v", err)
	}
	s.run = nil
}

// Encrypt makes the running server offer TLS with a certificate and its key, both PEM.
func (s *Server) Encrypt(cert, key string) {
	s.t.Helper()
	for name, text := range map[string]string{"server.crt": cert, "server.key": key} {
		path := filepath.Join(s.data(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			s.t.Fatalf("%v", err)
		}
		s.own(path)
	}
	s.Stop()
	s.Start("-c", "ssl=on")
}

// Exec runs statements in the database "postgres" and returns what they print.
func (s *Server) Exec(sql string) string {
	s.t.Helper()
	out, err := s.psql(sql).CombinedOutput()
	if err != nil {
		s.t.Fatalf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

func (s *Server) psql(sql string) *exec.Cmd {
	return s.command("psql", "-h", s.dir, "-p", fmt.Sprint(s.port), "-U", "postgres", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql)
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func (s *Server) must(program string, args ...string) {
	s.t.Helper()
	if out, err := s.command(program, args...).CombinedOutput(); err != nil {
		s.t.Fatalf("%s: %v: %s", program, err, out)
	}
}

// command is a program of the server, with nothing of the environment that could lead it
// elsewhere.
func (s *Server) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, program), args...)
	cmd.Dir = s.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
	asUser(s.t, cmd)
	return cmd
}

// programs is the folder of a PostgreSQL of the machine, with all that is needed of it: the
// newest of Debian's, else the one on the path. "" without one.
func programs() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is right
	slices.SortFunc(found, func(a, b string) int { return len(b) - len(a) + strings.Compare(b, a) })
	if path, err := exec.LookPath("postgres"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			found = append(found, filepath.Dir(path))
		}
	}
	for _, dir := range found {
		if whole(dir) {
			return dir
		}
	}
	return ""
}

func whole(dir string) bool {
	for _, program := range []string{"initdb", "postgres", "psql"} {
		if _, err := exec.LookPath(filepath.Join(dir, program)); err != nil {
			return false
		}
	}
	return true
}

func freePort(t TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
