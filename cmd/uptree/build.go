package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"uptree/generator"
	"uptree/generator/diag"
	"uptree/generator/report"
)

// buildFlags are the flags of build.
type buildFlags struct {
	destination, asOf         string
	previous                  string
	offline, strict           bool
	precompress, timings, out bool
	failOn, refresh           []string
	every                     time.Duration
	jobs                      int
}

func buildCommand(a *app) *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use: "build", Short: "Read the sources, compute every node and publish the site", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.validate(); err != nil {
				return err
			}
			if f.every > 0 {
				return a.buildEvery(cmd.Context(), f)
			}
			return a.build(cmd.Context(), f)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.destination, "destination", "d", "", "where to publish (default: what site.toml says, else public)")
	flags.StringVar(&f.asOf, "as-of", "", "the build's one clock, such as 2026-08-24T09:05:00+02:00 (also SOURCE_DATE_EPOCH)")
	flags.StringVar(&f.previous, "previous", "", "address or folder of the published site, whose history stands in where that in .uptree is older or gone")
	flags.BoolVar(&f.offline, "offline", false, "contact no other machine: last good data stand in")
	refreshFlag(flags, &f.refresh)
	flags.BoolVar(&f.strict, "strict", false, "exit 1 and publish nothing new on any warning")
	flags.StringSliceVar(&f.failOn, "fail-on", nil, "exit 4 after publishing when this is so: stale")
	flags.DurationVar(&f.every, "every", 0, "stay and build again after this long")
	flags.IntVar(&f.jobs, "jobs", 0, "how much to do at once (default: the number of processors)")
	flags.BoolVar(&f.precompress, "precompress", false, "write a .gz twin beside each larger file")
	flags.BoolVar(&f.timings, "timings", false, "print how long each stage took")
	flags.BoolVar(&f.out, "json", false, "print the result as JSON")
	return cmd
}

func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%s takes no %q", cmd.Name(), args[0])
	}
	return nil
}

func (f *buildFlags) validate() error {
	for _, what := range f.failOn {
		if what != "stale" {
			return usage("--fail-on knows: stale; not %q", what)
		}
	}
	if f.offline && len(f.refresh) > 0 {
		return usage("--offline asks no source and --refresh asks them: give one of them")
	}
	if f.offline && strings.Contains(f.previous, "://") {
		return usage("--offline contacts no other machine and --previous names one: give its folder, or one of them")
	}
	if f.jobs < 0 {
		return usage("--jobs is at least 1")
	}
	if f.every < 0 || f.every > 0 && f.every < time.Second {
		return usage("--every is at least 1s")
	}
	if f.every > 0 && f.asOf != "" {
		return usage("--every moves the clock and --as-of holds it: give one of them")
	}
	return nil
}

// buildEvery builds until it is interrupted; a build that fails leaves the old site
// standing and is tried again.
func (a *app) buildEvery(ctx context.Context, f buildFlags) error {
	for {
		if err := a.build(ctx, f); err != nil && ctx.Err() == nil {
			codeOf(err, a.stderr)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(f.every):
		}
	}
}

func (a *app) build(ctx context.Context, f buildFlags) error {
	o, err := a.options(f.asOf, f.jobs)
	if err != nil {
		return err
	}
	o.Refresh, o.Previous, o.Every = f.refresh, f.previous, f.every
	o.Destination, o.Offline, o.Precompress, o.Strict = f.destination, f.offline, f.precompress, f.strict
	bar := a.progress()
	o.Progress = bar.update
	result, problems, err := generator.Build(ctx, o)
	bar.done()
	if e := a.report(problems); e != nil {
		return e
	}
	if err != nil {
		return err
	}
	return a.finish(f, result, problems)
}

// finish prints the result and turns it into the exit code.
func (a *app) finish(f buildFlags, result *generator.Result, problems diag.List) error {
	if f.timings {
		for _, t := range result.Timings {
			fmt.Fprintf(a.stderr, "%-10s %8.3f s\n", t.Stage, t.Took.Seconds())
		}
	}
	switch result.Outcome {
	case generator.SourceFailed:
		return exit{exitSource, "a source failed: nothing was published, the old site stands"}
	case generator.Unusable:
		return exit{exitUnusable, "nothing was published, the old site stands"}
	}
	if f.out {
		if err := a.printJSON(result, problems); err != nil {
			return err
		}
	} else {
		a.say("%s", summary(result, problems))
	}
	return tripped(f, result)
}

// tripped is what whoever runs the build asked to hear of.
func tripped(f buildFlags, result *generator.Result) error {
	var out []string
	for _, gate := range result.Tripped {
		out = append(out, plainText(gate))
	}
	if stale := result.Stale(); slices.Contains(f.failOn, "stale") && len(stale) > 0 {
		out = append(out, "without fresh data from "+strings.Join(stale, ", "))
	}
	if len(out) == 0 {
		return nil
	}
	return exit{exitTripped, "published, but " + strings.Join(out, "\n  ")}
}

func summary(r *generator.Result, problems diag.List) string {
	p := r.Published
	changed := ""
	if n := len(r.Changed); n > 0 {
		needs := slices.DeleteFunc(slices.Clone(r.Changed), func(c report.TwinChange) bool { return c.Lever == "" })
		changed = fmt.Sprintf(" Since the last build: %d changes, %d of which need someone.", n, len(needs))
	}
	return fmt.Sprintf("%d pages for %d nodes, %d services, %d journeys; %d incidents. Files: %d new, %d changed, %d gone, %d as they were (%s). %d errors, %d warnings.",
		r.Pages, r.Nodes, r.Services, r.Journeys, r.Incidents, p.Added, p.Changed, p.Removed, p.Unchanged, p.Publisher,
		problems.Count(diag.Error), problems.Count(diag.Warning)) + changed
}

type buildJSON struct {
	AsOf      time.Time `json:"as_of"`
	Pages     int       `json:"pages"`
	Nodes     int       `json:"nodes"`
	Services  int       `json:"services"`
	Journeys  int       `json:"journeys"`
	Incidents int       `json:"incidents"`
	Files     struct {
		Added     int    `json:"added"`
		Changed   int    `json:"changed"`
		Removed   int    `json:"removed"`
		Unchanged int    `json:"unchanged"`
		Bytes     int64  `json:"bytes"`
		Publisher string `json:"publisher"`
	} `json:"files"`
	Changed  []report.TwinChange `json:"since_last_build"`
	Stale    []string            `json:"stale"`
	Tripped  []string            `json:"tripped"`
	Problems map[diag.Code]int   `json:"problems"`
}

func (a *app) printJSON(r *generator.Result, problems diag.List) error {
	out := buildJSON{AsOf: r.AsOf, Pages: r.Pages, Nodes: r.Nodes, Services: r.Services, Journeys: r.Journeys, Incidents: r.Incidents,
		Changed: append([]report.TwinChange{}, r.Changed...), Stale: append([]string{}, r.Stale()...),
		Tripped: append([]string{}, r.Tripped...), Problems: problems.ByCode()}
	p := r.Published
	out.Files.Added, out.Files.Changed, out.Files.Removed, out.Files.Unchanged = p.Added, p.Changed, p.Removed, p.Unchanged
	out.Files.Bytes, out.Files.Publisher = p.Bytes, p.Publisher
	enc := json.NewEncoder(a.stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
