// Package signal says who should look at what, and whose lever it is: cube + context →
// Findings. Rules is its one table; a rule is a file. Lines appear only where someone
// can act, and never rank the children of a node.
package signal

import (
	"uptree/generator/content"
	"uptree/generator/rollup"
)

// Find applies every rule.
func Find(cube *rollup.Cube, docs *content.Docs) *Findings { panic("in the making") }
