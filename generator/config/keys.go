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
	topTable        = ""
	periodTable     = "period.<name>"
	sourceTable     = "source.<name>"
	expectTable     = "source.<name>.expect"
	pagingTable     = "source.<name>.paging"
	columnsTable    = "source.<name>.columns"
	severityTable   = "severity"
	incidentWords   = "severity.incidents"
	incidentsTable  = "incidents"
	deliveryTable   = "delivery"
	findingWords    = "severity.findings"
	findingsTable   = "findings"
	limitsTable     = "findings.limits"
	objectivesTable = "objectives"
	sloTable        = "slo.<id>"
	targetsTable    = "slo.<id>.targets"
	costsTable      = "costs"
	metricTable     = "metric.<id>"
	redefinedTable  = "metric.<id>.changes"
	themeTable      = "theme"
	publishTable    = "publish"
	historyTable    = "history"
	gateTable       = "gate.<id>"
	checkTable      = "check"
)

// The types of values, as in Key.Type.
const (
	aString    = "a string"
	aTable     = "a table"
	aList      = "a list of strings"
	aFlag      = "true or false"
	aNumber    = "a whole number"
	aDuration  = `a duration such as "48h" or "7d"`
	aSize      = `a size such as "500MB", or a number of bytes`
	aBound     = `a number in the unit of the metric, a duration such as "4h" or a share such as "99.5%"`
	aDate      = `a date such as "2025-10-01"`
	aShare     = `a decimal such as "0.999", as a string or a number`
	someTables = "a list of tables"
)

