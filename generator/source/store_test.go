package source

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
)

// kept is a site of one file source with a Store.
type kept struct {
	t     *testing.T
	dir   string
	store *Store
	src   config.Source
	asOf  time.Time
}

func newKept(t *testing.T) *kept {
	k := &kept{t: t, dir: t.TempDir(), asOf: time.Date(2025, 3, 20, 8, 0, 0, 0, time.UTC)}
	k.store = OpenStore(filepath.Join(k.dir, ".uptree"))
	t.Cleanup(func() { k.store.Close() })
	k.src = config.Source{Name: "incidents", Kind: "file", Path: "*.csv"}
	return k
}

// write writes a file of the source, an hour older than the one before.
func (k *kept) write(name, content string) {
	k.t.Helper()
	path := filepath.Join(k.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		k.t.Fatal(err)
	}
	at := k.asOf.Add(-time.Hour)
	if err := os.Chtimes(path, at, at); err != nil {
		k.t.Fatal(err)
	}
}

func (k *kept) remove(pattern string) {
	k.t.Helper()
	files, err := filepath.Glob(filepath.Join(k.dir, filepath.FromSlash(pattern)))
	if err != nil || len(files) == 0 {
		k.t.Fatal("nothing to remove", pattern, err)
	}
	for _, file := range files {
		if err := os.RemoveAll(file); err != nil {
			k.t.Fatal(err)
		}
	}
}

func (k *kept) fetch() (Payload, diag.List) {
	k.t.Helper()
	site := &config.Site{Dir: k.dir, Sources: []config.Source{k.src}}
	payloads, problems, err := Fetch(k.t.Context(), site, Options{Store: k.store, AsOf: k.asOf})
	if err != nil {
		k.t.Fatal(err)
	}
	return payloads[0], problems
}

// keep fetches and keeps.
func (k *kept) keep() {
	k.t.Helper()
	p, problems := k.fetch()
	if len(problems) > 0 {
		k.t.Fatal(problems)
	}
	problems, err := k.store.Keep(k.t.Context(), []Good{{Payload: &p, Records: 7}})
	if err != nil || len(problems) > 0 {
		k.t.Fatal(problems, err)
	}
}

