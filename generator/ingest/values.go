package ingest

import (
	"bytes"
	"fmt"
	"slices"

	"uptree/generator/decode"
	"uptree/generator/diag"
	"uptree/generator/model"
)

// row is one record on its way into a Batch, whatever it was read from: a line of a CSV
// and an object that a mapping made are the same here. Fields are asked for by their place
// in the dataset's spec. What cannot be read is counted in the tally; what the record
// cannot do without makes it refused.
//
// A row is reused for all records of a file. Its texts are valid until the next record.
type row struct {
	*intake
	spec    *model.Spec
	convert *converter
	names   []string       // per field: the column, as messages call it
	values  []decode.Value // per field
	with    []int          // per field: how many records have it
	seen    int            // records
	// partial records say something about a subject that another record defines.
	partial bool
	reason  string // why the record is refused; "" while it is not
}

// refuse rejects the record; the first reason stays. Reasons are published: they never
// hold values.
func (r *row) refuse(reason string) {
	if r.reason == "" {
		r.reason = reason
	}
}

// bad leaves a field empty that cannot be read, or refuses the record if it needs it.
func (r *row) bad(field int, what string) {
	f := &r.spec.Fields[field]
	if f.Required || slices.Contains(r.convert.decisive, field) {
		r.refuse(fmt.Sprintf("%s is %s", f.Name, what))
		return
	}
	r.tally.add(finding{diag.BadValue, r.names[field], what}, r.line, r.values[field].Text, "")
}

// got turns the outcome of reading a field into what the record makes of it.
func (r *row) got(field int, o outcome, what string) bool {
	switch {
	case o == bad:
		r.bad(field, what)
	case o == absent:
		r.missing(field)
	}
	return o == read
}

func (r *row) missing(field int) {
	if f := &r.spec.Fields[field]; f.Required {
		r.refuse(f.Name + " is missing")
	}
}

// has reports whether a field is given, if only as a null-like.
func (r *row) has(field int) bool { return len(r.values[field].Text) > 0 }

// plain returns a field's text; nothing is left of arrays and objects.
func (r *row) plain(field int, what string) ([]byte, bool) {
	v := &r.values[field]
	if v.Kind == decode.Nested {
		r.bad(field, what)
		return nil, false
	}
	if len(v.Text) == 0 {
		r.missing(field)
		return nil, false
	}
	return v.Text, true
}

// id returns an id exactly as it stands.
func (r *row) id(field int) []byte {
	text, _ := r.plain(field, "not an id")
	if len(text) > maxID {
		r.bad(field, "longer than an id may be")
		return nil
	}
	return text
}

// text returns a text without the spaces around it, cut to what a page can show.
func (r *row) text(field int) []byte {
	text, _ := r.plain(field, "not a text")
	return clipTitle(bytes.TrimSpace(text))
}

// word is text for a closed or small set of words, in which null-likes are absent.
func (r *row) word(field int) []byte {
	text := r.text(field)
	if isNull(text) {
		return nil
	}
	return text
}

// link returns an address that may be published, else nothing.
func (r *row) link(field int) []byte {
	text, ok := r.plain(field, "not an http or https address")
	if text = bytes.TrimSpace(text); !ok || isNull(text) {
		return nil
	}
	if !isLink(text) {
		r.bad(field, "not an http or https address")
		return nil
	}
	return text
}

func (r *row) moment(field int) model.Time {
	text, ok := r.plain(field, "not a timestamp")
	if !ok {
		return model.None
	}
	t, o := r.clock.moment(text, r.spec.Fields[field].End)
	if !r.got(field, o, "not a timestamp") {
		return model.None
	}
	return t
}

func (r *row) day(field int) model.Day {
	text, ok := r.plain(field, "not a date")
	if !ok {
		return model.NoDay
	}
	d, o := r.clock.siteDay(text)
	if !r.got(field, o, "not a date") {
		return model.NoDay
	}
	return d
}

func (r *row) number(field int) (float64, bool) {
	text, ok := r.plain(field, "not a number")
	if !ok {
		return 0, false
	}
	f, o := number(text)
	return f, r.got(field, o, "not a number")
}

// count returns a whole number up to a limit and how reading it went.
func (r *row) count(field int, limit uint64) (uint64, outcome) {
	v := &r.values[field]
	switch {
	case v.Kind == decode.Nested:
		return 0, bad
	case len(v.Text) == 0:
		return 0, absent
	}
	return count(v.Text, limit)
}

func (r *row) flag(field int) bool {
	text, ok := r.plain(field, "neither true nor false")
	if !ok {
		return false
	}
	value, o := truth(text)
	return r.got(field, o, "neither true nor false") && value
}

// duration reads a field only to say whether it can be read: no dataset keeps it yet.
func (r *row) duration(field int) {
	if text, ok := r.plain(field, "not a length of time"); ok && !isDecimal(text) {
		_, o := duration(text)
		r.got(field, o, "not a length of time")
	}
}

// items calls each with the ids of a list.
func (r *row) items(field int, each func(id []byte)) {
	v := &r.values[field]
	n := 0
	keep := func(id []byte) {
		n++
		if len(id) > maxID {
			r.bad(field, "longer than an id may be")
			return
		}
		each(id)
	}
	switch {
	case v.Kind != decode.Nested:
		listItems(v.Text, keep)
	case !nestedItems(v.Text, keep):
		r.bad(field, "not a list of ids")
	}
	if n == 0 {
		r.missing(field)
	}
}

// ids returns a list of ids as texts.
func (r *row) ids(field int) []string {
	var ids []string
	r.items(field, func(id []byte) { ids = append(ids, string(id)) })
	return ids
}

// refs returns a list of ids interned in the batch.
func (r *row) refs(field int) model.RefList {
	r.scratch = r.scratch[:0]
	r.items(field, func(id []byte) { r.scratch = append(r.scratch, r.batch.Ref(id)) })
	return r.batch.Refs(r.scratch)
}

// theirs is refs of what the source's vendor calls the services.
func (r *row) theirs(field int) model.RefList {
	r.scratch = r.scratch[:0]
	r.items(field, func(id []byte) { r.scratch = append(r.scratch, r.batch.Ref(r.qualified(id))) })
	return r.batch.Refs(r.scratch)
}

// their is id of what the source's vendor calls a service or node.
func (r *row) their(field int) []byte { return r.qualified(r.id(field)) }

// qualified puts the vendor before an id: pagerduty:P00BUSE. The model takes the id without
// it where nothing goes by that name. It stays until the next one.
func (in *intake) qualified(id []byte) []byte {
	if in.vendor == "" || len(id) == 0 || bytes.HasPrefix(id, []byte(in.vendor+":")) {
		return id
	}
	in.named = append(append(append(in.named[:0], in.vendor...), ':'), id...)
	return in.named
}
