package ingest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"uptree/generator/decode"
	"uptree/generator/diag"
	"uptree/generator/model"
)

// promises are what a preset's testdata says that its sample shows, in promises.toml.
type promises struct {
	People     bool     // it names people, whom no record does
	Linked     bool     // records have their link
	Planned    bool     // maintenance is among it, and marked so
	PassedOver []string // what is no record: tests, drills, duplicates, what was merged or withdrawn
	Made       []string // severities that are no words of the system
	Host       string   // that it is asked of
}

func readPromises(t *testing.T, p *Preset) (out promises) {
	t.Helper()
	file := filepath.Join("testdata/presets", p.Name, "promises.toml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	table := decode.TOML(file, text, 1)
	table.Bool("people", &out.People)
	table.Bool("linked", &out.Linked)
	table.Bool("planned", &out.Planned)
	table.Strings("passed_over", &out.PassedOver)
	table.Strings("made", &out.Made)
	table.String("host", &out.Host)
	table.Unused()
	if len(table.Problems()) > 0 {
		t.Fatal(table.Problems())
	}
	return out
}

// TestPresetsKeepTheirPromises: each preset knows what is no record, drops people, carries
// links and the system's own words for severity, and makes records of what is nothing to
// none.
func TestPresetsKeepTheirPromises(t *testing.T) {
	for _, p := range Presets() {
		t.Run(p.Name, func(t *testing.T) {
			dir := filepath.Join("testdata/presets", p.Name)
			promised, sample, records := readPromises(t, &p), sampleText(t, &p, dir), mappedRecords(t, p, dir)
			all := fmt.Sprint(records)
			for _, what := range promised.PassedOver {
				if !strings.Contains(sample, what) || strings.Contains(all, what) {
					t.Errorf("%q is to be in the sample and in no record", what)
				}
			}
			if promised.People != strings.Contains(strings.ToLower(sample), "quill") {
				t.Errorf("people are in the sample: %v", !promised.People)
			}
			anyHas := func(field string, fits func(value any) bool) bool {
				return slices.ContainsFunc(records, func(r map[string]any) bool { return fits(r[field]) })
			}
			if promised.Linked != anyHas("url", func(v any) bool { s, _ := v.(string); return isLink([]byte(s)) }) {
				t.Errorf("records are linked: %v", !promised.Linked)
			}
			if promised.Planned != anyHas("planned", func(v any) bool { return v == true }) {
				t.Errorf("maintenance is marked: %v", !promised.Planned)
			}
			for _, r := range records {
				checkRecord(t, &p, r, sample, promised.Made)
			}
		})
	}
}

// checkRecord holds what is the same of all presets.
func checkRecord(t *testing.T, p *Preset, r map[string]any, sample string, made []string) {
	for _, field := range []string{"id", "title", "type", "severity", "service", "node", "location", "environment", "result"} {
		if text, isText := r[field].(string); isText && isNull([]byte(text)) {
			t.Errorf("%s is %q, which says that there is none", field, text)
		}
	}
	if word, isText := r["severity"].(string); isText && !strings.Contains(sample, word) && !slices.Contains(made, word) {
		t.Errorf("severity %q is no word of the system's", word)
	}
	if id, has := r["id"]; p.Datasets[0] == model.Incidents && (!has || id == nil || id == "") {
		t.Errorf("an incident without an id: %v", r)
	}
}

// TestPresetsMakeRecordsOfTheirDatasets: no field is another's or cannot be read.
func TestPresetsMakeRecordsOfTheirDatasets(t *testing.T) {
	for _, p := range Presets() {
		_, problems := taken(t, p.Name)
		for _, problem := range problems {
			if slices.Contains([]diag.Code{diag.BadValue, diag.UnknownColumn, diag.MappingFailed}, problem.Code) {
				t.Errorf("%s: %s: %s", p.Name, problem.Pos, problem.Text)
			}
		}
	}
}

// mappedRecords are the records of the sample, without what is passed over or refused.
func mappedRecords(t *testing.T, p Preset, dir string) (records []map[string]any) {
	for _, line := range mapped(t, p, dir) {
		var r map[string]any
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		if r != nil && r[keyRefused] == nil {
			records = append(records, r)
		}
	}
	return records
}

func sampleText(t *testing.T, p *Preset, dir string) string {
	files, err := filepath.Glob(filepath.Join(dir, sample(p)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}
