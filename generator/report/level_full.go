package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// How far back the views of an objective look.
const (
	viewWeeks  = 8
	viewMonths = 13
)

// fullLevel is an objective on its subject's page.
func (c *composer) fullLevel(i int32) LevelFull {
	o, r := &c.model.Objectives[i], c.cube.Objective(i)
	full := LevelFull{LevelCard: c.levelCard(i), ID: levelAnchor(o.ID)}
	full.Title = name(o.Title)
	if o.URL != "" {
		full.Title = away(o.Title, o.URL)
	}
	full.Small = nil
	full.Facts = c.levelFacts(i, o, r)
	full.Burndown = c.burndownChart(i)
	yesterday := c.model.Calendar.DayAt(c.model.AsOf) - 1
	days := c.cube.ObjectiveDays(i, yesterday-yearDays+1, yesterday)
	full.Days = c.yearChart(i, days)
	if full.Days != nil {
		full.Views, full.ViewsOf = c.levelViews(o, days), say(wViews)
	}
	full.How = c.levelHow(i, o, r)
	return full
}

// levelFacts are the short statements beside an objective's budget.
func (c *composer) levelFacts(i int32, o *model.Objective, r *rollup.ObjectiveResult) Facts {
	var f Facts
	if r.State != rollup.NoData {
		f.add(wPace, c.paces(r))
		f.add(wInTarget, Cell{words(sayN(wInTargetOf, r.DaysMeasured, argCount("reached", r.DaysReached)))})
		if left, ok := r.Budget.Remaining(); ok && left > 0 {
			f.add(wExhausted, c.exhausted(r))
		}
		f.add(wSpentBy, c.spentBy(i, r))
		if r.Unexcluded != nil {
			left, _ := r.Unexcluded.Remaining()
			f.add(wUnexcluded, Cell{words(say(wUnexcludedAt, argText("status", budgetStatus(o, r.Unexcluded)), argText("share", BudgetShare(left))))})
		}
	}
	if promise := c.promiseOf(i); promise != nil {
		f.add(wPromise, promise)
	}
	switch r.Lagom {
	case rollup.LagomUnspent:
		f.add(wLagom, Cell{marked(MarkQuiet, words(say(wLagomUnspent)))})
	case rollup.LagomBreached:
		f.add(wLagom, Cell{marked(MarkRisk, words(say(wLagomBreached)))})
	}
	c.aboutLevel(&f, o, r)
	return f
}

// aboutLevel says for whom and why an objective is kept.
func (c *composer) aboutLevel(f *Facts, o *model.Objective, r *rollup.ObjectiveResult) {
	if o.Consumer != "" {
		f.add(wConsumer, Cell{name(o.Consumer)})
	}
	if o.Rationale != "" {
		f.add(wRationale, Cell{name(o.Rationale)})
	}
	if o.ReviewBy != model.NoDay {
		day := argText("day", c.Words.Day(o.ReviewBy))
		if r.ReviewDue {
			f.add(wReview, Cell{marked(MarkRisk, words(say(wReviewPassed, day)))})
		} else {
			f.add(wReview, Cell{words(say(wReviewBy, day))})
		}
	}
	if marks := c.caveatMarks(o.ID); len(marks) > 0 {
		for _, m := range marks {
			f.Rows = append(f.Rows, Fact{m.Kind, Cell{Span{Text: m.Text, Href: m.Href, Name: true}}})
		}
	}
}

// paces are how fast the budget is spent: 1 d 2.1×.
func (c *composer) paces(r *rollup.ObjectiveResult) Cell {
	var out []Span
	for _, b := range r.Burns {
		if b.Known {
			out = append(out, words(say(wPaceOver, argText("rate", Times(b.Rate)), argText("days", Count(b.Days)))))
		}
	}
	return spaced(out)
}

func (c *composer) exhausted(r *rollup.ObjectiveResult) Cell {
	if r.Exhausted == model.NoDay {
		return Cell{words(say(wNotExhausted))}
	}
	return Cell{words(say(wExhaustedOn, argText("day", c.Words.Day(r.Exhausted))))}
}

// spentBy splits what was bad by whose incident it fell into.
func (c *composer) spentBy(i int32, r *rollup.ObjectiveResult) Cell {
	if r.Parts == nil {
		return Cell{words(say(wTooCoarse))}
	}
	bad := r.Budget.Bad().Float()
	if bad == 0 {
		return Cell{words(say(wNothingBad))}
	}
	var out []Span
	for _, part := range []struct {
		mark Mark
		word Word
		x    rollup.Exact
	}{
		{MarkOwn, wBurnOwn, r.Parts.Own}, {MarkInherited, wBurnInherited, r.Parts.Inherited},
		{MarkSeveral, wBurnSeveral, r.Parts.Several}, {MarkUnrecorded, wBurnUnexplained, r.Parts.Unexplained},
	} {
		if v := part.x.Float(); v > 0 {
			out = append(out, marked(part.mark, words(say(part.word, argText("share", Share(v/bad, 100))))))
		}
	}
	if from, share := c.cube.InheritedFrom(i); from != model.NoIndex {
		out = append(out, words(say(wBurnFrom, argText("share", Share(share, 100)), arg("node", c.nodeLink(from)))))
	}
	return spaced(out)
}

