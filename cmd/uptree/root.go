package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"uptree/generator/diag"
)

// app holds the flags that all commands share and where they write to.
type app struct {
	stdout, stderr io.Writer
	source         string
	config         string
	logFormat      string
	quiet          bool
	noColor        bool
}

// commands is the table of commands.
var commands = []func(*app) *cobra.Command{
	buildCommand, checkCommand, diffCommand, digestCommand, explainCommand, fetchCommand, initCommand, listCommand, newCommand, serveCommand, sourceCommand, versionCommand, whatIfCommand,
}

func execute(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := rootCommand(&app{stdout: stdout, stderr: stderr})
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	if err != nil && unknownCommand(root, args) {
		err = usage("%v", err)
	}
	return codeOf(err, stderr)
}

// rootCommand is the tree of commands.
func rootCommand(a *app) *cobra.Command {
	root := &cobra.Command{
		Use: "uptree", Short: "Map the service graph onto the org tree, and publish what each level controls",
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.validate() },
		RunE: func(cmd *cobra.Command, args []string) error {
			return usage("name a command: build, check, diff, digest, explain, fetch, init, list, new, serve, source, version or whatif")
		},
	}
	f := root.PersistentFlags()
	f.StringVarP(&a.source, "source", "C", ".", "folder that holds site.toml")
	f.StringVarP(&a.config, "config", "c", "site.toml", "name of the configuration in that folder")
	f.StringVar(&a.logFormat, "log-format", "text", "messages as text or json")
	f.BoolVarP(&a.quiet, "quiet", "q", false, "print problems only")
	f.BoolVar(&a.noColor, "no-color", os.Getenv("NO_COLOR") != "", "no colours (also NO_COLOR)")
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage("%v", err) })
	root.CompletionOptions.HiddenDefaultCmd = true
	for _, c := range commands {
		root.AddCommand(c(a))
	}
	return root
}

// unknownCommand reports whether the arguments name no command, which cobra reports as a
// plain error.
func unknownCommand(root *cobra.Command, args []string) bool {
	_, _, err := root.Find(args)
	return err != nil
}

func (a *app) validate() error {
	if a.logFormat != "text" && a.logFormat != "json" {
		return usage("--log-format is text or json, not %q", a.logFormat)
	}
	return nil
}

// colour reports whether messages may be coloured: only text on a terminal.
func (a *app) colour() bool { return !a.noColor && isTerminal(a.stderr) }

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// say prints a line of progress, unless quiet.
func (a *app) say(format string, args ...any) {
	if a.quiet {
		return
	}
	text := fmt.Sprintf(format, args...)
	if a.logFormat == "json" {
		line, err := json.Marshal(map[string]string{"level": "info", "text": text})
		if err == nil {
			fmt.Fprintf(a.stderr, "%s\n", line)
		}
		return
	}
	fmt.Fprintln(a.stderr, text)
}

// report prints the problems to stderr.
func (a *app) report(list diag.List) error {
	if len(list) == 0 {
		return nil
	}
	if a.logFormat == "json" {
		return diag.JSON(a.stderr, list)
	}
	return diag.Text(a.stderr, list, a.colour())
}

// clock returns the build's clock: --as-of, else SOURCE_DATE_EPOCH, else now. Pinned says
// that it was given.
func clock(flag string, zone *time.Location) (asOf time.Time, pinned bool, err error) {
	if flag != "" {
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", time.DateOnly} {
			if t, err := time.ParseInLocation(layout, flag, zone); err == nil {
				return t, true, nil
			}
		}
		return time.Time{}, false, usage("--as-of is a time like 2026-08-24T09:05:00+02:00, not %q", flag)
	}
	if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		var seconds int64
		if _, err := fmt.Sscanf(epoch, "%d", &seconds); err != nil {
			return time.Time{}, false, usage("SOURCE_DATE_EPOCH is a number of seconds, not %q", epoch)
		}
		return time.Unix(seconds, 0).UTC(), true, nil
	}
	return time.Now(), false, nil
}
