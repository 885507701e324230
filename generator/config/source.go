package config

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// kinds is the table of kinds: the keys that each has alone, and what reads them.
var kinds = []struct {
	name string
	keys []string
	read func(*Source, section)
}{
	{"file", []string{"path"}, (*Source).readPath},
	{"http", []string{"url", "method", "body", "headers", "headers_env", "token_header", "token_prefix", "basic_env", "hosts", "per_host",
		"paging", "since", "window", "time_format"}, (*Source).readHTTP},
	{"prometheus", []string{"url", "query", "queries", "step", "instant", "tenant", "headers", "headers_env", "token_header", "token_prefix", "basic_env",
		"hosts", "per_host", "since", "window"}, (*Source).readPrometheus},
	{"postgres", []string{"url", "query", "since", "per_host", "max_rows"}, (*Source).readPostgres},
	{"command", []string{"command", "env"}, (*Source).readCommand},
}

// Kinds returns the values of kind that this version knows, the default first.
func Kinds() []string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.name)
	}
	return names
}

// KeysOf returns the keys that a kind has alone.
func KeysOf(kind string) []string {
	for _, k := range kinds {
		if k.name == kind {
			return slices.Clone(k.keys)
		}
	}
	return nil
}

// DefaultMaxBytes bounds a source without max_bytes: 4 GB.
const DefaultMaxBytes = 4e9

// onErrors are the values of on_error; the index is the OnError.
var onErrors = []string{UseStale: "stale", Omit: "omit", Fail: "fail"}

var (
	sourceName = regexp.MustCompile(`^[a-z0-9_-]+$`)
	currency   = regexp.MustCompile(`^[A-Z]{3}$`)
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
	src.readCurrency(s)
	src.Pilot = s.flag("pilot")
	src.Merge = s.flag("merge")
	src.Remember = Remember(max(0, slices.Index(remembers, s.oneOf("remember", remembers))))
}

// readKind reads kind and the keys that it has alone.
func (src *Source) readKind(s section) {
	src.Kind = kinds[0].name
	if kind, ok := s.text("kind"); ok {
		src.Kind = kind
	}
	known := false
	for _, k := range kinds {
		if k.name == src.Kind {
			known = true
			k.read(src, s)
		}
	}
	if known {
		src.foreignKeys(s)
	} else {
		s.unknown("kind", src.Kind, Kinds())
	}
}

// foreignKeys reports the keys of other kinds.
func (src *Source) foreignKeys(s section) {
	own := KeysOf(src.Kind)
	for _, k := range kinds {
		for _, key := range k.keys {
			if s.Has(key) && !slices.Contains(own, key) {
				s.Report(diag.ConflictingKeys, key, fmt.Sprintf("%s is not for kind = %q", key, src.Kind), fmt.Sprintf("it is for kind = %q", k.name))
				own = append(own, key)
			}
		}
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
	if src.Kind == "prometheus" {
		src.Format = "jsonl" // what the connector makes of samples
		if s.Has("format") {
			s.Report(diag.ConflictingKeys, "format", `format is not for kind = "prometheus"`, "its records are the same whatever the server")
		}
		return
	}
	src.Format = s.oneOf("format", formatNames())
	if s.Has("format") || s.Has("preset") {
		return
	}
	switch src.Kind {
	case "file":
		if !tellsFormat(src.Path) {
			s.require("format", "the extension of path does not tell it: "+strings.Join(formatNames(), ", "))
		}
	case "http":
		src.Format = src.HTTP.format()
		if src.Format == "" && src.HTTP.URL != "" {
			s.require("format", "url does not tell it: "+strings.Join(formatNames(), ", "))
		}
	case "postgres":
		src.Format = "jsonl" // what the connector makes of rows
	default:
		s.require("format", "what it prints: "+strings.Join(formatNames(), ", "))
	}
}

// format is what the extension of the URL's path tells; "" where it tells nothing.
func (h *HTTP) format() string {
	u, err := url.Parse(h.URL)
	if err != nil {
		return ""
	}
	name, _ := FormatOf(u.Path)
	return name
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

// readFetch reads the bounds of fetching. What is asked of others is bounded in time, and
// asked again, unless the site says otherwise.
func (src *Source) readFetch(s section) {
	src.Every = s.duration("every")
	src.Timeout = s.duration("timeout")
	src.Retries = s.count("retries", 10)
	if src.Kind != "file" && !s.Has("timeout") {
		src.Timeout = defaultTimeout
	}
	if slices.Contains([]string{"http", "prometheus", "postgres"}, src.Kind) && !s.Has("retries") {
		src.Retries = defaultRetries
	}
	src.MaxBytes = DefaultMaxBytes
	if size, ok := s.size("max_bytes"); ok {
		src.MaxBytes = size
	}
	src.TokenEnv = s.variable("token_env")
}

// readFailure reads what counts as a failure and what it does.
func (src *Source) readFailure(s section) {
	word := s.oneOf("on_error", onErrors)
	src.OnError = OnError(max(slices.Index(onErrors, word), 0))
	src.MaxStale = s.duration("max_stale")
	if t, ok := s.sub("expect", expectTable); ok {
		src.Expect.MinRecords = t.count("min_records", 1e9)
		src.Expect.MayBeEmpty = t.Has("min_records") && src.Expect.MinRecords == 0
		src.Expect.NewestWithin = t.duration("newest_within")
		src.Expect.Fields = src.readExpectedFields(t)
	}
}

// readExpectedFields reads the fields that most records must have. Those of a preset are
// known to ingest alone.
func (src *Source) readExpectedFields(t section) []string {
	if !t.Has("fields") {
		return nil
	}
	fields := []string{}
	for _, name := range t.list("fields") {
		if src.HasDataset && src.Dataset.FieldIndex(name) < 0 {
			t.unknown("fields", name, fieldNames(src.Dataset))
			continue
		}
		fields = append(fields, name)
	}
	return fields
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

func (src *Source) readCurrency(s section) {
	code, ok := s.text("currency")
	if ok && !currency.MatchString(code) {
		s.Report(diag.OutOfRange, "currency", fmt.Sprintf("%q is no currency", code), `an ISO 4217 code has the form "EUR"`)
		return
	}
	src.Currency = code
}
