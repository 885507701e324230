package generator_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	widths  = []int64{390, 768, 1440}
	schemes = []string{"light", "dark"}
)

// holds goes through the rules of all pages: served below a path, and from a file share,
// where a page has to say the same.
func (b *browser) holds(t *testing.T, path, checker string) {
	t.Helper()
	served := b.visit(t, b.base+path, checker).withScripts()
	b.visit(t, b.base+path, checker).withoutScripts()
	shared := b.visit(t, fileShare(b.site.dir)+path, checker)
	shared.open(1440, true)
	shared.openAll()
	shared.expect("from a file share, in print", shared.notDrawn())
	shared.otherPeriod()
	shared.expect("from a file share", shared.complaints(), shared.tooWide())
	if said := shared.textOf(); said != served {
		t.Errorf("from a file share the page says something else (-served +shared):\n%s", cmp.Diff(strings.Split(served, "\n"), strings.Split(said, "\n")))
	}
}

// visit is a look at one page.
type visit struct {
	*tab
	address, checker string
}

func (b *browser) visit(t *testing.T, address, checker string) visit {
	t.Helper()
	host, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	allow := host.Scheme + "://" + host.Host + "/"
	if host.Scheme == "file" {
		allow = fileShare(b.site.dir)
	}
	return visit{b.tab(t, allow), address, checker}
}

func (v visit) open(width int64, scripts bool) {
	v.t.Helper()
	v.scripts(scripts)
	v.size(width, 900)
	v.media("light", "")
	v.tab.open(v.address)
}

// withScripts looks at the page as it comes, walks it by keyboard, opens all that opens,
// prints it, and chooses another period. It returns what the page says in the end.
func (v visit) withScripts() string {
	v.t.Helper()
	v.open(390, true)
	v.onScreens("with scripts")
	v.media("light", "")
	v.expect("by keyboard", v.unreached())
	v.openAll()
	v.expect("in print", v.notDrawn())
	v.size(390, 900)
	v.expect("all open, 390 px", v.complaints(), v.tooWide(), v.unreadable(), v.violations(v.checker, true))
	v.media("dark", "")
	v.expect("all open, 390 px, dark", v.violations(v.checker, false))
	if v.otherPeriod() {
		v.expect("another period, 390 px", v.complaints(), v.tooWide(), v.unreadable())
	}
	v.size(1440, 900)
	return v.textOf()
}

func (v visit) withoutScripts() {
	v.t.Helper()
	v.open(390, false)
	v.onScreens("without scripts")
	v.scripts(true) // those of the page did not run; axe may
	v.expect("without scripts, 1440 px", v.violations(v.checker, true))
}

func (v visit) onScreens(how string) {
	v.t.Helper()
	for _, width := range widths {
		v.size(width, 900)
		for _, scheme := range schemes {
			v.media(scheme, "")
			v.expect(fmt.Sprintf("%s, %d px, %s", how, width, scheme), v.complaints(), v.tooWide(), v.unreadable())
		}
	}
}

func (v visit) expect(where string, complaints ...[]string) {
	v.t.Helper()
	for _, c := range slices.Concat(complaints...) {
		v.t.Errorf("%s: %s", where, c)
	}
}

// otherPeriod opens all details and chooses the last period, where the page has some.
func (v visit) otherPeriod() bool {
	v.t.Helper()
	v.openAll()
	last := eval[string](v.tab, `[...document.querySelectorAll("nav.period [data-period]")].at(-1)?.dataset.period ?? ""`)
	if last == "" {
		return false
	}
	v.click(`nav.period [data-period="` + last + `"]`)
	v.until(`document.documentElement.dataset.period === "` + last + `"`)
	return true
}

func (w *tab) openAll() {
	w.t.Helper()
	w.do("open all details", evalVoid(`for (const d of document.querySelectorAll("details")) d.open = true;undefined`))
}
