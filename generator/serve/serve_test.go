package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"uptree/generator/diag"
)

// folder is a site whose build publishes its files as they are. A file that holds "error"
// is a problem of the build, "broken" one of drawing it.
type folder struct {
	t    *testing.T
	dir  string
	base string
	done chan error
	stop context.CancelFunc

	builds atomic.Int32
}

const page = `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><link rel="stylesheet" href="assets/style.1.css"></head><body>one</body></html>`

// start serves a folder; what happens meanwhile happens at the end of the first build.
func start(t *testing.T, root string, meanwhile ...func(*folder)) *folder {
	t.Helper()
	f := &folder{t: t, dir: t.TempDir(), done: make(chan error, 1)}
	f.write("content/index.html", page)
	f.write("content/404.html", strings.ReplaceAll(page, "<body>one", "<body>missing"))
	f.write("style", "assets/style.1.css")
	listener, err := Listen(t.Context(), "127.0.0.1", 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	f.stop = stop
	ready := make(chan string)
	go func() {
		f.done <- Run(ctx, Options{Listener: listener, Hosts: []string{"desk"},
			Build: func(context.Context, string) (Built, error) {
				defer f.builds.Add(1)
				built, err := f.build(root)
				for _, happens := range meanwhile {
					happens(f)
				}
				meanwhile = nil
				return built, err
			},
			Ready: func(root string) { ready <- root }})
	}()
	f.base = "http://" + listener.Addr().String() + <-ready
	t.Cleanup(func() {
		stop()
		<-f.done
	})
	for f.builds.Load() < 2 { // the second begins when all is watched
		time.Sleep(time.Millisecond)
	}
	return f
}

func (f *folder) build(root string) (Built, error) {
	files := map[string]string{}
	out := Built{Folders: []Folder{{f.dir, []string{"sty*"}}, {filepath.Join(f.dir, "content"), nil}}}
	err := filepath.WalkDir(f.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(filepath.Join(f.dir, "content"), path)
		files[filepath.ToSlash(name)] = string(text)
		if strings.Contains(string(text), "error") {
			out.Problems.Add(diag.Problem{Code: diag.FrontMatter, Pos: diag.Pos{File: "content/" + name, Line: 2}, Text: "cannot be used", Hint: "mend it"})
		}
		return err
	})
	if len(out.Problems) > 0 {
		return out, err
	}
	out.Site = &Site{Root: root, Style: strings.TrimSpace(files["../style"]), File: func(name string) ([]byte, diag.List) {
		text, ok := files[name]
		if !ok || strings.HasPrefix(name, "..") {
			return nil, nil
		}
		if strings.Contains(text, "broken") {
			return nil, diag.List{{Code: diag.ThemeBroken, Pos: diag.Pos{File: "layouts/node.html"}, Text: "no such field"}}
		}
		return []byte(strings.ReplaceAll(text, "assets/style.1.css", out.Site.Style)), nil
	}}
	return out, err
}

func (f *folder) write(name, text string) {
	f.t.Helper()
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		f.t.Fatal(err)
	}
}

// get returns an answer without following where it leads.
func (f *folder) get(path string, change ...func(*http.Request)) (*http.Response, string) {
	f.t.Helper()
	r, err := http.NewRequestWithContext(f.t.Context(), http.MethodGet, f.base+path, nil)
	if err != nil {
		f.t.Fatal(err)
	}
	for _, c := range change {
		c(r)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		f.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return answer, string(body)
}

// until waits for a page to hold a text.
func (f *folder) until(path, text string) {
	f.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		_, body := f.get(path)
		if strings.Contains(body, text) {
			return
		}
		if time.Now().After(end) {
			f.t.Fatalf("%s never holds %q: %s", path, text, body)
		}
	}
}

// listening is an open page.
type listening struct {
	*testing.T
	events chan string // "event data"
}

// open opens a page and its stream, as the script does.
func (f *folder) open(path string) *listening {
	f.t.Helper()
	_, body := f.get(path)
	attr := func(name string) string {
		_, after, _ := strings.Cut(body, "data-"+name+`="`)
		value, _, _ := strings.Cut(after, `"`)
		return value
	}
	r, err := http.NewRequestWithContext(f.t.Context(), http.MethodGet, f.base+"_uptree/events?page="+attr("page")+"&body="+attr("body")+"&style="+attr("style"), nil)
	if err != nil {
		f.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { answer.Body.Close() })
	l := &listening{f.t, make(chan string, 10)}
	go func() {
		defer close(l.events)
		event := ""
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				event = name
			}
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var text string
				_ = json.Unmarshal([]byte(data), &text)
				l.events <- strings.TrimSpace(event + " " + text)
			}
		}
	}()
	return l
}

