package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"uptree/generator"
	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/published"
)

// whatIfFlags are the flags of whatif.
type whatIfFlags struct {
	file, destination, asOf, format string
	all                             bool
	jobs                            int
}

const whatIfLong = `Say which numbers would move where if nodes had other parents or services other owners, before a
reorganisation happens. The site is built twice from last good data, as it is and as if; nobody is asked
and nothing is remembered.

The changes hold from today on, as they would on the day of the reorganisation. The tree of a build is
always that of its day, so a node takes its past with it: what it had moves to the levels above its new
place, in past periods too. A service that gets another owner does not: what happened to it stays with the
owner of its day, while its objectives, and what is still to be done, go to the new one.

A file of changes is TOML with the tables [node] and [service] (cards = "acme"), or CSV with the columns
node and parent, or service and owner.`

func whatIfCommand(a *app) *cobra.Command {
	var f whatIfFlags
	cmd := &cobra.Command{
		Use: "whatif move NODE PARENT… | owner SERVICE NODE…", Short: "Say which numbers would move if nodes or services were elsewhere", Long: whatIfLong,
		RunE: func(cmd *cobra.Command, args []string) error {
			changes, err := f.changes(args)
			if err != nil {
				return err
			}
			if _, ok := whatIfFormats[f.format]; !ok {
				return usage("--format is text, json or markdown, not %q", f.format)
			}
			return a.whatIf(cmd.Context(), f, changes)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.file, "moves", "", "file of changes, TOML or CSV, beside or in place of arguments")
	flags.StringVarP(&f.destination, "destination", "d", "", "keep the site as it would be here, for looking at")
	flags.StringVar(&f.asOf, "as-of", "", "the one clock (also SOURCE_DATE_EPOCH)")
	flags.StringVar(&f.format, "format", "text", "text, json or markdown")
	flags.BoolVar(&f.all, "all", false, "every change, however many there are (json has them always)")
	flags.IntVar(&f.jobs, "jobs", 0, "how much to do at once (default: the number of processors)")
	return cmd
}

// changes are those of the arguments and of the file.
func (f *whatIfFlags) changes(args []string) ([]model.Change, error) {
	var out []model.Change
	if len(args) > 0 {
		if args[0] != "move" && args[0] != "owner" || len(args) < 3 || len(args)%2 == 0 {
			return nil, usage("say what moves where: uptree whatif move NODE PARENT [NODE PARENT…], or owner SERVICE NODE")
		}
		for i := 1; i < len(args); i += 2 {
			out = append(out, model.Change{Service: args[0] == "owner", ID: args[i], To: args[i+1]})
		}
	}
	if f.file != "" {
		src, err := os.ReadFile(f.file)
		if err != nil {
			return nil, usage("--moves: %v", err)
		}
		found, problems := config.Changes(f.file, src)
		if len(problems) > 0 {
			return nil, &unusable{problems}
		}
		out = append(out, found...)
	}
	if len(out) == 0 {
		return nil, usage("say what moves where: uptree whatif move NODE PARENT, or --moves FILE")
	}
	return out, nil
}

// unusable are problems of what was asked for.
type unusable struct{ diag.List }

func (u *unusable) Error() string {
	var b strings.Builder
	if err := diag.Text(&b, u.List, false); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}

// whatIf builds both sites and prints how they differ.
func (a *app) whatIf(ctx context.Context, f whatIfFlags, changes []model.Change) error {
	o, err := a.options(f.asOf, f.jobs)
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "uptree-whatif-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	asIf, asIs := filepath.Join(temp, "as-if"), filepath.Join(temp, "as-is")
	if f.destination != "" {
		asIf = f.destination
		if err := replaceable(asIf); err != nil {
			return err
		}
	}
	o.WhatIf, o.Log = changes, func(string) {}
	result, problems, err := generator.WhatIf(ctx, o, asIf, asIs)
	if err != nil {
		return err
	}
	if result.Outcome != generator.Built {
		return refusedWhatIf(result.Outcome, problems)
	}
	d, err := published.Compare(ctx, published.Site(asIs), published.Site(asIf))
	if err != nil {
		return err
	}
	limit := shownChanges
	if f.all {
		limit = 0
	}
	return whatIfFormats[f.format](a.stdout, changes, d, limit)
}

// replaceable refuses to put a what-if in the place of a site that people read.
func replaceable(dir string) error {
	src, err := os.ReadFile(filepath.Join(dir, "build.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var built struct {
		WhatIf []string `json:"what_if"`
	}
	if err != nil || json.Unmarshal(src, &built) != nil || len(built.WhatIf) == 0 {
		return usage("%s holds a site that is no what-if: name another folder with -d", dir)
	}
	return nil
}

// refusedWhatIf is what keeps the site from being built: wrong usage where the changes
// cannot be.
func refusedWhatIf(outcome generator.Outcome, problems diag.List) error {
	var errs diag.List
	code := exitUnusable
	if outcome == generator.SourceFailed {
		code = exitSource
	}
	for _, p := range problems {
		if p.Severity() == diag.Error {
			errs.Add(p)
		}
		if p.Code == diag.ImpossibleChange {
			code = exitUsage
		}
	}
	return exit{code, "nothing was compared\n" + (&unusable{errs}).Error()}
}

// whatIfFormats is the table of formats of whatif.
var whatIfFormats = map[string]func(w io.Writer, changes []model.Change, d *published.Difference, limit int) error{
	"text": func(w io.Writer, changes []model.Change, d *published.Difference, limit int) error {
		return writeWhatIf(w, diffText{item: "  ", end: "\n", escape: plainText}, changes, d, limit)
	},
	"markdown": func(w io.Writer, changes []model.Change, d *published.Difference, limit int) error {
		return writeWhatIf(w, diffText{head: "### ", item: "- ", end: "\n", escape: escapeMarkdown}, changes, d, limit)
	},
	"json": func(w io.Writer, changes []model.Change, d *published.Difference, _ int) error {
		out := whatIfJSON{Schema: "uptree/whatif/1", Difference: d}
		for _, c := range changes {
			out.WhatIf = append(out.WhatIf, c.String())
		}
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(out)
	},
}

// whatIfJSON is a difference without its list of pages: each page of a what-if says so and
// differs by that alone.
type whatIfJSON struct {
	Schema string   `json:"schema"`
	WhatIf []string `json:"what_if"`
	*published.Difference
	Pages *published.Pages `json:"pages,omitempty"`
}

func writeWhatIf(w io.Writer, t diffText, changes []model.Change, d *published.Difference, limit int) error {
	for _, c := range changes {
		fmt.Fprintf(w, "What if: %s%s", t.escape(c.String()), t.end)
	}
	text := t.sections(d, limit)
	if text == "" {
		text = t.end + "Nothing would change." + t.end
	}
	_, err := io.WriteString(w, text)
	return err
}
