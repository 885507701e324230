package ingest

import (
	"cmp"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/itchyny/gojq"

	"uptree/generator/model"
)

// looks notes what a mapping looks for in its inputs, and what they hold. A place is the
// path of an object without the numbers of elements: "" is the input, ".incidents[]" each
// object of that list. It belongs to one goroutine.
type looks struct {
	objects map[string]int    // how many there are, by place
	fields  map[look]*field   // what they hold
	sought  map[look]int      // in how many objects a key was looked for
	whole   map[string]bool   // places whose objects were taken as a whole
	places  map[object]string // of the objects of the input
	asked   map[object]map[string]bool
	last    map[string]seen // by place of elements, what was looked at since the last output
	order   map[object]int  // of the objects in the input
	own     map[object]bool // those that describe a person
	persons map[string]bool // texts in fields about persons, of all inputs
}

// look is a key of the objects at a place.
type look struct{ place, key string }

// object is the identity of a map: jq hands on what it takes out of its input as it is.
type object uintptr

// seen is which of the objects at a place was looked at last, and how many were.
type seen struct {
	last object
	n    int
}

// field is what the objects at a place have under a key.
type field struct {
	count int    // how many have it, and not null
	kind  string // of its first value, for people
}

// maxPersons bounds how many texts are held that are not to be shown.
const maxPersons = 100_000

// maxLooks bounds the fields that are told apart: keys that are data are as many as those.
const maxLooks = 2000

func newLooks() *looks {
	return &looks{objects: map[string]int{}, fields: map[look]*field{}, sought: map[look]int{}, whole: map[string]bool{}, persons: map[string]bool{}}
}

// watch compiles a program as compileMapping does, and tells l what it looks for.
func (l *looks) watch(program string, z *zones, asOf model.Time) (*mapping, error) {
	return compileWith(program, z, asOf, watched,
		gojq.WithFunction("__look", 1, 1, func(in any, args []any) any {
			key, _ := args[0].(string)
			l.look(in, key)
			return true
		}),
		gojq.WithFunction("__whole", 0, 0, func(in any, _ []any) any {
			if at, ok := l.places[identity(in)]; ok {
				l.whole[at] = true
			}
			return true
		}))
}

// begin takes in the next input.
func (l *looks) begin(input any) {
	l.places, l.asked, l.last, l.order = map[object]string{}, map[object]map[string]bool{}, map[string]seen{}, map[object]int{}
	l.own = map[object]bool{}
	l.note(input, "", false)
}

// note takes in a value; person says that it stands in what describes one.
func (l *looks) note(v any, place string, person bool) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			l.note(e, place+"[]", person)
		}
	case string:
		if (person || aboutPerson(place)) && len(l.persons) < maxPersons {
			l.persons[v] = true
		}
	case map[string]any:
		l.places[identity(v)], l.order[identity(v)] = place, len(l.order)
		l.objects[place]++
		person = person || isPerson(v)
		l.own[identity(v)] = person
		for _, key := range slices.Sorted(maps.Keys(v)) {
			l.hold(look{place, key}, v[key])
			l.note(v[key], place+"."+key, person)
		}
	}
}

// hold counts a field of an object. A list without elements tells as little as null.
func (l *looks) hold(at look, value any) {
	if value == nil {
		return
	}
	f := l.fields[at]
	if f == nil {
		if len(l.fields) == maxLooks {
			return
		}
		f = &field{kind: kindOf(value)}
		l.fields[at] = f
	}
	f.count++
}

// look notes that a key was looked for in a value.
func (l *looks) look(in any, key string) {
	id := identity(in)
	place, ok := l.places[id]
	if !ok {
		return // it is not of the input, or no object
	}
	if strings.HasSuffix(place, "[]") && l.last[place].last != id {
		l.last[place] = seen{id, l.last[place].n + 1}
	}
	if l.asked[id][key] {
		return
	}
	if l.asked[id] == nil {
		l.asked[id] = map[string]bool{}
	}
	l.asked[id][key] = true
	if _, known := l.sought[look{place, key}]; known || len(l.sought) < maxLooks {
		l.sought[look{place, key}]++
	}
}

// reads reports whether a key is looked for at a place.
func (l *looks) reads(at look) bool { return l.sought[at] > 0 || l.whole[at.place] }

// opens reports whether the mapping looks into the objects at a place or below it.
func (l *looks) opens(place string) bool {
	for at := range l.sought {
		if at.place == place || strings.HasPrefix(at.place, place+".") || strings.HasPrefix(at.place, place+"[]") {
			return true
		}
	}
	return l.whole[place]
}

func identity(v any) object {
	m, ok := v.(map[string]any)
	if !ok || m == nil {
		return 0
	}
	return object(reflect.ValueOf(m).Pointer())
}

// kindOf names what a value is, without it.
func kindOf(v any) string {
	switch v := v.(type) {
	case bool:
		return "true or false"
	case string:
		if _, err := time.Parse(time.RFC3339, v); err == nil {
			return "a moment"
		}
		return "a text"
	case []any:
		if len(v) > 0 {
			if _, ok := v[0].(map[string]any); ok {
				return "a list of objects"
			}
		}
		return "a list"
	case map[string]any:
		return "an object"
	case json.Number, int, float64:
		return "a number"
	}
	return "a value"
}

// sortedLooks are keys in the order of their places, shallow ones first.
func sortedLooks[V any](m map[look]V) []look {
	var out []look
	for at := range m {
		out = append(out, at)
	}
	slices.SortFunc(out, func(a, b look) int {
		return cmp.Or(cmp.Compare(strings.Count(a.place, ".")+strings.Count(a.place, "[]"), strings.Count(b.place, ".")+strings.Count(b.place, "[]")),
			cmp.Compare(a.place, b.place), cmp.Compare(a.key, b.key))
	})
	return out
}
