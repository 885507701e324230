package signal

import (
	"cmp"
	"slices"
	"strconv"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// Conversations are what is asked, provided, decided and traded, each in its place in the
// organisation and judged by the day of as_of. What begins after that day is not in them.
type Conversations struct {
	Asks      []*Ask      // by addressee in the order of the tree, oldest first
	Provides  []*Provides // these and the others: by level in the order of the tree, oldest first
	Decisions []*Decision
	Tradeoffs []*Tradeoff

	Today model.Day
}

// Place says where something was written and who answers for it.
type Place struct {
	Doc     *content.Doc
	Subject rollup.Subject // what the document is about
	Level   model.NodeIdx  // the node that answers for it: never one where nobody is
	Anchor  string         // its id on every page that shows it
	Line    int            // of Doc.File
}

// Term is the first and the last day on which something holds; NoDay where it is open.
type Term struct{ Since, Until model.Day }

// Ended reports whether the last day has passed.
func (t Term) Ended(day model.Day) bool { return t.Until != model.NoDay && t.Until < day }

// Last returns the last day.
func (t Term) Last() model.Day { return t.Until }

// Begun reports whether the first day has come.
func (t Term) Begun(day model.Day) bool { return t.Since <= day }

// Ask is an ask with its addressee.
type Ask struct {
	Place
	Said     content.Ask
	To       model.NodeIdx
	Since    model.Day
	Answered model.Day // NoDay: not answered, or not said when
	Against  *Provides // nil where it is granted against nothing
}

// Waits reports whether the ask has no answer yet.
func (a *Ask) Waits() bool { return a.Said.Status == content.Open }

// Provides is what a level provides, with the asks that were granted against it.
type Provides struct {
	Place
	Term
	Said    content.Provides
	Granted []*Ask // oldest first
}

// Decision is a decision with what it is about.
type Decision struct {
	Place
	Term
	Said  content.Decision
	About About
	Later bool // another about the same holds, or began after it
}

// Due reports whether the decision asks for another look: its last day has passed, and no
// later one about the same stands in its place.
func (d *Decision) Due(day model.Day) bool { return d.Ended(day) && !d.Later }

// Tradeoff is a trade-off.
type Tradeoff struct {
	Place
	Term
	Said content.Tradeoff
}

// About is what a decision is about: an objective, or a metric of a subject. Neither is
// known where the decision names nothing that exists.
type About struct {
	Objective int32          // index into Model.Objectives; NoIndex where a metric
	Metric    string         // "" where an objective
	Subject   rollup.Subject // whose figure it is; of an objective the zero Subject
}

// AboutObjective is what decisions about an objective are about.
func AboutObjective(i int32) About { return About{Objective: i} }

// AboutMetric is what decisions about a figure of a subject are about.
func AboutMetric(s rollup.Subject, metric string) About {
	return About{Objective: model.NoIndex, Metric: metric, Subject: s}
}

// Known reports whether the decision is about something that exists.
func (a About) Known() bool { return a.Objective != model.NoIndex || a.Metric != "" }

// Current returns the decisions about something that hold on a day, oldest first: a breach
// for which there is none waits for a conversation.
func (c *Conversations) Current(about About, day model.Day) []*Decision {
	var out []*Decision
	for _, d := range c.Decisions {
		if d.About == about && d.Begun(day) && !d.Ended(day) {
			out = append(out, d)
		}
	}
	return out
}

// answeredDays is how long an answer is listed: long enough for a quarter's look back.
const answeredDays = 90

// listed reports whether an ask is still shown: until it is answered and for some time
// after, and as long as what it was granted against holds.
func (a *Ask) listed(today model.Day) bool {
	fresh := a.Answered == model.NoDay || today-a.Answered <= answeredDays
	return a.Waits() || fresh || a.Against != nil && !a.Against.Ended(today)
}

// supersede marks the decisions that a later one about the same has replaced.
func (c *Conversations) supersede() {
	for _, d := range c.Decisions {
		d.Later = d.About.Known() && slices.ContainsFunc(c.Decisions, func(e *Decision) bool {
			return e != d && e.About == d.About && cmp.Or(cmp.Compare(e.Since, d.Since), cmp.Compare(e.Until, d.Until)) > 0
		})
	}
}

// sorted puts everything in the order of the tree, what is oldest first.
func (c *Conversations) sorted() {
	slices.SortFunc(c.Asks, func(a, b *Ask) int {
		return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.Since, b.Since), a.compare(&b.Place))
	})
	slices.SortFunc(c.Provides, func(a, b *Provides) int { return older(&a.Place, &b.Place, a.Term, b.Term) })
	slices.SortFunc(c.Decisions, func(a, b *Decision) int { return older(&a.Place, &b.Place, a.Term, b.Term) })
	slices.SortFunc(c.Tradeoffs, func(a, b *Tradeoff) int { return older(&a.Place, &b.Place, a.Term, b.Term) })
}

func older(p, q *Place, t, u Term) int {
	return cmp.Or(cmp.Compare(p.Level, q.Level), cmp.Compare(t.Since, u.Since), p.compare(q))
}

func (p *Place) compare(q *Place) int {
	return cmp.Or(cmp.Compare(p.Doc.File, q.Doc.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Anchor, q.Anchor))
}

// anchor names the i-th entry of a kind in a document, or the one with the id.
func anchor(kind string, doc *content.Doc, id string) string {
	return kind + "-" + string(doc.Kind) + "-" + content.EncodeID(doc.ID) + "-" + content.EncodeID(id)
}

func ordinal(i int) string { return strconv.Itoa(i + 1) }

func dayOf(d content.Date) model.Day {
	if d.IsZero() {
		return model.NoDay
	}
	return model.DayOf(d.Year, d.Month, d.Day)
}
