package main

import (
	"errors"
	"math/rand/v2"
	"path/filepath"
	"time"
)

// pagesFrom is so many days before as_of: the pager keeps its pages since then.
const pagesFrom = 200

// crew are the people of a node.
type crew struct {
	node         string
	heads, turns int     // turns is -1 where nobody is on call
	pages        float64 // a day
}

// writeStaffing writes head-counts.csv, a row per quarter and node, and pages.csv, a row per
// day and team on call: of days without any page only Mondays, which say that there were none.
func writeStaffing(dir string, o *organisation, s span, r *rand.Rand) error {
	crews := o.crews(s, r)
	return errors.Join(
		writeHeads(filepath.Join(dir, "head-counts.csv"), crews, s, r),
		writePages(filepath.Join(dir, "pages.csv"), crews, s, r),
	)
}

// crews draws who is where: teams of three to eleven people, and a few in the nodes above.
func (o *organisation) crews(s span, r *rand.Rand) (out []crew) {
	above := map[int]bool{}
	for _, n := range o.nodes {
		above[n.parent] = true
	}
	for i, n := range o.nodes {
		if n.until != "" && n.until <= s.asOf.Format(time.DateOnly) {
			continue
		}
		c := crew{node: n.id, heads: 1 + r.IntN(3), turns: -1}
		if !above[i] {
			c.heads = 3 + r.IntN(4) + r.IntN(6)
			if chance(r, 0.7) {
				c.turns = max(2, c.heads-r.IntN(3))
				c.pages = lognormal(r, 0.25, 0.8)
			}
		}
		out = append(out, c)
	}
	return out
}

func writeHeads(path string, crews []crew, s span, r *rand.Rand) error {
	f := createCSV(path, "node,day,headcount,oncall_rotation")
	for m := s.first; m.Before(s.asOf); m = m.AddDate(0, 3, 0) {
		for i := range crews {
			c := &crews[i]
			f.text(c.node)
			f.text(m.Format(time.DateOnly))
			f.number(c.heads)
			f.numberOrNone(c.turns)
			f.end()
			if chance(r, 0.1) {
				c.heads++
			}
		}
	}
	return f.close()
}

func writePages(path string, crews []crew, s span, r *rand.Rand) error {
	f := createCSV(path, "node,day,pages_business,pages_off_hours,pages_sleep")
	for back := pagesFrom; back > 0; back-- {
		day := s.before(back)
		weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
		for i := range crews {
			if crews[i].turns < 0 {
				continue
			}
			business, off, sleep := crews[i].paged(r)
			if weekend {
				business, off = 0, business+off
			}
			if business+off+sleep == 0 && day.Weekday() != time.Monday {
				continue
			}
			f.text(crews[i].node)
			f.text(day.Format(time.DateOnly))
			for _, n := range []int{business, off, sleep} {
				f.number(n)
			}
			f.end()
		}
	}
	return f.close()
}

// paged draws the pages of a day: most come in working hours, because changes do.
func (c *crew) paged(r *rand.Rand) (business, off, sleep int) {
	for range 6 {
		switch {
		case !chance(r, c.pages/6):
		case chance(r, 0.55):
			business++
		case chance(r, 0.6):
			off++
		default:
			sleep++
		}
	}
	return business, off, sleep
}
