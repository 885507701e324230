// Package content reads the Markdown that teams write and renders it safely.
//
// Input is a folder of documents, content/{org,service,journey,incident}/<id>.md and
// content/pages/**/<name>.md, each with optional front matter: TOML between two +++
// lines, with a closed set of keys. Load turns it into Docs, Check holds them against
// the ids that exist, Render makes a document's HTML, Links and Excerpt its links and
// its first words as plain text.
//
// Invariants. A Doc is read-only after Load and may be used by many goroutines. Render
// is pure. An HTML holds only elements and attributes that this package writes: no HTML
// of the author, no style, no script, no address but http, https and those a Resolver
// gave. A document costs time and output in proportion to its size, whatever it holds.
//
// Failure policy: what is wrong with a document is a problem at its file and line, and
// takes away as little as possible. Front matter that cannot be read leaves the body, an
// unsafe link leaves its text. No document stops another. Errors are for I/O alone.
package content
