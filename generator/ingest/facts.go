package ingest

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"uptree/generator/decode"
	"uptree/generator/history"
	"uptree/generator/model"
)

// memories is how history tells the records of each dataset apart.
var memories = func() (all [len(model.Specs)]*memory) {
	for d := range model.Specs {
		if model.Dataset(d).Remembered() {
			all[d] = newMemory(model.Dataset(d))
		}
	}
	return all
}()

// memory says what of a record is remembered, and as what. Its fields are places in the
// dataset's spec.
type memory struct {
	dataset   model.Dataset
	shape     *history.Shape
	when      []int
	columns   []int // numbers and further moments, each in its place of Shape.Columns
	texts     []int // all others
	validFrom int
	validTo   int
}

func newMemory(d model.Dataset) *memory {
	table, spec := model.Memories[d], model.Specs[d]
	shape := &history.Shape{Dataset: spec.Name, Identity: table.Identity, Timed: table.Timed, Dates: map[string]bool{}}
	m := &memory{dataset: d, shape: shape, validFrom: d.FieldIndex("valid_from"), validTo: d.FieldIndex("valid_to")}
	for _, name := range table.When {
		i := d.FieldIndex(name)
		m.when = append(m.when, i)
		shape.Dates[name] = spec.Fields[i].Kind == model.Date
	}
	for i, f := range spec.Fields {
		switch {
		case slices.Contains(m.when, i), d.State() && (i == m.validFrom || i == m.validTo):
		case table.Timed && f.Kind == model.Link: // to one run, which its system forgets as well
		case numeric(f.Kind), table.Timed && f.Kind == model.Moment:
			m.columns = append(m.columns, i)
			m.shape.Columns = append(m.shape.Columns, f.Name)
		default:
			m.texts = append(m.texts, i)
		}
	}
	return m
}

func numeric(k model.Kind) bool {
	switch k {
	case model.Number, model.Count, model.Duration, model.Quantity, model.Target:
		return true
	}
	return false
}

// remember hands an accepted record to what history is told of this build.
func (r *row) remember() {
	switch m := memories[r.convert.dataset]; {
	case m == nil || r.recalled:
	case model.Memories[m.dataset].Listed:
		r.rememberSighting(m)
	case m.dataset.State():
		r.rememberState(m)
	default:
		r.rememberFact(m)
	}
}

// rememberFact is on the path of millions of records: it allocates nothing for one that is
// like one before it.
func (r *row) rememberFact(m *memory) {
	at := r.dater(m)
	if at < 0 || !r.when.Known() {
		return
	}
	if r.facts[m.dataset] == nil {
		r.facts[m.dataset] = r.room.NewFacts("", m.shape)
	}
	when, day := int64(r.when), r.spec.Fields[at].Kind == model.Date
	if day {
		when = int64(r.clock.cal.DayAt(r.when)) * secondsPerDay
	}
	key, numbers := append(r.key[:0], byte(at)), r.numbers[:0]
	for _, i := range m.texts {
		v := &r.values[i]
		key = append(append(key, byte(v.Kind)), v.Text...)
		key = append(key, 0)
	}
	for n, i := range m.columns {
		if n > 0 {
			numbers = append(numbers, ',')
		}
		var plain bool
		if numbers, plain = r.plainNumber(numbers, i); !plain {
			key = append(append(key, byte(i)), r.values[i].Text...)
			key = append(key, 0)
		}
	}
	r.key, r.numbers = key, numbers
	r.facts[m.dataset].Add(key, when, numbers, func() history.Head { return r.head(m, at, day) })
}

const secondsPerDay = 86400

// dater returns the field that dates the record, or -1.
func (r *row) dater(m *memory) int {
	for _, i := range m.when {
		if r.has(i) && !isNull(r.values[i].Text) {
			return i
		}
	}
	return -1
}

// plainNumber appends a number as JSON, exactly as it stands, else null. It reports false
// where there is something that is not written like a number.
func (r *row) plainNumber(out []byte, field int) ([]byte, bool) {
	v := &r.values[field]
	if len(v.Text) == 0 || v.Kind == decode.Nested {
		return append(out, "null"...), true
	}
	if r.spec.Fields[field].Kind == model.Moment {
		if t, o := r.clock.moment(v.Text, r.spec.Fields[field].End); o == read {
			return strconv.AppendInt(out, int64(t), 10), true
		}
		return append(out, "null"...), true
	}
	if isDigits(v.Text) || json.Valid(v.Text) && isDecimal(bytes.TrimPrefix(v.Text, []byte("-"))) {
		return append(out, v.Text...), true
	}
	return append(out, "null"...), isNull(v.Text)
}

