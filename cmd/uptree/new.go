package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"uptree/generator"
	"uptree/generator/author"
	"uptree/generator/content"
	"uptree/generator/diag"
)

func newCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use: "new", Short: "Begin a document, or add an ask or a decision to one",
		Long: "Begin a document with the right front matter, or add an ask or a decision to that of a node,\nservice or journey. Nothing is overwritten. Without an id it names those that have no document yet.",
		RunE: func(*cobra.Command, []string) error {
			return usage("name what is new: node, service, journey, incident, page, ask, decision or theme")
		},
	}
	for _, k := range author.Kinds {
		cmd.AddCommand(a.newDocument(k))
	}
	cmd.AddCommand(a.newAsk(), a.newDecision(), a.newTheme())
	return cmd
}

// newDocument is the command that begins a document of a kind.
func (a *app) newDocument(k author.Kind) *cobra.Command {
	var title, asOf string
	word := "ID"
	if k.Name == content.Page {
		word = "NAME"
	}
	cmd := &cobra.Command{
		Use: string(k.Name) + " " + word, Short: "Begin " + k.Doc,
		RunE: func(cmd *cobra.Command, args []string) error {
			site, subjects, err := a.written(cmd.Context(), asOf)
			if err != nil {
				return err
			}
			if len(args) != 1 {
				return missingID(subjects, k.Name, len(args))
			}
			file, err := site.Begin(k, args[0], title)
			return a.wrote(file, err, "Write below the +++, then: uptree check "+file)
		},
	}
	asOfFlag(cmd.Flags(), &asOf)
	if k.Name == content.Page {
		cmd.Flags().StringVar(&title, "title", "", "heading of the page (default: its name)")
	}
	return cmd
}

func asOfFlag(flags *pflag.FlagSet, asOf *string) {
	flags.StringVar(asOf, "as-of", "", "the day on which it is written (also SOURCE_DATE_EPOCH)")
}

func (a *app) newAsk() *cobra.Command {
	var ask author.Ask
	var asOf string
	cmd := &cobra.Command{
		Use: "ask SUBJECT", Short: "Add what a team needs from a level that can give it",
		Example: `  uptree new ask checkout --text "Two more people for the night rota"` + "\n" +
			`  uptree new ask service:checkout --to platform --text "A failover that is tested"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.newEntry(cmd, asOf, args, []flagValue{{"text", ask.Text}}, func(site *author.Site, of author.Subject) (string, error) {
				file, id, err := site.Ask(of, ask)
				if err == nil {
					a.say("The ask is called %s.", id)
				}
				return file, err
			})
		},
	}
	asOfFlag(cmd.Flags(), &asOf)
	cmd.Flags().StringVar(&ask.Text, "text", "", "what is asked, in a sentence")
	cmd.Flags().StringVar(&ask.To, "to", "", "node that is asked (default: the level above)")
	cmd.Flags().StringVar(&ask.ID, "id", "", "name of the ask in its document (default: from its first words)")
	cmd.Flags().StringVar(&ask.Since, "since", "", "day on which it was asked (default: today)")
	return cmd
}

func (a *app) newDecision() *cobra.Command {
	var d author.Decision
	var asOf string
	cmd := &cobra.Command{
		Use: "decision SUBJECT", Short: "Add what was decided about an objective or a metric",
		Example: `  uptree new decision checkout --about checkout-availability --choice fund \` + "\n" +
			`    --by-role "Head of Checkout" --text "A failover proxy before the peak"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			needed := []flagValue{{"about", d.About}, {"choice", d.Choice}, {"by-role", d.ByRole}, {"text", d.Text}}
			return a.newEntry(cmd, asOf, args, needed, func(site *author.Site, of author.Subject) (string, error) { return site.Decide(of, d) })
		},
	}
	asOfFlag(cmd.Flags(), &asOf)
	cmd.Flags().StringVar(&d.About, "about", "", "objective or metric that it is about")
	cmd.Flags().StringVar(&d.Choice, "choice", "", "fix, fund, relax, tighten, accept or pause-releases")
	cmd.Flags().StringVar(&d.ByRole, "by-role", "", "role that stands for it, never a person's name")
	cmd.Flags().StringVar(&d.Text, "text", "", "what was decided, in a sentence")
	cmd.Flags().StringVar(&d.Since, "since", "", "first day on which it holds (default: today)")
	cmd.Flags().StringVar(&d.Until, "until", "", "last day, after which it asks for another look (default: in three months)")
	return cmd
}

