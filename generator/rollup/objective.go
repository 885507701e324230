package rollup

import (
	"math/big"

	"uptree/generator/model"
)

// ObjectiveState is how an objective stands at a moment, in its own window.
type ObjectiveState uint8

// The states, the gravest last.
const (
	NoData   ObjectiveState = iota // no valid events, or fewer than it needs
	Met                            // none of the others
	AtRisk                         // the budget is spent, nearly spent or being spent too fast
	Breached                       // more is bad than the budget allows
	numObjectiveStates
)

// String returns the state as in index.json.
func (s ObjectiveState) String() string {
	return [...]string{"no_data", "met", "at_risk", "breached"}[s]
}

// StateReason says why an objective is in its state.
type StateReason uint8

// The reasons. An objective that is met has none.
const (
	StateOverspent    StateReason = iota // breached: bad > allowed
	StateSpent                           // at risk: bad = allowed
	StateNearlySpent                     // at risk: less than a quarter of the budget remains
	StateSpendingFast                    // at risk: at the pace of seven days the rest does not last
	StateIdle                            // no data: no valid event in the window
	StateFewEvents                       // no data: fewer valid events than min_events
	numStateReasons
)

// String returns the reason as in index.json.
func (r StateReason) String() string {
	return [...]string{"overspent", "spent", "nearly_spent", "spending_fast", "idle", "few_events"}[r]
}

// Budget is an error budget and what became of it. All amounts are exact; those of
// timeslices count slices.
type Budget struct {
	Good, Valid Exact
	Allowed     Exact // bad events that the targets allow
}

// Bad is what was valid and not good.
func (b *Budget) Bad() Exact { return b.Valid.minus(b.Good) }

// Status is the service level status good/valid; false without valid events.
func (b *Budget) Status() (float64, bool) {
	if b.Valid.isZero() {
		return 0, false
	}
	return quotient(b.Good, b.Valid), true
}

// Consumed is the share of the budget that is spent, above 1 where it is overspent; false
// without a budget.
func (b *Budget) Consumed() (float64, bool) {
	if b.Allowed.isZero() {
		return 0, false
	}
	return quotient(b.Bad(), b.Allowed), true
}

// Remaining is 1 − Consumed, below 0 where the budget is overspent.
func (b *Budget) Remaining() (float64, bool) {
	if b.Allowed.isZero() {
		return 0, false
	}
	left := new(big.Int).Sub(b.Allowed.int(), b.Bad().int())
	f, _ := new(big.Rat).SetFrac(left, b.Allowed.int()).Float64()
	return f, true
}

// Burn is how fast a budget is spent: 1 spends it exactly in the window.
type Burn struct {
	Days  int
	Known bool // something was valid in these days
	Rate  float64
}

// BurnParts splits what was bad in the window by whose impact overlapped it, in events.
type BurnParts struct {
	Own, Inherited, Several, Unexplained Exact
}

// Lagom asks, after three windows in a row, whether an objective fits.
type Lagom uint8

// The questions.
const (
	LagomNone     Lagom = iota
	LagomUnspent        // more than 95 % unspent: is the target too loose, or the service over-built?
	LagomBreached       // breached: fund it or relax it?
)

// ObjectiveResult is how an objective stands at as_of.
type ObjectiveResult struct {
	Objective int32 // index into Model.Objectives
	State     ObjectiveState
	Reasons   []StateReason
	Window    Window     // its own window up to as_of
	WindowEnd model.Time // where a calendar window ends; of a rolling one its last day
	Budget    Budget     // with exclusions

	// Unexcluded is the budget without exclusions; nil where they take nothing away.
	Unexcluded *Budget
	Burns      [3]Burn   // over 1, 7 and 28 days
	Exhausted  model.Day // when the budget is spent at the pace of seven days; NoDay where it is not, or already is

	// DaysReached of DaysMeasured site days of the window reached that day's target.
	DaysReached, DaysMeasured int

	Changed   []model.Day // days of the window on which the target changed
	Parts     *BurnParts  // nil where the buckets are too coarse
	Lagom     Lagom
	ReviewDue bool // review_by has passed
}
