package generator_test

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"uptree/themes"
)

// TestUsingThePages does what readers do.
func TestUsingThePages(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	b := startBrowser(t)
	for name, use := range map[string]func(*testing.T, *tab){
		"the period switch swaps the figures and is in the address": b.usesPeriods,
		"the org chart is a tree for mouse and keyboard":            b.usesOrgChart,
		"the org chart brings what the page does not list":          b.bringsOrgChart,
		"the org chart stays as it was left":                        b.keepsOrgChart,
		"the search finds what is meant":                            b.findsWhatIsMeant,
		"the search goes by keyboard alone":                         b.searchesByKeyboard,
		"the search answers while one types, at size M":             b.answersWhileOneTypes,
		"charts answer once they are seen, and print as drawn":      b.usesCharts,
		"without scripts all periods and charts can be read":        b.readsWithoutScripts,
		"the map leads from a border to what stands behind it":      b.followsBorders,
		"the flows of the map answer to the keyboard":               b.usesFlows,
		"links lead on from page to page":                           b.followsLinks,
		"the address of a team that ended leads to its successor":   b.followsSuccessor,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := b.tab(t, b.base)
			w.size(1440, 900)
			w.media("light", "")
			use(t, w)
			for _, c := range w.complaints() {
				t.Error(c)
			}
		})
	}
}

// needsScript skips what only the script does where its bundle is not built in; in CI it
// has to be.
func needsScript(t *testing.T) {
	t.Helper()
	switch {
	case themes.HasBundle():
	case os.Getenv("CI") != "":
		t.Fatal("the script is not built in: run make bundle first")
	default:
		t.Skip("the script is not built in: run make bundle first")
	}
}

func (b *browser) team(t *testing.T) string {
	return b.base + urlOf(t, b.site, "node", "warehouse-control")
}

// shown is the text of an element as it is seen.
func shown(w *tab, selector string) string {
	w.t.Helper()
	return eval[string](w, fmt.Sprintf(`[...document.querySelectorAll(%q)].filter((e) => e.checkVisibility()).map((e) => e.innerText).join(" ")`, selector))
}

const tileValue = "#m-incident_time .value"

// switchAt is the condition that the switch of periods stands at one. The browser tells the
// script of a new address after it is there.
func switchAt(period string) string {
	return fmt.Sprintf(`document.querySelector('nav.period [aria-current="true"]').innerText.replaceAll("\u00a0", " ") === %q`, period)
}

func (b *browser) usesPeriods(t *testing.T, w *tab) {
	needsScript(t)
	w.open(b.team(t))
	at28 := shown(w, tileValue)
	w.click(`nav.period [data-period="365d"]`)
	w.until(`location.hash === "#period=365d"`)
	w.until(switchAt("365 d"))
	at365 := shown(w, tileValue)
	if at28 == "" || at365 == "" || at28 == at365 {
		t.Errorf("28 days: %q, 365 days: %q", at28, at365)
	}
	w.do("go back", navigateBack)
	w.until(`location.hash === ""`)
	w.until(switchAt("28 d"))
	if again := shown(w, tileValue); again != at28 {
		t.Errorf("after going back: %q, before: %q", again, at28)
	}
	w.open(b.base + "cracks/index.html")
	w.open(b.team(t) + "#period=365d")
	w.until(switchAt("365 d"))
	if linked := shown(w, tileValue); linked != at365 {
		t.Errorf("from an address with the period: %q, by the switch: %q", linked, at365)
	}
}

func focus(w *tab, selector string) {
	w.t.Helper()
	eval[bool](w, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, selector))
}

