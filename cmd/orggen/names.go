package main

// headline is a way to title an incident of a kind; %s is the title of a service.
type headline struct{ text, kind string }

// What happens within one service.
var localHeadlines = []headline{
	{"%s: elevated error rate after release", "change"},
	{"%s: release rolled back, checks failed in production", "change"},
	{"%s: wrong configuration rolled out", "configuration"},
	{"%s: timeout set too low for peak traffic", "configuration"},
	{"%s: p99 latency above 2 s", "capacity"},
	{"%s: out of memory, instances restarting", "capacity"},
	{"%s: connection pool exhausted", "capacity"},
	{"%s: queue backlog, 40 minutes behind", "capacity"},
	{"%s: disk 95 % full on the primary", "capacity"},
	{"%s: nightly job did not finish", "data"},
	{"%s: stale data served from cache", "data"},
	{"%s: duplicate messages processed", "data"},
	{"%s: slow queries after schema change", "change"},
	{"%s: one of three instances returns 5xx", "hardware"},
	{"%s: certificate expired", "configuration"},
	{"%s: retries overload the store", "capacity"},
}

// What happens where a service that others rely on fails.
var sharedHeadlines = []headline{
	{"%s degraded: timeouts in dependent services", "capacity"},
	{"%s: failover took longer than planned", "hardware"},
	{"%s: upgrade evicted instances too fast", "change"},
	{"%s: rate limits too low for the evening peak", "configuration"},
	{"%s: leader election loop", "hardware"},
	{"%s: change rolled back after error spike", "change"},
	{"%s: one availability zone unreachable", "hardware"},
	{"%s: expired credentials after rotation", "configuration"},
}

// What happens where another company's service fails.
var vendorHeadlines = []headline{
	{"%s unavailable: requests time out", "third-party"},
	{"%s: slow responses in one region", "third-party"},
	{"%s rejects one request in five", "third-party"},
}

// What is known of incidents whose cause nobody recorded.
var causelessHeadlines = []headline{
	{"Customers report errors in %s", ""},
	{"%s: short dip in success rate", ""},
	{"%s: latency spike, recovered on its own", ""},
	{"%s: error ratio alert, cause not found", ""},
}

// What happens while the warehouses move to the new control system.
var migrationHeadlines = []headline{
	{"%s: orders stuck after a zone moved to the new control", "migration"},
	{"%s: conveyor map out of step with the new control", "migration"},
	{"%s: pick lists printed twice", "migration"},
	{"%s: old and new control disagree on stock in transit", "migration"},
	{"%s: zone moved back to the old control", "migration"},
}

var plannedHeadlines = []headline{
	{"Planned: %s version upgrade", "maintenance"},
	{"Planned: %s moves to new hardware", "maintenance"},
	{"Planned: %s failover exercise", "maintenance"},
	{"Planned: %s certificate rotation", "maintenance"},
}

// What suppliers write on their status pages.
var supplierHeadlines = []string{
	"Elevated error rates", "Increased latency", "Delayed processing", "Partial outage in the EU region",
	"Intermittent timeouts", "Degraded performance", "Connectivity issues with an upstream network",
}
