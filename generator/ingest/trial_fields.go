package ingest

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// Unread is a field of the raw records that nothing reads.
type Unread struct {
	Place  string `json:"place"` // of the objects that have it, as ".incidents[]"
	Name   string `json:"name"`
	Kind   string `json:"kind"` // what its values are, never which
	In     int    `json:"in"`   // how many of the objects have it
	Of     int    `json:"of"`
	Person bool   `json:"person"` // it is about persons, and dropped for that
}

// Absent is a key that was looked for and that none of the objects has.
type Absent struct {
	Place   string `json:"place"`
	Name    string `json:"name"`
	Of      int    `json:"of"`                // objects in which it was looked for
	Similar string `json:"similar,omitempty"` // what they have under a name like it
}

// unread lists the fields that nothing reads. What is in an object that nobody opens is not
// listed beside it.
func (l *looks) unread() []Unread {
	var out []Unread
	closed := map[string]bool{}
	for _, at := range sortedLooks(l.fields) {
		f, path := l.fields[at], at.place+"."+at.key
		if l.within(at.place, closed) {
			continue
		}
		if l.reads(at) {
			closed[path] = !l.opens(path)
			continue
		}
		closed[path] = true
		out = append(out, Unread{at.place, at.key, f.kind, f.count, l.objects[at.place], aboutPerson(path)})
	}
	return out
}

// within reports whether a place lies in what is closed.
func (l *looks) within(place string, closed map[string]bool) bool {
	for ; place != ""; place = place[:max(strings.LastIndexByte(place, '.'), 0)] {
		if closed[strings.TrimRight(place, "[]")] {
			return true
		}
	}
	return false
}

// absent lists what is looked for and nowhere, with what it may be called now.
func (l *looks) absent() []Absent {
	var out []Absent
	for _, at := range sortedLooks(l.sought) {
		if f := l.fields[at]; f == nil && l.objects[at.place] > 0 {
			out = append(out, Absent{at.place, at.key, l.sought[at], l.similar(at)})
		}
	}
	slices.SortStableFunc(out, func(a, b Absent) int { return cmp.Compare(len(b.Similar), 0) - cmp.Compare(len(a.Similar), 0) })
	return out
}

// similar is a field beside a key that nothing reads and that is called like it, or "".
func (l *looks) similar(at look) string {
	var names []string
	for _, other := range sortedLooks(l.fields) {
		if other.place == at.place && !l.reads(other) {
			names = append(names, other.key)
		}
	}
	return diag.Suggest(at.key, names)
}

// recordPlace is where the raw records of a document lie: the elements of the list that the
// most outputs were made from, the shortest such list; the document itself where none was
// looked into, or where it is flat and so is a record. They are returned by their identity.
func (l *looks) recordPlace(doc any, all []made, flat bool) (string, map[object]map[string]any) {
	if record, ok := doc.(map[string]any); ok && flat {
		return "", map[object]map[string]any{identity(record): record}
	}
	outputs := map[string]int{}
	for _, m := range all {
		for place := range m.from {
			outputs[place]++
		}
	}
	for at := range l.last { // looked at, and nothing made of it
		outputs[at] = max(outputs[at], 1)
	}
	found := map[string]map[object]map[string]any{}
	collect(doc, "", found)
	best := ""
	for _, place := range slices.Sorted(maps.Keys(outputs)) {
		if place != "" && (best == "" || nearer(place, best, len(all), outputs, found)) {
			best = place
		}
	}
	return best, found[best]
}

// nearer reports whether so many things are made from a place rather than from another: from
// one that has as many objects, that more of them were made from, that lies higher.
func nearer(a, b string, things int, outputs map[string]int, found map[string]map[object]map[string]any) bool {
	if enough := len(found[a]) >= things; enough != (len(found[b]) >= things) {
		return enough
	}
	return cmp.Or(-cmp.Compare(outputs[a], outputs[b]), cmp.Compare(strings.Count(a, "[]"), strings.Count(b, "[]")), cmp.Compare(len(found[a]), len(found[b]))) < 0
}

// collect gathers the objects of a value by their place.
func collect(v any, place string, into map[string]map[object]map[string]any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			collect(e, place+"[]", into)
		}
	case map[string]any:
		if into[place] == nil {
			into[place] = map[object]map[string]any{}
		}
		into[place][identity(v)] = v
		for key, value := range v {
			collect(value, place+"."+key, into)
		}
	}
}

// recordCells are the fields of a record in the order of its dataset.
func (t *trial) recordCells(record map[string]any) []Cell {
	var cells []Cell
	d, ok := t.taking.datasetOf(record)
	if !ok {
		return nil
	}
	names := t.in.row(d).names
	for i, f := range model.Specs[d].Fields {
		if v := record[names[i]]; !nothing(v) {
			cells = append(cells, Cell{f.Name, t.looks.shown(names[i], v)})
		}
	}
	return cells
}

// nothing reports whether a value is null, or a list of nothing else.
func nothing(v any) bool {
	list, ok := v.([]any)
	return v == nil || ok && !slices.ContainsFunc(list, func(e any) bool { return e != nil })
}
