// Package card draws what stands for a page elsewhere: the picture that programs show beside
// a link to it (Open Graph), and the badge for a README.
//
// Input: a few texts and counts in words. Output: a PNG of 1200 × 630 pixels and an SVG.
// Both say what waits in words, never a grade, and the same input gives the same bytes.
//
// The picture is drawn with the Go fonts, which hold Latin, Greek and Cyrillic letters. A
// text with others is left out of it: a name gives way to its id. A badge is text, which the
// reader's own fonts draw; its width is estimated and the text is told to keep to it.
//
// Failure policy: there is nothing to fail; a picture in which no name can be drawn is nil.
package card
