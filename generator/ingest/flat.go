package ingest

import (
	"context"
	"fmt"
	"io"
	"slices"

	"uptree/generator/decode"
	"uptree/generator/model"
)

// recordsPerCheck is how many records are read between two looks at the context.
const recordsPerCheck = 4096

// readFlat reads records in place, without a mapping.
func (in *intake) readFlat(ctx context.Context, r io.Reader, format string, d model.Dataset) error {
	row := in.row(d)
	names, optional, place := row.wanted()
	records, ok := decode.Flat(format, r, decode.Options{File: in.file, Fields: names, Optional: optional})
	if !ok {
		return fmt.Errorf("%s is not a format of flat records", format)
	}
	for n := 1; records.Next(); n++ {
		record := records.Record()
		row.line = record.Line
		row.take(record.Values, place)
		row.add()
		if n%recordsPerCheck == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	in.problems.Append(records.Problems())
	if err := in.unreadable(records.Rejects()); err != nil {
		return err
	}
	return records.Err()
}

// wanted returns the columns to read, each once, and where each field finds its own; place
// is nil where they are in the order of the fields.
func (r *row) wanted() (names []string, optional []bool, place []int) {
	shared := false
	for i, name := range r.names {
		at := slices.Index(names, name)
		if at < 0 {
			at = len(names)
			names = append(names, name)
			optional = append(optional, true)
		}
		if r.spec.Fields[i].Required {
			optional[at] = false
		}
		place = append(place, at)
		shared = shared || at != i
	}
	if !shared {
		place = nil
	}
	return names, optional, place
}

// take makes the values of a record those of the row.
func (r *row) take(values []decode.Value, place []int) {
	if place == nil {
		r.values = values
		return
	}
	for i, at := range place {
		r.values[i] = values[at]
	}
}
