package generator_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/page"
)

const builtAt, lateAfter = "2026-11-20T09:05:00+01:00", "2026-11-20T11:05:00+01:00"

// TestAgesAreThoseOfTheReader reads a site that is built every hour, at different times.
func TestAgesAreThoseOfTheReader(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	needsScript(t)
	b := startBrowser(t)
	var build atomic.Value
	build.Store(buildScript(builtAt, lateAfter))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", contentPolicy)
		if path.Base(r.URL.Path) == "build.js" {
			_, _ = w.Write([]byte(build.Load().(string)))
			return
		}
		http.FileServer(http.Dir(b.site.dir)).ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)

	w := b.tab(t, server.URL+"/")
	w.size(1440, 900)
	w.media("light", "")
	w.at("2026-11-20T09:45:00+01:00")
	w.open(server.URL + "/data/index.html")
	if said := shown(w, ".late"); said != "" {
		t.Errorf("a site of forty minutes ago says %q", said)
	}
	w.until(`[...document.querySelectorAll("time[data-age]")].some((t) => t.checkVisibility() && t.innerText.includes("min ago"))`)

	// The window stays open over the night, and nothing is built.
	w.passes("2026-11-21T10:30:00+01:00")
	w.until(`document.querySelector(".late").checkVisibility()`)
	if said := shown(w, ".late"); !strings.Contains(said, "25 h ago") {
		t.Errorf("after a day without a build the page says %q", said)
	}
	if top := eval[float64](w, `document.querySelector(".late").getBoundingClientRect().bottom`); top > 150 {
		t.Errorf("it says so %f px down the page", top)
	}
	w.until(`![...document.querySelectorAll("time[data-age]")].some((t) => t.innerText.includes("min ago"))`)

	// Then the site is built again, behind the window.
	build.Store(buildScript("2026-11-21T11:00:00+01:00", "2026-11-21T13:00:00+01:00"))
	w.passes("2026-11-21T11:30:00+01:00")
	w.until(`document.querySelector(".late").innerText.includes("newer build")`)
	for _, c := range w.complaints() {
		t.Error(c)
	}

	// Without scripts the page names its day.
	w = b.tab(t, server.URL+"/")
	w.scripts(false)
	w.open(server.URL + "/index.html")
	if said, day := shown(w, ".late"), shown(w, ".asof"); said != "" || !strings.Contains(strings.ReplaceAll(day, "\u00a0", " "), "20 Nov 2026") {
		t.Errorf("without scripts: %q and %q", said, day)
	}
}

func buildScript(asOf, late string) string {
	return fmt.Sprintf(`window.uptreeBuild={"as_of":%q,"late_after":%q,"source.incidents":%[1]q};`, asOf, late)
}

// at sets the clock of the pages that are opened next.
func (w *tab) at(clock string) {
	w.t.Helper()
	w.do("set the clock", command(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: setClock(clock)}))
}

// passes moves the clock of the page that is open, and shows the page again.
func (w *tab) passes(clock string) {
	w.t.Helper()
	w.do("let time pass", evalVoid(setClock(clock)+`; document.dispatchEvent(new Event("visibilitychange"))`))
}

func setClock(clock string) string { return fmt.Sprintf("Date.now = () => Date.parse(%q)", clock) }
