package generator_test

import (
	"net/url"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp/kb"
)

// What holds for every page, whatever it shows. Each rule returns complaints.

// tooWide names what makes the page scroll to the side, or lies before its edge, where
// nobody can scroll.
func (w *tab) tooWide() []string {
	w.t.Helper()
	return eval[[]string](w, `(() => {
		const page = document.scrollingElement, out = [];
		if (page.scrollWidth > page.clientWidth) out.push("the page is " + page.scrollWidth + " px wide");
		const scrolled = (e) => e && e !== document.body && (getComputedStyle(e).overflowX !== "visible" || scrolled(e.parentElement));
		for (const e of document.querySelectorAll("body *")) {
			const at = e.getBoundingClientRect();
			if (at.width <= 1 || at.left >= -1 && at.right <= page.clientWidth + 1 || !e.checkVisibility()) continue;
			if (!scrolled(e) && !e.closest(".skip")) out.push("beyond the edge: " + Math.round(at.left) + " to " + Math.round(at.right) + " px: " + e.outerHTML.slice(0, 160));
		}
		return out.slice(0, 4);
	})()`)
}

// unreadable names texts of less than 12 CSS pixels, texts that are cut off, quantities that
// stand the wrong way round, and what scrolls without the keyboard being able to.
func (w *tab) unreadable() []string {
	w.t.Helper()
	return eval[[]string](w, `(() => {
		const out = new Map(), say = (rule, e) => {
			const kind = rule + " at " + e.localName + "." + (e.getAttribute("class") ?? "") + " in " + (e.parentElement.closest("[class]")?.getAttribute("class") ?? "");
			if (!out.has(kind)) out.set(kind, rule + ": " + e.outerHTML.slice(0, 160));
		};
		const forReaders = (e) => e && (getComputedStyle(e).clipPath === "inset(50%)" || forReaders(e.parentElement));
		const hidden = (e) => e.closest(".skip") || forReaders(e);
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let text; (text = texts.nextNode()); ) {
			const e = text.parentElement;
			if (!text.data.trim() || e.closest("script, style, noscript, title, desc") || !e.checkVisibility({ visibilityProperty: true }) || hidden(e)) continue;
			const scale = e.closest("svg") ? e.getScreenCTM().a : 1;
			const px = parseFloat(getComputedStyle(e).fontSize) * scale;
			if (px < 11.9) say(px.toFixed(1) + " px", e);
			const range = document.createRange(), cell = e.closest("td, th");
			for (const { 0: quantity, index } of text.data.matchAll(/\d+[\u00a0\u202f](d|h|min|%)([\u00a0\u202f]\d+[\u00a0\u202f](h|min))?/g)) {
				range.setStart(text, index);
				range.setEnd(text, index + 1);
				const first = range.getBoundingClientRect();
				range.setStart(text, index + quantity.length - 1);
				range.setEnd(text, index + quantity.length);
				const last = range.getBoundingClientRect();
				if (first.top === last.top && first.left > last.left) say("stands as it is not read", e);
			}
			if (!cell) continue;
			range.selectNodeContents(text);
			const at = cell.getBoundingClientRect();
			for (const r of range.getClientRects()) if (r.left < at.left - 1 || r.right > at.right + 1) say("text leaves its cell", e);
		}
		for (const e of document.querySelectorAll("body *")) {
			if (e.closest("svg") || hidden(e) || !e.checkVisibility()) continue;
			const style = getComputedStyle(e), over = e.scrollWidth > e.clientWidth + 1;
			if (over && /hidden|clip/.test(style.overflowX) && e.textContent.trim()) say("text is cut off", e);
			const scrolls = over && /auto|scroll/.test(style.overflowX) || e.scrollHeight > e.clientHeight + 1 && /auto|scroll/.test(style.overflowY);
			if (scrolls && e.tabIndex < 0 && !e.querySelector("a[href], button, summary, [tabindex='0']")) say("scrolls, but not by keyboard", e);
		}
		return [...out.values()];
	})()`)
}

// violations runs axe over the page as it stands: all rules, or those of colours alone.
func (w *tab) violations(checker string, all bool) []string {
	w.t.Helper()
	rules := `["color-contrast", "link-in-text-block"]`
	if all {
		rules = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`
	}
	w.do("load axe", evalVoid(`window.axe || (() => {`+checker+`})();undefined`))
	defer w.complaints() // what axe itself asks for
	return eval[[]string](w, `axe.run(document, { runOnly: `+rules+`, resultTypes: ["violations"] }).then(({ violations }) => violations.map((v) =>
		v.id + " at " + v.nodes.length + " places (" + v.help + "): " + v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + n.html.slice(0, 160) + " " + n.any.map((c) => c.message).join("; ")).join(" | ")))`)
}

// unreached walks a page with the Tab key alone and names what it does not come to, and
// where it cannot be seen that it has.
func (w *tab) unreached() []string {
	w.t.Helper()
	want := eval[int](w, `(() => {
		window.met = new Set();
		window.unseen = new Set();
		document.addEventListener("focusin", ({ target }) => {
			window.met.add(target);
			const style = getComputedStyle(target);
			if (!(style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none")) window.unseen.add(target);
		});
		window.stops = [...document.querySelectorAll("a[href], button, summary, input, select, [tabindex='0']")]
			.filter((e) => e.checkVisibility() && e.tabIndex >= 0 && !e.disabled);
		document.activeElement?.blur();
		return window.stops.length;
	})()`)
	for range want + 20 {
		w.press(kb.Tab)
	}
	return eval[[]string](w, `document.activeElement.blur(), [
		...[...window.unseen].slice(0, 5).map((e) => "focus cannot be seen on " + e.outerHTML.slice(0, 100)),
		...window.stops.filter((e) => !window.met.has(e)).slice(0, 5).map((e) => "the Tab key does not reach " + e.outerHTML.slice(0, 100)),
	]`)
}

// notDrawn lets all charts run, one after the other, and names those that do not show their
// drawing on paper.
func (w *tab) notDrawn() []string {
	w.t.Helper()
	defer w.media("light", "")
	w.do("scroll to the charts", evalVoid(`(async () => {
		for (const f of document.querySelectorAll("figure[data-chart]")) {
			f.scrollIntoView();
			await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
		}
	})()`))
	w.media("light", "print")
	return eval[[]string](w, `[...document.querySelectorAll("figure[data-chart]")]
		.filter((f) => f.checkVisibility() && (!f.querySelector("svg.plot")?.checkVisibility() || f.querySelector(".plot-live")?.checkVisibility()))
		.map((f) => "not drawn: " + f.outerHTML.slice(0, 120))`)
}

// textOf is all that a page shows, but for ages, which go on while one reads, and the labels
// of running charts, which fit themselves.
func (w *tab) textOf() string {
	w.t.Helper()
	return eval[string](w, `(() => {
		for (const moves of document.querySelectorAll("time, .plot-live")) moves.textContent = "";
		return document.body.innerText;
	})()`)
}

// fileShare is the address of a folder without a server, with a slash at the end.
func fileShare(dir string) string {
	return (&url.URL{Scheme: "file", Path: strings.TrimSuffix(filepath.ToSlash(dir), "/") + "/"}).String()
}
