package history

import "maps"

// rename gives the history of a source that is no longer in site.toml to one that has none
// and gives at least half of the same records. It returns the months of all tables.
func (g *merge) rename(known map[table][]month, fresh map[table]*Facts) map[table][]month {
	out := maps.Clone(known)
	for _, to := range sortedTables(fresh) {
		if len(out[to]) > 0 || fresh[to].empty() {
			continue
		}
		for _, from := range sortedTables(out) {
			if _, named := g.sources[from.source]; named || from.dataset != to.dataset || !g.alike(from, fresh[to]) {
				continue
			}
			for _, at := range out[from] {
				f := g.files[from.file(at)]
				delete(g.files, f.Name)
				f.Name = to.file(at)
				g.files[f.Name] = f
			}
			out[to] = out[from]
			delete(out, from)
			break
		}
	}
	return out
}

// alike reports whether a table holds at least half of some facts.
func (g *merge) alike(t table, fresh *Facts) bool {
	old := NewFacts(t.source, fresh.Shape)
	for at := range fresh.parts() {
		if content := g.read(t.file(at)); content != nil {
			if err := old.parse(content, heads{}); err != nil {
				return false // said where the table is merged
			}
		}
	}
	old.settle()
	have, all, same := newView(old), 0, 0
	for _, group := range fresh.groups {
		known := have.series[group.Identity]
		for _, x := range group.facts {
			if all++; known != nil && known.has(x.when) {
				same++
			}
		}
	}
	return 2*same >= all
}
