package generator_test

import "slices"

func impacts(list []*oracleIncident, keep func(*oracleIncident) bool) (out []span) {
	for _, in := range list {
		if keep == nil || keep(in) {
			out = append(out, in.impact)
		}
	}
	return out
}

var classNames = []string{"own", "inherited", "unrecorded"}

// timeFacts marks for every stretch of the window which incidents cover it.
func (o *oracle) timeFacts(f facts, v view, seen sight, period string) {
	const metric = "incident_time"
	if !o.frame(f, v, metric, period, "incidents", seen.any) {
		return
	}
	path, w := metric+"/"+period+"/", o.windows[period][0]
	o.plainTime(f, metric, period, seen.unplanned)
	for _, class := range classNames {
		spans := impacts(seen.unplanned, func(in *oracleIncident) bool { return seen.class[in] == class })
		f.num(path+"parts/"+class, float64(union(w, spans)))
	}
	for name, length := range segmentsOf(seen, w) {
		f.num(path+"segments/"+name, float64(length))
	}
	if v.exports != nil {
		f.num(path+"exported", float64(union(w, impacts(seen.exported, nil))))
	}
	for dimension, word := range incidentWords {
		for _, in := range seen.unplanned {
			if word(in) != "" && in.impact.touches(w) {
				same := func(other *oracleIncident) bool { return word(other) == word(in) }
				f.num(path+"by/"+dimension+"/"+word(in), float64(union(w, impacts(seen.unplanned, same))))
			}
		}
	}
	o.timeTerms(f, v, metric, period, seen.unplanned)
	o.incidentNotes(f, metric, period, seen)
}

var incidentWords = map[string]func(*oracleIncident) string{
	"severity": func(in *oracleIncident) string { return in.row.Severity },
	"type":     func(in *oracleIncident) string { return in.row.Type },
}

// plainTime is value, n, sum and past of a time.
func (o *oracle) plainTime(f facts, metric, period string, list []*oracleIncident) {
	path, w := metric+"/"+period+"/", o.windows[period][0]
	n, sum := 0, int64(0)
	for _, in := range list {
		if in.impact.touches(w) {
			n++
			sum += in.impact.within(w)
		}
	}
	f.num(path+"value", float64(union(w, impacts(list, nil))))
	f.num(path+"n", float64(n))
	f.num(path+"sum", float64(sum))
	o.past(f, metric, period, "incidents", func(w span) (float64, bool) { return float64(union(w, impacts(list, nil))), true })
}

func (o *oracle) maintenanceFacts(f facts, v view, seen sight, period string) {
	const metric = "maintenance_time"
	if o.frame(f, v, metric, period, "incidents", seen.any) {
		o.plainTime(f, metric, period, seen.planned)
		o.timeTerms(f, v, metric, period, seen.planned)
		w := o.windows[period][0]
		for _, in := range seen.planned {
			if in.row.Type != "" && in.impact.touches(w) {
				same := func(other *oracleIncident) bool { return other.row.Type == in.row.Type }
				f.num(metric+"/"+period+"/by/type/"+in.row.Type, float64(union(w, impacts(seen.planned, same))))
			}
		}
	}
}

// timeTerms are the terms of a node's time: what its children and it itself are hit by.
func (o *oracle) timeTerms(f facts, v view, metric, period string, list []*oracleIncident) {
	if v.kind != "org" {
		return
	}
	path, w := metric+"/"+period+"/conservation/", o.windows[period][0]
	direct := impacts(list, func(in *oracleIncident) bool { return slices.Contains(in.homes, v.id) })
	terms := [][]span{direct}
	for _, child := range v.children {
		spans := impacts(list, o.nodeView(child).hit)
		terms = append(terms, spans)
		if o.measured(child, "incidents") {
			f.num(path+"children/"+child, float64(union(w, spans)))
		} else {
			f[path+"children/"+child] = "null"
		}
	}
	shared := int64(0)
	stretches(w, terms, func(length int64, covering []bool) {
		shared += length * int64(max(0, count(covering)-1))
	})
	f.num(path+"direct", float64(union(w, direct)))
	f.num(path+"shared", float64(shared))
}

// measured reports whether a node has figures of a dataset.
func (o *oracle) measured(node, dataset string) bool {
	v := o.nodeView(node)
	covered, _ := o.coverage(v, dataset)
	return covered > 0 || o.seenBy(v).any
}

func (o *oracle) countFacts(f facts, v view, seen sight, period string) {
	const metric = "incident_count"
	if !o.frame(f, v, metric, period, "incidents", seen.any) {
		return
	}
	path, w := metric+"/"+period+"/", o.windows[period][0]
	o.setFacts(f, v, metric, period, seen.unplanned)
	tally := map[string]int{"parts/own": 0, "parts/inherited": 0, "parts/unrecorded": 0}
	for _, in := range seen.unplanned {
		if !in.impact.touches(w) {
			continue
		}
		tally["parts/"+seen.class[in]]++
		for dimension, word := range incidentWords {
			if word(in) != "" {
				tally["by/"+dimension+"/"+word(in)]++
			}
		}
	}
	if v.exports != nil {
		tally["exported"] = touching(seen.exported, w)
	}
	for name, n := range tally {
		f.num(path+name, float64(n))
	}
	o.incidentNotes(f, metric, period, seen)
}

func touching(list []*oracleIncident, w span) (n int) {
	for _, in := range list {
		if in.impact.touches(w) {
			n++
		}
	}
	return n
}

// setFacts counts incidents that are in the period.
func (o *oracle) setFacts(f facts, v view, metric, period string, list []*oracleIncident) {
	path, w := metric+"/"+period+"/", o.windows[period][0]
	f.num(path+"value", float64(touching(list, w)))
	f.num(path+"n", float64(touching(list, w)))
	o.past(f, metric, period, "incidents", func(w span) (float64, bool) { return float64(touching(list, w)), true })
	o.sumTerms(f, v, metric, period, list, func(in *oracleIncident) float64 {
		if in.impact.touches(w) {
			return 1
		}
		return 0
	})
}

// sumTerms are the terms of a sum or set: each record's value in each term that holds it.
func (o *oracle) sumTerms(f facts, v view, metric, period string, list []*oracleIncident, value func(*oracleIncident) float64) {
	if v.kind != "org" {
		return
	}
	path := metric + "/" + period + "/conservation/"
	direct, shared := 0.0, 0.0
	holding := map[*oracleIncident]int{}
	for _, in := range list {
		if slices.Contains(in.homes, v.id) {
			direct += value(in)
			holding[in]++
		}
	}
	for _, child := range v.children {
		total, hit := 0.0, o.nodeView(child).hit
		for _, in := range list {
			if hit(in) {
				total += value(in)
				holding[in]++
			}
		}
		f.num(path+"children/"+child, total)
		if !o.measured(child, "incidents") {
			f[path+"children/"+child] = "null"
		}
	}
	for in, terms := range holding {
		shared += value(in) * float64(terms-1)
	}
	f.num(path+"direct", direct)
	f.num(path+"shared", shared)
}

func (o *oracle) incidentNotes(f facts, metric, period string, seen sight) {
	for _, in := range seen.unplanned {
		if !in.impact.touches(o.windows[period][0]) {
			continue
		}
		f.noteIf(in.open, metric, period, "open", 1)
		f.noteIf(in.impact.from == in.impact.to, metric, period, "zero_length", 1)
		f.noteIf(seen.class[in] == "inherited" && slices.Equal(in.causes, []string{thirdParty}), metric, period, "third_party", 1)
	}
}
