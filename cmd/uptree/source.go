package main

import (
	"context"
	"encoding/json"

	"github.com/spf13/cobra"

	"uptree/generator"
	"uptree/generator/diag"
	"uptree/generator/published"
)

// tryFlags are the flags of source try.
type tryFlags struct {
	from, preset, asOf string
	limit, jobs        int
	json               bool
}

const tryLong = `Read one page of what a source gives, or a file in its place, and say what would become of it: each raw
record beside the record that is made of it, those that are rejected with the reason, the fields that
nothing reads, the ids that meet no service, and the numbers of the site that would move. The site is built
twice from last good data, without and with these records; nothing is published or kept.

A preset that site.toml does not name yet is tried on a file: --preset pagerduty --from answer.json.
Values of fields about persons, and of those that nothing reads, are not shown.`

func sourceCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use: "source", Short: "Try a source of data before the site depends on it",
		RunE: func(*cobra.Command, []string) error {
			return usage("say what to do with a source: uptree source try NAME")
		},
	}
	cmd.AddCommand(tryCommand(a))
	return cmd
}

func tryCommand(a *app) *cobra.Command {
	var f tryFlags
	cmd := &cobra.Command{
		Use: "try NAME", Short: "Show what a source gives, what is made of it, and what would change on the site", Long: tryLong,
		Example: "  uptree source try pagerduty\n  uptree source try pagerduty --from answer.json\n  uptree source try --preset opsgenie --from answer.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) > 1 || len(args) == 0 && f.preset == "":
				return usage("name one source of site.toml: uptree source try NAME")
			case f.preset != "" && f.from == "":
				return usage("--preset needs --from FILE: site.toml does not say where its data are")
			case f.limit < 0:
				return usage("--limit is a number of records, not %d", f.limit)
			}
			name := ""
			if len(args) == 1 {
				name = args[0]
			}
			return a.try(cmd.Context(), f, name)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.from, "from", "", "file that is read in place of asking")
	flags.StringVar(&f.preset, "preset", "", "preset to try that no source of site.toml has; needs --from")
	flags.IntVar(&f.limit, "limit", 5, "records that are shown of each fate")
	flags.BoolVar(&f.json, "json", false, "print it as JSON")
	flags.StringVar(&f.asOf, "as-of", "", "the one clock (also SOURCE_DATE_EPOCH)")
	flags.IntVar(&f.jobs, "jobs", 0, "how much to do at once (default: the number of processors)")
	return cmd
}

func (a *app) try(ctx context.Context, f tryFlags, name string) error {
	o, err := a.options(f.asOf, f.jobs)
	if err != nil {
		return err
	}
	o.Log = func(string) {}
	tried, problems, err := generator.Try(ctx, o, generator.TryOptions{Source: name, Preset: f.preset, From: f.from, Limit: f.limit})
	if e := a.report(problems); e != nil {
		return e
	}
	switch {
	case err != nil:
		return err
	case tried == nil:
		return exit{tryCode(problems), "nothing was tried"}
	}
	print := a.tryText
	if f.json {
		print = a.tryJSON
	}
	if err := print(tried); err != nil {
		return err
	}
	if !tried.Usable {
		return exit{tryCode(problems), "a build would not take these data"}
	}
	return nil
}

// tryCode is the exit code for data that cannot be used: whether site.toml is wrong about
// them, or they are not what it says.
func tryCode(problems diag.List) int {
	for _, p := range problems {
		switch p.Code {
		case diag.SourceFailed, diag.SourceEmpty, diag.SourceOmitted, diag.SourceStale:
			return exitSource
		}
	}
	return exitUnusable
}

// triedJSON is what source try says to programs.
type triedJSON struct {
	Schema string `json:"schema"`
	Source string `json:"source"`
	From   string `json:"from"`
	*generator.Tried
	Unmet   []unmetJSON           `json:"unmet"`
	Since   string                `json:"compared_with,omitempty"`
	Changes *published.Difference `json:"changes"`
	Unknown string                `json:"unknown,omitempty"` // why changes are
}

type unmetJSON struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"`
	Text string `json:"text"`
	Hint string `json:"hint,omitempty"`
}

func (a *app) tryJSON(t *generator.Tried) error {
	out := triedJSON{
		Schema: "uptree/try/1", Source: t.Source.Name, From: t.Origin, Tried: t,
		Unmet: []unmetJSON{}, Since: t.Since, Changes: t.Changes, Unknown: t.Unknown,
	}
	for _, p := range t.Unmet {
		out.Unmet = append(out.Unmet, unmetJSON{p.Pos.File, p.Pos.Line, p.Text, p.Hint})
	}
	e := json.NewEncoder(a.stdout)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
