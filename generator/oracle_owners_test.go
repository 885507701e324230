package generator_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// tenured is who answered for a service on the days of one of its records.
type tenured struct{ from, to, home string }

// readServices merges the records of a service by the day from which they hold.
func (o *oracle) readServices() {
	o.services, o.aliases = map[string]*oracleService{}, map[string]string{}
	merged := map[string][]serviceRow{}
	for _, r := range o.in.Services {
		rows := merged[r.ID]
		i := slices.IndexFunc(rows, func(have serviceRow) bool { return have.ValidFrom == r.ValidFrom })
		if i < 0 {
			merged[r.ID] = append(rows, r)
			continue
		}
		first(&rows[i].Owner, r.Owner)
		first(&rows[i].ValidTo, r.ValidTo)
		if r.ThirdParty == "true" {
			rows[i].ThirdParty = "true"
		}
		rows[i].Aliases += ";" + r.Aliases
	}
	for id, rows := range merged {
		slices.SortFunc(rows, func(a, b serviceRow) int { return cmp.Compare(a.ValidFrom, b.ValidFrom) })
		now := rows[len(rows)-1] // a service that is gone keeps its last owner
		s := &oracleService{id: id}
		for _, r := range rows {
			if o.holds(r.ValidFrom, r.ValidTo) {
				now, s.living = r, true
			}
			s.tenures = append(s.tenures, tenured{r.ValidFrom, r.ValidTo, o.homeOf(&r)})
			for _, alias := range list(r.Aliases) {
				o.aliases[alias] = id
			}
		}
		s.home, s.thirdParty = o.homeOf(&now), now.ThirdParty == "true"
		o.services[id] = s
	}
}

// homeOf is the level that answers by one record of a service: today's tree, so that an
// owner who is gone counts as its successor.
func (o *oracle) homeOf(r *serviceRow) (home string) {
	if r.ThirdParty == "true" {
		return thirdParty
	}
	for _, owner := range list(r.Owner) {
		n := o.standsFor(owner)
		switch {
		case n == "" || strings.HasPrefix(owner, "user:") || strings.Contains(owner, "@"):
		case home == "":
			home = n
		default:
			home = o.meet(home, n)
		}
	}
	return cmp.Or(home, notOwned)
}

// homeOn is who answered for a service on the day of a moment: by the latest record that
// held, without any by that of today.
func (o *oracle) homeOn(service string, at int64) string {
	home, date := o.services[service].home, o.dateOf(at)
	for _, t := range o.services[service].tenures {
		if t.from <= date && (t.to == "" || date <= t.to) {
			home = t.home
		}
	}
	return home
}

// homesOn are the distinct homes of services on a day.
func (o *oracle) homesOn(services []string, at int64) (out []string) {
	for _, s := range services {
		if home := o.homeOn(s, at); !slices.Contains(out, home) {
			out = append(out, home)
		}
	}
	return out
}

// homesNow are those of today, to whom falls what is still to be done.
func (o *oracle) homesNow(services []string) (out []string) {
	for _, s := range services {
		if home := o.services[s].home; !slices.Contains(out, home) {
			out = append(out, home)
		}
	}
	if len(out) == 0 {
		return []string{notOwned}
	}
	return out
}

// movedOn ends the record of a service at a day of late and gives it others, mostly at
// another owner: at once, after some days, or while the first one still holds.
func (m *maker) movedOn(r *serviceRow) {
	for range 1 + m.IntN(3) {
		date := m.date(m.IntN(120) - 5)
		next := serviceRow{ID: r.ID, Owner: m.owner(), ValidFrom: dateAfter(date, 1+m.IntN(3)*m.IntN(2)*m.IntN(9))}
		if m.chance(0.8) {
			r.ValidTo = date
		}
		if m.chance(0.15) {
			next.ThirdParty, next.Owner = m.oneOf("true", "false"), m.oneOf("", next.Owner)
		}
		if m.chance(0.1) {
			next.Aliases = fmt.Sprintf("then-%s", r.ID)
		}
		m.o.Services = append(m.o.Services, next)
	}
}