// isDigits reports whether a text is a whole number as JSON writes it.
func isDigits(text []byte) bool {
	for _, c := range text {
		if !isDigit(c) {
			return false
		}
	}
	return len(text) == 1 || text[0] != '0'
}

// head is what the record has in common with others of its kind.
func (r *row) head(m *memory, at int, day bool) history.Head {
	fields, values := []byte{'{'}, map[string][]byte{}
	add := func(i int, value []byte) {
		if value == nil {
			return
		}
		name := r.spec.Fields[i].Name
		if values[name] = value; len(fields) > 1 {
			fields = append(fields, ',')
		}
		fields = append(append(strconv.AppendQuote(fields, name), ':'), value...)
	}
	for _, i := range m.texts {
		add(i, r.canonical(i))
	}
	for _, i := range m.columns {
		if _, plain := r.plainNumber(nil, i); !plain {
			add(i, quoted(r.values[i].Text))
		}
	}
	name := r.spec.Fields[at].Name
	return history.Head{
		Fields: string(append(fields, '}')), At: name, Day: day,
		Identity: m.shape.Join(name, func(name string) []byte { return values[name] }),
	}
}

// canonical returns a field as JSON that reads as the same value whatever the site's zone
// and columns are by then; nil where there is nothing to remember. What may not be
// published is not remembered either.
func (r *row) canonical(i int) []byte {
	f, v := &r.spec.Fields[i], &r.values[i]
	if len(v.Text) == 0 {
		return nil
	}
	switch f.Kind {
	case model.IDs:
		return r.canonicalList(i)
	case model.Moment:
		if t, o := r.clock.moment(v.Text, f.End); o == read {
			return time.Unix(int64(t), 0).UTC().AppendFormat(nil, `"`+time.RFC3339+`"`)
		}
	case model.Date:
		if d, o := r.clock.siteDay(v.Text); o == read {
			return quoted([]byte(d.String()))
		}
	case model.Flag:
		if yes, o := truth(v.Text); o == read {
			return strconv.AppendBool(nil, yes)
		}
	case model.Link:
		if text := bytes.TrimSpace(v.Text); isLink(text) {
			return quoted(text)
		}
	case model.ID:
		if v.Kind != decode.Nested && len(v.Text) <= maxID {
			return quoted(v.Text)
		}
	default:
		if v.Kind != decode.Nested {
			return quoted(clipTitle(bytes.TrimSpace(v.Text)))
		}
	}
	return nil
}

func (r *row) canonicalList(i int) []byte {
	var items []string
	keep := func(id []byte) {
		if len(id) <= maxID && !model.IsPerson(string(id)) {
			items = append(items, string(id))
		}
	}
	if v := &r.values[i]; v.Kind == decode.Nested {
		nestedItems(v.Text, keep)
	} else {
		listItems(v.Text, keep)
	}
	if len(items) == 0 {
		return nil
	}
	text, err := json.Marshal(items)
	if err != nil {
		return nil // never: texts
	}
	return text
}

func quoted(text []byte) []byte {
	out, err := json.Marshal(string(text))
	if err != nil {
		return nil // never: a text
	}
	return out
}

// rememberState notes what a record says of how something is.
func (r *row) rememberState(m *memory) {
	s := history.State{ID: string(r.values[0].Text), From: r.bound(m.validFrom), Until: r.bound(m.validTo), Partial: r.partial}
	for _, i := range append(slices.Clone(m.texts), m.columns...) {
		value := r.canonical(i)
		if value != nil && i > 0 {
			s.Fields = append(s.Fields, history.Field{Name: r.spec.Fields[i].Name, Value: string(value)})
		}
	}
	r.states[m.dataset] = append(r.states[m.dataset], s)
}

// bound returns the day that a field holds.
func (r *row) bound(field int) int {
	if field < 0 || !r.has(field) {
		return history.NoDay
	}
	d, o := r.clock.siteDay(r.values[field].Text)
	if o != read {
		return history.NoDay
	}
	return int(d)
}
