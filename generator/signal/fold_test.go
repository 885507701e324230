package signal

import (
	"fmt"
	"slices"
	"testing"

	"uptree/generator/model"
)

// acme over product (shop, search) and platform (storage): what one number did at some of
// them is told at the lowest of each chain.
func TestANumberIsToldAtTheLowestLevelOfAChain(t *testing.T) {
	m := newWorld().compute(t).Model
	for name, c := range map[string]struct{ at, want []string }{
		"a chain up to the root":               {[]string{"acme", "product", "shop"}, []string{"shop +2"}},
		"a gap ends a chain":                   {[]string{"acme", "shop"}, []string{"acme +0", "shop +0"}},
		"the first of two tells what is above": {[]string{"product", "search", "shop"}, []string{"search +1", "shop +0"}},
		"chains that meet": {[]string{"acme", "platform", "product", "shop", "storage"},
			[]string{"storage +2", "shop +1"}},
		"one alone": {[]string{"product"}, []string{"product +0"}},
		"none":      {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			tell := &teller{stander: &stander{m: m}}
			var got []string
			for _, c := range tell.folded(numbersAbove(m, c.at)) {
				got = append(got, fmt.Sprintf("%s +%d", m.Nodes[c.At[0]].ID, c.Args[1].Above))
			}
			slices.Sort(got)
			want := slices.Sorted(slices.Values(c.want))
			if !slices.Equal(got, want) {
				t.Errorf("told at %q, want %q", got, want)
			}
		})
	}
}

// numbersAbove are changes of a number at nodes, in the order of the tree.
func numbersAbove(m *model.Model, ids []string) (out []Change) {
	for n := range m.Nodes {
		if slices.Contains(ids, m.Nodes[n].ID) {
			at := model.NodeIdx(n)
			out = append(out, Change{Step: Step{Aspect: AspectRange}, Code: "number-above", Metric: "incident_count",
				At: []model.NodeIdx{at}, Args: []Arg{{}, node("node", at)}})
		}
	}
	return out
}
