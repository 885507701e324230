package main

import (
	"fmt"
	"math/rand/v2"
)

// Degrees of hardness with their shares: most dependencies are hard, few are unstated.
var (
	hardnesses    = []string{"hard", "soft", "async", ""}
	hardnessShare = []float64{60, 22, 14, 4}
)

// strayEdges name services that are in no catalogue: one was retired, one is misspelt.
var strayEdges = [][4]string{
	{"saved-lists", "wishlist-v1", "soft", "observed"},
	{"tier-calculator", "points-ledgr", "hard", "declared"},
}

// wiring draws the dependencies of an organisation.
type wiring struct {
	org  *organisation
	r    *rand.Rand
	seen map[[2]int]bool
}

// connect adds the dependencies: those that the outline names, then for each service some
// on its team, on its area and on what everybody relies on. Nothing keeps two services of
// a team from relying on each other, so the graph has cycles, as real ones do.
func (o *organisation) connect(r *rand.Rand) error {
	w := wiring{org: o, r: r, seen: map[[2]int]bool{}}
	if err := w.needs(); err != nil {
		return err
	}
	for i, s := range o.services {
		if s.thirdParty || s.until != "" {
			continue
		}
		w.team(i)
		w.area(i)
		w.hubs(i)
	}
	return nil
}

func (w *wiring) needs() error {
	for i, s := range w.org.services {
		for _, id := range s.needs {
			to := w.org.service(id)
			if to < 0 {
				return fmt.Errorf("%s needs %s, which is no service", s.id, id)
			}
			w.add(i, to, "hard")
		}
	}
	return nil
}

func (w *wiring) team(i int) {
	if chance(w.r, 0.6) {
		w.some(i, func(to service) bool { return to.node == w.org.services[i].node })
	}
}

func (w *wiring) area(i int) {
	own := w.org.ancestor(w.org.services[i].node, "area")
	if own < 0 || !chance(w.r, 0.55) {
		return
	}
	w.some(i, func(to service) bool {
		return to.tier != "tier-3" && w.org.ancestor(to.node, "area") == own
	})
}

// some adds a dependency on one of the living services that match.
func (w *wiring) some(i int, match func(service) bool) {
	var from []int
	for j, to := range w.org.services {
		if j != i && to.until == "" && match(to) {
			from = append(from, j)
		}
	}
	if len(from) > 0 {
		w.add(i, oneOf(w.r, from), w.hardness())
	}
}

// hubs adds dependencies on services that many rely on, fewer for platform services,
// which carry the others.
func (w *wiring) hubs(i int) {
	n := 1 + poisson(w.r, 0.45)
	if w.org.under(w.org.services[i].node, "platform") {
		n = poisson(w.r, 0.8)
	}
	weights := make([]float64, len(w.org.services))
	for j, s := range w.org.services {
		weights[j] = s.hub
	}
	weights[i] = 0
	for range n {
		w.add(i, pick(w.r, weights), w.hardness())
	}
}

func (w *wiring) hardness() string { return hardnesses[pick(w.r, hardnessShare)] }

// add adds an edge once. Three in four are declared in the catalogue; the rest were only
// seen in traces.
func (w *wiring) add(from, to int, hardness string) {
	if w.seen[[2]int{from, to}] {
		return
	}
	w.seen[[2]int{from, to}] = true
	evidence := "declared"
	if chance(w.r, 0.27) {
		evidence = "observed"
	}
	w.org.edges = append(w.org.edges, edge{from, to, hardness, evidence})
}
