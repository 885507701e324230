package signal

import (
	"strings"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

func (t *teller) ask(c *Change) bool {
	c.Subject, _, _ = cutLast(c.ID)
	a := t.asked[c.ID]
	switch {
	case a == nil && c.Code == "ask-removed":
		c.At, c.Args = []model.NodeIdx{t.level(c.Subject)}, []Arg{words("ask", c.ID)}
		return true
	case a == nil:
		return false // an old answer that is listed no more
	}
	anchor := "answered"
	if a.Waits() {
		anchor = "asks"
	}
	c.At = []model.NodeIdx{a.To, a.Level}
	c.Args = []Arg{spot("text", a.Said.Text, rollup.OfNode(a.To), anchor), subject("from", a.Subject), node("to", a.To)}
	if c.Code == "ask-opened" {
		c.Lever = a.To
	} else {
		c.Args = append(c.Args, Arg{Name: "status", Kind: TalkArg, Text: c.To})
	}
	return true
}

func (t *teller) decision(c *Change) bool {
	c.Subject, c.Metric, _ = cutLast(c.ID)
	if strings.HasPrefix(c.ID, "slo:") {
		c.Subject, c.Metric = c.ID, ""
	}
	if c.Code == "decision-removed" {
		c.At, c.Args = []model.NodeIdx{t.level(c.Subject)}, []Arg{words("about", c.ID)}
		return true
	}
	d := t.decided[c.ID+" "+strings.TrimPrefix(c.To, head(c.To)+" ")]
	if head(c.To) == "due" {
		d = t.decided[c.ID+" "+c.To]
	}
	if d == nil {
		return false
	}
	c.At = []model.NodeIdx{d.Level}
	if c.Gravity > quiet {
		c.Lever = d.Level
	}
	c.Args = []Arg{{Name: "choice", Kind: TalkArg, Text: string(d.Said.Choice)},
		spot("about", t.title(d), d.Subject, "decisions"), t.decidedOf(d)}
	return true
}

// title names what a decision is about.
func (t *teller) title(d *Decision) string { return (&finder{cube: t.cube, m: t.m}).aboutTitle(d) }

// decidedOf is whose number or objective a decision is about.
func (t *teller) decidedOf(d *Decision) Arg {
	if d.About.Objective == model.NoIndex {
		return subject("subject", d.Subject)
	}
	return t.measured(&t.m.Objectives[d.About.Objective])
}

// level is the node that answers for what a typed link names.
func (t *teller) level(link string) model.NodeIdx {
	kind, id, _ := strings.Cut(link, ":")
	switch content.Kind(kind) {
	case content.Service:
		if s, ok := t.m.Service(id); ok {
			return t.answering(t.m.Services[s].Home)
		}
	case content.Journey:
		if j, ok := t.m.Journey(id); ok {
			return t.answering(t.m.Journeys[j].Home)
		}
	case content.Objective:
		if i, ok := t.m.Objective(id); ok {
			return t.answering(t.m.Objectives[i].Subject.Home)
		}
	}
	return t.node(id)
}
