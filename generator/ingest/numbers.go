package ingest

import (
	"bytes"
	"math"
	"strconv"
)

// digits reads a few decimal digits.
func digits(text []byte) (int, bool) {
	n := 0
	for _, c := range text {
		if !isDigit(c) {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(text) > 0
}

// digits64 reads a number that is only digits and fits.
func digits64(text []byte) (uint64, bool) {
	if len(text) == 0 || len(text) > epochDigits {
		return 0, false
	}
	n := uint64(0)
	for _, c := range text {
		if !isDigit(c) {
			return 0, false
		}
		n = n*10 + uint64(c-'0')
	}
	return n, true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isNull reports whether a text says that nothing is recorded: null, "", NULL, None, UNSET.
func isNull(text []byte) bool {
	if len(text) > 5 {
		return false
	}
	switch string(text) {
	case "", "null", "NULL", "Null", "None", "UNSET", "nil":
		return true
	}
	return false
}

// number reads a decimal number; NaN, the infinities and null-likes are absent.
func number(text []byte) (float64, outcome) {
	text = bytes.TrimSpace(text)
	if isNull(text) {
		return 0, absent
	}
	if !plainNumber(text) {
		return 0, notANumber(text)
	}
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil {
		return 0, bad
	}
	return f, read
}

// isDecimal reports whether a text is digits with a point between them at most.
func isDecimal(text []byte) bool {
	points := 0
	for _, c := range text {
		if c == '.' {
			points++
		} else if !isDigit(c) {
			return false
		}
	}
	return points == 0 || points == 1 && len(text) > 1
}

// plainNumber reports whether only what decimal numbers are written with is in a text:
// ParseFloat takes hexadecimal and underscores as well.
func plainNumber(text []byte) bool {
	for _, c := range text {
		if !isDigit(c) && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return false
		}
	}
	return len(text) <= 400
}

func notANumber(text []byte) outcome {
	switch string(bytes.ToLower(bytes.TrimLeft(text, "+-"))) {
	case "nan", "inf", "infinity":
		return absent
	}
	return bad
}

// count reads a whole number up to a limit; "12.0" is one as well. Negative numbers are bad.
func count(text []byte, limit uint64) (uint64, outcome) {
	if n, ok := digits64(text); ok && n <= limit {
		return n, read
	}
	f, got := number(text)
	if got != read {
		return 0, got
	}
	if f < 0 || f > float64(limit) || f != math.Trunc(f) {
		return 0, bad
	}
	return uint64(f), read
}

// truth reads true, false, yes, no, 1 and 0 in any case.
func truth(text []byte) (value bool, got outcome) {
	text = bytes.TrimSpace(text)
	switch {
	case isNull(text):
		return false, absent
	case isWord(text, "true") || isWord(text, "yes") || string(text) == "1":
		return true, read
	case isWord(text, "false") || isWord(text, "no") || string(text) == "0":
		return false, read
	}
	return false, bad
}

func isWord(text []byte, word string) bool {
	return len(text) == len(word) && bytes.EqualFold(text, []byte(word))
}
