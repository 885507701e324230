package decode

import (
	"fmt"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// Table is a table of a TOML file whose keys have positions.
//
// The methods that read a key (String, Table, ...) mark it as known and report it if it
// has the wrong type; they report nothing and return false if it is absent. Unused then
// reports the keys that nobody asked for, here and in all tables read from this one.
type Table struct {
	file   *tomlFile
	path   []string // keys from the top; of an array's element, those of the array
	array  bool     // an element of an array
	node   *tomlNode
	values map[string]any
	parent *Table
	asked  []string            // keys read, whether they exist or not
	parts  map[string][]*Table // tables read
}

// Problems returns what has been found wrong with the file so far.
func (t *Table) Problems() diag.List { return t.file.problems }

// Name is the last part of the table's own key; "" at the top.
func (t *Table) Name() string {
	if len(t.path) == 0 {
		return ""
	}
	return t.path[len(t.path)-1]
}

// Keys returns the keys of the table in the order of the file.
func (t *Table) Keys() []string {
	keys := make([]string, 0, len(t.values))
	for _, n := range t.node.keys {
		if _, ok := t.values[n.key]; ok {
			keys = append(keys, n.key)
		}
	}
	return keys
}

// Has reports whether the key exists, without marking it as known.
func (t *Table) Has(key string) bool {
	_, ok := t.values[key]
	return ok
}

// Kind says what the key's value is, in the words of the messages: "a string", "an
// integer", "a table"; "" if it is absent.
func (t *Table) Kind(key string) string {
	if v, ok := t.values[key]; ok {
		return tomlType(v)
	}
	return ""
}

// Pos is where a key stands; for a key that is absent, and for "", where the table does.
func (t *Table) Pos(key string) diag.Pos {
	if n := t.node.byKey[key]; n != nil {
		return t.file.pos(n.at)
	}
	return t.file.pos(t.node.value)
}

// ValuePos is where the value of a key starts; otherwise it is like Pos.
func (t *Table) ValuePos(key string) diag.Pos {
	if n := t.node.byKey[key]; n != nil {
		return t.file.pos(n.value)
	}
	return t.file.pos(t.node.value)
}

// Report adds a problem at the value of a key, or at the table if the key is absent.
func (t *Table) Report(code diag.Code, key, text, hint string) {
	t.file.add(code, t.ValuePos(key), text, hint)
}

// Label is the table as written in the file: [source.pagerduty], [[marks]]; "" at the top.
func (t *Table) Label() string {
	if len(t.path) == 0 {
		return ""
	}
	label := "[" + strings.Join(t.path, ".") + "]"
	if t.array {
		label = "[" + label + "]"
	}
	return shorten(label)
}

// Unused reports every key that was not read and is none of known, with what was probably
// meant. Call it last, on the table at the top: it goes through all tables read.
func (t *Table) Unused(known ...string) {
	known = append(slices.Clone(t.asked), known...)
	for _, key := range t.Keys() {
		if !slices.Contains(known, key) {
			t.unknown(key, known)
		}
		for _, part := range t.parts[key] {
			part.Unused()
		}
	}
	t.asked = append(known, t.Keys()...) // so that a second call reports nothing again
}

func (t *Table) unknown(key string, known []string) {
	at := t.Pos(key)
	for _, k := range known {
		if strings.EqualFold(k, key) {
			t.file.add(diag.WrongCase, at, fmt.Sprintf("key %q is written %q", key, k), "keys are in lower case")
			return
		}
	}
	text := fmt.Sprintf("unknown key %q", shorten(key))
	if len(t.path) > 0 {
		text += " in " + t.Label()
	}
	t.file.add(diag.UnknownKey, at, text, t.hint(key, known))
}

// hint says what was probably meant by an unknown key: one of the top of the file that
// stands below a header and so belongs to its table, or a similar one.
func (t *Table) hint(key string, known []string) string {
	top := t
	for top.parent != nil {
		top = top.parent
	}
	if top != t && slices.Contains(top.asked, key) && t.node.byKey[key].kind == tomlValue {
		return fmt.Sprintf("this line stands inside %s; move it above the first table", t.Label())
	}
	return diag.DidYouMean(key, known)
}

// take returns the value of a key and marks it as known.
func (t *Table) take(key string) (any, bool) {
	if !slices.Contains(t.asked, key) {
		t.asked = append(t.asked, key)
	}
	v, ok := t.values[key]
	return v, ok
}

func (t *Table) wrongType(key, want string, found any, hint string) {
	t.Report(diag.WrongType, key, fmt.Sprintf("%s: expected %s, found %s", shorten(key), want, tomlType(found)), hint)
}

// Table returns the table of a key: [key], key = { … } or key.x = ….
func (t *Table) Table(key string) (*Table, bool) {
	v, ok := t.take(key)
	if !ok {
		return nil, false
	}
	values, ok := v.(map[string]any)
	if !ok {
		t.wrongType(key, "a table", v, "")
		return nil, false
	}
	return t.part(key, 0, t.node.byKey[key], values, false), true
}

// Tables returns the tables of a table of named tables, in the order of the file: those
// of [key.a] and [key.b]. Their names are what Name returns.
func (t *Table) Tables(key string) []*Table {
	all, ok := t.Table(key)
	if !ok {
		return nil
	}
	var out []*Table
	for _, name := range all.Keys() {
		if named, ok := all.Table(name); ok {
			out = append(out, named)
		}
	}
	return out
}

// Array returns the tables of an array: of all [[key]], or of key = [{ … }, { … }].
func (t *Table) Array(key string) []*Table {
	v, ok := t.take(key)
	if !ok {
		return nil
	}
	elements, ok := tables(v)
	if !ok {
		t.wrongType(key, "an array of tables", v, fmt.Sprintf("write [[%s]] above each", key))
		return nil
	}
	node := t.node.byKey[key]
	out := make([]*Table, 0, len(elements))
	for i, values := range elements {
		var at *tomlNode
		if node != nil && i < len(node.items) {
			at = node.items[i]
		}
		out = append(out, t.part(key, i, at, values, true))
	}
	return out
}

// tables returns the elements of an array if all are tables.
func tables(v any) ([]map[string]any, bool) {
	if all, ok := v.([]map[string]any); ok {
		return all, true
	}
	list, ok := v.([]any)
	var out []map[string]any
	for _, item := range list {
		m, isTable := item.(map[string]any)
		if !isTable {
			return nil, false
		}
		out = append(out, m)
	}
	return out, ok
}

// part returns the i-th table under a key, the same one each time.
func (t *Table) part(key string, i int, node *tomlNode, values map[string]any, array bool) *Table {
	if i < len(t.parts[key]) {
		return t.parts[key][i]
	}
	if node == nil {
		node = &tomlNode{value: t.node.value}
	}
	p := &Table{file: t.file, path: append(slices.Clone(t.path), key), array: array, node: node, values: values, parent: t}
	if t.parts == nil {
		t.parts = map[string][]*Table{}
	}
	t.parts[key] = append(t.parts[key], p)
	return p
}
