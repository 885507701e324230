package publish

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/diag"
)

var site = tree{"index.html": "a", "org/x/index.html": "x"}

// write puts files of somebody else into a directory.
func write(t *testing.T, dir string, files tree) {
	t.Helper()
	for name, content := range files {
		file := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(content), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestADirectoryThatUptreeDidNotMakeIsRefused(t *testing.T) {
	row := `{"path":"p","sha256":"` + strings.Repeat("0", 64) + `","bytes":1}`
	tests := map[string]tree{
		"somebody's file":                      {"thesis.txt": "years of work"},
		"a hidden file":                        {".git/HEAD": "ref"},
		"the manifest of a web app":            {"manifest.json": `{"name":"app"}`},
		"a manifest that is cut short":         {"manifest.json": "[" + row},
		"a manifest with text behind":          {"manifest.json": "[" + row + "] []"},
		"a manifest with a row twice":          {"manifest.json": "[" + row + "," + row + "]"},
		"a manifest that names a file outside": {"manifest.json": strings.Replace("["+row+"]", `"p"`, `"../p"`, 1)},
		"a manifest without a hash":            {"manifest.json": `[{"path":"p","bytes":1}]`},
		"a manifest without a size":            {"manifest.json": strings.Replace("["+row+"]", `,"bytes":1`, "", 1)},
		"an empty manifest file":               {"manifest.json": ""},
		"a journal that is cut short":          {journalName: `["a`},
		"a journal that names a file outside":  {journalName: `["../a"]`},
	}
	for name, files := range tests {
		t.Run(name, func(t *testing.T) {
			for _, publisher := range []string{"", Swap, Files} {
				dir := filepath.Join(t.TempDir(), "public")
				write(t, dir, files)
				_, err := publish(Options{Dir: dir, Publisher: publisher}, site)
				if err == nil || files[journalName] == "" && !errors.Is(err, ErrNotOurs) {
					t.Errorf("publisher %q: error is %v", publisher, err)
				}
				if diff := cmp.Diff(files["manifest.json"], readManifestFile(dir)); diff != "" {
					t.Errorf("the manifest changed:\n%s", diff)
				}
				rest := maps.Clone(files)
				delete(rest, "manifest.json")
				want(t, dir, rest)
				if beside, _ := os.ReadDir(filepath.Dir(dir)); errors.Is(err, ErrNotOurs) && len(beside) != 1 {
					t.Errorf("beside the directory there is now %v", beside)
				}
			}
		})
	}
}

func readManifestFile(dir string) string {
	raw, _ := os.ReadFile(filepath.Join(dir, ManifestName))
	return string(raw)
}

func TestDestinationsThatCannotBeDirectories(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, tree{"file": "f"})
	os.Symlink("nowhere", filepath.Join(dir, "dangling"))
	for _, name := range []string{"file", "dangling", "file/below"} {
		if _, err := publish(Options{Dir: filepath.Join(dir, name)}, site); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := publish(Options{Dir: filepath.Join(dir, "new"), Publisher: "rsync"}, site); err == nil || !strings.Contains(err.Error(), `"rsync"`) {
		t.Errorf("unknown publisher: %v", err)
	}
	if _, err := publish(Options{Dir: "/"}, site); !errors.Is(err, ErrNotOurs) {
		t.Error("the root directory was taken")
	}
}

func TestThePublisherIsChosenByWhatStandsThere(t *testing.T) {
	tests := []struct {
		name      string
		prepare   func(t *testing.T, dir string)
		publisher string
	}{
		{"nothing", func(*testing.T, string) {}, Swap},
		{"an empty directory", func(t *testing.T, dir string) { os.Mkdir(dir, 0o755) }, Swap},
		{"an older site", func(t *testing.T, dir string) {
			mustPublish(t, Options{Dir: dir}, tree{"index.html": "old", "b/c": ""})
		}, Swap},
		{"a directory that was adopted", func(t *testing.T, dir string) { write(t, dir, tree{ManifestName: "[]"}) }, Swap},
		{"a foreign file at the top", func(t *testing.T, dir string) {
			write(t, dir, tree{ManifestName: "[]", "CNAME": "c", ".git/HEAD": "h"})
		}, Files},
		{"a foreign file deep inside", func(t *testing.T, dir string) {
			mustPublish(t, Options{Dir: dir}, tree{"index.html": "old", "org/x/y": ""})
			write(t, dir, tree{"org/x/notes": "n"})
		}, Files},
		{"a foreign empty directory", func(t *testing.T, dir string) {
			mustPublish(t, Options{Dir: dir}, tree{"index.html": "old", "org/x/y": ""})
			os.Mkdir(filepath.Join(dir, "org/uploads"), 0o755)
		}, Files},
		{"a symbolic link to a directory", func(t *testing.T, dir string) {
			real := filepath.Join(filepath.Dir(dir), "real")
			if err := errors.Join(os.Mkdir(real, 0o755), os.Symlink("real", dir)); err != nil {
				t.Fatal(err)
			}
		}, Files},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			tt.prepare(t, dir)
			foreign := tree{}
			for _, name := range []string{"CNAME", ".git/HEAD", "org/x/notes"} {
				if raw, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
					foreign[name] = string(raw)
				}
			}
			told := ""
			result := mustPublish(t, Options{Dir: dir, Log: func(line string) { told += line }}, site)
			if result.Publisher != tt.publisher || (told != "") != (tt.publisher == Files) {
				t.Errorf("published by %q, want %q; the log says %q", result.Publisher, tt.publisher, told)
			}
			got := read(t, dir)
			for name, content := range foreign {
				if got[name] != content {
					t.Errorf("foreign %s is now %q", name, got[name])
				}
				delete(got, name)
			}
			if diff := cmp.Diff(site, got); diff != "" {
				t.Errorf("the site (-want +got):\n%s", diff)
			}
			wantNoLeftovers(t, dir)
		})
	}
}

