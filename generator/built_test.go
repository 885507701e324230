package generator_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"uptree/generator"
	"uptree/generator/diag"
)

// The clock at which the sample's records end, and ten minutes later.
const (
	sampleClock = "2026-11-20T09:05:00+01:00"
	nextClock   = "2026-11-20T09:15:00+01:00"
)

// scratch holds the sites that several tests share.
var scratch string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "uptree-sites-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		scratch = dir
		return m.Run()
	}())
}

// built is a site in a folder, and what its build said.
type built struct {
	dir      string
	result   *generator.Result
	problems diag.List
	err      error
}

// buildSite builds the site at source with a pinned clock and walks its pages.
func buildSite(t testing.TB, source, clock, to string, jobs int) *built {
	t.Helper()
	at, err := time.Parse(time.RFC3339, clock)
	if err != nil {
		t.Fatal(err)
	}
	b, store := &built{dir: to}, ""
	if source == ".." {
		store = to + ".store" // what is remembered of the sample must not depend on earlier runs
	}
	b.result, b.problems, b.err = generator.Build(t.Context(), generator.Options{
		Dir: source, Config: "site.toml", Destination: to, Store: store, Jobs: jobs, Deep: true, Pinned: true, Version: "test",
		AsOf: func(zone *time.Location) time.Time { return at.In(zone) },
	})
	return b
}

var sampleOnce struct {
	sync.Once
	*built
}

// sampleSite returns the sample organisation's site, built once. Nobody writes to it.
func sampleSite(t testing.TB) *built {
	t.Helper()
	sampleOnce.Do(func() { sampleOnce.built = buildSite(t, "..", sampleClock, filepath.Join(scratch, "sample"), 8) })
	sampleOnce.mustStand(t)
	return sampleOnce.built
}

// mustStand ends the test unless the site was published.
func (b *built) mustStand(t testing.TB) {
	t.Helper()
	if b.err != nil || b.result.Outcome != generator.Built {
		t.Fatalf("the site was not built: outcome %d, error %v\n%s", b.result.Outcome, b.err, b.said())
	}
}

// said is every problem of the build, as lines.
func (b *built) said() string {
	var out strings.Builder
	for _, p := range b.problems {
		where := p.Pos.File
		if p.Pos.Line > 0 {
			where += fmt.Sprintf(":%d", p.Pos.Line)
		}
		fmt.Fprintf(&out, "%s: %s[%s]: %s\n", where, p.Severity(), p.Code, p.Text)
		if p.Hint != "" {
			fmt.Fprintf(&out, "    hint: %s\n", p.Hint)
		}
	}
	return out.String()
}

// read returns a file of the site.
func (b *built) read(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// decode reads a JSON file of the site.
func (b *built) decode(t testing.TB, name string, into any) {
	t.Helper()
	if err := json.Unmarshal(b.read(t, name), into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// listed is a row of manifest.json.
type listed struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int    `json:"bytes"`
}

// manifest lists the files of the site.
func (b *built) manifest(t testing.TB) (out []listed) {
	t.Helper()
	b.decode(t, "manifest.json", &out)
	return out
}

// pages lists the HTML files of the site.
func (b *built) pages(t testing.TB) (out []string) {
	t.Helper()
	for _, f := range b.manifest(t) {
		if strings.HasSuffix(f.Path, ".html") {
			out = append(out, f.Path)
		}
	}
	return out
}

// subject is a row of ids.json.
type subject struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

// subjects lists what the site has pages about.
func (b *built) subjects(t testing.TB) []subject {
	t.Helper()
	var file struct {
		Schema string    `json:"schema"`
		IDs    []subject `json:"ids"`
	}
	b.decode(t, "ids.json", &file)
	if file.Schema != "uptree/ids/1" {
		t.Errorf("ids.json has the schema %q", file.Schema)
	}
	return file.IDs
}
