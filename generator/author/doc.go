// Package author writes the files that people go on writing: documents with the right front
// matter, asks and decisions in those there are, and a first site.
//
// Input: what is asked for, and what the site knows (a content.Resolver). Output: files in
// the site's folder. Nothing that exists is overwritten: a document is only added to, and
// what is new in it is held to the rules of package content before it is written.
//
// Failure policy: what is refused leaves every file as it was.
package author
