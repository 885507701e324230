package rollup

import (
	"cmp"
	"slices"

	"uptree/generator/model"
)

// minGroup is the fewest people of whom anything is said per head.
const minGroup = 5

// tellable finds at which nodes pages per head may be shown, so that neither a figure nor
// any difference of figures is of fewer than minGroup people: what is shown of a node and not
// of those below it, the rest, has to be of nobody or of enough. Where the rest would be too
// few, the smallest of those below is not shown either, and its own rest joins it: the figures
// further up are of more use.
func tellable(m *model.Model, paged []pagedCrew) (told []bool, parts [][]model.NodeIdx) {
	told, parts = make([]bool, len(paged)), make([][]model.NodeIdx, len(paged))
	rest := make([]int64, len(paged))
	for i := range paged {
		rest[i] = paged[i].heads
	}
	for n := len(paged) - 1; n >= 0; n-- {
		for _, child := range m.Nodes[n].Children {
			if told[child] {
				parts[n] = append(parts[n], child)
			} else {
				parts[n] = append(parts[n], parts[child]...)
			}
		}
		for _, part := range parts[n] {
			rest[n] -= paged[part].heads
		}
		if told[n] = paged[n].heads >= minGroup; !told[n] {
			continue
		}
		for rest[n] > 0 && rest[n] < minGroup {
			least := slices.MinFunc(parts[n], func(a, b model.NodeIdx) int {
				return cmp.Or(cmp.Compare(paged[a].heads, paged[b].heads), cmp.Compare(m.Nodes[a].ID, m.Nodes[b].ID))
			})
			told[least] = false
			at := slices.Index(parts[n], least)
			parts[n] = slices.Concat(parts[n][:at], parts[least], parts[n][at+1:])
			rest[n] += rest[least]
		}
	}
	return told, parts
}
