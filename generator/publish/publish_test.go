package publish

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/diag"
)

// tree is the content of a directory: path to bytes.
type tree map[string]string

// put opens a stage and pushes all files into it.
func put(opts Options, files tree) (*Stage, error) {
	s, err := Open(context.Background(), opts)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := s.Put(name, []byte(files[name])); err != nil {
			return nil, errors.Join(err, s.Discard())
		}
	}
	return s, nil
}

func publish(opts Options, files tree) (Result, error) {
	s, err := put(opts, files)
	if err != nil {
		return Result{}, err
	}
	result, problems, err := s.Commit(context.Background(), nil)
	if problems.HasErrors() {
		err = errors.Join(err, errors.New(problems[0].Text))
	}
	return result, err
}

func mustPublish(t *testing.T, opts Options, files tree) Result {
	t.Helper()
	result, err := publish(opts, files)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// read returns what stands in a directory, without the manifest and the lock.
func read(t testing.TB, dir string) tree {
	t.Helper()
	out := tree{}
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		raw, err := os.ReadFile(name)
		if rel != ManifestName && rel != lockName {
			out[filepath.ToSlash(rel)] = string(raw)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func want(t *testing.T, dir string, files tree) {
	t.Helper()
	if diff := cmp.Diff(files, read(t, dir)); diff != "" {
		t.Errorf("the destination (-want +got):\n%s", diff)
	}
}

// wantNoLeftovers checks that beside the site there is only it and its lock.
func wantNoLeftovers(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.Contains(e.Name(), ".uptree-") {
			t.Errorf("leftover %s beside the destination", e.Name())
		}
	}
	for _, name := range []string{stageName, journalName} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			t.Errorf("leftover %s in the destination", name)
		}
	}
}

func eachPublisher(t *testing.T, test func(t *testing.T, opts Options)) {
	for _, name := range []string{Swap, Files} {
		t.Run(name, func(t *testing.T) {
			test(t, Options{Dir: filepath.Join(t.TempDir(), "public"), Publisher: name})
		})
	}
}

func TestPublishBringsTheDestinationToTheNewSite(t *testing.T) {
	long := strings.Repeat("n", maxSegment)
	tests := []struct {
		name     string
		old, new tree
		want     Result
	}{
		{"a first site", nil, tree{"index.html": "a", "org/x/index.html": "b"},
			Result{Added: 2, ChangedPaths: []string{"index.html", "org/x/index.html"}, Bytes: 2, Written: 2}},
		{"nothing changed", tree{"index.html": "a"}, tree{"index.html": "a"},
			Result{Unchanged: 1, Bytes: 1}},
		{"one page changed", tree{"index.html": "a", "b/c": "1"}, tree{"index.html": "a", "b/c": "22"},
			Result{Changed: 1, Unchanged: 1, ChangedPaths: []string{"b/c"}, Bytes: 3, Written: 2}},
		{"one page gone with its directories", tree{"index.html": "a", "b/c/d": "1"}, tree{"index.html": "a"},
			Result{Removed: 1, Unchanged: 1, ChangedPaths: []string{"b/c/d"}, Bytes: 1}},
		{"a file becomes a directory", tree{"index.html": "a", "b": "1"}, tree{"index.html": "a", "b/c": "1"},
			Result{Added: 1, Removed: 1, Unchanged: 1, ChangedPaths: []string{"b", "b/c"}, Bytes: 2, Written: 1}},
		{"a directory becomes a file", tree{"index.html": "a", "b/c/d": "1", "b/e": "1"}, tree{"index.html": "a", "b": "1"},
			Result{Added: 1, Removed: 2, Unchanged: 1, ChangedPaths: []string{"b", "b/c/d", "b/e"}, Bytes: 2, Written: 1}},
		{"a name changes its case", tree{"index.html": "a", "b/C": "1"}, tree{"index.html": "a", "b/c": "1"},
			Result{Added: 1, Removed: 1, Unchanged: 1, ChangedPaths: []string{"b/C", "b/c"}, Bytes: 2, Written: 1}},
		{"names at the limits", nil, tree{"index.html": "", long: "x", "日本/ü~2f/<&>\"'": "y"},
			Result{Added: 3, ChangedPaths: []string{"index.html", long, "日本/ü~2f/<&>\"'"}, Bytes: 2, Written: 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			eachPublisher(t, func(t *testing.T, opts Options) {
				if tt.old != nil {
					mustPublish(t, opts, tt.old)
				}
				got := mustPublish(t, opts, tt.new)
				tt.want.Publisher = opts.Publisher
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("Result (-want +got):\n%s", diff)
				}
				want(t, opts.Dir, tt.new)
				wantNoLeftovers(t, opts.Dir)
				if again := mustPublish(t, opts, tt.new); again.Unchanged != len(tt.new) || again.Written != 0 {
					t.Errorf("publishing the same site again gives %+v", again)
				}
			})
		})
	}
}

func TestUnchangedFilesKeepTheirTimeAndPlaceOnDisk(t *testing.T) {
	eachPublisher(t, func(t *testing.T, opts Options) {
		mustPublish(t, opts, tree{"index.html": "a", "p/index.html": "p"})
		past := time.Now().Add(-time.Hour).Truncate(time.Second)
		page := filepath.Join(opts.Dir, "p/index.html")
		if err := os.Chtimes(page, past, past); err != nil {
			t.Fatal(err)
		}
		before, _ := os.Stat(page)
		mustPublish(t, opts, tree{"index.html": "changed", "p/index.html": "p"})
		after, err := os.Stat(page)
		if err != nil || !after.ModTime().Equal(past) || !os.SameFile(before, after) {
			t.Errorf("the unchanged page was written again: %v, %v", after, err)
		}
	})
}

