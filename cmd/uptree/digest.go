package main

import (
	"context"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"uptree/generator"
	"uptree/generator/report"
)

// digestFlags are the flags of digest.
type digestFlags struct {
	since, asOf, previous string
	offline               bool
	jobs                  int
}

func digestCommand(a *app) *cobra.Command {
	var f digestFlags
	cmd := &cobra.Command{
		Use: "digest NODE", Short: "Print what is different at a node, as Markdown for mail or chat",
		Long: `Print what is different at a node and below it, as Markdown for mail or chat: what waits for it, what
changed, what it asked for, and its numbers outside what is usual. Nothing is published. Links are full
addresses where site.toml gives base_url.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("name one node: uptree digest NODE")
			}
			return a.digest(cmd.Context(), f, args[0])
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.since, "since", "7d", "how far back: a number of days, as 7d, or build for the last build")
	flags.StringVar(&f.asOf, "as-of", "", "the one clock (also SOURCE_DATE_EPOCH)")
	flags.StringVar(&f.previous, "previous", "", "address or folder of the published site, where .uptree is not kept")
	flags.BoolVar(&f.offline, "offline", false, "contact no other machine: last good data stand in")
	flags.IntVar(&f.jobs, "jobs", 0, "how much to do at once (default: the number of processors)")
	return cmd
}

var sinceDays = regexp.MustCompile(`^([1-9][0-9]{0,2})d$`)

// days is how far back --since goes; 0 is the last build.
func (f *digestFlags) days() (int, error) {
	if f.since == "build" {
		return 0, nil
	}
	m := sinceDays.FindStringSubmatch(f.since)
	if m == nil {
		return 0, usage("--since is a number of days up to 999d, or build, not %q", f.since)
	}
	return strconv.Atoi(m[1])
}

func (a *app) digest(ctx context.Context, f digestFlags, node string) error {
	days, err := f.days()
	if err != nil {
		return err
	}
	o, err := a.options(f.asOf, f.jobs)
	if err != nil {
		return err
	}
	o.Offline, o.Previous = f.offline, f.previous
	d, result, problems, err := generator.Digest(ctx, o, node, days)
	if err != nil {
		return err
	}
	if d == nil {
		if err := a.report(problems); err != nil {
			return err
		}
		return verdict(result, problems)
	}
	_, err = io.WriteString(a.stdout, digestMarkdown(d))
	return err
}

func digestMarkdown(d *report.Digest) string {
	var b strings.Builder
	say := func(s report.Sentence) string { return d.Say(s, escapeMarkdown, markdownLink) }
	b.WriteString("# " + say(d.Title) + "\n\n" + say(d.AsOf) + "\n")
	for _, s := range d.Sections {
		b.WriteString("\n## " + say(s.Title) + "\n\n")
		for _, line := range s.Lines {
			parts := make([]string, len(line))
			for i := range line {
				parts[i] = say(line[i])
			}
			b.WriteString("- " + strings.Join(parts, " ") + "\n")
		}
		if len(s.Lines) == 0 {
			b.WriteString(say(s.Empty) + "\n")
		}
	}
	if !d.Page.None() {
		b.WriteString("\n" + say(d.Page) + "\n")
	}
	return b.String()
}

// markdownLink keeps an address from ending before its end.
func markdownLink(text, address string) string {
	return "[" + escapeMarkdown(text) + "](" + strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E").Replace(plainText(address)) + ")"
}
