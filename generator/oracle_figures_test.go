package generator_test

import (
	"slices"
	"strconv"
)

// facts are figures by their path in index.json: "incident_time/28d/parts/own" → "3600".
type facts map[string]string

func (f facts) num(path string, v float64) { f[path] = strconv.FormatFloat(v, 'g', -1, 64) }

// view is a node, a service or a journey as the oracle sees it.
type view struct {
	kind, id string
	hit      func(*oracleIncident) bool // impact in it
	hitNow   func(*oracleIncident) bool // what it hit is in it today
	causes   func(*oracleIncident) bool // a cause in it
	exports  func(*oracleIncident) bool // nil where there is no such figure
	tests    func(*oracleResult) bool
	deploys  func(service, home string) bool // what a service deploys is in it
	children []string
}

func (o *oracle) nodeView(id string) view {
	below := func(home string) bool { return o.under(home, id) }
	v := view{kind: "org", id: id}
	v.hit = func(in *oracleIncident) bool { return slices.ContainsFunc(in.homes, below) }
	v.hitNow = func(in *oracleIncident) bool { return slices.ContainsFunc(in.now, below) }
	v.causes = func(in *oracleIncident) bool { return slices.ContainsFunc(in.causes, below) }
	v.exports = func(in *oracleIncident) bool {
		return v.causes(in) && slices.ContainsFunc(in.homes, func(home string) bool {
			return !below(home) || home == notOwned && id != notOwned
		})
	}
	v.tests = func(r *oracleResult) bool { return below(r.home) }
	v.deploys = func(_, home string) bool { return below(home) }
	for child, parent := range o.parent {
		if parent == id {
			v.children = append(v.children, child)
		}
	}
	return v
}

// serviceView sees a service like a leaf below its home that holds nothing else.
func (o *oracle) serviceView(id string) view {
	v := view{kind: "service", id: id}
	v.hit = func(in *oracleIncident) bool { return slices.Contains(in.services, id) }
	v.hitNow = v.hit
	v.causes = func(in *oracleIncident) bool { return slices.Contains(in.cause, id) }
	v.exports = func(in *oracleIncident) bool {
		return v.causes(in) && (len(in.services) == 0 || slices.ContainsFunc(in.services, func(s string) bool { return s != id }))
	}
	v.tests = func(r *oracleResult) bool { return r.subject == "service:"+id }
	v.deploys = func(service, _ string) bool { return service == id }
	return v
}

func (o *oracle) journeyView(id string) view {
	on := func(s string) bool { return slices.Contains(o.journeys[id].services, s) }
	hit := func(in *oracleIncident) bool { return slices.ContainsFunc(in.services, on) }
	return view{
		kind: "journey", id: id,
		hit: hit, hitNow: hit,
		causes: func(in *oracleIncident) bool { return slices.ContainsFunc(in.cause, on) },
		tests:  func(r *oracleResult) bool { return r.subject == "journey:"+id },

		deploys: func(service, _ string) bool { return on(service) },
	}
}

// coverage counts the living own subjects of a view and those that a source covers.
func (o *oracle) coverage(v view, dataset string) (covered, of int) {
	add := func(id string) {
		of++
		if o.covers(dataset, id) {
			covered++
		}
	}
	if dataset == "staffing" { // about nodes alone
		for _, n := range o.below(v) {
			if of++; len(o.staffOf(n)) > 0 {
				covered++
			}
		}
		return covered, of
	}
	switch v.kind {
	case "service":
		add(v.id)
		return covered, of
	case "journey":
		if dataset == "slos" {
			return 0, 0 // it has no services of its own
		}
		if withJourneys(dataset) {
			add(v.id)
			return covered, of
		}
		for _, s := range o.journeys[v.id].services {
			add(s)
		}
		return covered, of
	}
	for id, s := range o.services {
		if s.living && o.under(s.home, v.id) {
			add(id)
		}
	}
	for id, j := range o.journeys {
		if withJourneys(dataset) && o.under(j.home, v.id) {
			add(id)
		}
	}
	return covered, of
}

// withJourneys reports whether a dataset is about journeys themselves.
func withJourneys(dataset string) bool { return dataset == "synthetics" || dataset == "slis" }

