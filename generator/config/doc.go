// Package config reads site.toml.
//
// Input is the file alone; output is a Site with every default filled in, which never
// changes afterwards. Nothing else is opened: whether a source's path leads anywhere is
// found out by package source, whether its preset exists and its mapping compiles by
// package ingest.
//
// Reading is strict. A key that is not in Keys, in the wrong case, of the wrong type, given
// twice, out of range, missing or in conflict with another is a problem at its line and
// column, and all of them are found in one run. After problems the Site holds defaults in
// place of what could not be read, so that later stages may go on looking for more; a Site
// with errors must not be published.
//
// Secrets do not belong in the file. A key that looks like one is a problem, and no line
// with such a key is shown in any problem without its value masked.
package config
