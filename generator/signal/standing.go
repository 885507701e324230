package signal

import (
	"cmp"
	"fmt"
	"slices"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// Standing says how things stand on a day: of each aspect the state of each id. Of an
// aspect that it lacks nothing is known.
type Standing map[string]map[string]string

// The aspects.
const (
	AspectParent    = "parent"
	AspectOwner     = "owner"
	AspectObjective = "objective"
	AspectBudget    = "budget"
	AspectTarget    = "target"
	AspectDefined   = "defined"
	AspectAsk       = "ask"
	AspectDecision  = "decision"
	AspectSource    = "source"
	AspectRange     = "range"
)

// Aspect is a row of the table of what is watched.
type Aspect struct {
	Name string
	Doc  string // id -> state

	now  func(*stander, note)            // as of the build
	then func(*stander, model.Day, note) // at the end of an earlier day; nil where only an earlier build knows
	tell func(*teller, *Change) bool
}

// Aspects is the table of aspects. Those whose records are dated can be looked up for any
// day; what the others were is known to the builds of that time alone.
var Aspects = []Aspect{
	{AspectParent, "node -> the node above it", (*stander).parents, nil, (*teller).parent},
	{AspectOwner, "living service -> the node that answers for it", (*stander).owners, nil, (*teller).owner},
	{AspectObjective, "objective -> met, at_risk, breached or no_data", (*stander).objectives, (*stander).objectivesThen, (*teller).objective},
	{AspectBudget, "objective -> enough, quarter or nothing left of its budget", (*stander).budgets, (*stander).budgetsThen, (*teller).objective},
	{AspectTarget, "objective -> its target", (*stander).targets, (*stander).targetsThen, (*teller).target},
	{AspectDefined, "source:, slo: or metric: and its id -> its definition", (*stander).definitions, nil, (*teller).definition},
	{AspectAsk, "what asks, as in typed links, / and the ask -> its status", (*stander).asks, (*stander).asksThen, (*teller).ask},
	{AspectDecision, "objective, or subject / metric -> the choice that holds and since when, or due and since when", (*stander).decisions, (*stander).decisionsThen, (*teller).decision},
	{AspectSource, "source -> ok, stale, omitted or failed", (*stander).sources, nil, (*teller).source},
	{AspectRange, "node / metric -> above or below its usual range; absent inside, over the default period", (*stander).ranges, nil, (*teller).number},
}

type note func(id, state string)

// stander finds how things stand.
type stander struct {
	cube   *rollup.Cube
	m      *model.Model
	talk   *Conversations
	period int

	stood map[model.Day][]rollup.Stood // per objective, for days that were looked up
}

// Stand returns how things stand at as_of; numbers are those over the period with the index.
func Stand(cube *rollup.Cube, talk *Conversations, period int) Standing {
	s, out := &stander{cube: cube, m: cube.Model, talk: talk, period: period}, Standing{}
	for i := range Aspects {
		a := &Aspects[i]
		out[a.Name] = map[string]string{}
		a.now(s, func(id, state string) { out[a.Name][id] = state })
	}
	return out
}

// then returns how things stood at the end of a day, for the aspects that are dated.
func (s *stander) then(day model.Day) Standing {
	out := Standing{}
	for i := range Aspects {
		if a := &Aspects[i]; a.then != nil {
			out[a.Name] = map[string]string{}
			a.then(s, day, func(id, state string) { out[a.Name][id] = state })
		}
	}
	return out
}

func (s *stander) parents(note note) {
	for i := range s.m.Nodes {
		if n := &s.m.Nodes[i]; n.Parent != model.NoIndex && !n.Generated {
			note(n.ID, s.m.Nodes[n.Parent].ID)
		}
	}
}

func (s *stander) owners(note note) {
	for i := range s.m.Services {
		if service := &s.m.Services[i]; service.Living {
			note(service.ID, s.m.Nodes[service.Home].ID)
		}
	}
}

func (s *stander) sources(note note) {
	for i := range s.m.Sources {
		note(s.m.Sources[i].Name, s.m.Sources[i].Status.String())
	}
}

func (s *stander) definitions(note note) {
	for i := range s.m.Sources {
		note("source:"+s.m.Sources[i].Name, s.m.Sources[i].Definition)
	}
	for i := range s.m.Objectives {
		if o := &s.m.Objectives[i]; o.Living {
			note("slo:"+o.ID, fmt.Sprintf("%s %s %d %d %s", o.Window.Name, o.Budgeting, o.Slice, o.MinEvents, o.Indicator))
		}
	}
	for i := range s.cube.Metrics {
		note("metric:"+s.cube.Metrics[i].ID, definition(&s.cube.Metrics[i]))
	}
}

// The sides of a usual range.
const above, below = "above", "below"

func (s *stander) ranges(note note) {
	for n := range s.m.Nodes {
		if model.NodeIdx(n) == s.m.NotOwned || model.NodeIdx(n) == s.m.ThirdParty {
			continue
		}
		stats := s.cube.Stats(rollup.OfNode(model.NodeIdx(n)))
		for i := range stats {
			switch c := &stats[i][s.period]; {
			case !c.Known || c.Usual == nil:
			case c.Value > c.Usual[1]:
				note(s.m.Nodes[n].ID+"/"+s.cube.Metrics[i].ID, above)
			case c.Value < c.Usual[0]:
				note(s.m.Nodes[n].ID+"/"+s.cube.Metrics[i].ID, below)
			}
		}
	}
}

func (s *stander) asks(note note) {
	for _, a := range s.talk.Asks {
		note(askID(s.m, a), string(a.Said.Status))
	}
}

// asksThen takes an answer of which nobody said when for one that was given before.
func (s *stander) asksThen(day model.Day, note note) {
	for _, a := range s.talk.Asks {
		switch {
		case a.Since > day:
		case a.Answered != model.NoDay && a.Answered > day:
			note(askID(s.m, a), string(content.Open))
		default:
			note(askID(s.m, a), string(a.Said.Status))
		}
	}
}

func askID(m *model.Model, a *Ask) string { return ref(m, a.Subject) + "/" + a.Said.ID }

// ref names a subject as typed links do.
func ref(m *model.Model, s rollup.Subject) string {
	switch s.Kind {
	case rollup.ServiceSubject:
		return "service:" + m.Services[s.Index].ID
	case rollup.JourneySubject:
		return "journey:" + m.Journeys[s.Index].ID
	}
	return "node:" + m.Nodes[s.Index].ID
}

func (s *stander) decisions(note note) { s.decisionsThen(s.talk.Today, note) }

func (s *stander) decisionsThen(day model.Day, note note) {
	for _, d := range s.talk.Decisions {
		if d.About.Known() && s.talk.latest(d.About, day) == d {
			note(aboutID(s.m, d.About), decisionState(d, day))
		}
	}
}

// latest returns the decision about something that began last, of those that had begun on
// a day; nil where there is none.
func (c *Conversations) latest(about About, day model.Day) *Decision {
	var out *Decision
	for _, d := range c.Decisions {
		if d.About == about && d.Begun(day) && (out == nil || cmp.Or(cmp.Compare(d.Since, out.Since), cmp.Compare(d.Until, out.Until)) >= 0) {
			out = d
		}
	}
	return out
}

func decisionState(d *Decision, day model.Day) string {
	if d.Ended(day) {
		return "due " + d.Until.String()
	}
	return string(d.Said.Choice) + " " + d.Since.String()
}

func aboutID(m *model.Model, a About) string {
	if a.Objective != model.NoIndex {
		return "slo:" + m.Objectives[a.Objective].ID
	}
	return ref(m, a.Subject) + "/" + a.Metric
}

// living calls do for every living objective.
func (s *stander) living(do func(i int32, o *model.Objective)) {
	for i := range s.m.Objectives {
		if o := &s.m.Objectives[i]; o.Living && !o.Pilot {
			do(int32(i), o)
		}
	}
}

func (s *stander) targets(note note) { s.targetsThen(s.talk.Today, note) }

func (s *stander) targetsThen(day model.Day, note note) {
	s.living(func(_ int32, o *model.Objective) {
		if v := o.At(day); v != nil {
			note(o.ID, v.Target.String())
		}
	})
}

func (s *stander) objectives(note note) {
	s.living(func(i int32, o *model.Objective) { note(o.ID, s.cube.Objective(i).State.String()) })
}

func (s *stander) budgets(note note) {
	s.living(func(i int32, o *model.Objective) { noteLeft(note, o.ID, s.cube.Objective(i).Budget.Left()) })
}

// What is left of a budget.
const leftEnough, leftQuarter, leftNothing = "enough", "quarter", "nothing"

func noteLeft(note note, id string, left rollup.Left) {
	if left != rollup.LeftUnknown {
		note(id, [...]string{rollup.LeftEnough: leftEnough, rollup.LeftQuarter: leftQuarter, rollup.LeftNothing: leftNothing}[left])
	}
}

func (s *stander) objectivesThen(day model.Day, note note) {
	stood := s.lookUp(day)
	s.living(func(i int32, o *model.Objective) {
		if stood[i].Held {
			note(o.ID, stood[i].State.String())
		}
	})
}

func (s *stander) budgetsThen(day model.Day, note note) {
	stood := s.lookUp(day)
	s.living(func(i int32, o *model.Objective) {
		if stood[i].Held {
			noteLeft(note, o.ID, stood[i].Left)
		}
	})
}

// lookUp returns how every objective stood at the end of a day, which is looked up with
// the days after it: an objective is opened once for all of them.
func (s *stander) lookUp(day model.Day) []rollup.Stood {
	if stood, ok := s.stood[day]; ok {
		return stood
	}
	s.stood = map[model.Day][]rollup.Stood{}
	first := min(day, s.talk.Today-lookBack)
	var days []model.Day
	var moments []model.Time
	for d := first; d < s.talk.Today && d <= max(day, first+lookBack); d++ {
		days, moments = append(days, d), append(moments, s.m.Calendar.Midnight(d+1))
		s.stood[d] = make([]rollup.Stood, len(s.m.Objectives))
	}
	s.living(func(i int32, _ *model.Objective) {
		for k, stood := range s.cube.ObjectiveThen(i, moments) {
			s.stood[days[k]][i] = stood
		}
	})
	if s.stood[day] == nil {
		s.stood[day] = make([]rollup.Stood, len(s.m.Objectives))
	}
	return s.stood[day]
}

// sorted are the ids of two maps.
func sortedIDs(a, b map[string]string) []string {
	out := make([]string, 0, len(a)+len(b))
	for id := range a {
		out = append(out, id)
	}
	for id := range b {
		if _, both := a[id]; !both {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}
