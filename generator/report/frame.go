package report

import (
	"strings"

	"uptree/generator/model"
)

// composeFrame words what all pages share. It holds the day, never the clock.
func (p *Plan) composeFrame() *Frame {
	today := p.model.Calendar.DayAt(p.model.AsOf)
	return &Frame{
		Title: p.site.Title, Home: p.nodes[0], Lang: p.Words.Lang, Dir: p.Words.Dir,
		Nav: []Span{
			linked(say(wNavTalk), talkPath), linked(say(wNavChanges), changesPath), linked(say(wMap), mapPath), linked(say(wNavCracks), cracksPath), linked(say(wThemes), themesPath), linked(say(wNavMetrics), metricsPath),
			linked(say(wNavData), dataPath), linked(say(wNavGuide), guidePath),
		},
		Skip: say(wSkip), Find: say(wFind), TreeTitle: say(wTreeTitle), TreeHint: say(wTreeHint),
		PagesName: say(wPagesName), TrailName: say(wTrailName), Choose: say(wChoosePeriod),
		AsOf: words(say(wAsOf, arg("day", Span{
			Text: p.Words.Day(today), Stamp: &Stamp{At: today.String()},
		}))),
		Fresh:  p.freshness(),
		WhatIf: p.whatIf(),
		Foot:   say(wFoot),
		Late:   say(wLate),
	}
}

// freshness says in one link how the sources fare.
func (p *Plan) freshness() Span {
	var bad []string
	for i := range p.model.Sources {
		if s := &p.model.Sources[i]; s.Status != model.SourceOK {
			bad = append(bad, sourceTitle(s))
		}
	}
	if len(bad) == 0 {
		return marked(MarkOK, linked(sayN(wSourcesFine, len(p.model.Sources)), dataPath))
	}
	s := sayN(wSourcesOld, len(bad), argCount("of", len(p.model.Sources)), argText("names", listed(bad)))
	return marked(MarkRisk, linked(s, dataPath))
}

// listed names at most three of a list.
func listed(names []string) string {
	const most = 3
	if len(names) > most {
		return strings.Join(names[:most], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

func sourceTitle(s *model.SourceInfo) string {
	if s.Title != "" {
		return s.Title
	}
	return s.Name
}

// trail links the ancestors of a node, from the root.
func (p *Plan) trail(n model.NodeIdx) []Span {
	path := p.model.Path(n)
	out := make([]Span, 0, len(path))
	for _, a := range path[:len(path)-1] {
		out = append(out, p.nodeLink(a))
	}
	return out
}

// fullTrail is trail with the node itself: for the pages of services and journeys.
func (p *Plan) fullTrail(n model.NodeIdx) []Span { return append(p.trail(n), p.nodeLink(n)) }
