package rollup

import (
	"cmp"
	"slices"

	"uptree/generator/model"
)

// dailyDeployments counts the deployments that the figures are made of by the day on which
// they finished: those that went well, and those that failed, were rolled back or have a
// linked incident.
func dailyDeployments(s *scope, out *Series, n int) {
	out.rows(n, 0, "went_well", "went_wrong")
	x, c := s.index.delivery, s.c.Model.Calendar
	here := anywhere
	if node := model.NodeIdx(s.subject.Index); s.subject.Kind == NodeSubject {
		here = func(home model.NodeIdx) bool { return s.c.Model.In(home, node) }
	}
	begin, end := c.Midnight(out.First), c.Midnight(out.First+model.Day(n))
	for _, service := range s.deployers() {
		all := x.of(model.ServiceIdx(service))
		from, _ := slices.BinarySearchFunc(all, begin, func(d model.Deployment, t model.Time) int { return cmp.Compare(d.Finished, t) })
		for i := from; i < len(all) && all[i].Finished < end; i++ {
			d := &all[i]
			if d.LeftOut != model.Counted || !x.here(d) || !here(d.Home) {
				continue
			}
			row := 0
			if d.WentWrong() {
				row = 1
			}
			out.Rows[row][c.DayAt(d.Finished)-out.First]++
		}
	}
}
