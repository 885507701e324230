package ingest

import (
	"math"

	"uptree/generator/model"
)

// The fields of synthetics, in the order of the spec.
const (
	resultTest = iota
	resultTitle
	resultService
	resultJourney
	resultStarted
	resultDay
	resultLocation
	resultPassed
	resultFailed
	resultFlaky
	resultSkipped
	resultDuration
	resultURL
)

// addResult is the path of millions of records: it allocates nothing for a good one, and
// looks at what is not given only once.
func addResult(r *row) {
	rec := model.ResultRecord{Test: r.id(resultTest), Line: uint32(r.line)}
	if r.has(resultService) {
		rec.Service = r.their(resultService)
	}
	if r.has(resultJourney) {
		rec.Journey = r.id(resultJourney)
	}
	if (len(rec.Service) > 0) == (len(rec.Journey) > 0) {
		r.refuse("it needs a service or a journey, and not both")
	}
	if r.has(resultTitle) {
		rec.Title = r.text(resultTitle)
	}
	if r.has(resultLocation) {
		rec.Location = r.word(resultLocation)
	}
	if r.has(resultURL) {
		rec.URL = r.link(resultURL)
	}
	if r.has(resultDuration) {
		r.duration(resultDuration)
	}
	r.resultTime(&rec)
	r.resultCounts(&rec)
	if r.reason == "" {
		r.began(rec.At)
		r.batch.AddResult(&rec)
	}
}

// resultTime reads when a run started or which day the counts are of.
func (r *row) resultTime(rec *model.ResultRecord) {
	started, day := model.None, model.NoDay
	if r.has(resultStarted) {
		started = r.moment(resultStarted)
	}
	if r.has(resultDay) {
		day = r.day(resultDay)
	}
	rec.IsDay = day != model.NoDay
	if started.Known() == rec.IsDay {
		r.refuse("it needs started or day, and not both")
		return
	}
	rec.At = started
	if rec.IsDay {
		rec.At = r.clock.cal.Midnight(day)
	}
	if rec.At < 0 || rec.At > math.MaxUint32 {
		r.refuse("its time is before 1970 or after 2106")
	}
}

// resultCounts reads the counts. A count that cannot be read would falsify the ratio, so
// it costs the record.
func (r *row) resultCounts(rec *model.ResultRecord) {
	counted := false
	for i, to := range [...]*uint32{&rec.Passed, &rec.Failed, &rec.Flaky, &rec.Skipped} {
		if !r.has(resultPassed + i) {
			continue
		}
		n, o := r.count(resultPassed+i, math.MaxUint32)
		if o == bad {
			r.refuse(r.spec.Fields[resultPassed+i].Name + " is not a count")
		}
		*to = uint32(n)
		counted = counted || o == read
	}
	if !counted {
		r.refuse("it has no count: passed, failed, flaky or skipped")
	}
	// Many systems report a flaky run as passed as well: it is one run.
	if !rec.IsDay && rec.Passed == 1 && rec.Flaky == 1 {
		rec.Passed = 0
	}
}
