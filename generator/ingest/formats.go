package ingest

import (
	"slices"

	"uptree/generator/config"
	"uptree/generator/source"
)

// Format is a way in which the files of a source are written.
type Format struct {
	Name       string   // as in site.toml
	Extensions []string // that tell it, in lower case
	Doc        string
	// Flat formats hold one flat record after the other: they are read without a mapping in
	// place, and a mapping sees one record at a time.
	Flat bool
	// Mapped formats hold what is no record of a dataset: a preset or a map makes it one.
	Mapped bool
}

// formats is the table of formats.
var formats = []Format{
	{Name: "csv", Extensions: []string{".csv"}, Flat: true,
		Doc: "Comma-separated values with a header. Lists in a cell are separated by \";\". A mapping sees a column that stands several times as a list."},
	{Name: "json", Extensions: []string{".json"},
		Doc: "One document: an array of records, an object with one such array, or one record. A mapping sees the document."},
	{Name: "jsonl", Extensions: []string{".jsonl", ".ndjson"}, Flat: true,
		Doc: "JSON Lines: one record a line."},
	{Name: "parquet", Extensions: []string{".parquet"}, Flat: true,
		Doc: "Parquet files of up to 128 MiB: one record a row. Decimals and times are exact. Compressed with Snappy, gzip or Zstandard, or not; encoded in any way but DELTA_BYTE_ARRAY."},
	{Name: "yaml", Extensions: []string{".yaml", ".yml"},
		Doc: "One or more documents, each like one of JSON. A mapping sees one document at a time."},
	{Name: "toml", Extensions: []string{".toml"},
		Doc: "One document: a table with one array of tables, or one record. A mapping sees the document."},
	{Name: "junit", Extensions: []string{".xml"}, Mapped: true,
		Doc: "JUnit XML of any test program. A mapping sees one test case at a time: its attributes, suites, properties, results, outcome (passed, failed, flaky or skipped) and occurrence (1, or more where cases of a suite have one name)."},
	{Name: "ical", Extensions: []string{".ics"}, Mapped: true,
		Doc: "iCalendar. A mapping sees one event at a time: its properties by name in lower case (summary, dtstart, dtend), all_day, calendar, and properties with their parameters. Times are in UTC, or local without an offset. Repeated events are seen once."},
	{Name: "prometheus", Extensions: []string{".prom"}, Mapped: true,
		Doc: "The text in which metrics are exposed to Prometheus, or OpenMetrics. A mapping sees one metric family at a time: its name, type, help and samples, each with name, labels, value and timestamp."},
	{Name: "text", Extensions: []string{".text"}, Mapped: true,
		Doc: "Any other text, such as CODEOWNERS. A mapping sees a file as one text, of up to 8 MiB, and takes it apart with split and capture."},
}

// Formats returns the table of formats.
func Formats() []Format { return slices.Clone(formats) }

func formatNamed(name string) (Format, bool) {
	i := slices.IndexFunc(formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return formats[i], true
}

// formatOf returns the format of a file: as given, else from its extension, else the
// preset's first.
func formatOf(s *config.Source, p *Preset, b *source.Blob) (Format, bool) {
	name := s.Format
	if name == "" {
		name, _ = config.FormatOf(b.Name)
	}
	if name == "" && p != nil {
		name = p.Formats[0]
	}
	return formatNamed(name)
}
