package serve

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

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