func (b *browser) usesCharts(t *testing.T, w *tab) {
	needsScript(t)
	w.size(1440, 500)
	w.open(b.team(t))
	figures := eval[int](w, `document.querySelectorAll("figure[data-chart]").length`)
	if figures == 0 {
		t.Fatal("the page has no figure")
	}
	if live := eval[int](w, `document.querySelectorAll(".plot-live").length`); live > 0 {
		t.Errorf("%d charts run before they are seen", live)
	}
	eval[bool](w, `(document.querySelector("figure[data-chart]").scrollIntoView(), true)`)
	w.until(`document.querySelector("figure[data-chart] .plot-live svg") !== null`)
	const host = "figure[data-chart] .plot-live"
	if label := eval[string](w, `document.querySelector("`+host+`").ariaLabel`); !strings.Contains(label, ". ") {
		t.Errorf("the chart is called %q", label)
	}
	if svg := shown(w, "figure.live svg.plot"); svg != "" {
		t.Error("the drawn chart shows through the one that answers")
	}
	focus(w, host)
	w.press(kb.ArrowLeft)
	w.until(`/: .* [0-9]/.test(document.querySelector("[aria-live]")?.textContent)`)
	w.media("light", "print")
	if drawn := eval[bool](w, `[...document.querySelectorAll("figure[data-chart]")].every((f) => f.querySelector("svg.plot").checkVisibility() && !f.querySelector(".plot-live")?.checkVisibility())`); !drawn {
		t.Error("in print a figure lacks its drawn chart, or has both")
	}
}

func (b *browser) readsWithoutScripts(t *testing.T, w *tab) {
	w.scripts(false)
	w.open(b.team(t))
	if drawn := eval[bool](w, `[...document.querySelectorAll("figure[data-chart]")].every((f) => f.querySelector("svg.plot").checkVisibility())`); !drawn {
		t.Error("a figure lacks its drawn chart")
	}
	if dead := eval[int](w, `document.querySelectorAll("button, input, [role='tree']").length`); dead > 0 {
		t.Errorf("%d things that do nothing", dead)
	}
	if rest := eval[int](w, `document.querySelectorAll("nav.tree li > a[href]").length`); rest < 10 {
		t.Errorf("the org chart has %d links", rest)
	}
	// Every figure of every period is on the page behind the numbers.
	values := eval[[][]string](w, `[...document.querySelectorAll(".tile[id^=m-]")].map((tile) =>
		[tile.id.slice(2), (tile.querySelector(".now .value")?.textContent ?? "").replace(/\s+/g, " ").trim()]).filter(([, v]) => /\d/.test(v))`)
	w.click("details.how > summary")
	w.click("details.how[open] a[href*='numbers.html#']")
	w.until(`location.pathname.endsWith("/numbers.html") && document.readyState === "complete"`)
	for _, v := range values {
		shown := eval[string](w, `document.getElementById("`+v[0]+`")?.closest("section").querySelector("table").innerText.replace(/\s+/g, " ") ?? ""`)
		if !strings.Contains(shown, v[1]) || !strings.Contains(shown, "365 d") {
			t.Errorf("%s of %s cannot be read in %q", v[1], v[0], shown)
		}
	}
	if len(values) < 5 {
		t.Errorf("the team has the figures %q", values)
	}
}

// followsLinks goes from the root down to a service and back up, as in a conversation.
func (b *browser) followsLinks(t *testing.T, w *tab) {
	w.open(b.base + "index.html")
	heading := regexp.MustCompile(`\S`)
	for _, link := range []string{`main a[href*="org/consumer/"]`, `main a[href*="org/shopping/"]`, `nav.trail a`} {
		before := eval[string](w, "location.href")
		w.click(link)
		w.until(`location.href !== "` + before + `" && document.readyState === "complete"`)
		if !heading.MatchString(shown(w, "h1")) {
			t.Errorf("%s leads to a page without a heading", link)
		}
	}
}

// followsSuccessor opens an old address from a server and from a file share, where no script
// is run.
func (b *browser) followsSuccessor(t *testing.T, w *tab) {
	share := (&url.URL{Scheme: "file", Path: filepath.ToSlash(b.site.dir) + "/"}).String()
	for _, root := range []string{b.base, share} {
		w := b.tab(t, root)
		w.scripts(false)
		w.open(root + "org/orders-classic/index.html")
		w.until(`location.pathname.includes("/org/orders/") && document.querySelector("nav.trail") !== null`)
		if title := shown(w, "h1"); title != "Orders" {
			t.Errorf("%s leads to %q", root, title)
		}
		for _, c := range w.complaints() {
			t.Error(c)
		}
	}
}
