package signal

import (
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// The days after which an ask that waits weighs more.
const (
	askRisk  = 30
	askGrave = 90
)

// askWaiting tells the addressee of what waits for an answer, the oldest by name.
func askWaiting(f *finder, n model.NodeIdx) {
	waits := only(f.talk.Asks, func(a *Ask) bool { return a.To == n && a.Waits() })
	if len(waits) == 0 {
		return
	}
	oldest := waits[0]
	f.add(n, n, "", askGravity(f.talk.Today-oldest.Since), count("n", len(waits)), subject("from", oldest.Subject),
		quote("text", oldest.Said.Text, oldest.Anchor), day("since", oldest.Since.String()))
}

func askGravity(age model.Day) int {
	switch {
	case age >= askGrave:
		return grave
	case age >= askRisk:
		return risk
	}
	return quiet
}

// decisionDue speaks where the decision was recorded: that level said it would look again.
func decisionDue(f *finder, n model.NodeIdx) {
	due := only(f.talk.Decisions, func(d *Decision) bool { return d.Level == n && d.Due(f.talk.Today) })
	if len(due) == 0 {
		return
	}
	oldest := slices.MinFunc(due, func(a, b *Decision) int { return int(a.Until - b.Until) })
	f.add(n, n, oldest.About.Metric, risk, count("n", len(due)), quote("about", f.aboutTitle(oldest), oldest.Anchor),
		subject("subject", f.aboutSubject(oldest)), day("since", oldest.Until.String()))
}

// aboutTitle names what a decision is about: a metric by its id; as it was given where it is
// not known.
func (f *finder) aboutTitle(d *Decision) string {
	if f.cube.Metric(d.About.Metric) >= 0 {
		return d.About.Metric
	}
	if d.About.Objective != model.NoIndex && f.m.Objectives[d.About.Objective].Title != "" {
		return f.m.Objectives[d.About.Objective].Title
	}
	return d.Said.About
}

func (f *finder) aboutSubject(d *Decision) rollup.Subject {
	if d.About.Objective == model.NoIndex {
		return d.Subject
	}
	s := f.m.Objectives[d.About.Objective].Subject
	if s.Service != model.NoIndex {
		return rollup.OfService(s.Service)
	}
	return rollup.OfJourney(s.Journey)
}

// termEnded speaks where something was to hold until a day that has passed.
func termEnded(f *finder, n model.NodeIdx) {
	ended, first := 0, Arg{}
	since := model.NoDay
	look := func(p *Place, t Term, text string) {
		if p.Level != n || !t.Ended(f.talk.Today) {
			return
		}
		if ended++; since == model.NoDay || t.Until < since {
			since, first = t.Until, quote("text", text, p.Anchor)
		}
	}
	for _, t := range f.talk.Tradeoffs {
		look(&t.Place, t.Term, t.Said.Text)
	}
	for _, p := range f.talk.Provides {
		look(&p.Place, p.Term, p.Said.What)
	}
	if ended > 0 {
		f.add(n, n, "", quiet, count("n", ended), first, day("since", since.String()))
	}
}

// only keeps what a test holds for.
func only[T any](list []T, keep func(T) bool) []T {
	var out []T
	for _, v := range list {
		if keep(v) {
			out = append(out, v)
		}
	}
	return out
}
