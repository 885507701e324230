package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"uptree/generator"
	"uptree/generator/ingest"
	"uptree/generator/model"
	"uptree/generator/source"
)

// fetchFlags are the flags of fetch.
type fetchFlags struct {
	asOf    string
	jobs    int
	refresh []string
}

func fetchCommand(a *app) *cobra.Command {
	var f fetchFlags
	cmd := &cobra.Command{
		Use: "fetch [source…]", Short: "Ask the sources and keep what they give, without building the site",
		Long: "Ask the sources, all or those named, and keep what they give as their last good data.\nA source that is named is asked although its every has not passed.",
		RunE: func(cmd *cobra.Command, names []string) error { return a.fetch(cmd.Context(), f, names) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.asOf, "as-of", "", "the one clock (also SOURCE_DATE_EPOCH)")
	flags.IntVar(&f.jobs, "jobs", 0, "how much to do at once (default: the number of processors)")
	refreshFlag(flags, &f.refresh)
	return cmd
}

// refreshFlag adds --refresh, alone for every source or with the names of some.
func refreshFlag(flags *pflag.FlagSet, names *[]string) {
	flags.StringSliceVar(names, "refresh", nil, "ask sources although their every has not passed: all, or =source,…")
	flags.Lookup("refresh").NoOptDefVal = source.All
}

func (a *app) fetch(ctx context.Context, f fetchFlags, names []string) error {
	o, err := a.options(f.asOf, f.jobs)
	if err != nil {
		return err
	}
	o.Refresh = f.refresh
	show := a.fetchProgress()
	outcomes, problems, err := generator.Fetch(ctx, o, names, show.update)
	show.done()
	if e := a.report(problems); e != nil {
		return e
	}
	switch {
	case err != nil:
		return err
	case outcomes == nil && problems.HasErrors():
		return exit{exitUnusable, "nothing was fetched"}
	}
	if err := a.print(outcomeRows(outcomes)); err != nil {
		return err
	}
	if failed := failedNames(outcomes); len(failed) > 0 {
		return exit{exitSource, "no data from " + strings.Join(failed, ", ")}
	}
	return nil
}

func outcomeRows(outcomes []ingest.Outcome) [][]string {
	rows := [][]string{{"SOURCE", "STATUS", "RECORDS", "REJECTED", "BYTES", "DATA OF"}}
	for _, o := range outcomes {
		row := []string{o.Source.Name, o.Status.String(), "-", "-", "-", "-"}
		if o.Used != nil {
			row = []string{o.Source.Name, o.Status.String(), fmt.Sprint(o.Records), fmt.Sprint(o.Rejected), fmt.Sprint(o.Used.Size()),
				o.Used.FetchedAt.UTC().Format(time.RFC3339)}
		}
		rows = append(rows, row)
	}
	return rows
}

func failedNames(outcomes []ingest.Outcome) []string {
	var names []string
	for _, o := range outcomes {
		if o.Status == model.SourceFailed {
			names = append(names, o.Source.Name)
		}
	}
	return names
}

// fetchProgress shows what each source has given so far: on a terminal as it grows, else
// one line when it is done.
type fetchProgress struct {
	mu   sync.Mutex
	pool *mpb.Progress // nil without a terminal
	bars map[string]*mpb.Bar
	say  func(format string, args ...any)
}

func (a *app) fetchProgress() *fetchProgress {
	return &fetchProgress{pool: a.pool(), bars: map[string]*mpb.Bar{}, say: a.say}
}

func (f *fetchProgress) update(p source.Progress) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.pool == nil && p.Done:
		f.say("%s: %d bytes", p.Source, p.Bytes)
	case f.pool == nil:
	case p.Done:
		if bar := f.bars[p.Source]; bar != nil {
			bar.Abort(true)
		}
	default:
		f.grow(p)
	}
}

func (f *fetchProgress) grow(p source.Progress) {
	bar := f.bars[p.Source]
	if bar == nil {
		bar = f.pool.AddSpinner(0, mpb.BarRemoveOnComplete(),
			mpb.PrependDecorators(decor.Name(p.Source+" ")), mpb.AppendDecorators(decor.CurrentKiloByte(" % .1f")))
		f.bars[p.Source] = bar
	}
	bar.SetCurrent(p.Bytes)
}

// done ends what is still shown, after an interruption.
func (f *fetchProgress) done() {
	if f.pool == nil {
		return
	}
	f.mu.Lock()
	for _, bar := range f.bars {
		bar.Abort(true)
	}
	f.mu.Unlock()
	f.pool.Wait()
}
