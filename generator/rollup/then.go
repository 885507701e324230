package rollup

import "uptree/generator/model"

// Left says how much of an error budget is left, as far as it is told when that changes.
type Left uint8

// How much is left.
const (
	LeftUnknown Left = iota // there is no budget to speak of
	LeftEnough
	LeftQuarter // less than a quarter
	LeftNothing // nothing, or less than that
)

// Left returns how much of the budget is left, exactly.
func (b *Budget) Left() Left {
	bad := b.Bad()
	switch {
	case b.Valid.isZero():
		return LeftUnknown
	case !bad.less(b.Allowed):
		return LeftNothing
	case b.Allowed.times(3).less(bad.times(4)):
		return LeftQuarter
	}
	return LeftEnough
}

// Stood is how an objective stood at a moment.
type Stood struct {
	Held  bool // the objective had begun
	State ObjectiveState
	Left  Left
}

// ObjectiveThen judges an objective at moments of the past by what is known of them now:
// targets and exclusions are those of the days, and what was recorded late counts.
func (c *Cube) ObjectiveThen(i int32, moments []model.Time) []Stood {
	s := c.scope(false)
	defer c.scopes.Put(s)
	o := &c.Model.Objectives[i]
	l := s.openLedger(o, c.exclusionsOf(o))
	out := make([]Stood, len(moments))
	for k, t := range moments {
		if begins := o.Begins(); begins != model.NoDay && t < l.cal.Midnight(begins) {
			continue
		}
		w := spanAt(o.Window, t, l.cal)
		b := l.budget(w)
		state, _ := l.judge(w, &b)
		out[k] = Stood{true, state, b.Left()}
	}
	return out
}
