package content

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"uptree/generator/diag"
)

// maxSlug bounds a heading's id, in bytes.
const maxSlug = 80

// headings gives each heading its level on the page and an id that is unique there.
func (r *rendering) headings(found *nodes) {
	levels := outline(found.headings, r.options.Level)
	next := map[string]int{}
	written := 0
	for i, h := range found.headings {
		if h.Level > written+1 && written > 0 {
			r.report(diag.HeadingOrder, h.Pos(), fmt.Sprintf("heading of level %d under one of level %d", h.Level, written), "it is published one level below; write "+strings.Repeat("#", written+1))
		}
		written = h.Level
		h.Level = levels[i]
		id := r.unique(Slug(plain(h, r.src)), next)
		r.anchors[id] = true
		h.SetAttributeString("id", r.options.Anchor+id)
	}
}

// outline returns the headings' levels on the page. The highest are at the given level,
// and a heading is one below the nearest earlier heading that was written higher, so
// that no level is left out.
func outline(headings []*ast.Heading, top int) []int {
	out := make([]int, 0, len(headings))
	var above []int // written levels of the headings that the next one may be under
	for _, h := range headings {
		for len(above) > 0 && above[len(above)-1] >= h.Level {
			above = above[:len(above)-1]
		}
		out = append(out, min(6, top+len(above)))
		above = append(above, h.Level)
	}
	return out
}

// unique numbers a slug that is taken: name, name-2, name-3. next holds where to go on.
func (r *rendering) unique(name string, next map[string]int) string {
	if !r.anchors[name] {
		return name
	}
	for n := max(next[name], 2); ; n++ {
		if id := name + "-" + strconv.Itoa(n); !r.anchors[id] {
			next[name] = n + 1
			return id
		}
	}
}

// Slug turns a heading into an id: letters and digits of any script in lower case, and
// one dash for what is between them.
func Slug(text string) string {
	var b strings.Builder
	dash := false
	for _, r := range strings.ToLower(text) {
		if !unicode.In(r, unicode.L, unicode.M, unicode.N) {
			dash = b.Len() > 0
			continue
		}
		if b.Len() > maxSlug {
			break
		}
		if dash {
			b.WriteByte('-')
			dash = false
		}
		b.WriteRune(r)
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}
