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

func (f *folder) rename(from, to string) {
	f.t.Helper()
	if err := os.Rename(filepath.Join(f.dir, from), filepath.Join(f.dir, to)); err != nil {
		f.t.Fatal(err)
	}
}
