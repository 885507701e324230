package generator_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// followsBorders goes from a team to its place on the map, and there to another level, to
// another period and to what stands behind a cell. No script runs.
func (b *browser) followsBorders(t *testing.T, w *tab) {
	w.scripts(false)
	w.open(b.team(t))
	w.click(`main a[href*="map/4/"]`)
	w.until(`location.pathname.includes("/map/4/") && document.querySelector(":target th") !== null`)
	if row := shown(w, "tr:target"); !strings.Contains(row, "Warehouse control") {
		t.Errorf("the team is led to %q", row)
	}
	w.click(`nav.choice a[href$="map/index.html"]`)
	w.until(`/\/map\/(index.html)?$/.test(location.pathname)`)
	if level := shown(w, "nav.choice [aria-current]"); !strings.Contains(level, "division") || !strings.Contains(level, "28") {
		t.Errorf("the map of divisions says that it shows %q", level)
	}
	w.click(`nav.choice a[href$="map/365d/index.html"]`)
	w.until(`location.pathname.includes("/map/365d/")`)
	w.click(`#caused-matrix td a`)
	w.until(`document.querySelector("#caused-list tr:target, .rest[open] tr:target") !== null`)
	if behind := eval[int](w, `document.querySelectorAll("tr:target td a").length`); behind < 2 {
		t.Errorf("the row leads to %d places", behind)
	}
}

// usesFlows steps through the flows of a live chart.
func (b *browser) usesFlows(t *testing.T, w *tab) {
	needsScript(t)
	w.open(b.base + "map/index.html")
	const host = "#caused-chart .plot-live"
	w.until(`document.querySelector("` + host + ` svg") !== null`)
	focus(w, host)
	w.press(kb.ArrowRight)
	w.until(`document.querySelector("[aria-live]")?.textContent !== ""`)
	first := eval[string](w, `document.querySelector("#caused-chart .numbers tbody th").textContent`)
	if said := eval[string](w, `document.querySelector("[aria-live]").textContent`); !strings.HasPrefix(said, first+":") || !strings.Contains(said, "h") {
		t.Errorf("the first flow is said as %q; the table has %q first", said, first)
	}
}
