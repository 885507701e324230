package rollup

import (
	"math/big"
	"strings"

	"uptree/generator/model"
)

// Verdict says what a promise relies on, given the promises of what it depends on.
type Verdict uint8

// The verdicts, the safest first. The targets compared are those that hold now.
const (
	PromiseUnknown     Verdict = iota // no hard dependency has an objective of the indicator
	PromiseSafe                       // holds even if their failures never coincide
	PromiseIndependent                // holds if they fail independently of each other
	PromiseCoincident                 // holds only if their failures coincide
	PromiseBroken                     // higher than the lowest of theirs: cannot be kept
)

// String returns the verdict as in index.json.
func (v Verdict) String() string {
	return [...]string{"unknown", "safe", "independent", "coincident", "above"}[v]
}

// Promise compares an objective of a service with those of its direct hard dependencies of
// the same indicator: planning, not measurement.
type Promise struct {
	Objective    int32 // index into Model.Objectives
	Verdict      Verdict
	Dependencies []PromiseOf
}

// PromiseOf is what a direct hard dependency promises.
type PromiseOf struct {
	Dependency int32 // index into Model.Dependencies
	Objective  int32 // that with the lowest target; NoIndex where it has none: an unknown promise
}

// Promises checks the objectives of a service that name their indicator and that it has
// hard dependencies for. Dependencies of unstated hardness count as hard.
func (c *Cube) Promises(service model.ServiceIdx) []Promise {
	m := c.Model
	var out []Promise
	for _, i := range c.Objectives(OfService(service)) {
		o := &m.Objectives[i]
		if o.Indicator == "" {
			continue
		}
		p := Promise{Objective: i}
		for _, d := range m.Services[service].DependsOn {
			if hard := m.Dependencies[d].Hardness; hard == model.Hard || hard == model.HardnessUnstated {
				p.Dependencies = append(p.Dependencies, PromiseOf{d, c.lowest(m.Dependencies[d].To, o.Indicator)})
			}
		}
		if len(p.Dependencies) > 0 {
			p.Verdict = c.verdict(c.target(i), p.Dependencies)
			out = append(out, p)
		}
	}
	return out
}

// target is the target of an objective that holds now.
func (c *Cube) target(i int32) model.Share {
	v := c.Model.Objectives[i].Versions
	return v[len(v)-1].Target
}

// lowest returns the objective of a service for an indicator that promises least, or NoIndex.
func (c *Cube) lowest(service model.ServiceIdx, indicator string) int32 {
	lowest := int32(model.NoIndex)
	for _, i := range c.Objectives(OfService(service)) {
		if strings.EqualFold(c.Model.Objectives[i].Indicator, indicator) && (lowest == model.NoIndex || c.target(i) < c.target(lowest)) {
			lowest = i
		}
	}
	return lowest
}

// verdict compares a target with those of the dependencies that have one.
func (c *Cube) verdict(target model.Share, of []PromiseOf) Verdict {
	lowest, sum, n := model.Whole, model.Share(0), int64(0)
	all := big.NewInt(int64(target)) // the target and the product of theirs, in equal units
	product := big.NewInt(1)
	for _, d := range of {
		if d.Objective == model.NoIndex {
			continue
		}
		t := c.target(d.Objective)
		lowest, sum, n = min(lowest, t), sum+model.Whole-t, n+1
		product.Mul(product, big.NewInt(int64(t)))
		if n > 1 {
			all.Mul(all, big.NewInt(int64(model.Whole)))
		}
	}
	switch {
	case n == 0:
		return PromiseUnknown
	case target > lowest:
		return PromiseBroken
	case target <= model.Whole-sum:
		return PromiseSafe
	case all.Cmp(product) <= 0:
		return PromiseIndependent
	}
	return PromiseCoincident
}
