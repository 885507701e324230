package report

import (
	"math"
	"strconv"
	"strings"

	"uptree/generator/model"
)

// Money prints money with its currency: whole from 100, with two decimals from 1, below
// that with two digits that count, so that what is not nothing is never 0. The twins have
// it exactly.
func Money(m model.Money, currency string) string {
	return moneyText(m.Float()) + nbsp + currency
}

func moneyText(v float64) string {
	if v < 0 {
		return minus + moneyText(-v)
	}
	switch {
	case v == 0 || v >= 99.995:
		return decimal(v, 0)
	case v >= 0.995:
		return decimal(v, 2)
	}
	places := 1 - int(math.Floor(math.Log10(v)))
	return strings.TrimRight(strconv.FormatFloat(v, 'f', min(places, 18), 64), "0")
}

// amounts prints money of several currencies side by side.
func amounts(spent []string) string { return strings.Join(spent, " + ") }

// amountRange prints a usual range, its edges rounded outwards to whole units of the
// currency where both are large enough.
func amountRange(lo, hi model.Money, currency string) string {
	a, b := lo.Float(), hi.Float()
	if math.Abs(a) >= 100 && math.Abs(b) >= 100 {
		a, b = math.Floor(a), math.Ceil(b)
	}
	return span(moneyText(a), moneyText(b), currency)
}
