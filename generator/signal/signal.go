package signal

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// Signal is one thing that someone should look at. Its sentence stands in the theme's
// words under its code; Args are the words' arguments by name.
type Signal struct {
	Code    string         // row of Rules
	Node    model.NodeIdx  // where it is shown
	Subject rollup.Subject // what it is about
	Metric  string         // "" where it is about no metric
	Lever   model.NodeIdx  // who can do something about it
	Meet    model.NodeIdx  // where sufferer and lever meet; NoIndex where they are one
	Gravity int            // order on the page: graver first
	Ref     string         // typed link to what it names; "" where that is the subject
	Args    []Arg
}

// Arg is a named argument of a sentence. Exactly one of its values is used, by Kind.
type Arg struct {
	Name  string
	Kind  ArgKind
	Text  string
	Value float64
	// Anchor is the id, on the node's page, of what a text is taken from; "" for none.
	Anchor string
	Place  rollup.Subject // of a SpotArg: on whose page the anchor is
	Above  int            // of a NodeArg: how many levels right above it are meant too
}

// ArgKind says how an argument is printed.
type ArgKind uint8

// The kinds of arguments.
const (
	TextArg      ArgKind = iota // as it is, escaped
	CountArg                    // a whole number
	DurationArg                 // seconds, printed as 3 h 20 min
	ShareArg                    // 0..1, printed as per cent
	DayArg                      // Text holds YYYY-MM-DD
	NodeArg                     // Value is a node's index, printed as its linked title
	ServiceArg                  // Value is a service's index
	JourneyArg                  // Value is a journey's index
	ObjectiveArg                // Value is an objective's index, printed as its linked title
	BudgetArg                   // a share of an error budget, printed as per cent
	SourceArg                   // Value is a source's index
	MetricArg                   // Text is a metric's id
	TargetArg                   // Text is a target as a decimal
	TalkArg                     // Text is a choice, or the status of an ask
	SpotArg                     // Text stands at Anchor on the page of Place
)

// MaxAttention is the most lines that a node's page shows.
const MaxAttention = 7

// Rule is a row of the table of rules. Args names the arguments of its sentence.
type Rule struct {
	Code string
	Doc  string // when the line appears, where, and who holds the lever
	Args []string

	find func(*finder, model.NodeIdx)
}

// Findings are the signals of a build, and the conversations that they look at.
type Findings struct {
	*Conversations
	Changes *Changes
	Gates   []Held // in the order of site.toml

	attention [][]Signal // per node, gravest first, MaxAttention at most
	silent    []Breach
	waiting   []int // per node: how many lines wait for that level as the lever
}

// Attention returns the lines of a node's page, gravest first, at most MaxAttention.
func (f *Findings) Attention(n model.NodeIdx) []Signal { return f.attention[n] }

// Waiting counts the lines whose lever is the node: the number on the org chart.
func (f *Findings) Waiting(n model.NodeIdx) int { return f.waiting[n] }
