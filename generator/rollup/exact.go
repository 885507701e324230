package rollup

import (
	"math/big"
	"math/bits"

	"uptree/generator/model"
)

// Exact is an amount of events in units of 10^-15: an unsigned whole number of 128 bits,
// because a share in billionths of an amount in millionths is to be exact. Ten thousand
// years of the largest day fit.
type Exact struct{ hi, lo uint64 }

// exactly is an amount of events.
func exactly(a model.Amount) Exact { return part(model.Whole, a) }

// part is a share of an amount.
func part(s model.Share, a model.Amount) Exact {
	hi, lo := bits.Mul64(uint64(s), uint64(a))
	return Exact{hi, lo}
}

func (x Exact) plus(y Exact) Exact {
	lo, carry := bits.Add64(x.lo, y.lo, 0)
	hi, _ := bits.Add64(x.hi, y.hi, carry)
	return Exact{hi, lo}
}

// minus needs y to be at most x.
func (x Exact) minus(y Exact) Exact {
	lo, borrow := bits.Sub64(x.lo, y.lo, 0)
	hi, _ := bits.Sub64(x.hi, y.hi, borrow)
	return Exact{hi, lo}
}

func (x Exact) times(n uint64) Exact {
	hi, lo := bits.Mul64(x.lo, n)
	return Exact{hi + x.hi*n, lo}
}

// share is a share of x, which is a whole number of millionths of an event.
func (x Exact) share(s model.Share) Exact {
	hi, rest := x.hi/uint64(model.Whole), x.hi%uint64(model.Whole)
	lo, _ := bits.Div64(rest, x.lo, uint64(model.Whole))
	return Exact{hi, lo}.times(uint64(s))
}

func (x Exact) less(y Exact) bool { return x.hi < y.hi || x.hi == y.hi && x.lo < y.lo }

func (x Exact) isZero() bool { return x == Exact{} }

// approx is near enough to rank and to draw, and to see that a comparison is not close.
func (x Exact) approx() float64 { return float64(x.hi)*(1<<64) + float64(x.lo) }

// int is the number of units.
func (x Exact) int() *big.Int {
	n := new(big.Int).SetUint64(x.hi)
	return n.Or(n.Lsh(n, 64), new(big.Int).SetUint64(x.lo))
}

// unitsOfEvent is how many units of an Exact one event has.
const unitsOfEvent = 1e15

// Rat is the number of events.
func (x Exact) Rat() *big.Rat { return new(big.Rat).SetFrac(x.int(), big.NewInt(unitsOfEvent)) }

// Float is the number of events, as the nearest floating-point number.
func (x Exact) Float() float64 {
	f, _ := x.Rat().Float64()
	return f
}

// quotient is x/y as the nearest floating-point number; y is not zero.
func quotient(x, y Exact) float64 {
	f, _ := new(big.Rat).SetFrac(x.int(), y.int()).Float64()
	return f
}
