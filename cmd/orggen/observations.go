package main

import (
	"math"
	"math/rand/v2"
	"path/filepath"
	"time"
)

// runbooks are the kinds of runbooks that services try.
var runbooks = []string{"failover", "restore", "rollback"}

// writeObservations writes own-metrics.csv: how often customers asked, a row per week and
// service that they meet, and how many runbooks were tried, a row whenever that changed.
func writeObservations(dir string, o *organisation, s span, r *rand.Rand) error {
	f := createCSV(filepath.Join(dir, "own-metrics.csv"), "metric,service,day,value,numerator,denominator,part")
	row := func(metric, service string, day time.Time, value, num, den int, part string) {
		f.text(metric)
		f.text(service)
		f.text(day.Format(time.DateOnly))
		f.numberOrNone(value)
		f.numberOrNone(num)
		f.numberOrNone(den)
		f.text(part)
		f.end()
	}
	for _, service := range o.services {
		if service.thirdParty || service.until != "" {
			continue
		}
		if chance(r, 0.10) {
			orders, rate := lognormal(r, 9000, 0.7), lognormal(r, 3, 0.5)
			for i := 0; i+7 <= s.days(); i += 7 {
				n := orders * (1 + 0.1*r.NormFloat64())
				row("support_contacts", service.id, s.day(i), -1, int(math.Round(n*rate/1000*lognormal(r, 1, 0.2))), int(n), "")
			}
		}
		for _, kind := range runbooks {
			if chance(r, 0.12) {
				tried := r.IntN(2)
				for at := r.IntN(60); at < s.days(); at += 30 + r.IntN(90) {
					row("runbooks_tested", service.id, s.day(at), tried, -1, -1, kind)
					tried = max(0, tried+r.IntN(3)-r.IntN(2))
				}
			}
		}
	}
	return f.close()
}
