package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"uptree/generator"
	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/report"
	"uptree/generator/rollup"
)

// explainFlags are the flags of explain.
type explainFlags struct {
	json, offline, all bool
	asOf               string
	jobs               int
}

func explainCommand(a *app) *cobra.Command {
	var f explainFlags
	cmd := &cobra.Command{
		Use: "explain NODE/METRIC[@PERIOD] | CODE | site.toml:KEY | preset:NAME", Short: "Say how a figure was computed, what a problem or a key means, or how a vendor is asked",
		Long:    "Say how a figure was computed: formula, records with their places, what was left out, the terms of\nits total, coverage, sources and their age. A subject is the id of a node, or service:ID or journey:ID.\nOr say what the code of a problem means (explain M101), or what a key of site.toml does\n(explain site.toml:edit_url), or how the system of a preset is asked, and what is read of it\n(explain preset:pagerduty).",
		Example: "  uptree explain payments/incident_time@28d\n  uptree explain service:checkout/synthetic_success",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("say what is to be explained: node/metric@period, the code of a problem, site.toml:key or preset:name")
			}
			return a.explain(cmd.Context(), f, args[0])
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.json, "json", false, "print it as JSON, with all records")
	flags.BoolVar(&f.all, "all", false, "list all records, however many there are")
	flags.BoolVar(&f.offline, "offline", false, "contact no other machine: last good data stand in")
	flags.StringVar(&f.asOf, "as-of", "", "the one clock (also SOURCE_DATE_EPOCH)")
	flags.IntVar(&f.jobs, "jobs", 0, "how much to do at once (default: the number of processors)")
	return cmd
}

func (a *app) explain(ctx context.Context, f explainFlags, text string) error {
	if entry := diag.Lookup(diag.Code(strings.ToUpper(text))); entry.Title != "" {
		fmt.Fprintf(a.stdout, "%s %s: %s\n%s\n", entry.Code, entry.Severity, entry.Title, entry.Doc)
		return nil
	}
	if key, ok := strings.CutPrefix(text, "site.toml:"); ok {
		return a.explainKey(key)
	}
	if name, ok := strings.CutPrefix(text, "preset:"); ok {
		return a.explainPreset(name)
	}
	q, ok := generator.AskQuestion(text)
	if !ok {
		return usage("%q is no figure (node/metric@period), no code of a problem, no site.toml:key and no preset:name", text)
	}
	o, err := a.options(f.asOf, f.jobs)
	if err != nil {
		return err
	}
	o.Offline = f.offline
	figures, result, problems, err := generator.Compute(ctx, o)
	if err != nil {
		return err
	}
	if figures == nil {
		if err := a.report(problems); err != nil {
			return err
		}
		return verdict(result, problems)
	}
	e, err := figures.Explain(q)
	var unknown *generator.UnknownError
	if errors.As(err, &unknown) {
		return exit{exitUsage, err.Error()}
	}
	if f.json {
		return a.explainJSON(q, e)
	}
	limit := shownRecords
	if f.all {
		limit = len(e.Records)
	}
	return a.explainText(e, limit)
}

// explainKey prints what the keys of that name do.
func (a *app) explainKey(name string) error {
	var names []string
	found := false
	for _, k := range config.Keys {
		full := strings.TrimPrefix(k.Table+"."+k.Name, ".")
		names = append(names, full)
		if full == name || k.Name == name {
			found = true
			fmt.Fprintf(a.stdout, "%s: %s\n%s\n", full, k.Type, k.Doc)
		}
	}
	if !found {
		return usage("site.toml has no key %q; %s", name, diag.DidYouMean(name, names))
	}
	return nil
}

// shownRecords is how many records are printed; JSON has them all.
const shownRecords = 50

// explainText prints an explanation for people.
func (a *app) explainText(e *generator.Explanation, limit int) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	p := explainPrinter{Explanation: e, w: w, at: e.Model.Calendar}
	p.row("%s", p.subject())
	p.row("%s, %s", e.Metric.Title, p.window())
	p.row("")
	p.row("value\t%s", p.value())
	p.row("formula\t%s", e.Metric.Formula)
	p.figures()
	p.conservation()
	if e.Cell.Of > 0 {
		p.row("coverage\t%d of %d", e.Cell.Covered, e.Cell.Of)
	}
	for _, n := range e.Cell.Notes {
		p.row("note\t%s: %d", n.Code, n.Count)
	}
	if e.Metric.Caveat != "" {
		p.row("caveat\t%s", e.Metric.Caveat)
	}
	for i := range e.Sources {
		p.row("source\t%s", p.source(&e.Sources[i]))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return p.records(limit)
}

