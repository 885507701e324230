package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// measure is what one build, or the floor, took and made.
type measure struct {
	wall, cpu time.Duration // cpu is user and system time
	peak      int64         // bytes of memory; 0 where it is not known
	pages     int           // 0 for the floor
	files     int
	written   int // files that were not already there with the same bytes
	bytes     int64
}

// stage is a line of "uptree build --timings".
type stage struct {
	name string
	took time.Duration
}

// build runs uptree once.
func (b bench) build(site, public string, clock time.Time) (measure, []stage, error) {
	cmd := exec.Command(b.uptree, "build", "--json", "--timings", "--source", site, "--destination", public, "--as-of", clock.Format(time.RFC3339))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return measure{}, nil, fmt.Errorf("%w\n%s", err, bytes.TrimSpace(stderr.Bytes()))
	}
	m := measure{wall: time.Since(began), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peak: peakMemory(cmd.ProcessState)}
	if err := m.made(stdout.Bytes()); err != nil {
		return measure{}, nil, fmt.Errorf("what uptree says of its build: %w", err)
	}
	return m, parseStages(stderr.String()), nil
}

// made takes over what the build says that it made.
func (m *measure) made(report []byte) error {
	var said struct {
		Pages int
		Files struct {
			Added, Changed, Unchanged int
			Bytes                     int64
		}
	}
	if err := json.Unmarshal(report, &said); err != nil {
		return err
	}
	f := said.Files
	m.pages, m.written, m.files, m.bytes = said.Pages, f.Added+f.Changed, f.Added+f.Changed+f.Unchanged, f.Bytes
	return nil
}

// parseStages finds the timings among all that uptree prints: "ingest 0.143 s".
func parseStages(stderr string) []stage {
	var out []stage
	for line := range strings.Lines(stderr) {
		f := strings.Fields(line)
		if len(f) != 3 || f[2] != "s" {
			continue
		}
		if seconds, err := strconv.ParseFloat(f[1], 64); err == nil {
			out = append(out, stage{f[0], time.Duration(seconds * float64(time.Second))})
		}
	}
	return out
}
