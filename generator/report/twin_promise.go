package report

import "uptree/generator/rollup"

// TwinPromise is the gravest promise over a dependency: the objective that relies, the one
// relied on or "", and the verdict.
type TwinPromise struct{ Objective, On, Verdict string }

func (c *composer) twinPromise(dependency int32) *TwinPromise {
	e, ok := c.promiseAcross(dependency)
	if !ok {
		return nil
	}
	out := &TwinPromise{Objective: c.model.Objectives[e.ours].ID, Verdict: e.verdict.String()}
	if e.verdict != rollup.PromiseUnknown {
		out.On = c.model.Objectives[e.theirs].ID
	}
	return out
}