type explainPrinter struct {
	*generator.Explanation
	w  *tabwriter.Writer
	at *model.Calendar
}

// row writes a line of cells, parted by tabs. What came from outside moves no cursor.
func (p *explainPrinter) row(format string, args ...any) {
	for i, a := range args {
		if text, ok := a.(string); ok && !strings.Contains(text, "\t") {
			args[i] = plainText(text)
		}
	}
	fmt.Fprintf(p.w, format+"\n", args...)
}

func (p *explainPrinter) subject() string {
	kind, id := subjectID(p.Model, p.Subject)
	return fmt.Sprintf("%s (%s %s)", cmp.Or(p.Title, id), kind, id)
}

func subjectID(m *model.Model, s rollup.Subject) (kind, id string) {
	switch s.Kind {
	case rollup.ServiceSubject:
		return "service", m.Services[s.Index].ID
	case rollup.JourneySubject:
		return "journey", m.Journeys[s.Index].ID
	}
	return "node", m.Nodes[s.Index].ID
}

func (p *explainPrinter) window() string {
	w := p.Period.Current
	return fmt.Sprintf("%s: %s to %s", p.Period.Name, p.stamp(w.From), p.stamp(w.To))
}

func (p *explainPrinter) stamp(t model.Time) string {
	return time.Unix(int64(t), 0).In(p.at.Zone()).Format("2006-01-02 15:04")
}

func (p *explainPrinter) figure(v float64) string { return report.Figure(p.Metric.Unit, v, p.Cell.Den) }

func (p *explainPrinter) value() string {
	c := p.Cell
	switch {
	case c.Spread != nil && c.Spread.N > 0:
		return fmt.Sprintf("median %s of %d services, from %s to %s", p.figure(c.Spread.Median), c.Spread.N, p.figure(c.Spread.Low), p.figure(c.Spread.High))
	case !c.Known:
		return "none: " + c.Reason.String()
	case len(c.Dists) > 0:
		var out []string
		for _, d := range c.Dists {
			if d.N > 0 {
				out = append(out, fmt.Sprintf("%s: median %s of %d", d.Name, p.figure(d.Median), d.N))
			}
		}
		return strings.Join(out, "; ")
	case p.Metric.Operator == rollup.RatioOf:
		return fmt.Sprintf("%s (%d of %d)", p.figure(c.Value), c.Num, c.Den)
	}
	return p.figure(c.Value)
}

// figures prints what stands beside the value.
func (p *explainPrinter) figures() {
	c := p.Cell
	if c.Known && c.PreviousReason == rollup.ReasonNone {
		p.row("before\t%s", p.figure(c.Previous))
	}
	if c.Usual != nil {
		p.row("usual\t%s to %s", p.figure(c.Usual[0]), p.figure(c.Usual[1]))
	}
	for _, part := range c.Parts {
		p.row("of it\t%s %s", part.Name, p.figure(part.Value))
	}
	if c.Exported != nil {
		p.row("exported\t%s", p.figure(*c.Exported))
	}
}

// conservation prints the terms of a node's total.
func (p *explainPrinter) conservation() {
	c := p.Cell.Conserved
	if c == nil {
		return
	}
	for _, child := range c.Children {
		if child.Value == child.Value { // NaN: it is not measured
			p.row("below\t%s %s", child.Name, p.figure(child.Value))
		}
	}
	p.row("direct\t%s", p.figure(c.Direct))
	p.row("shared\t%s is in several of these and counts once", p.figure(c.Shared))
}

func (p *explainPrinter) source(s *model.SourceInfo) string {
	text := fmt.Sprintf("%s: %d read, %d accepted, %d merged, %d rejected", cmp.Or(s.Title, s.Name), s.Read, s.Accepted, s.Merged, s.Rejected)
	if s.FetchedAt.Known() {
		text += ", data of " + p.stamp(s.FetchedAt)
	}
	if s.Status != model.SourceOK {
		text += ", " + s.Status.String()
	}
	return text
}

// records prints what the figure is made of, and what was left out.
func (p *explainPrinter) records(limit int) error {
	if !p.Listed {
		return nil
	}
	counted := slices.IndexFunc(p.Records, func(r rollup.Record) bool { return r.Left != "" })
	if counted < 0 {
		counted = len(p.Records)
	}
	p.list(fmt.Sprintf("made of %d records", counted), p.Records[:counted], limit)
	p.list(fmt.Sprintf("left out %d", len(p.Records)-counted), p.Records[counted:], limit)
	return p.w.Flush()
}

