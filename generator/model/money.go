package model

import (
	"cmp"
	"math/bits"
	"strconv"
	"strings"
)

// Money is an exact amount of money: a signed whole number of 128 bits that counts 10^-18
// of its currency, because bills are written to a dozen decimals and added up by the
// million. Amounts of two currencies are never added.
type Money struct {
	hi int64
	lo uint64
}

// moneyDecimals is how many decimals an amount has at most, moneyDigits how many digits.
const (
	moneyDecimals = 18
	moneyDigits   = 38
)

// maxMoney bounds an amount: 10^15 of its currency.
var maxMoney, _ = parseMoney("1e15")

// ParseMoney reads a decimal number, with an exponent or without one. What is finer than
// 10^-18 is rounded. It reports false for anything else, and beyond maxMoney.
func ParseMoney(text string) (Money, bool) {
	m, ok := parseMoney(text)
	return m, ok && m.Magnitude().Compare(maxMoney) <= 0
}

func parseMoney(text string) (Money, bool) {
	text, negative := strings.CutPrefix(text, "-")
	if negative && strings.HasPrefix(text, "+") {
		return Money{}, false
	}
	digits, rest, ok := scaledDigits(text, moneyDecimals)
	if !ok || len(digits) > moneyDigits {
		return Money{}, false
	}
	var hi, lo uint64
	for _, d := range []byte(digits) {
		over, low := bits.Mul64(lo, 10)
		low, carry := bits.Add64(low, uint64(d-'0'), 0)
		hi, lo = hi*10+over+carry, low
	}
	m := Money{int64(hi), lo}
	if rest != "" && rest[0] >= '5' {
		m = m.Plus(Money{0, 1})
	}
	if negative {
		m = m.Negated()
	}
	return m, true
}

// Plus is the sum.
func (m Money) Plus(o Money) Money {
	lo, carry := bits.Add64(m.lo, o.lo, 0)
	return Money{m.hi + o.hi + int64(carry), lo}
}

// Negated is the amount with the other sign.
func (m Money) Negated() Money {
	lo, carry := bits.Add64(^m.lo, 1, 0)
	return Money{^m.hi + int64(carry), lo}
}

// Minus is the difference.
func (m Money) Minus(o Money) Money { return m.Plus(o.Negated()) }

// Negative reports whether it is below zero: a credit.
func (m Money) Negative() bool { return m.hi < 0 }

// IsZero reports whether it is nothing.
func (m Money) IsZero() bool { return m == Money{} }

// Magnitude is the amount without its sign.
func (m Money) Magnitude() Money {
	if m.Negative() {
		return m.Negated()
	}
	return m
}

// Compare returns -1, 0 or 1.
func (m Money) Compare(o Money) int { return cmp.Or(cmp.Compare(m.hi, o.hi), cmp.Compare(m.lo, o.lo)) }

// String writes the amount as the shortest decimal, exactly: -0.00000080000 is -0.0000008.
func (m Money) String() string {
	sign, a := "", m.Magnitude()
	if m.Negative() {
		sign = "-"
	}
	// The high half is below 10^18: sums stay within maxSpent.
	whole, rest := bits.Div64(uint64(a.hi), a.lo, 1e18)
	out := sign + strconv.FormatUint(whole, 10)
	if rest == 0 {
		return out
	}
	fraction := strconv.FormatUint(1e18+rest, 10)[1:]
	return out + "." + strings.TrimRight(fraction, "0")
}

// Float is the nearest floating-point number.
func (m Money) Float() float64 {
	f, err := strconv.ParseFloat(m.String(), 64)
	if err != nil {
		return 0 // never: String writes a number
	}
	return f
}
