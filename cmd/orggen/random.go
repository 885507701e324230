package main

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// stream returns the random numbers of one concern.
func stream(seed uint64, concern string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(concern)) // never fails
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// chance is true with probability p.
func chance(r *rand.Rand, p float64) bool { return r.Float64() < p }

// lognormal draws from a long-tailed distribution: half the values are below the median,
// and sigma says how far the rest runs.
func lognormal(r *rand.Rand, median, sigma float64) float64 {
	return median * math.Exp(sigma*r.NormFloat64())
}

// poisson draws a count of rare events, mean of them on average.
func poisson(r *rand.Rand, mean float64) int {
	limit, p, n := math.Exp(-mean), 1.0, 0
	for {
		p *= r.Float64()
		if p <= limit {
			return n
		}
		n++
	}
}

// pick draws an index with probability in proportion to its weight, or -1 where all
// weights are zero.
func pick(r *rand.Rand, weights []float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	at := r.Float64() * total
	for i, w := range weights {
		if at < w {
			return i
		}
		at -= w
	}
	return -1
}

// oneOf draws a value, each as likely as the others.
func oneOf[T any](r *rand.Rand, values []T) T { return values[r.IntN(len(values))] }
