package signal

import (
	"time"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

const secondsPerDay = 86400

// openIncidents looks at the node that answers for the services now: the level where
// somebody can close them.
func openIncidents(f *finder, n model.NodeIdx) {
	if open := f.open()[n]; len(open) > 0 {
		first := &f.m.Incidents[open[0]]
		f.add(n, n, "incident_time", grave, count("n", len(open)), day("since", f.date(first.Start())))
	}
}

// open lists, by their homes of today, the incidents that have been open for a day, in
// order of their start.
func (f *finder) open() map[model.NodeIdx][]int32 {
	if f.openAt != nil {
		return f.openAt
	}
	f.openAt = map[model.NodeIdx][]int32{}
	for i := range f.m.Incidents {
		in := &f.m.Incidents[i]
		if !in.Open || in.Planned || f.m.Sources[in.Origin.Source].Pilot || f.m.AsOf-in.Start() < secondsPerDay {
			continue
		}
		for _, home := range f.m.HomesNow(int32(i)) {
			f.openAt[home] = append(f.openAt[home], int32(i))
		}
	}
	return f.openAt
}

func (f *finder) date(t model.Time) string { return f.m.Calendar.DayAt(t).String() }

// minIncidents is the fewest incidents of which a share is worth a line.
const minIncidents = 3

func causesUnrecorded(f *finder, n model.NodeIdx) {
	cell := f.cell(n, "incident_count")
	if cell == nil || cell.Value < minIncidents || !f.own(n) {
		return
	}
	silent := cell.Parts[rollup.Unrecorded].Value
	if 2*silent > cell.Value {
		f.add(n, n, "incident_count", quiet, count("n", int(silent)), count("of", int(cell.Value)))
	}
}

func unownedServices(f *finder, n model.NodeIdx) {
	if unowned := len(f.m.Nodes[f.m.NotOwned].Services); n == 0 && unowned > 0 {
		f.add(n, n, "", risk, count("n", unowned))
	}
}

func unmappedIncidents(f *finder, n model.NodeIdx) {
	if n != 0 {
		return
	}
	unmapped := 0
	for _, row := range f.cube.Incidents(rollup.OfNode(f.m.NotOwned), f.period) {
		if len(f.m.Incidents[row.Incident].Services) == 0 && row.Impacted {
			unmapped++
		}
	}
	if unmapped > 0 {
		f.add(n, n, "incident_count", risk, count("n", unmapped))
	}
}

// oldAfter is the age in days after which an open follow-up is worth a line.
const oldAfter = 90

func oldFollowups(f *finder, n model.NodeIdx) {
	cell := f.cell(n, "followups_open")
	if cell == nil || cell.Value == 0 || !f.own(n) || f.m.AsOf-cell.Oldest < oldAfter*secondsPerDay {
		return
	}
	f.add(n, n, "followups_open", quiet, count("n", int(cell.Value)), day("since", f.date(cell.Oldest)))
}

// own reports whether the node answers for services itself and has no level below it.
func (f *finder) own(n model.NodeIdx) bool {
	return f.answers(n) && len(f.m.Nodes[n].Services) > 0 && len(f.m.Nodes[n].Children) == 0
}

func notCovered(f *finder, n model.NodeIdx) {
	if !f.own(n) {
		return
	}
	services, silent := f.m.Nodes[n].Services, 0
	for _, s := range services {
		if !f.m.ServiceCovered(model.Incidents, s) && !f.m.ServiceCovered(model.Synthetics, s) {
			silent++
		}
	}
	if silent > 0 {
		f.add(n, n, "", quiet, count("n", silent), count("of", len(services)))
	}
}

func contextDue(f *finder, n model.NodeIdx) {
	doc := f.docs.Get(content.Node, f.m.Nodes[n].ID)
	if doc == nil || doc.Meta.ReviewBy.IsZero() {
		return
	}
	d := doc.Meta.ReviewBy
	if f.m.Calendar.DayAt(f.m.AsOf).Date().After(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)) {
		f.add(n, n, "", quiet, day("since", d.String()))
	}
}
