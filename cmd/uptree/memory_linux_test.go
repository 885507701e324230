package main

import (
	"bufio"
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

const manyResults = `
[source.org]
dataset = "nodes"
path = "org.csv"

[source.services]
dataset = "services"
path = "services.csv"

[source.probes]
dataset = "synthetics"
path = "results.jsonl"
max_bytes = 4000000000
`

// TestMemoryOfMuchInput reads a large source of JSON Lines. A gigabyte of it, 6.5 million
// results, takes less than 400 MB, through columns and through a map; a tenth, which is what
// is read unless UPTREE_TEST_INPUT_MB says otherwise, takes less than 100.
func TestMemoryOfMuchInput(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads 200 MB")
	}
	size := 100
	if text := os.Getenv("UPTREE_TEST_INPUT_MB"); text != "" {
		var err error
		if size, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	bound := int64(66 + size/3) // MB
	s := newSite(t, map[string]string{
		"org.csv":      "id,title,parent\nacme,Acme,\npayments,Payments,acme\n",
		"services.csv": "id,title,owner\ncheckout,Checkout,payments\nrefunds,Refunds,payments\n",
	})
	s.useBuilt()
	writeResults(t, filepath.Join(s.dir, "results.jsonl"), int64(size)*1e6)
	for name, lines := range map[string]string{
		"columns": `columns = { test = "probe", passed = "up" }`,
		"map":     `map = '{test: .probe, service, started, location, passed: .up, failed, url}'`,
	} {
		s.write("site.toml", manyResults+lines+"\n")
		// Where other tests take the processors the collector comes late: the least of some
		// builds is what the program needs.
		least := int64(math.MaxInt64)
		for range 4 {
			peak, took := s.measure()
			t.Logf("%s: %d MB of input, peak %d MB, %.0f MB/s", name, size, peak, float64(size)/took.Seconds())
			if err := os.RemoveAll(filepath.Join(s.dir, ".uptree")); err != nil {
				t.Fatal(err)
			}
			if least = min(least, peak); least <= bound {
				break
			}
		}
		if least > bound {
			t.Errorf("%s: %d MB of input take %d MB of memory, want at most %d", name, size, least, bound)
		}
	}
}

// measure builds the site and returns the most memory that took at once, in MB. It is read
// while the program runs: what the system says at the end counts the memory of the test as
// well, from which the program was started.
func (s *site) measure() (peak int64, took time.Duration) {
	s.Helper()
	var out bytes.Buffer
	cmd := s.command("build", "--as-of", "2026-11-20")
	cmd.Stdout, cmd.Stderr = &out, &out
	began := time.Now()
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			if err != nil || peak == 0 {
				s.Fatalf("%v, peak %d: %s", err, peak, out.String())
			}
			return peak * 1024 / 1e6, time.Since(began)
		case <-tick.C:
			peak = max(peak, highWater(cmd.Process.Pid))
		}
	}
}

// highWater is the most memory that a process has had, in KiB; 0 where it has ended.
func highWater(pid int) int64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	line, _, _ := strings.Cut(after, "kB")
	n, _ := strconv.ParseInt(strings.TrimSpace(line), 10, 64)
	return n
}

// writeResults writes results of forty tests from four places, each with an id and an
// address of its own, as probes give them: by time, the tests mixed.
func writeResults(t *testing.T, path string, size int64) {
	t.Helper()
	const tests, from = 40, 90 * 24 * time.Hour
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	rounds := size / (tests * 4 * 160)
	start := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC).Add(-from)
	for written, n := int64(0), int64(0); written < size; n++ {
		round := n / (tests * 4)
		at := start.Add(from * time.Duration(min(round, rounds)) / time.Duration(rounds+1)).Format(time.RFC3339)
		failed := 0
		if n*2654435761>>7%997 == 0 {
			failed = 1
		}
		line, err := fmt.Fprintf(w, `{"probe":"probe-%d","service":"%s","started":"%s","location":"eu-%d","up":%d,"failed":%d,"url":"https://probes.example/%x-%d"}`+"\n",
			n/4%tests, [...]string{"checkout", "refunds"}[n/4%2], at, n%4, 1-failed, failed, n*2654435761, n)
		if err != nil {
			t.Fatal(err)
		}
		written += int64(line)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
