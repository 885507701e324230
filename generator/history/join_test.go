package history

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/published"
)

// site publishes a memory and returns where.
func site(t *testing.T, m *Memory) published.Site {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, Folder), 0o700); err != nil {
		t.Fatal(err)
	}
	rows := []publishedFile{}
	_, err := m.Publish(func(string) bool { return true }, func(path string, content []byte) error {
		rows = append(rows, publishedFile{path, fmt.Sprintf("%x", sha256.Sum256(content)), int64(len(content))})
		return os.WriteFile(filepath.Join(dir, filepath.FromSlash(path)), content, 0o600)
	})
	text, err2 := json.Marshal(rows)
	if err = errors.Join(err, err2, os.WriteFile(filepath.Join(dir, "manifest.json"), text, 0o600)); err != nil {
		t.Fatal(err)
	}
	return published.Site(dir)
}

// lineOf is a line of builds of one site: what three of them saw.
func lineOf(t *testing.T) (one, two, three *Memory) {
	t.Helper()
	one, _ = merged(t, New(nil, nil), pull("2026-03-01", states("acme", "shop=acme"),
		facts("tracker", incidents, "A 2026-01-10 1", "B 2026-02-20 1"), facts("probes", results, "t 2026-01-01 1", "t 2026-02-28 1")))
	two, _ = merged(t, one, pull("2026-03-05", states("acme", "shop=acme", "ops=shop"),
		facts("tracker", incidents, "B 2026-02-20 2"), facts("probes", results, "t 2026-02-28 2", "t 2026-03-04 2")))
	three, _ = merged(t, two, pull("2026-03-09", states("acme", "ops=acme"),
		facts("tracker", incidents, "B 2026-02-20 2", "C 2026-03-08 3"), facts("probes", results, "t 2026-03-04 2", "t 2026-03-08 3")))
	return one, two, three
}

// lookFrom is the build of the last day of lineOf in a cache that was begun anew.
func lookFrom(t *testing.T) *Memory {
	m, _ := merged(t, New(nil, nil), pull("2026-03-09", states("acme", "ops=acme"),
		facts("tracker", incidents, "B 2026-02-20 2", "C 2026-03-08 3"), facts("probes", results, "t 2026-03-04 2", "t 2026-03-08 3")))
	return m
}

func TestWhatIsBesideAPublishedSite(t *testing.T) {
	one, two, three := lineOf(t)
	half := maps.Clone(contents(t, three))
	delete(half, aIncidents)
	for _, c := range []struct {
		name              string
		published, beside *Memory
		want              *Memory
	}{
		{"nothing", two, New(nil, nil), two},
		{"an older one", three, one, three},
		{"the same", two, two, two},
		{"a newer one", one, three, three},
		{"one begun anew", two, lookFrom(t), three},
		{"one begun anew when nothing was published of late", lookFrom(t), two, three},
		{"one that lost a file", three, New(files(half), errors.New("1 file is gone")), three},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := pull("2026-03-10", states("acme"))
			got, err := Beside(t.Context(), site(t, c.published), c.beside, &in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(facets(t, c.want), facets(t, got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// facets are the files of a memory, and its journal without what each build looked at: a
// cache that was begun anew has not looked on the days between.
func facets(t *testing.T, m *Memory) map[string]string {
	all := contents(t, m)
	all[journalName] = date(m.journal.began) + " " + date(m.journal.last) + " " + fmt.Sprint(slices.Sorted(maps.Keys(m.journal.definitions)))
	return all
}

// TestWhatWasNotSeenMeanwhileHoldsUntilItIsSeen: a node that is gone when a cache begins anew
// was there until then.
func TestWhatWasNotSeenMeanwhileHoldsUntilItIsSeen(t *testing.T) {
	_, two, _ := lineOf(t)
	in := pull("2026-03-10", states("acme", "ops=acme"))
	m, err := Beside(t.Context(), site(t, two), lookFrom(t), &in)
	if err != nil {
		t.Fatal(err)
	}
	in.States = []States{states("acme", "ops=acme")}
	_, recall, _ := m.Merge(in)
	wants(t, recalled(t, recall)[len(recalled(t, recall))-2:],
		`{"id":"ops","parent":"shop","valid_from":"2026-03-05","valid_to":"2026-03-08"}`,
		`{"id":"shop","parent":"acme","valid_from":"1970-01-01","valid_to":"2026-03-08"}`)
}

func TestStepsOfAMemoryThatWasBegunAnewComeBehind(t *testing.T) {
	_, two, _ := lineOf(t)
	step := func(at, to string) Step { return Step{day(at), "owner", "cards", "ops", to} }
	in := pull("2026-03-10", states("acme"))
	m, err := Beside(t.Context(), site(t, two.WithSteps([]Step{step("2026-03-04", "a"), step("2026-03-09", "b")})),
		lookFrom(t).WithSteps([]Step{step("2026-03-09", "c"), step("2026-03-10", "d")}), &in)
	if err != nil {
		t.Fatal(err)
	}
	got, problems := m.Steps()
	if diff := cmp.Diff([]Step{step("2026-03-04", "a"), step("2026-03-09", "c"), step("2026-03-10", "d")}, got); diff != "" || len(problems) > 0 {
		t.Error(diff, problems)
	}
}

func TestASiteOfAnotherOrganisation(t *testing.T) {
	_, two, _ := lineOf(t)
	in := pull("2026-03-10", states("elsewhere", "there=elsewhere"))
	for _, local := range []*Memory{New(nil, nil), lookFrom(t)} {
		if m, err := Beside(context.Background(), site(t, two), local, &in); err == nil {
			t.Errorf("it is taken for ours: %v", m.journal)
		}
	}
}
