// Package rollup computes what each org node controls: model × periods → Cube.
//
// Every node is measured from records over its subtree, in one pass per metric, never
// from its children's values. A metric is one file and one row of Metrics; its operator
// (time, set, sum, ratio, distribution, latest) says how records become a value.
//
// At every node the total of each sum, set and time metric is checked against
// children + direct − shared, each term computed on its own; Compute reports a problem
// where the equation does not hold, because that is a bug. Missing is never zero: a cell
// that no source covers is not Known and says why.
//
// Figures of nodes are computed once and kept. Those of services and journeys, and the
// series of charts, are computed when asked for, so that memory does not grow with pages.
package rollup
