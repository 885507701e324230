package report

import (
	"math"
	"strings"

	"uptree/generator/model"
)

// Level prints a service level beside its target, with the target's decimals or two, the
// more of them. Rounding does not carry it over the target or up to all: 99.896 % of a
// target of 99.9 % is 99.89 %.
func Level(status float64, target model.Share) string {
	digits := max(2, targetDecimals(target))
	scale := math.Pow10(digits)
	line := math.Round(target.Float() * 100 * scale) // whole: it has no more decimals
	out := roundInside(status*100, digits)
	if status < target.Float() && math.Round(out*scale) >= line {
		out = (line - 1) / scale
	}
	if out == 0 || out == 100 {
		digits = 0
	}
	return decimal(out, digits) + nbsp + "%"
}

// TargetLevel prints a target in per cent with all its decimals: 99.9 %.
func TargetLevel(target model.Share) string {
	return decimal(target.Float()*100, targetDecimals(target)) + nbsp + "%"
}

// targetDecimals is how many decimals a target has as a percentage.
func targetDecimals(target model.Share) int {
	_, decimals, _ := strings.Cut(target.String(), ".")
	return max(0, len(decimals)-2)
}
