package report

import (
	"cmp"
	"strings"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// explainedRecords lists what a figure is made of, and what was left out.
func (c *composer) explainedRecords(e *Explanation, m int) {
	metric := &c.metrics[m]
	made := c.made(m)
	if len(made.Counted)+len(made.Left) == 0 {
		e.None = say(wRecordsNone)
		return
	}
	most := mostRecords
	if len(made.Counted) > 1 {
		most = fewRecords
	}
	for i := range made.Counted {
		g := &made.Counted[i]
		head := sayN(wRecordsMade, g.N)
		if g.Name != "" {
			head = sayN(wRecordsMadeAs, g.N, arg("as", partName(g.Name)))
		}
		e.Counted = append(e.Counted, c.recordList(metric, head, g, most))
	}
	for i := range made.Left {
		g := &made.Left[i]
		e.Left = append(e.Left, c.recordList(metric, sayN(wRecordsLeft, g.N, arg("reason", leftWord(g.Name))), g, leftRecords))
	}
}

// made is what a figure of the default period is made of; empty where its metric cannot say.
func (c *composer) made(m int) rollup.Extract {
	made, known := c.records[m]
	if !known {
		made, _ = c.cube.Extract(c.subject, m, c.period, mostRecords)
		if c.records == nil {
			c.records = map[int]rollup.Extract{}
		}
		c.records[m] = made
	}
	return made
}

func (c *composer) recordList(metric *rollup.Metric, head Sentence, g *rollup.RecordGroup, most int) RecordList {
	l := RecordList{Head: head}
	for i := range g.Top[:min(len(g.Top), most)] {
		l.Records = append(l.Records, c.recordLine(metric, &g.Top[i]))
	}
	if more := g.N - len(l.Records); more > 0 {
		l.More = sayN(wMore, more)
	}
	return l
}

func (c *composer) recordLine(metric *rollup.Metric, r *rollup.Record) RecordLine {
	l := RecordLine{Worth: c.recordWorth(metric, r), What: c.recordWhat(r), When: c.recordWhen(r), Where: c.record(r.Origin)}
	if r.URL != "" { // the record itself, not the copy of it that was read
		l.What.Href, l.What.Away = r.URL, true
		l.Where.Href, l.Where.Away = "", false
	}
	return l
}

// recordWhat names a record. What a finding is, and where, is shown only where site.toml
// publishes findings in full.
func (c *composer) recordWhat(r *rollup.Record) Span {
	switch {
	case r.Kind == model.Findings && !c.site.FindingsInFull:
		return name(cmp.Or(r.As, r.Kind.String()))
	case r.Kind == model.Costs:
		return name(strings.TrimSuffix(c.spentAt(r.ID)+" · "+r.As, " · "))
	}
	return name(cmp.Or(r.Title, r.ID))
}

// spentAt names what was paid for: by its id, as bills do, but nodes that nobody named by
// the site's words for them.
func (c *composer) spentAt(id string) string {
	if n, ok := c.model.Node(id); ok && c.model.Nodes[n].Generated {
		return c.nodeTitle(n)
	}
	return id
}

// recordWorth is what a record adds to the figure.
func (c *composer) recordWorth(metric *rollup.Metric, r *rollup.Record) Span {
	switch {
	case r.Kind == model.SLOs && metric.Operator == rollup.States:
		return c.stateWorth(r.As)
	case r.Left != "", metric.Operator == rollup.Set && r.Value == 1:
		return Span{}
	case r.Kind == model.Costs:
		return text(moneyText(r.Value) + nbsp + r.Group)
	case r.Valid > 0:
		return words(say(wOutOf, argText("num", Count(int(r.Good))), argText("den", Count(int(r.Valid)))))
	}
	return text(Figure(metric.Unit, r.Value, 0))
}

func (c *composer) stateWorth(state string) Span {
	for s := range stateSpecs {
		if rollup.ObjectiveState(s).String() == state {
			return objectiveState(rollup.ObjectiveState(s))
		}
	}
	return Span{}
}

// recordWhen is the time that a record counts for.
func (c *composer) recordWhen(r *rollup.Record) Span {
	if !r.From.Known() {
		return Span{}
	}
	cal := c.model.Calendar
	from, to := cal.DayAt(r.From), cal.DayAt(r.To)
	switch {
	case r.Kind == model.Costs && to == from+1:
		return text(c.Words.ShortDay(from))
	case r.Kind == model.Costs:
		return text(c.Words.ShortDay(from) + "–" + c.Words.ShortDay(to-1))
	case r.From >= r.To:
		return text(c.recent(r.From))
	case r.To >= c.model.AsOf:
		return words(say(wStillOpen, argText("from", c.recent(r.From))))
	case from == to:
		return text(c.recent(r.From) + "–" + clock(cal, r.To))
	}
	return text(c.recent(r.From) + " – " + c.recent(r.To))
}

// leftWord is a reason for which a record counts for nothing, in words.
func leftWord(reason string) Span {
	if w, ok := leftWords[reason]; ok {
		return words(say(w))
	}
	return partName(reason)
}
