package generator

import (
	"context"
	"fmt"
	"time"

	"uptree/generator/diag"
	"uptree/generator/history"
	"uptree/generator/model"
	"uptree/generator/report"
	"uptree/generator/signal"
)

// past is what earlier builds knew, for what changed since. What the builds of this day said
// is compared with by the next build alone, so that a day's pages say the same at each build.
func (b *build) past() signal.Past {
	if b.history == nil {
		return signal.Past{}
	}
	days, read := b.history.Days(), map[int]*history.Snapshot{}
	at := func(day int) (signal.Standing, model.Day) {
		s, seen := read[day]
		if !seen {
			found, problems := b.history.At(day)
			b.took(problems)
			s, read[day] = found, found
		}
		if s == nil {
			return nil, model.NoDay
		}
		return s.States, model.Day(s.Day)
	}
	p := signal.Past{At: func(day model.Day) (signal.Standing, model.Day) { return at(int(day)) }}
	p.Last, p.LastDay = at(b.day)
	if len(days) > 0 && days[0] < b.day {
		p.First, p.FirstDay = at(days[0])
	}
	steps, problems := b.history.Steps()
	b.took(problems)
	for _, s := range steps {
		p.Log = append(p.Log, signal.Step{Day: model.Day(s.Day), Aspect: s.Kind, ID: s.ID, From: s.From, To: s.To})
	}
	return p
}

// steps are what changed in the last days, for later builds.
func (b *build) steps() []history.Step {
	var out []history.Step
	for _, s := range b.changes.Log {
		out = append(out, history.Step{Day: int(s.Day), Kind: s.Aspect, ID: s.ID, From: s.From, To: s.To})
	}
	return out
}

// Digest composes the digest of a node since so many days ago, or since the last build where
// days is 0. Nothing is published or kept. Where Outcome is not Built, the problems say why.
func Digest(ctx context.Context, o Options, node string, days int) (*report.Digest, *Result, diag.List, error) {
	o.CheckOnly = true
	b := &build{o: o, began: time.Now(), result: &Result{}}
	b.openStore()
	defer b.store.Close()
	c, err := b.compose(ctx)
	b.stage("")
	if err != nil || c == nil {
		return nil, b.result, b.leveled().Sorted(), err
	}
	n, ok := c.cube.Model.Node(node)
	if !ok {
		var ids []string
		for i := range c.cube.Model.Nodes {
			ids = append(ids, c.cube.Model.Nodes[i].ID)
		}
		return nil, b.result, nil, &UnknownNodeError{node, diag.DidYouMean(node, ids)}
	}
	return c.plan.Digest(n, c.plan.Changed(days)), b.result, b.leveled().Sorted(), nil
}

// UnknownNodeError says that a node that was named on the command line is not in the tree.
type UnknownNodeError struct{ ID, Hint string }

func (e *UnknownNodeError) Error() string {
	text := fmt.Sprintf("the org tree has no node %q", e.ID)
	if e.Hint != "" {
		text += ": " + e.Hint
	}
	return text
}
