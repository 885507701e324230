package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"uptree/generator/check"
	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/ingest"
	"uptree/generator/model"
	"uptree/generator/report"
	"uptree/generator/rollup"
	"uptree/generator/signal"
	"uptree/generator/source"
)

// listing is a row of the table of what "uptree list" prints, each from the table that the
// program itself works by.
type listing struct {
	name, doc string
	rows      func(*app) [][]string
}

var listings = []listing{
	{"metrics", "what is computed at each node", metricRows},
	{"datasets", "the records that sources give, with their fields", datasetRows},
	{"formats", "the formats of files", formatRows},
	{"presets", "vendors' shapes that need no mapping", presetRows},
	{"sources", "the kinds of sources", sourceRows},
	{"pages", "the pages of a site", pageRows},
	{"signals", "the rules behind the lines of attention", signalRows},
	{"changes", "what is told of a step from one state to another", changeRows},
	{"rules", "the checks and the codes of problems", ruleRows},
}

func listCommand(a *app) *cobra.Command {
	names := make([]string, len(listings))
	help := "Print one of the program's tables:\n"
	for i, l := range listings {
		names[i] = l.name
		help += fmt.Sprintf("  %-9s %s\n", l.name, l.doc)
	}
	names = append(names, themeListing)
	help += fmt.Sprintf("  %-9s %s\n", themeListing, "the files of the theme, and what the site has in their place")
	help += "or what the site's documents say:\n"
	for _, l := range choreListings {
		names = append(names, l.name)
		help += fmt.Sprintf("  %-9s %s\n", l.name, l.doc)
	}
	var f choreFlags
	cmd := &cobra.Command{
		Use: "list " + strings.Join(names, "|"), Short: "Print what the program knows: metrics, formats, presets, rules…; or a site's asks and decisions", Long: help, ValidArgs: names,
		RunE: func(cmd *cobra.Command, args []string) error { return a.list(cmd, f, names, args) },
	}
	f.add(cmd.Flags())
	return cmd
}

func (a *app) list(cmd *cobra.Command, f choreFlags, names, args []string) error {
	if len(args) != 1 || !slices.Contains(names, args[0]) {
		return usage("list one of: %s", strings.Join(names, ", "))
	}
	for _, l := range choreListings {
		if l.name == args[0] {
			return a.chores(cmd.Context(), f, l)
		}
	}
	if f != (choreFlags{format: "text"}) {
		return usage("list %s takes none of --due, --format, --as-of and --offline: they are for a site's asks and decisions", args[0])
	}
	if args[0] == themeListing {
		return a.themeRows()
	}
	for _, l := range listings {
		if l.name == args[0] {
			return a.print(l.rows(a))
		}
	}
	return nil
}

func (a *app) print(rows [][]string) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		cells := make([]string, len(r))
		for i, c := range r {
			cells[i] = plainText(c)
		}
		fmt.Fprintln(w, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
	}
	return w.Flush()
}

// metricRows are uptree's metrics and those of the site, where there is one.
func metricRows(a *app) [][]string {
	rows := [][]string{{"METRIC", "UNIT", "OPERATOR", "FORMULA"}}
	site, _, err := config.Load(os.DirFS(a.source), a.source, a.config)
	if err != nil {
		site = &config.Site{} // the table is the program's
	}
	for _, m := range rollup.Table(site.Metrics) {
		rows = append(rows, []string{m.ID, string(m.Unit), string(m.Operator), m.Formula})
	}
	return rows
}

func datasetRows(*app) [][]string {
	rows := [][]string{{"DATASET", "FIELD", "REQUIRED", "MEANING"}}
	for _, d := range model.Specs {
		rows = append(rows, []string{d.Name, "", "", d.Doc})
		for _, f := range d.Fields {
			required := ""
			if f.Required {
				required = "yes"
			}
			rows = append(rows, []string{"", f.Name, required, f.Doc})
		}
	}
	return rows
}

func formatRows(*app) [][]string {
	rows := [][]string{{"FORMAT", "FILES", "MEANING"}}
	for _, f := range ingest.Formats() {
		rows = append(rows, []string{f.Name, strings.Join(f.Extensions, " "), f.Doc})
	}
	return rows
}

func presetRows(*app) [][]string {
	rows := [][]string{{"PRESET", "EVIDENCE", "READS", "MORE"}}
	for _, p := range ingest.Presets() {
		rows = append(rows, []string{p.Name, p.Evidence, p.Title, "uptree explain preset:" + p.Name})
	}
	return rows
}

// explainPreset prints how the system of a preset is asked.
func (a *app) explainPreset(name string) error {
	p, ok := ingest.PresetNamed(name)
	if !ok {
		return usage("there is no preset %q; %s", name, cmp.Or(diag.DidYouMean(name, ingest.PresetNames()), "uptree list presets prints them"))
	}
	_, err := fmt.Fprint(a.stdout, p.Text())
	return err
}

func sourceRows(*app) [][]string {
	rows := [][]string{{"KIND", "MEANING", "KEYS"}}
	for _, c := range source.Connectors {
		rows = append(rows, []string{c.Kind, c.Doc, strings.Join(config.KeysOf(c.Kind), " ")})
	}
	return rows
}

func pageRows(*app) [][]string {
	rows := [][]string{{"PAGE", "ADDRESS", "ANSWERS"}}
	for _, k := range report.Kinds {
		rows = append(rows, []string{k.Name, k.URL, k.Doc})
	}
	return rows
}

func signalRows(*app) [][]string {
	rows := [][]string{{"SIGNAL", "WHEN AND WHERE"}}
	for _, r := range signal.Rules {
		rows = append(rows, []string{r.Code, r.Doc})
	}
	return rows
}

func changeRows(*app) [][]string {
	rows := [][]string{{"CHANGE", "OF", "WHEN"}}
	for _, c := range signal.Transitions {
		rows = append(rows, []string{c.Code, c.Aspect, c.Doc})
	}
	return rows
}

func ruleRows(*app) [][]string {
	rows := [][]string{{"RULE", "", "MEANING"}}
	for _, r := range check.Rules {
		rows = append(rows, []string{r.Name, "", r.Doc})
	}
	for _, c := range diag.Codes {
		rows = append(rows, []string{string(c.Code), c.Severity.String(), c.Title + ". " + c.Doc})
	}
	return rows
}
