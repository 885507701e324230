package report

import (
	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
	"uptree/generator/signal"
)

// maxTalk bounds one list of a page; the page of conversations has them all.
const maxTalk = 20

// talk is what is asked, provided, decided and traded at the subject.
func (c *composer) talk() Talk {
	if c.generated() && c.subject != rollup.OfNode(0) {
		return Talk{}
	}
	t := Talk{Section: Section{ID: "conversations", Title: say(wTalk)}}
	node, isNode := c.level()
	if isNode {
		t.add(c.asks("asks", wAsksHere, func(a *signal.Ask) bool { return a.To == node && a.Waits() }))
		t.add(c.provides(node))
	}
	t.add(c.decisions())
	t.add(c.tradeoffs())
	t.add(c.asks("asked", wAsksMade, func(a *signal.Ask) bool { return c.here(&a.Place) && !(isNode && a.To == node) }))
	if isNode {
		t.add(c.asks("answered", wAsksAnswered, func(a *signal.Ask) bool { return a.To == node && !a.Waits() }))
		t.More = c.talkBelow(node)
	}
	t.Add = c.addSide(len(t.Groups) == 0)
	return t
}

func (t *Talk) add(g TalkGroup) {
	if len(g.Items) > 0 {
		t.Groups = append(t.Groups, g)
	}
}

func (c *composer) level() (model.NodeIdx, bool) {
	return model.NodeIdx(c.subject.Index), c.subject.Kind == rollup.NodeSubject
}

// here reports whether something was written for the subject: at a node also for the
// services and journeys that it answers for.
func (c *composer) here(p *signal.Place) bool {
	node, isNode := c.level()
	return p.Subject == c.subject || isNode && p.Level == node
}

// addSide says where words about the subject are written.
func (c *composer) addSide(empty bool) Sentence {
	file := c.file(c.subject)
	span := Span{Text: file, Href: c.edit(file), Away: c.edit(file) != "", Name: true}
	switch {
	case !empty:
		return say(wTalkAdd, arg("file", span))
	case c.subject.Kind == rollup.NodeSubject:
		return say(wTalkEmpty, arg("file", span))
	}
	return say(wTalkEmptyService, arg("file", span))
}

// talkBelow counts what is said below a node, which its own page does not repeat.
func (c *composer) talkBelow(n model.NodeIdx) Sentence {
	below := 0
	count := func(p *signal.Place) {
		if p.Level != n && c.model.In(p.Level, n) {
			below++
		}
	}
	for _, a := range c.found.Asks {
		if a.To != n {
			count(&a.Place)
		}
	}
	for _, d := range c.found.Decisions {
		count(&d.Place)
	}
	for _, t := range c.found.Tradeoffs {
		count(&t.Place)
	}
	if below == 0 {
		return Sentence{}
	}
	return sayN(wTalkBelow, below, arg("page", linked(say(wNavTalk), talkPath)))
}

// talkGroup cuts a list to what a page shows.
func talkGroup[T any](id string, title Word, list []T, item func(T) TalkItem) TalkGroup {
	g := TalkGroup{ID: id, Title: say(title)}
	for _, v := range list[:min(len(list), maxTalk)] {
		g.Items = append(g.Items, item(v))
	}
	if more := len(list) - maxTalk; more > 0 {
		g.More = sayN(wTalkMore, more, arg("page", linked(say(wNavTalk), talkPath)))
	}
	return g
}

func where[T any](list []T, keep func(T) bool) []T {
	var out []T // most pages have none
	for _, v := range list {
		if keep(v) {
			out = append(out, v)
		}
	}
	return out
}

func (c *composer) asks(id string, title Word, keep func(*signal.Ask) bool) TalkGroup {
	return talkGroup(id, title, where(c.found.Asks, keep), c.askItem)
}

func (c *composer) askItem(a *signal.Ask) TalkItem {
	item := TalkItem{ID: a.Anchor, Head: Cell{words(c.askHead(a))}, Text: a.Said.Text}
	if a.Said.Answer != "" {
		item.Lines = append(item.Lines, Cell{words(say(wAnswer, arg("text", name(a.Said.Answer))))})
	}
	if a.Against != nil && a.Said.Status == content.Granted {
		item.Lines = append(item.Lines, Cell{words(say(wAgainst, arg("what", name(a.Said.Against))))})
	}
	if node, isNode := c.level(); a.Waits() && isNode && a.To == node {
		item.Lines = append(item.Lines, c.mend(wAnswerIt, a.Doc))
	}
	return item
}

func (p *Plan) askHead(a *signal.Ask) Sentence {
	from, to := arg("from", p.subjectLink(a.Subject)), arg("to", p.nodeLink(a.To))
	status := arg("status", words(say(statusWord(a.Said.Status))))
	switch {
	case a.Waits():
		return sayN(wAskWaits, p.age(a.Since), from, to, argText("since", p.Words.Day(a.Since)))
	case a.Answered == model.NoDay:
		return say(wAskAnswered, from, to, status)
	}
	return say(wAskAnsweredOn, from, to, status, argText("day", p.Words.Day(a.Answered)))
}

// age is the days since a day.
func (p *Plan) age(since model.Day) int { return int(p.found.Today - since) }

func statusWord(s content.AskStatus) Word {
	switch s {
	case content.Granted:
		return wGranted
	case content.Declined:
		return wDeclined
	case content.Withdrawn:
		return wWithdrawn
	}
	return wOpen
}

// mend links the file in which an answer or a new day is written.
func (p *Plan) mend(w Word, doc *content.Doc) Cell {
	href := p.edit(doc.File)
	return Cell{words(say(w, arg("file", Span{Text: doc.File, Href: href, Away: href != "", Name: true})))}
}
