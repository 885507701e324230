package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// services builds Services, by id, with owners and homes. It is false where a what-if
// cannot be.
func (f *freezer) services() bool {
	entries := gather(f, serviceRecords)
	if !f.handServices(entries) {
		return false
	}
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		f.m.byService[id] = ServiceIdx(len(f.m.Services))
		f.m.Services = append(f.m.Services, f.service(entries[id]))
		if all := f.tenures(entries[id]); all != nil {
			f.tenure[f.m.byService[id]] = all
		}
	}
	for i := range f.m.Services {
		f.own(ServiceIdx(i))
	}
	for i := range f.m.Services {
		f.aliases(ServiceIdx(i))
	}
	return true
}

// mergeService is mergeNode for services; aliases of both are kept.
func mergeService(have, e *entry[ServiceRecord]) (differ []string) {
	note := func(field string, conflict bool) {
		if conflict {
			differ = append(differ, field)
		}
	}
	note("title", keep(&have.rec.Title, e.rec.Title))
	note("tier", keep(&have.rec.Tier, e.rec.Tier))
	note("lifecycle", keep(&have.rec.Lifecycle, e.rec.Lifecycle))
	note("system", keep(&have.rec.System, e.rec.System))
	note("url", keep(&have.rec.URL, e.rec.URL))
	note("valid_to", keepKnown(&have.rec.ValidTo, e.rec.ValidTo, NoDay))
	note("owner", keepList(&have.rec.Owners, e.rec.Owners))
	have.rec.ThirdParty = have.rec.ThirdParty || e.rec.ThirdParty
	have.rec.Aliases = append(have.rec.Aliases, e.rec.Aliases...)
	return differ
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
func (f *freezer) service(entries []entry[ServiceRecord]) Service {
	e, living := entries[len(entries)-1], false
	for i := len(entries) - 1; i >= 0; i-- {
		if holds(entries[i].rec.ValidFrom, entries[i].rec.ValidTo, f.today) {
			e, living = entries[i], true
			break
		}
	}
	s := Service{
		ID: e.rec.ID, Title: cmp.Or(e.rec.Title, e.rec.ID), Tier: e.rec.Tier, Lifecycle: e.rec.Lifecycle, System: e.rec.System, URL: e.rec.URL,
		ThirdParty: e.rec.ThirdParty, Living: living, ValidFrom: e.rec.ValidFrom, ValidTo: e.rec.ValidTo, GoesOnAs: NoIndex, Origin: e.origin,
	}
	for _, entry := range entries {
		s.Aliases = append(s.Aliases, entry.rec.Aliases...)
	}
	slices.Sort(s.Aliases)
	s.Aliases = slices.Compact(s.Aliases)
	f.owners(&s, e)
	return s
}

func (f *freezer) owners(s *Service, e entry[ServiceRecord]) {
	for _, owner := range e.rec.Owners {
		if IsPerson(owner) {
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
	s.Home = f.homeOf(s.ThirdParty, s.Owners)
	switch {
	case s.ThirdParty:
	case len(s.Owners) == 0:
		crack(CrackUnowned, "")
	case len(s.Owners) > 1:
		crack(CrackManyOwners, "")
	}
}

func (f *freezer) aliases(i ServiceIdx) {
	s := &f.m.Services[i]
	for _, a := range s.Aliases {
		if a == s.ID {
			continue
		}
		have, taken := f.m.byService[a]
		if taken && s.Living && !f.m.Services[have].Living {
			f.m.Services[have].GoesOnAs = i // it was renamed: its past stays its own
			continue
		}
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

// known finds a service by id or alias, with the vendor whose id it is or without.
func (f *freezer) known(id string) (ServiceIdx, bool) {
	if s, ok := f.m.Service(id); ok {
		return s, true
	}
	return f.m.Service(bareID(id, f.in.Vendors))
}

// bareID is an id without the vendor before it.
func bareID(id string, vendors []string) string {
	if vendor, bare, ok := strings.Cut(id, ":"); ok && slices.Contains(vendors, vendor) {
		return bare
	}
	return id
}

// suggestService is the hint for an unknown service id.
func (f *freezer) suggestService(id string) func() string {
	return func() string {
		if hint := diag.DidYouMean(bareID(id, f.in.Vendors), slices.Sorted(maps.Keys(f.m.byService))); hint != "" || bareID(id, f.in.Vendors) == id {
			return hint
		}
		return fmt.Sprintf("enter %q among the aliases of the service that it is", id)
	}
}