func TestARebuildWithoutChangesTouchesNothing(t *testing.T) {
	eachPublisher(t, func(t *testing.T, opts Options) {
		site := tree{"index.html": "a", "p/index.html": "p"}
		mustPublish(t, opts, site)
		manifest, _ := os.Stat(filepath.Join(opts.Dir, ManifestName))
		page, _ := os.Stat(filepath.Join(opts.Dir, "index.html"))
		mustPublish(t, opts, site)
		manifest2, _ := os.Stat(filepath.Join(opts.Dir, ManifestName))
		page2, _ := os.Stat(filepath.Join(opts.Dir, "index.html"))
		if !os.SameFile(manifest, manifest2) || !manifest.ModTime().Equal(manifest2.ModTime()) || !os.SameFile(page, page2) {
			t.Error("files were replaced although nothing changed")
		}
	})
}

func TestAPageEditedByHandIsPublishedAgain(t *testing.T) {
	edits := map[string]func(page string) error{
		"same size":  func(page string) error { return os.WriteFile(page, []byte("X"), 0o644) },
		"other size": func(page string) error { return os.WriteFile(page, []byte("XXX"), 0o644) },
		"removed":    os.Remove,
		"a symbolic link": func(page string) error {
			return errors.Join(os.Remove(page), os.Symlink("index.html", page))
		},
	}
	for name, edit := range edits {
		t.Run(name, func(t *testing.T) {
			eachPublisher(t, func(t *testing.T, opts Options) {
				site := tree{"index.html": "a", "p": "p"}
				mustPublish(t, opts, site)
				page := filepath.Join(opts.Dir, "p")
				if err := edit(page); err != nil {
					t.Fatal(err)
				}
				later := time.Now().Add(time.Minute) // whatever the resolution of the clock
				os.Chtimes(page, later, later)
				mustPublish(t, opts, site)
				want(t, opts.Dir, site)
				if info, _ := os.Lstat(page); !info.Mode().IsRegular() {
					t.Errorf("the page is now %v", info.Mode())
				}
			})
		})
	}
}

func TestVerifySeesTheWholeNewSiteAndCanStopIt(t *testing.T) {
	eachPublisher(t, func(t *testing.T, opts Options) {
		old := tree{"index.html": "a", "kept": "k", "gone": "g"}
		mustPublish(t, opts, old)
		broken := diag.List{{Code: diag.BrokenInternal, Text: "a broken link"}}
		s, err := put(opts, tree{"index.html": "new", "kept": "k"})
		if err != nil {
			t.Fatal(err)
		}
		seen := tree{}
		_, problems, err := s.Commit(context.Background(), func(site *Site) (diag.List, error) {
			for _, f := range site.Files() {
				raw, err := fs.ReadFile(site, f.Path)
				if err != nil {
					return nil, err
				}
				seen[f.Path] = string(raw)
			}
			if site.Has("gone") || !site.Has("kept") || !site.Has(ManifestName) {
				t.Error("Has does not agree with the new site")
			}
			return broken, nil
		})
		if diff := cmp.Diff(tree{"index.html": "new", "kept": "k"}, seen); err != nil || diff != "" {
			t.Errorf("verify sees (-want +got):\n%s%v", diff, err)
		}
		if !slices.Equal(problems, broken) {
			t.Errorf("problems are %v, want %v", problems, broken)
		}
		want(t, opts.Dir, old)
		wantNoLeftovers(t, opts.Dir)
	})
}

func TestAnUnfinishedSiteReplacesNothing(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	end := map[string]func(s *Stage) error{
		"discarded": func(s *Stage) error { return errors.Join(s.Discard(), errors.New("discarded")) },
		"interrupted": func(s *Stage) error {
			_, _, err := s.Commit(cancelled, nil)
			return err
		},
		"verify fails": func(s *Stage) error {
			_, _, err := s.Commit(context.Background(), func(*Site) (diag.List, error) { return nil, fs.ErrInvalid })
			return err
		},
		"a file could not be put": func(s *Stage) error {
			s.Put("../x", nil)
			_, _, err := s.Commit(context.Background(), nil)
			return err
		},
		"a staged file was cut short": func(s *Stage) error {
			file, _ := s.pub.staged().Create("index.html")
			file.Close()
			_, _, err := s.Commit(context.Background(), nil)
			return err
		},
	}
	for name, end := range end {
		t.Run(name, func(t *testing.T) {
			eachPublisher(t, func(t *testing.T, opts Options) {
				old := tree{"index.html": "a", "gone": "g"}
				mustPublish(t, opts, old)
				s, err := put(opts, tree{"index.html": "new"})
				if err != nil {
					t.Fatal(err)
				}
				if end(s) == nil {
					t.Error("no error")
				}
				if err := s.Put("late", nil); err == nil {
					t.Error("Put after the end gives no error")
				}
				want(t, opts.Dir, old)
				wantNoLeftovers(t, opts.Dir)
				mustPublish(t, opts, old) // the lock is free again
			})
		})
	}
}

func TestASiteWithoutIndexIsRefused(t *testing.T) {
	eachPublisher(t, func(t *testing.T, opts Options) {
		if _, err := publish(opts, tree{"a.html": "a"}); err == nil || !strings.Contains(err.Error(), "no index.html") {
			t.Errorf("error is %v", err)
		}
	})
}
