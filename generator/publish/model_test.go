package publish

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Whatever sequence of sites is published by whichever publishers, with files edited by
// hand in between, the destination is the last site, and the counts are those of a model.
func TestAnySequenceOfBuildsEndsAtTheLastSite(t *testing.T) {
	names := []string{"a", "b/c", "b/d", "b/e/f", "g/h", "G/i"}
	rapid.Check(t, func(rt *rapid.T) {
		dir := filepath.Join(t.TempDir(), "public")
		before := tree{}
		for range rapid.IntRange(1, 4).Draw(rt, "builds") {
			now := tree{"index.html": rapid.SampledFrom([]string{"x", "y"}).Draw(rt, "index")}
			for _, name := range names {
				if content := rapid.SampledFrom([]string{"", "1", "2", "33"}).Draw(rt, name); content != "" {
					now[name] = content
				}
			}
			opts := Options{Dir: dir, Publisher: rapid.SampledFrom([]string{"", Swap, Files}).Draw(rt, "publisher")}
			got, err := publish(opts, now)
			if err != nil {
				rt.Fatal(err)
			}
			if diff := cmp.Diff(model(before, now), [4]int{got.Added, got.Changed, got.Unchanged, got.Removed}); diff != "" {
				rt.Fatalf("counts (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(now, read(t, dir)); diff != "" {
				rt.Fatalf("the destination (-want +got):\n%s", diff)
			}
			before = now
		}
	})
}

// model counts added, changed, unchanged and removed files.
func model(before, now tree) (n [4]int) {
	for name, content := range now {
		old, ok := before[name]
		switch {
		case !ok:
			n[0]++
		case old != content:
			n[1]++
		default:
			n[2]++
		}
	}
	for name := range before {
		if _, ok := now[name]; !ok {
			n[3]++
		}
	}
	return n
}

func TestPrecompressWritesTwinsOfWhatIsWorthIt(t *testing.T) {
	page := strings.Repeat("a page of words ", 200)
	noise := make([]byte, 4000)
	random := rand.NewChaCha8([32]byte{})
	random.Read(noise)
	site := tree{"index.html": page, "small.html": "small", "image.png": page, "noise.json": string(noise), "data.csv": page}
	eachPublisher(t, func(t *testing.T, opts Options) {
		opts.Precompress = true
		mustPublish(t, opts, site)
		twins := []string{"index.html.gz", "data.csv.gz"}
		got := read(t, opts.Dir)
		rest := maps.Clone(got)
		for _, twin := range twins {
			r, err := gzip.NewReader(strings.NewReader(got[twin]))
			if err != nil {
				t.Fatalf("%s: %v", twin, err)
			}
			raw, err := io.ReadAll(r)
			if err != nil || string(raw) != page || !r.ModTime.IsZero() {
				t.Errorf("%s holds %d bytes, time %v, %v", twin, len(raw), r.ModTime, err)
			}
			delete(rest, twin)
		}
		if diff := cmp.Diff(site, rest); diff != "" {
			t.Errorf("files without twins (-want +got):\n%s", diff)
		}
		if again := mustPublish(t, opts, site); again.Unchanged != 7 || again.Written > 0 {
			t.Errorf("again: %+v", again)
		}
		changed := maps.Clone(site)
		changed["data.csv"] += "more"
		if result := mustPublish(t, opts, changed); result.Changed != 2 {
			t.Errorf("a changed page and its twin: %+v", result)
		}
		opts.Precompress = false
		if result := mustPublish(t, opts, changed); result.Removed != 2 {
			t.Errorf("without twins: %+v", result)
		}
	})
}

func TestCompressedBytesAreTheSameEachTime(t *testing.T) {
	s := &Stage{}
	var first []byte
	for i := range 5 {
		if _, err := s.compress([]byte("something else in between")); err != nil {
			t.Fatal(err)
		}
		got, err := s.compress(bytes.Repeat([]byte("words "), 500))
		if i == 0 {
			first = got
		}
		if err != nil || !bytes.Equal(got, first) {
			t.Errorf("run %d differs, %v", i, err)
		}
	}
}

func TestADestinationThatCannotBeExchangedIsPublishedFileByFile(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "public")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, files := range []tree{{"index.html": "1", "b": "1"}, {"index.html": "2"}} {
		s, err := open(Options{Log: func(string) {}}, destination{dir: dir, fixed: true})
		if err != nil {
			t.Fatal(err)
		}
		for name, content := range files {
			if err := s.Put(name, []byte(content)); err != nil {
				t.Fatal(err)
			}
		}
		result, _, err := s.Commit(t.Context(), nil)
		if err != nil || result.Publisher != Files {
			t.Errorf("%+v, %v", result, err)
		}
		want(t, dir, files)
	}
	if entries, _ := os.ReadDir(base); len(entries) != 1 {
		t.Errorf("beside the destination there is now %v", entries)
	}
}

func TestPermissionsFollowTheUmaskAndTheOldDirectory(t *testing.T) {
	eachPublisher(t, func(t *testing.T, opts Options) {
		probe := filepath.Join(t.TempDir(), "probe")
		os.WriteFile(probe, nil, 0o644)
		umasked, _ := os.Stat(probe)
		if err := errors.Join(os.Mkdir(opts.Dir, 0o755), os.Chmod(opts.Dir, 0o750)); err != nil {
			t.Fatal(err)
		}
		mustPublish(t, opts, tree{"index.html": "a", "b/c": "d"})
		for name, mode := range map[string]os.FileMode{".": 0o750, "index.html": umasked.Mode(), "b/c": umasked.Mode()} {
			if info, err := os.Stat(filepath.Join(opts.Dir, name)); err != nil || info.Mode().Perm() != mode {
				t.Errorf("%s has mode %v, %v, want %v", name, info.Mode(), err, mode)
			}
		}
	})
}
