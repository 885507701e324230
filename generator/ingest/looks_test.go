package ingest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/itchyny/gojq"

	"uptree/generator/decode"
)

// TestWatchingChangesNothing: a preset makes the same records whether it is watched or not.
func TestWatchingChangesNothing(t *testing.T) {
	for _, p := range Presets() {
		plain, err := compileMapping(p.Map, testZones(t), asOf)
		if err != nil {
			t.Fatal(err)
		}
		l := newLooks()
		seen, err := l.watch(p.Map, testZones(t), asOf)
		if err != nil {
			t.Errorf("%s: %v", p.Name, err)
			continue
		}
		files, _ := filepath.Glob(filepath.Join("testdata/presets", p.Name, sample(&p)))
		for _, name := range files {
			for _, doc := range documents(t, &p, name) {
				want, errWant := plain.run(newBudget(context.Background(), 0), doc, filepath.Base(name))
				l.begin(doc)
				got, err := seen.run(newBudget(context.Background(), 1<<22), doc, filepath.Base(name))
				if diff := cmp.Diff(marshalled(want), marshalled(got)); diff != "" || (err == nil) != (errWant == nil) {
					t.Errorf("%s: %v\n%s", name, err, diff)
				}
			}
		}
		if len(l.sought)+len(l.whole) == 0 && p.Name != "codeowners" {
			t.Errorf("%s looks for nothing", p.Name)
		}
	}
}

func documents(t *testing.T, p *Preset, name string) []any {
	r, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var out []any
	docs, _ := decode.Documents(p.Formats[0], r, decode.DocOptions{File: name})
	for docs.Next() {
		out = append(out, docs.Doc().Value)
	}
	return out
}

func marshalled(all []any) []string {
	var out []string
	for _, v := range all {
		text, _ := gojq.Marshal(v)
		out = append(out, string(text))
	}
	return out
}

func TestWhatAMappingLooksFor(t *testing.T) {
	input := map[string]any{"incidents": []any{
		map[string]any{"id": "A", "createdAt": "2025-03-01T00:00:00Z", "service": map[string]any{"id": "S", "name": "shop"}, "labels": map[string]any{"x": "1"}},
		map[string]any{"id": "B", "created_at": "2025-03-01T00:00:00Z", "user": map[string]any{"name": "Q"}},
	}}
	l := newLooks()
	m, err := l.watch(`.incidents[] | {id, started: .created_at, s: .service?.id, l: (.labels // {} | to_entries | map(.value))}`, testZones(t), asOf)
	if err != nil {
		t.Fatal(err)
	}
	l.begin(input)
	if _, err := m.run(newBudget(context.Background(), 0), input, "x"); err != nil {
		t.Fatal(err)
	}
	want := map[look]int{{"", "incidents"}: 1, {".incidents[]", "id"}: 2, {".incidents[]", "created_at"}: 2, {".incidents[]", "service"}: 2, {".incidents[].service", "id"}: 1, {".incidents[]", "labels"}: 2}
	if diff := cmp.Diff(want, l.sought); diff != "" {
		t.Error(diff)
	}
	if !l.whole[".incidents[].labels"] || l.whole[".incidents[]"] {
		t.Error("taken as a whole:", l.whole)
	}
	if f := l.fields[look{".incidents[]", "created_at"}]; f == nil || f.count != 1 || f.kind != "a moment" {
		t.Error("created_at is held as", f)
	}
}
