package rollup

import (
	"slices"

	"uptree/generator/model"
)

// Dot is how often a length occurs in a dot plot, in seconds: once or more often exactly
// (To is From) or, where there are too many to be told apart, between From and To, which is
// not in it.
type Dot struct {
	From, To float64
	N        int
}

// mostDots is how many incidents are drawn one by one.
const mostDots = 60

// PhaseDots returns the lengths behind phase_duration in a period, shortest first: a list
// per phase in the order of its Dists.
func (c *Cube) PhaseDots(subject Subject, period int) [][]Dot {
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.at(subject)
	s.phaseLengths(period)
	var out [][]Dot
	for p := model.Detected; p < model.NumMoments; p++ {
		out = append(out, dotsOf(s.lengths[p]))
	}
	return out
}

// dotsOf sorts the lengths where each of them is drawn.
func dotsOf(lengths []float64) []Dot {
	if len(lengths) > mostDots {
		return binned(lengths)
	}
	slices.Sort(lengths)
	var dots []Dot
	for _, v := range lengths {
		if n := len(dots); n > 0 && dots[n-1].From == v {
			dots[n-1].N++
			continue
		}
		dots = append(dots, Dot{v, v, 1})
	}
	return dots
}

// binEdges are round lengths, each about twice the one before; after them it is twice.
var binEdges = [...]float64{0, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400}

func binned(lengths []float64) []Dot {
	var bins []Dot
	for _, v := range lengths {
		i := binOf(v)
		for len(bins) <= i {
			bins = append(bins, Dot{From: binEdge(len(bins)), To: binEdge(len(bins) + 1)})
		}
		bins[i].N++
	}
	return slices.DeleteFunc(bins, func(d Dot) bool { return d.N == 0 })
}

func binOf(v float64) (i int) {
	for v >= binEdge(i+1) {
		i++
	}
	return i
}

func binEdge(i int) float64 {
	last := len(binEdges) - 1
	if i <= last {
		return binEdges[i]
	}
	return binEdges[last] * float64(int64(1)<<(i-last))
}
