// Package ingest says what the bytes of the sources mean.
//
// Input is the Site and one Payload per source; output is the frozen Model. A source is
// read in one of three ways: flat records (CSV and JSON Lines, without a mapping) go from
// the decoder straight into a Batch; documents without a mapping are searched for their
// records; a mapping, written in site.toml or brought by a preset, turns inputs into
// records. All three end in the same conversion of values (values.go) and in one converter
// per dataset.
//
// Invariants: the batches are in order of source, then of file, whatever the number of
// jobs, so the same bytes give the same model. For each source, records read are those
// accepted, merged (by the model) and rejected; inputs that a mapping made nothing of are
// counted beside. Nothing but the fields of the datasets is kept of a record.
//
// Failure policy: a value that cannot be read leaves its field empty, a record that cannot
// do without it is rejected, and both are counted, one problem per file and reason. A
// source whose fresh copy cannot be read at all or gives less than it is expected to is read
// from its last good copy, and says so; without one it fails by its on_error: the problem SourceOmitted, or SourceFailed or SourceEmpty, on which the caller
// must not publish. A mapping or preset that cannot be used is an error of site.toml. The
// error is cancellation alone.
package ingest
