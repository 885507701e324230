package generator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"
)

const (
	searchField = `.find [role="combobox"]`
	searchFound = `.find [role="option"]`
)

// ask types a text into the search and returns the results, the lines of each in one.
func ask(w *tab, text string) []string {
	w.t.Helper()
	eval[bool](w, fmt.Sprintf(`((field) => {
		field.focus();
		field.value = %q;
		field.dispatchEvent(new Event("input"));
		document.querySelector(".found p").textContent = "";
		return true;
	})(document.querySelector(%q))`, text, searchField))
	w.until(`document.querySelector(".found p").textContent !== ""`)
	return eval[[]string](w, fmt.Sprintf(`[...document.querySelectorAll(%q)].map((e) => [...e.children].map((line) => line.textContent).join(" | "))`, searchFound))
}

// slash presses the key as a keyboard does: what it types falls away with its press. Those of
// press are sent apart.
func slash(w *tab) {
	w.t.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		w.do("press /", command(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: "/", Code: "Slash", Text: "/"}))
	}
}

func (b *browser) findsWhatIsMeant(t *testing.T, _ *tab) {
	needsScript(t)
	for _, root := range []string{b.base, fileShare(b.site.dir)} {
		w := b.tab(t, root)
		w.size(1440, 900)
		w.open(root + urlOf(t, b.site, "node", "warehouse-control"))
		if asked := eval[int](w, `document.querySelectorAll('script[src$="search.js"]').length`); asked != 0 {
			t.Error("search.js is there before anybody asks")
		}
		for _, c := range []struct{ what, typed, first string }{
			{"a name", "warehouse control", "Warehouse control | team · Acme / Supply / Fulfilment / Warehouses"},
			{"its start", "wareh", "Warehouses | cluster · "},
			{"a letter that is missing", "chekout", "Checkout | team · "},
			{"two letters in each other's place", "cehckout", "Checkout | team · "},
			{"a letter that is wrong, in another word too", "warehause contrl", "Warehouse control | team"},
			{"a gap too many", "check out", "Checkout | team"},
			{"case", "CHECKOUT api", "Checkout API | service · Acme / Consumer / Shopping / Buying / Checkout"},
			{"what it belongs to", "payments checkout availability", ""},
			{"letters without their signs", "osterreich", "Österreich | "},
			{"other letters", "κατασ", "Κατάστημα Ελλάδας | service"},
			{"from right to left", "العربية", "المملكة العربية السعودية | "},
			{"words without gaps", "ストア", "日本ストアフロント | service"},
			{"an id of another system", "cardnet:3ds", "Cardnet | service"},
			{"a team that has ended", "orders-classic", "Orders | team · Acme / Consumer / Shopping / Buying | also known as Orders (classic)"},
			{"a journey", "buy online", "Buy online, deliver home | journey"},
			{"an objective", "refunds are acepted", "Refunds are accepted | objective · "},
			{"a metric", "change fail", "Change fail rate | metric · Metrics"},
			{"a page", "crakcs", "Cracks | page"},
			{"the guide", "how to read", "How to read a page | page · Guide"},
		} {
			got := ask(w, c.typed)
			if len(got) == 0 && c.first != "" || len(got) > 0 && (c.first == "" || !strings.HasPrefix(got[0], c.first)) {
				t.Errorf("%s: %q finds %q, want %q", c.what, c.typed, got, c.first)
			}
		}
		if got := ask(w, "a"); len(got) != 8 || !strings.HasPrefix(shown(w, ".found p"), "8 of ") {
			t.Errorf("a letter lists %d things: %s", len(got), shown(w, ".found p"))
		}
		ask(w, "chekout")
		if marked := eval[string](w, `document.querySelector(".found mark").textContent`); marked != "Checkout" {
			t.Errorf("%q is marked", marked)
		}
		for _, c := range w.complaints() {
			t.Error(c)
		}
	}
}

