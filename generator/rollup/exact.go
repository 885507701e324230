package rollup

import (
	"math/big"
	"math/bits"
)

// Exact is an amount of events in units of 10^-15: an unsigned whole number of 128 bits,
// because a share in billionths of an amount in millionths is to be exact. Ten thousand
// years of the largest day fit.
type Exact struct{ hi, lo uint64 }

// minus needs y to be at most x.
func (x Exact) minus(y Exact) Exact {
	lo, borrow := bits.Sub64(x.lo, y.lo, 0)
	hi, _ := bits.Sub64(x.hi, y.hi, borrow)
	return Exact{hi, lo}
}

func (x Exact) isZero() bool { return x == Exact{} }

// int is the number of units.
func (x Exact) int() *big.Int {
	n := new(big.Int).SetUint64(x.hi)
	return n.Or(n.Lsh(n, 64), new(big.Int).SetUint64(x.lo))
}

// unitsPerEvent is how many units of an Exact one event has.
var unitsPerEvent = big.NewInt(1e15)

// Rat is the number of events.
func (x Exact) Rat() *big.Rat { return new(big.Rat).SetFrac(x.int(), unitsPerEvent) }

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
