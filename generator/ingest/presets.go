package ingest

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"uptree/generator/model"
)

// Preset is a system whose data uptree understands: what its records are and the mapping
// that makes them.
type Preset struct {
	Name     string // as in site.toml
	Title    string
	Datasets []model.Dataset
	Formats  []string // the first is that of files whose extension tells none
	// Evidence says what the mapping was tried on: "recorded" data of the system, or data
	// written after its "spec".
	Evidence string
	Doc      string
	Map      string // jq
}

// presetFiles holds the table of presets: one file each. A preset has a recorded sample
// and the records expected of it in testdata/presets/<name>.
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
	var raw struct {
		Preset
		Datasets []string
	}
	if _, err := toml.DecodeFS(presetFiles, file, &raw); err != nil {
		panic(fmt.Sprintf("%s: %v", file, err))
	}
	p := raw.Preset
	p.Doc = strings.TrimSpace(p.Doc)
	for _, name := range raw.Datasets {
		d, ok := model.DatasetNamed(name)
		if !ok {
			panic(fmt.Sprintf("%s: unknown dataset %q", file, name))
		}
		p.Datasets = append(p.Datasets, d)
	}
	return p
}

func presetNamed(name string) (*Preset, bool) {
	presets := loadPresets()
	i := slices.IndexFunc(presets, func(p Preset) bool { return p.Name == name })
	if i < 0 {
		return nil, false
	}
	return &presets[i], true
}

func presetNames() []string {
	var names []string
	for _, p := range loadPresets() {
		names = append(names, p.Name)
	}
	return names
}
