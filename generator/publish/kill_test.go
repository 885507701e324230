package publish

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// killedEnv makes the test binary a program that publishes until it is killed.
const killedEnv = "UPTREE_TEST_PUBLISH"

func TestMain(m *testing.M) {
	if arg := os.Getenv(killedEnv); arg != "" {
		publishForever(arg)
	}
	os.Exit(m.Run())
}

// generation is a site of which each file tells when it was made. From one to the next
// some pages stay, some change, some come and go, and one turns from file to directory.
func generation(g int) tree {
	site := tree{"index.html": strconv.Itoa(g)}
	for i := range 40 {
		site[fmt.Sprintf("p/%d/index.html", i)] = strings.Repeat(fmt.Sprintf("page %d of %d\n", i, g/(i%5+1)), 30)
	}
	site[fmt.Sprintf("only/%d/index.html", g%3)] = "only"
	if g%2 == 0 {
		site["shape"] = "file"
	} else {
		site["shape/index.html"] = "directory"
	}
	return site
}

func publishForever(arg string) {
	publisher, rest, _ := strings.Cut(arg, ":")
	first, dir, _ := strings.Cut(rest, ":")
	g, _ := strconv.Atoi(first)
	fmt.Println("ready")
	for ; ; g++ {
		if _, err := publish(Options{Dir: dir, Publisher: publisher}, generation(g)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// killWhilePublishing runs a publishing program and kills it at a random moment.
func killWhilePublishing(t *testing.T, opts Options, first int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s:%d:%s", killedEnv, opts.Publisher, first, opts.Dir))
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	bufio.NewReader(out).ReadString('\n')
	time.Sleep(time.Duration(rand.IntN(60_000)) * time.Microsecond)
	cmd.Process.Kill()
	cmd.Wait()
	if complaint.Len() > 0 {
		t.Fatalf("publishing after a kill: %s", complaint.String())
	}
}

// untilKilled repeats a round with a growing generation, for a bounded time.
func untilKilled(t *testing.T, round func(g int)) {
	rounds, limit := 30, 4*time.Second
	if testing.Short() {
		rounds = 5
	}
	for start, i := time.Now(), 0; i < rounds && time.Since(start) < limit && !t.Failed(); i++ {
		round(i * 1000)
	}
}

// intact checks that the directory holds one whole generation, which it returns.
func intact(t *testing.T, dir string) {
	t.Helper()
	got := read(t, dir)
	g, err := strconv.Atoi(got["index.html"])
	if err != nil {
		t.Fatalf("index.html holds %q", got["index.html"])
	}
	if diff := cmp.Diff(generation(g), got); diff != "" {
		t.Errorf("neither the old site nor the new one (-generation %d +got):\n%s", g, diff)
	}
	m, err := ReadManifest(os.DirFS(dir))
	if err != nil || len(m) != len(got) {
		t.Errorf("the manifest has %d rows for %d files: %v", len(m), len(got), err)
	}
	for _, f := range m {
		if f.SHA256 != sha256.Sum256([]byte(got[f.Path])) {
			t.Errorf("the manifest has another hash for %s", f.Path)
		}
	}
}

func TestAKillDuringSwapLeavesTheOldSiteOrTheNewOne(t *testing.T) {
	opts := Options{Dir: filepath.Join(t.TempDir(), "public"), Publisher: Swap}
	mustPublish(t, opts, generation(0))
	untilKilled(t, func(g int) {
		killWhilePublishing(t, opts, g)
		intact(t, opts.Dir)
	})
	mustPublish(t, opts, generation(1))
	intact(t, opts.Dir)
	wantNoLeftovers(t, opts.Dir)
}

func TestAKillDuringFilesIsCompletedByTheNextRun(t *testing.T) {
	opts := Options{Dir: filepath.Join(t.TempDir(), "public"), Publisher: Files}
	foreign := tree{"CNAME": "example.org", ".git/HEAD": "ref", "p/3/notes.txt": "mine", "only/notes.txt": "mine"}
	write(t, opts.Dir, foreign)
	write(t, opts.Dir, tree{ManifestName: "[]"})
	untilKilled(t, func(g int) {
		killWhilePublishing(t, opts, g)
		if g%2000 == 0 {
			killWhilePublishing(t, opts, g+1) // a kill of the run that was to complete it
		}
		mustPublish(t, opts, generation(g))
		for name, content := range foreign {
			raw, err := os.ReadFile(filepath.Join(opts.Dir, name))
			if err != nil || string(raw) != content {
				t.Errorf("foreign %s holds %q, %v", name, raw, err)
			}
		}
		site := generation(g)
		for name, content := range foreign {
			site[name] = content
		}
		want(t, opts.Dir, site)
		wantNoLeftovers(t, opts.Dir)
	})
}

// The moments of a files run are too short for a random kill to meet each: here they are
// made by hand.
func TestFilesCompletesEachUnfinishedState(t *testing.T) {
	old, unfinished := tree{"index.html": "a", "b": "1", "gone": "g"}, tree{"index.html": "a", "b": "2", "c/d": "new"}
	journal := tree{journalName: `["b","c/d","gone"]`}
	tests := map[string]func(dir string) error{
		"after the journal":  func(dir string) error { return nil },
		"after the first":    func(dir string) error { return os.WriteFile(filepath.Join(dir, "b"), []byte("2"), 0o644) },
		"after the removals": func(dir string) error { return os.Remove(filepath.Join(dir, "gone")) },
		"after all files": func(dir string) error {
			return errors.Join(os.WriteFile(filepath.Join(dir, "b"), []byte("2"), 0o644),
				os.Mkdir(filepath.Join(dir, "c"), 0o755), os.WriteFile(filepath.Join(dir, "c/d"), []byte("new"), 0o644))
		},
	}
	for name, state := range tests {
		for nextName, next := range map[string]tree{"the same": unfinished, "the old": old, "another": {"index.html": "z"}} {
			for _, publisher := range []string{Swap, Files} {
				t.Run(name+", next "+nextName+" by "+publisher, func(t *testing.T) {
					dir := filepath.Join(t.TempDir(), "public")
					mustPublish(t, Options{Dir: dir, Publisher: Files}, old)
					write(t, dir, journal)
					if err := state(dir); err != nil {
						t.Fatal(err)
					}
					// What an unfinished run wrote may look as old as the manifest.
					past := time.Now().Add(-time.Hour)
					os.Chtimes(filepath.Join(dir, "b"), past, past)
					mustPublish(t, Options{Dir: dir, Publisher: publisher}, next)
					want(t, dir, next)
					wantNoLeftovers(t, dir)
				})
			}
		}
	}
}

func TestAFirstRunThatWasKilledIsTakenUp(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	write(t, dir, tree{stageName + "/index.html": "half", "b": "1", journalName: `["b","index.html"]`})
	mustPublish(t, Options{Dir: dir}, site)
	want(t, dir, site)
	wantNoLeftovers(t, dir)
}

func TestASiteRenamedAsideByAKilledRunComesBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, Options{Dir: dir}, site)
	staging := filepath.Join(filepath.Dir(dir), ".public.uptree-1")
	write(t, staging, tree{markerName: "", siteName + "/index.html": "new"})
	if err := os.Rename(dir, filepath.Join(staging, asideName)); err != nil {
		t.Fatal(err)
	}
	s, err := Open(context.Background(), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	want(t, dir, site)
	if err := s.Discard(); err != nil {
		t.Error(err)
	}
	wantNoLeftovers(t, dir)
}

func TestLeftoversOfOthersStay(t *testing.T) {
	base := t.TempDir()
	theirs := tree{".public.uptree-notes/x": "x", ".public2.uptree-1/" + markerName: "", ".public.uptree-file": "x"}
	write(t, base, theirs)
	mustPublish(t, Options{Dir: filepath.Join(base, "public")}, site)
	for name := range theirs {
		if _, err := os.Stat(filepath.Join(base, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestRenameAsideRollsBack(t *testing.T) {
	base := t.TempDir()
	write(t, base, tree{"public/index.html": "old"})
	err := renameAside(filepath.Join(base, "missing"), filepath.Join(base, "public"), filepath.Join(base, "aside"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error is %v", err)
	}
	want(t, filepath.Join(base, "public"), tree{"index.html": "old"})
}
