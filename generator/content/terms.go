package content

import (
	"fmt"

	"uptree/generator/diag"
)

// datedTerm is something in a document that holds until a day.
type datedTerm struct {
	what  string
	until Date
	at    diag.Pos
}

// Ended reports what still stands in the documents after its last day: caveats, trade-offs,
// what leaders provide, and decisions that no later one about the same follows.
func Ended(docs *Docs, resolve Resolver, today Date) diag.List {
	later := laterDecisions(docs, resolve)
	var out diag.List
	for _, d := range docs.All() {
		for _, t := range d.terms(resolve, later) {
			if !t.until.IsZero() && t.until.Before(today) {
				out.Add(d.Problem(diag.TermEnded, t.at, fmt.Sprintf("%s ended on %s", t.what, t.until),
					"look at it again: give it a later day, write what follows it, or take it away"))
			}
		}
	}
	return out
}

func (d *Doc) terms(resolve Resolver, later map[string]Date) []datedTerm {
	var out []datedTerm
	for _, c := range d.Meta.Caveats {
		out = append(out, datedTerm{"caveat", c.Until, c.At})
	}
	for _, t := range d.Meta.Tradeoffs {
		out = append(out, datedTerm{"trade-off", t.Until, t.At})
	}
	for _, p := range d.Meta.Provides {
		out = append(out, datedTerm{"what is provided", p.Until, p.At})
	}
	for _, decision := range d.Meta.Decisions {
		if !decision.Since.Before(later[decisionKey(d, decision, resolve)]) {
			out = append(out, datedTerm{"decision", decision.Until, decision.At})
		}
	}
	return out
}

// laterDecisions is the day of the newest decision about each thing.
func laterDecisions(docs *Docs, resolve Resolver) map[string]Date {
	out := map[string]Date{}
	for _, d := range docs.All() {
		for _, decision := range d.Meta.Decisions {
			if key := decisionKey(d, decision, resolve); out[key].Before(decision.Since) {
				out[key] = decision.Since
			}
		}
	}
	return out
}

// decisionKey is what a decision is about: an objective, or a metric of its own subject.
func decisionKey(d *Doc, decision Decision, resolve Resolver) string {
	if _, ok := resolve(Objective, decision.About); ok {
		return decision.About
	}
	return string(d.Kind) + ":" + d.ID + " " + decision.About
}
