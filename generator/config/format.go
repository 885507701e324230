package config

import (
	"path"
	"slices"
	"strings"
)

// formats is the table of formats and the extensions that tell them.
var formats = []struct {
	name       string
	extensions []string
}{
	{"csv", []string{".csv"}},
	{"json", []string{".json"}},
	{"jsonl", []string{".jsonl", ".ndjson"}},
	{"yaml", []string{".yaml", ".yml"}},
	{"toml", []string{".toml"}},
}

func formatNames() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// FormatOf returns the format that the extension of a file tells, in any case.
func FormatOf(file string) (string, bool) {
	ext := strings.ToLower(path.Ext(file))
	for _, f := range formats {
		if slices.Contains(f.extensions, ext) {
			return f.name, true
		}
	}
	return "", false
}

// tellsFormat reports whether the files of a pattern can tell their format: not where its
// extension is fixed and of no format. No path is no reason to ask for a format.
func tellsFormat(pattern string) bool {
	_, ok := FormatOf(pattern)
	last := path.Base(pattern)
	ext := path.Ext(last)
	open := strings.ContainsAny(ext, `*?[`) || ext == "" && strings.ContainsAny(last, `*?[`)
	return ok || open || pattern == ""
}
