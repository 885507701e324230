package model

// Dataset is a kind of record.
type Dataset uint8

// The datasets.
const (
	Nodes Dataset = iota
	Services
	Dependencies
	Journeys
	Incidents
	Synthetics
	SLOs
	SLIs
	Exclusions
	Deployments
	Costs
	Findings
	Observations
	Staff
	numDatasets
)

// Covers reports whether a record says how a service or journey fared, so that a source
// of the dataset covers it; the others say what there is.
func (d Dataset) Covers() bool {
	switch d {
	case Nodes, Services, Dependencies, Journeys, Exclusions:
		return false
	}
	return true
}

// Kind is how the value of a field is read.
type Kind uint8

// The kinds of fields.
const (
	Text     Kind = iota // any text
	ID                   // an id, compared exactly
	IDs                  // a list of ids; in one text separated by ";"
	Moment               // a timestamp; a bare date is that site day's start, as an end its end
	Date                 // a site day
	Number               // a decimal number
	Count                // a whole number, not negative
	Flag                 // true or false
	Link                 // an address: http or https
	Duration             // seconds, ISO 8601, Go or h:mm:ss
	Target               // a share between 0 and 1, as a decimal that stays exact
	Quantity             // a number of events, to a millionth
)

// Field is one field of a dataset: a column of a CSV and a key of a JSON record.
type Field struct {
	Name     string
	Kind     Kind
	Required bool
	End      bool // a bare date is the end of that day
	Doc      string
}

// Spec describes a dataset. Key names the fields that identify a record.
type Spec struct {
	Name   string
	Doc    string
	Key    string
	Fields []Field
}

