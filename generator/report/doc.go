// Package report decides what the site says: pages, selection, rounding, order, URLs.
//
// Input are the site's configuration, the cube, the context and the findings; the result
// is a Plan: the keys of all pages and a function from a key to its Page. Page is pure
// and computes when asked, so that memory does not grow with the number of pages.
//
// A Page is made of typed blocks: figures, tables, sentences, links. They are the
// contract with themes (see theme.toml). Everything a reader sees is decided here;
// package render only writes it down. Sentences are words of the theme (words.toml) with
// named arguments; numbers are rounded here, in format.go, and nowhere else. The twins
// (index.json, data.csv) carry the same figures unrounded.
//
// Links are paths from the site's root, or addresses of other sites; render makes them
// relative. Pages do not hold the clock: they print days, and the moments of records.
//
// Nothing here fails: what is missing is said on the page with the reason.
package report
