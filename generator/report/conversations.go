package report

import (
	"slices"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/signal"
)

// maxTalkRows bounds one table of the page of conversations; data.csv beside it lists all.
const maxTalkRows = 200

// composeConversations lists what waits, what is due, what holds and what was answered.
func composeConversations(p *Plan, _ int) *Page {
	a := &Article{Name: p.Words.Plain(say(wNavTalk)), Lead: say(wTalkLead)}
	for _, s := range []ArticleSection{
		p.waitingSection(), p.dueSection(), p.decisionSection(), p.tradeoffSection(), p.providesSection(), p.answeredSection(),
	} {
		if s.Count > 0 {
			a.addSection(s)
		}
	}
	if len(a.Sections) == 0 {
		a.Lead = say(wTalkNone, arg("guide", linked(say(wNavGuide), guidePath)))
	}
	a.By = spaced([]Span{linked(say(wRecordsJSON), beside("index.json")), linked(say(wRecordsCSV), beside("data.csv"))})
	return &Page{
		Path: talkPath, Title: a.Name, Article: a, Trail: []Span{p.nodeLink(0)}, Tree: p.tree(0, false),
		Talk: &TwinTalk{"uptree/conversations/1", p.entries}, Records: p.entryRecords(),
	}
}

// talkSection is a section with one table of so many rows.
func talkSection(id string, title Word, lead Word, heads ...Word) ArticleSection {
	s := ArticleSection{ID: id, Title: words(say(title)), Paras: []Cell{{words(say(lead))}}}
	s.Table = Table{ID: id + "-list", Caption: say(title), Stack: true, Plain: true}
	for _, h := range heads {
		s.Table.Columns = append(s.Table.Columns, Column{Head: say(h)})
	}
	return s
}

// row adds a row, or counts it where there are too many.
func (s *ArticleSection) row(cells ...Cell) {
	if s.Count++; s.Count <= maxTalkRows {
		s.Table.Rows = append(s.Table.Rows, Row{Cells: cells})
		return
	}
	s.Table.More = sayN(wMoreIncidents, s.Count-maxTalkRows, arg("file", linked(say(wRecordsCSV), beside("data.csv"))))
}

// waitingSection lists the open asks under their addressees, in the order of the tree.
func (p *Plan) waitingSection() ArticleSection {
	s := talkSection("waiting", wTalkWaiting, wTalkWaitingLead, wTalkFrom, wTalkAsk, wTalkSince, wTalkDays)
	s.Table.Columns[3].Number = true
	to := model.NodeIdx(model.NoIndex)
	for _, a := range p.found.Asks {
		if !a.Waits() {
			continue
		}
		if a.To != to && s.Count < maxTalkRows {
			to = a.To
			s.Table.Rows = append(s.Table.Rows, Row{Cells: []Cell{{words(say(wTalkTo, arg("to", p.nodeLink(to))))}}})
		}
		s.row(Cell{p.subjectLink(a.Subject)}, Cell{p.askLink(a)}, Cell{text(p.Words.Day(a.Since))}, cellCount(p.age(a.Since)))
	}
	return s
}

// due is something whose last day has passed.
type due struct {
	place *signal.Place
	until model.Day
	spot  Span      // its words, linked
	head  *Sentence // before them; nil for none
}

// dueSection lists what asks for another look, oldest first.
func (p *Plan) dueSection() ArticleSection {
	s := talkSection("due", wTalkDue, wTalkDueLead, wTalkWhat, wTalkAt, wTalkUntil)
	for _, d := range p.due() {
		s.row(d.what(), Cell{p.subjectLink(d.place.Subject)}, Cell{text(p.Words.Day(d.until))})
	}
	return s
}

func (p *Plan) due() []due {
	var out []due
	for _, d := range p.found.Decisions {
		if d.Due(p.found.Today) {
			head := say(wDecided, arg("choice", words(say(choiceWord(d.Said.Choice)))), arg("about", p.aboutLink(d)))
			out = append(out, due{&d.Place, d.Until, p.decisionLink(d), &head})
		}
	}
	for _, t := range p.found.Tradeoffs {
		if t.Ended(p.found.Today) {
			out = append(out, due{&t.Place, t.Until, p.tradeoffLink(t), nil})
		}
	}
	for _, g := range p.found.Provides {
		if g.Ended(p.found.Today) {
			out = append(out, due{&g.Place, g.Until, p.providesLink(g), nil})
		}
	}
	slices.SortStableFunc(out, func(a, b due) int { return int(a.until - b.until) })
	return out
}

