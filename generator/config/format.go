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
	{"parquet", []string{".parquet"}},
	{"yaml", []string{".yaml", ".yml"}},
	{"toml", []string{".toml"}},
	{"junit", []string{".xml"}},
	{"ical", []string{".ics"}},
	{"prometheus", []string{".prom"}},
	{"text", []string{".text"}},
}

func formatNames() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// Compressed are the extensions of compressed files, behind the one that tells the format.
var Compressed = []string{".gz", ".zst"}

// uncompressed returns the name of a file without the extension of its compression.
func uncompressed(file string) string {
	if ext := path.Ext(file); slices.Contains(Compressed, strings.ToLower(ext)) {
		return strings.TrimSuffix(file, ext)
	}
	return file
}

// FormatOf returns the format that the extension of a file tells, in any case.
func FormatOf(file string) (string, bool) {
	ext := strings.ToLower(path.Ext(uncompressed(file)))
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
	last := path.Base(uncompressed(pattern))
	ext := path.Ext(last)
	open := strings.ContainsAny(ext, `*?[`) || ext == "" && strings.ContainsAny(last, `*?[`)
	return ok || open || pattern == ""
}
