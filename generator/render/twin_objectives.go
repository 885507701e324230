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
	o.key("weighted").bool(t.Weighted).key("state").str(t.State).key("reasons").strings(t.Reasons).close('}')
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
