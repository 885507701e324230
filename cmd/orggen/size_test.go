package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"github.com/BurntSushi/toml"
)

// writeS writes the smallest size and returns its folder.
func writeS(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if code := run([]string{"size", "-size", "S", "-o", dir}, os.Stdout, os.Stderr); code != 0 {
		t.Fatalf("exit %d", code)
	}
	return dir
}

func TestSizeSHasItsNumbersOfRecords(t *testing.T) {
	dir := writeS(t)
	for pattern, want := range map[string]int{
		"org.csv": 150, "services.csv": 600, "incidents-*.csv": 5_000, "synthetics-*.csv": 600 * 90, "journeys.csv": 12,
	} {
		if got := len(table(t, dir, pattern)); got != want {
			t.Errorf("%s: %d records, want %d", pattern, got, want)
		}
	}
	if n := len(table(t, dir, "dependencies.csv")); n < 1700 || n > 1800 {
		t.Errorf("%d dependencies, want about three per service", n)
	}
	if paths, _ := filepath.Glob(filepath.Join(dir, "data", "synthetics-*.csv")); len(paths) != 8 {
		t.Errorf("results are in %d files, want 8", len(paths))
	}
	if paths, _ := filepath.Glob(filepath.Join(dir, "content", "org", "*.md")); len(paths) != 8 {
		t.Errorf("%d documents, want 8", len(paths))
	}
	var site map[string]any
	if _, err := toml.DecodeFile(filepath.Join(dir, "site.toml"), &site); err != nil {
		t.Error(err)
	}
}

// table reads the records of files by position.
func table(t *testing.T, dir, pattern string) [][]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "data", pattern))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no %s: %v", pattern, err)
	}
	var rows [][]string
	for _, path := range paths {
		all, err := csv.NewReader(bytes.NewReader(readFile(t, path))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		rows = append(rows, all[1:]...)
	}
	return rows
}

func TestSizeSReferencesExist(t *testing.T) {
	dir := writeS(t)
	ids := map[string]bool{"": true}
	for _, pattern := range []string{"org.csv", "services.csv"} {
		for _, r := range table(t, dir, pattern) {
			if ids[r[0]] {
				t.Fatalf("%s: id %q twice", pattern, r[0])
			}
			ids[r[0]] = true
		}
	}
	columns := map[string][]int{"org.csv": {3}, "dependencies.csv": {0, 1}, "journeys.csv": {2}, "incidents-*.csv": {4, 5}, "synthetics-*.csv": {2}}
	for pattern, at := range columns {
		for _, r := range table(t, dir, pattern) {
			for _, c := range at {
				for _, id := range idList(r[c]) {
					if !ids[id] {
						t.Fatalf("%s: unknown %q in %v", pattern, id, r)
					}
				}
			}
		}
	}
}

// The trees are six to nine levels deep, a parent before its children.
func TestTreesOfAllSizesAreDeep(t *testing.T) {
	for _, z := range sizes {
		b, r := bulk{size: z}, stream(1, "nodes")
		level, deepest := make([]int, z.nodes), 0
		level[0] = 1
		for i := 1; i < z.nodes; i++ {
			level[i] = level[b.parent(r, i)] + 1
			deepest = max(deepest, level[i])
		}
		if deepest < 6 || deepest > 9 {
			t.Errorf("size %s is %d levels deep", z.name, deepest)
		}
	}
}

func TestSizeIsTheSameEachTime(t *testing.T) {
	first, second := writeS(t), writeS(t)
	for _, name := range names(t, filepath.Join(first, "data")) {
		if !bytes.Equal(readFile(t, filepath.Join(first, "data", name)), readFile(t, filepath.Join(second, "data", name))) {
			t.Errorf("data/%s differs between two runs", name)
		}
	}
}
