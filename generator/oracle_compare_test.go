package generator_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// cubeFacts are the figures of a subject in the paths of the oracle.
func cubeFacts(c *rollup.Cube, subject rollup.Subject) facts {
	f := facts{}
	for m, cells := range c.Stats(subject) {
		for p := range cells {
			f.cell(&c.Metrics[m], &cells[p], c.Metrics[m].ID+"/"+c.Periods[p].Name+"/")
		}
	}
	return f
}

func (f facts) cell(metric *rollup.Metric, c *rollup.Cell, path string) {
	f[path+"coverage"] = fmt.Sprintf("%d of %d", c.Covered, c.Of)
	for _, n := range c.Notes {
		f.num(path+"notes/"+string(n.Code), float64(n.Count))
	}
	if n := c.States; n != nil {
		f.num(path+"states/met", float64(n.Met))
		f.num(path+"states/at_risk", float64(n.AtRisk))
		f.num(path+"states/breached", float64(n.Breached))
		f.num(path+"states/no_data", float64(n.NoData))
		f.num(path+"without_objective", float64(n.Without))
	}
	if metric.Operator == rollup.PerService {
		f.perService(metric, c, path)
		return
	}
	if metric.Unit == rollup.Currency {
		f.money(c, path)
		return
	}
	distribution := metric.Operator == rollup.Distribution
	if !c.Known {
		f[path+"reason"] = c.Reason.String()
	}
	if distribution && len(c.Dists) > 0 {
		f.dists(c, path)
	}
	if !c.Known {
		return
	}
	if !distribution {
		f.num(path+"value", c.Value)
	}
	switch metric.Operator {
	case rollup.RatioOf:
		f.num(path+"numerator", float64(c.Num))
		f.num(path+"denominator", float64(c.Den))
	case rollup.Time:
		f.num(path+"sum", c.Sum)
		fallthrough
	default:
		f.num(path+"n", float64(c.N))
	}
	f.pastOf(c, path)
	f.parts(c, path)
	f.worst(c, metric, path)
	if c.Oldest > 0 {
		f.num(path+"oldest", float64(c.Oldest))
	}
}

func (f facts) pastOf(c *rollup.Cell, path string) {
	if c.PreviousReason != rollup.ReasonNone {
		f[path+"previous_reason"] = c.PreviousReason.String()
	} else {
		f.num(path+"previous", c.Previous)
	}
	if c.Usual != nil {
		f.num(path+"usual/low", c.Usual[0])
		f.num(path+"usual/high", c.Usual[1])
	}
}

func (f facts) parts(c *rollup.Cell, path string) {
	f.named(path+"parts/", c.Parts)
	f.named(path+"segments/", c.Segments)
	for _, b := range c.By {
		f.named(path+"by/"+b.Dimension+"/", b.Parts)
	}
	if c.Exported != nil {
		f.num(path+"exported", *c.Exported)
	}
	if c.Conserved != nil {
		f.named(path+"conservation/children/", c.Conserved.Children)
		f.num(path+"conservation/direct", c.Conserved.Direct)
		f.num(path+"conservation/shared", c.Conserved.Shared)
	}
}

func (f facts) named(path string, parts []rollup.Part) {
	for _, p := range parts {
		if f.num(path+p.Name, p.Value); math.IsNaN(p.Value) {
			f[path+p.Name] = "null"
		}
	}
}

func (f facts) worst(c *rollup.Cell, metric *rollup.Metric, path string) {
	if metric.ID != "synthetic_success" {
		return
	}
	f.num(path+"failed", float64(c.Failed))
	f.num(path+"tests", float64(c.Tests))
	for i, w := range c.Worst {
		f[path+fmt.Sprintf("worst/%d", i)] = fmt.Sprintf("%s %d of %d", w.Name, w.Num, w.Den)
	}
}

func (f facts) dists(c *rollup.Cell, path string) {
	f.num(path+"n", float64(c.N))
	f[path+"previous_reason"] = c.PreviousReason.String()
	if c.Known {
		f[path+"reason"] = rollup.ReasonDistributed.String()
	}
	for _, d := range c.Dists {
		f.dist(path+"distributions/"+d.Name+"/", &d)
	}
}

func (f facts) dist(at string, d *rollup.Dist) {
	f.num(at+"n", float64(d.N))
	f[at+"median"], f[at+"p90"] = "null", "null"
	if d.N > 0 {
		f.num(at+"median", d.Median)
	}
	if d.P90 != nil {
		f.num(at+"p90", *d.P90)
	}
	f.num(at+"incomplete", float64(d.Incomplete))
	f.num(at+"out_of_order", float64(d.OutOfOrder))
}

// differences lists the facts that are not the same, in order.
func differences(got, want facts) (out []string) {
	paths := maps.Clone(got)
	maps.Copy(paths, want)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if got[path] != want[path] {
			out = append(out, fmt.Sprintf("%s = %s, the oracle says %s", path, cmp.Or(got[path], "nothing"), cmp.Or(want[path], "nothing")))
		}
	}
	return out
}

// views lists every subject of the oracle, nodes first.
func (o *oracle) views() (out []view) {
	for _, id := range slices.Sorted(maps.Keys(o.parent)) {
		out = append(out, o.nodeView(id))
	}
	for _, id := range slices.Sorted(maps.Keys(o.services)) {
		out = append(out, o.serviceView(id))
	}
	for _, id := range slices.Sorted(maps.Keys(o.journeys)) {
		out = append(out, o.journeyView(id))
	}
	return out
}

// subjectOf finds a view in the cube.
func subjectOf(c *rollup.Cube, v view) (s rollup.Subject, ok bool) {
	switch v.kind {
	case "org":
		var n model.NodeIdx
		n, ok = c.Model.Node(v.id)
		return rollup.OfNode(n), ok
	case "service":
		var i model.ServiceIdx
		i, ok = c.Model.Service(v.id)
		return rollup.OfService(i), ok
	}
	j, ok := c.Model.Journey(v.id)
	return rollup.OfJourney(j), ok
}

// compareCube returns what the cube says otherwise than the oracle.
func compareCube(c *rollup.Cube, o *oracle) (out []string) {
	if n := len(o.parent); n != len(c.Model.Nodes) {
		out = append(out, fmt.Sprintf("%d nodes, the oracle has %d", len(c.Model.Nodes), n))
	}
	for _, p := range c.Periods {
		for k, w := range append([]rollup.Window{p.Current}, p.Past...) {
			if want := o.windows[p.Name][k]; (span{int64(w.From), int64(w.To)}) != want {
				out = append(out, fmt.Sprintf("window %d of %s is %v, the oracle says %v", k, p.Name, w, want))
			}
		}
	}
	for _, d := range differences(cubeMap(c), o.mapFacts()) {
		out = append(out, "map: "+d)
	}
	for _, v := range o.views() {
		s, ok := subjectOf(c, v)
		if !ok {
			out = append(out, v.kind+"/"+v.id+" is missing")
			continue
		}
		for _, d := range append(differences(cubeFacts(c, s), o.figures(v)), differences(cubeDays(c, s), o.dayFacts(v))...) {
			out = append(out, v.kind+"/"+v.id+": "+d)
		}
	}
	return out
}

func report(t *testing.T, differing []string) {
	t.Helper()
	if len(differing) > 0 {
		shown := differing[:min(len(differing), 20)]
		t.Errorf("%d figures differ:\n%s", len(differing), strings.Join(shown, "\n"))
	}
}
