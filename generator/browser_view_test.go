package generator_test

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
)

// TestAddressesHoldTheView: what a reader has chosen is in the address, from a server and
// from a file share alike.
func TestAddressesHoldTheView(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	needsScript(t)
	b := startBrowser(t)
	share := (&url.URL{Scheme: "file", Path: filepath.ToSlash(b.site.dir) + "/"}).String()
	for where, root := range map[string]string{"server": b.base, "file share": share} {
		for name, use := range map[string]func(t *testing.T, w *tab, page string){
			"each choice is a step of the Back button": b.stepsBack,
			"an anchor keeps what was chosen":          b.keepsView,
			"a permalink copies itself":                b.copiesPermalink,
			"a copied address shows the same":          b.showsTheSame,
			"a figure can be taken away":               b.takesAway,
		} {
			t.Run(where+"/"+name, func(t *testing.T) {
				t.Parallel()
				w := b.tab(t, root)
				w.size(1440, 900)
				w.media("light", "")
				use(t, w, root+urlOf(t, b.site, "node", "warehouse-control"))
				for _, c := range w.complaints() {
					t.Error(c)
				}
			})
		}
	}
}

const (
	howOf     = "#m-incident_time .how"
	isOpen    = `document.querySelector("#m-incident_time .how").open`
	atMark    = `document.querySelector(":target")?.id === "m-incident_time"`
	wholeTile = `(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.querySelector("#m-incident_time").getBoundingClientRect())`
)

func hashIs(hash string) string { return fmt.Sprintf("location.hash === %q", hash) }

func (b *browser) stepsBack(t *testing.T, w *tab, page string) {
	w.open(page)
	entries := eval[int](w, "history.length")
	w.click(howOf + " > summary")
	w.until(hashIs("#open=m-incident_time"))
	w.click(`nav.period [data-period="365d"]`)
	w.until(hashIs("#period=365d&open=m-incident_time"))
	w.until(isOpen + " && " + switchAt("365 d"))
	w.click(howOf + " > summary")
	w.until(hashIs("#period=365d"))
	if made := eval[int](w, "history.length") - entries; made != 3 {
		t.Errorf("three choices made %d entries of the history", made)
	}
	for _, step := range []struct{ hash, state string }{
		{"#period=365d&open=m-incident_time", isOpen + " && " + switchAt("365 d")},
		{"#open=m-incident_time", isOpen + " && " + switchAt("28 d")},
		{"", "!" + isOpen + " && " + switchAt("28 d")},
	} {
		w.do("go back", navigateBack)
		w.until(hashIs(step.hash))
		w.until(step.state)
	}
	w.do("go on", evalVoid("history.go(2)"))
	w.until(isOpen + " && " + switchAt("365 d"))
}

func (b *browser) keepsView(t *testing.T, w *tab, page string) {
	w.open(page + "#period=365d")
	w.until(switchAt("365 d"))
	focus(w, "#m-incident_time > .permalink")
	w.press("\r")
	w.until(hashIs("#m-incident_time&period=365d"))
	w.until(atMark + " && " + switchAt("365 d"))
	w.click(`nav.pages a[href*="cracks"]`) // a page without figures takes it along
	w.until(`document.readyState === "complete" && location.pathname.includes("/cracks/") && ` + hashIs("#period=365d"))
	w.click(`nav.tree a[href$="index.html"]`)
	w.until(`document.readyState === "complete" && document.querySelector("nav.period") !== null && ` + hashIs("#period=365d"))
	w.until(switchAt("365 d"))
}

