package config

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// Kinds are the values of kind that this version knows.
var Kinds = []string{"file"}

// laterKinds are reserved for connectors that this version does not have.
var laterKinds = []string{"http", "prometheus", "postgres", "command"}

// DefaultMaxBytes bounds a source without max_bytes: 4 GB.
const DefaultMaxBytes = 4e9

// onErrors are the values of on_error; the index is the OnError.
var onErrors = []string{UseStale: "stale", Omit: "omit", Fail: "fail"}

var (
	sourceName = regexp.MustCompile(`^[a-z0-9_-]+$`)
	variable   = regexp.MustCompile(`^[A-Z_][A-Z0-9_]*$`)
)

func readSources(named []section) []Source {
	var sources []Source
	for _, s := range named {
		if !sourceName.MatchString(s.Name()) {
			s.Report(diag.OutOfRange, "", fmt.Sprintf("%q is not the name of a source", s.Name()), "names are written in a-z, 0-9, _ and -")
		}
		src := Source{Name: s.Name(), Pos: s.Pos(""), Title: s.Name()}
		src.read(s)
		sources = append(sources, src)
	}
	return sources
}

func (src *Source) read(s section) {
	if title, ok := s.text("title"); ok {
		src.Title = title
	}
	src.readKind(s)
	src.readMeaning(s)
	src.readMapping(s)
	src.readFetch(s)
	src.readFailure(s)
	src.readCoverage(s)
	src.Pilot = s.flag("pilot")
	src.Merge = s.flag("merge")
}

// readKind reads kind, and path where the kind is file.
func (src *Source) readKind(s section) {
	src.Kind = Kinds[0]
	if kind, ok := s.text("kind"); ok {
		src.Kind = kind
	}
	switch {
	case slices.Contains(Kinds, src.Kind):
		src.readPath(s)
	case slices.Contains(laterKinds, src.Kind):
		s.Report(diag.OutOfRange, "kind", fmt.Sprintf("kind %q is not in this version", src.Kind), `write the data to a file first: kind = "file"`)
	default:
		s.unknown("kind", src.Kind, Kinds)
	}
}

// readPath reads path. It may lead out of the site's folder: site.toml is trusted, and
// data often lies in a checkout beside it.
func (src *Source) readPath(s section) {
	pattern, ok := s.text("path")
	if !ok {
		s.require("path", `name its files, as in path = "data/`+src.Name+`*.csv"`)
		return
	}
	src.Path = pattern
	if _, err := path.Match(pattern, ""); err != nil || strings.ContainsRune(pattern, 0) {
		s.Report(diag.OutOfRange, "path", fmt.Sprintf("%q is not a path or pattern", pattern), `a [ needs its ]; write \[ where the name has one`)
	}
}

// readMeaning reads what the records are: dataset, preset and format.
func (src *Source) readMeaning(s section) {
	src.Preset, _ = s.text("preset")
	src.readDataset(s)
	switch {
	case s.Has("dataset") && s.Has("preset"):
		s.Report(diag.ConflictingKeys, "preset", "dataset and preset exclude each other", "a preset knows what its records are")
	case !s.Has("dataset") && !s.Has("preset"):
		s.require("dataset", "name a dataset ("+strings.Join(datasetNames(), ", ")+") or a preset")
	}
	src.Format = s.oneOf("format", formatNames())
	if !s.Has("format") && !s.Has("preset") && !tellsFormat(src.Path) {
		s.require("format", "the extension of path does not tell it: "+strings.Join(formatNames(), ", "))
	}
}

func (src *Source) readDataset(s section) {
	name, ok := s.text("dataset")
	if !ok {
		return
	}
	src.Dataset, src.HasDataset = model.DatasetNamed(name)
	if !src.HasDataset {
		s.unknown("dataset", name, datasetNames())
	}
}

func datasetNames() []string {
	var names []string
	for _, spec := range model.Specs {
		names = append(names, spec.Name)
	}
	return names
}

// readMapping reads columns or map.
func (src *Source) readMapping(s section) {
	if program, ok := s.text("map"); ok {
		src.Map, src.MapPos = program, s.ValuePos("map")
	}
	if t, ok := s.Table.Table("columns"); ok {
		src.Columns = src.readColumns(section{t, s.partial})
	}
	for _, key := range []string{"columns", "map"} {
		if s.Has(key) && s.Has("preset") {
			s.Report(diag.ConflictingKeys, key, "preset and "+key+" exclude each other", "a preset brings its own mapping; for another one name the dataset instead")
		}
	}
	if s.Has("columns") && s.Has("map") {
		s.Report(diag.ConflictingKeys, "map", "columns and map exclude each other", "map can do what columns does")
	}
}

// readColumns reads which column holds which field. Fields are only known with a dataset.
func (src *Source) readColumns(s section) map[string]string {
	if src.HasDataset {
		s.Unused(fieldNames(src.Dataset)...)
	}
	columns := map[string]string{}
	for _, field := range s.Keys() {
		if src.HasDataset && src.Dataset.FieldIndex(field) < 0 {
			continue
		}
		if column, ok := s.text(field); ok {
			columns[field] = column
		}
	}
	return columns
}

func fieldNames(d model.Dataset) []string {
	var names []string
	for _, f := range model.Specs[d].Fields {
		names = append(names, f.Name)
	}
	return names
}

// readFetch reads the bounds of fetching.
func (src *Source) readFetch(s section) {
	src.Every = s.duration("every")
	src.Timeout = s.duration("timeout")
	src.Retries = s.count("retries", 10)
	src.MaxBytes = DefaultMaxBytes
	if size, ok := s.size("max_bytes"); ok {
		src.MaxBytes = size
	}
	// The name is not shown where it is none: it may be the token itself.
	if name, ok := s.text("token_env"); ok && !variable.MatchString(name) {
		s.badSecret("token_env", "token_env is not the name of an environment variable, written in A-Z, 0-9 and _")
	} else {
		src.TokenEnv = name
	}
}

// readFailure reads what counts as a failure and what it does.
func (src *Source) readFailure(s section) {
	word := s.oneOf("on_error", onErrors)
	src.OnError = OnError(max(slices.Index(onErrors, word), 0))
	src.MaxStale = s.duration("max_stale")
	if t, ok := s.sub("expect", expectTable); ok {
		src.Expect.MinRecords = t.count("min_records", 1e9)
		src.Expect.NewestWithin = t.duration("newest_within")
	}
}

func (src *Source) readCoverage(s section) {
	for _, id := range s.list("covers") {
		if strings.TrimSpace(strings.TrimPrefix(id, "node:")) == "" {
			s.Report(diag.OutOfRange, "covers", fmt.Sprintf("covers: %q names nothing", id), `name ids, "node:<id>" for all below a node, or "*"`)
			continue
		}
		src.Covers = append(src.Covers, id)
	}
	src.CoversFrom = s.day("covers_from")
}