// levelViews are the weeks and months of an objective, the newest first.
func (c *composer) levelViews(o *model.Objective, days []rollup.ObjectiveDay) Table {
	t := Table{
		Caption: say(wViews), Plain: true, Figures: true,
		Columns: []Column{{Head: say(wFrom)}, {Head: say(wStatus)}, {Head: say(wBadAllowed)}, {Head: say(wInTarget)}},
	}
	for _, view := range []struct {
		by   rollup.Group
		head Word
		most int
	}{{rollup.ByWeek, wWeeks, viewWeeks}, {rollup.ByMonth, wByMonths, viewMonths}} {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{words(say(view.head))}}})
		spans := rollup.GroupDays(days, view.by)
		for k := len(spans) - 1; k >= max(0, len(spans)-view.most); k-- {
			t.Rows = append(t.Rows, c.viewRow(o, &spans[k]))
		}
	}
	return t
}

func (c *composer) viewRow(o *model.Objective, s *rollup.ObjectiveSpan) Row {
	b := rollup.Budget{Good: s.Good, Valid: s.Valid, Allowed: s.Allowed}
	if s.Measured == 0 {
		return Row{Cells: []Cell{{text(c.Words.Day(s.First))}, {words(say(wNoData))}, {text(dash)}, {text(dash)}}}
	}
	return Row{Cells: []Cell{
		{text(c.Words.Day(s.First))}, {text(budgetStatus(o, &b))},
		{words(say(wOutOf, argText("num", Amount(b.Bad())), argText("den", Amount(b.Allowed))))},
		{words(say(wOutOf, argText("num", Count(s.Reached)), argText("den", Count(s.Measured))))},
	}}
}

// levelHow says how an objective was judged.
func (c *composer) levelHow(i int32, o *model.Objective, r *rollup.ObjectiveResult) LevelHow {
	how := LevelHow{Open: say(wHow), Formula: say(wHowEvents)}
	if o.Budgeting == model.Timeslices {
		v := o.Versions[len(o.Versions)-1]
		how.Formula = say(wHowSlices, argText("slice", Duration(float64(o.Slice))), argText("target", TargetLevel(v.SliceTarget)))
	}
	cal := c.model.Calendar
	how.Facts.add(wWindow, Cell{words(say(wWindowOf, argText("from", c.Words.Day(cal.DayAt(r.Window.From))), argText("to", c.Words.Day(cal.DayAt(r.Window.To)))))})
	how.Facts.add(wGoodOfValid, Cell{words(say(wOutOf, argText("num", Amount(r.Budget.Good)), argText("den", Amount(r.Budget.Valid)))), text(" "), unitOf(o)})
	if o.Weighted {
		how.Facts.add(wMeasured, Cell{words(say(wWeighted))})
	}
	how.Facts.add(wBadAllowed, Cell{words(say(wOutOf, argText("num", Amount(r.Budget.Bad())), argText("den", Amount(r.Budget.Allowed))))})
	for k := range o.Versions {
		if v := &o.Versions[k]; v.From != model.NoDay {
			how.Facts.add(wTarget, Cell{words(say(wTargetFrom, argText("target", TargetLevel(v.Target)), argText("day", c.Words.Day(v.From))))})
		}
	}
	how.Facts.add(wRecord, Cell{c.record(o.Origin)})
	how.Facts.add(wSources, append(append(c.sourcesOf(model.SLOs), text(" · ")), c.sourcesOf(model.SLIs)...))
	how.Left = c.excluded(o)
	return how
}

// excluded lists the exclusions of an objective that are honoured.
func (c *composer) excluded(o *model.Objective) Table {
	t := Table{
		Caption: say(wExclusions), Stack: true,
		Columns: []Column{{Head: say(wFrom)}, {Head: say(wTo)}, {Head: say(wReason)}, {Head: say(wByRole)}, {Head: say(wExpires)}},
	}
	for _, x := range o.Exclusions {
		e := &c.model.Exclusions[x]
		expires := text(dash)
		if e.Expires != model.NoDay {
			expires = text(c.Words.Day(e.Expires))
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{text(c.Words.Moment(c.model.Calendar, e.From))}, {text(c.Words.Moment(c.model.Calendar, e.To))}, {name(e.Reason)}, {orDash(e.ByRole)}, {expires},
		}})
	}
	return t
}
