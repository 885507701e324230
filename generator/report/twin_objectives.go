package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// TwinObjective is an objective in index.json, unrounded. What is nil has no value.
type TwinObjective struct {
	ID, Title, Subject   string // the subject as typed links name it: service:checkout
	Indicator, Unit      string
	Window, Target       string // the target that holds now, as a decimal
	State                string
	Reasons              []string
	Status               *float64
	Good, Valid, Allowed float64 // of timeslices: slices
	Consumed, Remaining  *float64
	Unexcluded           *float64 // consumed, had nothing been excluded; nil where nothing is
	Burns                []TwinBurn
	Exhausted            string // the day, "" where none is in sight
	TimeInTarget         *float64
	Weighted             bool       // measured as ratios with a weight
	BadBy                *TwinBadBy // nil where the buckets are too coarse to tell
	Decision             string     // the choice that holds, "" for none
	Budgeting            string
}

// TwinBadBy are bad events by whose incident they fell into.
type TwinBadBy struct{ Own, Inherited, Several, Unexplained float64 }

// TwinBurn is a burn rate over some days.
type TwinBurn struct {
	Days int
	Rate *float64
}

// objectives lists the objectives of the page's subject: of a node those that it is the
// home of, because the pages below it list theirs.
func (c *composer) objectives() []TwinObjective {
	var out []TwinObjective
	for _, i := range c.cube.Objectives(c.subject) {
		o := &c.model.Objectives[i]
		if c.subject.Kind != rollup.NodeSubject || int32(o.Subject.Home) == c.subject.Index {
			out = append(out, c.twinObjective(i))
		}
	}
	return out
}

func (p *Plan) twinObjective(i int32) TwinObjective {
	o, r := &p.model.Objectives[i], p.cube.Objective(i)
	t := TwinObjective{
		ID: o.ID, Title: o.Title, Subject: p.objectiveRef(o), Indicator: o.Indicator, Unit: o.Unit, Window: o.Window.Name,
		Target: o.Versions[len(o.Versions)-1].Target.String(), State: r.State.String(), Weighted: o.Weighted,
		Good: r.Budget.Good.Float(), Valid: r.Budget.Valid.Float(), Allowed: r.Budget.Allowed.Float(),
		Status: orNone(r.Budget.Status()), Consumed: orNone(r.Budget.Consumed()), Remaining: orNone(r.Budget.Remaining()),
	}
	for _, reason := range r.Reasons {
		t.Reasons = append(t.Reasons, reason.String())
	}
	if r.Unexcluded != nil {
		t.Unexcluded = orNone(r.Unexcluded.Consumed())
	}
	for _, b := range r.Burns {
		t.Burns = append(t.Burns, TwinBurn{b.Days, orNone(b.Rate, b.Known)})
	}
	t.Budgeting = o.Budgeting.String()
	if x := r.Parts; x != nil {
		t.BadBy = &TwinBadBy{x.Own.Float(), x.Inherited.Float(), x.Several.Float(), x.Unexplained.Float()}
	}
	if held := p.held(i); held != nil {
		t.Decision = string(held.Said.Choice)
	}
	if r.Exhausted != model.NoDay {
		t.Exhausted = r.Exhausted.String()
	}
	t.TimeInTarget = orNone(float64(r.DaysReached)/float64(max(1, r.DaysMeasured)), r.DaysMeasured > 0)
	return t
}

// objectiveRef names the subject of an objective, as given where it is unknown.
func (p *Plan) objectiveRef(o *model.Objective) string {
	if o.Subject.Unknown != "" {
		return o.Subject.Unknown
	}
	return p.ref(objectiveSubject(o))
}

// orNone is a value that there may be none of.
func orNone(v float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	return &v
}
