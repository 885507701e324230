package signal

import (
	"strings"

	"uptree/generator/model"
)

// Transition is a row of the table of what can change: a step of one aspect from a state to
// another. The gravest stand first. Its sentence stands in the theme's words.
type Transition struct {
	Code   string
	Aspect string // row of Aspects
	Doc    string
	Args   []string // of its sentence

	gravity int
	when    func(from, to string) bool // "" where there is nothing
}

// Transitions is the table of transitions. Of one step the first row that holds tells.
var Transitions = []Transition{
	{"objective-breached", AspectObjective, "An objective is breached that was not.", objectiveArgs, grave, enters("breached")},
	{"decision-expired", AspectDecision, "A decision was to be looked at again, and that day has passed.", []string{"choice", "about", "subject"}, risk, enters("due")},
	{"ask-opened", AspectAsk, "An ask waits for an answer that did not.", []string{"text", "from", "to"}, risk, enters("open")},
	{"objective-at-risk", AspectObjective, "An objective is at risk that was neither at risk nor breached.", objectiveArgs, risk, func(from, to string) bool { return to == "at_risk" && from != "breached" }},
	{"budget-spent", AspectBudget, "Nothing is left of an error budget. Told where the state of the objective does not tell it.", objectiveArgs, risk, enters(leftNothing)},
	{"budget-quarter", AspectBudget, "Less than a quarter is left of an error budget. Told where the state of the objective does not tell it.", objectiveArgs, risk, func(from, to string) bool { return to == leftQuarter && from == leftEnough }},
	{"number-above", AspectRange, "A number rose above its usual range at a node. It is quiet where more is wished.", numberArgs, risk, enters(above)},
	{"number-below", AspectRange, "A number fell below its usual range at a node. It is quiet where less is wished.", numberArgs, risk, enters(below)},
	{"service-unowned", AspectOwner, "A service lost its owner, or came without one.", []string{"service"}, risk, enters(model.NotOwnedID)},
	{"source-lost", AspectSource, "A source that was up to date gives nothing fresh.", []string{"source"}, risk, func(from, to string) bool { return from == "ok" && to != "" }},

	{"objective-left-breach", AspectObjective, "A breached objective is at risk or met.", objectiveArgs, quiet, func(from, to string) bool { return from == "breached" && (to == "at_risk" || to == "met") }},
	{"objective-left-risk", AspectObjective, "An objective that was at risk is met.", objectiveArgs, quiet, func(from, to string) bool { return from == "at_risk" && to == "met" }},
	{"objective-silent", AspectObjective, "An objective has no data any more, or too little to judge it.", objectiveArgs, quiet, func(from, to string) bool { return from != "" && to == "no_data" }},
	{"budget-back", AspectBudget, "More is left of an error budget than was. Told where the state of the objective does not tell it.", objectiveArgs, quiet, func(from, to string) bool {
		return from == leftNothing && to != "" || from == leftQuarter && to == leftEnough
	}},
	{"number-returned", AspectRange, "A number is in its usual range again at a node.", numberArgs, quiet, leaves},
	{"decision-made", AspectDecision, "A decision was recorded.", []string{"choice", "about", "subject"}, quiet, func(from, to string) bool { return to != "" }},
	{"decision-removed", AspectDecision, "A decision that held was taken out of its document.", []string{"about"}, quiet, func(from, to string) bool { return to == "" && !enters("due")("", from) }},
	{"ask-answered", AspectAsk, "An ask was granted, declined or withdrawn.", []string{"text", "from", "to", "status"}, quiet, func(from, to string) bool { return to != "" && (from == "" || from == "open") }},
	{"ask-removed", AspectAsk, "An ask was taken out of its document without an answer.", []string{"ask"}, quiet, func(from, to string) bool { return from == "open" && to == "" }},
	{"objective-new", AspectTarget, "An objective began.", []string{"objective", "subject", "target"}, quiet, func(from, to string) bool { return from == "" }},
	{"objective-gone", AspectTarget, "An objective is no more.", []string{"objective"}, quiet, leaves},
	{"target-changed", AspectTarget, "The target of an objective changed. Days before are judged by the old one.", []string{"objective", "subject", "before", "target"}, quiet, always},
	{"definition-changed", AspectDefined, "A source, an objective or a metric is defined in another way.", []string{"what"}, quiet, func(from, to string) bool { return from != "" && to != "" }},
	{"service-new", AspectOwner, "A service appeared.", []string{"service", "node"}, quiet, func(from, to string) bool { return from == "" }},
	{"service-gone", AspectOwner, "A service is no longer in use.", []string{"service", "node"}, quiet, leaves},
	{"owner-changed", AspectOwner, "Another node answers for a service.", []string{"service", "before", "node"}, quiet, always},
	{"node-new", AspectParent, "A node appeared in the org tree.", []string{"node", "parent"}, quiet, func(from, to string) bool { return from == "" }},
	{"node-gone", AspectParent, "A node is no longer in the org tree.", []string{"node", "parent"}, quiet, leaves},
	{"node-moved", AspectParent, "A node is part of another one.", []string{"node", "before", "parent"}, quiet, always},
	{"source-back", AspectSource, "A source is up to date again.", []string{"source"}, quiet, func(from, to string) bool { return from != "" && to == "ok" }},
}

var objectiveArgs, numberArgs = []string{"objective", "subject"}, []string{"metric", "node"}

// enters holds for steps into a state; what follows a space says more of it.
func enters(state string) func(from, to string) bool {
	return func(from, to string) bool { return head(to) == state && head(from) != state }
}

func head(state string) string {
	h, _, _ := strings.Cut(state, " ")
	return h
}

func leaves(from, to string) bool { return to == "" }
func always(from, to string) bool { return true }

// Step is that the state of something is another than it was. From and To are "" where
// there was or is nothing.
type Step struct {
	Day      model.Day // on which it was first seen as it is
	Aspect   string
	ID       string // within the aspect
	From, To string
}

// Change is a step that is told.
type Change struct {
	Step
	Code    string // row of Transitions
	Gravity int
	At      []model.NodeIdx // the nodes whose pages tell it, and those above them
	Lever   model.NodeIdx   // who can do something about it; NoIndex where nobody needs to
	Subject string          // what it is about, as typed links name it: service:checkout
	Metric  string          // "" where it is about no metric
	Args    []Arg
}

// transition returns the row that tells a step, or -1.
func transition(s *Step) int {
	for i := range Transitions {
		if t := &Transitions[i]; t.Aspect == s.Aspect && s.From != s.To && t.when(s.From, s.To) {
			return i
		}
	}
	return -1
}
