package signal

import (
	"cmp"
	"fmt"
	"slices"

	"uptree/generator/content"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// converse gathers the conversations of all documents. Problems are about asks that nobody
// can answer and grants against nothing; unknown ids are content.Check's to report.
func converse(cube *rollup.Cube, docs *content.Docs) (*Conversations, diag.List) {
	m := cube.Model
	g := gatherer{cube: cube, m: m, docs: docs, c: &Conversations{Today: m.Calendar.DayAt(m.AsOf)}}
	for _, doc := range docs.All() {
		if s, ok := subjectOf(m, doc); ok {
			g.gather(doc, s)
		}
	}
	g.c.sorted()
	g.c.supersede()
	g.grant()
	return g.c, g.problems
}

func subjectOf(m *model.Model, doc *content.Doc) (rollup.Subject, bool) {
	switch doc.Kind {
	case content.Node:
		n, ok := m.Node(doc.ID)
		return rollup.OfNode(n), ok
	case content.Service:
		s, ok := m.Service(doc.ID)
		return rollup.OfService(s), ok
	case content.Journey:
		j, ok := m.Journey(doc.ID)
		return rollup.OfJourney(j), ok
	}
	return rollup.Subject{}, false
}

type gatherer struct {
	cube     *rollup.Cube
	m        *model.Model
	docs     *content.Docs
	c        *Conversations
	problems diag.List
}

func (g *gatherer) gather(doc *content.Doc, s rollup.Subject) {
	at := Place{Doc: doc, Subject: s, Level: g.level(g.home(s))}
	for _, a := range doc.Meta.Asks {
		g.ask(at.of("ask", a.ID, a.At), a)
	}
	for i, p := range doc.Meta.Provides {
		if term, begun := g.term(doc, p.Since, p.Until, p.At); begun {
			g.c.Provides = append(g.c.Provides, &Provides{Place: at.of("provides", ordinal(i), p.At), Term: term, Said: p})
		}
	}
	for i, d := range doc.Meta.Decisions {
		if term, begun := g.term(doc, d.Since, d.Until, d.At); begun {
			g.c.Decisions = append(g.c.Decisions, &Decision{
				Place: at.of("decision", ordinal(i), d.At), Term: term, Said: d, About: g.about(s, d.About)})
		}
	}
	for i, t := range doc.Meta.Tradeoffs {
		if term, begun := g.term(doc, t.Since, t.Until, t.At); begun {
			g.c.Tradeoffs = append(g.c.Tradeoffs, &Tradeoff{Place: at.of("tradeoff", ordinal(i), t.At), Term: term, Said: t})
		}
	}
}

func (p Place) of(kind, id string, at diag.Pos) Place {
	p.Anchor, p.Line = anchor(kind, p.Doc, id), at.Line
	return p
}

// term reports what begins after as_of, which is not in the build.
func (g *gatherer) term(doc *content.Doc, since, until content.Date, at diag.Pos) (t Term, begun bool) {
	t = Term{dayOf(since), dayOf(until)}
	if t.Begun(g.c.Today) {
		return t, true
	}
	g.problems.Add(doc.Problem(diag.FutureRecord, at, "begins on "+since.String()+", after the build's clock", "it is shown from that day on"))
	return t, false
}

// about looks up what a decision names: an objective, else a metric of the subject.
func (g *gatherer) about(s rollup.Subject, id string) About {
	if i, ok := g.m.Objective(id); ok {
		return AboutObjective(i)
	}
	if g.cube.Metric(id) < 0 {
		id = ""
	}
	return AboutMetric(s, id)
}

func (g *gatherer) home(s rollup.Subject) model.NodeIdx {
	switch s.Kind {
	case rollup.ServiceSubject:
		return g.m.Services[s.Index].Home
	case rollup.JourneySubject:
		return g.m.Journeys[s.Index].Home
	}
	return model.NodeIdx(s.Index)
}

// level is the node that answers, which for (not owned) and (third party) is the root.
func (g *gatherer) level(home model.NodeIdx) model.NodeIdx {
	if home == g.m.NotOwned || home == g.m.ThirdParty {
		return 0
	}
	return home
}

func (g *gatherer) ask(at Place, a content.Ask) {
	since, begun := g.term(at.Doc, a.Since, content.Date{}, a.At)
	if !begun {
		return
	}
	if to := g.addressee(&at, &a); to != model.NoIndex {
		g.c.Asks = append(g.c.Asks, &Ask{Place: at, Said: a, To: to, Since: since.Since, Answered: dayOf(a.Answered)})
	}
}

// addressee is the node that is asked: the one named, else the parent. One that cannot
// answer is reported and the parent asked instead, so that no ask gets lost.
func (g *gatherer) addressee(at *Place, a *content.Ask) model.NodeIdx {
	to, named := g.m.Standing(a.To)
	if a.To != "" && named {
		fault, hint := g.unanswerable(at, to)
		if fault == "" {
			return to
		}
		g.problems.Add(at.Doc.Problem(diag.OutOfRange, a.ToAt, fmt.Sprintf("ask to %q, %s", a.To, fault), hint))
	}
	home := g.home(at.Subject)
	if home != at.Level {
		return at.Level
	}
	parent := g.m.Nodes[home].Parent
	if parent == model.NoIndex && a.To == "" {
		g.problems.Add(at.Doc.Problem(diag.MissingKey, a.At, fmt.Sprintf("ask %q is addressed to nobody: nothing is above the root", a.ID), "name the node that is asked with \"to\""))
	}
	return parent
}

// unanswerable says why an ask does not lead to a conversation. Asks go up, or across to
// whoever has the lever. A level cannot ask itself; what it wants of a level below is a
// decision or a target. Services and journeys may ask anyone: they are asked for by those
// who run them.
func (g *gatherer) unanswerable(at *Place, to model.NodeIdx) (fault, hint string) {
	switch {
	case to == g.m.NotOwned || to == g.m.ThirdParty:
		return "where nobody answers", "ask the node that can find an owner, or that holds the contract"
	case at.Subject.Kind != rollup.NodeSubject:
		return "", ""
	case to == at.Level:
		return "the node itself", "leave \"to\" out to ask the parent; what you decide yourselves is a decision or a trade-off"
	case g.m.In(to, at.Level):
		return "which is below", "asks go up or across; what is wanted of a level below is a decision"
	}
	return "", ""
}

// grant lists the granted asks under what they were granted against, then drops the
// answers that have been listed for long enough.
func (g *gatherer) grant() {
	for _, a := range g.c.Asks {
		if a.Said.Against == "" {
			continue
		}
		a.Against = g.provided(a)
		if a.Against != nil && a.Said.Status == content.Granted {
			a.Against.Granted = append(a.Against.Granted, a)
		}
	}
	g.c.Asks = slices.DeleteFunc(g.c.Asks, func(a *Ask) bool { return !a.listed(g.c.Today) })
}

// provided finds what an ask names of its addressee's provides; nil where there is none,
// which is a problem, or where it has not begun.
func (g *gatherer) provided(a *Ask) *Provides {
	for _, p := range g.c.Provides {
		if p.Subject == rollup.OfNode(a.To) && p.Said.What == a.Said.Against {
			return p
		}
	}
	var known []string
	id := g.m.Nodes[a.To].ID
	if doc := g.docs.Get(content.Node, id); doc != nil {
		for _, p := range doc.Meta.Provides {
			known = append(known, p.What)
		}
	}
	if !slices.Contains(known, a.Said.Against) {
		hint := cmp.Or(diag.DidYouMean(a.Said.Against, known), "\"against\" is the what of a [[provides]] of the node that is asked")
		g.problems.Add(a.Doc.Problem(diag.BadReference, a.Said.AgainstAt, fmt.Sprintf("%s provides no %q", id, a.Said.Against), hint))
	}
	return nil
}
