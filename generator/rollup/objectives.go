package rollup

import (
	"math"
	"slices"
	"sort"

	"uptree/generator/model"
)

// objectiveIndex holds how every objective stands, now and at the ends of past periods.
// Objectives lie in order of their homes, so that a node's are neighbours.
type objectiveIndex struct {
	first   []int // per node: first objective whose home is not before it
	results []ObjectiveResult
	moments []model.Time // at which states are known; the first is as_of
	at      [][]int      // per period and window: its end among the moments
	states  []uint8      // per objective and moment: an ObjectiveState, or notYet
	days    []dayCount   // per objective, period and window
}

// notYet is in place of the state of an objective that had not begun.
const notYet = uint8(numObjectiveStates)

// dayCount counts the site days with valid events and those that reached their target.
type dayCount struct{ reached, measured uint16 }

// indexObjectives judges all objectives.
func (c *Cube) indexObjectives(jobs int) {
	m, x := c.Model, &c.objectives
	for n := range len(m.Nodes) + 1 {
		x.first = append(x.first, sort.Search(len(m.Objectives), func(o int) bool { return int(m.Objectives[o].Subject.Home) >= n }))
	}
	x.moments = []model.Time{m.AsOf}
	for p := range c.Periods {
		ends := make([]int, windowsPerPeriod)
		for k := range ends {
			ends[k] = x.moment(c.Periods[p].window(k).To)
		}
		x.at = append(x.at, ends)
	}
	n := len(m.Objectives)
	x.results = make([]ObjectiveResult, n)
	x.states = make([]uint8, n*len(x.moments))
	x.days = make([]dayCount, n*len(c.Periods)*windowsPerPeriod)
	c.parallel(n, jobs, (*scope).judgeObjective)
}

// moment returns the place of a moment, adding it where it is new.
func (x *objectiveIndex) moment(t model.Time) int {
	if i := slices.Index(x.moments, t); i >= 0 {
		return i
	}
	x.moments = append(x.moments, t)
	return len(x.moments) - 1
}

// exclusionsOf are the exclusions of an objective, in order of their start.
func (c *Cube) exclusionsOf(o *model.Objective) []Window {
	var out []Window
	for _, i := range o.Exclusions {
		e := &c.Model.Exclusions[i]
		out = append(out, Window{e.From, e.To})
	}
	return out
}

// openLedger enters an objective into the scope's ledger.
func (s *scope) openLedger(o *model.Objective, exclusions []Window) *ledger {
	s.book.cal, s.book.asOf = s.c.Model.Calendar, s.c.Model.AsOf
	s.book.open(o, exclusions)
	return &s.book
}

// judgeObjective fills the results of one objective.
func (s *scope) judgeObjective(i int) {
	c := s.c
	o := &c.Model.Objectives[i]
	r := &c.objectives.results[i]
	r.Objective = int32(i)
	if exclusions := c.exclusionsOf(o); len(exclusions) > 0 {
		l := s.openLedger(o, nil)
		without := l.budget(spanAt(o.Window, c.Model.AsOf, c.Model.Calendar))
		l = s.openLedger(o, exclusions)
		s.objectiveNow(l, r)
		if without != r.Budget {
			r.Unexcluded = &without
		}
	} else {
		s.objectiveNow(s.openLedger(o, nil), r)
	}
	s.objectivePast(i)
}

// objectiveNow judges the entered objective at as_of.
func (s *scope) objectiveNow(l *ledger, r *ObjectiveResult) {
	o, asOf := l.objective, s.c.Model.AsOf
	w := spanAt(o.Window, asOf, l.cal)
	r.Window, r.WindowEnd = w.Window, w.end
	r.Budget = l.budget(w)
	var why reasons
	r.State, why = l.judge(w, &r.Budget)
	r.Reasons = why.list()
	for i, days := range burnDays {
		b := l.burned(days, asOf)
		r.Burns[i].Days = days
		if !b.Valid.isZero() {
			r.Burns[i].Rate, r.Burns[i].Known = b.Consumed()
		}
	}
	r.Exhausted = l.exhausted(w, &r.Budget)
	r.DaysReached, r.DaysMeasured = l.daysIn(w.Window)
	r.Lagom = l.lagom(w)
	r.ReviewDue = o.ReviewBy != model.NoDay && o.ReviewBy < l.cal.DayAt(asOf)
	first := l.cal.DayAt(w.From)
	for i := 1; i < len(o.Versions); i++ {
		if v := &o.Versions[i]; v.From >= first && v.Target != o.Versions[i-1].Target {
			r.Changed = append(r.Changed, v.From)
		}
	}
	r.Parts = s.burnParts(l, w)
}

// burnDays are the days over which burn is looked at.
var burnDays = [...]int{1, 7, 28}