func TestSwapAskedForWhereItWouldLoseFilesIsRefused(t *testing.T) {
	for _, name := range []string{"CNAME", "org/x/CNAME"} {
		dir := filepath.Join(t.TempDir(), "public")
		mustPublish(t, Options{Dir: dir}, site)
		write(t, dir, tree{name: "c"})
		if _, err := publish(Options{Dir: dir, Publisher: Swap}, tree{"index.html": "new"}); err == nil {
			t.Errorf("%s: no error", name)
		}
		want(t, dir, tree{"index.html": "a", "org/x/index.html": "x", name: "c"})
	}
}

func TestForeignFilesInTheWayAreNotReplaced(t *testing.T) {
	tests := map[string]tree{
		"a file of the same path":         {"org/x/index.html": "mine"},
		"a file where a directory is due": {"org": "mine"},
		"a directory where a file is due": {"org/x/index.html/mine": "mine"},
	}
	for name, files := range tests {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			write(t, dir, files)
			write(t, dir, tree{ManifestName: "[]"})
			if _, err := publish(Options{Dir: dir}, site); !errors.Is(err, ErrNotOurs) {
				t.Errorf("error is %v", err)
			}
			want(t, dir, files)
			wantNoLeftovers(t, dir)
		})
	}
}

func TestSymbolicLinksInTheDestinationLeadNoWriteOutside(t *testing.T) {
	inside := "inside"
	for _, publisher := range []string{"", Files} {
		for name, target := range map[string]string{"absolute": "", "relative": "../outside", "within": inside} {
			t.Run(name+publisher, func(t *testing.T) {
				base := t.TempDir()
				dir, outside := filepath.Join(base, "public"), filepath.Join(base, "outside")
				mustPublish(t, Options{Dir: dir, Publisher: publisher}, tree{"index.html": "a", "org/x": "x", "org/gone": "g"})
				victim := tree{"x": "theirs", "gone": "theirs"}
				write(t, outside, victim)
				write(t, filepath.Join(dir, inside), victim)
				if target == "" {
					target = outside
				}
				if err := errors.Join(os.RemoveAll(filepath.Join(dir, "org")), os.Symlink(target, filepath.Join(dir, "org"))); err != nil {
					t.Fatal(err)
				}
				_, err := publish(Options{Dir: dir, Publisher: publisher}, tree{"index.html": "a", "org/x": "new"})
				if !errors.Is(err, ErrNotOurs) {
					t.Errorf("error is %v", err)
				}
				if _, err := publish(Options{Dir: dir, Publisher: publisher}, tree{"index.html": "new"}); err != nil {
					t.Errorf("a site without that directory: %v", err)
				}
				want(t, outside, victim)
				want(t, filepath.Join(dir, inside), victim)
			})
		}
	}
}

