package main

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"uptree/generator"
	"uptree/generator/check"
	"uptree/generator/diag"
)

// checkFlags are the flags of check.
type checkFlags struct {
	format, against, asOf string
	deep                  bool
	jobs                  int
}

func checkCommand(a *app) *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use: "check [path…]", Short: "Do all that build does but publish, and say what to mend",
		RunE: func(cmd *cobra.Command, paths []string) error { return a.check(cmd, f, paths) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "text", "text, json, sarif or github")
	flags.StringVar(&f.against, "against", "", "address or folder of the published site, whose ids count as known")
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

func (a *app) check(cmd *cobra.Command, f checkFlags, paths []string) error {
	printer := -1
	for i := range printers {
		if printers[i].name == f.format {
			printer = i
		}
	}
	if printer < 0 {
		return usage("--format is text, json, sarif or github, not %q", f.format)
	}
	o, err := a.options(f.asOf, f.jobs)
	if err != nil {
		return err
	}
	o.CheckOnly, o.Deep = true, f.deep
	if f.against != "" {
		if o.Published, err = check.ReadPublished(cmd.Context(), f.against); err != nil {
			return exit{exitUsage, err.Error()}
		}
	}
	result, problems, err := generator.Build(cmd.Context(), o)
	if err != nil {
		return err
	}
	problems = within(problems, a.source, paths)
	if err := printers[printer].print(a, problems); err != nil {
		return err
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
