package generator

import (
	"uptree/generator/history"
	"uptree/generator/model"
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
	p.Last, _ = at(b.day)
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
