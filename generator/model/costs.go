package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"uptree/generator/diag"
)

// costs builds Costs, by home, service and first day. Every record counts: two that are
// alike are two charges.
func (f *freezer) costs() {
	g := costReader{freezer: f, spent: map[uint16]Money{}, seen: map[Crack]bool{}}
	for bi, b := range f.in.Batches {
		for i := range b.costs {
			row := &b.costs[i]
			c := Cost{
				Service: NoIndex, Node: NoIndex, Home: f.m.NotOwned, Idle: row.idle, From: row.from, To: row.to, CostSums: row.CostSums,
				Component: g.components.word(b.words.text(row.component)), Currency: g.currencies.word(b.words.text(row.currency)),
				Origin: f.origin(bi, row.line),
			}
			g.allocate(&c, b.refs.text(row.service), b.refs.text(row.node))
			g.take(c)
		}
		b.costs, b.costOf = nil, nil
	}
	f.m.CostLevel, f.m.Components, f.m.Currencies = f.in.Costs, g.components.texts, g.currencies.texts
	slices.SortStableFunc(f.m.Costs, func(a, b Cost) int {
		return cmp.Or(cmp.Compare(a.Home, b.Home), cmp.Compare(a.Service, b.Service), cmp.Compare(a.From, b.From))
	})
}

// costReader carries the state of costs.
type costReader struct {
	*freezer
	components, currencies interner
	spent                  map[uint16]Money // per currency, whatever the signs
	seen                   map[Crack]bool
}

// take keeps a cost, unless it begins after as_of or sums would not stay exact.
func (g *costReader) take(c Cost) {
	if g.m.Calendar.Midnight(c.From) > g.m.AsOf {
		g.rejectAll(c.Origin, "begins after as_of", int(c.Records))
		g.count(diag.FutureRecord, Origin{Source: c.Origin.Source, File: c.Origin.File}, "costs begin after as_of", nil)
		return
	}
	spent := g.spent[c.Currency]
	for _, m := range []Money{c.Amount, c.Credits, c.Billed} {
		spent = spent.Plus(m.Magnitude())
	}
	if spent.Compare(maxSpent) > 0 {
		g.rejectAll(c.Origin, "more money than can be added up", int(c.Records))
		return
	}
	g.spent[c.Currency] = spent
	g.acceptAll(c.Origin, int(c.Records))
	g.began(c.Origin.Source, g.m.Calendar.Midnight(c.From))
	if c.Service != NoIndex {
		g.cover(Costs, c.Origin.Source, int(c.Service))
	}
	switch g.in.Costs {
	case PublishCounts:
		c.CostSums = c.counted()
		fallthrough
	case PublishFull:
		g.m.Costs = append(g.m.Costs, c)
	}
}

// maxSpent bounds all amounts of a currency together, which no real one comes near.
var maxSpent, _ = parseMoney("1e18")

// allocate finds who answers for a cost: the service that is named, else the node. What
// names neither, or something unknown, belongs to nobody and is listed under cracks.
func (g *costReader) allocate(c *Cost, service, node string) {
	if s, ok := g.known(service); ok {
		c.Service, c.Home = s, g.homeOn(s, c.From)
		return
	}
	named := cmp.Or(service, node)
	n, ok := g.m.byNode[g.lookup.stands(node)]
	switch {
	case ok:
		c.Node, c.Home = n, n
	case named == "" || IsPerson(named):
		c.Allocation = Unallocated
	default:
		c.Allocation = UnknownOwner
	}
	if service != "" || !ok {
		g.crack(c, named)
	}
}

// crack lists what is named and unknown once per source, or that nothing is named. Names of
// people are not kept.
func (g *costReader) crack(c *Cost, named string) {
	crack := Crack{Kind: CrackUnallocated, Node: NoIndex, Service: NoIndex, Journey: NoIndex, Incident: NoIndex, Origin: Origin{Source: c.Origin.Source}}
	if named != "" && !IsPerson(named) {
		crack.Kind, crack.Text = CrackCostSubject, named
		g.count(diag.UnknownReference, c.Origin, fmt.Sprintf("cost of unknown service or node %q", named), g.suggestSubject(named))
	}
	if !g.seen[crack] {
		g.seen[crack] = true
		crack.Origin = c.Origin
		g.m.Cracks = append(g.m.Cracks, crack)
	}
}

// suggestSubject is the hint for an id that is neither a service nor a node.
func (f *freezer) suggestSubject(id string) func() string {
	return func() string {
		return diag.DidYouMean(id, append(slices.Sorted(maps.Keys(f.m.byService)), slices.Sorted(maps.Keys(f.m.byNode))...))
	}
}

// rejectAll rejects records that were added up.
func (f *freezer) rejectAll(o Origin, reason string, n int) {
	for range n {
		f.reject(o, reason)
	}
}