// objectivePast notes the states at the ends of all windows and the days in target.
func (s *scope) objectivePast(i int) {
	l, x := &s.book, &s.c.objectives
	begins := model.None
	if d := l.objective.Begins(); d != model.NoDay {
		begins = l.cal.Midnight(d)
	}
	states := x.states[i*len(x.moments) : (i+1)*len(x.moments)]
	for k, t := range x.moments {
		switch {
		case t < begins:
			states[k] = notYet
		case k == 0:
			states[k] = uint8(x.results[i].State)
		case len(l.from) > 0 && t >= l.from[0]:
			w := spanAt(l.objective.Window, t, l.cal)
			b := l.budget(w)
			state, _ := l.judge(w, &b)
			states[k] = uint8(state)
		}
	}
	width := len(s.c.Periods) * windowsPerPeriod
	days := x.days[i*width : (i+1)*width]
	for p := range s.c.Periods {
		for k := range windowsPerPeriod {
			reached, measured := l.daysIn(s.c.Periods[p].window(k))
			days[p*windowsPerPeriod+k] = dayCount{uint16(min(reached, math.MaxUint16)), uint16(min(measured, math.MaxUint16))}
		}
	}
}

// lagomWindows in a row raise a question.
const lagomWindows = 3

// lagom looks at the last windows in a row, which the objective and its measurements must
// fill. Those of a calendar are the last complete ones.
func (l *ledger) lagom(now span) Lagom {
	w := now
	if now.before != model.None {
		w = l.previous(now)
	}
	unspent, breached := 0, 0
	for range lagomWindows {
		if !l.fills(w.From) {
			return LagomNone
		}
		b := l.budget(w)
		switch state, _ := l.judge(w, &b); {
		case state == Breached:
			breached++
		case state != NoData && b.Bad().times(20).less(b.Allowed):
			unspent++
		}
		w = l.previous(w)
	}
	switch lagomWindows {
	case unspent:
		return LagomUnspent
	case breached:
		return LagomBreached
	}
	return LagomNone
}

// previous is the whole window before another.
func (l *ledger) previous(w span) span {
	if w.before == model.None {
		return spanAt(l.objective.Window, l.cal.Shift(w.To, -l.objective.Window.Days), l.cal)
	}
	before := spanAt(l.objective.Window, w.before, l.cal)
	before.To = before.end
	return before
}

// fills reports whether the objective held and was measured on the day that begins at a
// moment.
func (l *ledger) fills(from model.Time) bool {
	day := l.cal.DayAt(from)
	return l.objective.Begins() <= day && len(l.days) > 0 && l.days[0].day <= day
}

// Objective returns how an objective stands: an index into Model.Objectives.
func (c *Cube) Objective(i int32) *ObjectiveResult { return &c.objectives.results[i] }

// Objectives lists the objectives of a subject, the gravest first: of a node those of all
// living services and of the journeys below it, pilots apart.
func (c *Cube) Objectives(subject Subject) []int32 {
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.subject = subject
	out := s.objectives()
	slices.SortStableFunc(out, c.graver)
	return out
}

// graver orders objectives by state, the gravest first and those without data last, then
// by how much of the budget is spent.
func (c *Cube) graver(a, b int32) int {
	x, y := &c.objectives.results[a], &c.objectives.results[b]
	if x.State != y.State {
		return int(y.State) - int(x.State)
	}
	return compareSpent(&x.Budget, &y.Budget)
}

// compareSpent puts the budget of which more is spent first.
func compareSpent(a, b *Budget) int {
	x, y := a.spent(), b.spent()
	switch {
	case x > y:
		return -1
	case x < y:
		return 1
	}
	return 0
}

// spent is Consumed for ranking.
func (b *Budget) spent() float64 {
	if b.Allowed.isZero() {
		return 0
	}
	return b.Bad().approx() / b.Allowed.approx()
}

// objectives are the living objectives of the scope's subject, by home and id.
func (s *scope) objectives() []int32 {
	m, x := s.c.Model, &s.c.objectives
	var from, to int
	switch s.subject.Kind {
	case NodeSubject:
		from, to = x.first[s.subject.Index], x.first[m.Nodes[s.subject.Index].End]
	case ServiceSubject:
		home := m.Services[s.subject.Index].Home
		from, to = x.first[home], x.first[home+1]
	case JourneySubject:
		home := m.Journeys[s.subject.Index].Home
		from, to = x.first[home], x.first[home+1]
	}
	out := make([]int32, 0, to-from)
	for i := from; i < to; i++ {
		if o := &m.Objectives[i]; o.Living && o.Pilot == s.pilot && s.about(&o.Subject) {
			out = append(out, int32(i))
		}
	}
	return out
}
