package report

import (
	"math"
	"strings"

	"uptree/generator/model"
	"uptree/generator/rollup"
	"uptree/generator/signal"
)

// Times prints a pace of spending: 2.1×. It is never rounded to 1 or across it.
func Times(rate float64) string {
	for digits := 1; digits <= 3; digits++ {
		r := math.Round(rate*math.Pow10(digits)) / math.Pow10(digits)
		if (r > 1) == (rate > 1) && (r < 1) == (rate < 1) && (r > 0 || rate == 0) {
			return strings.TrimSuffix(decimal(r, digits), ".0") + "×"
		}
	}
	if rate < 0.5 {
		return "under" + nbsp + "0.001×"
	}
	return "1×"
}

// Amount prints a number of events, with a decimal where it is a small fraction.
func Amount(x rollup.Exact) string {
	v := x.Float()
	if v == math.Trunc(v) || v >= 10_000 {
		return Count(int(math.Round(v)))
	}
	return decimal(v, 1)
}

func targetText(o *model.Objective) string { return TargetLevel(o.Versions[len(o.Versions)-1].Target) }

func statusText(o *model.Objective, r *rollup.ObjectiveResult) string {
	return budgetStatus(o, &r.Budget)
}

func budgetStatus(o *model.Objective, b *rollup.Budget) string {
	status, ok := b.Status()
	if !ok {
		return dash
	}
	return Level(status, o.Versions[len(o.Versions)-1].Target)
}

func leftText(r *rollup.ObjectiveResult) string {
	left, ok := r.Budget.Remaining()
	if !ok || r.State == rollup.NoData {
		return dash
	}
	return BudgetShare(left)
}

// unitOf names what an objective counts.
func unitOf(o *model.Objective) Span {
	switch {
	case o.Budgeting == model.Timeslices:
		return words(say(wSlices))
	case o.Unit == "":
		return words(say(wEvents))
	}
	return name(o.Unit)
}

// budgetOf names the budget by its window: 28-day budget.
func budgetOf(o *model.Objective) Span {
	switch o.Window.Name {
	case "month":
		return words(say(wBudgetMonth))
	case "quarter":
		return words(say(wBudgetQuarter))
	}
	return words(sayN(wBudgetDays, o.Window.Days))
}

// budgetLine says what is left of the budget, and the status that it comes from.
func (c *composer) budgetLine(o *model.Objective, r *rollup.ObjectiveResult) []Cell {
	if r.State == rollup.NoData {
		return []Cell{{words(say(wTargetOf, argText("target", targetText(o)), arg("budget", budgetOf(o))))}}
	}
	return []Cell{
		{words(say(wLeft, argText("share", leftText(r)), arg("budget", budgetOf(o))))},
		{words(say(wStatusOf, argText("status", statusText(o, r)), arg("unit", unitOf(o)), argText("target", targetText(o))))},
	}
}

// reasonLine says why an objective is in its state.
func (c *composer) reasonLine(o *model.Objective, r *rollup.ObjectiveResult) Cell {
	if len(r.Reasons) == 0 {
		return Cell{words(say(wWithin))}
	}
	out := Cell{}
	for _, reason := range r.Reasons {
		if len(out) > 0 {
			out = append(out, text(" "))
		}
		out = append(out, words(stateReason(reason, o, r)))
	}
	return out
}

func stateReason(reason rollup.StateReason, o *model.Objective, r *rollup.ObjectiveResult) Sentence {
	switch reason {
	case rollup.StateOverspent:
		return say(wOverspent, argText("bad", Amount(r.Budget.Bad())), arg("unit", unitOf(o)), argText("allowed", Amount(r.Budget.Allowed)))
	case rollup.StateSpent:
		return say(wSpent)
	case rollup.StateNearlySpent:
		return say(wNearlySpent)
	case rollup.StateSpendingFast:
		return say(wSpendingFast)
	case rollup.StateFewEvents:
		return say(wFewEvents, argText("valid", Amount(r.Budget.Valid)), arg("unit", unitOf(o)), argText("min", Count(int(o.MinEvents))))
	}
	return say(wIdle)
}

// decisionLine is the decision that holds, or for a breach that there is none and where to
// write one; nil where nothing is to be said.
func (c *composer) decisionLine(i int32) Cell {
	if d := c.held(i); d != nil {
		return append(Cell{words(c.decided(d))}, text(" "), name(d.Said.Text))
	}
	r := c.cube.Objective(i)
	if r.State < rollup.AtRisk {
		return nil
	}
	line := Cell{}
	if d := c.lastDecision(i); d != nil {
		line = append(line, marked(MarkRisk, words(say(wDecisionOver, argText("since", c.Words.Day(d.Since)), argText("until", c.Words.Day(d.Until))))), text(" "))
	} else if r.State == rollup.Breached {
		line = append(line, marked(MarkBad, words(say(wNoDecision))), text(" "))
	} else {
		return nil
	}
	return append(line, c.writeOne(objectiveSubject(&c.model.Objectives[i])))
}

// held is the newest decision about an objective that holds; nil for none.
func (p *Plan) held(i int32) *signal.Decision {
	all := p.found.Current(signal.AboutObjective(i), p.found.Today)
	if len(all) == 0 {
		return nil
	}
	return all[len(all)-1]
}

// decided says who decided what, and until when it holds.
func (c *composer) decided(d *signal.Decision) Sentence {
	args := []Arg{argText("role", d.Said.ByRole), argText("since", c.Words.Day(d.Since)), arg("choice", words(say(choiceWord(d.Said.Choice))))}
	if d.Until == model.NoDay {
		return say(wDecidedOpen, args...)
	}
	return say(wDecidedUntil, append(args, argText("until", c.Words.Day(d.Until)))...)
}

// lastDecision is the newest decision about an objective that no longer holds.
func (c *composer) lastDecision(i int32) *signal.Decision {
	var last *signal.Decision
	for _, d := range c.found.Decisions {
		if d.About == signal.AboutObjective(i) && d.Ended(c.found.Today) && (last == nil || d.Until >= last.Until) {
			last = d
		}
	}
	return last
}

// writeOne leads to the document in which a decision is written.
func (c *composer) writeOne(s rollup.Subject) Span {
	file := c.file(s)
	if href := c.edit(file); href != "" {
		return Span{Say: new(say(wWriteOne)), Href: href, Away: true}
	}
	return words(say(wWriteOneIn, argText("file", file)))
}
