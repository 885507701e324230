package render

import (
	"fmt"

	"uptree/generator/report"
)

// objectives writes the list of objectives of an index.json.
func (o *object) objectives(list []report.TwinObjective) {
	o.key("objectives").open('[')
	for i := range list {
		o.objective(&list[i])
	}
	o.close(']')
}

func (o *object) objective(t *report.TwinObjective) {
	o.open('{').key("id").str(t.ID).key("title").str(t.Title).key("subject").str(t.Subject)
	o.key("indicator").orNull(t.Indicator).key("window").str(t.Window).key("target").str(t.Target)
	o.key("status").maybe(t.Status).key("good").num(t.Good).key("valid").num(t.Valid).key("budget").num(t.Allowed)
	o.key("budget_consumed").maybe(t.Consumed).key("budget_remaining").maybe(t.Remaining)
	if t.Unexcluded != nil {
		o.key("budget_consumed_without_exclusions").num(*t.Unexcluded)
	}
	for _, b := range t.Burns {
		o.key(fmt.Sprintf("burn_%dd", b.Days)).maybe(b.Rate)
	}
	o.key("exhausted").orNull(t.Exhausted).key("time_in_target").maybe(t.TimeInTarget)
	o.key("unit").orNull(t.Unit).key("budgeting").str(t.Budgeting).key("decision").orNull(t.Decision).key("bad_by").badBy(t.BadBy)
	o.key("weighted").bool(t.Weighted).key("state").str(t.State).key("reasons").strings(t.Reasons).close('}')
}

func (o *object) badBy(b *report.TwinBadBy) {
	if b == nil {
		o.null()
		return
	}
	o.open('{').key("own").num(b.Own).key("inherited").num(b.Inherited)
	o.key("several").num(b.Several).key("unexplained").num(b.Unexplained).close('}')
}

// promise writes what a dependency means for the promise of the service that has it.
func (o *object) promise(p *report.TwinPromise) {
	if p == nil {
		o.null()
		return
	}
	o.open('{').key("objective").str(p.Objective).key("on").orNull(p.On).key("verdict").str(p.Verdict).close('}')
}

// objective writes the figures of an objective over its own window.
func (w *csvWriter) objective(t *report.TwinObjective) {
	w.metric, w.period, w.unit = "objective:"+t.ID, t.Window, "ratio"
	w.maybe("status", t.Status)
	w.maybe("budget_consumed", t.Consumed)
	w.maybe("budget_remaining", t.Remaining)
	for _, b := range t.Burns {
		w.maybe(fmt.Sprintf("burn_%dd", b.Days), b.Rate)
	}
	w.unit = "1"
	w.row("", "good", t.Good, -1)
	w.row("", "valid", t.Valid, -1)
	w.row("", "budget", t.Allowed, -1)
}

func (w *csvWriter) maybe(part string, v *float64) {
	if v != nil {
		w.row("", part, *v, -1)
	}
}

func (o *object) maybe(v *float64) *object { return o.numOrNull(v != nil, deref(v)) }

// states writes how many objectives are in which state.
func (o *object) states(c *report.Measure) {
	if n := c.States; n != nil {
		o.key("states").open('{').key("met").int(n.Met).key("at_risk").int(n.AtRisk)
		o.key("breached").int(n.Breached).key("no_data").int(n.NoData).close('}')
		o.key("without_objective").int(n.Without)
	}
}
