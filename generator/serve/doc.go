// Package serve shows a site to whoever writes it: it watches, builds again, and tells the
// open pages what is new.
//
// Input: a build function, which package generator gives, and a listener. Output: HTTP.
// Pages are drawn when they are asked for; nothing is written anywhere.
//
// A page that is served asks for a script, which holds a stream of events open. After each
// build the page is drawn again for each open stream: where its bytes differ it is loaded
// again, where only its style sheet does that one is exchanged, and where they are the same
// nothing happens. Problems that are errors lie over the page, with file, line and hint,
// until they are mended; below them stands the last site that could be built.
//
// The pages come under the policy that published ones ask for, with leave for the stream,
// so that what would break in public breaks here. Only names of this machine are answered,
// which keeps a foreign page from reading the site by rebinding a name of its own.
//
// Failure policy: a build that fails is shown and the next change tried; an error of the
// first build, or of the listener, ends Run.
package serve
