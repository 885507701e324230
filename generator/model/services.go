package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"uptree/generator/diag"
)

type serviceEntry struct {
	ServiceRecord
	origin Origin
}

// services builds Services, by id, with owners and homes.
func (f *freezer) services() {
	entries := f.serviceEntries()
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		f.m.byService[id] = ServiceIdx(len(f.m.Services))
		f.m.Services = append(f.m.Services, f.service(entries[id]))
	}
	for i := range f.m.Services {
		f.own(ServiceIdx(i))
	}
	for i := range f.m.Services {
		f.aliases(ServiceIdx(i))
	}
}

// serviceEntries merges the service records by (id, valid_from).
func (f *freezer) serviceEntries() map[string][]serviceEntry {
	out, space := map[string][]serviceEntry{}, idSpace{}
	for bi, b := range f.in.Batches {
		for _, r := range b.Services {
			if o := f.origin(bi, r.Line); !r.Partial && f.usable(space, r.ID, o) {
				out[r.ID] = f.mergeService(out[r.ID], serviceEntry{r, o})
			}
		}
	}
	for bi, b := range f.in.Batches {
		for _, r := range b.Services {
			if r.Partial {
				f.addPartialService(out, r, f.origin(bi, r.Line))
			}
		}
		b.Services = nil
	}
	for _, entries := range out {
		slices.SortStableFunc(entries, func(a, b serviceEntry) int { return cmp.Compare(a.ValidFrom, b.ValidFrom) })
	}
	return out
}

func (f *freezer) addPartialService(out map[string][]serviceEntry, r ServiceRecord, o Origin) {
	if _, ok := out[r.ID]; !ok {
		f.reject(o, "speaks of a service that no record defines: "+r.ID)
		return
	}
	r.ValidFrom = out[r.ID][0].ValidFrom
	out[r.ID] = f.mergeService(out[r.ID], serviceEntry{r, o})
}

func (f *freezer) mergeService(entries []serviceEntry, e serviceEntry) []serviceEntry {
	for i := range entries {
		have := &entries[i]
		if have.ValidFrom != e.ValidFrom {
			continue
		}
		f.merged(e.origin)
		var differ []string
		note := func(field string, conflict bool) {
			if conflict {
				differ = append(differ, field)
			}
		}
		note("title", keep(&have.Title, e.Title))
		note("tier", keep(&have.Tier, e.Tier))
		note("lifecycle", keep(&have.Lifecycle, e.Lifecycle))
		note("system", keep(&have.System, e.System))
		note("url", keep(&have.URL, e.URL))
		note("valid_to", keepKnown(&have.ValidTo, e.ValidTo, NoDay))
		note("owner", keepList(&have.Owners, e.Owners))
		have.ThirdParty = have.ThirdParty || e.ThirdParty
		have.Aliases = append(have.Aliases, e.Aliases...)
		f.conflict("service", e.ID, differ, e.origin)
		return entries
	}
	f.accept(e.origin)
	return append(entries, e)
}

func keepList(have *[]string, given []string) (conflict bool) {
	if len(given) == 0 || slices.Equal(*have, given) {
		return false
	}
	if len(*have) == 0 {
		*have = given
		return false
	}
	return true
}

// service takes the entry that holds at as_of, else the last one: a service that is gone
// still has its past records.
func (f *freezer) service(entries []serviceEntry) Service {
	e, living := entries[len(entries)-1], false
	for i := len(entries) - 1; i >= 0; i-- {
		if holds(entries[i].ValidFrom, entries[i].ValidTo, f.today) {
			e, living = entries[i], true
			break
		}
	}
	s := Service{
		ID: e.ID, Title: cmp.Or(e.Title, e.ID), Tier: e.Tier, Lifecycle: e.Lifecycle, System: e.System, URL: e.URL,
		ThirdParty: e.ThirdParty, Living: living, ValidFrom: e.ValidFrom, ValidTo: e.ValidTo, Origin: e.origin,
	}
	for _, entry := range entries {
		s.Aliases = append(s.Aliases, entry.Aliases...)
	}
	slices.Sort(s.Aliases)
	s.Aliases = slices.Compact(s.Aliases)
	f.owners(&s, e)
	return s
}