// Specs is the table of datasets, indexed by Dataset.
var Specs = [numDatasets]Spec{
	Nodes: {"nodes", "The org tree: one record per node.", "id, valid_from", []Field{
		{Name: "id", Kind: ID, Required: true, Doc: "immutable; it becomes the page's address"},
		{Name: "title", Kind: Text, Doc: "shown to readers; the id where absent"},
		{Name: "kind", Kind: Text, Doc: "the organisation's own word: division, area, team"},
		{Name: "parent", Kind: ID, Doc: "id of the node above; absent at the root"},
		{Name: "order", Kind: Number, Doc: "place among its siblings; then by title"},
		{Name: "valid_from", Kind: Date, Doc: "first day of this record"},
		{Name: "valid_to", Kind: Date, Doc: "last day of this record"},
		{Name: "successor", Kind: ID, Doc: "node that takes over when this one ends"},
		{Name: "aliases", Kind: IDs, Doc: "ids that other systems use for it: a team of the pager, of the code host"},
	}},
	Services: {"services", "The services of the architecture and who owns them.", "id, valid_from", []Field{
		{Name: "id", Kind: ID, Required: true, Doc: "immutable; it becomes the page's address"},
		{Name: "title", Kind: Text, Doc: "shown to readers; the id where absent"},
		{Name: "owner", Kind: IDs, Doc: "a node id or a list of them"},
		{Name: "tier", Kind: Text, Doc: "the organisation's own word for criticality"},
		{Name: "lifecycle", Kind: Text, Doc: "experimental, production, deprecated"},
		{Name: "system", Kind: Text, Doc: "the system that it is part of"},
		{Name: "third_party", Kind: Flag, Doc: "run by another company"},
		{Name: "url", Kind: Link, Doc: "where its owners describe it"},
		{Name: "aliases", Kind: IDs, Doc: "ids that other systems use for it"},
		{Name: "valid_from", Kind: Date, Doc: "first day of this record"},
		{Name: "valid_to", Kind: Date, Doc: "last day of this record"},
	}},
	Dependencies: {"dependencies", "Edges of the service graph.", "from, to", []Field{
		{Name: "from", Kind: ID, Required: true, Doc: "the service that relies"},
		{Name: "to", Kind: ID, Required: true, Doc: "the service relied on"},
		{Name: "hardness", Kind: Text, Doc: "hard, soft or async"},
		{Name: "evidence", Kind: Text, Doc: "declared or observed"},
	}},
	Journeys: {"journeys", "End-to-end flows of a consumer across services.", "id", []Field{
		{Name: "id", Kind: ID, Required: true, Doc: "immutable; it becomes the page's address"},
		{Name: "title", Kind: Text, Doc: "shown to readers; the id where absent"},
		{Name: "services", Kind: IDs, Required: true, Doc: "the services it passes through"},
		{Name: "owner", Kind: ID, Doc: "node that answers for it; else the level above its services"},
		{Name: "url", Kind: Link, Doc: "where it is described"},
	}},
	Incidents: {"incidents", "Incidents and planned maintenance.", "source, id", []Field{
		{Name: "id", Kind: ID, Required: true, Doc: "as in the incident system"},
		{Name: "title", Kind: Text, Doc: "what happened, without names of people"},
		{Name: "severity", Kind: Text, Doc: "the vendor's word, or one of [severity.incidents]"},
		{Name: "type", Kind: Text, Doc: "the organisation's own classification"},
		{Name: "url", Kind: Link, Doc: "the record in the system it came from"},
		{Name: "services", Kind: IDs, Doc: "services that were impacted"},
		{Name: "cause", Kind: IDs, Doc: "services in which the cause lay"},
		{Name: "started", Kind: Moment, Required: true, Doc: "when the impact began"},
		{Name: "detected", Kind: Moment, Doc: "when it was noticed"},
		{Name: "acknowledged", Kind: Moment, Doc: "when somebody took it on"},
		{Name: "identified", Kind: Moment, Doc: "when the cause was known"},
		{Name: "mitigated", Kind: Moment, End: true, Doc: "when the impact ended"},
		{Name: "resolved", Kind: Moment, End: true, Doc: "when all was clear"},
		{Name: "detected_by", Kind: Text, Doc: "monitor, customer or person"},
		{Name: "planned", Kind: Flag, Doc: "planned maintenance"},
		{Name: "review", Kind: Text, Doc: "link to the review, or true"},
		{Name: "followups_open", Kind: Count, Doc: "actions not done"},
		{Name: "followups_closed", Kind: Count, Doc: "actions done"},
	}},
	Synthetics: {"synthetics", "Results of synthetic tests: one record per run, or per day with counts.", "source, test, subject, started or day, location", []Field{
		{Name: "test", Kind: ID, Required: true, Doc: "id of the test"},
		{Name: "title", Kind: Text, Doc: "what it tries"},
		{Name: "service", Kind: ID, Doc: "the service tested (or journey)"},
		{Name: "journey", Kind: ID, Doc: "the journey tested (or service)"},
		{Name: "started", Kind: Moment, Doc: "when the run began (or day)"},
		{Name: "day", Kind: Date, Doc: "the day that the counts are of (or started)"},
		{Name: "location", Kind: Text, Doc: "where it ran from"},
		{Name: "passed", Kind: Count, Doc: "runs that passed; 1 or 0 for a run"},
		{Name: "failed", Kind: Count, Doc: "runs that failed"},
		{Name: "flaky", Kind: Count, Doc: "runs that failed first and then passed"},
		{Name: "skipped", Kind: Count, Doc: "runs that did not take place"},
		{Name: "duration", Kind: Duration, Doc: "how long it took"},
		{Name: "url", Kind: Link, Doc: "the run in the system it came from"},
	}},
	SLOs: {"slos", "Service level objectives: one record per objective, or one per change of it.", "id, valid_from", []Field{
		{Name: "id", Kind: ID, Required: true, Doc: "immutable; what measures it names it"},
		{Name: "title", Kind: Text, Doc: "shown to readers; the id where absent"},
		{Name: "service", Kind: ID, Doc: "the service that it is for (or journey)"},
		{Name: "journey", Kind: ID, Doc: "the journey that it is for (or service)"},
		{Name: "target", Kind: Target, Required: true, Doc: "share of good events, above 0 and below 1: 0.999, with at most nine decimals"},
		{Name: "window", Kind: Text, Doc: "28d (default) or another number of days, month or quarter"},
		{Name: "budgeting", Kind: Text, Doc: "occurrences (default) or timeslices"},
		{Name: "slice", Kind: Duration, Doc: "timeslices: length of a slice, at most a day"},
		{Name: "slice_target", Kind: Target, Doc: "timeslices: share of good events that makes a slice good"},
		{Name: "indicator", Kind: Text, Doc: "what is measured: availability, latency"},
		{Name: "unit", Kind: Text, Doc: "what is counted: requests, minutes"},
		{Name: "consumer", Kind: Text, Doc: "who relies on it"},
		{Name: "rationale", Kind: Text, Doc: "why this target"},
		{Name: "valid_from", Kind: Date, Doc: "first day of this record"},
		{Name: "review_by", Kind: Date, Doc: "day by which it is to be looked at again"},
		{Name: "url", Kind: Link, Doc: "where it is described"},
		{Name: "min_events", Kind: Count, Doc: "fewer valid events in the window are no data; for timeslices fewer slices"},
	}},
	SLIs: {"slis", "What was measured of an objective: one record per stretch of time, or per day.", "slo, start and end or day", []Field{
		{Name: "slo", Kind: ID, Required: true, Doc: "id of the objective"},
		{Name: "start", Kind: Moment, Doc: "when the stretch begins (or day)"},
		{Name: "day", Kind: Date, Doc: "the day that the counts are of (or start)"},
		{Name: "end", Kind: Moment, End: true, Doc: "when the stretch ends; without it the record is of a moment"},
		{Name: "good", Kind: Quantity, Doc: "good events; of an objective with timeslices and a longer stretch, good slices"},
		{Name: "valid", Kind: Quantity, Doc: "all events that count, good or bad; likewise slices"},
		{Name: "ratio", Kind: Target, Doc: "in place of counts: the share of good events, 0 to 1"},
		{Name: "weight", Kind: Quantity, Doc: "of the ratio among the others of the objective"},
	}},
	Exclusions: {"exclusions", "Stretches of time that do not count against objectives, by agreement.", "slo or service, from, to", []Field{
		{Name: "slo", Kind: ID, Doc: "the objective (or service)"},
		{Name: "service", Kind: ID, Doc: "the service, for all its objectives (or slo)"},
		{Name: "from", Kind: Moment, Required: true, Doc: "when it begins"},
		{Name: "to", Kind: Moment, Required: true, End: true, Doc: "when it ends"},
		{Name: "reason", Kind: Text, Required: true, Doc: "why it does not count"},
		{Name: "by_role", Kind: Text, Doc: "the role that agreed to it, not a name"},
		{Name: "expires", Kind: Date, Doc: "last day on which it is honoured"},
	}},
	Deployments: {"deployments", "Deployments of services.", "source, id", []Field{
		{Name: "id", Kind: ID, Required: true, Doc: "as in the system that deploys"},
		{Name: "service", Kind: ID, Required: true, Doc: "the service deployed"},
		{Name: "environment", Kind: Text, Doc: "where to; [delivery] says which words are production"},
		{Name: "finished", Kind: Moment, Required: true, Doc: "when it was done, whatever became of it"},
		{Name: "result", Kind: Text, Doc: "what became of it, in a word of [delivery]"},
		{Name: "first_commit", Kind: Moment, Doc: "the earliest commit that it brought"},
		{Name: "unplanned", Kind: Flag, Doc: "rework: it mends what an incident showed"},
		{Name: "incidents", Kind: IDs, Doc: "incidents that it led to"},
		{Name: "url", Kind: Link, Doc: "the record in the system it came from"},
	}},
	Costs: {"costs", "What services and nodes cost: one record per charge, or per day or month. Every record counts, so files of one source must not overlap.", "", []Field{
		{Name: "service", Kind: ID, Doc: "the service that it is for; a cost without a known service or node is shown as unallocated"},
		{Name: "node", Kind: ID, Doc: "the node that it is for, where it is not for one service"},
		{Name: "day", Kind: Date, Doc: "the day of the cost, or its first day (or month)"},
		{Name: "until", Kind: Date, Doc: "its last day, where it is of several"},
		{Name: "month", Kind: Text, Doc: "the month that it is of: 2026-11 (or day)"},
		{Name: "component", Kind: Text, Doc: "what was paid for: compute, storage"},
		{Name: "amount", Kind: Number, Required: true, Doc: "effective cost, with up to 18 decimals, kept exactly; below zero for a credit"},
		{Name: "currency", Kind: Text, Doc: "ISO 4217: EUR; default the currency of the source"},
		{Name: "billed", Kind: Number, Doc: "what was invoiced: another view of the same cost, never added to it"},
		{Name: "idle", Kind: Flag, Doc: "paid for and used by nobody"},
	}},
	Findings: {"findings", "What security scanners found, one record per service that it is in.", "source, id, service", []Field{
		{Name: "id", Kind: ID, Required: true, Doc: "stays the same while the finding does; never made of a line number"},
		{Name: "service", Kind: ID, Required: true, Doc: "the service that it is in"},
		{Name: "kind", Kind: Text, Doc: "sast, dast, sca, secret, iac or container"},
		{Name: "severity", Kind: Text, Required: true, Doc: "a word of [severity.findings], or a CVSS score"},
		{Name: "opened", Kind: Moment, Doc: "when it was found; where absent, when a build first saw it"},
		{Name: "closed", Kind: Moment, End: true, Doc: "when it was fixed or dismissed; where absent, when a report no longer had it"},
		{Name: "due", Kind: Date, Doc: "last day to close it; where absent, by [findings.limits]"},
		{Name: "rule", Kind: Text, Doc: "what was found: a rule or a vulnerability"},
		{Name: "via", Kind: Text, Doc: "the image or library that brings it; with the same rule it is one finding in all services"},
		{Name: "url", Kind: Link, Doc: "the record in the scanner"},
		{Name: "seen", Kind: Date, Doc: "first day on which a build saw it; kept by the builds themselves"},
		{Name: "gone", Kind: Date, Doc: "first day on which a build no longer saw it; likewise"},
	}},
	Observations: {"observations", "What the organisation's own metrics observed. Every record counts, but for those with an id that was there before.", "source, metric, id", []Field{
		{Name: "metric", Kind: ID, Required: true, Doc: "the <id> of a [metric.<id>] in site.toml"},
		{Name: "service", Kind: ID, Doc: "the service that it is of; this, journey or node"},
		{Name: "journey", Kind: ID, Doc: "the journey that it is of"},
		{Name: "node", Kind: ID, Doc: "the node that it is of"},
		{Name: "day", Kind: Date, Doc: "the day that it is of (or at)"},
		{Name: "at", Kind: Moment, Doc: "the moment that it is of (or day)"},
		{Name: "value", Kind: Number, Doc: "what was observed, with up to 18 decimals, kept exactly; operators sum, latest and distribution need it"},
		{Name: "numerator", Kind: Count, Doc: "of a ratio: how many of the denominator"},
		{Name: "denominator", Kind: Count, Doc: "of a ratio: how many there were"},
		{Name: "part", Kind: Text, Doc: "what the metric is broken down by: its value of the dimension that by names"},
		{Name: "id", Kind: ID, Doc: "what was counted; the operator set needs it, and counts each once"},
	}},
	Staff: {"staffing", "How many people are placed directly at a node and how often they are paged: one record per node and day. Counts of people, never who they are.", "source, node, day", []Field{
		{Name: "node", Kind: ID, Required: true, Doc: "the node; people further down have records of their own"},
		{Name: "day", Kind: Date, Required: true, Doc: "the day of the pages; head count and rotation hold until the next record"},
		{Name: "headcount", Kind: Count, Doc: "people placed directly at the node"},
		{Name: "oncall_rotation", Kind: Count, Doc: "people who take turns on call for it"},
		{Name: "pages_business", Kind: Count, Doc: "pages to whoever was on call, in their working hours"},
		{Name: "pages_off_hours", Kind: Count, Doc: "in their evenings and weekends"},
		{Name: "pages_sleep", Kind: Count, Doc: "in their nights"},
		{Name: "oncall", Kind: IDs, Doc: "in place of oncall_rotation: ids of the people who take turns; over all records of the node and day each counts once, and none is kept"},
	}},
}

// String returns the dataset's name as in site.toml.
func (d Dataset) String() string { return Specs[d].Name }

// DatasetNamed returns the dataset with the name.
func DatasetNamed(name string) (Dataset, bool) {
	for d := range Specs {
		if Specs[d].Name == name {
			return Dataset(d), true
		}
	}
	return 0, false
}

// FieldIndex returns the place of a field in the dataset's spec, or -1.
func (d Dataset) FieldIndex(name string) int {
	for i, f := range Specs[d].Fields {
		if f.Name == name {
			return i
		}
	}
	return -1
}
