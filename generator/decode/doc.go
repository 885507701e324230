// Package decode turns bytes into records, documents and tables with positions.
//
// Input is an io.Reader (data) or a byte slice (config and front matter); output is one of
// three views, which share one idiom of reading:
//
//   - Flat: flat records of CSV, JSON Lines and Parquet, the fields asked for picked out in
//     place, without an allocation per record. For datasets.
//   - Documents: whole values of JSON, JSON Lines, YAML, TOML, CSV and Parquet; the test cases
//     of JUnit XML, the events of iCalendar, the metric families of Prometheus,
//     a text as it is. For jq mappings.
//   - TOML: a tree of tables whose keys have positions. For site.toml and front matter.
//
// Invariants: the formats are read strictly, so that a file means the same to every other
// reader of it; a record is valid until the next one is read; the same bytes give the same
// records and the same problems.
//
// Failure policy: every input is hostile. What cannot be read is a Reject or a problem with
// its line, and reading goes on behind it; the error channel is for I/O alone. Sizes and
// nesting are capped, so that memory is bounded by the caps and never by the input: nothing
// panics, and no input makes the stack grow with its depth. Parquet is read by a library
// that trusts its input: files are looked through before (parquetaudit.go), and where it
// breaks down all the same, that is a Reject.
package decode
