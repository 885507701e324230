package generator_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// chart is what can be seen of the org chart: a line per item, indented by its level.
func chart(w *tab) []string {
	w.t.Helper()
	return eval[[]string](w, `[...document.querySelectorAll('nav.tree [role="treeitem"]')].filter((e) => e.checkVisibility()).map((e) =>
		" ".repeat(e.ariaLevel - 1) + e.textContent.replace(/\u00a0\d+$/, ""))`)
}

// at is the item that has the focus, without its count.
func at(w *tab) string {
	w.t.Helper()
	return eval[string](w, `document.activeElement.textContent.replace(/\u00a0\d+$/, "")`)
}

const currentItem = `nav.tree [aria-current="page"]`

func (b *browser) usesOrgChart(t *testing.T, w *tab) {
	needsScript(t)
	w.open(b.team(t))
	whole := chart(w)
	if stops := eval[int](w, `document.querySelectorAll('nav.tree [tabindex="0"]').length`); stops != 1 {
		t.Errorf("the Tab key stops at %d items", stops)
	}
	focus(w, currentItem)
	for _, step := range []struct {
		key, at string
		seen    int // items
	}{
		{kb.ArrowDown, "Picking", len(whole)},
		{kb.ArrowLeft, "Warehouses", len(whole)},
		{kb.ArrowLeft, "Warehouses", len(whole) - 4},
		{kb.ArrowRight, "Warehouses", len(whole)},
		{kb.ArrowRight, "Warehouse control", len(whole)},
		{kb.End, strings.TrimSpace(whole[len(whole)-1]), len(whole)},
		{kb.ArrowDown, strings.TrimSpace(whole[len(whole)-1]), len(whole)},
		{kb.Home, "Acme", len(whole)},
		{"w", "Warehouses", len(whole)},
		{"y", "Warehouses", len(whole)}, // "wy"
	} {
		w.press(step.key)
		if got, seen := at(w), len(chart(w)); got != step.at || seen != step.seen {
			t.Errorf("after %q at %q of %d items, want %q of %d", step.key, got, seen, step.at, step.seen)
		}
	}
	if told := eval[string](w, `document.activeElement.ariaExpanded + " " + document.activeElement.ariaLevel`); told != "true 4" {
		t.Errorf("Warehouses says %q of itself", told)
	}
	w.click(`nav.tree li li li li > .fold`)
	if seen := len(chart(w)); seen != len(whole)-4 {
		t.Errorf("after a click on the sign %d items", seen)
	}
	eval[bool](w, `(document.documentElement.dir = "rtl", true)`)
	focus(w, `nav.tree li li li li > a`)
	if w.press(kb.ArrowLeft); len(chart(w)) != len(whole) {
		t.Error("from right to left, the left arrow does not open")
	}
	if w.press(kb.ArrowLeft); at(w) != "Warehouse control" {
		t.Errorf("from right to left, the left arrow goes to %q", at(w))
	}
	w.press(kb.ArrowDown)
	w.press(kb.Enter)
	w.until(`document.querySelector("h1")?.innerText === "Picking"`)
}

func (b *browser) bringsOrgChart(t *testing.T, w *tab) {
	needsScript(t)
	for _, root := range []string{b.base, fileShare(b.site.dir)} {
		w := b.tab(t, root)
		w.size(1440, 900)
		w.open(root + urlOf(t, b.site, "node", "warehouse-control"))
		if asked := eval[int](w, `document.querySelectorAll('script[src$="tree.js"]').length`); asked != 0 {
			t.Error("tree.js is there before anybody asks")
		}
		focus(w, currentItem)
		w.press(kb.End)
		w.press(kb.Enter) // what was left out below the root
		w.until(`document.activeElement.textContent.startsWith("Consumer")`)
		w.press(kb.ArrowRight)
		w.until(`document.activeElement.ariaExpanded === "true"`)
		seen := chart(w)
		for _, want := range []string{"Acme", " Consumer", "  Shopping", " Supply", "  Fulfilment", "    Warehouse control", " Corporate", " (not owned)"} {
			if !slices.Contains(seen, want) {
				t.Errorf("%s: the chart lacks %q: %q", root, want, seen)
			}
		}
		if i := slices.Index(seen, " Consumer"); i < 0 || seen[i+1] != "  Shopping" {
			t.Errorf("what is below Consumer stands elsewhere: %q", seen)
		}
		w.press(kb.ArrowRight)
		w.press(kb.Enter)
		w.until(`document.querySelector("h1")?.innerText === "Shopping"`)
		for _, c := range w.complaints() {
			t.Error(c)
		}
	}
}

func (b *browser) keepsOrgChart(t *testing.T, w *tab) {
	needsScript(t)
	w.open(b.base + "index.html")
	focus(w, currentItem)
	w.press(kb.ArrowDown)  // Consumer
	w.press(kb.ArrowRight) // from tree.js
	w.until(`document.activeElement.ariaExpanded === "true"`)
	w.open(b.team(t)) // below Supply: the page does not list Consumer
	if slices.Contains(chart(w), "  Shopping") {
		t.Error("Consumer is open where it is not listed")
	}
	focus(w, currentItem)
	w.press(kb.End)
	w.press(kb.Enter)
	w.until(`document.activeElement.textContent.startsWith("Consumer")`)
	w.open(b.base + urlOf(t, b.site, "node", "consumer"))
	focus(w, currentItem)
	w.press(kb.ArrowLeft)
	before := chart(w)
	w.open(b.base + urlOf(t, b.site, "node", "supply"))
	w.until(`[...document.querySelectorAll("nav.tree a")].some((a) => a.textContent.startsWith("Corporate"))`)
	if slices.Contains(chart(w), "  Shopping") {
		t.Error("Consumer is open again")
	}
	w.open(b.base + urlOf(t, b.site, "node", "consumer"))
	w.until(`[...document.querySelectorAll("nav.tree a")].some((a) => a.textContent.startsWith("Corporate"))`)
	if got := chart(w); !slices.Equal(got, before) {
		t.Errorf("it was left as %q and is %q", before, got)
	}
	w.open(b.base + urlOf(t, b.site, "node", "shopping"))
	if seen := eval[bool](w, fmt.Sprintf(`document.querySelector(%q).checkVisibility()`, currentItem)); !seen {
		t.Error("what the page is about is folded away")
	}
}
