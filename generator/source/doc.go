// Package source fetches the bytes of a site's sources and keeps the last good ones.
//
// Input is the Site of package config; output is one Payload per source, in the order of
// site.toml: what the source gave now (Fresh), what it gave when it was last good
// (LastGood), both as Blobs that lie on the disk, are opened one at a time and never held
// as one slice, or why it gave nothing. What the bytes mean is for package ingest: it uses
// the fresh copy if that decodes and meets the source's expect, else the last good one.
// Store.Keep then makes the copies that were good the last good ones.
//
// A source that fails is a problem, decided by its on_error: the other sources are still
// fetched, and the caller sees from Payload.Status whether the site may be published. The
// error is kept for cancellation.
//
// Invariants: a last good copy is replaced whole and at once, so it outlives a kill at any
// moment; it is never used for a source that is now defined otherwise. What is said of a
// failure names no path of the machine and no secret.
//
// The same files give the same payloads at any number of jobs.
package source
