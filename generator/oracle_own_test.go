package generator_test

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ownOperators are the operators of the organisation's own metrics: there is one of each,
// called own_sum and so on, broken down by a dimension. That of ratios is per ten, and the
// definition of sums may have changed.
var ownOperators = []string{"sum", "set", "ratio", "latest", "distribution"}

// observedRow is a raw observation.
type observedRow struct {
	Metric      string `csv:"metric"`
	Service     string `csv:"service"`
	Journey     string `csv:"journey"`
	Node        string `csv:"node"`
	Day         string `csv:"day"`
	At          string `csv:"at"`
	Value       string `csv:"value"`
	Numerator   string `csv:"numerator"`
	Denominator string `csv:"denominator"`
	Part        string `csv:"part"`
	ID          string `csv:"id"`
}

// oracleObserved is an observation with what it is of.
type oracleObserved struct {
	observedRow
	source         int
	kind, id, home string // of what; the kind is "" where it is unknown
	time           span   // a day, or a moment twice
}

// defineOwn writes the metrics into a site.toml.
func (o *organisation) defineOwn(toml *strings.Builder) {
	for _, operator := range ownOperators {
		fmt.Fprintf(toml, "[metric.own_%s]\noperator = %q\n", operator, operator)
		switch operator {
		case "ratio":
			fmt.Fprint(toml, "unit = \"per ten\"\nper = 10\n")
		case "sum":
			if o.Redefined != "" {
				fmt.Fprintf(toml, "changes = [{ on = %s, what = \"it\" }]\n", o.Redefined)
			}
		}
		if operator != "distribution" {
			fmt.Fprint(toml, "by = \"part\"\n")
		}
	}
}

func (o *oracle) readObserved(s *eventSource, source int) {
	seen := map[string]bool{}
	for _, r := range slices.Concat(s.Observed...) {
		x := &oracleObserved{observedRow: r, source: source}
		if r.Day != "" {
			x.time = span{o.dayStart(r.Day), o.dayStart(dateAfter(r.Day, 1))}
		} else {
			x.time = span{instant(r.At), instant(r.At)}
		}
		key := r.Metric + " " + r.ID
		if x.time.from > o.now || r.ID != "" && r.Metric != "own_set" && seen[key] {
			continue
		}
		subject := r.Service + r.Journey + r.Node
		if subject == "" || strings.Contains(subject, "@") || strings.HasPrefix(subject, "user:") {
			continue // of nobody, or of a person
		}
		seen[key] = true
		o.placeObserved(x)
		o.observed = append(o.observed, x)
	}
}

func (o *oracle) placeObserved(x *oracleObserved) {
	x.id, x.home = x.Service+x.Journey+x.Node, notOwned
	if known := o.known([]string{x.Service}); len(known) > 0 {
		x.kind, x.id, x.home = "service", known[0], o.homeOn(known[0], x.time.from)
		if x.Metric == "own_latest" {
			x.home = o.services[x.id].home
		}
	} else if j := o.journeys[x.Journey]; j != nil {
		x.kind, x.home = "journey", j.home
	} else if node := o.standsFor(x.Node); node != "" {
		x.kind, x.id, x.home = "org", node, node
	}
}

// observedOf are the observations of a metric at a view, pilots apart.
func (o *oracle) observedOf(v view, metric string) (out []*oracleObserved) {
	for _, x := range o.observed {
		if x.Metric != metric || o.in.Sources[x.source].Pilot {
			continue
		}
		if v.kind == "org" && o.under(x.home, v.id) || v.kind != "org" && v.kind == x.kind && v.id == x.id {
			out = append(out, x)
		}
	}
	return out
}

// inWindow leaves what counts in a window: of latest values the last of each.
func (o *oracle) inWindow(metric string, all []*oracleObserved, w span) (out []*oracleObserved) {
	last := map[string]*oracleObserved{}
	for _, x := range all {
		switch {
		case metric != "own_latest" && x.Day != "" && w.from <= x.time.from && x.time.to <= w.to,
			metric != "own_latest" && x.Day == "" && w.from <= x.time.from && x.time.from < w.to:
			out = append(out, x)
		case metric != "own_latest" || x.time.from >= w.to || x.kind == "service" && !o.services[x.id].living:
		default:
			key := x.kind + ":" + x.id + ":" + x.Part
			if have := last[key]; have == nil || have.time.from <= x.time.from {
				last[key] = x
			}
		}
	}
	for _, x := range last {
		out = append(out, x)
	}
	return out
}

