package card

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
)

// Size of a picture in pixels, as those who show it ask for.
const Width, Height = 1200, 630

// Text is what a picture says.
type Text struct {
	Site   string
	Title  string
	ID     string // instead of a title that cannot be drawn
	Line   string // kind and what it holds
	Says   string // what waits here
	States []State
	Foot   string // the day
}

// State is a count in words, with a mark that says the same.
type State struct {
	Mark Mark
	Text string
}

// Mark is a shape of the pages: its colour is never all that it says.
type Mark string

// The marks; another is drawn as a ring.
const (
	OK   Mark = "ok"
	Risk Mark = "risk"
	Bad  Mark = "bad"
)

const (
	margin   = 80
	textWide = Width - 2*margin
)

// Drawer draws pictures one after another. It is not safe for concurrent use.
type Drawer struct {
	img    *image.Paletted
	out    bytes.Buffer
	png    png.Encoder
	glyphs map[glyphKey]glyph
}

// Picture returns the PNG of a card, until the next call; nil where its name cannot be drawn.
func (d *Drawer) Picture(t Text) []byte {
	title := name(t.Title, t.ID)
	if title == "" {
		return nil
	}
	d.begin()
	d.line(small, mute, margin, 104, t.Site)
	y := d.title(184, title)
	d.line(medium, mute, margin, y+56, t.Line)
	d.fill(image.Rect(margin, 400, Width-margin, 402), rule)
	d.line(large, ink, margin, 464, t.Says)
	d.states(518, t.States)
	d.line(small, mute, margin, 580, t.Foot)
	d.out.Reset()
	if err := d.png.Encode(&d.out, d.img); err != nil {
		panic(err) // memory takes what is written to it, and the image is of a known form
	}
	return d.out.Bytes()
}

// Drawable reports whether there is a picture of a page with a title and an id.
func Drawable(title, id string) bool { return name(title, id) != "" }

// name is what a picture calls its page; "" where neither name can be drawn.
func name(title, id string) string {
	for _, text := range []string{title, id} {
		if text = strings.TrimSpace(text); text != "" && drawable(text) {
			return text
		}
	}
	return ""
}

// begin clears the picture.
func (d *Drawer) begin() {
	if d.img == nil {
		d.img = image.NewPaletted(image.Rect(0, 0, Width, Height), palette)
		d.glyphs = map[glyphKey]glyph{}
		d.png = png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: new(pool)}
	}
	clear(d.img.Pix) // paper is colour 0
	d.fill(image.Rect(0, 0, 16, Height), inkColour)
}

// title writes a name in one or two lines and returns the place of the last.
func (d *Drawer) title(y int, title string) int {
	lines := wrap(huge, title, textWide)
	if len(lines) == 1 {
		d.line(huge, ink, margin, y+20, lines[0])
		return y + 20
	}
	lines = wrap(big, title, textWide)
	for i, line := range lines[:min(2, len(lines))] {
		if i == 1 && len(lines) > 2 {
			line = strings.Join(lines[1:], " ")
		}
		d.line(big, ink, margin, y+i*66, line)
	}
	return y + 66
}

// states writes counts in a row, as many as there is room for.
func (d *Drawer) states(y int, states []State) {
	const mark, gap = 26, 40
	x := margin
	for _, s := range states {
		wide := mark + 12 + measure(medium, s.Text)
		if !drawable(s.Text) || x+wide > Width-margin {
			continue
		}
		d.mark(s.Mark, image.Rect(x, y-mark+3, x+mark, y+3))
		d.line(medium, ink, x+mark+12, y, s.Text)
		x += wide + gap
	}
}

// line writes a text, cut where it is too long; one that cannot be drawn is left out.
func (d *Drawer) line(f *face, in shades, x, y int, text string) {
	if !drawable(text) {
		return
	}
	d.write(f, in, x, y, cut(f, text, Width-margin-x))
}

// shades are the steps from paper to a colour of letters, as places in the palette.
type shades []uint8

var (
	ink  = shades{0, 1, 2, 3, 4, 5, 6, 7, 8}
	mute = shades{0, 9, 10, 11, 12, 13, 14}
)

const (
	inkColour  uint8 = 8
	muteColour uint8 = 14
)

// The places of the other colours. There are more than sixteen in all, so that a pixel is a
// byte: packing two into one costs more than it saves.
const (
	rule uint8 = iota + 15
	okColour
	riskColour
	badColour
)

const paper = 0xffffff

var palette = slices.Concat(color.Palette{rgb(paper)}, ramp(0x18212b, len(ink)-1), ramp(0x55616e, len(mute)-1),
	color.Palette{rgb(0xe0e5ea), rgb(0x256b53), rgb(0x8f5806), rgb(0xa5392b)})

// ramp returns steps from paper to a colour, the colour last.
func ramp(to uint32, steps int) color.Palette {
	out := make(color.Palette, steps)
	for i := range out {
		var mixed uint32
		for shift := 0; shift < 24; shift += 8 {
			from, part := paper>>shift&0xff, int(to>>shift&0xff)
			mixed |= uint32(from+(part-from)*(i+1)/steps) << shift
		}
		out[i] = rgb(mixed)
	}
	return out
}

func rgb(v uint32) color.Color {
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 0xff}
}

func (d *Drawer) fill(r image.Rectangle, colour uint8) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := d.img.Pix[d.img.PixOffset(r.Min.X, y):d.img.PixOffset(r.Max.X, y)]
		for i := range row {
			row[i] = colour
		}
	}
}

// mark draws a shape into a square: a disc, a triangle, a diamond or a ring.
func (d *Drawer) mark(m Mark, r image.Rectangle) {
	half := r.Dx() / 2
	for y := range r.Dy() {
		for x := range r.Dx() {
			dx, dy := abs(2*x+1-r.Dx()), abs(2*y+1-r.Dy())
			far := dx*dx + dy*dy
			colour, in := muteColour, far <= 4*half*half && far >= 4*(half-4)*(half-4)
			switch m {
			case OK:
				colour, in = okColour, far <= 4*half*half
			case Risk:
				colour, in = riskColour, dx <= y+1
			case Bad:
				colour, in = badColour, dx+dy <= r.Dx()
			}
			if in {
				d.img.SetColorIndex(r.Min.X+x, r.Min.Y+y, colour)
			}
		}
	}
}

func abs(v int) int { return max(v, -v) }

// wrap breaks a text between words into lines of a width; a longer word stands alone.
func wrap(f *face, text string, wide int) []string {
	var lines []string
	for word := range strings.FieldsSeq(text) {
		if n := len(lines); n > 0 && measure(f, lines[n-1]+" "+word) <= wide {
			lines[n-1] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// cut shortens a text to a width and says so.
func cut(f *face, text string, wide int) string {
	if measure(f, text) <= wide {
		return text
	}
	runes := []rune(text)
	for n := min(len(runes)-1, wide); n > 0; n-- {
		if short := strings.TrimSpace(string(runes[:n])) + "…"; measure(f, short) <= wide {
			return short
		}
	}
	return "…"
}

// pool keeps the one buffer of a drawer's encoder.
type pool struct{ buffer *png.EncoderBuffer }

func (p *pool) Get() *png.EncoderBuffer  { return p.buffer }
func (p *pool) Put(b *png.EncoderBuffer) { p.buffer = b }
