package generator_test

import (
	"context"
	"flag"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
)

// TestTheFirstPaintDoesNotWaitForScripts holds all scripts back until the page was painted.
func TestTheFirstPaintDoesNotWaitForScripts(t *testing.T) {
	needsScript(t)
	b := startBrowser(t)
	files, painted := http.FileServer(http.Dir(b.site.dir)), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path.Ext(r.URL.Path) == ".js" {
			<-painted
		}
		files.ServeHTTP(w, r)
	}))
	release := sync.OnceFunc(func() { close(painted) })
	t.Cleanup(server.Close)
	t.Cleanup(release)
	w := b.tab(t, server.URL)
	w.size(1440, 900)
	w.do("begin to load", command(page.Navigate, page.NavigateParams{URL: server.URL + "/" + urlOf(t, b.site, "node", "warehouse-control")}))
	w.until(`performance.getEntriesByName("first-contentful-paint").length > 0 && document.querySelector("h1") !== null`)
	if ran := eval[bool](w, `document.querySelector("[role=tree]") !== null`); ran {
		t.Error("the script has run although its file has not come")
	}
	release()
	w.until(`document.querySelector("[role=tree]") !== null`)
}

// speed is what a page costs a reader's processor, in milliseconds.
type speed struct {
	Load   float64 // the work until all scripts have run and the page answers
	Period float64 // the work from a click on another period until its figures are shown
	Paint  float64 // when the first text was there, since the page was asked for
	Ready  float64 // when the page answered; both by the clock, on this machine as it was
}

// slowdown is that of the design: a phone of the middle.
const slowdown = 4

// speedOf loads a page. The browser counts the work by the time of its main thread, which
// other work on the machine does not lengthen; the slow processor is a factor then. By the
// clock, throttle slows the browser down.
func (b *browser) speedOf(t *testing.T, address string, throttle float64) speed {
	t.Helper()
	w := b.tab(t, b.base)
	w.size(390, 844)
	w.do("count work", command(performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks}))
	if throttle > 1 {
		w.do("slow down", command(emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: throttle}))
	}
	before := w.work()
	w.open(address)
	s := eval[speed](w, `(async () => {
		await new Promise((done) => new PerformanceObserver((seen) => seen.getEntriesByName("first-contentful-paint").length && done()).observe({ type: "paint", buffered: true }));
		await new Promise((done) => requestIdleCallback(done));
		const tasks = new PerformanceObserver(() => {});
		tasks.observe({ type: "longtask", buffered: true });
		const ends = [performance.getEntriesByType("navigation")[0].loadEventEnd, ...tasks.takeRecords().map((t) => t.startTime + t.duration)];
		const Paint = performance.getEntriesByName("first-contentful-paint")[0].startTime;
		return { Paint, Ready: Math.max(Paint, ...ends) };
	})()`)
	loaded := w.work()
	eval[bool](w, `new Promise((done) => {
		const other = [...document.querySelectorAll("nav.period [data-period]")].at(-1);
		document.addEventListener("uptree:period", () => requestAnimationFrame(() => setTimeout(() => done(true))));
		other ? other.click() : done(true);
	})`)
	s.Load, s.Period = loaded-before, w.work()-loaded
	return s
}

// work is how long the page's main thread has worked so far, in milliseconds.
func (w *tab) work() (ms float64) {
	w.t.Helper()
	w.do("ask for the work done", chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		got, err := cdp.Call(ctx, target, performance.GetMetrics, cdp.Empty{})
		for _, m := range got.Metrics {
			if m.Name == "TaskDuration" {
				ms = m.Value * 1000
			}
		}
		return err
	}))
	return ms
}

// least returns the least of some loads: what else the machine does makes work longer, never
// shorter.
func (b *browser) least(t *testing.T, address string, throttle float64) speed {
	t.Helper()
	least := b.speedOf(t, address, throttle)
	for range 2 {
		s := b.speedOf(t, address, throttle)
		least = speed{min(least.Load, s.Load), min(least.Period, s.Period), min(least.Paint, s.Paint), min(least.Ready, s.Ready)}
	}
	return least
}

var sizeSOnce sync.Once

// sizeS returns the generated site of size S, built once.
func sizeS(t *testing.T) *built {
	t.Helper()
	source := filepath.Join(scratch, "S")
	sizeSOnce.Do(func() {
		if out, err := exec.Command(program(t, "orggen"), "size", "-size", "S", "-o", source).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		buildSite(t, source, sampleClock, filepath.Join(source, "public"), 2).mustStand(t)
	})
	return &built{dir: filepath.Join(source, "public")}
}

// heaviest returns the largest page below a folder of a site.
func (b *built) heaviest(t *testing.T, below string) (name string) {
	t.Helper()
	most := 0
	for _, f := range b.manifest(t) {
		if strings.HasPrefix(f.Path, below+"/") && path.Base(f.Path) == "index.html" && f.Bytes > most {
			name, most = f.Path, f.Bytes
		}
	}
	if name == "" {
		t.Fatalf("the site has no page below %s", below)
	}
	return name
}

// soon is the design's bound, in milliseconds on the slow processor.
const soon = 1000

func TestPagesOfSizeSAreSoonReady(t *testing.T) {
	needsScript(t)
	site := sizeS(t)
	b := &browser{startChromium(t), site, serve(t, site.dir)}
	for _, path := range []string{"index.html", site.heaviest(t, "org"), site.heaviest(t, "service")} {
		s := b.least(t, b.base+path, 1)
		t.Logf("%s, in ms: %+.0f", path, s)
		if s.Load*slowdown > soon || s.Period*slowdown > soon {
			t.Errorf("%s on a %d times slower processor: loading is work of %.0f ms, another period %.0f", path, slowdown, s.Load*slowdown, s.Period*slowdown)
		}
	}
}

var measured = flag.String("measure", "", "a built site whose root, heaviest node and heaviest service are measured")

// TestMeasure prints how fast the pages of a site are on a slow processor, such as one of
// size M.
func TestMeasure(t *testing.T) {
	if *measured == "" {
		t.Skip("no site is named with -measure")
	}
	dir, err := filepath.Abs(*measured)
	if err != nil {
		t.Fatal(err)
	}
	site := &built{dir: dir}
	b := &browser{startChromium(t), site, serve(t, dir)}
	for _, path := range []string{"index.html", site.heaviest(t, "org"), site.heaviest(t, "service")} {
		t.Logf("%s, %d bytes, in ms: %+.0f; throttled %+.0f", path, len(site.read(t, path)), b.least(t, b.base+path, 1), b.least(t, b.base+path, slowdown))
	}
}
