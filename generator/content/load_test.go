package content

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"uptree/generator/diag"
)

func files(names ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for _, name := range names {
		out[name] = &fstest.MapFile{Data: []byte("+++\ntitle = \"" + name + "\"\n+++\nText\n")}
	}
	return out
}

func load(t *testing.T, dir fs.FS) (*Docs, diag.List) {
	t.Helper()
	docs, problems, err := Load(dir, "content")
	if err != nil {
		t.Fatal(err)
	}
	return docs, problems
}

func TestLoadFindsTheDocumentsOfAllKinds(t *testing.T) {
	docs, problems := load(t, files(
		"content/org/payments.md", "content/service/default~2fcheckout.md", "content/journey/買う.md",
		"content/incident/INC-1.md", "content/pages/index.md", "content/pages/how/to/read.md",
	))
	if len(problems) > 0 {
		t.Errorf("problems = %v", problems)
	}
	for _, want := range []struct {
		kind     Kind
		id, file string
	}{
		{Node, "payments", "content/org/payments.md"},
		{Service, "default/checkout", "content/service/default~2fcheckout.md"},
		{Journey, "買う", "content/journey/買う.md"},
		{Incident, "INC-1", "content/incident/INC-1.md"},
		{Page, "index", "content/pages/index.md"},
		{Page, "how/to/read", "content/pages/how/to/read.md"},
	} {
		d := docs.Get(want.kind, want.id)
		if d == nil || d.File != want.file || d.Meta.Title != want.file {
			t.Errorf("%s %q = %+v, want that of %s", want.kind, want.id, d, want.file)
		}
	}
	if n := len(docs.All()); n != 6 {
		t.Errorf("%d documents", n)
	}
	pages := docs.OfKind(Page)
	if len(pages) != 2 || pages[0].ID != "how/to/read" || pages[1].ID != "index" {
		t.Errorf("pages are not in order: %v", pages)
	}
	if docs.Get(Node, "nobody") != nil || len(docs.OfKind(Metric)) != 0 {
		t.Error("a document that was not written is found")
	}
}

func TestLoadMentionsWhatIsNoDocument(t *testing.T) {
	tests := []struct {
		name, file string
		code       diag.Code
		hint       string
	}{
		{"an unknown folder", "content/services/a.md", diag.UnknownSubject, `did you mean "service"?`},
		{"a folder that is like none", "content/metrics/a.md", diag.UnknownSubject, "org, service, journey, incident, pages"},
		{"a folder inside a folder", "content/org/a/b.md", diag.UnknownSubject, "only pages"},
		{"a file outside the folders", "content/readme.md", diag.UnknownSubject, "org, service, journey, incident, pages"},
		{"a file that is no Markdown", "content/org/a.txt", diag.UnknownSubject, ".md"},
		{"a name with a space", "content/org/a b.md", diag.BadID, "two hex digits"},
		{"a name with another spelling of an id", "content/org/a~2Fb.md", diag.BadID, "two hex digits"},
		{"a page whose folder has a space", "content/pages/a b/c.md", diag.BadID, "two hex digits"},
		{"a reserved name", "content/pages/_draft.md", diag.BadID, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			docs, problems := load(t, files(test.file, "content/org/good.md"))
			if docs.Get(Node, "good") == nil {
				t.Error("the good document is not loaded")
			}
			if len(docs.All()) != 1 || len(problems) != 1 || problems[0].Code != test.code {
				t.Fatalf("%d documents, problems = %+v", len(docs.All()), problems)
			}
			if p := problems[0]; !strings.HasPrefix(test.file, p.Pos.File) || !strings.Contains(p.Hint, test.hint) {
				t.Errorf("at %v with the hint %q", p.Pos, p.Hint)
			}
		})
	}
}

func TestLoadLeavesOutHiddenFilesWithoutAWord(t *testing.T) {
	docs, problems := load(t, files("content/.git/a.md", "content/org/.a.md.swp", "content/pages/.x/a.md", "content/.DS_Store"))
	if len(docs.All()) > 0 || len(problems) > 0 {
		t.Errorf("%d documents, problems = %v", len(docs.All()), problems)
	}
}

