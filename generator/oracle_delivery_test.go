package generator_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"uptree/generator/rollup"
)

// deploymentRow is a raw record of a deployment.
type deploymentRow struct {
	ID          string `csv:"id"`
	Service     string `csv:"service"`
	Environment string `csv:"environment"`
	Finished    string `csv:"finished"`
	Result      string `csv:"result"`
	FirstCommit string `csv:"first_commit"`
	Unplanned   string `csv:"unplanned"`
	Incidents   string `csv:"incidents"`
}

// oracleDeployment is a deployment after merging.
type oracleDeployment struct {
	row      deploymentRow
	source   int
	service  string // "" where unknown
	finished int64
	why      string // why it is in no figure; "" where it counts
	ok       bool   // the result is a success
	linked   bool   // names an incident that is no planned maintenance
	ends     []int64
	open     bool // one of the incidents goes on
}

// readDeployments takes the deployments of a source; a record that was given before is
// merged into the first one.
func (o *oracle) readDeployments(s *eventSource, source int) {
	for _, r := range slices.Concat(s.Deployments...) {
		if instant(r.Finished) > o.now {
			continue
		}
		if _, ok := o.moment(r.FirstCommit); !ok {
			r.FirstCommit = ""
		}
		i := slices.IndexFunc(o.deployments, func(have *oracleDeployment) bool {
			return have.row.ID == r.ID && (have.source == source || s.Merge || o.in.Sources[have.source].Merge)
		})
		if i < 0 {
			o.deployments = append(o.deployments, &oracleDeployment{row: r, source: source})
			continue
		}
		have := &o.deployments[i].row
		first(&have.Environment, r.Environment)
		first(&have.Result, r.Result)
		first(&have.FirstCommit, r.FirstCommit)
		first(&have.Unplanned, r.Unplanned)
		first(&have.Incidents, r.Incidents)
	}
}

// settleDeployments finds services, incidents and what is left out.
func (o *oracle) settleDeployments() {
	for _, d := range o.deployments {
		d.finished = instant(d.row.Finished)
		if known := o.known([]string{d.row.Service}); len(known) > 0 {
			d.service = known[0]
		}
		result := strings.ToLower(d.row.Result)
		d.ok = result == "success" || result == "succeeded"
		environment := strings.ToLower(d.row.Environment)
		switch {
		case d.service == "":
			d.why = "unknown_service"
		case environment == "":
			d.why = "no_environment"
		case environment != "production" && environment != "prod":
			d.why = "other_environment"
		case result == "cancelled":
			d.why = "not_carried_out"
		case result == "":
			d.why = "no_result"
		case !d.ok && result != "failure" && result != "rolled_back":
			d.why = "unknown_result"
		}
		for _, id := range list(d.row.Incidents) {
			o.linkIncident(d, id)
		}
	}
	slices.SortStableFunc(o.deployments, func(a, b *oracleDeployment) int { return int(a.finished - b.finished) })
}

func (o *oracle) linkIncident(d *oracleDeployment, id string) {
	for _, in := range o.incidents {
		if in.row.ID != id {
			continue
		}
		if in.row.Planned == "true" {
			return
		}
		d.linked, d.open = true, d.open || in.open
		d.ends = append(d.ends, in.impact.to)
		return
	}
	d.linked = true
}

// recovery is when what went wrong was over.
func (o *oracle) recovery(d *oracleDeployment) (int64, bool) {
	if len(d.ends) > 0 {
		return slices.Max(d.ends), !d.open
	}
	for _, next := range o.deployments {
		if next.service == d.service && next.why == "" && next.ok && next.finished > d.finished && o.in.Sources[next.source].Pilot == o.in.Sources[d.source].Pilot {
			return next.finished, true
		}
	}
	return 0, false
}

// delivered is what one service deployed in a window.
type delivered struct {
	carriedOut, good, bad, said, unplanned int
	leads, recoveries                      []float64
	noLead, noRecovery                     int
	leadBackwards, recoveryBackwards       int
}

// deliveredIn takes the deployments of a service from those that a view has.
func (o *oracle) deliveredIn(deployed []*oracleDeployment, service string, w span) (out delivered) {
	for _, d := range deployed {
		if d.service != service || d.why != "" || d.finished < w.from || d.finished >= w.to {
			continue
		}
		out.carriedOut++
		if d.ok {
			out.good++
			commit, recorded := o.moment(d.row.FirstCommit)
			measure(&out.leads, &out.noLead, &out.leadBackwards, commit, d.finished, recorded)
		}
		if !d.ok || d.linked {
			out.bad++
			end, recovered := o.recovery(d)
			measure(&out.recoveries, &out.noRecovery, &out.recoveryBackwards, d.finished, end, recovered)
		}
		if d.row.Unplanned != "" {
			out.said++
		}
		if d.row.Unplanned == "true" {
			out.unplanned++
		}
	}
	return out
}