// Keys is the table of all keys, in the order in which they are documented. What is not in
// it is not accepted.
var Keys = []Key{
	{topTable, "title", aString, `Title of the site. Default "Reliability".`},
	{topTable, "timezone", aString, `IANA name of the zone that cuts time into days. Default "UTC".`},
	{topTable, "base_url", aString, "Address at which the site is published, http or https. Only feeds, badges and previews of links need it."},
	{topTable, "edit_url", aString, `Address at which a document is edited, with {path} in place of its path. Without it pages have no "edit this page".`},
	{topTable, "line_url", aString, `Address at which a line of the site's own files is read, with {path} and {line} in their places. Records without an address of their own lead there; without it to edit_url.`},
	{topTable, "period", aTable, "The periods of every figure, one table each. Default 7d, 28d, 90d and 365d."},
	{topTable, "source", aTable, "The sources of data, one table each. Sources named first win where records disagree."},
	{topTable, "severity", aTable, "The organisation's words for severity, one table per dataset."},
	{topTable, "incidents", aTable, "How incidents are measured."},
	{topTable, "delivery", aTable, "The words of deployments."},
	{topTable, "objectives", aTable, "How objectives are judged."},
	{topTable, "slo", aTable, "Service level objectives, one table each. They win over those of sources."},
	{topTable, "findings", aTable, "How long security findings may stay open, and how much of them is published."},
	{topTable, "costs", aTable, "How much of costs is published."},
	{topTable, "metric", aTable, "The organisation's own metrics, one table each, over the records of the dataset observations."},
	{topTable, "theme", aTable, "How the site looks and speaks."},
	{topTable, "publish", aTable, "Where the site goes."},
	{topTable, "history", aTable, "How long what the sources gave is remembered after they have dropped it."},
	{topTable, "gate", aTable, "Bounds on figures, one table each: a build that crosses one publishes the site and exits with 4."},
	{topTable, "check", aTable, "How grave the problems that check finds are."},

	{periodTable, "default", aFlag, "Shown first; at most one. Default 28d where it is listed, else the shortest."},

	{sourceTable, "title", aString, "Name for readers. Default the name of the table."},
	{sourceTable, "kind", aString, `How its bytes are reached: "file" (default), "http", "prometheus", "postgres" or "command".`},
	{sourceTable, "dataset", aString, "What its records are; this or preset."},
	{sourceTable, "preset", aString, "A known system, with dataset and mapping; this or dataset."},
	{sourceTable, "path", aString, "The files, relative to the folder of site.toml. May be a pattern with *, ?, [a-z] and ** for any folders. Files that end in .gz or .zst are read uncompressed."},
	{sourceTable, "url", aString, "The address that is asked, http or https. {since} and {until} in it are moments. What it gives may be compressed. Of kind prometheus that before /api/v1. Of kind postgres the database, as in \"postgres://user@host/database\", without the password, which is in token_env; sslmode is verify-full unless the address says otherwise."},
	{sourceTable, "query", aString, "Of kind postgres one SELECT whose columns are called like the fields. It is read in a transaction that cannot write. {since} and {until} in it are moments, given as parameters. Of kind prometheus PromQL, of which the records have the labels and the value. {step} in it is the length of a bucket."},
	{sourceTable, "max_rows", aNumber, "More rows are a failure. Default 1000000."},
	{sourceTable, "queries", aTable, "Field = query, for records of several values; in place of query. Values belong together where time and labels agree."},
	{sourceTable, "step", aDuration, `Length of the buckets: "1d" (default) for the days of the site's zone, or what divides a day, such as "1h". Each has the value at its end.`},
	{sourceTable, "instant", aFlag, "Asks for the values of now alone, in place of buckets. Default false."},
	{sourceTable, "tenant", aString, "The tenant, sent as X-Scope-OrgID."},
	{sourceTable, "method", aString, `"GET" (default) or "POST", for questions that are asked in a body.`},
	{sourceTable, "body", aString, "What is posted, JSON unless the header Content-Type says otherwise. {since} and {until} in it are moments."},
	{sourceTable, "headers", aTable, "Header = text that is sent with each request. No secrets."},
	{sourceTable, "headers_env", aTable, "Header = environment variable that holds its text."},
	{sourceTable, "token_header", aString, `Header that carries the secret of token_env. Default "Authorization".`},
	{sourceTable, "token_prefix", aString, `What stands before the secret in its header. Default "Bearer " in Authorization, else nothing.`},
	{sourceTable, "basic_env", aString, "Environment variable that holds user:password, in place of token_env."},
	{sourceTable, "hosts", aList, "Hosts beside that of url to which it may redirect or lead on. They are not given its secrets."},
	{sourceTable, "per_host", aNumber, "Requests, or connections, to its host at once, 1 to 20; of several sources of a host the lowest number holds for all. Default 2."},
	{sourceTable, "paging", aTable, "How the pages of the answer follow each other. Without it there is one."},
	{sourceTable, "since", aDuration, "How far back {since} lies, or the first bucket. Default 400d."},
	{sourceTable, "window", aDuration, "The longest time from {since} to {until}, or of the buckets in one request: a longer one is asked for in parts. Default without limit."},
	{sourceTable, "time_format", aString, `How {since} and {until} are written: "rfc3339" (default), "date", "unix" (seconds) or "unix_ms".`},
	{sourceTable, "command", aList, "The program that prints the data, and its arguments. There is no shell; it starts in the folder of site.toml."},
	{sourceTable, "env", aList, "The environment variables that the program is given. Default PATH, and that of token_env. Values of those that are named like secrets are masked as it is."},
	{sourceTable, "format", aString, "csv, json, jsonl, parquet, yaml, toml, junit, ical, prometheus or text. Default from the extension of each file, or of the path of url."},
	{sourceTable, "columns", aTable, "Field of the dataset = column or key of the file, where they differ; this or map."},
	{sourceTable, "map", aString, "jq program that turns one input into records; this or columns."},
	{sourceTable, "on_error", aString, `What a failure does: "stale" (default) uses the last good data and stops where there is none, "omit" builds without, "fail" stops.`},
	{sourceTable, "max_stale", aDuration, "Last good data that is older counts as failed. Default without limit."},
	{sourceTable, "expect", aTable, "What the source must at least give."},
	{sourceTable, "covers", aList, `What it covers beside what its records name: ids, "node:<id>" for all below a node, or "*".`},
	{sourceTable, "covers_from", aDate, "First day that it covers. Default its first record."},
	{sourceTable, "currency", aString, `Currency of costs whose records do not say, as its ISO 4217 code: "EUR".`},
	{sourceTable, "pilot", aFlag, "Shown on team and data pages only. Default false."},
	{sourceTable, "merge", aFlag, "Records with one id of several sources are one. Default false."},
	{sourceTable, "remember", aString, `What becomes of its records when it no longer gives them: "window" (default) forgets those behind its oldest record, which were deleted, and remembers older ones, "always" remembers all, "never" none.`},
	{sourceTable, "every", aDuration, "Fetched again when older than that. Default at every build, as files always are."},
	{sourceTable, "timeout", aDuration, "Time for fetching it, without the wait for its turn at a host. Default 10m, for files without limit."},
	{sourceTable, "retries", aNumber, "Further tries after a failed request, 0 to 10. Default 2. A file is tried once."},
	{sourceTable, "max_bytes", aSize, "Bytes of all that it gives, decoded. Default 4GB."},
	{sourceTable, "token_env", aString, "Environment variable that holds its secret. Secrets are never written here, nor shown or kept."},

	{pagingTable, "by", aString, `What tells the next page: "offset" or "page" (a number), "cursor" (a text of the answer), "link" (the header Link) or "next" (an address in the answer).`},
	{pagingTable, "param", aString, "Query parameter that says which page, or key of a posted body, with dots between keys. Default the word of by."},
	{pagingTable, "size_param", aString, `Likewise how many items a page has. Default "limit"; by page and link "per_page".`},
	{pagingTable, "size", aNumber, "Items of a page. Default 100 by offset and page, else not sent."},
	{pagingTable, "first", aNumber, "Number of the first page or item. Default 1 by page, else 0."},
	{pagingTable, "items", aString, "Path of the list of items in the answer, keys with dots between. Default the answer itself or its one list. Pages end with an empty one."},
	{pagingTable, "more", aString, "Path of the flag that says whether another page follows."},
	{pagingTable, "next", aString, "Path of the cursor, or address, of the next page; there is none where it is missing, null or empty."},
	{pagingTable, "max_pages", aNumber, "More pages are a failure. Default 1000."},
	{expectTable, "min_records", aNumber, "Fewer accepted records are a failure. Without it none is a failure where there were some before, but for files; 0 allows that."},
	{expectTable, "newest_within", aDuration, "An older newest record is a failure. Default without limit."},
	{expectTable, "fields", aList, "Fields that more than half of its records must have. Default those that nine in ten had when it was last good, of ten records or more; not for files. [] asks for none."},

	{columnsTable, "<field>", aString, "The column or key that holds the field."},

	{severityTable, "incidents", aTable, "The words for incidents. Without it words stand as they are."},
	{incidentWords, "order", aList, "The organisation's words, gravest first."},
	{incidentWords, "<word>", aList, "The words of incident systems that mean this one. Exact spelling wins over other case."},

	{severityTable, "findings", aTable, `The words for security findings. Without it "critical", "high", "medium", "low" and "info", with the words and CVSS scores of the common scanners.`},
	{findingWords, "order", aList, "The organisation's words, gravest first."},
	{findingWords, "<word>", aList, "The words of scanners that mean this one, without regard to case. CVSS scores are read as critical from 9, high from 7, medium from 4 and low above 0."},

	{incidentsTable, "impact_ends", aString, `The moment that ends an impact: "mitigated" (default, else resolved) or "resolved".`},

	{deliveryTable, "production", aList, `Environments that are production; deployments to others are in no figure. "" stands for those that do not say. Default "production", "prod". Words of this table are read without regard to case.`},
	{deliveryTable, "success", aList, `Results of deployments that succeeded. Default "success", "succeeded", "successful". A list replaces its defaults.`},
	{deliveryTable, "failure", aList, `Results of deployments that failed. Default "failure", "failed", "error".`},
	{deliveryTable, "rolled_back", aList, `Results of deployments that were rolled back. Default "rolled_back", "rolledback", "rollback".`},
	{deliveryTable, "unfinished", aList, `Results of deployments that were not carried out, or not yet: left out without a problem, as "canceled", "skipped", "queued" and "running" are by default.`},

	{objectivesTable, "min_events", aNumber, "Fewer valid events in its window, or slices, make an objective one without data. Default 1."},

	{sloTable, "title", aString, "Name for readers. Default the id."},
	{sloTable, "service", aString, "The service that it is for; this or journey."},
	{sloTable, "journey", aString, "The journey that it is for; this or service."},
	{sloTable, "target", aShare, "Share of good events, above 0 and below 1; this or targets."},
	{sloTable, "targets", someTables, "Targets that hold from a day on, each { from, target }. Old days are judged by the old one."},
	{sloTable, "valid_from", aDate, "First day of the objective. Default it has always held."},
	{sloTable, "window", aString, `The window that it is judged in: "28d" (default) or another number of days up to 366, "month" or "quarter".`},
	{sloTable, "budgeting", aString, `What may be bad: "occurrences" (default), which are events, or "timeslices".`},
	{sloTable, "slice", aDuration, "Length of a timeslice, at most a day. Slices are counted from 1970 on, as the steps of time series are."},
	{sloTable, "slice_target", aShare, "Share of good events that makes a timeslice good."},
	{sloTable, "indicator", aString, "What is measured, such as availability. Promises of services are compared by it."},
	{sloTable, "unit", aString, "What is counted, such as requests."},
	{sloTable, "consumer", aString, "Who relies on it."},
	{sloTable, "rationale", aString, "Why this target."},
	{sloTable, "review_by", aDate, "Day by which it is to be looked at again."},
	{sloTable, "url", aString, "Where it is described, http or https."},
	{sloTable, "min_events", aNumber, "As in [objectives], for this one."},

	{targetsTable, "from", aDate, "First day of the target. Default it has always held."},
	{targetsTable, "target", aShare, "Share of good events, above 0 and below 1."},

	{findingsTable, "publish", aString, `"counts" (default): how many, how grave, how old, and the link to the scanner. "full": also rule, id, image and library. Whoever may read the site may read it.`},
	{findingsTable, "limits", aTable, "How long findings may stay open before they are past due; a due date of their own wins."},
	{limitsTable, "<severity>", aDuration, "The limit of one severity."},
	{limitsTable, "tier", aTable, "Limits for services of one tier, in a table of that name: [findings.limits.tier.gold]. What is missing there is as for the others."},
	{costsTable, "publish", aString, `"full" (default), "counts": how many records there are and whose, without amounts, or "none". Whoever may read the site may read it.`},

	{metricTable, "title", aString, "Name for readers. Default the id."},
	{metricTable, "operator", aString, `How records become a figure: "sum", "set" (how many distinct ids), "ratio" (numerators of denominators), "latest" (the last value of each subject, added up) or "distribution" (median and 90th percentile).`},
	{metricTable, "unit", aString, `What is counted, in a word or a few that stand behind the number. "s" are durations, "ratio" per cent (default of ratios), "1" a plain number (default of the others).`},
	{metricTable, "per", aNumber, "Of a ratio with a unit of its own: so many of the denominator, as in contacts per 1000 orders. Default 1."},
	{metricTable, "by", aString, "The dimension that the field part of its observations holds, such as channel. Not of distributions."},
	{metricTable, "better", aString, `The wished direction: "lower", "higher" or "neither" (default).`},
	{metricTable, "formula", aString, "How it is computed, in a sentence. Default what its operator does."},
	{metricTable, "doc", aString, "What it tells, and what it does not."},
	{metricTable, "introduced", aDate, "First day of the metric: observations of earlier days are refused."},
	{metricTable, "retired", aDate, "Day from which it is no longer measured: it leaves the pages, and stays among the metrics."},
	{metricTable, "review_by", aDate, "Day by which its definition is to be looked at again."},
	{metricTable, "changes", someTables, "Changes of its definition, each { on, what }. They are marked on its charts."},
	{redefinedTable, "on", aDate, "First day of the new definition."},
	{redefinedTable, "what", aString, "What changed."},

	{themeTable, "name", aString, "Folder under themes/ whose files replace those of the default theme."},
	{themeTable, "bundle", aString, "Chart bundle to use in place of the built-in one, relative to the folder of site.toml."},
	{themeTable, "words", aString, "A words.toml with the sentences of the site, relative to the folder of site.toml."},

	{publishTable, "dir", aString, `Where the site is written, relative to the folder of site.toml. Default "public".`},
	{publishTable, "every", aDuration, "How often the site is built. Pages say so themselves, when they are read, if no build has followed for twice as long. Default what build --every says, else 1d."},
	{publishTable, "publisher", aString, `How: "swap" (whole, at once) or "files" (changed files only). Default what the place allows.`},

	{historyTable, "<dataset>", aDuration, `How long records of a dataset are remembered: nodes, services, slos and incidents by default "1100d", measurements "400d".`},
	{historyTable, "private", aList, "Datasets whose records are remembered beside site.toml alone: history/ of the site, from which --previous goes on, is without them."},
	{historyTable, "numbers", aDuration, `How long past figures are kept, by the day for 35 days, then by the week, from 400 days on by the month. Default "1100d".`},

	{gateTable, "metric", aString, `The metric: "uptree list metrics".`},
	{gateTable, "node", aString, "Id of the node. Default the root. One that has ended is that which stands for it."},
	{gateTable, "period", aString, "One of the periods of the site. Default the one shown first."},
	{gateTable, "part", aString, `A part of the figure in place of its value, as data.csv names it: "own", "severity:sev1"; of objectives "breached", "at_risk", "met", "no_data".`},
	{gateTable, "max", aBound, "The most that it may be."},
	{gateTable, "min", aBound, "The least that it may be. A figure without a value crosses every bound."},
	{gateTable, "title", aString, "Name for readers. Default the name of the table."},

	{checkTable, "<code>", aString, `"error", "warning" or "note" for a code of "uptree list rules". Errors cannot be lowered.`},
}
