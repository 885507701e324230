package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// silentBreaches are breached objectives about which nothing is decided.
func silentBreaches(p *Plan) []crack {
	var out []crack
	for _, b := range p.found.Silent() {
		out = append(out, crack{p.objectiveLink(b.Objective), p.nodeLink(b.Lever), p.record(p.model.Objectives[b.Objective].Origin), leftText(p.cube.Objective(b.Objective))})
	}
	return out
}

// promisesAbove are objectives above those of what they cannot do without.
func promisesAbove(p *Plan) []crack {
	return p.promiseCracks(rollup.PromiseBroken, func(promise *rollup.Promise, of rollup.PromiseOf) bool {
		return of.Objective != model.NoIndex && p.targetOf(of.Objective) < p.targetOf(promise.Objective)
	})
}

// unknownPromises are objectives that rely on services that promise nothing.
func unknownPromises(p *Plan) []crack {
	return p.promiseCracks(rollup.PromiseUnknown, func(_ *rollup.Promise, of rollup.PromiseOf) bool { return of.Objective == model.NoIndex })
}

// promiseCracks lists the promises with a verdict, each with the dependencies that it is
// due to. A dependency without an objective is unknown whatever the verdict.
func (p *Plan) promiseCracks(verdict rollup.Verdict, due func(*rollup.Promise, rollup.PromiseOf) bool) []crack {
	var out []crack
	for s := range p.model.Services {
		for _, promise := range p.cube.Promises(model.ServiceIdx(s)) {
			if promise.Verdict != verdict && verdict != rollup.PromiseUnknown {
				continue
			}
			names := ""
			for _, of := range promise.Dependencies {
				if !due(&promise, of) {
					continue
				}
				if names != "" {
					names += ", "
				}
				names += p.serviceTitle(p.model.Dependencies[of.Dependency].To)
				if of.Objective != model.NoIndex {
					names += " " + targetText(&p.model.Objectives[of.Objective])
				}
			}
			if names != "" {
				o := &p.model.Objectives[promise.Objective]
				out = append(out, crack{p.objectiveLink(promise.Objective), p.nodeLink(o.Subject.Home), p.record(o.Origin), names})
			}
		}
	}
	return out
}

// withoutObjective are living services without an objective, where any has one.
func withoutObjective(p *Plan) []crack {
	if len(p.model.Objectives) == 0 {
		return nil
	}
	var out []crack
	for s := range p.model.Services {
		service := &p.model.Services[s]
		if service.Living && !service.ThirdParty && !p.model.ServiceCovered(model.SLOs, model.ServiceIdx(s)) {
			out = append(out, crack{p.serviceLink(model.ServiceIdx(s)), p.nodeLink(service.Home), p.record(service.Origin), service.Tier})
		}
	}
	return out
}
