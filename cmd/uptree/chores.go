package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/pflag"

	"uptree/generator"
	"uptree/generator/report"
)

// choreListing is a row of the table of what "uptree list" reads from a site's documents.
type choreListing struct {
	name, doc, kind string
	head            []string
	row             func(e *report.Entry) []string
}

var choreListings = []choreListing{
	{"asks", "what is asked of whom, for how long", "ask", []string{"FROM", "TO", "STATUS", "SINCE", "DAYS", "TEXT", "FILE"},
		func(e *report.Entry) []string { return []string{e.Subject, e.To, e.Status, e.Since, days(e), e.Text} }},
	{"decisions", "what was decided about which number, until when", "decision", []string{"NODE", "ABOUT", "CHOICE", "STATUS", "UNTIL", "DAYS", "TEXT", "FILE"},
		func(e *report.Entry) []string {
			return []string{e.Node, e.About, e.Choice, e.Status, e.Until, days(e), e.Text}
		}},
}

// choreFlags are the flags of the listings of a site.
type choreFlags struct {
	due, offline bool
	format, asOf string
}

func (f *choreFlags) add(flags *pflag.FlagSet) {
	flags.BoolVar(&f.due, "due", false, "asks and decisions: only what waits for an answer or another look")
	flags.StringVar(&f.format, "format", "text", "asks and decisions: text or json")
	flags.StringVar(&f.asOf, "as-of", "", "asks and decisions: the one clock (also SOURCE_DATE_EPOCH)")
	flags.BoolVar(&f.offline, "offline", false, "asks and decisions: contact no other machine: last good data stand in")
}

// chores prints one kind of the site's conversations.
func (a *app) chores(ctx context.Context, f choreFlags, l choreListing) error {
	if f.format != "text" && f.format != "json" {
		return usage("--format is text or json, not %q", f.format)
	}
	o, err := a.options(f.asOf, 0)
	if err != nil {
		return err
	}
	o.CheckOnly, o.Offline = true, f.offline
	result, problems, err := generator.Build(ctx, o)
	if err != nil {
		return err
	}
	if result.Outcome != generator.Built {
		if err := a.report(problems); err != nil {
			return err
		}
		return verdict(result, problems)
	}
	found := []report.Entry{}
	for _, e := range result.Conversations {
		if e.Kind == l.kind && (e.Due || !f.due) {
			found = append(found, e)
		}
	}
	if f.format == "json" {
		out := json.NewEncoder(a.stdout)
		out.SetIndent("", "  ")
		return out.Encode(found)
	}
	rows := [][]string{l.head}
	for i := range found {
		place := fmt.Sprintf("%s:%d", found[i].File, found[i].Line)
		rows = append(rows, append(l.row(&found[i]), place))
	}
	return a.print(rows)
}

// days is how long something has been due; a dash where it is not.
func days(e *report.Entry) string {
	if !e.Due {
		return "-"
	}
	return fmt.Sprint(e.Days)
}
