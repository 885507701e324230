package main

import (
	"context"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"uptree/generator"
	"uptree/generator/check"
	"uptree/generator/diag"
)

// checkFlags are the flags of check.
type checkFlags struct {
	format, against, asOf string
	published, impact     string
	maxAge                time.Duration
	deep, offline         bool
	jobs                  int
}

func checkCommand(a *app) *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use: "check [path…]", Short: "Do all that build does but publish, and say what to mend",
		Long: "Do all that build does but publish, and say what to mend. With --published nothing of that\nis done: only the age of a published site is checked.",
		RunE: func(cmd *cobra.Command, paths []string) error {
			if err := f.validate(cmd, paths); err != nil {
				return err
			}
			if f.published != "" {
				return a.checkPublished(cmd.Context(), f)
			}
			return a.check(cmd.Context(), f, paths)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "text", "text, json, sarif or github")
	flags.StringVar(&f.against, "against", "", "address or folder of the published site, whose ids count as known")
	flags.StringVar(&f.impact, "impact", "", "with --against: write which pages and numbers the change moves, as Markdown, to this file (-: standard output)")
	flags.StringVar(&f.published, "published", "", "only check how old the published site at this address or folder is")
	flags.DurationVar(&f.maxAge, "max-age", defaultMaxAge, "with --published, how old its build, and the data of a source that failed, may be")
	flags.BoolVar(&f.offline, "offline", false, "contact no other machine: last good data stand in")
	flags.BoolVar(&f.deep, "deep", false, "render the pages too and walk every link")
	flags.StringVar(&f.asOf, "as-of", "", "the build's one clock (also SOURCE_DATE_EPOCH)")
	flags.IntVar(&f.jobs, "jobs", 0, "how much to do at once (default: the number of processors)")
	return cmd
}

// printers is the table of formats.
var printers = []struct {
	name  string
	print func(*app, diag.List) error
}{
	{"text", func(a *app, l diag.List) error { return diag.Text(a.stdout, l, !a.noColor && isTerminal(a.stdout)) }},
	{"json", func(a *app, l diag.List) error { return diag.JSON(a.stdout, l) }},
	{"sarif", func(a *app, l diag.List) error { return diag.SARIF(a.stdout, l, version()) }},
	{"github", func(a *app, l diag.List) error { return diag.GitHub(a.stdout, l) }},
}

// defaultMaxAge suits a site that is built every night.
const defaultMaxAge = 26 * time.Hour

func (f *checkFlags) validate(cmd *cobra.Command, paths []string) error {
	given := cmd.Flags().Changed
	if f.printer() == nil {
		return usage("--format is text, json, sarif or github, not %q", f.format)
	}
	if f.impact != "" && f.against == "" {
		return usage("--impact compares with the published site: name it with --against")
	}
	if f.published == "" {
		if given("max-age") {
			return usage("--max-age is for --published")
		}
		return nil
	}
	if len(paths) > 0 || f.deep || f.offline || f.against != "" {
		return usage("--published checks the age of a site and nothing else: leave out paths, --against, --deep and --offline")
	}
	if f.maxAge <= 0 {
		return usage("--max-age is longer than 0")
	}
	return nil
}

// printer is the one of the format; nil where there is none.
func (f *checkFlags) printer() func(*app, diag.List) error {
	for _, p := range printers {
		if p.name == f.format {
			return p.print
		}
	}
	return nil
}

// checkPublished is the dead man's check: it fails where nobody builds the site any more.
func (a *app) checkPublished(ctx context.Context, f checkFlags) error {
	now, _, err := clock(f.asOf, time.UTC)
	if err != nil {
		return err
	}
	age, problems, err := check.Freshness(ctx, f.published, now, f.maxAge)
	if err != nil {
		return err
	}
	if err := f.printer()(a, problems); err != nil {
		return err
	}
	if len(problems) > 0 {
		return exit{code: exitUnusable}
	}
	a.say("The site was built %s ago; no source that failed has data older than %s.", age.Truncate(time.Second), f.maxAge)
	return nil
}

func (a *app) check(ctx context.Context, f checkFlags, paths []string) error {
	o, err := a.options(f.asOf, f.jobs)
	if err != nil {
		return err
	}
	o.CheckOnly, o.Deep, o.Offline = true, f.deep, f.offline
	if f.against != "" {
		if o.Published, err = check.ReadPublished(ctx, f.against); err != nil {
			return exit{exitUsage, err.Error()}
		}
	}
	build := generator.Build
	if f.impact != "" {
		build = func(ctx context.Context, o generator.Options) (*generator.Result, diag.List, error) {
			return a.impact(ctx, f, o)
		}
	}
	result, problems, err := build(ctx, o)
	if err != nil {
		return err
	}
	problems = within(problems, a.source, paths)
	if err := f.printer()(a, problems); err != nil {
		return err
	}
	if f.impact != "" && result.Outcome != generator.Built {
		a.say("skipped impact: the site cannot be built")
	}
	for _, s := range result.Skipped {
		a.say("skipped %s", s)
	}
	a.say("%d errors, %d warnings, %d notes.", problems.Count(diag.Error), problems.Count(diag.Warning), problems.Count(diag.Note))
	return verdict(result, problems)
}

// verdict is exit 1 for anything but notes; a source that failed is told apart.
func verdict(result *generator.Result, problems diag.List) error {
	switch {
	case result.Outcome == generator.SourceFailed:
		return exit{code: exitSource}
	case result.Outcome == generator.Unusable, problems.Count(diag.Error)+problems.Count(diag.Warning) > 0:
		return exit{code: exitUnusable}
	}
	return nil
}

// within keeps the problems of the named files and folders, which are relative to the
// working folder or to the site's.
func within(problems diag.List, source string, paths []string) diag.List {
	if len(paths) == 0 {
		return problems
	}
	var out diag.List
	for _, p := range problems {
		for _, want := range paths {
			if covers(want, p.Pos.File) || covers(relative(source, want), p.Pos.File) {
				out.Add(p)
				break
			}
		}
	}
	return out
}

func relative(source, want string) string {
	rel, err := filepath.Rel(source, want)
	if err != nil {
		return want
	}
	return rel
}

func covers(want, file string) bool {
	want = path.Clean(filepath.ToSlash(want))
	return want == "." || file == want || strings.HasPrefix(file, want+"/")
}
