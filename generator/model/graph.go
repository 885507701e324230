package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"uptree/generator/diag"
)

// dependencies builds the edges of the graph, by the ids of their ends. Cycles are fine.
func (f *freezer) dependencies() {
	type edge struct{ from, to ServiceIdx }
	index := map[edge]int{}
	for bi, b := range f.in.Batches {
		for _, r := range b.Dependencies {
			o := f.origin(bi, r.Line)
			from, okFrom := f.dependencyEnd(r.From, r.To, o)
			to, okTo := f.dependencyEnd(r.To, r.From, o)
			if !okFrom || !okTo {
				f.accept(o)
				continue
			}
			i, seen := index[edge{from, to}]
			if !seen {
				i = len(f.m.Dependencies)
				index[edge{from, to}] = i
				f.m.Dependencies = append(f.m.Dependencies, Dependency{From: from, To: to, Origin: o})
				f.accept(o)
			} else {
				f.merged(o)
			}
			d := &f.m.Dependencies[i]
			if keep(&d.Hardness, r.Hardness) {
				f.conflict("dependency", r.From+" → "+r.To, []string{"hardness"}, o)
			}
			d.Declared = d.Declared || !r.Observed
			d.Observed = d.Observed || r.Observed
		}
		b.Dependencies = nil
	}
	f.linkServices()
}

func (f *freezer) dependencyEnd(id, other string, o Origin) (ServiceIdx, bool) {
	s, ok := f.known(id)
	if !ok {
		f.count(diag.UnknownReference, o, fmt.Sprintf("dependency of unknown service %q", id), f.suggestService(id))
		at, ok := f.known(other)
		if !ok {
			at = NoIndex
		}
		f.m.Cracks = append(f.m.Cracks, Crack{Kind: CrackUnknownDepEnd, Node: NoIndex, Service: at, Journey: NoIndex, Incident: NoIndex, Text: id, Origin: o})
	}
	return s, ok
}

// linkServices sorts the edges and hands them to their ends.
func (f *freezer) linkServices() {
	slices.SortFunc(f.m.Dependencies, func(a, b Dependency) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	for i, d := range f.m.Dependencies {
		from, to := &f.m.Services[d.From], &f.m.Services[d.To]
		from.DependsOn = append(from.DependsOn, int32(i))
		to.DependedOnBy = append(to.DependedOnBy, int32(i))
	}
}

// journeys builds Journeys, by id, with their homes.
func (f *freezer) journeys() {
	type entry struct {
		JourneyRecord
		origin Origin
	}
	entries, space := map[string]entry{}, idSpace{}
	for bi, b := range f.in.Batches {
		for _, r := range b.Journeys {
			o := f.origin(bi, r.Line)
			if !f.usable(space, r.ID, o) {
				continue
			}
			have, seen := entries[r.ID]
			if !seen {
				f.accept(o)
				entries[r.ID] = entry{r, o}
				continue
			}
			f.merged(o)
			var differ []string
			if keep(&have.Title, r.Title) {
				differ = append(differ, "title")
			}
			if keep(&have.Owner, r.Owner) {
				differ = append(differ, "owner")
			}
			if keepList(&have.Services, r.Services) {
				differ = append(differ, "services")
			}
			keep(&have.URL, r.URL)
			f.conflict("journey", r.ID, differ, o)
			entries[r.ID] = have
		}
		b.Journeys = nil
	}
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		f.journey(entries[id].JourneyRecord, entries[id].origin)
	}
}

func (f *freezer) journey(r JourneyRecord, o Origin) {
	i := JourneyIdx(len(f.m.Journeys))
	j := Journey{ID: r.ID, Title: cmp.Or(r.Title, r.ID), URL: r.URL, Owner: NoIndex, Origin: o}
	for _, id := range r.Services {
		s, ok := f.known(id)
		switch {
		case !ok:
			j.UnknownServices = append(j.UnknownServices, id)
			f.count(diag.UnknownReference, o, fmt.Sprintf("journey through unknown service %q", id), f.suggestService(id))
			f.m.Cracks = append(f.m.Cracks, Crack{Kind: CrackJourneyService, Node: NoIndex, Service: NoIndex, Journey: i, Incident: NoIndex, Text: id, Origin: o})
		case !slices.Contains(j.Services, s):
			j.Services = append(j.Services, s)
			f.m.Services[s].Journeys = append(f.m.Services[s].Journeys, i)
		}
	}
	f.journeyHome(&j, r, o)
	f.m.byJourney[j.ID] = i
	f.m.Journeys = append(f.m.Journeys, j)
	home := &f.m.Nodes[j.Home]
	home.Journeys = append(home.Journeys, i)
}

// journeyHome is the journey's owner, else the LCA of the homes of its own services.
func (f *freezer) journeyHome(j *Journey, r JourneyRecord, o Origin) {
	if r.Owner != "" && !IsPerson(r.Owner) {
		if n, ok := f.m.byNode[f.lookup.stands(r.Owner)]; ok {
			j.Owner, j.Home = n, n
			return
		}
		f.count(diag.UnknownOwner, o, fmt.Sprintf("owner %q is no node", r.Owner), func() string {
			return diag.DidYouMean(r.Owner, slices.Sorted(maps.Keys(f.lookup.living)))
		})
	}
	j.Home = NoIndex
	for _, s := range j.Services {
		home := f.m.Services[s].Home
		switch {
		case home == f.m.NotOwned || home == f.m.ThirdParty:
		case j.Home == NoIndex:
			j.Home = home
		default:
			j.Home = f.m.LCA(j.Home, home)
		}
	}
	if j.Home == NoIndex {
		j.Home = f.m.NotOwned
	}
}
