package ingest

import (
	"embed"
	"fmt"
	"slices"
	"sync"

	"uptree/generator/decode"
	"uptree/generator/diag"
	"uptree/generator/model"
)

// Preset is a system whose data uptree understands: how it is asked, what its records are
// and the mapping that makes them.
type Preset struct {
	Name   string // as in site.toml
	Title  string
	Family string // an id of Families
	// Vendor stands before the ids of the system where they could be another's too, as
	// pagerduty in the alias pagerduty:P00BUSE; "" where they are the organisation's own.
	Vendor   string
	Datasets []model.Dataset
	Formats  []string // the first is that of files whose extension tells none
	// Evidence says what the mapping was tried on: "recorded" data of the system, or data
	// written after its "spec".
	Evidence string
	Origin   string // of what is recorded: a public repository and the path in it, or the programs that gave it
	Link     string // address of the vendor's documentation
	Token    string // which one it takes, and what that must be allowed
	Limits   string // what the vendor bounds, and what follows for every
	LeftOut  string // what is seen and not taken, beside what is about persons
	Doc      string // what its records become
	Site     string // the sources that ask for it, as they stand in site.toml
	Map      string // jq
}

// presetFiles holds the table of presets: one file each. A preset has a sample and the
// records expected of it in testdata/presets/<name>, and where its evidence is recorded an
// excerpt of real data, without people, with theirs in <name>/recorded; promises.toml says
// what the sample shows.
//
//go:embed presets/*.toml
var presetFiles embed.FS

// Presets returns the table of presets, by name.
func Presets() []Preset {
	return slices.Clone(loadPresets())
}

// loadPresets reads the files once. They are part of the program and tested: one that
// cannot be read is a bug.
var loadPresets = sync.OnceValue(func() []Preset {
	entries, err := presetFiles.ReadDir("presets")
	if err != nil {
		panic(err)
	}
	var presets []Preset
	for _, e := range entries {
		presets = append(presets, loadPreset("presets/"+e.Name()))
	}
	return presets
})

func loadPreset(file string) Preset {
	text, err := presetFiles.ReadFile(file)
	if err != nil {
		panic(err)
	}
	t := decode.TOML(file, text, 1)
	var p Preset
	var datasets []string
	t.String("name", &p.Name)
	t.Strings("datasets", &datasets)
	t.Strings("formats", &p.Formats)
	for key, text := range map[string]*string{
		"title": &p.Title, "family": &p.Family, "vendor": &p.Vendor, "evidence": &p.Evidence, "origin": &p.Origin, "link": &p.Link,
		"token": &p.Token, "limits": &p.Limits, "left_out": &p.LeftOut, "doc": &p.Doc, "site": &p.Site, "map": &p.Map,
	} {
		t.String(key, text)
	}
	t.Unused()
	for _, name := range datasets {
		d, ok := model.DatasetNamed(name)
		if !ok {
			t.Report(diag.OutOfRange, "datasets", fmt.Sprintf("unknown dataset %q", name), "")
		}
		p.Datasets = append(p.Datasets, d)
	}
	if problems := t.Problems(); len(problems) > 0 {
		panic(fmt.Sprintf("%s: %s", problems[0].Pos, problems[0].Text))
	}
	return p
}

// PresetNamed returns a row of Presets.
func PresetNamed(name string) (*Preset, bool) {
	presets := loadPresets()
	i := slices.IndexFunc(presets, func(p Preset) bool { return p.Name == name })
	if i < 0 {
		return nil, false
	}
	return &presets[i], true
}

// PresetNames are the names of Presets.
func PresetNames() []string {
	var names []string
	for _, p := range loadPresets() {
		names = append(names, p.Name)
	}
	return names
}

// vendorOf is the vendor of a preset, "" without one.
func vendorOf(preset string) string {
	if p, ok := PresetNamed(preset); ok {
		return p.Vendor
	}
	return ""
}

// vendors are those of all presets, sorted.
func vendors() []string {
	var out []string
	for _, p := range loadPresets() {
		if p.Vendor != "" {
			out = append(out, p.Vendor)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
