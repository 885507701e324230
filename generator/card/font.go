package card

import (
	"image"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is a font in one size. Its own methods are not safe for concurrent use, so that each
// drawing of a letter takes the lock; drawers keep what they have drawn.
type face struct {
	mu   sync.Mutex
	face font.Face
	wide map[rune]fixed.Int26_6
}

var (
	regular, bold = parse(goregular.TTF), parse(gobold.TTF)

	huge   = newFace(bold, 72)
	big    = newFace(bold, 56)
	large  = newFace(bold, 38)
	medium = newFace(regular, 32)
	small  = newFace(regular, 28)
	badge  = newFace(regular, 11)
)

func parse(ttf []byte) *sfnt.Font {
	f, err := opentype.Parse(ttf)
	if err != nil {
		panic(err) // the fonts are part of the program
	}
	return f
}

func newFace(f *sfnt.Font, size float64) *face {
	made, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		panic(err)
	}
	return &face{face: made, wide: map[rune]fixed.Int26_6{}}
}

// drawable reports whether the fonts have all letters of a text. Both have the same.
func drawable(text string) bool {
	for _, r := range text {
		if !medium.has(r) {
			return false
		}
	}
	return true
}

func (f *face) has(r rune) bool {
	_, ok := f.advance(plain(r))
	return ok
}

// advance is how far a letter moves on; false where the font lacks it.
func (f *face) advance(r rune) (fixed.Int26_6, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a, ok := f.wide[r]; ok {
		return a, a >= 0
	}
	a, ok := f.face.GlyphAdvance(r)
	if !ok {
		a = -1
	}
	f.wide[r] = a
	return a, ok
}

// plain replaces the spaces that hold numbers and units together by one that is drawn.
func plain(r rune) rune {
	switch r {
	case '\u202f', '\u2009':
		return '\u00a0'
	}
	return r
}

// measure is the width of a text in pixels; letters that the font lacks count nothing.
func measure(f *face, text string) int {
	var x fixed.Int26_6
	for _, r := range text {
		if a, ok := f.advance(plain(r)); ok {
			x += a
		}
	}
	return x.Ceil()
}

type glyphKey struct {
	face *face
	r    rune
}

// glyph is a drawn letter: how dark each pixel is, and where it lies beside the pen.
type glyph struct {
	at      image.Rectangle
	mask    []uint8
	advance fixed.Int26_6
}

// write draws a text from left to right.
func (d *Drawer) write(f *face, in shades, x, y int, text string) {
	pen := fixed.I(x)
	for _, r := range text {
		g := d.glyph(f, plain(r))
		d.stamp(g, in, pen.Round(), y)
		pen += g.advance
	}
}

func (d *Drawer) glyph(f *face, r rune) glyph {
	key := glyphKey{f, r}
	if g, ok := d.glyphs[key]; ok {
		return g
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	at, mask, from, advance, _ := f.face.Glyph(fixed.Point26_6{}, r)
	g := glyph{at: at, advance: advance, mask: make([]uint8, 0, at.Dx()*at.Dy())}
	for y := range at.Dy() {
		for x := range at.Dx() {
			_, _, _, a := mask.At(from.X+x, from.Y+y).RGBA()
			g.mask = append(g.mask, uint8(a>>8))
		}
	}
	d.glyphs[key] = g
	return g
}

// stamp puts a letter on the paper, in the nearest shade.
func (d *Drawer) stamp(g glyph, in shades, x, y int) {
	wide, steps := g.at.Dx(), len(in)-1
	for i, a := range g.mask {
		shade := in[(int(a)*steps+127)/255]
		p := image.Pt(x+g.at.Min.X+i%wide, y+g.at.Min.Y+i/wide)
		if shade != 0 && p.In(d.img.Rect) {
			d.img.Pix[d.img.PixOffset(p.X, p.Y)] = shade
		}
	}
}
