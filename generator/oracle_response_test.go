package generator_test

import (
	"slices"
	"strconv"
)

// noteIf adds to the count of a note.
func (f facts) noteIf(yes bool, metric, period, note string, n int) {
	if yes && n > 0 {
		path := metric + "/" + period + "/notes/" + note
		have, _ := strconv.Atoi(f[path]) // 0 where there is none yet
		f[path] = strconv.Itoa(have + n)
	}
}

var phases = []string{"detect", "acknowledge", "identify", "mitigate", "resolve"}

// phase is the i-th phase of an incident; ok where both ends are recorded in order.
func (in *oracleIncident) phase(i int) (s span, recorded, ok bool) {
	from, a := in.at[moments[i]]
	to, b := in.at[moments[i+1]]
	return span{from, to}, a && b, a && b && from <= to
}

// response is what an incident adds to phase_hours in a window: seconds per phase and, as
// "remainder", those between its start and its last endpoint that no phase covers.
func (in *oracleIncident) response(w span) (terms map[string]int64, total int64) {
	terms = map[string]int64{}
	var covered []span
	for i, name := range phases {
		if s, _, ok := in.phase(i); ok {
			terms[name] = s.within(w)
			covered = append(covered, s)
		}
	}
	whole := span{in.at["started"], in.at["started"]}
	for _, at := range in.at {
		whole.to = max(whole.to, at)
	}
	stretches(w, [][]span{{whole}, covered}, func(length int64, covering []bool) {
		if covering[0] && !covering[1] {
			terms["remainder"] += length
		}
	})
	for _, seconds := range terms {
		total += seconds
	}
	return terms, total
}

func (o *oracle) phaseHourFacts(f facts, v view, seen sight, period string) {
	const metric = "phase_hours"
	if !o.frame(f, v, metric, period, "incidents", seen.any) {
		return
	}
	path, w := metric+"/"+period+"/", o.windows[period][0]
	sum := func(w span) (total float64) {
		for _, in := range seen.unplanned {
			_, seconds := in.response(w)
			total += float64(seconds)
		}
		return total
	}
	parts, n := map[string]int64{"remainder": 0}, 0
	for _, in := range seen.unplanned {
		terms, total := in.response(w)
		if total > 0 {
			n++
		}
		for name, seconds := range terms {
			parts[name] += seconds
		}
	}
	for _, name := range append(phases, "remainder") {
		f.num(path+"parts/"+name, float64(parts[name]))
	}
	f.num(path+"value", sum(w))
	f.num(path+"n", float64(n))
	o.past(f, metric, period, "incidents", func(w span) (float64, bool) { return sum(w), true })
	o.sumTerms(f, v, metric, period, seen.unplanned, func(in *oracleIncident) float64 {
		_, total := in.response(w)
		return float64(total)
	})
}

func (o *oracle) durationFacts(f facts, v view, seen sight, period string) {
	const metric = "phase_duration"
	if !o.frame(f, v, metric, period, "incidents", seen.any) {
		return
	}
	path, w := metric+"/"+period+"/", o.windows[period][0]
	f[path+"previous_reason"] = "a distribution, see its parts"
	all := 0
	for i, name := range phases {
		var lengths []float64
		incomplete, disordered := 0, 0
		for _, in := range seen.unplanned {
			s, recorded, ok := in.phase(i)
			switch {
			case ok:
				if w.from <= s.to && s.to < w.to {
					lengths = append(lengths, float64(s.to-s.from))
				}
			case !in.impact.touches(w):
			case recorded:
				disordered++
			default:
				incomplete++
			}
		}
		all += len(lengths)
		f.distribution(path+"distributions/"+name+"/", lengths)
		f.num(path+"distributions/"+name+"/incomplete", float64(incomplete))
		f.num(path+"distributions/"+name+"/out_of_order", float64(disordered))
		f.noteIf(true, metric, period, "incomplete", incomplete)
		f.noteIf(true, metric, period, "out_of_order", disordered)
	}
	if f.num(path+"n", float64(all)); all == 0 {
		f[path+"reason"] = "no data"
		return
	}
	f[path+"reason"] = "a distribution, see its parts"
}

