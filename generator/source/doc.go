// Package source fetches the bytes of a site's sources.
//
// Input is the Site of package config; output is one Payload per source, in the order of
// site.toml: what the source gave, as Blobs that are opened one at a time and never held
// as one slice, or why it gave nothing. What the bytes mean is for package ingest.
//
// A source that fails is a problem, decided by its on_error: the other sources are still
// fetched, and the caller sees from Payload.Status whether the site may be published. The
// error is kept for cancellation.
//
// The same files give the same payloads at any number of jobs.
package source
