package model

// tenure is who answers for a service for some days, where its records say that this
// changed. The days are NoDay where open.
type tenure struct {
	from, to Day
	home     NodeIdx
}

// tenures are those of a service with several records; one with a single record has the
// same home on every day.
func (f *freezer) tenures(entries []entry[ServiceRecord]) []tenure {
	if len(entries) < 2 {
		return nil
	}
	var out []tenure
	for _, e := range entries {
		out = append(out, tenure{e.rec.ValidFrom, e.rec.ValidTo, f.homeOf(e.rec.ThirdParty, f.ownerNodes(&e.rec))})
	}
	return out
}

// ownerNodes are the nodes that stand for the known owners of a record.
func (f *freezer) ownerNodes(r *ServiceRecord) (out []NodeIdx) {
	for _, owner := range r.Owners {
		if n, ok := f.m.byNode[f.lookup.stands(owner)]; ok && !IsPerson(owner) {
			out = append(out, n)
		}
	}
	return out
}

// homeOf is the node that answers for what has these owners.
func (f *freezer) homeOf(thirdParty bool, owners []NodeIdx) NodeIdx {
	switch {
	case thirdParty:
		return f.m.ThirdParty
	case len(owners) == 0:
		return f.m.NotOwned
	}
	home := owners[0]
	for _, o := range owners[1:] {
		home = f.m.LCA(home, o)
	}
	return home
}

// homeAt is homeOn for the day of a moment.
func (f *freezer) homeAt(s ServiceIdx, at Time) NodeIdx {
	if f.tenure[s] == nil { // nearly always
		return f.m.Services[s].Home
	}
	return f.homeOn(s, f.m.Calendar.DayAt(at))
}

// homeOn is who answered for a service on a day: the record of that day, else the one that
// holds at as_of.
func (f *freezer) homeOn(s ServiceIdx, day Day) NodeIdx {
	all := f.tenure[s]
	for i := len(all) - 1; i >= 0; i-- {
		if holds(all[i].from, all[i].to, day) {
			return all[i].home
		}
	}
	return f.m.Services[s].Home
}
