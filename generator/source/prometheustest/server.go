// Package prometheustest runs a real Prometheus for tests: in a folder of its own, on a port
// of its own, gone when the test is over. It can be stopped and started in between.
package prometheustest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
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

// Server is a Prometheus on 127.0.0.1 that watches itself and the exporters it was given.
type Server struct {
	t    TB
	dir  string
	bin  string
	port int
	run  *exec.Cmd // nil while it is stopped
}

// patience is how long a server may take to start, to end or to have seen something.
const patience = 30 * time.Second

// Wanted reports whether a test that needs Prometheus is to run: not where there is none,
// but always in CI, where it then fails.
func Wanted() bool {
	_, err := exec.LookPath("prometheus")
	return err == nil || os.Getenv("CI") != ""
}

// Start makes a server that scrapes itself and the exporters, host:port each, twice a
// second, and starts it. Without Prometheus on the machine the test is skipped, in CI (the
// variable CI is set) it fails.
func Start(t TB, exporters ...string) *Server {
	t.Helper()
	bin, err := exec.LookPath("prometheus")
	switch {
	case err != nil && Wanted():
		t.Fatalf("Prometheus is not here: install Debian's package prometheus")
	case err != nil:
		t.Skipf("Prometheus is not here: install Debian's package prometheus")
	}
	dir, err := os.MkdirTemp("", "uptree-prometheus-")
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
	s.configure(exporters)
	s.Start()
	return s
}

func (s *Server) configure(exporters []string) {
	s.t.Helper()
	text := fmt.Sprintf(`
global: { scrape_interval: 500ms, scrape_timeout: 500ms }
scrape_configs:
  - { job_name: prometheus, static_configs: [{ targets: [%q] }] }
`, s.Host())
	for i, exporter := range exporters {
		text += fmt.Sprintf("  - { job_name: exporter%d, honor_labels: true, static_configs: [{ targets: [%q] }] }\n", i+1, exporter)
	}
	if err := os.WriteFile(s.config(), []byte(text), 0o600); err != nil {
		s.t.Fatalf("%v", err)
	}
}

func (s *Server) config() string { return filepath.Join(s.dir, "prometheus.yml") }

// URL is the address before /api/v1.
func (s *Server) URL() string { return "http://" + s.Host() }

// Host is host and port.
func (s *Server) Host() string { return fmt.Sprintf("127.0.0.1:%d", s.port) }

// Start starts the server, which was stopped, with the data that it had.
func (s *Server) Start() {
	s.t.Helper()
	s.run = exec.Command(s.bin, "--config.file="+s.config(), "--storage.tsdb.path="+filepath.Join(s.dir, "data"),
		"--web.listen-address="+s.Host(), "--log.level=error")
	s.run.Dir = s.dir
	var said bytes.Buffer
	s.run.Stdout, s.run.Stderr = &said, &said
	if err := s.run.Start(); err != nil {
		s.t.Fatalf("%v", err)
	}
	if !eventually(func() bool { return answers(s.URL() + "/-/ready") }) {
		s.Stop()
		s.t.Fatalf("Prometheus has not started: %s", &said)
	}
}

// Stop stops the server, if it runs.
func (s *Server) Stop() {
	s.t.Helper()
	if s.run == nil {
		return
	}
	if err := s.run.Process.Signal(os.Interrupt); err != nil {
		s.t.Fatalf("stop Prometheus: %v", err)
	}
	process := s.run.Process
	late := time.AfterFunc(patience, func() { process.Kill() }) // then Wait says so
	defer late.Stop()
	err := s.run.Wait()
	s.run = nil
	if err != nil {
		s.t.Fatalf("stop Prometheus: %v", err)
	}
}

// Await waits until a query gives something.
func (s *Server) Await(query string) {
	s.t.Helper()
	if !eventually(func() bool { return s.gives(query) }) {
		s.t.Fatalf("Prometheus gives nothing for %s", query)
	}
}

func (s *Server) gives(query string) bool {
	resp, err := http.Get(s.URL() + "/api/v1/query?" + url.Values{"query": {query}}.Encode())
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	var answer struct {
		Data struct{ Result []any }
	}
	return json.NewDecoder(resp.Body).Decode(&answer) == nil && len(answer.Data.Result) > 0
}

func answers(address string) bool {
	resp, err := http.Get(address)
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func eventually(happens func() bool) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if happens() {
			return true
		}
	}
	return false
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

// Exporter serves metrics, in the text that Prometheus reads, and returns its host:port.
func Exporter(t TB, metrics func() string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("%v", err)
	}
	server := &http.Server{ReadHeaderTimeout: patience, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		fmt.Fprintln(w, strings.TrimSpace(metrics()))
	})}
	go server.Serve(l) // until it is closed
	t.Cleanup(func() { server.Close() })
	return l.Addr().String()
}

// Zone is one in which it is about noon: no midnight comes while a test runs.
func Zone() *time.Location {
	ahead := 12 - time.Now().UTC().Hour()
	zone, err := time.LoadLocation(fmt.Sprintf("Etc/GMT%+d", -ahead)) // the sign is that of POSIX
	if err != nil {
		panic(err) // they are on every machine
	}
	return zone
}
