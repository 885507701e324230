package decode

import (
	"bytes"
	"strconv"
)

// blankUnprintable makes a text acceptable to a reader of XML, which refuses a whole file
// for one character that XML does not know. Test programs print such characters, and what
// writes their reports lets some of them through. Spaces take their place, so that lines
// and columns stay where they are.
func blankUnprintable(text []byte) {
	for i, c := range text {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			text[i] = ' '
		}
	}
	// U+FFFE and U+FFFF become U+FFFD.
	for at := 0; ; {
		i := bytes.Index(text[at:], []byte("\xef\xbf"))
		if i < 0 {
			break
		}
		if at += i + 2; at < len(text) && text[at] >= 0xbe {
			text[at] = 0xbd
		}
	}
	blankReferences(text)
}

// longestReference is the length of &#x10FFFF; with some zeros to spare.
const longestReference = 20

// blankReferences does the same for character references such as &#27;.
func blankReferences(text []byte) {
	for at := 0; ; {
		i := bytes.Index(text[at:], []byte("&#"))
		if i < 0 {
			return
		}
		at += i
		end := bytes.IndexByte(text[at:min(len(text), at+longestReference)], ';')
		if end > 0 && !isXMLReference(string(text[at+2:at+end])) {
			copy(text[at:], bytes.Repeat([]byte{' '}, end+1))
		}
		at += 2
	}
}

// isXMLReference reports whether a reference, "27" or "x1b", is to a character of XML.
// What is no number is left for the reader to refuse.
func isXMLReference(digits string) bool {
	base := 10
	if digits != "" && digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return true
	}
	return n == '\t' || n == '\n' || n == '\r' || n >= ' ' && n < 0xd800 || n > 0xdfff && n < 0xfffe || n > 0xffff && n <= 0x10ffff
}
