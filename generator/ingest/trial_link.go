package ingest

import (
	"cmp"
	"maps"
	"slices"

	"uptree/generator/model"
)

// keep notes what adding a record came to.
func (t *trial) keep(from map[string]seen, output any, add func()) {
	rejected := t.in.rejected
	add()
	m := made{fate: Accepted, from: from}
	m.record, _ = output.(map[string]any)
	if d, ok := t.taking.datasetOf(m.record); ok {
		m.dataset = d.String()
	}
	if t.in.rejected > rejected {
		m.fate, m.reason = Rejected, t.in.why
		t.Rejected++
	} else {
		t.Accepted++
	}
	t.made = append(t.made, m)
}

// link finds what raw record each thing was made from, counts those of which nothing was
// made, and lists the first.
func (t *trial) link() {
	place, raws := t.looks.recordPlace(t.doc.Value, t.made, t.file.format.Flat || t.file.format.Mapped)
	t.Raw += len(raws)
	if _, text := t.doc.Value.(string); text {
		t.Raw++
	}
	order := slices.SortedFunc(maps.Keys(raws), func(a, b object) int { return cmp.Compare(t.looks.order[a], t.looks.order[b]) })
	rank := make(map[object]int, len(order))
	for i, id := range order {
		rank[id] = i + 1
	}
	used := map[object]bool{}
	var id object
	for _, m := range t.made {
		id = madeFrom(m, m.from[place], id, order, raws, used, len(t.made) > len(order))
		used[id] = true
		t.list(m, raws[id], place, rank[id])
	}
	if len(t.made) == 1 && t.made[0].record == nil && t.made[0].fate == Rejected {
		return // nothing was made of the others for that
	}
	for i, id := range order {
		if !used[id] {
			t.Unmapped++
			t.list(made{fate: Unmapped}, raws[id], place, i+1)
		}
	}
}

// maxMatched bounds among how many raw records that of a record is searched.
const maxMatched = 500

// madeFrom is what a thing was made from: the one raw record that was looked at for it, or
// that of the thing before where nothing else was looked at. Where there were several, as when
// all are sorted first, it is the one that has most in common with it and is not used yet. Several
// things are made of one where there are more of them than raw records.
func madeFrom(m made, at seen, before object, order []object, raws map[object]map[string]any, used map[object]bool, several bool) object {
	switch {
	case len(order) == 1:
		return order[0]
	case at.n == 0 && !used[at.last] && len(m.record) == 0, at.n == 1, len(order) > maxMatched:
		return at.last
	case at.n > 1 && m.record == nil:
		return at.last
	}
	best, most, values := at.last, 0, textsOf(m.record, map[string]bool{})
	if at.n == 0 && several {
		best, most = before, common(raws[before], values)
	}
	for _, id := range order {
		if n := common(raws[id], values); n > most && !used[id] {
			best, most = id, n
		}
	}
	return best
}

// textsOf gathers the texts of a value.
func textsOf(v any, into map[string]bool) map[string]bool {
	switch v := v.(type) {
	case string:
		into[v] = true
	case []any:
		for _, e := range v {
			textsOf(e, into)
		}
	case map[string]any:
		for _, e := range v {
			textsOf(e, into)
		}
	}
	return into
}

// common is how many texts of a raw record are in what was made.
func common(raw map[string]any, made map[string]bool) int {
	n := 0
	for text := range textsOf(raw, map[string]bool{}) {
		if made[text] {
			n++
		}
	}
	return n
}

// list adds a row, unless there are enough of its fate.
func (t *trial) list(m made, raw map[string]any, place string, element int) {
	if t.listed == nil {
		t.listed = map[Fate]int{}
	}
	if t.listed[m.fate]++; t.listed[m.fate] > t.limit {
		return
	}
	if t.file.format.Flat {
		element = 0
	}
	row := TrialRow{Fate: m.fate, File: t.in.file, Line: t.doc.Line, Element: element, Reason: m.reason, Dataset: m.dataset, Record: t.recordCells(m.record)}
	v := view{looks: t.looks, made: textsOf(m.record, map[string]bool{}), strict: slices.Contains(t.taking.datasets(), model.Staff)}
	row.Raw, row.More = v.cells(raw, place, "")
	t.Rows = append(t.Rows, row)
}

// program is the jq of the source or of its preset.
func (t *taking) program() string {
	if t.preset != nil {
		return t.preset.Map
	}
	return t.payload.Source.Map
}

// watch compiles the mapping of the source so that it tells what it looks for.
func (t *taking) watch(l *looks, n *normaliser) (*mapping, error) {
	m, err := l.watch(t.program(), n.zones, n.asOf)
	if err != nil {
		return nil, err
	}
	m.host = t.host()
	return m, nil
}
