package report

import (
	"cmp"
	"slices"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// Glance answers, before the numbers, what a leader asks of them. It answers for each
// period, as the tiles do.
type Glance struct {
	Default int        // index into Periods
	Periods []GlanceOf // none where there are no numbers
}

// GlanceOf are the answers for one period.
type GlanceOf struct {
	Name    string // of the period
	Answers []Fact
}

// glance asks of the tiles on the page: ours or inherited, outside the usual, to be trusted.
func (c *composer) glance(tiles []Tile) Glance {
	g := Glance{Default: c.period}
	if len(tiles) == 0 {
		return g
	}
	for i := range c.periods {
		of := GlanceOf{Name: c.periods[i].name}
		of.ask(wGlanceLever, c.whose(i))
		of.ask(wGlanceUsual, unusual(tiles, i))
		of.ask(wGlanceTrust, c.trust(i))
		g.Periods = append(g.Periods, of)
	}
	return g
}

func (g *GlanceOf) ask(question Word, answer Cell) {
	if len(answer) > 0 {
		g.Answers = append(g.Answers, Fact{say(question), answer})
	}
}

// whoseAnswer words the part that most of the incident time is; all says that it is all.
type whoseAnswer struct{ most, all Word }

var whoseAnswers = map[string]whoseAnswer{
	"own_only":        {wGlanceOwn, wGlanceOwnAll},
	"inherited_only":  {wGlanceInherited, wGlanceAll},
	"unrecorded_only": {wGlanceUnrecorded, wGlanceUnrecorded},
	"several":         {wGlanceSeveral, wGlanceSeveral},
}

// whose says where most of the incident time began; nothing where none is measured.
func (c *composer) whose(period int) Cell {
	if c.rows.incidentTime < 0 {
		return nil
	}
	cell := &c.stats[c.rows.incidentTime][period]
	switch {
	case !cell.Known:
		return nil
	case cell.Value == 0:
		return Cell{words(say(wGlanceNoTime, arg("period", words(c.periods[period].long))))}
	}
	part := largest(cell.Segments)
	answer, args := whoseAnswers[part.Name], []Arg{argText("of", Figure(rollup.Seconds, cell.Value, 0))}
	if from := c.causeOf(period); part.Name == "inherited_only" && from != model.NoIndex {
		answer, args = whoseAnswer{wGlanceFrom, wGlanceAllFrom}, append(args, arg("node", c.nodeLink(from)))
	}
	if part.Value == cell.Value && answer.all != answer.most {
		return Cell{marked(partMark(part.Name), words(say(answer.all, args...)))}
	}
	args = append(args, argText("value", Figure(rollup.Seconds, part.Value, 0)))
	return Cell{marked(partMark(part.Name), words(say(answer.most, args...)))}
}

func largest(parts []rollup.Part) rollup.Part {
	return slices.MaxFunc(parts, func(a, b rollup.Part) int { return cmp.Compare(a.Value, b.Value) })
}

// causeOf is the node that most of the inherited incident time came from.
func (c *composer) causeOf(period int) model.NodeIdx {
	seconds := map[model.NodeIdx]float64{}
	worst := model.NodeIdx(model.NoIndex)
	for _, r := range c.cube.Incidents(c.subject, period) {
		in := &c.model.Incidents[r.Incident]
		if !r.Impacted || r.Class != rollup.Inherited || in.Planned || len(in.CauseHomes) == 0 {
			continue
		}
		home := in.CauseHomes[0]
		seconds[home] += r.Seconds
		if worst == model.NoIndex || seconds[home] > seconds[worst] {
			worst = home
		}
	}
	return worst
}

// maxUnusual bounds the numbers that are named.
const maxUnusual = 3

// unusual names the numbers outside their usual range, those that moved as wished last.
func unusual(tiles []Tile, period int) Cell {
	var risks, wished []Span
	judged := 0
	for i := range tiles {
		p := &tiles[i].Periods[period]
		if p.Usual.None() {
			continue
		}
		judged++
		to := link(tiles[i].Title.Text, "#m-"+tiles[i].Metric)
		switch p.Outside {
		case MarkRisk:
			risks = append(risks, to)
		case MarkQuiet:
			wished = append(wished, to)
		}
	}
	out := append(risks, wished...)
	n := len(out)
	switch {
	case judged == 0:
		return Cell{words(say(wGlanceNoPast))}
	case n == 0:
		return Cell{marked(MarkOK, words(sayN(wGlanceInside, judged)))}
	case n > maxUnusual:
		out = append(out[:maxUnusual:maxUnusual], words(sayN(wMore, n-maxUnusual)))
	}
	mark := MarkRisk
	if len(risks) == 0 {
		mark = MarkQuiet
	}
	return append(Cell{marked(mark, words(sayN(wGlanceOutside, judged, argCount("outside", n)))), text(" ")}, joined(out)...)
}

// trust says what the numbers stand on: whether their sources are up to date, how much they
// cover, and whether anyone disputes one.
func (c *composer) trust(period int) Cell {
	out := []Span{c.sourcesHere()}
	if c.rows.incidentTime >= 0 {
		if cell := &c.stats[c.rows.incidentTime][period]; cell.Of > 0 {
			out = append(out, words(sayN(coverageWord(&c.metrics[c.rows.incidentTime]), cell.Of, argCount("covered", cell.Covered))))
		}
	}
	if n := c.disputed(); n > 0 {
		out = append(out, linked(sayN(wGlanceDisputed, n), "#context"))
	}
	return spaced(out)
}

// sourcesHere is how the sources of figures fare: unlike the site's line, not those that
// say who owns what.
func (c *composer) sourcesHere() Span {
	var bad []string
	all := 0
	for i := range c.model.Sources {
		s := &c.model.Sources[i]
		if !measures(s) {
			continue
		}
		all++
		if s.Status != model.SourceOK {
			bad = append(bad, sourceTitle(s))
		}
	}
	if len(bad) == 0 {
		return marked(MarkOK, linked(sayN(wSourcesFine, all), "#notes"))
	}
	return marked(MarkRisk, linked(sayN(wSourcesOld, len(bad), argCount("of", all), argText("names", listed(bad))), "#notes"))
}

// disputed counts the remarks that call a number here wrong.
func (c *composer) disputed() (n int) {
	for _, pc := range c.side {
		if pc.Kind == content.Disputed {
			n++
		}
	}
	return n
}
