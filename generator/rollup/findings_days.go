package rollup

import (
	"maps"
	"math"
	"slices"

	"uptree/generator/model"
)

// dailyOpen counts the findings that are open at the end of each day, a row per severity,
// gravest first. Days to which the sources do not reach back are missing.
func dailyOpen(s *scope, out *Series, n int) {
	reach := s.c.reach[model.Findings]
	if reach == model.None {
		return
	}
	ends := make([]model.Time, n)
	for d := range ends {
		ends[d] = s.c.day(out.First + model.Day(d)).To
	}
	var rows []*model.FindingRow
	seen, at := make([]bool, n), s.place()
	counts := map[uint16][]float64{}
	for _, i := range s.foundIn() {
		stay := at.stay(&s.c.Model.Findings[i], rows)
		if rows = stay.rows; len(rows) == 0 {
			continue
		}
		if counts[stay.severity] == nil {
			counts[stay.severity] = make([]float64, n)
		}
		clear(seen)
		for _, r := range rows {
			s.openOn(r, out.First, ends, func(d int) {
				if !seen[d] {
					seen[d] = true
					counts[stay.severity][d]++
				}
			})
		}
	}
	for _, severity := range slices.Sorted(maps.Keys(counts)) {
		row := counts[severity]
		for d := 0; d < n && ends[d] < reach; d++ {
			row[d] = math.NaN()
		}
		out.Names, out.Rows = append(out.Names, s.c.Model.FindingSeverities[severity]), append(out.Rows, row)
	}
}

// openOn calls yield with each day at whose end a row is open.
func (s *scope) openOn(r *model.FindingRow, first model.Day, ends []model.Time, yield func(day int)) {
	for d := max(0, int(s.c.Model.Calendar.DayAt(r.Opened)-first)); d < len(ends); d++ {
		if r.Closed.Known() && r.Closed < ends[d] {
			return
		}
		if r.Open(ends[d]) {
			yield(d)
		}
	}
}
