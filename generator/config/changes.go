package config

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"

	"uptree/generator/decode"
	"uptree/generator/diag"
	"uptree/generator/model"
)

// subjects of a change, with what they get: tables of a TOML file of changes, and columns
// of a CSV.
var changed = []struct {
	name, to string
	service  bool
}{{"node", "parent", false}, {"service", "owner", true}}

// Changes reads a file of changes for a what-if. As TOML it has the tables [node] and
// [service], whose keys are ids: cards = "acme". As CSV it has the columns node and parent,
// or service and owner, and a row for each change.
func Changes(file string, src []byte) ([]model.Change, diag.List) {
	if path.Ext(file) == ".csv" {
		return changeRows(file, src)
	}
	top, out := decode.TOML(file, src, 1), []model.Change(nil)
	for _, kind := range changed {
		t, ok := top.Table(kind.name)
		if !ok {
			continue
		}
		for _, id := range t.Keys() {
			c := model.Change{Service: kind.service, ID: id, At: t.ValuePos(id)}
			if t.String(id, &c.To) {
				out = append(out, c)
			}
		}
	}
	top.Unused()
	return out, top.Problems()
}

func changeRows(file string, src []byte) (out []model.Change, problems diag.List) {
	rows, _ := decode.Documents("csv", bytes.NewReader(src), decode.DocOptions{File: file})
	for rows.Next() {
		doc := rows.Doc()
		row, _ := doc.Value.(map[string]any)
		at := diag.Pos{File: file, Line: doc.Line}
		c, ok := changeOf(row)
		if !ok {
			problems.Add(diag.Problem{Code: diag.BadRecord, Pos: at, Text: fmt.Sprintf("a row of %v says nothing that can change", slices.Sorted(maps.Keys(row))),
				Hint: "the columns are node and parent, or service and owner"})
			continue
		}
		c.At = at
		out = append(out, c)
	}
	for _, r := range rows.Rejects() {
		problems.Add(diag.Problem{Code: diag.BadRecord, Pos: diag.Pos{File: file, Line: r.Line}, Text: r.Reason})
	}
	return out, problems
}

func changeOf(row map[string]any) (model.Change, bool) {
	for _, kind := range changed {
		id, _ := row[kind.name].(string)
		to, _ := row[kind.to].(string)
		if id != "" && to != "" {
			return model.Change{Service: kind.service, ID: id, To: to}, true
		}
	}
	return model.Change{}, false
}
