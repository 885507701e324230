package generator_test

import (
	"fmt"
	"testing"
)

// TestPagesFitEveryWidth: from the smallest phone to the widest screen, in both directions.
func TestPagesFitEveryWidth(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	b := startBrowser(t)
	for _, kind := range []string{"root", "team", "service", "map", "data"} {
		path, ok := b.kinds(t)[kind]
		if !ok {
			t.Fatalf("no page is called %s", kind)
		}
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := b.tab(t, b.base)
			w.media("light", "")
			for _, width := range []int64{320, 2560} {
				w.size(width, 900)
				w.open(b.base + path)
				for _, dir := range []string{"ltr", "rtl"} {
					w.do("turn the page", evalVoid(fmt.Sprintf("document.documentElement.dir = %q", dir)))
					for _, c := range append(w.tooWide(), eval[[]string](w, brokenFigures)...) {
						t.Errorf("%d px, %s: %s", width, dir, c)
					}
				}
			}
			for _, c := range w.complaints() {
				t.Error(c)
			}
		})
	}
}

// brokenFigures names the values of tiles that take more than one line.
const brokenFigures = `[...document.querySelectorAll(".tile .value:not(.none)")].filter((e) => e.checkVisibility() &&
	e.getBoundingClientRect().height > 1.5 * parseFloat(getComputedStyle(e).lineHeight)).map((e) => "in two lines: " + e.innerText)`
