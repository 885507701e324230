package generator_test

import (
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
		"numbers":      strings.Replace(urlOf(t, b.site, "node", "consumer"), "index", "numbers", 1),
		"not owned":    urlOf(t, b.site, "node", "_not-owned"),
		"service":      urlOf(t, b.site, "service", "checkout-api"),
		"journey":      urlOf(t, b.site, "journey", "buy-online"),
		"cracks":       "cracks/index.html",
		"map":          "map/index.html",
		"map of teams": "map/4/365d/index.html",
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
			b.holds(t, path, checker)
		})
	}
	t.Run("missing address", func(t *testing.T) {
		t.Parallel()
		gone := serveWithMissing(t, b.site) + "org/gone/index.html"
		b.visit(t, gone, checker).withScripts()
		b.visit(t, gone, checker).withoutScripts()
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
