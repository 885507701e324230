package generator_test

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// kinds holds one page of each kind, and a few more that differ in what they show. The page
// for missing addresses lives at a host's root, and is apart.
func (b *browser) kinds(t *testing.T) map[string]string {
	t.Helper()
	return map[string]string{
		"root":         "index.html",
		"area":         urlOf(t, b.site, "node", "consumer"),
		"team":         urlOf(t, b.site, "node", "warehouse-control"),
		"not owned":    urlOf(t, b.site, "node", "_not-owned"),
		"service":      urlOf(t, b.site, "service", "checkout-api"),
		"journey":      urlOf(t, b.site, "journey", "buy-online"),
		"cracks":       "cracks/index.html",
		"themes":       "themes/index.html",
		"talk":         "conversations/index.html",
		"changes":      "changes/index.html",
		"metrics":      "metrics/index.html",
		"data":         "data/index.html",
		"guide":        "guide/reading/index.html",
		"guide's list": "guide/index.html",
	}
}

func TestPagesInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	checker := axe(t)
	b := startBrowser(t)
	t.Run("the watch sees what it should", b.watchSees)
	for kind, path := range b.kinds(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			b.onScreens(t, b.base+path, checker)
			b.fromFileShare(t, path)
		})
	}
	t.Run("missing address", func(t *testing.T) {
		t.Parallel()
		b.onScreens(t, serveWithMissing(t, b.site)+"org/gone/index.html", checker)
	})
}

// A watch that hears nothing would make all other tests green.
func (b *browser) watchSees(t *testing.T) {
	dir := t.TempDir()
	page := `<!doctype html><title>x</title><p style="width:3000px">wide</p><img src="http://elsewhere.invalid/x.png" alt=""><script>alert(1)</script>`
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	base := serve(t, dir)
	w := b.tab(t, base)
	w.open(base + "index.html")
	said := strings.Join(w.complaints(), "\n")
	for _, want := range []string{"inline style", "inline script", "elsewhere.invalid"} {
		if !strings.Contains(said, want) {
			t.Errorf("nothing is said about %s: %s", want, said)
		}
	}
}

// onScreens opens a page on a phone and on a wide screen, light and dark, with scripts and
// without.
func (b *browser) onScreens(t *testing.T, address, checker string) {
	host, _ := url.Parse(address)
	for _, scripts := range []bool{true, false} {
		for _, width := range []int64{390, 1440} {
			w := b.tab(t, host.Scheme+"://"+host.Host+"/")
			w.scripts(scripts)
			w.size(width, 900)
			w.media("light", "")
			w.open(address)
			w.scripts(true) // those of the page did not run; axe may
			for _, scheme := range []string{"light", "dark"} {
				w.media(scheme, "")
				where := fmt.Sprintf("%d px, %s, scripts %t", width, scheme, scripts)
				for _, c := range append(w.complaints(), w.tooWide()...) {
					t.Errorf("%s: %s", where, c)
				}
				for _, v := range w.violations(checker, scheme) {
					t.Errorf("%s: %s", where, v)
				}
				w.complaints() // what axe itself asks for
			}
		}
	}
}

// tooWide names what makes the page scroll to the side.
func (w *tab) tooWide() []string {
	w.t.Helper()
	return eval[[]string](w, `(() => {
		const page = document.scrollingElement;
		if (page.scrollWidth <= page.clientWidth) return [];
		const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > page.clientWidth + 1);
		return ["the page is " + page.scrollWidth + " px wide: " + wide.slice(-3).map((e) => e.outerHTML.slice(0, 120)).join(" … ")];
	})()`)
}

// violations runs axe over the page as it stands: all rules on the light page, those of
// colours on the dark one.
func (w *tab) violations(checker, scheme string) []string {
	w.t.Helper()
	rules := `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`
	if scheme == "dark" {
		rules = `["color-contrast", "link-in-text-block"]`
	} else {
		w.do("load axe", evalVoid(checker+";undefined"))
	}
	return eval[[]string](w, `axe.run(document, { runOnly: `+rules+`, resultTypes: ["violations"] }).then(({ violations }) => violations.map((v) =>
		v.id + " at " + v.nodes.length + " places (" + v.help + "): " + v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + n.html.slice(0, 160) + " " + n.any.map((c) => c.message).join("; ")).join(" | ")))`)
}

// fromFileShare opens a page without a server and follows what it loads.
func (b *browser) fromFileShare(t *testing.T, path string) {
	root := (&url.URL{Scheme: "file", Path: filepath.ToSlash(b.site.dir) + "/"}).String()
	w := b.tab(t, root)
	w.size(1440, 900)
	w.open(root + path)
	for _, c := range append(w.complaints(), w.tooWide()...) {
		t.Errorf("from a file share: %s", c)
	}
	if styled := eval[bool](w, `getComputedStyle(document.querySelector(".skip")).position === "absolute"`); !styled {
		t.Error("from a file share: the style sheet is not there")
	}
	if ran := eval[bool](w, `document.querySelector("nav.tree .fold") !== null || document.querySelectorAll("nav.tree li ul").length === 0`); !ran {
		t.Error("from a file share: the script has not run")
	}
}
