package report

import (
	"slices"
	"strconv"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// maxSide bounds the remarks on a page.
const maxSide = 12

// caveatsHere are the caveats that hold today for the subject's numbers: its own first,
// then, at a node, those of everything below that flows into them.
func (c *composer) caveatsHere() []placedCaveat {
	today := c.model.Calendar.DayAt(c.model.AsOf)
	var own, below []placedCaveat
	for _, pc := range c.caveats {
		switch {
		case !pc.holds(today) || !c.flowsIn(pc):
		case pc.subject == c.subject:
			own = append(own, pc)
		default:
			below = append(below, pc)
		}
	}
	// A number that is in dispute, or on trial, is so for everyone above; notes are for those
	// who go down.
	slices.SortStableFunc(below, func(a, b placedCaveat) int { return caveatRank(a.Kind) - caveatRank(b.Kind) })
	all := append(own, below...)
	return all[:min(len(all), maxSide)]
}

func caveatRank(k content.CaveatKind) int {
	return slices.Index([]content.CaveatKind{content.Disputed, content.Pilot, content.Note}, k)
}

func (c *composer) flowsIn(pc placedCaveat) bool {
	if pc.subject == c.subject {
		return true
	}
	return c.subject.Kind == rollup.NodeSubject && c.model.In(pc.home, model.NodeIdx(c.subject.Index))
}

// placedCaveat is a caveat of a document with its place in the organisation.
type placedCaveat struct {
	content.Caveat
	subject rollup.Subject
	home    model.NodeIdx
	id      string // of its note on a page
}

func (pc *placedCaveat) holds(today model.Day) bool {
	return (pc.Since.IsZero() || dayOf(pc.Since) <= today) && (pc.Until.IsZero() || dayOf(pc.Until) >= today)
}

// placeCaveats gathers the caveats of all documents.
func (p *Plan) placeCaveats() []placedCaveat {
	var out []placedCaveat
	for _, doc := range p.docs.All() {
		s, ok := p.subjectOf(doc)
		if !ok {
			continue
		}
		for i, cv := range doc.Meta.Caveats {
			id := "caveat-" + string(doc.Kind) + "-" + content.EncodeID(doc.ID) + "-" + strconv.Itoa(i+1)
			out = append(out, placedCaveat{cv, s, p.home(s), id})
		}
	}
	return out
}

// sideNotes are the caveats beside the text: the subject's own, and those from below.
func (c *composer) sideNotes() (own, below []SideNote) {
	for _, pc := range c.side {
		n := SideNote{ID: pc.id, Head: c.caveatHead(pc), Text: pc.Text}
		if pc.subject == c.subject {
			own = append(own, n)
			continue
		}
		n.Where = say(wCaveatFrom, arg("subject", c.subjectLink(pc.subject)))
		below = append(below, n)
	}
	return own, below
}

func (c *composer) caveatHead(pc placedCaveat) Sentence {
	metric := argText("metric", c.metricTitle(pc.Metric))
	kind := arg("kind", words(say(caveatWord(pc.Kind))))
	if pc.Until.IsZero() {
		return say(wCaveatOn, kind, metric)
	}
	return say(wCaveatUntil, kind, metric, argText("day", c.Words.Day(dayOf(pc.Until))))
}

func caveatWord(k content.CaveatKind) Word {
	switch k {
	case content.Disputed:
		return wDisputed
	case content.Pilot:
		return wPilot
	}
	return wNote
}

// caveatMarks point from a tile to the caveats about its metric.
func (c *composer) caveatMarks(metric string) []CaveatMark {
	var out []CaveatMark
	for _, pc := range c.side {
		if pc.Metric == metric {
			out = append(out, CaveatMark{Kind: say(caveatWord(pc.Kind)), Text: pc.Text, Href: "#" + pc.id})
		}
	}
	return out
}