func (l *listening) hears(want string) {
	l.Helper()
	select {
	case got := <-l.events:
		if !strings.HasPrefix(got, want) {
			l.Fatalf("heard %q, want %q", got, want)
		}
	case <-time.After(20 * time.Second):
		l.Fatalf("heard nothing, want %q", want)
	}
}

func (l *listening) hearsNothing() {
	l.Helper()
	select {
	case got := <-l.events:
		l.Fatalf("heard %q", got)
	case <-time.After(10 * quiet):
	}
}

func TestAnOpenPageHearsOfWhatChangedInItAlone(t *testing.T) {
	f := start(t, "/")
	f.write("content/other/index.html", page)
	f.until("other/", "<body>one")
	index := f.open("")
	other := f.open("other/")
	f.write("content/index.html", strings.Replace(page, "<body>one", "<body>two", 1))
	index.hears("page")
	other.hearsNothing()
	if _, body := f.get(""); !strings.Contains(body, "<body>two") {
		t.Errorf("the page is still the old one: %s", body)
	}
}

func TestAStyleSheetIsExchangedAlone(t *testing.T) {
	f := start(t, "/")
	l := f.open("")
	f.write("style", "assets/style.2.css")
	l.hears("style assets/style.2.css")
	f.write("content/index.html", strings.Replace(page, "<body>one", "<body>two", 1))
	l.hears("page")
}

func TestWaysToSave(t *testing.T) {
	for name, save := range map[string]func(f *folder, text string){
		"in place": func(f *folder, text string) { f.write("content/index.html", text) },
		"a new file takes the place of the old one": func(f *folder, text string) {
			f.write("content/.index.html.swp", text)
			f.rename("content/.index.html.swp", "content/index.html")
		},
		"the old file is put aside first": func(f *folder, text string) {
			f.rename("content/index.html", "content/index.html~")
			f.write("content/index.html", text)
		},
		"the folder is exchanged": func(f *folder, text string) {
			f.write("new/index.html", text)
			f.rename("content", "old")
			f.rename("new", "content")
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := start(t, "/")
			for _, text := range []string{"two", "three"} {
				l := f.open("")
				save(f, strings.Replace(page, "<body>one", "<body>"+text, 1))
				l.hears("page")
				_ = os.RemoveAll(filepath.Join(f.dir, "old"))
			}
		})
	}
}

func TestAFileThatIsSavedDuringTheFirstBuildIsShown(t *testing.T) {
	f := start(t, "/", func(f *folder) {
		f.write("content/index.html", strings.Replace(page, "<body>one", "<body>two", 1))
	})
	f.until("", "<body>two")
}

func (f *folder) rename(from, to string) {
	f.t.Helper()
	if err := os.Rename(filepath.Join(f.dir, from), filepath.Join(f.dir, to)); err != nil {
		f.t.Fatal(err)
	}
}

func TestFilesThatAreNothingToTheSiteBuildNothing(t *testing.T) {
	f := start(t, "/")
	builds := f.builds.Load()
	for _, name := range []string{"log", "public/index.html", "content/.index.html.swp", "content/index.html~", "content/.git/index"} {
		f.write(name, "x")
	}
	time.Sleep(10 * quiet)
	if n := f.builds.Load() - builds; n != 0 {
		t.Errorf("built %d times", n)
	}
	f.write("content/index.html~", "x")
	f.write("content/more.html", "x")
	f.until("more.html", "x")
}

func TestNewFoldersAreWatched(t *testing.T) {
	f := start(t, "/")
	missing := f.open("pages/deep/")
	f.write("content/pages/deep/index.html", page)
	missing.hears("page")
	found := f.open("pages/deep/")
	f.write("content/pages/deep/index.html", strings.Replace(page, "<body>one", "<body>two", 1))
	found.hears("page")
}