// ownValue is what observations make; ok is false where they make nothing.
func ownValue(metric string, list []*oracleObserved) (value float64, ok bool) {
	sum, num, den, ids := new(big.Rat), 0, 0, map[string]bool{}
	var values []float64
	for _, x := range list {
		ids[x.ID] = true
		if x.Value != "" {
			sum.Add(sum, rational(x.Value))
			value, _ := rational(x.Value).Float64()
			values = append(values, value)
		}
		num, den = num+number(x.Numerator), den+number(x.Denominator)
	}
	switch metric {
	case "own_set":
		return float64(len(ids)), true
	case "own_ratio":
		return float64(num*10) / float64(max(1, den)), den > 0
	case "own_distribution":
		return 0, len(values) > 0
	}
	value, _ = sum.Float64()
	return value, len(list) > 0
}

func number(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

func subjectsOf(list []*oracleObserved) float64 {
	seen := map[string]bool{}
	for _, x := range list {
		if seen[x.kind+":"+x.id] = true; x.kind == "" {
			delete(seen, x.kind+":"+x.id)
			seen["unknown"] = true
		}
	}
	return float64(len(seen))
}

func (o *oracle) ownFacts(f facts, v view, period string) {
	for _, operator := range ownOperators {
		metric := "own_" + operator
		path, all := metric+"/"+period+"/", o.observedOf(v, metric)
		now := o.inWindow(metric, all, o.windows[period][0])
		f[path+"coverage"] = fmt.Sprintf("%v of %v", subjectsOf(now), subjectsOf(all))
		value, ok := ownValue(metric, now)
		_, sourced, _ := o.reach("observations")
		switch {
		case !sourced && len(all) == 0:
			f[path+"reason"] = "no source"
		case len(all) == 0:
			f[path+"reason"] = "nothing here is measured by it"
		case !ok:
			f[path+"reason"] = "no data"
		case operator == "distribution":
			f.ownSpread(path, now)
		default:
			f.num(path+"value", value)
			o.ownDetail(f, v, metric, period, now)
			o.ownPast(f, metric, period, all)
		}
		if redefined := o.redefined(metric); len(all) > 0 && ok {
			f.noteIf(redefined > o.windows[period][0].from, metric, period, "redefined", 1)
		}
	}
}

// redefined is when the definition changed, long ago where it did not.
func (o *oracle) redefined(metric string) int64 {
	if metric != "own_sum" || o.in.Redefined == "" || o.dayStart(o.in.Redefined) > o.now {
		return -1 << 62
	}
	return o.dayStart(o.in.Redefined)
}

func (f facts) ownSpread(path string, list []*oracleObserved) {
	var values []float64
	for _, x := range list {
		value, _ := rational(x.Value).Float64()
		values = append(values, value)
	}
	f.num(path+"n", float64(len(values)))
	f[path+"reason"], f[path+"previous_reason"] = "a distribution, see its parts", "a distribution, see its parts"
	f.distribution(path+"distributions/values/", values)
	f.num(path+"distributions/values/incomplete", 0)
	f.num(path+"distributions/values/out_of_order", 0)
}

func (o *oracle) ownDetail(f facts, v view, metric, period string, now []*oracleObserved) {
	path := metric + "/" + period + "/"
	if metric == "own_ratio" {
		num, den := 0, 0
		for _, x := range now {
			num, den = num+number(x.Numerator), den+number(x.Denominator)
		}
		f.num(path+"numerator", float64(num))
		f.num(path+"denominator", float64(den))
	} else {
		f.num(path+"n", float64(len(now)))
	}
	parts := map[string][]*oracleObserved{}
	for _, x := range now {
		parts[x.Part] = append(parts[x.Part], x)
	}
	for part, list := range parts {
		if value, ok := ownValue(metric, list); ok && part != "" {
			f.num(path+"by/part/"+part, value)
		}
	}
	if v.kind == "org" && (metric == "own_sum" || metric == "own_set") {
		o.ownTerms(f, v, metric, period, now)
	}
}

// ownTerms are the figures of the children and what is of the node itself; of what is
// counted once, how often more it stands in them.
func (o *oracle) ownTerms(f facts, v view, metric, period string, now []*oracleObserved) {
	path, terms := metric+"/"+period+"/conservation/", 0.0
	for _, child := range v.children {
		all := o.observedOf(o.nodeView(child), metric)
		value, ok := ownValue(metric, o.inWindow(metric, all, o.windows[period][0]))
		if f[path+"children/"+child] = "null"; ok && len(all) > 0 {
			f.num(path+"children/"+child, value)
			terms += value
		}
	}
	here := slices.DeleteFunc(slices.Clone(now), func(x *oracleObserved) bool { return x.home != v.id })
	direct, _ := ownValue(metric, here)
	f.num(path+"direct", direct)
	f.num(path+"shared", 0)
	if metric == "own_set" {
		whole, _ := ownValue(metric, now)
		f.num(path+"shared", terms+direct-whole)
	}
}

func (o *oracle) ownPast(f facts, metric, period string, all []*oracleObserved) {
	changed := o.redefined(metric)
	o.past(f, metric, period, "observations", func(w span) (float64, bool) {
		value, ok := ownValue(metric, o.inWindow(metric, all, w))
		return value, ok && changed <= w.from
	})
	path := metric + "/" + period + "/previous_reason"
	if f[path] != "" && changed > o.windows[period][1].from {
		f[path] = "its definition changed since"
	}
}

// ownOfDay are the values of charts.
func (o *oracle) ownOfDay(f facts, v view, date string) {
	day := span{o.dayStart(date), min(o.dayStart(dateAfter(date, 1)), o.now+1)}
	for _, operator := range []string{"sum", "set", "ratio", "latest"} {
		metric := "own_" + operator
		path, all := metric+"/"+date+"/", o.observedOf(v, metric)
		on := slices.DeleteFunc(slices.Clone(all), func(x *oracleObserved) bool { return o.dateOf(x.time.from) != date })
		switch operator {
		case "latest":
			on = o.inWindow(metric, all, day)
		case "set":
			on = slices.DeleteFunc(on, func(x *oracleObserved) bool {
				return slices.ContainsFunc(all, func(y *oracleObserved) bool { return y.ID == x.ID && o.dateOf(y.time.from) < date })
			})
		}
		value, ok := ownValue(metric, on)
		switch {
		case !ok || len(all) == 0:
		case operator == "ratio":
			num, den := 0, 0
			for _, x := range on {
				if number(x.Denominator) > 0 {
					num, den = num+number(x.Numerator), den+number(x.Denominator)
				}
			}
			f.num(path+"numerator", float64(10*num))
			f.num(path+"denominator", float64(den))
		default:
			f.num(path+"value", value)
		}
	}
}

// observedSource draws observations of all operators, some of nobody known.
func (m *maker) observedSource(i int) eventSource {
	s := m.source(fmt.Sprintf("own%d", i))
	s.Merge = false
	s.Observed = make([][]observedRow, 1+m.IntN(2))
	for range m.IntN(80) {
		f := m.IntN(len(s.Observed))
		s.Observed[f] = append(s.Observed[f], m.observation())
	}
	return s
}

func (m *maker) observation() observedRow {
	r := observedRow{Metric: "own_" + m.oneOf(ownOperators...), Part: m.oneOf("", "x", "y")}
	switch at := m.moment(); {
	case m.chance(0.5):
		r.Day = at.Format(time.DateOnly)
	default:
		r.At = at.Format(time.RFC3339)
	}
	switch {
	case m.chance(0.7):
		r.Service = m.service()
	case m.chance(0.3):
		r.Journey = m.oneOf("j0", "j1", "j9")
	default:
		r.Node = m.owner()
	}
	switch r.Metric {
	case "own_set":
		r.ID = m.oneOf("a", "b", "c", "d")
	case "own_ratio":
		r.Numerator, r.Denominator = strconv.Itoa(m.IntN(9)), strconv.Itoa(m.IntN(40))
	default:
		r.Value = fmt.Sprintf("%d.%d", m.IntN(60)-9, m.IntN(100))
		r.ID = m.maybe(0.2, func() string { return m.oneOf("i", "j", "k") })
	}
	return r
}
