package main

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"uptree/generator/published"
)

func diffCommand(a *app) *cobra.Command {
	format, all := "text", false
	cmd := &cobra.Command{
		Use: "diff OLD NEW", Short: "Say what changed from one published site to another",
		Long: "Say what changed from one published site to another: pages, numbers, states of objectives and lines of\nattention. OLD and NEW are folders or addresses.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage("diff two sites: uptree diff OLD NEW")
			}
			print, ok := diffFormats[format]
			if !ok {
				return usage("--format is text, json or markdown, not %q", format)
			}
			d, err := published.Compare(cmd.Context(), published.Site(args[0]), published.Site(args[1]))
			if err != nil {
				return err
			}
			limit := shownChanges
			if all {
				limit = 0
			}
			return print(a.stdout, d, limit)
		},
	}
	cmd.Flags().StringVar(&format, "format", format, "text, json or markdown")
	cmd.Flags().BoolVar(&all, "all", false, "every change, however many there are (json has them always)")
	return cmd
}

// shownChanges is how many changes of a kind are written out, so that a comment on a pull
// request can be read. The rest is counted.
const shownChanges = 40

// diffFormats is the table of formats of diff.
var diffFormats = map[string]func(w io.Writer, d *published.Difference, limit int) error{
	"text": func(w io.Writer, d *published.Difference, limit int) error {
		_, err := io.WriteString(w, diffText{item: "  ", end: "\n", escape: plainText}.write(d, limit))
		return err
	},
	"markdown": func(w io.Writer, d *published.Difference, limit int) error {
		_, err := io.WriteString(w, diffText{head: "### ", item: "- ", end: "\n", escape: escapeMarkdown}.write(d, limit))
		return err
	},
	"json": func(w io.Writer, d *published.Difference, _ int) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(d)
	},
}

// plainText takes out what could move a terminal's cursor.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, s)
}

// escapeMarkdown keeps titles from being read as links, code or mentions.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range plainText(s) {
		switch {
		case r == '@':
			b.WriteString("@\u200b") // else a comment would call people
			continue
		case strings.ContainsRune("\\`*_{}[]<>()#+!|~&", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