func (f facts) distribution(path string, lengths []float64) {
	slices.Sort(lengths)
	n := len(lengths)
	f.num(path+"n", float64(n))
	f[path+"median"], f[path+"p90"] = "null", "null"
	if n > 0 {
		f.num(path+"median", (lengths[(n-1)/2]+lengths[n/2])/2)
	}
	if n >= 10 {
		f.num(path+"p90", percentile(lengths, 90))
	}
}

func (o *oracle) learningFacts(f facts, v view, seen sight, period string) {
	w := o.windows[period][0]
	o.detectionFacts(f, v, seen, period)
	o.causeFacts(f, v, seen, period)
	if o.frame(f, v, "reviews_done", period, "incidents", seen.any) {
		var reviewed []*oracleIncident
		for _, in := range seen.unplanned {
			if in.row.Review != "" && in.row.Review != "false" {
				reviewed = append(reviewed, in)
			}
		}
		o.setFacts(f, v, "reviews_done", period, reviewed)
		f.num("reviews_done/"+period+"/n", float64(touching(seen.unplanned, w)))
	}
	o.followupFacts(f, v, seen, period)
}

func (o *oracle) detectionFacts(f facts, v view, seen sight, period string) {
	const metric = "detected_by_customer"
	if !o.frame(f, v, metric, period, "incidents", seen.any) {
		return
	}
	share := func(w span) (customers, said, all int64) {
		for _, in := range seen.unplanned {
			if !in.impact.touches(w) {
				continue
			}
			all++
			if in.row.DetectedBy != "" {
				said++
			}
			if in.row.DetectedBy == "customer" {
				customers++
			}
		}
		return customers, said, all
	}
	customers, said, all := share(o.windows[period][0])
	f.noteIf(true, metric, period, "not_recorded", int(all-said))
	if f.ratio(metric+"/"+period+"/", customers, said) {
		o.past(f, metric, period, "incidents", func(w span) (float64, bool) {
			customers, said, _ := share(w)
			return float64(customers) / float64(max(said, 1)), said > 0
		})
	}
}

// causeFacts is the share of incidents whose record names a cause.
func (o *oracle) causeFacts(f facts, v view, seen sight, period string) {
	const metric = "causes_recorded"
	if !o.frame(f, v, metric, period, "incidents", seen.any) {
		return
	}
	share := func(w span) (named, all int64) {
		for _, in := range seen.unplanned {
			if !in.impact.touches(w) {
				continue
			}
			if all++; seen.class[in] != "unrecorded" {
				named++
			}
		}
		return named, all
	}
	if named, all := share(o.windows[period][0]); f.ratio(metric+"/"+period+"/", named, all) {
		o.past(f, metric, period, "incidents", func(w span) (float64, bool) {
			named, all := share(w)
			return float64(named) / float64(max(all, 1)), all > 0
		})
	}
}

// ratio writes a ratio and reports whether there is one.
func (f facts) ratio(path string, num, den int64) bool {
	if den == 0 {
		f[path+"reason"] = "no data"
		return false
	}
	f.num(path+"value", float64(num)/float64(den))
	f.num(path+"numerator", float64(num))
	f.num(path+"denominator", float64(den))
	return true
}

func (o *oracle) followupFacts(f facts, v view, seen sight, period string) {
	const metric = "followups_open"
	if !o.frame(f, v, metric, period, "incidents", seen.anyNow) {
		return
	}
	path := metric + "/" + period + "/"
	open, n, oldest := int64(0), 0, int64(1<<62)
	for _, in := range seen.now {
		if in.row.FollowupsOpen == "" {
			continue
		}
		n++
		open += whole(in.row.FollowupsOpen)
		if whole(in.row.FollowupsOpen) > 0 {
			oldest = min(oldest, in.impact.from)
		}
	}
	if n == 0 {
		f[path+"reason"] = "no data"
		return
	}
	f.num(path+"value", float64(open))
	f.num(path+"n", float64(n))
	if open > 0 {
		f.num(path+"oldest", float64(oldest))
	}
	f[path+"previous_reason"] = "no history kept"
	f.noteIf(true, metric, period, "not_recorded", len(seen.now)-n)
}
