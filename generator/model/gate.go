package model

import "uptree/generator/diag"

// Gate is a bound on a figure: of a metric at a node over a period. Whoever runs the build
// wants to hear when it is crossed.
type Gate struct {
	ID     string
	Title  string // the id where none is given
	Metric string
	Node   string // "": the root
	Period string // "": the default one
	Part   string // "": the value itself; else as in data.csv
	Max    *Bound // nil: none
	Min    *Bound
	At     GatePlaces
}

// Bound is a limit that may be reached and not passed, in the unit of its metric.
type Bound struct {
	Value float64
	Kind  BoundKind
	At    diag.Pos
}

// BoundKind is how a bound is written.
type BoundKind uint8

// The kinds of bounds.
const (
	PlainBound    BoundKind = iota // a number, in the unit of the metric
	DurationBound                  // "4h": seconds
	ShareBound                     // "99.5%": from 0 to 1
)

// GatePlaces are where the parts of a gate stand.
type GatePlaces struct{ Gate, Metric, Node, Part diag.Pos }
