package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTheTableHasARowPerBuildAndTheFloor(t *testing.T) {
	second := time.Second
	r := figures{
		size: "S",
		builds: []measure{
			{wall: 2 * second, cpu: 3 * second, peak: 64_000_000, pages: 10, files: 30, written: 30, bytes: 1_500_000},
			{wall: second / 2, cpu: second, peak: 60_000_000, pages: 10, files: 30, bytes: 1_500_000},
			{wall: second, cpu: 2 * second, pages: 10, files: 30, written: 4, bytes: 1_500_000},
			{wall: 3 * second, cpu: 2 * second, pages: 10, files: 30, written: 5, bytes: 1_500_000},
		},
		floor:  measure{wall: second / 4, cpu: second / 5, files: 30, written: 30, bytes: 1_500_000},
		stages: [][]stage{{{"ingest", second / 10}, {"render", 1700 * time.Millisecond}}, nil, nil, {{"history", second / 5}}},

		history: 5_400_000,
	}
	var out strings.Builder
	if err := printResults(&out, []figures{r}); err != nil {
		t.Fatal(err)
	}
	want := `
  size       build    wall  x floor  x cold     CPU     peak  pages  files  written   bytes
     S        cold  2.00 s     8.00    1.00  3.00 s  64.0 MB     10     30       30  1.5 MB
     S   unchanged  0.50 s     2.00    0.25  1.00 s  60.0 MB     10     30        0  1.5 MB
     S   10 min on  1.00 s     4.00    0.50  2.00 s        -     10     30        4  1.5 MB
     S  remembered  3.00 s    12.00    1.50  2.00 s        -     10     30        5  1.5 MB
     S       floor  0.25 s     1.00    0.12  0.20 s        -      -     30       30  1.5 MB

S, stages of the cold build: ingest 0.10 s render 1.70 s
S, stages of the remembered build: history 0.20 s
S, history: 5.4 MB
`
	if got := "\n" + out.String(); got != want {
		t.Errorf("got:%s\nwant:%s", got, want)
	}
}

func TestStagesAreFoundAmongProblems(t *testing.T) {
	got := parseStages("a.csv:3: warning[M108]: owner \"x\" is no node\nconfig        0.013 s\nrender        3.365 s\n769 pages for 152 nodes\n")
	want := []stage{{"config", 13 * time.Millisecond}, {"render", 3365 * time.Millisecond}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTheFloorHasThePathsAndLengthsOfTheSite(t *testing.T) {
	public, floor := t.TempDir(), filepath.Join(t.TempDir(), "floor")
	lengths := map[string]int{"index.html": 70_000, "empty.csv": 0, "org/a/index.html": 3, "org/a/data.csv": 40, "org/b/index.html": 9}
	for name, n := range lengths {
		path := filepath.Join(public, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, make([]byte, n), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	m, err := measureFloor(public, floor)
	if err != nil {
		t.Fatal(err)
	}
	for name, n := range lengths {
		if info, err := os.Stat(filepath.Join(floor, name)); err != nil || info.Size() != int64(n) {
			t.Errorf("%s: %v, want %d bytes (%v)", name, info, n, err)
		}
	}
	if m.files != len(lengths) || m.bytes != 70_052 || m.wall <= 0 {
		t.Errorf("measured %+v", m)
	}
}

func TestABuildThatFailsIsToldWithWhatItSaid(t *testing.T) {
	program := filepath.Join(t.TempDir(), "uptree")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho no such flag >&2\nexit 2\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	var out, stderr strings.Builder
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	code := run([]string{"bench", "-uptree", program, "-sizes", "S"}, &out, &stderr)
	if code != 1 || !strings.Contains(stderr.String(), "size S: cold build: exit status 2\nno such flag") || out.Len() > 0 {
		t.Errorf("exit %d:\n%s%s", code, out.String(), stderr.String())
	}
	if left, err := fs.Glob(os.DirFS(temp), "*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
