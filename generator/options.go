package generator

import (
	"slices"
	"time"

	"uptree/generator/check"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/publish"
	"uptree/generator/report"
	"uptree/generator/rollup"
)

// Options say what to build and how.
type Options struct {
	Dir         string // the folder of site.toml
	Config      string // its name in there
	Destination string // "": what site.toml says
	// AsOf returns the build's clock; it is asked once, with the site's zone.
	AsOf    func(*time.Location) time.Time
	Pinned  bool          // the clock was given: nothing in the output depends on when it was built
	Every   time.Duration // until the next build; 0: what site.toml says
	Jobs    int           // how much to do at once; 0 is the number of processors
	Offline bool
	// Refresh names the sources that are asked although their every has not passed;
	// source.All stands for each of them.
	Refresh []string
	// Previous is the address or the folder of the published site: its history stands in for
	// that in the folder .uptree where it is the newer one, or the only one.
	Previous string
	// Store is the folder of what is kept from build to build; "" is .uptree in Dir.
	Store     string
	CheckOnly bool // do all but publish
	// Apart leaves the folder .uptree as it is and publishes no history: what is built is for
	// looking at, not for going on from.
	Apart bool
	// WhatIf are changes of the organisation that have not happened; the site says so.
	WhatIf    []model.Change
	Strict    bool // publish nothing where there is a warning
	Deep      bool // walk the written pages too
	Published *check.Published
	// Precompress writes .gz twins beside the files.
	Precompress bool
	Version     string
	Log         func(string)                      // one sentence for each thing worth telling
	Progress    func(stage string, done, all int) // may be called from many goroutines
	// Input is told how many bytes there are to read, before they are read; nil for nobody.
	Input func(bytes int64)

	standIn *standIn // of Try
}

// Outcome says how a build ended.
type Outcome uint8

// The outcomes.
const (
	Built        Outcome = iota
	Unusable             // config, theme, words, tree or output: nothing published
	SourceFailed         // a source failed beyond its policy: nothing published
)

// Result is what a build made.
type Result struct {
	Outcome   Outcome
	AsOf      time.Time
	Nodes     int
	Services  int
	Journeys  int
	Incidents int
	Pages     int
	Sources   []model.SourceInfo
	Periods   []rollup.Period
	Published publish.Result
	Timings   []Timing
	// Conversations are what is asked, decided, traded and provided.
	Conversations []report.Entry
	// Tripped says of each gate that did not pass what its figure is.
	Tripped []string
	// Changed is what changed since the last build.
	Changed []report.TwinChange
	Skipped []string // checks that were not applied, with the reason
}

// Timing is how long a stage took.
type Timing struct {
	Stage string
	Took  time.Duration
}

// Stale names the sources that gave nothing fresh: stale, omitted or failed.
func (r *Result) Stale() []string {
	var out []string
	for _, s := range r.Sources {
		if s.Status != model.SourceOK {
			out = append(out, s.Name)
		}
	}
	return out
}

func (r *Result) describe(cube *rollup.Cube, plan *report.Plan) {
	m := cube.Model
	r.AsOf = time.Unix(int64(m.AsOf), 0).In(m.Calendar.Zone())
	r.Nodes, r.Services, r.Journeys, r.Incidents = len(m.Nodes), len(m.Services), len(m.Journeys), len(m.Incidents)
	r.Sources, r.Periods, r.Pages = m.Sources, cube.Periods, len(plan.Keys())
	r.Conversations, r.Tripped, r.Changed = plan.Entries(), plan.Tripped(), plan.SinceLast()
}

// sourceProblems are the codes that mean that a source failed beyond its policy.
var sourceProblems = []diag.Code{diag.SourceFailed, diag.SourceEmpty, diag.PreviousUnusable, diag.HistoryNewer}

func (b *build) sourceFailed() bool {
	failed := slices.ContainsFunc(b.problems, func(p diag.Problem) bool { return slices.Contains(sourceProblems, p.Code) })
	if failed {
		b.result.Outcome = SourceFailed
	}
	return failed
}

// unusable notes that the build cannot go on, if so.
func (b *build) unusable(yes bool) bool {
	if yes {
		b.result.Outcome = Unusable
	}
	return yes
}
