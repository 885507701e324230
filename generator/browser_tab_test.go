package generator_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is the Chromium that browser tests share, and the sample site as a server would
// give it: below a path, with the production policy.
type browser struct {
	ctx  context.Context
	site *built
	base string // address of the site's root, with a slash at the end
}

// startBrowser starts Chromium and serves the sample site. Without Chromium the test is
// skipped, but not in CI.
func startBrowser(t *testing.T) *browser {
	t.Helper()
	b := &browser{ctx: startChromium(t), site: sampleSite(t)}
	b.base = serve(t, b.site.dir)
	return b
}

// startChromium starts a browser without a window of its own.
func startChromium(t testing.TB) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("allow-file-access-from-files", false))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return ctx
}

func chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, "Chromium is not here: install it (Debian: apt-get install chromium)")
	return ""
}

// missing ends a test that lacks a tool: in CI it fails, elsewhere it is skipped.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// serve serves a folder below /some/sub/path/ with the policy in a header.
func serve(t *testing.T, dir string) string {
	t.Helper()
	const below = "/some/sub/path/"
	files := http.StripPrefix(below, http.FileServer(http.Dir(dir)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", contentPolicy)
		if !strings.HasPrefix(r.URL.Path, below) {
			http.NotFound(w, r)
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL + below
}

// serveWithMissing serves a site at the root of a host; a missing address gives the site's
// page for that, but not its status, which the browser would report.
func serveWithMissing(t *testing.T, site *built) string {
	t.Helper()
	files := http.FileServer(http.Dir(site.dir))
	missing := site.read(t, "404.html")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", contentPolicy)
		if _, err := os.Stat(filepath.Join(site.dir, filepath.FromSlash(r.URL.Path))); err != nil {
			_, _ = w.Write(missing)
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// tab is a window of the browser with a profile of its own. It notes all that a page says
// and asks for.
type tab struct {
	t     testing.TB
	ctx   context.Context
	allow string // requests to other addresses are complaints

	mu        sync.Mutex
	complains []string
}

// tab opens a window. Its test may take five minutes, on a busy machine.
func (b *browser) tab(t testing.TB, allow string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	w := &tab{t: t, ctx: ctx, allow: allow}
	if err := chromedp.Listen(ctx, w.note); err != nil {
		t.Fatalf("open a window: %v", err)
	}
	deadline, stop := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(stop)
	w.ctx = deadline
	// Windows side by side take the focus from each other, and with it its mark.
	w.do("keep the focus", command(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}))
	return w
}

// note is called by the browser for each event.
func (w *tab) note(event any) {
	var said string
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if strings.HasPrefix(e.Request.URL, w.allow) {
			return
		}
		said = "request to " + e.Request.URL
	case *runtime.EventConsoleAPICalled:
		said = "console: " + string(e.Type)
		for _, arg := range e.Args {
			said += " " + string(arg.Value) + arg.Description
		}
	case *runtime.EventExceptionThrown:
		said = "exception: " + e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			said += " " + e.ExceptionDetails.Exception.Description
		}
	case *log.EventEntryAdded:
		said = fmt.Sprintf("%s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL)
	default:
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.complains = append(w.complains, said)
}

// complaints returns what was noted since the last call.
func (w *tab) complaints() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.complains
	w.complains = nil
	return slices.Compact(out)
}

func (w *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, steps...); err != nil {
		w.t.Fatalf("%s: %v", what, err)
	}
}

// open loads a page and waits until its scripts have run.
func (w *tab) open(address string) {
	w.t.Helper()
	w.do("open "+address, chromedp.Navigate(address))
}

func (w *tab) press(keys string) {
	w.t.Helper()
	w.do("press a key", chromedp.KeyEvent(keys))
}

func (w *tab) click(selector string) {
	w.t.Helper()
	w.do("click "+selector, chromedp.ScrollIntoView(chromedp.CSS(selector)), chromedp.Click(chromedp.CSS(selector)))
}

func (w *tab) size(width, height int64) {
	w.t.Helper()
	w.do("size the window", chromedp.EmulateViewport(width, height))
}

// media sets the colour scheme, and "print" or "" for the screen. Motion is reduced, so
// that nothing is measured halfway.
func (w *tab) media(scheme, medium string) {
	w.t.Helper()
	w.do("emulate "+scheme+" "+medium, command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}}))
}

// scripts allows or forbids the scripts of the pages that are opened next.
func (w *tab) scripts(run bool) {
	w.t.Helper()
	w.do("switch scripts", command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run}))
}

func command[P, R any](cmd cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, cmd, params)
		return err
	})
}

// eval returns the value of an expression in the page.
func eval[T any](w *tab, expression string) T {
	w.t.Helper()
	v, err := chromedp.Run(w.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		w.t.Fatalf("%.200s: %v", expression, err)
	}
	return v
}

// until waits for an expression to be true. It cannot be asked while the page goes from one
// address to another.
func (w *tab) until(expression string) {
	w.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		is, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](expression, chromedp.EvalAwaitPromise))
		if err == nil && is {
			return
		}
		if time.Now().After(end) {
			w.t.Fatalf("in vain: %s (%v)", expression, err)
		}
	}
}

// axe reads the accessibility checker that npm installs with the theme's other tools.
func axe(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile(filepath.FromSlash("../themes/default/node_modules/axe-core/axe.min.js"))
	if err != nil {
		missing(t, "axe-core is not here: run npm ci in themes/default")
	}
	return string(src)
}

// navigateBack is the Back button.
var navigateBack = evalVoid("history.back()")

func evalVoid(expression string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](expression, chromedp.EvalAwaitPromise)
}
