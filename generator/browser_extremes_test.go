package generator_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// TestSizeSInABrowser looks at a site that was not made to look good: a page of each kind,
// of those with many the heaviest.
func TestSizeSInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	checker, site := axe(t), sizeS(t)
	b := &browser{startChromium(t), site, serve(t, site.dir)}
	for kind, path := range map[string]string{
		"root": "index.html", "node": site.heaviest(t, "org"), "service": site.heaviest(t, "service"), "journey": site.heaviest(t, "journey"),
		"cracks": "cracks/index.html", "map": site.heaviest(t, "map"), "changes": "changes/index.html", "metrics": "metrics/index.html", "data": "data/index.html",
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			b.holds(t, path, checker)
		})
	}
}

// mostSeen are the pages that are opened on any device.
func (b *browser) mostSeen(t *testing.T) map[string]string {
	t.Helper()
	all := b.kinds(t)
	return map[string]string{"root": all["root"], "area": all["area"], "team": all["team"], "service": all["service"]}
}

// TestTheSmallestAndTheWidestScreen are a small phone, which is also a laptop's screen at a
// zoom of four, and a screen of a control room.
func TestTheSmallestAndTheWidestScreen(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	b := startBrowser(t)
	for kind, path := range b.mostSeen(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			for _, scripts := range []bool{true, false} {
				v := b.visit(t, b.base+path, "")
				v.open(320, scripts)
				for _, width := range []int64{320, 2560} {
					v.size(width, 1000)
					v.expect(fmt.Sprintf("%d px, scripts %t", width, scripts), v.complaints(), v.tooWide())
				}
			}
		})
	}
}

// prefer sets what readers may prefer in their system's settings.
func (w *tab) prefer(settings ...*emulation.MediaFeature) {
	w.t.Helper()
	w.do("emulate settings", command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: settings}))
}

func TestPagesHeedTheSettingsOfTheirReaders(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	checker, b := axe(t), startBrowser(t)
	for kind, path := range b.mostSeen(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			v := b.visit(t, b.base+path, checker)
			v.open(1440, true)
			v.prefer(&emulation.MediaFeature{Name: "forced-colors", Value: "active"})
			v.expect("forced colours", v.complaints(), v.tooWide(), v.unreadable(), v.lost(), v.unreached())
			v.prefer(&emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "no-preference"})
			if how := v.scrolls(); how != "smooth" {
				t.Errorf("where motion is welcome the page scrolls %s", how)
			}
			v.prefer(&emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"})
			if how := v.scrolls(); how != "auto" {
				t.Errorf("where motion is not welcome the page scrolls %s", how)
			}
			v.otherPeriod()
			if moving := eval[int](v.tab, `document.getAnimations().length`); moving > 0 {
				t.Errorf("%d parts move although motion is to be reduced", moving)
			}
		})
	}
}

func (w *tab) scrolls() string {
	w.t.Helper()
	return eval[string](w, `getComputedStyle(document.documentElement).scrollBehavior`)
}

// lost names signs and lines of charts that have the colour of what is behind them, where a
// system's few colours take the place of the page's own.
func (w *tab) lost() []string {
	w.t.Helper()
	return eval[[]string](w, `(() => {
		const ground = getComputedStyle(document.body).backgroundColor, out = new Set();
		const clear = (colour) => colour === ground || colour === "rgba(0, 0, 0, 0)" || colour === "none";
		for (const e of document.querySelectorAll("main .mark:not(svg *)")) {
			const sign = getComputedStyle(e, "::before");
			if (!e.checkVisibility() || sign.content === "none") continue;
			const drawn = !clear(sign.backgroundColor) || sign.backgroundImage !== "none" || parseFloat(sign.borderTopWidth) > 0 && !clear(sign.borderTopColor);
			if (!drawn) out.add("the sign of " + e.className + " cannot be seen");
		}
		for (const e of document.querySelectorAll("svg.plot .line, svg.plot .area, svg.plot .dot:not(.even), svg.plot .day")) {
			const style = getComputedStyle(e);
			if (e.checkVisibility() && clear(style.stroke) && clear(style.fill)) out.add("in a chart " + e.getAttribute("class") + " cannot be seen");
		}
		return [...out];
	})()`)
}
