package report

import (
	"sync"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// verdictSpec is how a verdict of the promise check is shown.
type verdictSpec struct {
	mark Mark
	word Word
}

// verdictSpecs is indexed by rollup.Verdict.
var verdictSpecs = [...]verdictSpec{
	rollup.PromiseUnknown:     {MarkQuiet, wPromiseUnknown},
	rollup.PromiseSafe:        {MarkOK, wPromiseSafe},
	rollup.PromiseIndependent: {MarkQuiet, wPromiseIndependent},
	rollup.PromiseCoincident:  {MarkRisk, wPromiseCoincident},
	rollup.PromiseBroken:      {MarkBad, wPromiseAbove},
}

func verdictSpan(v rollup.Verdict) Span {
	return marked(verdictSpecs[v].mark, words(say(verdictSpecs[v].word)))
}

// promiseOf words the promise check of an objective; nil where nothing is checked.
func (c *composer) promiseOf(i int32) Cell {
	if c.subject.Kind != rollup.ServiceSubject {
		return nil
	}
	for _, p := range c.cube.Promises(model.ServiceIdx(c.subject.Index)) {
		if p.Objective != i {
			continue
		}
		out := Cell{verdictSpan(p.Verdict)}
		unknown := 0
		for _, d := range p.Dependencies {
			if d.Objective == model.NoIndex {
				unknown++
				continue
			}
			to := c.model.Dependencies[d.Dependency].To
			out = append(out, text(" · "), c.serviceLink(to), text(" "+targetText(&c.model.Objectives[d.Objective])))
		}
		if unknown > 0 {
			out = append(out, text(" · "), words(sayN(wPromisesUnknown, unknown)))
		}
		return out
	}
	return nil
}

// edgePromise is what one dependency means for the promises of the service that has it:
// the promise that stands worst on it.
type edgePromise struct {
	ours, theirs int32 // objectives; NoIndex where there is none
	verdict      rollup.Verdict
}

// promises are the gravest promises over all dependencies, found once somebody asks.
type promises struct {
	once sync.Once
	over map[int32]edgePromise // by dependency; none where nothing is promised
}

// promiseAcross is the gravest promise of a service over one of its dependencies.
func (p *Plan) promiseAcross(dependency int32) (e edgePromise, ok bool) {
	p.promised.once.Do(p.findPromises)
	e, ok = p.promised.over[dependency]
	return e, ok
}

func (p *Plan) findPromises() {
	p.promised.over = map[int32]edgePromise{}
	for s := range p.model.Services {
		for _, promise := range p.cube.Promises(model.ServiceIdx(s)) {
			for _, of := range promise.Dependencies {
				found := edgePromise{promise.Objective, of.Objective, p.edgeVerdict(&promise, of.Objective)}
				if have, ok := p.promised.over[of.Dependency]; !ok || found.verdict > have.verdict {
					p.promised.over[of.Dependency] = found
				}
			}
		}
	}
}

// edgeVerdict is the verdict of a promise as far as one dependency is concerned: another
// one may promise less.
func (p *Plan) edgeVerdict(promise *rollup.Promise, theirs int32) rollup.Verdict {
	switch {
	case theirs == model.NoIndex:
		return rollup.PromiseUnknown
	case promise.Verdict == rollup.PromiseBroken && p.targetOf(promise.Objective) <= p.targetOf(theirs):
		return rollup.PromiseCoincident
	}
	return promise.Verdict
}

func (p *Plan) targetOf(i int32) model.Share {
	v := p.model.Objectives[i].Versions
	return v[len(v)-1].Target
}

// addPromises adds a column that says what each row's dependencies mean for promises,
// unless nothing is promised over any of them.
func (c *composer) addPromises(t *Table, of func(row int) []int32) {
	cells, some := make([]Cell, len(t.Rows)), false
	for i := range t.Rows {
		cells[i] = c.promiseCell(of(i)...)
		some = some || cells[i] != nil
	}
	if !some {
		return
	}
	t.Columns = append(t.Columns, Column{Head: say(wPromise)})
	for i := range t.Rows {
		if cells[i] == nil {
			cells[i] = Cell{text(dash)}
		}
		t.Rows[i].Cells = append(t.Rows[i].Cells, cells[i])
	}
}

// promiseCell words the gravest promise over some dependencies: what relies promises, what
// is relied on promises, and what that means; nil where nothing is promised.
func (c *composer) promiseCell(dependencies ...int32) Cell {
	var worst edgePromise
	found := false
	for _, d := range dependencies {
		if e, ok := c.promiseAcross(d); ok && (!found || e.verdict > worst.verdict) {
			worst, found = e, true
		}
	}
	if !found {
		return nil
	}
	if worst.theirs == model.NoIndex {
		return Cell{verdictSpan(worst.verdict)}
	}
	ours, theirs := &c.model.Objectives[worst.ours], &c.model.Objectives[worst.theirs]
	return Cell{verdictSpan(worst.verdict), text(" · "), words(say(wPromiseOn, argText("ours", targetText(ours)), argText("theirs", targetText(theirs)), argText("indicator", ours.Indicator)))}
}
