package generator_test

import (
	"errors"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var screenshots = flag.String("screenshots", "", "a folder for a picture of each page kind and state")

// A picture is a page on a screen.
type picture struct {
	browser *browser
	name    string // of the kind or state
	path    string
}

// TestScreenshots takes pictures of all page kinds and states, as the other tests look at
// them, and an index.html to leaf through.
func TestScreenshots(t *testing.T) {
	if *screenshots == "" {
		t.Skip("no folder is named with -screenshots")
	}
	if err := os.MkdirAll(*screenshots, 0o755); err != nil {
		t.Fatal(err)
	}
	b := startBrowser(t)
	var pictures []picture
	for kind, path := range b.kinds(t) {
		pictures = append(pictures, picture{b, "kind, " + kind, path})
	}
	slices.SortFunc(pictures, func(x, y picture) int { return strings.Compare(x.name, y.name) })
	for _, s := range states {
		site := stateSites(t)[s.site]
		of := &browser{b.ctx, site, serve(t, site.dir)}
		pictures = append(pictures, picture{of, "state, " + s.name, urlOf(t, site, s.kind, s.id)})
	}
	for _, p := range pictures {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			p.take(t)
		})
	}
	if err := os.WriteFile(filepath.Join(*screenshots, "index.html"), album(pictures), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (p picture) take(t *testing.T) {
	w := p.browser.tab(t, p.browser.base)
	w.size(390, 844)
	w.open(p.browser.base + p.path)
	for _, width := range []int64{390, 1440} {
		w.size(width, 900)
		for _, scheme := range schemes {
			w.media(scheme, "")
			image, err := chromedp.Run(w.ctx, chromedp.FullScreenshot(85))
			if err := errors.Join(err, os.WriteFile(filepath.Join(*screenshots, p.file(width, scheme)), image, 0o644)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// file names the picture of one screen: "state-40-children-390-dark.jpeg".
func (p picture) file(width int64, scheme string) string {
	name := strings.NewReplacer(", ", "-", " ", "-", "'", "").Replace(p.name)
	return fmt.Sprintf("%s-%d-%s.jpeg", name, width, scheme)
}

// album shows all pictures of a page side by side.
func album(pictures []picture) []byte {
	out := []byte("<!doctype html><meta charset=\"utf-8\"><title>Screenshots</title>\n<style>body{font:1rem system-ui;margin:2rem}figure{display:flex;gap:1rem;align-items:start;margin:0 0 3rem}img{max-height:90vh;border:1px solid #888}</style>\n")
	for _, p := range pictures {
		out = fmt.Appendf(out, "<h2>%s</h2><figure>", html.EscapeString(p.name))
		for _, width := range []int64{390, 1440} {
			for _, scheme := range schemes {
				file := p.file(width, scheme)
				out = fmt.Appendf(out, "<a href=%q><img loading=\"lazy\" src=%[1]q alt=\"%d px, %s\"></a>", file, width, scheme)
			}
		}
		out = append(out, "</figure>\n"...)
	}
	return out
}
