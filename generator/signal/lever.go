package signal

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// hour is the incident time below which no line is worth a leader's attention.
const hour = 3600

// lever returns who can do something about a node's incident time: the one outside node
// whose causes took more than half of it, the deepest where several hold; else the node.
// Seconds is the time inherited from there, of the total; both are plain sums, so that
// one share is comparable with the other.
func (f *finder) lever(n model.NodeIdx) (lever model.NodeIdx, seconds, total float64) {
	caused := map[model.NodeIdx]float64{}
	for _, row := range f.cube.Incidents(rollup.OfNode(n), f.period) {
		in := &f.m.Incidents[row.Incident]
		if !row.Impacted || in.Planned {
			continue
		}
		total += row.Seconds
		if row.Class == rollup.Inherited {
			f.blame(caused, in, n, row.Seconds)
		}
	}
	lever = n
	for x, s := range caused {
		if 2*s <= total || !f.answers(x) {
			continue
		}
		if lever == n || f.m.Nodes[x].Depth > f.m.Nodes[lever].Depth || f.m.Nodes[x].Depth == f.m.Nodes[lever].Depth && x < lever {
			lever, seconds = x, s
		}
	}
	return lever, seconds, total
}

// blame adds the seconds to every outside node above a cause, once each.
func (f *finder) blame(caused map[model.NodeIdx]float64, in *model.Incident, n model.NodeIdx, seconds float64) {
	seen := map[model.NodeIdx]bool{}
	for _, h := range in.CauseHomes {
		for x := h; x != model.NoIndex && !f.m.In(n, x) && !seen[x]; x = f.m.Nodes[x].Parent {
			seen[x] = true
			caused[x] += seconds
		}
	}
}

func unusualIncidentTime(f *finder, n model.NodeIdx) {
	cell := f.cell(n, "incident_time")
	if cell == nil || cell.Usual == nil || cell.Value <= cell.Usual[1] || cell.Value < hour || !f.answers(n) {
		return
	}
	lever, _, _ := f.lever(n)
	f.add(n, lever, "incident_time", grave, duration("value", cell.Value), duration("low", cell.Usual[0]), duration("high", cell.Usual[1]))
}

// mostlyInherited speaks at the node that suffers and, once, at the node that caused it.
func mostlyInherited(f *finder, n model.NodeIdx) {
	cell := f.cell(n, "incident_time")
	if cell == nil || cell.Value < hour || !f.answers(n) {
		return
	}
	lever, seconds, total := f.lever(n)
	if lever == n {
		return
	}
	f.add(n, lever, "incident_time", risk, share("share", seconds/total), node("from", lever))
	f.export(lever, n, seconds)
}

// export keeps, at the lever, the line of the node hit longest.
func (f *finder) export(lever, hit model.NodeIdx, seconds float64) {
	const code = "exports-incidents"
	for i, s := range f.found[lever] {
		if s.Code != code {
			continue
		}
		if s.Args[0].Value < seconds {
			f.found[lever][i].Args = []Arg{duration("value", seconds), node("to", hit)}
		}
		return
	}
	f.addAs(code, lever, lever, "incident_time", risk, duration("value", seconds), node("to", hit))
}

func unusualSynthetics(f *finder, n model.NodeIdx) {
	cell := f.cell(n, "synthetic_success")
	if cell == nil || cell.Usual == nil || cell.Value >= cell.Usual[0] || len(cell.Worst) == 0 || !f.answers(n) {
		return
	}
	f.add(n, n, "synthetic_success", grave, share("value", cell.Value), share("low", cell.Usual[0]), words("worst", cell.Worst[0].Name))
}
