package ingest

import "uptree/generator/model"

// The fields of services, in the order of the spec.
const (
	serviceID = iota
	serviceTitle
	serviceOwner
	serviceTier
	serviceLifecycle
	serviceSystem
	serviceThirdParty
	serviceURL
	serviceAliases
	serviceValidFrom
	serviceValidTo
)

func addService(r *row) {
	rec := model.ServiceRecord{
		ID: string(r.id(serviceID)), Title: string(r.text(serviceTitle)), Tier: string(r.word(serviceTier)),
		Lifecycle: string(r.word(serviceLifecycle)), System: string(r.word(serviceSystem)), URL: string(r.link(serviceURL)),
		Owners: r.ids(serviceOwner), Aliases: r.ids(serviceAliases), ThirdParty: r.flag(serviceThirdParty),
		ValidFrom: r.day(serviceValidFrom), ValidTo: r.day(serviceValidTo),
		Partial: r.partial, Line: uint32(r.line),
	}
	if r.reason == "" {
		r.batch.Services = append(r.batch.Services, rec)
	}
}

// The fields of dependencies, in the order of the spec.
const (
	dependencyFrom = iota
	dependencyTo
	dependencyHardness
	dependencyEvidence
)

func addDependency(r *row) {
	rec := model.DependencyRecord{From: string(r.id(dependencyFrom)), To: string(r.id(dependencyTo)), Line: uint32(r.line)}
	switch word := r.word(dependencyHardness); {
	case len(word) == 0:
	case isWord(word, "hard"):
		rec.Hardness = model.Hard
	case isWord(word, "soft"):
		rec.Hardness = model.Soft
	case isWord(word, "async"):
		rec.Hardness = model.Async
	default:
		r.bad(dependencyHardness, "none of hard, soft and async")
	}
	switch word := r.word(dependencyEvidence); {
	case len(word) == 0 || isWord(word, "declared"):
	case isWord(word, "observed"):
		rec.Observed = true
	default:
		r.bad(dependencyEvidence, "neither declared nor observed")
	}
	if r.reason == "" {
		r.batch.Dependencies = append(r.batch.Dependencies, rec)
	}
}

// The fields of journeys, in the order of the spec.
const (
	journeyID = iota
	journeyTitle
	journeyServices
	journeyOwner
	journeyURL
)

func addJourney(r *row) {
	rec := model.JourneyRecord{
		ID: string(r.id(journeyID)), Title: string(r.text(journeyTitle)), Services: r.ids(journeyServices),
		Owner: string(r.id(journeyOwner)), URL: string(r.link(journeyURL)), Line: uint32(r.line),
	}
	if r.reason == "" {
		r.batch.Journeys = append(r.batch.Journeys, rec)
	}
}
