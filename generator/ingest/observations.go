package ingest

import (
	"bytes"
	"math"

	"uptree/generator/model"
)

// The fields of observations, in the order of the spec.
const (
	observedMetric = iota
	observedService
	observedJourney
	observedNode
	observedDay
	observedAt
	observedValue
	observedNumerator
	observedDenominator
	observedPart
	observedID
)

func addObservation(r *row) {
	rec := model.ObservationRecord{Metric: r.batch.Ref(r.id(observedMetric)), ID: string(r.id(observedID)), Line: uint32(r.line)}
	r.observedSubject(&rec)
	r.observedMoment(&rec)
	rec.Value, rec.HasValue = r.decimal(observedValue)
	num, hasNum := r.count(observedNumerator, math.MaxInt32)
	den, hasDen := r.count(observedDenominator, math.MaxInt32)
	rec.HasRatio = r.got(observedNumerator, hasNum, notACount) && r.got(observedDenominator, hasDen, notACount)
	rec.Num, rec.Den = int64(num), int64(den)
	part := r.word(observedPart)
	if model.IsPerson(rec.ID) || model.IsPerson(string(part)) {
		r.refuse("it names a person")
	}
	rec.Part = r.batch.Word(part)
	if r.reason == "" {
		r.began(rec.At)
		r.batch.Observations = append(r.batch.Observations, rec)
	}
}

const notACount = "not a whole number"

// observedSubject reads what an observation is of: one service, journey or node.
func (r *row) observedSubject(rec *model.ObservationRecord) {
	n := 0
	for i, to := range [...]*model.Ref{&rec.Service, &rec.Journey, &rec.Node} {
		id := r.id(observedService + i)
		if len(id) == 0 {
			continue
		}
		if model.IsPerson(string(id)) {
			r.refuse("it names a person")
		}
		n++
		*to = r.batch.Ref(id)
	}
	if n != 1 {
		r.refuse("it needs one of service, journey and node")
	}
}

func (r *row) observedMoment(rec *model.ObservationRecord) {
	if r.has(observedDay) == r.has(observedAt) {
		r.refuse("it needs day or at, and not both")
		return
	}
	if rec.At = r.moment(observedAt); r.has(observedDay) {
		day := r.day(observedDay)
		if rec.IsDay = true; day != model.NoDay {
			rec.At = r.clock.cal.Midnight(day)
		}
	}
	if !rec.At.Known() {
		r.refuse("it needs a day")
	}
}

// decimal reads a number exactly.
func (r *row) decimal(field int) (v model.Money, ok bool) {
	text, ok := r.plain(field, "not a number")
	if text = bytes.TrimSpace(text); !ok || isNull(text) {
		return v, false
	}
	if v, ok = model.ParseMoney(string(text)); !ok {
		r.bad(field, "not a number")
	}
	return v, ok
}
