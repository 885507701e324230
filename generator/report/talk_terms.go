package report

import (
	"slices"
	"strconv"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
	"uptree/generator/signal"
)

func (c *composer) provides(n model.NodeIdx) TalkGroup {
	keep := func(p *signal.Provides) bool { return p.Level == n }
	return talkGroup("provides", wProvides, dueFirst(c.found.Today, where(c.found.Provides, keep)), func(p *signal.Provides) TalkItem {
		item := TalkItem{ID: p.Anchor, Head: Cell{providedSpan(p)}, Lines: []Cell{c.term(p.Term, "", wLastDay, wEndedOn)}}
		for _, a := range p.Granted {
			item.Lines = append(item.Lines, Cell{words(say(wGrantedTo, arg("from", c.subjectLink(a.Subject)), arg("text", name(a.Said.Text))))})
		}
		if p.Ended(c.found.Today) {
			item.Lines = append(item.Lines, c.mend(wLookAgain, p.Doc))
		}
		return item
	})
}

func providedSpan(p *signal.Provides) Span {
	if p.Said.Amount == nil {
		return name(p.Said.What)
	}
	return words(say(wProvided, arg("what", name(p.Said.What)), arg("amount", name(amount(p)))))
}

// amount is the amount with its unit: 4 engineers.
func amount(p *signal.Provides) string {
	if p.Said.Amount == nil {
		return ""
	}
	s := strconv.FormatFloat(*p.Said.Amount, 'f', -1, 64)
	if p.Said.Unit != "" {
		s += nbsp + p.Said.Unit
	}
	return s
}

// decisions are those written for the subject or about its objectives; not those that a
// later one replaced.
func (c *composer) decisions() TalkGroup {
	keep := func(d *signal.Decision) bool {
		return !(d.Later && d.Ended(c.found.Today)) && (c.here(&d.Place) || c.aboutSubject(d) == c.subject)
	}
	return talkGroup("decisions", wDecisions, dueFirst(c.found.Today, where(c.found.Decisions, keep)), func(d *signal.Decision) TalkItem {
		item := TalkItem{
			ID: d.Anchor, Head: Cell{words(c.decisionHead(d))}, Text: d.Said.Text,
			Lines: []Cell{c.term(d.Term, d.Said.ByRole, wLookBy, wLookDue)},
		}
		if d.Due(c.found.Today) {
			item.Lines = append(item.Lines, c.mend(wLookAgain, d.Doc))
		}
		return item
	})
}

func (c *composer) decisionHead(d *signal.Decision) Sentence {
	choice, about := arg("choice", words(say(choiceWord(d.Said.Choice)))), arg("about", c.aboutLink(d))
	if s := c.aboutSubject(d); s != c.subject {
		return say(wDecidedOf, choice, about, arg("subject", c.subjectLink(s)))
	}
	return say(wDecided, choice, about)
}

// aboutSubject is what the decided figure belongs to.
func (p *Plan) aboutSubject(d *signal.Decision) rollup.Subject {
	if d.About.Objective == model.NoIndex {
		return d.Subject
	}
	return objectiveSubject(&p.model.Objectives[d.About.Objective])
}

func objectiveSubject(o *model.Objective) rollup.Subject {
	switch {
	case o.Subject.Service != model.NoIndex:
		return rollup.OfService(o.Subject.Service)
	case o.Subject.Journey != model.NoIndex:
		return rollup.OfJourney(o.Subject.Journey)
	}
	return rollup.OfNode(o.Subject.Home) // it names nothing that exists
}

// aboutLink names what a decision is about; as it was given where that is not known.
func (p *Plan) aboutLink(d *signal.Decision) Span {
	kind := content.Metric
	if d.About.Objective != model.NoIndex {
		kind = content.Objective
	}
	if t, ok := p.target(kind, d.Said.About); ok {
		return link(t.Title, t.URL)
	}
	return name(d.Said.About)
}

func choiceWord(c content.Choice) Word {
	switch c {
	case content.Fix:
		return wFix
	case content.Fund:
		return wFund
	case content.Relax:
		return wRelax
	case content.Tighten:
		return wTighten
	case content.Accept:
		return wAccept
	}
	return wPauseReleases
}

func (c *composer) tradeoffs() TalkGroup {
	keep := func(t *signal.Tradeoff) bool { return c.here(&t.Place) }
	return talkGroup("tradeoffs", wTradeoffs, dueFirst(c.found.Today, where(c.found.Tradeoffs, keep)), func(t *signal.Tradeoff) TalkItem {
		item := TalkItem{ID: t.Anchor, Text: t.Said.Text, Lines: []Cell{c.term(t.Term, t.Said.ByRole, wLastDay, wEndedOn)}}
		if t.Subject != c.subject {
			item.Head = Cell{c.subjectLink(t.Subject)}
		}
		if t.Ended(c.found.Today) {
			item.Lines = append(item.Lines, c.mend(wLookAgain, t.Doc))
		}
		return item
	})
}

// dueFirst puts first what has ended, the oldest before the others: lines of attention
// point at it.
func dueFirst[T interface {
	Ended(model.Day) bool
	Last() model.Day
}](today model.Day, list []T) []T {
	last := func(v T) model.Day {
		if v.Ended(today) {
			return v.Last()
		}
		return today
	}
	slices.SortStableFunc(list, func(a, b T) int { return int(last(a) - last(b)) })
	return list
}

// term says who stands for something and how long it holds.
func (p *Plan) term(t signal.Term, role string, until, ended Word) Cell {
	var out []Span
	if role != "" {
		out = append(out, name(role))
	}
	if t.Since != model.NoDay {
		out = append(out, words(say(wSince, argText("day", p.Words.Day(t.Since)))))
	}
	switch {
	case t.Ended(p.found.Today):
		out = append(out, marked(MarkRisk, words(say(ended, argText("day", p.Words.Day(t.Until))))))
	case t.Until != model.NoDay:
		out = append(out, words(say(until, argText("day", p.Words.Day(t.Until)))))
	}
	return spaced(out)
}
