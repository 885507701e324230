package generator

import (
	"cmp"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"uptree/generator/check"
	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/history"
	"uptree/generator/publish"
	"uptree/generator/render"
	"uptree/generator/report"
	"uptree/generator/rollup"
	"uptree/generator/signal"
	"uptree/generator/source"
)

// build carries what the stages of one Build share: options, problems and times.
type build struct {
	o        Options
	began    time.Time
	site     *config.Site
	problems diag.List
	result   *Result
	store    *source.Store
	history  *history.Memory // with what this build pulled
	unasked  []config.Source // those of site.toml that Fetch leaves alone
	day      int             // of the build
	last     lastBuild       // of a Preview
	changes  *signal.Changes

	current string
	since   time.Time
}

// stage ends the timing of the stage before and begins the next; "" ends the last.
func (b *build) stage(name string) {
	now := time.Now()
	if b.current != "" {
		b.result.Timings = append(b.result.Timings, Timing{b.current, now.Sub(b.since)})
	}
	b.current, b.since = name, now
	b.progress(0, 0)
}

func (b *build) progress(done, all int) {
	if b.o.Progress != nil {
		b.o.Progress(b.current, done, all)
	}
}

// jobs is how many goroutines a stage that computes may use.
func (b *build) jobs() int { return cmp.Or(b.o.Jobs, runtime.GOMAXPROCS(0)) }

// took collects the problems of a stage.
func (b *build) took(problems diag.List) { b.problems.Append(problems) }

// leveled are the problems with the severities that the site gives them.
func (b *build) leveled() diag.List {
	if b.site == nil {
		return b.problems
	}
	return b.problems.WithLevels(b.site.CheckLevels)
}

// refused reports whether --strict keeps the site from being published.
func (b *build) refused() bool {
	list := b.leveled()
	return b.unusable(b.o.Strict && !b.o.CheckOnly && list.Count(diag.Error)+list.Count(diag.Warning) > 0)
}

// check applies the rules that need no written pages.
func (b *build) check(in check.Input) {
	found, skipped := check.Run(in)
	b.took(found)
	b.result.Skipped = skipped
}

// walk applies the rules over written pages, where asked for. What it finds is reported
// and keeps no site from being published: the pages that are right are worth having.
func (b *build) walk(in check.Input, site *publish.Site) diag.List {
	if b.o.Deep {
		in.Pages = site
		b.took(check.Deep(in))
		b.result.Skipped = nil
	}
	return nil
}

// destination is where the site is published. A what-if is not published in its place.
func (b *build) destination() (string, error) {
	own := b.site.Publish.Dir
	if !filepath.IsAbs(own) {
		own = filepath.Join(b.o.Dir, own)
	}
	if b.o.Destination == "" {
		return own, nil
	}
	if len(b.o.WhatIf) > 0 && sameFolder(own, b.o.Destination) {
		return "", &OwnFolderError{b.o.Destination}
	}
	return b.o.Destination, nil
}

func sameFolder(a, b string) bool {
	a, errA := filepath.Abs(a)
	b, errB := filepath.Abs(b)
	return errA == nil && errB == nil && a == b
}

// counting shows how many of the pages are written.
func (b *build) counting(pages int, put render.Put) render.Put {
	var done atomic.Int64
	return func(path string, content []byte) error {
		if strings.HasSuffix(path, ".html") {
			b.progress(int(done.Add(1)), pages)
		}
		return put(path, content)
	}
}

// describe is what build.json says. With a given clock it holds no time of its own, so
// that the same input gives the same bytes.
func (b *build) describe(plan *report.Plan) *report.Build {
	out := plan.Build(b.every())
	out.Version = b.o.Version
	if !b.o.Pinned {
		out.Started, out.Seconds = b.began.UTC().Format(time.RFC3339), time.Since(b.began).Seconds()
	}
	out.AddProblems(b.leveled().Sorted())
	return out
}

// every is the time between two builds. A clock that was given says nothing about the next.
func (b *build) every() time.Duration {
	const daily = 24 * time.Hour
	switch {
	case b.o.Every > 0:
		return b.o.Every
	case b.site.Publish.Every > 0 || b.o.Pinned:
		return b.site.Publish.Every
	}
	return daily
}

// periods are the lengths of time that site.toml asks for.
func periods(site *config.Site) []rollup.PeriodSpec {
	var out []rollup.PeriodSpec
	for _, p := range site.Periods {
		out = append(out, rollup.PeriodSpec{Name: p.Name, Days: p.Days})
	}
	return out
}
