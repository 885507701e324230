package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"uptree/generator/model"
)

// repo is the folder that holds the sample organisation.
const repo = "../.."

// row is a record by column.
type row map[string]string

// list splits a cell that holds a list.
func (r row) list(column string) []string { return idList(r[column]) }

// records is what the committed sample holds, by dataset.
type records struct {
	nodes, services, dependencies, journeys, incidents, results []row
	notices                                                     []notice
	browser                                                     []browserRun
}

func readRecords(t *testing.T) *records {
	t.Helper()
	r := &records{
		nodes: readCSV(t, "org.csv"), services: readCSV(t, "services.csv"), dependencies: readCSV(t, "dependencies.csv"),
		journeys: readCSV(t, "journeys.csv"), incidents: readCSV(t, "incidents-*.csv"), results: readCSV(t, "synthetics-*.csv"),
	}
	readJSON(t, "supplier-notices.jsonl", &r.notices)
	readJSON(t, "browser-tests.jsonl", &r.browser)
	return r
}

func readCSV(t *testing.T, pattern string) []row {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(repo, "data", pattern))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files match %s: %v", pattern, err)
	}
	var rows []row
	for _, path := range paths {
		all, err := csv.NewReader(bytes.NewReader(readFile(t, path))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, cells := range all[1:] {
			r := row{}
			for i, cell := range cells {
				r[all[0][i]] = cell
			}
			rows = append(rows, r)
		}
	}
	return rows
}

func readJSON[T any](t *testing.T, name string, into *[]T) {
	t.Helper()
	for line := range bytes.Lines(readFile(t, filepath.Join(repo, "data", name))) {
		var value T
		if err := json.Unmarshal(line, &value); err != nil {
			t.Fatalf("%s: %v: %s", name, err, line)
		}
		*into = append(*into, value)
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheCommittedSampleIsWhatTheCommandWrites(t *testing.T) {
	dir := t.TempDir()
	if code := run([]string{"sample", "-o", dir}, os.Stdout, os.Stderr); code != 0 {
		t.Fatalf("exit %d", code)
	}
	written, committed := names(t, filepath.Join(dir, "data")), names(t, filepath.Join(repo, "data"))
	if !slices.Equal(written, committed) {
		t.Fatalf("files: wrote %v, committed are %v", written, committed)
	}
	for _, name := range written {
		if !bytes.Equal(readFile(t, filepath.Join(dir, "data", name)), readFile(t, filepath.Join(repo, "data", name))) {
			t.Errorf("data/%s differs: run \"go run ./cmd/orggen sample -o .\" and commit", name)
		}
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestAnotherSeedGivesOtherIncidentsForTheSameOrganisation(t *testing.T) {
	dir := t.TempDir()
	if code := run([]string{"sample", "-o", dir, "-seed", "2"}, os.Stdout, os.Stderr); code != 0 {
		t.Fatalf("exit %d", code)
	}
	for name, same := range map[string]bool{"org.csv": true, "services.csv": true, "incidents-2026.csv": false, "dependencies.csv": false} {
		got := bytes.Equal(readFile(t, filepath.Join(dir, "data", name)), readFile(t, filepath.Join(repo, "data", name)))
		if got != same {
			t.Errorf("%s: same bytes %v, want %v", name, got, same)
		}
	}
}

func TestTheSampleHasItsSize(t *testing.T) {
	r := readRecords(t)
	for _, c := range []struct {
		what           string
		got, low, high int
	}{
		{"nodes", len(r.nodes), 115, 130},
		{"services", len(r.services), 240, 265},
		{"rows of dependencies", len(r.dependencies), 1000, 1150},
		{"journeys", len(r.journeys), 18, 24},
		{"incidents", len(r.incidents), 1250, 1550},
		{"bytes of data and content", treeBytes(t, "data") + treeBytes(t, "content"), 0, 5_700_000},
	} {
		if c.got < c.low || c.got > c.high {
			t.Errorf("%s: %d, want %d to %d", c.what, c.got, c.low, c.high)
		}
	}
}

func treeBytes(t *testing.T, dir string) int {
	t.Helper()
	total := 0
	err := filepath.WalkDir(filepath.Join(repo, dir), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			total += len(readFile(t, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return total
}

func TestColumnsAreFieldsOfTheirDataset(t *testing.T) {
	for pattern, dataset := range map[string]model.Dataset{
		"org.csv": model.Nodes, "services.csv": model.Services, "dependencies.csv": model.Dependencies,
		"journeys.csv": model.Journeys, "incidents-*.csv": model.Incidents, "synthetics-*.csv": model.Synthetics,
	} {
		for column := range readCSV(t, pattern)[0] {
			if dataset.FieldIndex(column) < 0 {
				t.Errorf("%s: %q is no field of %s", pattern, column, dataset)
			}
		}
	}
}

func TestFilesAreUTF8WithUnixLineEndsAndNoSpaceAtTheEnds(t *testing.T) {
	for _, name := range names(t, filepath.Join(repo, "data")) {
		b := readFile(t, filepath.Join(repo, "data", name))
		if !utf8.Valid(b) || bytes.ContainsRune(b, '\r') || !bytes.HasSuffix(b, []byte("\n")) {
			t.Errorf("%s is not plain UTF-8 text", name)
		}
		for line := range bytes.Lines(b) {
			if s := strings.TrimSuffix(string(line), "\n"); s == "" || s != strings.TrimSpace(s) {
				t.Errorf("%s: line %q", name, line)
			}
		}
	}
}
