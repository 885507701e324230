package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestPagesPrintAsReports prints pages on both papers of the world, with scripts and without.
func TestPagesPrintAsReports(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	b := startBrowser(t)
	for name, of := range map[string]struct {
		path   string
		sheets int // at most
	}{
		"team":    {urlOf(t, b.site, "node", "checkout"), 5},
		"area":    {urlOf(t, b.site, "node", "consumer"), 7},
		"root":    {"index.html", 8},
		"service": {urlOf(t, b.site, "service", "checkout-api"), 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := b.tab(t, b.base)
			w.media("dark", "") // paper is white all the same
			w.open(b.base + of.path)
			for paper, size := range map[string][2]float64{"A4": {8.27, 11.69}, "Letter": {8.5, 11}} {
				n := w.sheets(t, name+"-"+paper, size[0], size[1])
				if t.Logf("%s: %d sheets", paper, n); n < 2 || n > of.sheets {
					t.Errorf("%s: %d sheets, want at most %d", paper, n, of.sheets)
				}
			}
			w.size(paperWide, 1000)
			w.media("dark", "print")
			for _, c := range append(append(w.complaints(), w.tooWide()...), eval[[]string](w, onPaper)...) {
				t.Error(c)
			}
		})
	}
	t.Run("lists are whole on their own pages", func(t *testing.T) {
		t.Parallel()
		w := b.tab(t, b.base)
		w.media("light", "print")
		w.open(b.base + "data/index.html")
		if lost := eval[int](w, `[...document.querySelectorAll("main tbody tr")].filter((r) => !r.closest("details") && !r.checkVisibility()).length`); lost > 0 {
			t.Errorf("%d rows are not printed", lost)
		}
	})
}

// paperWide is what the margins leave of the narrower paper, in CSS pixels.
const paperWide = 694

// onPaper names what a sheet should not hold, or lacks.
const onPaper = `(() => {
	const out = [];
	const seen = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
	for (const e of seen("nav.tree, nav.pages, button, input, dialog, summary, .permalink, .how, .skip")) {
		if (e.matches("summary") && e.closest(".without, .side, .rest")) continue; // says how many
		out.push("on paper: " + e.outerHTML.slice(0, 80));
	}
	const wide = document.documentElement.clientWidth;
	for (const e of seen("main *:not(svg *)")) {
		const { right, left, width } = e.getBoundingClientRect();
		if (width > 1 && (right > wide + 1 || left < -1)) out.push("cut at the edge: " + e.outerHTML.slice(0, 80));
	}
	for (const e of seen("figure.chart")) if (!e.querySelector("svg.plot")?.checkVisibility()) out.push("no drawing: " + e.id);
	for (const e of ["h1", ".asof", ".attention, .facts", ".tile"]) if (seen(e).length === 0) out.push("not on paper: " + e);
	if (document.querySelector("nav.period") && seen("nav.period a").length !== 1) out.push("the period is not named");
	const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\d+/g);
	if (r < 255 || g < 255 || b < 255) out.push("the paper is not white");
	return out.slice(0, 10);
})()`

var sheet = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

// sheets prints a page and counts its sheets. With PRINTS set the PDF is kept there.
func (w *tab) sheets(t *testing.T, name string, wide, high float64) int {
	t.Helper()
	params := page.PrintToPDFParams{PaperWidth: wide, PaperHeight: high}
	var pdf []byte
	w.do("print", chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		out, err := cdp.Call(ctx, target, page.PrintToPDF, params)
		pdf = out.Data
		return err
	}))
	if dir := os.Getenv("PRINTS"); dir != "" {
		_ = os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s.pdf", name)), pdf, 0o600)
	}
	if !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Fatal("what is printed is no PDF")
	}
	return len(sheet.FindAll(pdf, -1))
}