func TestLoadOfASiteWithoutDocuments(t *testing.T) {
	docs, problems := load(t, fstest.MapFS{"site.toml": {}})
	if len(docs.All()) > 0 || len(problems) > 0 {
		t.Errorf("%d documents, problems = %v", len(docs.All()), problems)
	}
}

func TestLoadFromTheRootOfAFileSystem(t *testing.T) {
	docs, problems, err := Load(files("org/a.md"), ".")
	if err != nil || len(problems) > 0 || docs.Get(Node, "a") == nil {
		t.Errorf("problems = %v, err = %v", problems, err)
	}
}

func TestADocumentThatIsTooLargeIsLeftOut(t *testing.T) {
	dir := files("content/org/a.md", "content/org/b.md", "content/org/c.md")
	dir["content/org/a.md"].Data = make([]byte, maxFile+1)
	dir["content/org/b.md"].Data = []byte(strings.Repeat("a\n", maxFile/2))
	docs, problems := load(t, dir)
	if docs.Get(Node, "a") != nil || docs.Get(Node, "b") == nil || docs.Get(Node, "c") == nil {
		t.Errorf("documents = %v", docs.All())
	}
	if len(problems) != 1 || problems[0].Code != diag.ContextTooLarge || problems[0].Pos.File != "content/org/a.md" {
		t.Errorf("problems = %v", problems)
	}
}

func TestNamesThatDifferInCaseAreMentioned(t *testing.T) {
	docs, problems := load(t, files("content/org/Pay.md", "content/org/pay.md", "content/service/pay.md"))
	if len(problems) != 1 || problems[0].Code != diag.CollidingIDs || !strings.Contains(problems[0].Text, "content/org/Pay.md") {
		t.Errorf("problems = %+v", problems)
	}
	if len(docs.All()) != 3 {
		t.Errorf("%d documents", len(docs.All()))
	}
}

func TestLinksOutOfTheSiteAreRefused(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.md")
	site := t.TempDir()
	for _, err := range []error{
		os.WriteFile(outside, []byte("secret"), 0o600),
		os.MkdirAll(filepath.Join(site, "content/org"), 0o700),
		os.WriteFile(filepath.Join(site, "content/org/a.md"), []byte("text"), 0o600),
		os.Symlink(outside, filepath.Join(site, "content/org/out.md")),
		os.Symlink("a.md", filepath.Join(site, "content/org/in.md")),
		os.Symlink("nothing.md", filepath.Join(site, "content/org/dangling.md")),
		os.Symlink(".", filepath.Join(site, "content/org/loop.md")),
	} {
		if err != nil {
			t.Skip(err)
		}
	}
	root, err := os.OpenRoot(site)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	docs, problems := load(t, root.FS())
	if docs.Get(Node, "out") != nil || docs.Get(Node, "in") == nil || docs.Get(Node, "a") == nil || len(docs.All()) != 2 {
		t.Errorf("documents = %v", docs.All())
	}
	if len(problems) != 3 {
		t.Errorf("problems = %+v", problems)
	}
}

// failing is a file system that breaks off within a file.
type failing struct{ fstest.MapFS }

var errDisk = errors.New("disk on fire")

func (f failing) Open(name string) (fs.File, error) {
	file, err := f.MapFS.Open(name)
	if strings.HasSuffix(name, ".md") {
		return failingFile{file}, err
	}
	return file, err
}

type failingFile struct{ fs.File }

func (failingFile) Read([]byte) (int, error) { return 0, errDisk }

func TestAFileThatCannotBeReadIsAnError(t *testing.T) {
	_, _, err := Load(failing{files("content/org/a.md")}, "content")
	if !errors.Is(err, errDisk) || !strings.Contains(err.Error(), "content/org/a.md") {
		t.Errorf("err = %v", err)
	}
}
