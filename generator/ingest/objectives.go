package ingest

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"uptree/generator/config"
	"uptree/generator/model"
)

// The fields of slos, in the order of the spec.
const (
	sloID = iota
	sloTitle
	sloService
	sloJourney
	sloTarget
	sloWindow
	sloBudgeting
	sloSlice
	sloSliceTarget
	sloIndicator
	sloUnit
	sloConsumer
	sloRationale
	sloValidFrom
	sloReviewBy
	sloURL
	sloMinEvents
)

func addObjective(r *row) {
	rec := model.ObjectiveRecord{
		ID: string(r.id(sloID)), Title: string(r.text(sloTitle)), Service: string(r.their(sloService)), Journey: string(r.id(sloJourney)),
		Target: r.target(sloTarget), SliceTarget: r.target(sloSliceTarget),
		Indicator: string(r.word(sloIndicator)), Unit: string(r.word(sloUnit)), Consumer: string(r.text(sloConsumer)),
		Rationale: string(r.text(sloRationale)), URL: string(r.link(sloURL)),
		ValidFrom: r.day(sloValidFrom), ReviewBy: r.day(sloReviewBy), MinEvents: r.minEvents(), Line: uint32(r.line),
	}
	if (rec.Service == "") == (rec.Journey == "") {
		r.refuse("it needs a service or a journey, and not both")
	}
	r.judged(&rec)
	if r.reason == "" {
		r.batch.Objectives = append(r.batch.Objectives, rec)
	}
}

// judged reads how an objective is judged. What cannot be read would give another verdict,
// so it costs the record.
func (r *row) judged(rec *model.ObjectiveRecord) {
	ok := true
	if word := r.word(sloWindow); len(word) > 0 {
		if rec.Window, ok = model.ParseWindow(string(word)); !ok {
			r.bad(sloWindow, "none of 28d or another number of days, month and quarter")
		}
	}
	if word := r.word(sloBudgeting); len(word) > 0 {
		if rec.Budgeting, ok = model.ParseBudgeting(string(word)); !ok {
			r.bad(sloBudgeting, "neither occurrences nor timeslices")
		}
	}
	if text, given := r.plain(sloSlice, "not a length of time"); given {
		seconds, o := duration(text)
		if o == read && (seconds < 1 || seconds > math.MaxInt32 || seconds != math.Trunc(seconds)) {
			o = bad
		}
		if r.got(sloSlice, o, "not a length of time in whole seconds") {
			rec.Slice = model.Time(seconds)
		}
	}
}

// target reads a share above 0 and below 1, exactly.
func (r *row) target(field int) model.Share {
	text, ok := r.plain(field, "not a number")
	if !ok || isNull(bytes.TrimSpace(text)) {
		return 0
	}
	share, ok := model.ParseShare(strings.TrimSpace(string(text)))
	if !ok || share == 0 || share == model.Whole {
		r.bad(field, "not a decimal above 0 and below 1 with at most nine decimals, such as 0.999")
		return 0
	}
	return share
}

func (r *row) minEvents() int64 {
	n, o := r.count(sloMinEvents, math.MaxInt32)
	if !r.got(sloMinEvents, o, "not a count") {
		return model.NoCount
	}
	return int64(n)
}

// The fields of slis, in the order of the spec.
const (
	sliSLO = iota
	sliStart
	sliDay
	sliEnd
	sliGood
	sliValid
	sliRatio
	sliWeight
)

// addMeasurement is the path of millions of records, as addResult is.
func addMeasurement(r *row) {
	rec := model.BucketRecord{SLO: r.id(sliSLO), Line: uint32(r.line)}
	r.measuredTime(&rec.Bucket)
	counts, ratio := r.has(sliGood) || r.has(sliValid), r.has(sliRatio) || r.has(sliWeight)
	switch {
	case counts && ratio:
		r.refuse("it has counts and a ratio")
	case ratio:
		rec.Weighted = true
		r.measuredRatio(&rec.Bucket)
	default:
		r.measuredCounts(&rec.Bucket)
	}
	if r.reason == "" {
		r.began(model.Time(rec.Bucket.From))
		r.batch.AddBucket(&rec)
	}
}

