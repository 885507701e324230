// Package generator makes a reliability site from data and Markdown. This is the tour.
//
// Build, in build.go, is the pipeline read top to bottom. Each line is a package, a stage
// that takes the value of the one before and returns a new one with a list of problems:
//
//	config   site.toml                      → Site      what the site is made from
//	content  Markdown with front matter     → Docs      what the teams say
//	source   files, addresses, programs     → Payloads  bytes, not yet understood
//	ingest   payloads, formats, mappings    → Model     records merged, frozen and indexed
//	rollup   model × periods                → Cube      every metric at every node
//	signal   cube + context                 → Findings  who should look at what
//	report   all of the above               → Plan      what each page says, composed lazily
//	render   plan + theme                   → files     HTML, SVG, JSON, CSV
//	check    all of the above               → problems  what a team should mend
//	publish  files                          → a site    verified, then put in place at once
//
// Below them lie the leaves: diag (what is wrong, and where), model (the vocabulary) and
// decode (bytes to records with positions). Data flows one way: a stage never calls back
// and never changes its input. imports_test.go holds the table of who may import whom.
//
// Preview, in preview.go, is the same pipeline up to the pages, again and again while
// somebody writes: serve shows what it builds. author writes what people go on writing:
// documents, and a first site.
//
// To add something, find its table: rollup.Metrics, signal.Rules, ingest's formats and
// presets, source's connectors, report.Kinds and ChartKinds, check.Rules, diag.Codes. A new
// entry is one file and one line.
package generator
