package main

import (
	"fmt"
	"time"
)

// writeResults writes the synthetic results of one range of services: day by day one test
// per service, as a probe tool would append them.
func (b *bulk) writeResults(part int) error {
	r := stream(b.seed, fmt.Sprint("results ", part))
	f := createCSV(b.data(fmt.Sprintf("synthetics-%d.csv", part+1)), "day,test,service,location,passed,failed,flaky")
	from, to := part*b.services/b.resultsFiles, (part+1)*b.services/b.resultsFiles
	for d := range b.days {
		date := b.span.day(d).Format(time.DateOnly)
		for s := from; s < to; s++ {
			draw := r.Uint32()
			failed, flaky := 0, 0
			if draw&15 == 0 { // one day in sixteen is not perfect
				failed, flaky = int(draw>>4&31), int(draw>>9&3)
			}
			f.row = append(f.row, date...)
			f.row = append(f.row, ',')
			f.id('t', s)
			f.id('s', s)
			f.row = append(f.row, places[s%len(places)]...)
			f.number(288 - failed - flaky)
			f.number(failed)
			f.number(flaky)
			f.end()
		}
	}
	return f.close()
}

var places = []string{"sto,", "fra,", "iad,"}

// writeIncidents writes the incidents of one stretch of time, by start.
func (b *bulk) writeIncidents(part int) error {
	r := stream(b.seed, fmt.Sprint("incidents ", part))
	f := createCSV(b.data(fmt.Sprintf("incidents-%d.csv", part+1)), "id,title,severity,type,services,cause,started,detected,acknowledged,mitigated,resolved,detected_by,planned")
	from, to := part*b.incidents/b.incidentFiles, (part+1)*b.incidents/b.incidentFiles
	step := b.span.asOf.Sub(b.span.first) / time.Duration(b.incidents)
	for i := from; i < to; i++ {
		hit := r.IntN(b.services)
		f.id('i', i)
		f.text(bulkTitles[r.IntN(len(bulkTitles))])
		f.text(severities[min(r.IntN(10)/2, 3)])
		f.text("change")
		f.impact(hit, r.IntN(8), b.shared(r))
		f.cause(hit, r.IntN(10), b.shared(r))
		at := b.span.first.Add(time.Duration(i) * step).Truncate(time.Minute).UTC()
		minutes := lognormal(r, 70, 1)
		for _, share := range [...]float64{0, 0.1, 0.2, 1, 1.3} {
			f.past(at.Add(time.Duration(minutes*share)*time.Minute), b.span.asOf)
		}
		f.text(noticers[r.IntN(len(noticers))])
		f.flag(r.IntN(50) == 0)
		f.end()
	}
	return f.close()
}

var bulkTitles = []string{"Elevated error rate", "High latency after release", "Queue backlog", "Out of memory", "Timeouts in dependent services"}

// impact appends the services hit: one in four incidents hits a second one.
func (f *csvFile) impact(hit, die, second int) {
	f.id('s', hit)
	if die < 2 && second != hit {
		f.row[len(f.row)-1] = ';'
		f.id('s', second)
	}
}

// cause appends the cause: mostly what was hit, else a shared service, else none.
func (f *csvFile) cause(hit, die, shared int) {
	switch {
	case die < 6:
		f.id('s', hit)
	case die < 9:
		f.id('s', shared)
	default:
		f.text("")
	}
}

// past appends a moment unless it lies after asOf.
func (f *csvFile) past(t, asOf time.Time) {
	if t.After(asOf) {
		t = time.Time{}
	}
	f.moment(t)
}