func measure(lengths *[]float64, missing, backwards *int, from, to int64, known bool) {
	switch {
	case !known:
		*missing++
	case to < from:
		*backwards++
	default:
		*lengths = append(*lengths, float64(to-from))
	}
}

// deliveryMetrics are the five figures of a service; ok is false where there is none.
var deliveryMetrics = map[string]func(*delivered) (value float64, ok bool){
	"deployment_frequency": func(d *delivered) (float64, bool) { return float64(d.good), true },
	"change_fail_rate":     func(d *delivered) (float64, bool) { return share(d.bad, d.carriedOut) },
	"rework_rate":          func(d *delivered) (float64, bool) { return share(d.unplanned, d.said) },
	"change_lead_time":     func(d *delivered) (float64, bool) { return middle(d.leads) },
	"recovery_time":        func(d *delivered) (float64, bool) { return middle(d.recoveries) },
}

func share(num, den int) (float64, bool) { return float64(num) / float64(max(den, 1)), den > 0 }

func middle(values []float64) (float64, bool) {
	if len(values) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2, true
}

// deployedAt are all deployments that a view has, those of no service at (not owned).
func (o *oracle) deployedAt(v view) (out []*oracleDeployment) {
	for _, d := range o.deployments {
		home := notOwned
		if d.service != "" {
			home = o.homeOn(d.service, d.finished)
		}
		if !o.in.Sources[d.source].Pilot && v.deploys(d.service, home) {
			out = append(out, d)
		}
	}
	return out
}

func (o *oracle) deliveryFacts(f facts, v view, period string) {
	deployed := o.deployedAt(v)
	for metric, figure := range deliveryMetrics {
		if !o.frame(f, v, metric, period, "deployments", len(deployed) > 0) {
			continue
		}
		if metric == "deployment_frequency" {
			o.leftOutFacts(f, deployed, period)
		}
		if v.kind == "service" {
			o.serviceDeliveryFacts(f, v, deployed, metric, period, figure)
		} else {
			o.spreadFacts(f, v, deployed, metric, period, figure)
		}
	}
}

// deploymentsOfDay counts what finished on a day, well or not.
func (o *oracle) deploymentsOfDay(f facts, v view, day span, date string) {
	well, wrong := 0, 0
	for _, d := range o.deployedAt(v) {
		switch {
		case d.why != "" || d.service == "" || d.finished < day.from || o.dateOf(d.finished) != date:
		case !d.ok || d.linked:
			wrong++
		default:
			well++
		}
	}
	f.num("deployment_frequency/"+date+"/went_well", float64(well))
	f.num("deployment_frequency/"+date+"/went_wrong", float64(wrong))
}

func (o *oracle) leftOutFacts(f facts, deployed []*oracleDeployment, period string) {
	counts, w := map[string]int{}, o.windows[period][0]
	for _, d := range deployed {
		if d.why != "" && w.from <= d.finished && d.finished < w.to {
			counts[d.why]++
		}
	}
	for why, n := range counts {
		f.num("deployment_frequency/"+period+"/by/left_out/"+why, float64(n))
	}
}

func (o *oracle) serviceDeliveryFacts(f facts, v view, deployed []*oracleDeployment, metric, period string, figure func(*delivered) (float64, bool)) {
	path := metric + "/" + period + "/"
	d := o.deliveredIn(deployed, v.id, o.windows[period][0])
	value, ok := figure(&d)
	if !ok {
		f[path+"reason"] = "no data"
	}
	switch metric {
	case "deployment_frequency":
		f.num(path+"value", value)
		f.num(path+"n", float64(d.carriedOut))
	case "change_fail_rate":
		f.ratio(path, int64(d.bad), int64(d.carriedOut))
	case "rework_rate":
		f.ratio(path, int64(d.unplanned), int64(d.said))
		f.noteIf(true, metric, period, "not_recorded", d.carriedOut-d.said)
	case "change_lead_time":
		f.lengths(path, "lead_time", d.leads, d.noLead, d.leadBackwards)
		return
	case "recovery_time":
		f.lengths(path, "recovery", d.recoveries, d.noRecovery, d.recoveryBackwards)
		return
	}
	if ok {
		o.past(f, metric, period, "deployments", func(w span) (float64, bool) {
			then := o.deliveredIn(deployed, v.id, w)
			return figure(&then)
		})
	}
}

func (f facts) lengths(path, name string, values []float64, missing, backwards int) {
	f.distribution(path+"distributions/"+name+"/", values)
	f.num(path+"distributions/"+name+"/incomplete", float64(missing))
	f.num(path+"distributions/"+name+"/out_of_order", float64(backwards))
	if len(values) > 0 {
		f.num(path+"n", float64(len(values)))
		f[path+"reason"], f[path+"previous_reason"] = "a distribution, see its parts", "a distribution, see its parts"
	}
}

