// Package render writes a report.Plan with a theme: HTML pages, their JSON and CSV twins,
// the list of ids and the assets.
//
// Output goes through a put function as paths from the site's root and bytes, in no
// particular order; the same plan and theme give the same bytes at any number of jobs.
// Pages are drawn by many workers, each with its own buffers, one page at a time.
//
// html/template draws the frame of a page: the layout of its kind and the partials. What
// makes up most of the bytes (tables, tiles, SVG, JSON, CSV) is appended by writers that
// templates call as methods of View; they escape in one place, escape.go. The theme's
// contract are View and the blocks of package report.
//
// Links of a plan start at the site's root and become relative here; addresses that lead
// out of the site are published only if they are http or https. The clock is in build.json
// and build.js alone.
//
// Failure policy: a theme that does not parse or does not fit its data is a problem; what
// put returns, and cancellation, are errors.
package render
