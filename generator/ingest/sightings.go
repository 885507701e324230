package ingest

import (
	"strconv"

	"uptree/generator/history"
	"uptree/generator/model"
)

// rememberSighting tells history that a record is listed.
func (r *row) rememberSighting(m *memory) {
	fields, values := []byte{'{'}, map[string][]byte{}
	seen, gone := m.dataset.FieldIndex("seen"), m.dataset.FieldIndex("gone")
	for i := range r.spec.Fields {
		value := r.canonical(i)
		if value == nil || i == seen || i == gone {
			continue
		}
		name := r.spec.Fields[i].Name
		if values[name] = value; len(fields) > 1 {
			fields = append(fields, ',')
		}
		fields = append(append(strconv.AppendQuote(fields, name), ':'), value...)
	}
	key := m.shape.Join("", func(name string) []byte { return values[name] })
	r.sightings[m.dataset] = append(r.sightings[m.dataset], history.Sighting{Key: key, Fields: string(append(fields, '}')), Seen: r.bound(seen), Gone: r.bound(gone) != history.NoDay})
}

// Sightings hands over what was listed, of each file, those that win first. Of sources that
// are left out nothing is told.
func (r *Reading) Sightings() []history.Sightings {
	var out []history.Sightings
	for i := range r.takings {
		t := &r.takings[i]
		if !t.used() {
			continue
		}
		for j := range t.files {
			if in := t.files[j].intake; in != nil {
				out = append(out, in.listed(t.payload.Source.Name)...)
			}
		}
	}
	return out
}

func (in *intake) listed(source string) (out []history.Sightings) {
	for d, records := range in.sightings {
		if len(records) > 0 {
			out = append(out, history.Sightings{Source: source, Dataset: model.Dataset(d).String(), Records: records})
		}
	}
	return out
}
