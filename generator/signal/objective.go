package signal

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// Lever returns who can do something about an objective: the node that answers for its
// subject, unless more than half of what was bad is inherited from causes under one
// outside node. It is NoIndex where nobody answers.
func (f *finder) objectiveLever(i int32) model.NodeIdx {
	home := f.m.Objectives[i].Subject.Home
	if from, _ := f.cube.InheritedFrom(i); from != model.NoIndex {
		return from
	}
	if !f.answers(home) {
		return 0
	}
	return home
}

// Silent are the objectives that are breached without a decision that holds, by home and
// id: each is a crack, and a line at whoever holds the lever.
func (f *Findings) Silent() []Breach { return f.silent }

// Breach is a breached objective and who can do something about it.
type Breach struct {
	Objective int32 // index into Model.Objectives
	Lever     model.NodeIdx
}

// findSilent lists the breaches about which nothing is decided.
func (f *finder) findSilent() {
	for i := range f.m.Objectives {
		o, about := &f.m.Objectives[i], AboutObjective(int32(i))
		if !o.Living || o.Pilot || f.cube.Objective(int32(i)).State != rollup.Breached || len(f.talk.Current(about, f.talk.Today)) > 0 {
			continue
		}
		f.silent = append(f.silent, Breach{int32(i), f.objectiveLever(int32(i))})
	}
}

// breachWithoutDecision speaks at the home of the objectives, at those who hold the lever
// and where the two meet: one line for each lever.
func breachWithoutDecision(f *finder, n model.NodeIdx) {
	if !f.answers(n) {
		return
	}
	byLever := map[model.NodeIdx][]int32{}
	var levers []model.NodeIdx
	for _, b := range f.silent {
		home := f.m.Objectives[b.Objective].Subject.Home
		meet := b.Lever
		if f.answers(home) {
			meet = f.m.LCA(home, b.Lever)
		}
		if n != home && n != b.Lever && n != meet {
			continue
		}
		if byLever[b.Lever] == nil {
			levers = append(levers, b.Lever)
		}
		byLever[b.Lever] = append(byLever[b.Lever], b.Objective)
	}
	for _, lever := range levers {
		f.addSpent(n, lever, grave, byLever[lever])
	}
}

// addSpent is addObjectives that also says how much of the budget the worst has spent.
func (f *finder) addSpent(n, lever model.NodeIdx, gravity int, objectives []int32) {
	if len(objectives) > 0 {
		f.addObjectives(n, lever, gravity, objectives, budget("spent", f.spent(f.worst(objectives))))
	}
}

// addObjectives adds a line that names the worst of some objectives.
func (f *finder) addObjectives(n, lever model.NodeIdx, gravity int, objectives []int32, more ...Arg) {
	if len(objectives) == 0 {
		return
	}
	worst := f.worst(objectives)
	f.add(n, lever, "objectives", gravity, append([]Arg{count("n", len(objectives)), objective("worst", worst)}, more...)...)
	last := &f.found[n][len(f.found[n])-1]
	last.Ref = "slo:" + f.m.Objectives[worst].ID
}

// worst is the objective that has spent most of its budget.
func (f *finder) worst(objectives []int32) int32 {
	worst := objectives[0]
	for _, i := range objectives[1:] {
		if f.spent(i) > f.spent(worst) {
			worst = i
		}
	}
	return worst
}

func (f *finder) spent(i int32) float64 {
	spent, _ := f.cube.Objective(i).Budget.Consumed()
	return spent
}

// here lists the living objectives that the node answers for itself and for which a test
// holds.
func (f *finder) here(n model.NodeIdx, holds func(*rollup.ObjectiveResult) bool) []int32 {
	if !f.answers(n) {
		return nil
	}
	var out []int32
	for _, i := range f.homes[n] {
		if holds(f.cube.Objective(i)) {
			out = append(out, i)
		}
	}
	return out
}

// placeObjectives lists the living objectives of each node that answers for their subjects.
func (f *finder) placeObjectives() {
	f.homes = map[model.NodeIdx][]int32{}
	for i := range f.m.Objectives {
		if o := &f.m.Objectives[i]; o.Living && !o.Pilot {
			f.homes[o.Subject.Home] = append(f.homes[o.Subject.Home], int32(i))
		}
	}
}

func objectivesAtRisk(f *finder, n model.NodeIdx) {
	f.addSpent(n, n, risk, f.here(n, func(r *rollup.ObjectiveResult) bool { return r.State == rollup.AtRisk }))
}

func lagomBreached(f *finder, n model.NodeIdx) {
	f.addObjectives(n, n, risk, f.here(n, func(r *rollup.ObjectiveResult) bool { return r.Lagom == rollup.LagomBreached }))
}

func lagomUnspent(f *finder, n model.NodeIdx) {
	f.addObjectives(n, n, quiet, f.here(n, func(r *rollup.ObjectiveResult) bool { return r.Lagom == rollup.LagomUnspent }))
}

func objectiveReviewDue(f *finder, n model.NodeIdx) {
	f.addObjectives(n, n, quiet, f.here(n, func(r *rollup.ObjectiveResult) bool { return r.ReviewDue }))
}

func objectiveWithoutData(f *finder, n model.NodeIdx) {
	f.addObjectives(n, n, quiet, f.here(n, func(r *rollup.ObjectiveResult) bool { return r.State == rollup.NoData }))
}

// promiseAbove looks at the services that a node answers for: it chose their targets.
func promiseAbove(f *finder, n model.NodeIdx) {
	if !f.answers(n) || len(f.homes[n]) == 0 {
		return
	}
	var above []int32
	for _, s := range f.m.Nodes[n].Services {
		for _, p := range f.cube.Promises(s) {
			if p.Verdict == rollup.PromiseBroken {
				above = append(above, p.Objective)
			}
		}
	}
	f.addObjectives(n, n, risk, above)
}

func objective(name string, i int32) Arg {
	return Arg{Name: name, Kind: ObjectiveArg, Value: float64(i)}
}

func budget(name string, v float64) Arg { return Arg{Name: name, Kind: BudgetArg, Value: v} }
