package model

import (
	"math"
	"strconv"
	"strings"
)

// Amount is a number of events in millionths: events are counted, but some systems
// extrapolate them. It is never negative.
type Amount int64

// OneEvent is the Amount of one event.
const OneEvent Amount = 1e6

// ParseAmount reads a decimal number, with an exponent or without one. What is finer than
// a millionth is rounded. It reports false for anything else, for what is below zero and
// for more than an Amount holds: 9.2e12 events.
func ParseAmount(text string) (Amount, bool) {
	n, _, ok := parseScaled(text, 6)
	return Amount(n), ok
}

// Share is a share of a whole in billionths, so that targets are exact.
type Share int64

// Whole is the Share that is all of it.
const Whole Share = 1e9

// ParseShare reads a decimal number from 0 to 1 with at most nine decimals, exactly.
func ParseShare(text string) (Share, bool) {
	n, exact, ok := parseScaled(text, 9)
	return Share(n), ok && exact && Share(n) <= Whole
}

// String writes the share as the shortest decimal: 0.999.
func (s Share) String() string {
	if s == Whole {
		return "1"
	}
	digits := strconv.FormatInt(int64(Whole+s), 10)[1:]
	digits = strings.TrimRight(digits, "0")
	if digits == "" {
		return "0"
	}
	return "0." + digits
}

// Float is the share as the nearest floating-point number.
func (s Share) Float() float64 { return float64(s) / float64(Whole) }

// Of returns the share of an amount, rounded to a millionth of an event.
func (s Share) Of(a Amount) Amount {
	whole, rest := a/Amount(Whole), a%Amount(Whole)
	return whole*Amount(s) + (rest*Amount(s)+Amount(Whole)/2)/Amount(Whole)
}

// maxDecimalText bounds the digits of a number: no counter writes more.
const maxDecimalText = 60

// parseScaled reads a decimal number that is not negative as a whole number of 10^-scale.
// exact says that nothing was rounded away.
func parseScaled(text string, scale int) (n int64, exact, ok bool) {
	digits, rest, ok := scaledDigits(text, scale)
	if !ok {
		return 0, false, false
	}
	if digits != "" {
		var err error
		if n, err = strconv.ParseInt(digits, 10, 64); err != nil || n == math.MaxInt64 {
			return 0, false, false
		}
	}
	if rest != "" && rest[0] >= '5' {
		n++
	}
	return n, strings.Trim(rest, "0") == "", true
}

// scaledDigits cuts a decimal number that is not negative into the digits of the whole
// number of 10^-scale, without leading zeros, and the rest that is finer.
func scaledDigits(text string, scale int) (digits, rest string, ok bool) {
	mantissa, exponent, hasExponent := cutExponent(strings.TrimPrefix(text, "+"))
	if hasExponent {
		e, err := strconv.Atoi(exponent)
		if err != nil || e < -maxDecimalText || e > maxDecimalText {
			return "", "", false
		}
		scale += e
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits = whole + fraction
	if digits == "" || len(digits) > maxDecimalText || strings.Trim(digits, "0123456789") != "" {
		return "", "", false
	}
	keep := len(whole) + scale // how many of the digits are left of the new point
	if keep < 0 {
		digits, keep = strings.Repeat("0", -keep)+digits, 0
	}
	if keep < len(digits) {
		digits, rest = digits[:keep], digits[keep:]
	} else {
		digits += strings.Repeat("0", keep-len(digits))
	}
	return strings.TrimLeft(digits, "0"), rest, true
}

func cutExponent(text string) (mantissa, exponent string, found bool) {
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		return text[:i], text[i+1:], true
	}
	return text, "", false
}
