package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestTheManifestListsEveryFileButItself(t *testing.T) {
	eachPublisher(t, func(t *testing.T, opts Options) {
		mustPublish(t, opts, tree{"index.html": "hello\n", "b/ü<.html": "", "b-c": "x"})
		var rows []map[string]any
		if err := json.Unmarshal([]byte(readManifestFile(opts.Dir)), &rows); err != nil {
			t.Fatal(err)
		}
		row := func(path, content string) map[string]any {
			return map[string]any{"path": path, "sha256": fmt.Sprintf("%x", sha256.Sum256([]byte(content))), "bytes": float64(len(content))}
		}
		if diff := cmp.Diff([]map[string]any{row("b-c", "x"), row("b/ü<.html", ""), row("index.html", "hello\n")}, rows); diff != "" {
			t.Errorf("rows (-want +got):\n%s", diff)
		}
		m, err := ReadManifest(os.DirFS(opts.Dir))
		if f, ok := m.Find("index.html"); err != nil || !ok || f.Bytes != 6 {
			t.Errorf("ReadManifest gives %v, %v", m, err)
		}
	})
}

func TestTheSiteIsTheSameHoweverManyWorkersPutIt(t *testing.T) {
	site := tree{"index.html": "home"}
	for i := range 200 {
		site[fmt.Sprintf("p/%d/index.html", i)] = strings.Repeat(fmt.Sprint("page ", i), i*10)
	}
	names := slices.Sorted(maps.Keys(site))
	var manifests []string
	for _, workers := range []int{1, 8} {
		dir := filepath.Join(t.TempDir(), "public")
		s, err := Open(context.Background(), Options{Dir: dir, Precompress: true})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for w := range workers {
			wg.Go(func() {
				for i := w; i < len(names); i += workers {
					if err := s.Put(names[i], []byte(site[names[i]])); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if _, problems, err := s.Commit(context.Background(), nil); err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		manifests = append(manifests, readManifestFile(dir))
	}
	if diff := cmp.Diff(manifests[0], manifests[1]); diff != "" {
		t.Errorf("manifest of 1 worker and of 8 (-1 +8):\n%s", diff)
	}
}

func TestReadManifestTellsMissingFromBroken(t *testing.T) {
	if _, err := ReadManifest(fstest.MapFS{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a manifest: %v", err)
	}
	if _, err := ReadManifest(fstest.MapFS{ManifestName: {Data: []byte("[{}]")}}); !errors.Is(err, ErrBadManifest) {
		t.Errorf("with a broken one: %v", err)
	}
}

func FuzzReadManifest(f *testing.F) {
	f.Add([]byte("[]"))
	f.Add([]byte(`[{"path":"a","sha256":"` + fmt.Sprintf("%064d", 1) + `","bytes":1}]`))
	f.Add([]byte(`[{"path":"../a","sha256":"x","bytes":-1}]`))
	f.Add([]byte(`{"name":"app"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := ReadManifest(fstest.MapFS{ManifestName: {Data: raw}})
		if err != nil {
			return
		}
		for _, row := range m {
			if checkPath(row.Path) != nil {
				t.Fatalf("unsafe path %q", row.Path)
			}
		}
		var out bytes.Buffer
		if err := m.encode(&out); err != nil {
			t.Fatal(err)
		}
		again, err := decodeManifest(&out)
		if err != nil || !slices.Equal(m, again) {
			t.Fatalf("%v does not survive a round trip: %v, %v", m, again, err)
		}
	})
}