// files lists the folder of the source in the store.
func (k *kept) files() []string {
	entries, _ := os.ReadDir(k.store.sourceDir(k.src.Name))
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// text is all that a copy holds.
func text(t *testing.T, c *Copy) string {
	t.Helper()
	var out strings.Builder
	for i := range c.Blobs {
		r, err := c.Blobs[i].Open()
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(&out, r)
		if err != nil || n != c.Blobs[i].Size || r.Close() != nil {
			t.Fatalf("%s: %d bytes of %d, %v", c.Blobs[i].Name, n, c.Blobs[i].Size, err)
		}
	}
	return out.String()
}

func TestLastGoodCopyStandsIn(t *testing.T) {
	k := newKept(t)
	k.write("a.csv", "one")
	k.write("b.csv", "two")
	k.keep()
	k.remove("*.csv")
	p, problems := k.fetch()
	if p.Status != Stale || p.Fresh != nil || p.LastGood.Records != 7 || text(t, p.LastGood) != "onetwo" {
		t.Errorf("got %+v", p)
	}
	want := `source "incidents" is stale: no file matches "*.csv"; its data are those of 2025-03-20 07:00 UTC`
	if len(problems) != 1 || problems[0].Code != diag.SourceStale || problems[0].Text != want {
		t.Errorf("got %v, want %s", problems, want)
	}
}

func TestLastGoodCopyIsOnlyUsedWhereTheSiteAllowsIt(t *testing.T) {
	for _, c := range []struct {
		about  string
		change func(*config.Source)
		status Status
		reason string
	}{
		{"on_error = omit", func(s *config.Source) { s.OnError = config.Omit }, Omitted, "is left out"},
		{"on_error = fail", func(s *config.Source) { s.OnError = config.Fail }, Failed, `no file matches "*.csv"`},
		{"older than max_stale", func(s *config.Source) { s.MaxStale = 59 * time.Minute }, Failed,
			"its last good data are those of 2025-03-20 07:00 UTC, older than max_stale = 59m0s"},
		{"within max_stale", func(s *config.Source) { s.MaxStale = time.Hour }, Stale, "is stale"},
		{"other columns", func(s *config.Source) { s.Columns = map[string]string{"id": "Key"} }, Failed, "there are no last good data"},
		{"another mapping", func(s *config.Source) { s.Map = "." }, Failed, "there are no last good data"},
		{"another timeout", func(s *config.Source) { s.Timeout = time.Hour }, Stale, "is stale"},
	} {
		k := newKept(t)
		k.write("a.csv", "one")
		k.keep()
		k.remove("*.csv")
		c.change(&k.src)
		p, problems := k.fetch()
		if p.Status != c.status || (p.LastGood != nil) != (c.status == Stale) || len(problems) != 1 || !strings.Contains(problems[0].Text, c.reason) {
			t.Errorf("%s: got %+v and %v", c.about, p, problems)
		}
	}
}

func TestDamagedCopiesAreNotUsed(t *testing.T) {
	for _, c := range []struct {
		about, pattern string
	}{
		{"no description", ".uptree/sources/incidents/meta.json"},
		{"a file is missing", ".uptree/sources/incidents/*.zst"},
	} {
		k := newKept(t)
		k.write("a.csv", "one")
		k.keep()
		k.remove("*.csv")
		k.remove(c.pattern)
		if p, _ := k.fetch(); p.Status != Failed {
			t.Errorf("%s: got %+v", c.about, p)
		}
	}
}

func TestTruncatedCopyIsAnErrorWhenRead(t *testing.T) {
	k := newKept(t)
	k.write("a.csv", strings.Repeat("one two three\n", 1000))
	k.keep()
	k.remove("*.csv")
	files, _ := filepath.Glob(k.dir + "/.uptree/sources/incidents/*.zst")
	info, err := os.Stat(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(files[0], info.Size()-6); err != nil {
		t.Fatal(err)
	}
	p, _ := k.fetch()
	r, err := p.LastGood.Blobs[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := io.Copy(io.Discard, r); err == nil {
		t.Error("no error")
	}
}

func TestHostileMetaLeadsNowhere(t *testing.T) {
	for _, meta := range []string{
		``, `{}`, `[]`, `{"version":1,"blobs":[]}`, `{"version":2,"blobs":[{"sha256":"` + strings.Repeat("a", 64) + `"}]}`,
		`{"version":1,"blobs":[{"sha256":"../../../a.csv"}]}`,
		`{"version":1,"blobs":[{"sha256":"` + strings.Repeat("a", 64) + `","size":-1}]}`,
	} {
		k := newKept(t)
		k.write("a.csv", "one")
		k.keep()
		if err := os.WriteFile(k.store.sourceDir("incidents")+"/meta.json", []byte(meta), 0o600); err != nil {
			t.Fatal(err)
		}
		k.remove("*.csv")
		if p, _ := k.fetch(); p.Status != Failed {
			t.Errorf("%s: got %+v", meta, p)
		}
	}
}

func TestOnlyTheLastTwoCopiesAreKept(t *testing.T) {
	k := newKept(t)
	for _, content := range []string{"one", "three", "seven", "eleven"} {
		k.write("a.csv", content)
		k.keep()
	}
	if got := k.files(); len(got) != 3 { // and meta.json
		t.Errorf("got %q", got)
	}
	k.remove("*.csv")
	if p, _ := k.fetch(); text(t, p.LastGood) != "eleven" {
		t.Errorf("got %+v", p)
	}
}

// A build that fell back on the copy reads it while another build keeps a newer one.
func TestCopyCanBeReadWhileItIsReplaced(t *testing.T) {
	k := newKept(t)
	k.write("a.csv", "one")
	k.keep()
	k.remove("*.csv")
	p, _ := k.fetch()
	k.write("a.csv", "other")
	k.keep()
	if got := text(t, p.LastGood); got != "one" {
		t.Errorf("got %q", got)
	}
}

func TestUnchangedFilesAreNotKeptAgain(t *testing.T) {
	k := newKept(t)
	k.write("a.csv", "one")
	k.keep()
	path := k.store.sourceDir("incidents") + "/meta.json"
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	k.keep()
	after, err := os.Stat(path)
	if err != nil || !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("written again", err)
	}
}

// What a killed build leaves: files without a description, and its temporary folder.
func TestLeftoversOfKilledBuilds(t *testing.T) {
	k := newKept(t)
	k.write("a.csv", "one")
	k.keep()
	for _, name := range []string{"sources/incidents/" + strings.Repeat("0", 64) + ".zst", "sources/incidents/meta.new", "tmp/run-1/blob-1"} {
		path := filepath.Join(k.dir, ".uptree", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("rubbish"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.store.Close(); err != nil {
		t.Fatal(err)
	}
	k.write("a.csv", "two, later")
	k.keep()
	if err := k.store.Close(); err != nil {
		t.Fatal(err)
	}
	if got := k.files(); len(got) != 3 || slices.Contains(got, "meta.new") {
		t.Errorf("got %q", got)
	}
	if left, _ := os.ReadDir(k.dir + "/.uptree/tmp"); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

func TestBuildsSideBySideLeaveEachOthersFiles(t *testing.T) {
	k := newKept(t)
	other := OpenStore(k.store.dir)
	mine, err := k.store.spool()
	if err != nil {
		t.Fatal(err)
	}
	defer mine.Close()
	theirs, err := other.spool()
	if err != nil {
		t.Fatal(err)
	}
	defer theirs.Close()
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(mine.Name()); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(theirs.Name()); err == nil {
		t.Error("not removed")
	}
}

func TestCopyThatCannotBeKeptIsAWarning(t *testing.T) {
	k := newKept(t)
	k.write("a.csv", "one")
	p, _ := k.fetch()
	k.store = OpenStore(filepath.Join(k.dir, "a.csv", ".uptree")) // below a file
	problems, err := k.store.Keep(t.Context(), []Good{{Payload: &p, Records: 1}})
	if err != nil || len(problems) != 1 || problems[0].Code != diag.SourceNotKept || strings.Contains(problems[0].Text, k.dir) {
		t.Errorf("got %v, %v", problems, err)
	}
}

func TestWarningsAreKeptWithTheirCopy(t *testing.T) {
	k := newKept(t)
	k.write("a.csv", "one")
	for _, warned := range [][]string{{"a store did not answer"}, nil} { // the same bytes
		p, _ := k.fetch()
		p.Fresh.Warnings = warned
		if problems, err := k.store.Keep(t.Context(), []Good{{Payload: &p, Records: 1}}); err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		if got := k.store.load(&k.src).Warnings; !slices.Equal(got, warned) {
			t.Errorf("got %q, want %q", got, warned)
		}
	}
}

func TestOthersCannotReadWhatIsKept(t *testing.T) {
	k := newKept(t)
	k.write("a.csv", "one")
	k.keep()
	err := filepath.WalkDir(k.dir+"/.uptree", func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 && d.Name() != "lock" {
			t.Errorf("%s: %s", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