func TestErrorsLieOverTheLastGoodPageUntilTheyAreMended(t *testing.T) {
	f := start(t, "/")
	l := f.open("")
	f.write("content/extra.html", "error")
	l.hears("problems content/extra.html:2: error[X101]: cannot be used\n    hint: mend it")
	if _, body := f.get(""); !strings.Contains(body, "<body>one") {
		t.Errorf("the last good page is gone: %s", body)
	}
	f.open("").hears("problems content/extra.html:2") // who comes later is told, too
	f.write("content/extra.html", "fine")
	l.hears("problems")
	f.write("content/index.html", "broken")
	l.hears("problems layouts/node.html: error[T101]: no such field")
	l.hearsNothing() // the page stays as it is
	if answer, body := f.get(""); answer.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "reload.js") {
		t.Errorf("a page that cannot be drawn: %d %s", answer.StatusCode, body)
	}
	f.write("content/index.html", page)
	l.hears("problems")
}

func TestAddresses(t *testing.T) {
	f := start(t, "/below/this/")
	f.write("content/org/a/index.html", page)
	f.write("content/org/a/data.csv", "a,b\n")
	f.until("org/a/data.csv", "a,b")
	f.open("org/a/").hearsNothing()
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	for _, c := range []struct {
		path   string
		change func(*http.Request)
		status int
		is     string // in the body, or where it leads
	}{
		{"", host("localhost:1"), 200, "<body>one"},
		{"", host("[::1]:8080"), 200, "<body>one"},
		{"", host("DESK:8080"), 200, "<body>one"},
		{"", host("desk.evil.example"), 403, "answers to localhost"},
		{"_uptree/events", host("evil.example:8080"), 403, "answers to localhost"},
		{"", func(r *http.Request) { r.Method = http.MethodPost }, 405, "only GET"},
		{"org/a", host("localhost"), 302, "/below/this/org/a/"},
		{"org/a/data.csv", host("localhost"), 200, "a,b"},
		{"org/gone/", host("localhost"), 404, "<body>missing"},
		{"../style", host("localhost"), 404, "<body>missing"},
		{"../../elsewhere", host("localhost"), 404, "<body>missing"},
		{"_uptree/reload.js", host("localhost"), 200, "EventSource"},
		{"_uptree/../serve.go", host("localhost"), 400, ""},
	} {
		answer, body := f.get(c.path, c.change)
		if got := body + answer.Header.Get("Location"); answer.StatusCode != c.status || !strings.Contains(got, c.is) {
			t.Errorf("%s: %d %.300s, want %d %s", c.path, answer.StatusCode, got, c.status, c.is)
		}
		if csp := answer.Header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, "form-action 'none'; connect-src 'self'") || !strings.HasPrefix(csp, "default-src 'none'; script-src 'self';") {
			t.Errorf("%s: policy %q", c.path, csp)
		}
	}
	_, body := f.get("")
	if !strings.Contains(body, `content="default-src 'none'; connect-src 'self'"`) {
		t.Errorf("the page's own policy forbids the stream: %s", body)
	}
}

func TestATakenPortIsPassedOver(t *testing.T) {
	first, err := Listen(t.Context(), "127.0.0.1", 18080)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := Listen(t.Context(), "127.0.0.1", 18080)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if first.Addr().String() == second.Addr().String() {
		t.Errorf("both listen at %s", first.Addr())
	}
	if _, err := Listen(t.Context(), "192.0.2.1", 18080); err == nil {
		t.Error("an address of another machine is taken")
	}
}

func TestTheEndOfTheContextEndsItWithOpenPages(t *testing.T) {
	f := start(t, "/")
	f.open("")
	f.stop()
	select {
	case err := <-f.done:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("ended with %v", err)
		}
		f.done <- err // for the cleanup
	case <-time.After(20 * time.Second):
		t.Fatal("it goes on")
	}
	if _, err := http.Get(f.base); err == nil {
		t.Error("it still answers")
	}
}

func TestAFirstBuildThatFailsEndsIt(t *testing.T) {
	listener, err := Listen(t.Context(), "127.0.0.1", 0)
	if err != nil {
		t.Fatal(err)
	}
	want := errors.New("no such folder")
	err = Run(t.Context(), Options{Listener: listener, Build: func(context.Context, string) (Built, error) { return Built{}, want }})
	if !errors.Is(err, want) {
		t.Errorf("ended with %v", err)
	}
}
