package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"uptree/generator/rollup"
)

// Figures are printed with a narrow no-break space between thousands and a no-break
// space before the unit. No rounding crosses a line that matters: what is not all is
// never 100 %, what is not nothing is never 0.
const (
	thin  = "\u202f"
	nbsp  = "\u00a0"
	minus = "\u2212"
	dash  = "\u2013"
)

const (
	minute = 60
	hour   = 60 * minute
	day    = 24 * hour
	// daysFrom is the length from which durations are printed in days.
	daysFrom = 4 * day
)

// Count prints a whole number: 41 210.
func Count(n int) string { return group(strconv.Itoa(n)) }

// group puts a thin space between the thousands of a whole number.
func group(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = minus, digits[1:]
	}
	if len(digits) <= 3 {
		return sign + digits
	}
	var b strings.Builder
	b.WriteString(sign)
	lead := (len(digits)-1)%3 + 1
	b.WriteString(digits[:lead])
	for i := lead; i < len(digits); i += 3 {
		b.WriteString(thin)
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}

// Duration prints seconds with the two largest units that matter: 45 s, 20 min,
// 3 h 20 min, 12 d 13 h. Less than a minute is not rounded away.
func Duration(seconds float64) string {
	if seconds < 0 {
		return minus + Duration(-seconds)
	}
	s := int64(math.Round(seconds))
	switch {
	case s == 0 && seconds > 0:
		return "under" + nbsp + "1" + nbsp + "s"
	case s == 0:
		return "0" + nbsp + "min"
	case s < minute:
		return unit(s, "s")
	case s < hour-minute/2:
		return unit((s+minute/2)/minute, "min")
	case s < daysFrom-minute/2:
		m := (s + minute/2) / minute
		return two(m/60, "h", m%60, "min")
	}
	h := (s + hour/2) / hour
	return two(h/24, "d", h%24, "h")
}

// Clock prints seconds as h:mm, for columns of many: 0:16, 2:26.
func Clock(seconds float64) string {
	m := int64(math.Round(seconds / minute))
	return fmt.Sprintf("%d:%02d", m/60, m%60)
}

func unit(n int64, u string) string { return group(strconv.FormatInt(n, 10)) + nbsp + u }

func two(a int64, ua string, b int64, ub string) string {
	if b == 0 {
		return unit(a, ua)
	}
	return unit(a, ua) + nbsp + unit(b, ub)
}

// Share prints a ratio in per cent with the digits that den observations support: none
// under a thousand, one under ten thousand, else two. den 0 means: exactly known.
func Share(ratio float64, den int64) string {
	pct, digits := ratio*100, digitsFor(den)
	out := roundInside(pct, digits)
	switch {
	case out == 0 && pct > 0:
		return "under" + nbsp + decimal(math.Pow10(-digits), digits) + nbsp + "%"
	case out == 0 || out == 100:
		digits = 0 // none and all are exact
	}
	return decimal(out, digits) + nbsp + "%"
}

// digitsFor returns the decimals of a percentage over den observations.
func digitsFor(den int64) int {
	switch {
	case den == 0 || den >= 10_000:
		return 2
	case den >= 1_000:
		return 1
	}
	return 0
}

// roundInside rounds to nearest, but what would round up to 100 is cut instead.
func roundInside(pct float64, digits int) float64 {
	scale := math.Pow10(digits)
	r := math.Round(pct*scale) / scale
	if r >= 100 && pct < 100 {
		// The sliver guards against products like 99.99 * 100 that end just under.
		r = math.Floor(pct*scale+1e-9) / scale
	}
	return r
}

func decimal(f float64, digits int) string {
	s := strconv.FormatFloat(f, 'f', digits, 64)
	whole, frac, has := strings.Cut(s, ".")
	if !has {
		return group(whole)
	}
	return group(whole) + "." + frac
}

// Points prints a difference of two ratios in percentage points.
func Points(diff float64, den int64) string {
	digits := max(digitsFor(den), 1)
	pct := math.Abs(diff) * 100
	if r := roundInside(pct, digits); r > 0 {
		return decimal(r, digits)
	}
	return decimal(math.Pow10(-digits), digits)
}

// Figure prints a value in its unit; n is the number of observations behind a ratio. What is
// not known is a dash.
func Figure(unit rollup.Unit, value float64, n int64) string {
	if math.IsNaN(value) {
		return dash
	}
	switch unit {
	case rollup.Seconds:
		return Duration(value)
	case rollup.Ratio:
		return Share(value, n)
	case rollup.PerPerson:
		return perPerson(value)
	}
	if unit.IsCurrency() {
		return moneyText(value) + nbsp + string(unit)
	}
	text := ChartCount.Format(value, 0)
	if unit == rollup.One || unit == rollup.Currency {
		return text
	}
	return text + nbsp + string(unit) // in the words of the organisation
}

// perPerson prints a count per head, which is small more often than not: 2.4, 0.07.
func perPerson(v float64) string {
	switch {
	case v == 0:
		return "0"
	case v < 0.005:
		return "under" + nbsp + "0.01"
	case v < 0.995:
		return decimal(v, 2)
	case v < 99.95:
		return decimal(v, 1)
	}
	return Count(int(math.Round(v)))
}

// Range prints the usual range of a value: the edges are rounded outwards, so that a
// value inside is never printed as outside.
func Range(unit rollup.Unit, lo, hi float64, n int64) string {
	switch unit {
	case rollup.Seconds:
		return durationRange(lo, hi)
	case rollup.Ratio:
		digits := digitsFor(n)
		scale := math.Pow10(digits)
		a := bound(math.Floor(lo*100*scale+1e-9)/scale, digits)
		b := bound(max(0, math.Ceil(hi*100*scale-1e-9))/scale, digits)
		return span(a, b, "%")
	}
	return span(Count(int(math.Floor(lo))), Count(int(math.Ceil(hi))), "")
}

// bound prints an end of a range of shares: 0 and 100 without decimals.
func bound(pct float64, digits int) string {
	if pct == 0 || pct == 100 {
		digits = 0
	}
	return decimal(pct, digits)
}

func durationRange(lo, hi float64) string {
	size, u := float64(day), "d"
	switch {
	case hi < 2*hour:
		size, u = minute, "min"
	case hi < daysFrom:
		size, u = hour, "h"
	}
	a, b := int(math.Floor(lo/size)), int(math.Ceil(hi/size))
	return span(Count(a), Count(b), u)
}

func span(a, b, u string) string {
	out := a
	if a != b {
		out += dash + b
	}
	if u != "" {
		out += nbsp + u
	}
	return out
}

// plainInt prints a number that is no figure: a line, an index.
func plainInt(n int) string { return strconv.Itoa(n) }