func (d *due) what() Cell {
	if d.head == nil {
		return Cell{d.spot}
	}
	return Cell{words(*d.head), text(": "), d.spot}
}

// The words of conversations, linked to the list of a page in which they stand.
func (p *Plan) askLink(a *signal.Ask) Span {
	if a.Waits() {
		return link(a.Said.Text, p.nodes[a.To]+"#asks")
	}
	return link(a.Said.Text, p.nodes[a.To]+"#answered")
}

func (p *Plan) decisionLink(d *signal.Decision) Span {
	if d.Said.Text == "" {
		return link(d.Said.About, p.path(d.Subject)+"#decisions")
	}
	return link(d.Said.Text, p.path(d.Subject)+"#decisions")
}

func (p *Plan) tradeoffLink(t *signal.Tradeoff) Span {
	return link(t.Said.Text, p.path(t.Subject)+"#tradeoffs")
}

func (p *Plan) providesLink(g *signal.Provides) Span {
	return link(g.Said.What, p.path(g.Subject)+"#provides")
}

func (p *Plan) decisionSection() ArticleSection {
	s := talkSection("decisions", wDecisions, wTalkDecisionsLead, wTalkAbout, wTalkOf, wTalkChoice, wTalkWhy, wTalkBy, wTalkAgain)
	for _, d := range p.found.Decisions {
		if !d.Ended(p.found.Today) {
			s.row(Cell{p.aboutLink(d)}, Cell{p.subjectLink(p.aboutSubject(d))}, Cell{words(say(choiceWord(d.Said.Choice)))},
				Cell{p.decisionLink(d)}, Cell{orDash(d.Said.ByRole)}, Cell{p.dayOrDash(d.Until)})
		}
	}
	return s
}

func (p *Plan) tradeoffSection() ArticleSection {
	s := talkSection("tradeoffs", wTradeoffs, wTalkTradeoffsLead, wTalkWhy, wTalkAt, wTalkBy, wTalkUntil)
	for _, t := range p.found.Tradeoffs {
		if !t.Ended(p.found.Today) {
			s.row(Cell{p.tradeoffLink(t)}, Cell{p.subjectLink(t.Subject)}, Cell{orDash(t.Said.ByRole)}, Cell{p.dayOrDash(t.Until)})
		}
	}
	return s
}

func (p *Plan) providesSection() ArticleSection {
	s := talkSection("provides", wTalkProvides, wTalkProvidesLead, wTalkWhat, wTalkAt, wTalkAmount, wTalkGranted, wTalkUntil)
	for _, g := range p.found.Provides {
		if g.Ended(p.found.Today) {
			continue
		}
		var granted []Span
		for _, a := range g.Granted {
			granted = append(granted, p.subjectLink(a.Subject))
		}
		s.row(Cell{p.providesLink(g)}, Cell{p.nodeLink(g.Level)}, Cell{orDash(amount(g))},
			orNothing(joined(granted)), Cell{p.dayOrDash(g.Until)})
	}
	return s
}

func orNothing(c Cell) Cell {
	if len(c) == 0 {
		return Cell{text(dash)}
	}
	return c
}

// answeredSection lists the answers of the last months, newest first where it is said when.
func (p *Plan) answeredSection() ArticleSection {
	s := talkSection("answered", wTalkAnswered, wTalkAnsweredLead, wTalkFrom, wTalkAsk, wTalkTo2, wTalkAnswer, wTalkOn)
	asks := where(p.found.Asks, func(a *signal.Ask) bool { return !a.Waits() })
	slices.SortStableFunc(asks, func(a, b *signal.Ask) int { return int(b.Answered) - int(a.Answered) })
	for _, a := range asks {
		s.row(Cell{p.subjectLink(a.Subject)}, Cell{p.askLink(a)}, Cell{p.nodeLink(a.To)},
			p.answer(a), Cell{p.dayOrDash(a.Answered)})
	}
	return s
}

func (p *Plan) answer(a *signal.Ask) Cell {
	out := Cell{marked(answerMark(a.Said.Status), words(say(statusWord(a.Said.Status))))}
	if a.Said.Answer != "" {
		out = append(out, text(": "), name(a.Said.Answer))
	}
	return out
}

func answerMark(s content.AskStatus) Mark {
	if s == content.Granted {
		return MarkOK
	}
	return MarkQuiet
}

func (p *Plan) dayOrDash(d model.Day) Span {
	if d == model.NoDay {
		return text(dash)
	}
	return text(p.Words.Day(d))
}
