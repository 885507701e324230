// Package signal says who should look at what, and whose lever it is: cube + context →
// Findings. Rules is its one table; a rule is a function that looks at one node. Lines
// appear only where someone can act, and never rank the children of a node.
package signal

import (
	"cmp"
	"slices"

	"uptree/generator/content"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// Rules is the table of rules.
var Rules = []Rule{
	{"gate-crossed", "A figure is beyond a bound of site.toml, at its node.",
		[]string{"gate", "metric", "value"}, gateCrossed},
	{"gate-unheld", "A bound of site.toml has no figure to hold, at the node that it names, else at the root.",
		[]string{"gate", "why"}, gateUnheld},
	{"unusual-incident-time", "Incident time is above the node's own usual range, at the node. The lever is the node's, or that of the one outside node that caused more than half of it.",
		[]string{"value", "low", "high"}, unusualIncidentTime},
	{"mostly-inherited", "More than half of an hour or more of incident time was inherited from causes under one outside node: at the node that suffers, the lever there.",
		[]string{"share", "from"}, mostlyInherited},
	{"exports-incidents", "A node that caused most of another's incident time sees it too: at the lever, one line for the node hit longest.",
		[]string{"value", "to"}, nil},
	{"breach-without-decision", "Objectives are breached and no decision about them holds: at the node that answers for them, at the one that holds the lever and where the two meet, one line for each lever.",
		[]string{"n", "worst", "spent"}, breachWithoutDecision},
	{"objectives-at-risk", "Objectives have spent their budget or nearly so, or spend it too fast: at the node that answers for them.",
		[]string{"n", "worst", "spent"}, objectivesAtRisk},
	{"promise-above", "Objectives promise more than a service that they cannot do without: at the node that answers for them.",
		[]string{"n", "worst"}, promiseAbove},
	{"lagom-breached", "Objectives were breached three windows in a row: fund them or relax them? At the node that answers for them.",
		[]string{"n", "worst"}, lagomBreached},
	{"unusual-synthetics", "Synthetic success is below the node's own usual range, at the node.",
		[]string{"value", "low", "worst"}, unusualSynthetics},
	{"open-incidents", "Incidents have been open for more than a day, at the node that answers for the services hit.",
		[]string{"n", "since"}, openIncidents},
	{"causes-unrecorded", "Most of three or more incidents do not say where the cause lay, so that nobody can see whose lever it is: at the node that answers for the services.",
		[]string{"n", "of"}, causesUnrecorded},
	{"unowned-services", "Living services have no known owner: at the root, which alone can give them one.",
		[]string{"n"}, unownedServices},
	{"unmapped-incidents", "Incidents name no known service: at the root.",
		[]string{"n"}, unmappedIncidents},
	{"old-followups", "Actions from incident reviews have been open for more than 90 days, at the node that answers for the services.",
		[]string{"n", "since"}, oldFollowups},
	{"findings-overdue", "Security findings are open past their due date, at the node that answers for the services.",
		[]string{"n", "since"}, findingsOverdue},
	{"not-covered", "Living services of the node that no source has ever named: at the node that answers for them.",
		[]string{"n", "of"}, notCovered},
	{"lagom-unspent", "Objectives left more than 95 % of their budget three windows in a row: is the target too loose, or the service over-built? At the node that answers for them.",
		[]string{"n", "worst"}, lagomUnspent},
	{"objective-review-due", "Objectives asked to be looked at again by a day that has passed: at the node that answers for them.",
		[]string{"n", "worst"}, objectiveReviewDue},
	{"metric-review-due", "Definitions of the organisation's own metrics asked to be looked at again by a day that has passed: at the root, which all of them concern.",
		[]string{"n", "metric", "since"}, metricReviewDue},
	{"objective-no-data", "Objectives have no data in their window: at the node that answers for them.",
		[]string{"n", "worst"}, objectiveWithoutData},
	{"context-due", "The node's own words asked to be looked at again.",
		[]string{"since"}, contextDue},
	{"ask-waiting", "Asks wait for an answer, the oldest by name: at the node that is asked, until it answers. Graver after 30 days, and after 90.",
		[]string{"n", "from", "text", "since"}, askWaiting},
	{"decision-due", "The day on which a decision was to be looked at again has passed and no later one about the same was recorded: at the level that recorded it.",
		[]string{"n", "about", "subject", "since"}, decisionDue},
	{"term-ended", "A trade-off, or something that the level provides, was to hold until a day that has passed: at that level.",
		[]string{"n", "text", "since"}, termEnded},
}

// The gravity of a line: graver first on the page.
const (
	quiet = iota
	risk
	grave
)

// finder carries the state of one Find.
type finder struct {
	cube    *rollup.Cube
	m       *model.Model
	docs    *content.Docs
	talk    *Conversations
	period  int
	gates   []Held
	found   [][]Signal
	rule    *Rule
	openAt  map[model.NodeIdx][]int32 // see open
	homes   map[model.NodeIdx][]int32 // objectives by the node that answers for them
	silent  []Breach
	overdue map[model.NodeIdx]pastDue // see pastDue
}

// Find places the conversations of the documents and applies every rule to every node,
// over the period with the index, holds the gates, and compares the build with the past.
// Problems are about conversations that cannot take place and gates that cannot be held.
func Find(cube *rollup.Cube, docs *content.Docs, gates []model.Gate, period int, past Past) (*Findings, diag.List) {
	talk, problems := converse(cube, docs)
	held, unheld := hold(cube, gates, period)
	problems.Append(unheld)
	f := &finder{cube: cube, m: cube.Model, docs: docs, talk: talk, period: period, gates: held, found: make([][]Signal, len(cube.Model.Nodes))}
	f.placeObjectives()
	f.findSilent()
	for i := range Rules {
		f.rule = &Rules[i]
		for n := range f.m.Nodes {
			if f.rule.find != nil {
				f.rule.find(f, model.NodeIdx(n))
			}
		}
	}
	found := f.findings()
	found.Gates = held
	found.Changes = Compare(cube, talk, past, period)
	return found, problems
}

// add shows a signal at a node.
func (f *finder) add(n, lever model.NodeIdx, metric string, gravity int, args ...Arg) {
	f.addAs(f.rule.Code, n, lever, metric, gravity, args...)
}

func (f *finder) addAs(code string, n, lever model.NodeIdx, metric string, gravity int, args ...Arg) {
	s := Signal{Code: code, Node: n, Subject: rollup.OfNode(n), Metric: metric, Lever: lever, Meet: model.NoIndex, Gravity: gravity, Args: args}
	if lever != n {
		s.Meet = f.m.LCA(n, lever)
	}
	f.found[n] = append(f.found[n], s)
}

// findings sorts and cuts the lines of each node and counts what waits for whom.
func (f *finder) findings() *Findings {
	out := &Findings{Conversations: f.talk, silent: f.silent, attention: f.found, waiting: make([]int, len(f.found))}
	for n := range f.found {
		slices.SortStableFunc(f.found[n], func(a, b Signal) int {
			return cmp.Or(cmp.Compare(b.Gravity, a.Gravity), cmp.Compare(place(a.Code), place(b.Code)))
		})
		if len(f.found[n]) > MaxAttention {
			f.found[n] = f.found[n][:MaxAttention]
		}
		for _, s := range f.found[n] {
			if s.Lever == s.Node {
				out.waiting[n]++
			}
		}
	}
	return out
}

func place(code string) int {
	return slices.IndexFunc(Rules, func(r Rule) bool { return r.Code == code })
}

// cell returns a node's figure over the period, or nil where it is not known.
func (f *finder) cell(n model.NodeIdx, metric string) *rollup.Cell {
	i := f.cube.Metric(metric)
	if i < 0 {
		return nil
	}
	if c := &f.cube.Stats(rollup.OfNode(n))[i][f.period]; c.Known {
		return c
	}
	return nil
}

// answers reports whether somebody answers for the node: not (not owned) and (third party).
func (f *finder) answers(n model.NodeIdx) bool { return n != f.m.NotOwned && n != f.m.ThirdParty }

func count(name string, n int) Arg        { return Arg{Name: name, Kind: CountArg, Value: float64(n)} }
func duration(name string, s float64) Arg { return Arg{Name: name, Kind: DurationArg, Value: s} }
func share(name string, v float64) Arg    { return Arg{Name: name, Kind: ShareArg, Value: v} }
func words(name, text string) Arg         { return Arg{Name: name, Kind: TextArg, Text: text} }

// quote is a text whose place on the page has the anchor.
func quote(name, text, anchor string) Arg {
	return Arg{Name: name, Kind: TextArg, Text: text, Anchor: anchor}
}
func subject(name string, s rollup.Subject) Arg {
	kind := [...]ArgKind{rollup.NodeSubject: NodeArg, rollup.ServiceSubject: ServiceArg, rollup.JourneySubject: JourneyArg}[s.Kind]
	return Arg{Name: name, Kind: kind, Value: float64(s.Index)}
}
func day(name, date string) Arg { return Arg{Name: name, Kind: DayArg, Text: date} }
func node(name string, n model.NodeIdx) Arg {
	return Arg{Name: name, Kind: NodeArg, Value: float64(n)}
}
