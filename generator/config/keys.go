package config

// Key is one key that site.toml may hold. Doc is shown to users, so it speaks of what the
// key does and what holds without it.
type Key struct {
	Table string // "" at the top; <name> stands for a name that the site chooses
	Name  string // likewise
	Type  string // in the words of the messages: "a string", "a list of strings"
	Doc   string
}

// The tables of site.toml, as in Key.Table.
const (
	topTable       = ""
	periodTable    = "period.<name>"
	sourceTable    = "source.<name>"
	expectTable    = "source.<name>.expect"
	columnsTable   = "source.<name>.columns"
	severityTable  = "severity"
	incidentWords  = "severity.incidents"
	incidentsTable = "incidents"
	themeTable     = "theme"
	publishTable   = "publish"
	checkTable     = "check"
)

// The types of values, as in Key.Type.
const (
	aString   = "a string"
	aTable    = "a table"
	aList     = "a list of strings"
	aFlag     = "true or false"
	aNumber   = "a whole number"
	aDuration = `a duration such as "48h" or "7d"`
	aSize     = `a size such as "500MB", or a number of bytes`
	aDate     = `a date such as "2025-10-01"`
)

// Keys is the table of all keys, in the order in which they are documented. What is not in
// it is not accepted.
var Keys = []Key{
	{topTable, "title", aString, `Title of the site. Default "Reliability".`},
	{topTable, "timezone", aString, `IANA name of the zone that cuts time into days. Default "UTC".`},
	{topTable, "base_url", aString, "Address at which the site is published, http or https. Only feeds, the site map and badges need it."},
	{topTable, "edit_url", aString, `Address at which a document is edited, with {path} in place of its path. Without it pages have no "edit this page".`},
	{topTable, "period", aTable, "The periods of every figure, one table each. Default 7d, 28d, 90d and 365d."},
	{topTable, "source", aTable, "The sources of data, one table each. Sources named first win where records disagree."},
	{topTable, "severity", aTable, "The organisation's words for severity, one table per dataset."},
	{topTable, "incidents", aTable, "How incidents are measured."},
	{topTable, "theme", aTable, "How the site looks and speaks."},
	{topTable, "publish", aTable, "Where the site goes."},
	{topTable, "check", aTable, "How grave the problems that check finds are."},

	{periodTable, "default", aFlag, "Shown first; at most one. Default 28d where it is listed, else the shortest."},

	{sourceTable, "title", aString, "Name for readers. Default the name of the table."},
	{sourceTable, "kind", aString, `How its bytes are reached: "file", which is the default and the one kind of this version.`},
	{sourceTable, "dataset", aString, "What its records are; this or preset."},
	{sourceTable, "preset", aString, "A known system, with dataset and mapping; this or dataset."},
	{sourceTable, "path", aString, "The files, relative to the folder of site.toml. May be a pattern with *, ?, [a-z] and ** for any folders. Files that end in .gz or .zst are read uncompressed."},
	{sourceTable, "format", aString, "csv, json, jsonl, yaml or toml. Default from the extension of each file."},
	{sourceTable, "columns", aTable, "Field of the dataset = column or key of the file, where they differ; this or map."},
	{sourceTable, "map", aString, "jq program that turns one input into records; this or columns."},
	{sourceTable, "on_error", aString, `What a failure does: "stale" (default) uses the last good data and stops where there is none, "omit" builds without, "fail" stops.`},
	{sourceTable, "max_stale", aDuration, "Last good data that is older counts as failed. Default without limit."},
	{sourceTable, "expect", aTable, "What the source must at least give."},
	{sourceTable, "covers", aList, `What it covers beside what its records name: ids, "node:<id>" for all below a node, or "*".`},
	{sourceTable, "covers_from", aDate, "First day that it covers. Default its first record."},
	{sourceTable, "pilot", aFlag, "Shown on team and data pages only. Default false."},
	{sourceTable, "merge", aFlag, "Records with one id of several sources are one. Default false."},
	{sourceTable, "every", aDuration, "Fetched again when older than that. A file is read at every build."},
	{sourceTable, "timeout", aDuration, "Time for fetching it. Default without limit."},
	{sourceTable, "retries", aNumber, "Further tries after a failed request, 0 to 10. A file is tried once."},
	{sourceTable, "max_bytes", aSize, "Bytes of all its files together. Default 4GB."},
	{sourceTable, "token_env", aString, "Environment variable that holds its secret. A file needs none."},

	{expectTable, "min_records", aNumber, "Fewer accepted records are a failure. Default 0."},
	{expectTable, "newest_within", aDuration, "An older newest record is a failure. Default without limit."},

	{columnsTable, "<field>", aString, "The column or key that holds the field."},

	{severityTable, "incidents", aTable, "The words for incidents. Without it words stand as they are."},
	{incidentWords, "order", aList, "The organisation's words, gravest first."},
	{incidentWords, "<word>", aList, "The words of incident systems that mean this one. Exact spelling wins over other case."},

	{incidentsTable, "impact_ends", aString, `The moment that ends an impact: "mitigated" (default, else resolved) or "resolved".`},

	{themeTable, "name", aString, "Folder under themes/ whose files replace those of the default theme."},
	{themeTable, "bundle", aString, "Chart bundle to use in place of the built-in one, relative to the folder of site.toml."},
	{themeTable, "words", aString, "A words.toml with the sentences of the site, relative to the folder of site.toml."},

	{publishTable, "dir", aString, `Where the site is written, relative to the folder of site.toml. Default "public".`},
	{publishTable, "publisher", aString, `How: "swap" (whole, at once) or "files" (changed files only). Default what the place allows.`},

	{checkTable, "<code>", aString, `"error", "warning" or "note" for a code of "uptree list rules". Errors cannot be lowered.`},
}