func (f *freezer) owners(s *Service, e serviceEntry) {
	for _, owner := range e.Owners {
		if isPerson(owner) {
			s.UserOwned = true
			f.count(diag.UserOwner, e.origin, "a service is owned by a person", func() string { return "name the team: its node id" })
			continue
		}
		n, ok := f.m.byNode[f.lookup.stands(owner)]
		switch {
		case !ok:
			s.UnknownOwners = append(s.UnknownOwners, owner)
			f.count(diag.UnknownOwner, e.origin, fmt.Sprintf("owner %q is no node", owner), func() string {
				return diag.DidYouMean(owner, slices.Sorted(maps.Keys(f.lookup.living)))
			})
		case !slices.Contains(s.Owners, n):
			s.Owners = append(s.Owners, n)
		}
	}
	slices.Sort(s.Owners)
}

// own finds the home of a service and the cracks of its ownership.
func (f *freezer) own(i ServiceIdx) {
	s := &f.m.Services[i]
	crack := func(kind CrackKind, text string) {
		if s.Living {
			f.m.Cracks = append(f.m.Cracks, Crack{Kind: kind, Node: NoIndex, Service: i, Journey: NoIndex, Incident: NoIndex, Text: text, Origin: s.Origin})
		}
	}
	for _, id := range s.UnknownOwners {
		crack(CrackUnknownOwner, id)
	}
	if s.UserOwned {
		crack(CrackUserOwner, "")
	}
	switch {
	case s.ThirdParty:
		s.Home = f.m.ThirdParty
	case len(s.Owners) == 0:
		s.Home = f.m.NotOwned
		crack(CrackUnowned, "")
	default:
		s.Home = s.Owners[0]
		for _, o := range s.Owners[1:] {
			s.Home = f.m.LCA(s.Home, o)
		}
		if len(s.Owners) > 1 {
			crack(CrackManyOwners, "")
		}
	}
}

func (f *freezer) aliases(i ServiceIdx) {
	s := &f.m.Services[i]
	for _, a := range s.Aliases {
		if a == s.ID {
			continue
		}
		have, taken := f.m.byService[a]
		if !taken {
			have, taken = f.m.alias[a]
		}
		if taken && have != i {
			f.problem(diag.AmbiguousAlias, s.Origin, fmt.Sprintf("alias %q of service %q already means %q", a, s.ID, f.m.Services[have].ID), "")
			continue
		}
		f.m.alias[a] = i
	}
}

// placeServices lists the living services and the journeys at their homes, by title.
func (f *freezer) placeServices() {
	for i := range f.m.Services {
		if s := &f.m.Services[i]; s.Living {
			n := &f.m.Nodes[s.Home]
			n.Services = append(n.Services, ServiceIdx(i))
		}
	}
	for i := range f.m.Nodes {
		slices.SortStableFunc(f.m.Nodes[i].Services, func(a, b ServiceIdx) int {
			return cmp.Compare(f.m.Services[a].Title, f.m.Services[b].Title)
		})
		slices.SortStableFunc(f.m.Nodes[i].Journeys, func(a, b JourneyIdx) int {
			return cmp.Compare(f.m.Journeys[a].Title, f.m.Journeys[b].Title)
		})
	}
}

// known finds a service by id or alias.
func (f *freezer) known(id string) (ServiceIdx, bool) { return f.m.Service(id) }

// suggestService is the hint for an unknown service id.
func (f *freezer) suggestService(id string) func() string {
	return func() string { return diag.DidYouMean(id, slices.Sorted(maps.Keys(f.m.byService))) }
}