func (b *browser) copiesPermalink(t *testing.T, w *tab, page string) {
	w.open(page + "#period=7d&open=m-incident_time,m-incident_count")
	w.until(isOpen + " && " + switchAt("7 d"))
	page = eval[string](w, `location.href.split("#", 1)[0]`) // servers leave out index.html
	want := page + "#m-incident_time&period=7d&open=m-incident_time"
	for how, catch := range map[string]string{
		"by the clipboard": `Object.defineProperty(navigator, "clipboard", { configurable: true,
			value: { writeText: async (text) => { window.copied = text; } } }); undefined`,
		"by a selection": `Object.defineProperty(navigator, "clipboard", { configurable: true, value: undefined });
			document.execCommand = () => { window.copied = document.activeElement.value; return true; }; undefined`,
	} {
		w.do("listen to the clipboard", evalVoid("window.copied = ''; "+catch))
		focus(w, "#m-incident_time > .permalink")
		w.press("\r")
		w.until(`window.copied !== ""`)
		if got := eval[string](w, "window.copied"); got != want {
			t.Errorf("%s: copied %q, want %q", how, got, want)
		}
		w.until(`/copied/.test(document.querySelector("[aria-live]").textContent) && document.querySelector("[data-copied]") !== null`)
	}
}

// takesAway saves a figure's numbers and its drawing, of the period that is shown.
func (b *browser) takesAway(t *testing.T, w *tab, page string) {
	w.open(page + "#period=90d")
	w.until(switchAt("90 d"))
	w.do("watch what is saved", evalVoid(`{ const make = URL.createObjectURL; window.saved = [];
		URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return make.call(URL, blob); };
		HTMLAnchorElement.prototype.click = function () { window.named = this.download; }; } undefined`))
	const figure = `document.querySelector("figure[data-chart='line'], figure[data-chart='stacked']")`
	w.until(`(` + figure + `.scrollIntoView(), ` + figure + `.querySelectorAll(".downloads button").length === 2)`)
	w.do("save the numbers", evalVoid(figure+`.querySelector(".downloads button").click()`))
	w.until(`window.saved.length === 1 && window.named === ` + figure + `.id + ".csv"`)
	lines := strings.Split(strings.TrimSpace(eval[string](w, "window.saved[0]")), "\r\n")
	points := eval[int](w, figure+`.querySelectorAll(".numbers-box tbody tr").length`)
	if len(lines) != points+1 || !strings.HasPrefix(lines[0], `"`) || strings.Count(lines[0], ",") != strings.Count(lines[1], ",") {
		t.Errorf("%d points are saved as %d lines: %.200q", points, len(lines), lines)
	}
	w.do("save the drawing", evalVoid(figure+`.querySelector(".downloads button:last-child").click()`))
	w.until(`window.saved.length === 2 && window.named === ` + figure + `.id + ".svg"`)
	svg := eval[string](w, "window.saved[1]")
	if ok := strings.HasPrefix(svg, "<svg") && strings.Contains(svg, `xmlns="http://www.w3.org/2000/svg"`) && strings.Count(svg, "<path") > 3; !ok {
		t.Error("the saved drawing is no drawing")
	}
}

func (b *browser) showsTheSame(t *testing.T, w *tab, page string) {
	w.size(1440, 700)
	w.open(page + "#m-incident_time&period=365d&open=m-incident_time")
	w.until(isOpen + " && " + switchAt("365 d"))
	if lead := shown(w, `[data-p="numbers"]`); !strings.Contains(strings.ReplaceAll(lead, "\u00a0", " "), "last 365 days") {
		t.Errorf("the numbers say they are %q", lead)
	}
	w.until(atMark)
	w.until(strings.ReplaceAll(wholeTile, "bottom <= innerHeight", "top < innerHeight"))
	w.do("reload", evalVoid("location.reload()"))
	w.until(`document.readyState === "complete" && ` + isOpen + " && " + switchAt("365 d"))

	// What no page knows is left alone.
	w.open(page + "#gone&period=1d&open=x:9,%ff&later=2")
	w.until(switchAt("28 d"))

	w = b.tab(t, w.allow)
	w.size(1440, 700)
	w.media("light", "")
	w.scripts(false)
	w.open(page + "#m-incident_time")
	if there := eval[bool](w, atMark+" && "+wholeTile); !there {
		t.Error("without scripts a permalink does not lead to its number")
	}
}
