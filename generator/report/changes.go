package report

import (
	"slices"
	"time"

	"uptree/generator/model"
	"uptree/generator/signal"
)

// changeWindow is a stretch of time up to now with what changed in it.
type changeWindow struct {
	name  string // in the twins
	title Word
	signal.Window
}

// listWindows are the windows of the page of changes, the shortest first. Each thing stands
// in the shortest window in which it changed.
func (p *Plan) listWindows() []changeWindow {
	today := p.found.Today
	windows := p.found.Changes.Windows(today-1, today-7, monthBefore(today))
	return []changeWindow{
		{"yesterday", wSinceYesterday, windows[0]}, {"week", wSinceWeek, windows[1]}, {"month", wSinceMonth, windows[2]},
	}
}

// monthBefore is the same day of the month before, or its last.
func monthBefore(d model.Day) model.Day {
	year, month, day := d.Date().Date()
	last := time.Date(year, month, 0, 0, 0, 0, 0, time.UTC).Day()
	return model.DayOf(year, month-1, min(day, last))
}

// composeChanges lists what changed, by how far back.
func composeChanges(p *Plan, _ int) *Page {
	a := &Article{Name: p.Words.Plain(say(wChanges)), Lead: say(wChangesLead)}
	for i := range p.windows {
		a.addSection(p.changeSection(i))
	}
	a.By = spaced([]Span{linked(say(wRecordsJSON), beside("index.json")), linked(say(wRecordsCSV), beside("data.csv"))})
	if !slices.ContainsFunc(p.windows, func(w changeWindow) bool { return len(w.Changes) > 0 }) {
		a.Lead = say(wChangesNone)
	}
	return &Page{
		Path: changesPath, Title: a.Name, Article: a, Trail: []Span{p.nodeLink(0)}, Tree: p.tree(0, false),
		Changes: p.twinChanges(), Records: p.changeRecords(),
	}
}

// changeSection is a window. The first says how to subscribe, and those whose day is not the
// one with which all is compared say so, each thing once.
func (p *Plan) changeSection(i int) ArticleSection {
	w := &p.windows[i]
	s := talkSection(w.name, w.title, wChangesNothing, wChangesWhat, wChangesWhere, wChangesDay)
	s.Title = words(say(w.title, argText("day", p.Words.Day(w.Since))))
	s.Table.Caption, s.Paras = *s.Title.Say, nil
	for k := range w.Changes {
		s.row(p.changeCells(&w.Changes[k])...)
	}
	if s.Count == 0 {
		s.Paras = append(s.Paras, Cell{words(say(wChangesNothing))})
	}
	if i == 0 {
		s.Paras = append(s.Paras, p.feedLine())
	}
	if line := p.undated(&w.Window); !line.None() && (i == 0 || p.windows[i-1].Undated != w.Undated) {
		s.Paras = append(s.Paras, Cell{words(line)})
	}
	return s
}

// undated says where what only builds know is not compared with the day of the window.
func (p *Plan) undated(w *signal.Window) Sentence {
	switch {
	case w.Undated == model.NoDay:
		return say(wFirstBuild)
	case w.Undated > w.Since:
		return say(wSinceFirst, argText("day", p.Words.Day(w.Undated)))
	case w.Undated < w.Since:
		return say(wSinceOlder, argText("day", p.Words.Day(w.Undated)))
	}
	return Sentence{}
}

func (p *Plan) feedLine() Cell {
	if p.site.BaseURL == "" {
		return Cell{words(say(wChangesNoFeed))}
	}
	return Cell{words(say(wChangesFeed, arg("feed", link("Atom", feedPath(p.nodes[0])))))}
}

func (p *Plan) changeCells(c *signal.Change) []Cell {
	return []Cell{{marked(gravityMark(c.Gravity), words(p.changeText(c)))}, p.changedAt(c), {p.dayOrDash(c.Day)}}
}

// changedAt links the nodes that a change concerns, and who has the lever where it is none of
// them.
func (p *Plan) changedAt(c *signal.Change) Cell {
	var spans []Span
	for i, n := range c.At {
		if !slices.Contains(c.At[:i], n) {
			spans = append(spans, p.nodeLink(n))
		}
	}
	cell := joined(spans)
	if c.Lever != model.NoIndex && !slices.Contains(c.At, c.Lever) {
		cell = append(cell, text(". "), words(say(wLever, arg("lever", p.nodeLink(c.Lever)))))
	}
	return cell
}

func (p *Plan) changeText(c *signal.Change) Sentence {
	out := Sentence{Word: changeWord(c.Code), N: 2}
	for _, a := range c.Args {
		out.Args = append(out.Args, arg(a.Name, p.signalArg(a)))
	}
	return out
}

// concerns reports whether a change concerns a node or one below it. A number is that of its
// level: a level above has its own, with a usual range of its own.
func (p *Plan) concerns(c *signal.Change, n model.NodeIdx) bool {
	if c.Aspect == signal.AspectRange {
		return slices.Contains(c.At, n)
	}
	return n == 0 || slices.ContainsFunc(c.At, func(at model.NodeIdx) bool { return p.model.In(at, n) })
}

// maxChangesHere bounds the section of a node.
const maxChangesHere = 5

// changes is what changed at a node and below since last week.
func (c *composer) changes(n model.NodeIdx) Changed {
	if n != 0 && c.generated() {
		return Changed{}
	}
	a := Changed{Section: Section{ID: "changes", Title: say(wChangesHere)}}
	found := c.changed(n)
	for i := range found[:min(len(found), maxChangesHere)] {
		line := AttentionLine{Mark: gravityMark(found[i].Gravity), Text: c.changeText(&found[i])}
		if found[i].Day != model.NoDay {
			line.Lever = say(wChangeOn, argText("day", c.Words.ShortDay(found[i].Day)))
		}
		a.Lines = append(a.Lines, line)
	}
	if c.site.BaseURL != "" {
		a.Feed = say(wChangesFeedOf, arg("feed", link("Atom", feedPath(c.nodes[n]))))
	}
	page := arg("page", linked(say(wNavChanges), changesPath))
	switch more := len(found) - len(a.Lines); {
	case len(found) == 0:
		a.Empty = say(wChangesHereNo, page)
	case more > 0:
		a.More = sayN(wChangesMore, more, page)
	default:
		a.More = say(wChangesAll, page)
	}
	return a
}

// changed lists what changed at a node and below since last week, what needs someone first.
func (c *composer) changed(n model.NodeIdx) (found []signal.Change) {
	for _, w := range c.windows[:2] {
		found = append(found, where(w.Changes, func(change signal.Change) bool { return c.concerns(&change, n) })...)
	}
	slices.SortStableFunc(found, signal.ByNeed)
	return found
}