func TestHostilePathsAreRefused(t *testing.T) {
	paths := []string{
		"", ".", "..", "/", "/etc/passwd", "../x", "a/../../x", "a/..", "a/./b", "a//b", "a/", `a\b`, `..\x`, "C:/x", "a\x00b", "a\nb",
		"a\xffb", strings.Repeat("n", maxSegment+1), "a/" + strings.Repeat("n", maxSegment+1) + "/b", strings.Repeat("long/", maxPath/5) + "x",
		ManifestName, journalName, stageName + "/x", lockName,
	}
	base := t.TempDir()
	s, err := Open(context.Background(), Options{Dir: filepath.Join(base, "public")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Discard()
	for _, name := range paths {
		if err := s.Put(name, []byte("x")); !errors.Is(err, errUnsafePath) {
			t.Errorf("%q: error is %v", name, err)
		}
	}
	if len(s.entries) > 0 {
		t.Errorf("files were staged: %v", s.entries)
	}
}

func TestTwoFilesOfOnePathAreAProblemWhateverTheirOrder(t *testing.T) {
	tests := []struct {
		name  string
		paths []string
		text  string
	}{
		{"the same path", []string{"p/a", "p/a"}, `two files would be published as "p/a"`},
		{"another case", []string{"p/A", "P/a"}, `files whose names differ only in case would be published as "p/a"`},
		{"a file and a directory", []string{"p", "p/a/b"}, `"p" would be both a file and a directory`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			eachPublisher(t, func(t *testing.T, opts Options) {
				mustPublish(t, opts, site)
				for _, order := range [][2]int{{0, 1}, {1, 0}} {
					s, err := put(opts, site)
					if err != nil {
						t.Fatal(err)
					}
					for _, i := range order {
						if err := s.Put(tt.paths[i], []byte("x")); err != nil {
							t.Error(err)
						}
					}
					_, problems, err := s.Commit(context.Background(), nil)
					if err != nil || len(problems) != 1 || problems[0] != (diag.Problem{Code: diag.DuplicateURL, Text: tt.text}) {
						t.Errorf("problems are %v, %v, want %q", problems, err, tt.text)
					}
					want(t, opts.Dir, site)
				}
			})
		})
	}
}

func TestOneRunAtATime(t *testing.T) {
	eachPublisher(t, func(t *testing.T, opts Options) {
		s, err := put(opts, site)
		if err != nil {
			t.Fatal(err)
		}
		link := opts.Dir + "-link"
		if err := errors.Join(os.MkdirAll(opts.Dir, 0o755), os.Symlink("public", link)); err != nil {
			t.Fatal(err)
		}
		for _, dir := range []string{opts.Dir, opts.Dir + "/../public/", link} {
			if _, err := publish(Options{Dir: dir}, site); !errors.Is(err, ErrLocked) {
				t.Errorf("%s: error is %v", dir, err)
			}
		}
		if _, _, err := s.Commit(context.Background(), nil); err != nil {
			t.Error(err)
		}
		want(t, opts.Dir, site)
	})
}
