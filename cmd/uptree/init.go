package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"uptree/generator/author"
)

func initCommand(a *app) *cobra.Command {
	var asOf string
	cmd := &cobra.Command{
		Use: "init DIR", Short: "Begin a site: a small one that works, to be changed into yours",
		Long: "Begin a site: a small one that works, with invented data, to be changed into yours. DIR is\nnew or empty.",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("name the folder of the site: uptree init DIR")
			}
			today, _, err := clock(asOf, time.UTC)
			if err != nil {
				return err
			}
			return a.begin(args[0], today)
		},
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "the day on which its data end (also SOURCE_DATE_EPOCH)")
	return cmd
}

// begin writes the site and says what may be done with it.
func (a *app) begin(dir string, today time.Time) error {
	files, err := author.Init(dir, today.UTC())
	if err != nil {
		return refusal(err)
	}
	for _, file := range files {
		fmt.Fprintln(a.stdout, filepath.ToSlash(filepath.Join(dir, file)))
	}
	in := quoted(filepath.ToSlash(dir))
	a.say("A site with invented data is there; README.md says what to change. To see it:\n  cd %s\n  uptree serve", in)
	return nil
}

// quoted is a word as a shell takes it.
func quoted(word string) string {
	if strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/") == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
