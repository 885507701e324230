package signal

import "uptree/generator/model"

// pastDue are the findings of a node's own services that are open past their due date.
type pastDue struct {
	findings int
	oldest   model.Day // the last day on which the first of them was on time
}

// findingsOverdue looks at the node that answers for the services now.
func findingsOverdue(f *finder, n model.NodeIdx) {
	if late, ok := f.pastDue()[n]; ok && f.answers(n) {
		f.add(n, n, "findings_overdue", risk, count("n", late.findings), day("since", late.oldest.String()))
	}
}

// pastDue counts, by home, what is past due: a finding in several services of one home is one.
func (f *finder) pastDue() map[model.NodeIdx]pastDue {
	if f.overdue != nil {
		return f.overdue
	}
	f.overdue = map[model.NodeIdx]pastDue{}
	for i := range f.m.Findings {
		counted := map[model.NodeIdx]bool{}
		for k := range f.m.Findings[i].Rows {
			r := &f.m.Findings[i].Rows[k]
			if r.Closed.Known() || !r.Due.Known() || r.Due > f.m.AsOf || f.m.Sources[r.Origin.Source].Pilot {
				continue
			}
			late, any := f.overdue[r.Home]
			if last := f.m.Calendar.DayAt(r.Due - 1); !any || last < late.oldest {
				late.oldest = last
			}
			if !counted[r.Home] {
				late.findings++
			}
			counted[r.Home], f.overdue[r.Home] = true, late
		}
	}
	return f.overdue
}