// answersWhileOneTypes measures questions to an organisation of size M on a processor of a
// quarter the speed.
func (b *browser) answersWhileOneTypes(t *testing.T, w *tab) {
	needsScript(t)
	w.open(b.base + "index.html")
	w.do("slow down", command(emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4}))
	eval[bool](w, `(() => {
		const words = "account basket card depot event fraud gateway invoice journal label market notice order payment quote refund stock ticket vault wallet".split(" ");
		const of = (i) => words[i % 20] + " " + words[(i * 7 + 3) % 20] + " " + words[Math.floor(i / 20) % 20] + " " + i;
		const things = (n) => Array.from({ length: n }, (_, i) => [of(i), of(i).replaceAll(" ", "-")]);
		const nodes = things(2000).map(([title, id], i) => [i === 0 ? 0 : 1 + i % 2, title, id, 1]);
		const items = things(8000).map(([title, id], i) => [title, id, i % 2000]);
		Object.assign(window.uptree, { tree: { kinds: ["", "team"], nodes }, search: { words: {}, former: [], groups: [{ kind: "service", at: "service/*/index.html", items, ended: [] }] } });
		return true;
	})()`)
	for _, text := range []string{"p", "payment 77", "paymetn walet", "fraud gateway label", "xyzzyx plugh"} {
		ask(w, text)
		best := eval[float64](w, `(async (field, note) => {
			let best = Infinity;
			for (let i = 0; i < 9; i++) {
				note.textContent = "";
				const from = performance.now();
				field.dispatchEvent(new Event("input"));
				while (note.textContent === "") await Promise.resolve();
				best = Math.min(best, performance.now() - from);
			}
			return best;
		})(document.querySelector('`+searchField+`'), document.querySelector(".found p"))`)
		if best > 50 {
			t.Errorf("%q takes %.0f ms", text, best)
		}
	}
}

func (b *browser) searchesByKeyboard(t *testing.T, w *tab) {
	needsScript(t)
	w.open(b.team(t))
	chosen := func() string {
		return eval[string](w, `document.getElementById(document.querySelector('`+searchField+`').getAttribute("aria-activedescendant") ?? "")?.querySelector(".name").textContent ?? ""`)
	}
	expanded := func() bool {
		told := eval[bool](w, `document.querySelector('`+searchField+`').ariaExpanded === "true"`)
		if open := eval[bool](w, `document.querySelector(".found").checkVisibility()`); open != told {
			t.Errorf("the list is open: %t, the field says %t", open, told)
		}
		return told
	}
	focus(w, currentItem)
	slash(w)
	w.press("chekout")
	w.until(`document.querySelectorAll('` + searchFound + `').length > 2`)
	if !expanded() || chosen() != "Checkout" {
		t.Errorf("%q is chosen first", chosen())
	}
	w.press(kb.ArrowDown)
	second := chosen()
	w.press(kb.ArrowUp)
	w.press(kb.ArrowUp)
	if last := chosen(); second == "Checkout" || last == "Checkout" || last == second {
		t.Errorf("arrows go to %q and %q", second, last)
	}
	for _, v := range w.violations(axe(t), true) {
		t.Errorf("with its list open: %s", v)
	}
	if w.press(kb.Escape); expanded() {
		t.Error("Escape leaves the list open")
	}
	w.press(kb.Escape)
	if back := eval[bool](w, `document.activeElement === document.querySelector('`+currentItem+`') && document.querySelector('`+searchField+`').value === ""`); !back {
		t.Error("a second Escape does not empty the field and go back")
	}
	slash(w)
	w.press("a")
	w.until(`document.querySelectorAll('` + searchFound + `').length > 2`)
	w.press(kb.Tab)
	w.press(kb.Enter) // turns the key off
	focus(w, currentItem)
	if slash(w); eval[bool](w, `document.activeElement === document.querySelector('`+searchField+`')`) {
		t.Error("the key leads to the search after it was turned off")
	}
	focus(w, searchField)
	w.press(strings.Repeat(kb.Backspace, 1) + "xyzzyx")
	w.until(`document.querySelector(".found").innerText.includes("Nothing is called “xyzzyx”.")`)
	if hint := shown(w, ".found"); !strings.Contains(hint, "another name") {
		t.Errorf("where nothing is found it says %q", hint)
	}
	w.press(strings.Repeat(kb.Backspace, 6) + "cardnet")
	w.until(`document.querySelectorAll('` + searchFound + `').length > 0`)
	w.press(kb.Enter)
	w.until(`document.querySelector("h1")?.innerText.toLowerCase() === "cardnet"`)
}