func (p *explainPrinter) list(title string, records []rollup.Record, limit int) {
	if len(records) == 0 {
		return
	}
	p.row("\n%s", title)
	for i := range records {
		if i == limit {
			p.row("  and %d more: --all or --json lists them", len(records)-limit)
			return
		}
		p.row("  %s", p.record(&records[i]))
	}
}

func (p *explainPrinter) record(r *rollup.Record) string {
	worth, span := p.figure(r.Value), ""
	switch {
	case r.Left != "":
		worth = r.Left
	case r.Valid > 0:
		worth = fmt.Sprintf("%d of %d", r.Good, r.Valid)
	}
	if r.From.Known() && r.From < r.To {
		span = p.stamp(r.From) + " to " + p.stamp(r.To)
	} else if r.From.Known() {
		span = p.stamp(r.From)
	}
	at := p.Model.Position(r.Origin).String()
	cells := []string{r.ID, r.Title, strings.TrimSpace(r.Group + " " + r.As), span, worth, at, r.URL}
	for i, c := range cells {
		cells[i] = plainText(c)
	}
	return strings.TrimRight(strings.Join(cells, "\t"), "\t")
}

// explainRecord is a record in JSON.
type explainRecord struct {
	Kind   string  `json:"kind"`
	ID     string  `json:"id"`
	Title  string  `json:"title,omitempty"`
	URL    string  `json:"url,omitempty"`
	Record string  `json:"record,omitempty"` // file:line
	Group  string  `json:"group,omitempty"`
	As     string  `json:"as,omitempty"`
	From   string  `json:"from,omitempty"`
	To     string  `json:"to,omitempty"`
	Value  float64 `json:"value"`
	Good   int64   `json:"good,omitempty"`
	Valid  int64   `json:"valid,omitempty"`
	Left   string  `json:"left_out,omitempty"`
}

func (a *app) explainJSON(q generator.Question, e *generator.Explanation) error {
	kind, id := subjectID(e.Model, e.Subject)
	stamp := func(t model.Time) string {
		if !t.Known() {
			return ""
		}
		return time.Unix(int64(t), 0).In(e.Model.Calendar.Zone()).Format(time.RFC3339)
	}
	records := []explainRecord{}
	for _, r := range e.Records {
		records = append(records, explainRecord{r.Kind.String(), r.ID, r.Title, r.URL, e.Model.Position(r.Origin).String(), r.Group, r.As,
			stamp(r.From), stamp(r.To), r.Value, r.Good, r.Valid, r.Left})
	}
	sources := []map[string]any{}
	for _, s := range e.Sources {
		sources = append(sources, map[string]any{"name": s.Name, "status": s.Status.String(), "fetched_at": stamp(s.FetchedAt), "read": s.Read, "accepted": s.Accepted, "merged": s.Merged, "rejected": s.Rejected})
	}
	c := e.Cell
	out := map[string]any{
		"schema": "uptree/explain/1", "subject": kind + ":" + id, "metric": e.Metric.ID, "operator": e.Metric.Operator, "unit": e.Metric.Unit,
		"period": e.Period.Name, "from": stamp(e.Period.Current.From), "to": stamp(e.Period.Current.To),
		"known": c.Known, "value": c.Value, "numerator": c.Num, "denominator": c.Den, "formula": e.Metric.Formula, "caveat": e.Metric.Caveat,
		"covered": c.Covered, "of": c.Of, "records": records, "listed": e.Listed, "sources": sources,
	}
	if !c.Known {
		out["reason"] = c.Reason.String()
	}
	if s := c.Spread; s != nil {
		out["spread"] = map[string]any{"services": s.N, "low": s.Low, "median": s.Median, "high": s.High}
	}
	dists := map[string]any{}
	for _, d := range c.Dists {
		dists[d.Name] = map[string]any{"n": d.N, "median": d.Median, "p90": d.P90}
	}
	if len(dists) > 0 {
		out["distributions"] = dists
	}
	if t := c.Conserved; t != nil {
		below := map[string]float64{}
		for _, child := range t.Children {
			if child.Value == child.Value {
				below[child.Name] = child.Value
			}
		}
		out["conserved"] = map[string]any{"children": below, "direct": t.Direct, "shared": t.Shared}
	}
	enc := json.NewEncoder(a.stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
