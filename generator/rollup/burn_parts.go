package rollup

import "uptree/generator/model"

// finest is the longest bucket, in seconds, whose bad events can be laid at the door of an
// incident.
const finest = 3600

// burnParts splits what was bad in the window of the entered objective by whose impact on
// its subject overlapped it. Impact without a recorded cause explains nothing. It is nil
// where a bucket is longer than an hour, and without data.
func (s *scope) burnParts(l *ledger, w span) *BurnParts {
	i, j := l.units(w.Window)
	if i == j {
		return nil
	}
	bad := false
	for k := i; k < j; k++ {
		if l.to[k]-l.from[k] > finest {
			return nil
		}
		bad = bad || l.bad(k) != Exact{}
	}
	out := &BurnParts{}
	if !bad {
		return out
	}
	s.impactOn(&l.objective.Subject)
	for k := i; k < j; k++ {
		if b := l.bad(k); !b.isZero() {
			to := out.of(s.hits(Own, l.from[k], l.to[k]), s.hits(Inherited, l.from[k], l.to[k]))
			*to = to.plus(b)
		}
	}
	return out
}

// bad is what was bad in a unit.
func (l *ledger) bad(k int) Exact {
	good, valid := l.sums[k+1].good.minus(l.sums[k].good), l.sums[k+1].valid.minus(l.sums[k].valid)
	return valid.minus(good)
}

// impactOn makes the unions of the impacts on the subject of an objective.
func (s *scope) impactOn(subject *model.Subject) {
	switch {
	case subject.Service != model.NoIndex:
		s.at(OfService(subject.Service))
	case subject.Journey != model.NoIndex:
		s.at(OfJourney(subject.Journey))
	default:
		for c := range s.classes {
			s.classes[c].reset()
			s.classes[c].seal()
		}
		return
	}
	s.classify()
}

// hits reports whether impact of a class overlaps a unit.
func (s *scope) hits(class Class, from, to model.Time) bool {
	return s.classes[class].length(Window{from, max(to, from+1)}) > 0
}

func (p *BurnParts) of(own, inherited bool) *Exact {
	switch {
	case own && inherited:
		return &p.Several
	case own:
		return &p.Own
	case inherited:
		return &p.Inherited
	}
	return &p.Unexplained
}
