package ingest

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"uptree/generator/decode"
	"uptree/generator/diag"
	"uptree/generator/model"
)

// eachDocument reads whole values and calls use with each.
func (in *intake) eachDocument(r io.Reader, format string, use func(decode.Document) error) error {
	docs, ok := decode.Documents(format, r, decode.DocOptions{File: in.file})
	if !ok {
		return fmt.Errorf("%s is not a format of documents", format)
	}
	for docs.Next() {
		if err := use(docs.Doc()); err != nil {
			return err
		}
	}
	in.problems.Append(docs.Problems())
	if err := in.unreadable(docs.Rejects()); err != nil {
		return err
	}
	return docs.Err()
}

// readDocuments reads documents whose records need no mapping.
func (in *intake) readDocuments(ctx context.Context, r io.Reader, format string, d model.Dataset) error {
	row := in.row(d)
	return in.eachDocument(r, format, func(doc decode.Document) error {
		records, ok := row.find(doc.Value)
		if !ok {
			in.reject(diag.BadRecord, doc.Line, "neither a record nor an array of records")
			return nil
		}
		for i, record := range records {
			if i%recordsPerCheck == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			row.at(doc.Line, i, len(records))
			row.addValue(record)
		}
		return nil
	})
}

// find returns the records of a document: the elements of an array, the document itself
// if it has a required field of the dataset, or the elements of its one array of objects.
func (r *row) find(document any) ([]any, bool) {
	switch v := document.(type) {
	case []any:
		return v, true
	case map[string]any:
		if r.isRecord(v) {
			return []any{v}, true
		}
		return onlyList(v)
	}
	return nil, false
}

func (r *row) isRecord(v map[string]any) bool {
	for i, name := range r.names {
		if _, has := v[name]; has && r.spec.Fields[i].Required {
			return true
		}
	}
	return false
}

// onlyList returns the one value that is a list of objects. A list without any is one too:
// today there may be no incident.
func onlyList(v map[string]any) ([]any, bool) {
	var found []any
	lists := 0
	for _, key := range slices.Sorted(maps.Keys(v)) {
		list, ok := v[key].([]any)
		if !ok {
			continue
		}
		if len(list) > 0 {
			if _, ok = list[0].(map[string]any); !ok {
				continue
			}
		}
		found = list
		lists++
	}
	return found, lists == 1
}

// at says which record comes next: the i-th of n that stand in a document.
func (in *intake) at(line, i, n int) {
	in.line, in.element = line, 0
	if n > 1 {
		in.element = i + 1
	}
}

// addValue hands over an object as one record.
func (r *row) addValue(v any) {
	object, ok := v.(map[string]any)
	if !ok {
		r.reject(diag.BadRecord, r.line, "not an object")
		return
	}
	r.fill(object)
	r.add()
}

// Keys of a record that are no fields: which dataset it is of, that it only adds to a
// record that defines the subject, and why the mapping refuses what it was made from.
const (
	keyDataset = "dataset"
	keyPartial = "partial"
	keyRefused = "refused"
)

// fill sets the row's values from an object and counts the keys that are no field.
func (r *row) fill(object map[string]any) {
	r.buf = r.buf[:0]
	used := 0
	for i, name := range r.names {
		v, has := object[name]
		r.values[i] = decode.Value{}
		if has {
			used++
			r.values[i] = r.value(v)
		}
	}
	if used == len(object) {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if !slices.Contains(r.names, key) && key != keyDataset && key != keyPartial {
			r.tally.add(finding{diag.UnknownColumn, string(validText([]byte(key))), r.spec.Name}, r.line, nil, diag.DidYouMean(key, r.names))
		}
	}
}

// value turns a value of JSON or of gojq into that of a field. Its text stays valid until
// the next record.
func (in *intake) value(v any) decode.Value {
	from := len(in.buf)
	kind := decode.Null
	switch v := v.(type) {
	case nil:
		return decode.Value{Kind: decode.Null}
	case bool:
		kind, in.buf = decode.Bool, fmt.Append(in.buf, v)
	case string:
		kind, in.buf = decode.String, append(in.buf, v...)
	case []any:
		kind, in.buf = decode.Nested, appendList(in.buf, v)
	case map[string]any:
		return decode.Value{Kind: decode.Nested, Text: []byte("{}")}
	default:
		text, _ := scalarText(v)
		kind, in.buf = decode.Number, append(in.buf, text...)
	}
	return decode.Value{Kind: kind, Text: validText(in.buf[from:len(in.buf):len(in.buf)])}
}