// measuredTime reads the day or the stretch of time that was measured.
func (r *row) measuredTime(b *model.Bucket) {
	from, to, day := model.None, model.None, model.NoDay
	if r.has(sliStart) {
		from = r.moment(sliStart)
	}
	if r.has(sliEnd) {
		to = r.moment(sliEnd)
	}
	if r.has(sliDay) {
		day = r.day(sliDay)
	}
	switch isDay := day != model.NoDay; {
	case isDay && (from.Known() || to.Known()), !isDay && !from.Known():
		r.refuse("it needs day, or start and end, and not both")
		return
	case isDay:
		from, to = r.clock.cal.Midnight(day), r.clock.cal.Midnight(day+1)
	case !to.Known():
		to = from
	}
	switch {
	case from < 0 || to > math.MaxUint32:
		r.refuse("its time is before 1970 or after 2106")
	case to < from:
		r.refuse("it ends before it starts")
	}
	b.From, b.To = uint32(from), uint32(to)
}

func (r *row) measuredCounts(b *model.Bucket) {
	b.Good, b.Valid = r.amount(sliGood), r.amount(sliValid)
	if b.Good <= b.Valid {
		return
	}
	if b.Good-b.Valid > b.Valid/noise+1 {
		r.refuse("more good than valid")
	}
	b.Good = b.Valid
}

// noise is the share of a sum of floating-point numbers that two systems may differ in.
const noise = 1e9

func (r *row) measuredRatio(b *model.Bucket) {
	text, _ := r.plain(sliRatio, "not a number")
	ratio, ok := model.ParseShare(strings.TrimSpace(string(text)))
	if !ok {
		ratio, ok = roundedShare(string(text))
	}
	if !ok {
		r.refuse("ratio is not a number from 0 to 1")
		return
	}
	b.Valid = r.amount(sliWeight)
	b.Good = ratio.Of(b.Valid)
}

// roundedShare reads a ratio with more decimals than a Share has: a quotient.
func roundedShare(text string) (model.Share, bool) {
	f, o := number([]byte(text))
	if o != read || f < 0 || f > 1 {
		return 0, false
	}
	return model.Share(math.Round(f * float64(model.Whole))), true
}

// amount reads a number of events; without one there is nothing to count.
func (r *row) amount(field int) model.Amount {
	name := r.spec.Fields[field].Name
	v := bytes.TrimSpace(r.values[field].Text)
	if isNull(v) || notANumber(v) == absent {
		r.refuse(name + " is missing")
		return 0
	}
	if n, ok := digits64(v); ok && n <= uint64(math.MaxInt64/model.OneEvent) {
		return model.Amount(n) * model.OneEvent
	}
	a, ok := model.ParseAmount(string(v))
	if !ok {
		r.refuse(name + " is not a number of events")
	}
	return a
}

// The fields of exclusions, in the order of the spec.
const (
	exclusionSLO = iota
	exclusionService
	exclusionFrom
	exclusionTo
	exclusionReason
	exclusionByRole
	exclusionExpires
)

func addExclusion(r *row) {
	rec := model.ExclusionRecord{
		Objective: string(r.id(exclusionSLO)), Service: string(r.id(exclusionService)), From: r.moment(exclusionFrom), To: r.moment(exclusionTo),
		Reason: string(r.text(exclusionReason)), ByRole: r.role(exclusionByRole), Expires: r.day(exclusionExpires), Line: uint32(r.line),
	}
	if (rec.Objective == "") == (rec.Service == "") {
		r.refuse("it needs an slo or a service, and not both")
	}
	if rec.To <= rec.From {
		r.refuse("it ends before it begins")
	}
	if strings.TrimSpace(rec.Reason) == "" {
		r.refuse("reason is missing")
	}
	if r.reason == "" {
		r.batch.Exclusions = append(r.batch.Exclusions, rec)
	}
}

// role reads who decided: a role, never a person.
func (r *row) role(field int) string {
	text := r.text(field)
	if bytes.ContainsRune(text, '@') {
		r.bad(field, "an address or a handle; write the role")
		return ""
	}
	return string(text)
}

// addOwnObjectives adds the objectives that site.toml itself sets, as one more source. They
// are written where the site is decided upon, so they win over those of other sources.
func addOwnObjectives(input *model.Input, site *config.Site) {
	n := len(site.Objectives)
	if n == 0 {
		return
	}
	batch := &model.Batch{Source: len(input.Sources), File: site.File, Objectives: slices.Clone(site.Objectives)}
	input.Batches = slices.Insert(input.Batches, 0, batch)
	input.Sources = append(input.Sources, model.SourceInput{CoversFrom: model.NoDay, Info: model.SourceInfo{
		Name: "site.toml", Title: "site.toml", Datasets: []model.Dataset{model.SLOs}, FileNames: []string{site.File},
		FetchedAt: model.None, Read: n, Definition: "the tables [slo.<id>] of site.toml",
	}})
}
