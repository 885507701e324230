package source

import (
	"time"

	prom "github.com/prometheus/common/model"

	"uptree/generator/model"
)

// run is a row of buckets of one length, one after the other: what one range query asks
// for, at the end of each. Without a length it is an instant.
type run struct {
	end  model.Time // of the first bucket
	step time.Duration
	n    int
}

// cutRuns cuts the days from since to until into buckets, oldest first, and these into runs
// of at most so many. A bucket that is not over by until is left out, and so is a first day
// that began before since: the days are the same whatever the hour of the build.
//
// A bucket never reaches beyond its day. Days of 23 or 25 hours are runs of their own, and
// so is what is left of them where step does not divide them.
func cutRuns(cal *model.Calendar, since, until model.Time, step time.Duration, most int) []run {
	day := cal.DayAt(since)
	if cal.Midnight(day) < since {
		day++
	}
	var all []run
	for ; cal.Midnight(day) < until; day++ {
		midnight := cal.Midnight(day + 1)
		for at := cal.Midnight(day); at < midnight; {
			end := midnight
			if step < 24*time.Hour {
				end = min(at+model.Time(step/time.Second), midnight)
			}
			if end > until {
				return all
			}
			all = addBucket(all, at, end, most)
			at = end
		}
	}
	return all
}

// addBucket adds a bucket, which begins where the last one ended.
func addBucket(all []run, start, end model.Time, most int) []run {
	step := time.Duration(end-start) * time.Second
	if n := len(all); n > 0 && all[n-1].step == step && all[n-1].n < most {
		all[n-1].n++
		return all
	}
	return append(all, run{end, step, 1})
}

func (r run) seconds() model.Time { return model.Time(r.step / time.Second) }
func (r run) first() time.Time    { return time.Unix(int64(r.end), 0).UTC() }
func (r run) last() time.Time     { return r.first().Add(time.Duration(r.n-1) * r.step) }

// halves cuts a run of several buckets in two.
func (r run) halves() []run {
	half := r.n / 2
	second := run{r.end + model.Time(half)*r.seconds(), r.step, r.n - half}
	return []run{{r.end, r.step, half}, second}
}

// covers reports whether values are of the run's moments, in order and each once.
func (r run) covers(values []prom.SamplePair) bool {
	before := prom.Earliest
	first, last, step := r.first().UnixMilli(), r.last().UnixMilli(), max(r.step.Milliseconds(), 1)
	for _, v := range values {
		at := int64(v.Timestamp)
		if v.Timestamp <= before || at < first || at > last || (at-first)%step != 0 {
			return false
		}
		before = v.Timestamp
	}
	return true
}
