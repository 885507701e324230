package main

import (
	"errors"
	"fmt"
	"path/filepath"
)

const bulkConfig = `# Written by orggen for measurements.
title = "Size %s"
timezone = "Europe/Stockholm"

[period.7d]
[period.28d]
default = true
[period.90d]
[period.365d]

[source.org]
dataset = "nodes"
path = "data/org.csv"

[source.catalogue]
dataset = "services"
path = "data/services.csv"

[source.dependencies]
dataset = "dependencies"
path = "data/dependencies.csv"

[source.journeys]
dataset = "journeys"
path = "data/journeys.csv"

[source.incidents]
dataset = "incidents"
path = "data/incidents-*.csv"
covers = ["*"]

[source.probes]
dataset = "synthetics"
path = "data/synthetics-*.csv"

[severity.incidents]
order = ["sev1", "sev2", "sev3", "sev4"]
sev1 = ["P1"]
sev2 = ["P2"]
sev3 = ["P3"]
sev4 = ["P4"]
`

func (b *bulk) writeConfig() error {
	f := createFile(filepath.Join(b.dir, "site.toml"))
	f.write(fmt.Appendf(nil, bulkConfig, b.name))
	return f.close()
}

const bulkDocument = `+++
title = "Node %[1]d"
review_by = "2027-03-01"
links = [{ title = "Runbook", url = "https://docs.acme.example/n%[1]d" }]
+++

We run the services below and answer for them day and night. Two of them carry most of
the load; the others can wait until the morning.

## What we traded

- **Slower releases for fewer rollbacks.** Since spring each release bakes for an hour.
- **One region.** A second one costs more than the four hours a year it would save.

What we rely on most is [service %[2]d](service:s%[2]d).

| what | limit |
|---|---|
| restart | 4 min |
| restore | 2 h |
`

func (b *bulk) writeDocuments() error {
	r := stream(b.seed, "documents")
	var errs []error
	for i := 0; i < b.nodes; i += nodesPerDocument {
		f := createFile(filepath.Join(b.dir, "content", "org", fmt.Sprintf("n%d.md", i)))
		f.write(fmt.Appendf(nil, bulkDocument, i, b.shared(r)))
		errs = append(errs, f.close())
	}
	return errors.Join(errs...)
}