// spreadFacts are those of what holds several services: each that deployed in the period,
// or that is here now and could have.
func (o *oracle) spreadFacts(f facts, v view, deployed []*oracleDeployment, metric, period string, figure func(*delivered) (float64, bool)) {
	w := o.windows[period][0]
	var values []float64
	few, without, behind := 0, 0, 0
	for id, s := range o.services {
		active := slices.ContainsFunc(deployed, func(d *oracleDeployment) bool {
			return d.service == id && w.from <= d.finished && d.finished < w.to
		})
		if !active && !(v.deploys(id, s.home) && s.living && o.covers("deployments", id)) {
			continue
		}
		d := o.deliveredIn(deployed, id, w)
		value, ok := figure(&d)
		switch {
		case d.carriedOut < 5:
			few++
		case !ok:
			without++
		default:
			values = append(values, value)
			behind += d.carriedOut
		}
	}
	path := metric + "/" + period + "/"
	f.num(path+"services/n", float64(len(values)))
	f.num(path+"services/under_five", float64(few))
	f.num(path+"services/without", float64(without))
	f.num(path+"services/deployments", float64(behind))
	median, ok := middle(values)
	switch {
	case ok:
		f.num(path+"services/median", median)
		f.num(path+"services/low", slices.Min(values))
		f.num(path+"services/high", slices.Max(values))
		f.num(path+"n", float64(len(values)))
		f[path+"reason"], f[path+"previous_reason"] = "a distribution, see its parts", "a distribution, see its parts"
		return
	case few > 0:
		f[path+"reason"] = "under five deployments of each service"
	default:
		f[path+"reason"] = "no data"
	}
	for _, name := range []string{"median", "low", "high"} {
		f[path+"services/"+name] = "null"
	}
}

// perService are the facts of a cell of the cube.
func (f facts) perService(metric *rollup.Metric, c *rollup.Cell, path string) {
	for _, b := range c.By {
		f.named(path+"by/"+b.Dimension+"/", b.Parts)
	}
	for _, d := range c.Dists {
		f.dist(path+"distributions/"+d.Name+"/", &d)
	}
	if c.Spread != nil {
		f.spread(path, c.Spread)
	}
	switch distributed := c.Spread != nil || len(c.Dists) > 0; {
	case !c.Known:
		f[path+"reason"] = c.Reason.String()
		return
	case distributed:
		f[path+"reason"] = rollup.ReasonDistributed.String()
		f.num(path+"n", float64(c.N))
	case metric.Unit == rollup.Ratio:
		f.num(path+"value", c.Value)
		f.num(path+"numerator", float64(c.Num))
		f.num(path+"denominator", float64(c.Den))
	default:
		f.num(path+"value", c.Value)
		f.num(path+"n", float64(c.N))
	}
	f.pastOf(c, path)
}

func (f facts) spread(path string, s *rollup.Spread) {
	for name, v := range map[string]int{"n": s.N, "under_five": s.Few, "without": s.None, "deployments": s.Deployments} {
		f.num(path+"services/"+name, float64(v))
	}
	for name, v := range map[string]float64{"median": s.Median, "low": s.Low, "high": s.High} {
		if f.num(path+"services/"+name, v); s.N == 0 {
			f[path+"services/"+name] = "null"
		}
	}
}

// deploymentSource draws deployments, most of a few services, so that some have enough of
// them for the figures of a level.
func (m *maker) deploymentSource(i int) eventSource {
	s := m.source(fmt.Sprintf("deploys%d", i))
	s.Deployments = make([][]deploymentRow, 1+m.IntN(2))
	busy := []string{m.service(), m.service(), m.service()}
	for j := range m.IntN(120) {
		f := m.IntN(len(s.Deployments))
		r := m.deployment(fmt.Sprintf("d%d", j), busy)
		s.Deployments[f] = append(s.Deployments[f], r)
		if m.chance(0.05) {
			s.Deployments[f] = append(s.Deployments[f], m.deployment(r.ID, busy))
		}
	}
	return s
}

func (m *maker) deployment(id string, busy []string) deploymentRow {
	at := m.moment()
	r := deploymentRow{
		ID: id, Service: m.oneOf(busy...), Finished: at.Format(time.RFC3339), Unplanned: m.oneOf("", "false", "false", "true"),
		Environment: m.oneOf("production", "production", "production", "Prod", "staging", ""),
		Result:      m.oneOf("success", "success", "Succeeded", "success", "failure", "rolled_back", "cancelled", "odd", ""),
		FirstCommit: m.maybe(0.7, func() string { return at.Add(-m.delay()).Format(time.RFC3339) }),
		Incidents:   m.maybe(0.2, func() string { return fmt.Sprintf("i%d;i%d", m.IntN(30), m.IntN(30)) }),
	}
	if m.chance(0.3) {
		r.Service = m.service()
	}
	return r
}

// keepsDelivery reports whether index.json has a member of a figure that is missing.
func keepsDelivery(metric, member string) bool {
	return slices.Contains(slices.Collect(maps.Keys(deliveryMetrics)), metric) && slices.Contains([]string{"by", "distributions", "services"}, member)
}