// figures are all facts of one view.
func (o *oracle) figures(v view) facts {
	f := facts{}
	seen := o.seenBy(v)
	for _, p := range o.in.Periods {
		o.timeFacts(f, v, seen, p)
		o.countFacts(f, v, seen, p)
		o.maintenanceFacts(f, v, seen, p)
		o.phaseHourFacts(f, v, seen, p)
		o.durationFacts(f, v, seen, p)
		o.learningFacts(f, v, seen, p)
		o.syntheticFacts(f, v, p)
		o.deliveryFacts(f, v, p)
		o.findingFacts(f, v, p)
		o.costFacts(f, v, p)
		o.staffingFacts(f, v, p)
		o.ownFacts(f, v, p)
		o.objectiveFacts(f, v, p)
		o.timeInTargetFacts(f, v, p)
	}
	return f
}

// sight is what a view sees of the incidents, pilots apart.
type sight struct {
	unplanned, planned []*oracleIncident
	exported           []*oracleIncident
	now                []*oracleIncident // unplanned ones of what is in it today
	anyNow             bool
	class              map[*oracleIncident]string
	any                bool
}

func (o *oracle) seenBy(v view) sight {
	s := sight{class: map[*oracleIncident]string{}}
	for _, in := range o.incidents {
		if o.in.Sources[in.source].Pilot {
			continue
		}
		planned := in.row.Planned == "true"
		if v.hitNow(in) {
			s.anyNow = true
			if !planned {
				s.now = append(s.now, in)
			}
		}
		switch hit := v.hit(in); {
		case hit && planned:
			s.planned = append(s.planned, in)
		case hit:
			s.unplanned = append(s.unplanned, in)
			s.class[in] = classOf(v, in)
		}
		if !planned && v.exports != nil && v.exports(in) {
			s.exported = append(s.exported, in)
		}
	}
	s.any = len(s.planned)+len(s.unplanned) > 0
	return s
}

func classOf(v view, in *oracleIncident) string {
	switch {
	case len(in.cause) == 0:
		return "unrecorded"
	case v.causes(in):
		return "own"
	}
	return "inherited"
}

// frame writes what every figure has and reports whether it is measured at all.
func (o *oracle) frame(f facts, v view, metric, period, dataset string, records bool) bool {
	path := metric + "/" + period + "/"
	covered, of := o.coverage(v, dataset)
	f[path+"coverage"] = strconv.Itoa(covered) + " of " + strconv.Itoa(of)
	if covered > 0 || records {
		for begin, known := range o.begins(dataset) {
			f.noteIf(known && begin > o.windows[period][0].from, metric, period, "partial_period", 1)
		}
		return true
	}
	_, sourced, _ := o.reach(dataset)
	switch {
	case !sourced:
		f[path+"reason"] = "no source"
	case of == 0:
		f[path+"reason"] = "nothing here is measured by it"
	default:
		f[path+"reason"] = "not covered"
	}
	return false
}

// past writes previous and usual; value is undefined in a window where ok is false.
func (o *oracle) past(f facts, metric, period, dataset string, value func(span) (v float64, ok bool)) {
	o.pastSince(f, metric, period, dataset, func(w span) int64 { return w.from }, value)
}

// pastSince is past for values of a window that look back to another moment than its first.
func (o *oracle) pastSince(f facts, metric, period, dataset string, since func(span) int64, value func(span) (v float64, ok bool)) {
	path := metric + "/" + period + "/"
	reach, _, reaches := o.reach(dataset)
	var values []float64
	for k := 1; k <= pastWindows; k++ {
		w := o.windows[period][k]
		v, ok := value(w)
		covered := reaches && reach <= since(w)
		switch {
		case k > 1:
		case !covered:
			f[path+"previous_reason"] = "sources do not reach back that far"
		case !ok:
			f[path+"previous_reason"] = "no data"
		default:
			f.num(path+"previous", v)
		}
		if covered && ok {
			values = append(values, v)
		}
	}
	if len(values) >= 6 {
		slices.Sort(values)
		f.num(path+"usual/low", percentile(values, 10))
		f.num(path+"usual/high", percentile(values, 90))
	}
}

// percentile is the smallest value that at least so many percent of the values are not above.
func percentile(values []float64, percent int) float64 {
	for _, v := range values {
		n := 0
		for _, other := range values {
			if other <= v {
				n++
			}
		}
		if n*100 >= len(values)*percent {
			return v
		}
	}
	panic("no values")
}