// flagValue is a flag that has to be given, and its value.
type flagValue struct{ name, value string }

// newEntry adds an ask or a decision to the document of the subject in args.
func (a *app) newEntry(cmd *cobra.Command, asOf string, args []string, needed []flagValue, add func(*author.Site, author.Subject) (string, error)) error {
	site, subjects, err := a.written(cmd.Context(), asOf)
	if err != nil {
		return err
	}
	if len(args) != 1 {
		return usage("name what it is for: the id of a node, or service:ID or journey:ID")
	}
	of, err := site.Subject(args[0])
	if err != nil {
		return a.wrote("", err, "")
	}
	if err := missingFlags(subjects, of, needed); err != nil {
		return err
	}
	file, err := add(site, of)
	return a.wrote(file, err, "Then: uptree check "+file)
}

// written is the site that is written into. Subjects is nil where it cannot be read.
func (a *app) written(ctx context.Context, asOf string) (*author.Site, *generator.Subjects, error) {
	o, err := a.options(asOf, 0)
	if err != nil {
		return nil, nil, err
	}
	subjects, problems, err := generator.ReadSubjects(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	if subjects != nil {
		return &author.Site{Dir: a.source, Today: subjects.Today, Resolve: subjects.Resolve, Check: subjects.Check}, subjects, nil
	}
	if problems.ByCode()[diag.NoConfig] > 0 {
		return nil, nil, exit{exitUnusable, fmt.Sprintf("there is no site in %s: \"uptree init\" begins one", a.source)}
	}
	a.say("The site's data cannot be read, so ids are taken as they are: \"uptree check\" says what is wrong.")
	return &author.Site{Dir: a.source, Today: o.AsOf(time.Local)}, nil, nil
}

// wrote prints the file that was written, or why none was.
func (a *app) wrote(file string, err error, next string) error {
	var refused *author.RefusedError
	if errors.As(err, &refused) {
		if err := a.report(refused.Problems); err != nil {
			return err
		}
	}
	if err != nil {
		return refusal(err)
	}
	fmt.Fprintln(a.stdout, file)
	a.say("%s", next)
	return nil
}

// refusal is the error of a command that refuses what it was asked for.
func refusal(err error) error {
	var refused *author.RefusedError
	if !errors.As(err, &refused) {
		return err
	}
	if refused.Hint == "" {
		return exit{exitUnusable, refused.Text}
	}
	return exit{exitUnusable, refused.Text + "; " + refused.Hint}
}

// maxNamed bounds the ids that a message names.
const maxNamed = 12

// missingID names the ids that may be meant.
func missingID(subjects *generator.Subjects, kind content.Kind, given int) error {
	if kind == content.Page {
		return usage("name the page: its name is its address below guide/")
	}
	if given > 1 {
		return usage("name one %s", kind)
	}
	var ids []string
	if subjects != nil {
		ids = subjects.Without(kind)
	}
	if len(ids) == 0 {
		return usage("name the %s: its id", kind)
	}
	return usage("name the %s; without a document are %s", kind, some(ids))
}

// some names the first of many.
func some(ids []string) string {
	if more := len(ids) - maxNamed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(ids[:maxNamed], ", "), more)
	}
	return strings.Join(ids, ", ")
}

// missingFlags says which flags are missing, and what a decision there may be about.
func missingFlags(subjects *generator.Subjects, of author.Subject, needed []flagValue) error {
	var missing []string
	about := false
	for _, f := range needed {
		if f.value == "" {
			missing = append(missing, "--"+f.name)
			about = about || f.name == "about"
		}
	}
	if len(missing) == 0 {
		return nil
	}
	text := "give also " + strings.Join(missing, ", ")
	if about && subjects != nil {
		ids := subjects.Objectives(of.Kind, of.ID)
		ids = append(ids, subjects.Metrics()...)
		text += "; it may be about " + some(ids)
	}
	return usage("%s", text)
}
