package report

import (
	"strings"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// Card is what stands for a page elsewhere: in the preview of a link to it and in the README
// of those who answer for it. It names counts in words, never a grade.
type Card struct {
	Title string
	ID    string
	Line  string // kind and what it holds
	Says  string // one sentence: what waits here
	Count string // the same, shorter and without names
	Short string // shorter still
	// States are the objectives by state, the gravest first.
	States []CardState
	Day    string // "as of 20 Nov 2026"
	// Address is the page's own; without one there is neither a picture nor a badge.
	Address string
	Badge   string // path from the site's root; "" where there is none
	Picture string // likewise
}

// CardState is a count of objectives in words.
type CardState struct {
	Mark Mark
	Text string
}

// card composes the card of a page whose title, line and objectives are there.
func (c *composer) card(page *Page) *Card {
	s := page.Subject
	card := &Card{Title: s.Name, ID: c.subjectID(), Line: c.plainSpans(s.Line), Day: c.plainSpans([]Span{c.frame.AsOf})}
	if states := c.stats[c.rows.objectives][c.period].States; states != nil {
		for _, of := range stateCounts(states) {
			if of.n > 0 {
				card.States = append(card.States, CardState{stateSpecs[of.state].mark, c.Words.Plain(sayN(stateSpecs[of.state].count, of.n))})
			}
		}
	}
	if c.subject.Kind == rollup.NodeSubject {
		c.waits(card, model.NodeIdx(c.subject.Index))
	} else {
		c.holds(card)
	}
	if c.site.BaseURL != "" {
		card.Address = c.absolute(page.Path)
		card.Badge = strings.TrimSuffix(page.Path, "index.html") + "badge.svg"
		if c.subject.Kind != rollup.ServiceSubject { // their pictures would be most of the build
			card.Picture = strings.TrimSuffix(page.Path, "index.html") + "card.png"
		}
	}
	return card
}

// waits says what waits for a node: the number on the org chart and the gravest of it.
func (c *composer) waits(card *Card, n model.NodeIdx) {
	waiting := c.found.Waiting(n)
	if waiting == 0 {
		card.Says, card.Count, card.Short = c.Words.Plain(say(wCardCalm)), c.Words.Plain(say(wCardCalm)), c.Words.Plain(say(wBadgeCalm))
		return
	}
	card.Count, card.Short = c.Words.Plain(sayN(wCardWaits, waiting)), c.Words.Plain(sayN(wBadgeWaits, waiting))
	card.Says = card.Count
	for _, s := range c.found.Attention(n) {
		if s.Lever == n {
			card.Says += " " + c.Words.Plain(c.signalText(s))
			return
		}
	}
}

// holds says how the objectives of a service or a journey stand.
func (c *composer) holds(card *Card) {
	if len(card.States) == 0 {
		card.Short = c.Words.Plain(say(wBadgeNoObjective))
		card.Says, card.Count = card.Short, card.Short
		return
	}
	texts := make([]string, len(card.States))
	for i, s := range card.States {
		texts[i] = s.Text
	}
	card.Short = strings.Join(texts, " · ")
	card.Count = c.Words.Plain(say(wCardObjectives))
	card.Says = card.Count + " " + card.Short
}

func (c *composer) subjectID() string {
	switch c.subject.Kind {
	case rollup.NodeSubject:
		return c.model.Nodes[c.subject.Index].ID
	case rollup.ServiceSubject:
		return c.model.Services[c.subject.Index].ID
	}
	return c.model.Journeys[c.subject.Index].ID
}

// plainSpans is inline text without its marks and links.
func (p *Plan) plainSpans(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(p.plainSpan(s))
	}
	return b.String()
}
