package card

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// BadgeText is what a badge says: a name and, beside it, counts in words.
type BadgeText struct {
	Name string
	Says string
	Mark Mark // of the gravest state; "" where none is said
}

// A badge is as high as those of others that stand in the same line of a README.
const (
	badgeHigh  = 20
	badgePad   = 7
	markWide   = 13
	maxLetters = 48
)

// Badge returns an SVG that looks the same on light and dark pages. It names its colours in
// attributes, because it is shown where no style sheet is.
func Badge(t BadgeText) []byte {
	name, says := shortened(t.Name), shortened(t.Says)
	nameWide, saysWide := estimate(name), estimate(says)
	left, mark := nameWide+2*badgePad, 0
	if t.Mark != "" {
		mark = markWide
	}
	wide := left + saysWide + mark + 2*badgePad
	label := html.EscapeString(printable(t.Name) + ": " + printable(t.Says))
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-label="%[3]s"><title>%[3]s</title>`, wide, badgeHigh, label)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="4" fill="#33404c"/>`, wide, badgeHigh)
	fmt.Fprintf(&b, `<path d="M%d 0h%dq4 0 4 4v%dq0 4-4 4h-%[2]dz" fill="%[4]s"/>`, left, wide-left-4, badgeHigh-8, badgeColour(t.Mark))
	b.WriteString(badgeMark(t.Mark, left+badgePad))
	b.WriteString(`<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11" aria-hidden="true">`)
	badgeLine(&b, badgePad, nameWide, name)
	badgeLine(&b, left+badgePad+mark, saysWide, says)
	b.WriteString("</g></svg>\n")
	return b.Bytes()
}

// badgeLine writes a text that keeps to its width in any font.
func badgeLine(b *bytes.Buffer, x, wide int, text string) {
	fmt.Fprintf(b, `<text x="%d" y="14" textLength="%d" lengthAdjust="spacingAndGlyphs" direction="ltr" text-anchor="start"><tspan unicode-bidi="plaintext">%s</tspan></text>`, x, wide, html.EscapeString(text))
}

// badgeColour is dark enough for white letters.
func badgeColour(m Mark) string {
	switch m {
	case OK:
		return "#256b53"
	case Risk:
		return "#8f5806"
	case Bad:
		return "#a5392b"
	}
	return "#55616e"
}

// badgeMark draws the state's shape: it is not told by colour alone.
func badgeMark(m Mark, x int) string {
	switch m {
	case "":
		return ""
	case OK:
		return fmt.Sprintf(`<circle cx="%d" cy="10" r="4" fill="#fff"/>`, x+4)
	case Risk:
		return fmt.Sprintf(`<path d="M%d 6l4.5 8h-9z" fill="#fff"/>`, x+4)
	case Bad:
		return fmt.Sprintf(`<path d="M%d 5.5l4.5 4.5-4.5 4.5-4.5-4.5z" fill="#fff"/>`, x+4)
	}
	return fmt.Sprintf(`<circle cx="%d" cy="10" r="3.5" fill="none" stroke="#fff" stroke-width="1.5"/>`, x+4)
}

// printable drops what may not stand in XML, and signs that turn the text around them.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, text)
}

// shortened keeps the beginning of a long text, with the accents of its last letter.
func shortened(text string) string {
	runes := []rune(printable(text))
	if len(runes) <= maxLetters {
		return string(runes)
	}
	end := maxLetters - 1
	for end > 0 && unicode.Is(unicode.M, runes[end]) {
		end--
	}
	return strings.TrimSpace(string(runes[:end])) + "…"
}

// estimate is about how many pixels a text takes at 11 pixels in the fonts of badges.
func estimate(text string) int {
	const verdana = 1.08 // beside the Go font
	const em = 11
	wide := 0.0
	for _, r := range text {
		a, known := badge.advance(plain(r))
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.Is(unicode.Mn, r):
		case kind == width.EastAsianWide || kind == width.EastAsianFullwidth || r >= 0x1f000:
			wide += em
		case unicode.Is(unicode.Arabic, r):
			wide += 0.47 * em
		case known:
			wide += verdana * float64(a) / 64
		default:
			wide += 0.6 * em
		}
	}
	return int(wide + 0.999)
}
