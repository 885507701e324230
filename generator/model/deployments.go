package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// deploymentMerger gathers the distinct deployments.
type deploymentMerger struct {
	*freezer
	linked map[int32][]string // ids of incidents, by deployment
	byID   map[string][]int32
}

// deployments builds Deployments, by service and then by when they finished.
func (f *freezer) deployments() {
	g := deploymentMerger{f, map[int32][]string{}, map[string][]int32{}}
	for bi, b := range f.in.Batches {
		for i := range b.Deployments {
			g.add(bi, b, &b.Deployments[i])
		}
		b.Deployments, b.refPool = nil, nil
	}
	cracks := deploymentCracks{f, map[string]int{}}
	for i := range f.m.Deployments {
		d := &f.m.Deployments[i]
		g.link(d, g.linked[int32(i)])
		f.judge(d)
		cracks.of(d)
	}
	slices.SortFunc(f.m.Deployments, func(a, b Deployment) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.Finished, b.Finished),
			cmp.Compare(a.ID, b.ID), cmp.Compare(a.Origin.Source, b.Origin.Source))
	})
}

func (g *deploymentMerger) add(bi int, b *Batch, rec *DeploymentRecord) {
	o := g.origin(bi, rec.Line)
	if rec.Finished > g.m.AsOf {
		g.reject(o, "finished after as_of")
		g.count(diag.FutureRecord, Origin{Source: o.Source, File: o.File}, "deployments finished after as_of", nil)
		return
	}
	d := g.deployment(b, rec, o)
	g.began(o.Source, d.Finished)
	if d.Service != NoIndex {
		g.cover(Deployments, o.Source, int(d.Service))
	}
	ids := b.texts(rec.Incidents)
	for _, i := range g.byID[rec.ID] {
		if have := &g.m.Deployments[i]; g.same(have.Origin, o) {
			g.merged(o)
			g.merge(i, &d, ids)
			return
		}
	}
	g.accept(o)
	at := int32(len(g.m.Deployments))
	g.byID[rec.ID] = append(g.byID[rec.ID], at)
	g.m.Deployments = append(g.m.Deployments, d)
	if len(ids) > 0 {
		g.linked[at] = ids
	}
}

func (g *deploymentMerger) deployment(b *Batch, rec *DeploymentRecord, o Origin) Deployment {
	d := Deployment{
		ID: rec.ID, URL: rec.URL, Service: NoIndex, Finished: rec.Finished, FirstCommit: rec.FirstCommit, Unplanned: rec.Unplanned,
		Environment: b.words.text(rec.Environment), Result: b.words.text(rec.Result), Origin: o,
	}
	if d.FirstCommit > g.m.AsOf {
		d.FirstCommit = None
	}
	id := b.refs.text(rec.Service)
	if s, ok := g.known(id); ok {
		d.Service = s
	} else {
		d.UnknownService = id
	}
	return d
}

// texts returns the distinct texts of a list of references.
func (b *Batch) texts(l RefList) (out []string) {
	for _, ref := range b.list(l) {
		if id := b.refs.text(ref); ref != 0 && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// merge fills what a deployment lacks from a later record of it.
func (g *deploymentMerger) merge(at int32, b *Deployment, ids []string) {
	a, differ := &g.m.Deployments[at], []string(nil)
	note := func(field string, conflict bool) {
		if conflict {
			differ = append(differ, field)
		}
	}
	note("service", a.Service != b.Service || a.UnknownService != b.UnknownService)
	note("environment", keep(&a.Environment, b.Environment))
	note("finished", a.Finished != b.Finished)
	note("result", keep(&a.Result, b.Result))
	note("first_commit", keepKnown(&a.FirstCommit, b.FirstCommit, None))
	note("unplanned", keep(&a.Unplanned, b.Unplanned))
	note("url", keep(&a.URL, b.URL))
	have := g.linked[at]
	note("incidents", keepList(&have, ids))
	if len(have) > 0 {
		g.linked[at] = have
	}
	g.conflict("deployment", a.ID, differ, b.Origin)
}

// link resolves the incidents that a deployment names. One that is unknown still says that
// an incident followed.
func (g *deploymentMerger) link(d *Deployment, ids []string) {
	for _, id := range ids {
		i, ok := g.m.Incident(id)
		switch {
		case !ok:
			d.UnknownIncidents = append(d.UnknownIncidents, id)
		case g.m.Incidents[i].Planned:
			continue
		default:
			d.Incidents = append(d.Incidents, i)
		}
		d.Linked++
	}
	slices.Sort(d.Incidents)
}

// judge finds the home of a deployment, its outcome and whether it counts.
func (f *freezer) judge(d *Deployment) {
	w := &f.in.Delivery
	environment, result := strings.ToLower(d.Environment), strings.ToLower(d.Result)
	d.Home, d.Outcome = f.m.NotOwned, w.Outcomes[result]
	if d.Service != NoIndex {
		d.Home = f.homeAt(d.Service, d.Finished)
	}
	switch {
	case d.Service == NoIndex:
		d.LeftOut = UnknownService
	case slices.Contains(w.Production, environment) && d.Outcome == NotCarriedOut:
		d.LeftOut = Unfinished
	case slices.Contains(w.Production, environment) && d.Outcome != OutcomeUnknown:
		d.LeftOut = Counted
	case slices.Contains(w.Production, environment) && d.Result == "":
		d.LeftOut = NoResult
	case slices.Contains(w.Production, environment):
		d.LeftOut = UnknownResult
		f.count(diag.UnknownResult, d.Origin, fmt.Sprintf("result %q of a deployment to production is no word of [delivery]", d.Result),
			func() string {
				return "add it to success, failure, rolled_back or unfinished; until then such deployments are left out"
			})
	case d.Environment == "":
		d.LeftOut = NoEnvironment
	default:
		d.LeftOut = OtherEnvironment
	}
}

// deploymentCracks lists each unknown id once, with a problem that counts the records.
type deploymentCracks struct {
	*freezer
	seen map[string]int
}

func (c *deploymentCracks) of(d *Deployment) {
	if d.Service == NoIndex {
		c.add(CrackDeployedService, d.UnknownService, d.Origin)
		c.count(diag.UnknownReference, d.Origin, fmt.Sprintf("deployment of unknown service %q", d.UnknownService), c.suggestService(d.UnknownService))
	}
	for _, id := range d.UnknownIncidents {
		c.add(CrackDeployedIncident, id, d.Origin)
		c.count(diag.UnknownReference, d.Origin, fmt.Sprintf("deployment with unknown incident %q", id), nil)
	}
}

func (c *deploymentCracks) add(kind CrackKind, id string, o Origin) {
	key := fmt.Sprint(kind, o.Source, " ", id)
	if c.seen[key]++; c.seen[key] == 1 {
		c.m.Cracks = append(c.m.Cracks, Crack{Kind: kind, Node: NoIndex, Service: NoIndex, Journey: NoIndex, Incident: NoIndex, Text: id, Origin: o})
	}
}
