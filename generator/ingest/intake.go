package ingest

import (
	"cmp"
	"fmt"
	"slices"

	"uptree/generator/config"
	"uptree/generator/decode"
	"uptree/generator/diag"
	"uptree/generator/history"
	"uptree/generator/model"
)

// intake collects the records of one file and what was wrong with them. It belongs to one
// goroutine.
type intake struct {
	file     string
	columns  map[string]string // field -> column
	batch    *model.Batch
	asOf     model.Time
	clock    clock
	tally    tally
	line     int // of the record, or of the document that it stands in
	element  int // its number among the records of the document; 0 where it is the only one
	problems diag.List

	accepted int
	rejected int
	runaways int            // of these, inputs on which the mapping was stopped
	why      string         // the last of them was
	rejects  []model.Reject // the first of them
	unmapped int            // inputs for which the mapping emitted nothing
	newest   model.Time     // the last moment up to as_of at which a record began

	// What history is told, per dataset. Records that it told itself are not.
	recalled  bool
	room      *history.Room
	facts     [len(model.Specs)]*history.Facts
	states    [len(model.Specs)][]history.State
	sightings [len(model.Specs)][]history.Sighting
	when      model.Time // at which the record began
	key       []byte
	numbers   []byte

	vendor     string // whose ids the records name, "" where they are the organisation's
	named      []byte
	currency   string // of costs that do not say
	severities *config.Severities
	words      map[string]model.Ref // severity as given -> its Word
	strange    []strangeWord

	rows    [len(model.Specs)]*row
	scratch []model.Ref
	buf     []byte // texts of a record that a mapping made
}

// strangeWord is a severity that [severity.incidents] does not map.
type strangeWord struct {
	word        string
	count, line int
}

// unknownSeverity is shown for severities that the table does not map.
const unknownSeverity = "unknown"

// converter puts the records of a dataset into a Batch.
type converter struct {
	dataset model.Dataset
	add     func(r *row)
	// decisive fields are not required one by one, but a value that cannot be read is
	// reason enough to refuse the record.
	decisive []int
}

// converters is the table of datasets, indexed by Dataset.
var converters = [len(model.Specs)]converter{
	{dataset: model.Nodes, add: addNode},
	{dataset: model.Services, add: addService},
	{dataset: model.Dependencies, add: addDependency},
	{dataset: model.Journeys, add: addJourney},
	{dataset: model.Incidents, add: addIncident},
	{dataset: model.Synthetics, add: addResult, decisive: []int{resultService, resultJourney, resultStarted, resultDay}},
	{dataset: model.SLOs, add: addObjective, decisive: []int{sloService, sloJourney, sloWindow, sloBudgeting, sloSlice, sloSliceTarget, sloValidFrom}},
	{dataset: model.SLIs, add: addMeasurement, decisive: []int{sliStart, sliDay, sliEnd}},
	{dataset: model.Exclusions, add: addExclusion, decisive: []int{exclusionSLO, exclusionService, exclusionExpires}},
	{dataset: model.Deployments, add: addDeployment},
	{dataset: model.Costs, add: addCost, decisive: []int{costService, costNode, costDay, costUntil, costMonth, costBilled, costIdle}},
	{dataset: model.Findings, add: addFinding, decisive: []int{findingOpened, findingClosed, findingDue}},
	{dataset: model.Observations, add: addObservation, decisive: []int{observedDay, observedAt, observedValue, observedNumerator, observedDenominator}},
	{dataset: model.Staff, add: addStaffing, decisive: []int{staffOncall}},
}

// row returns the row for records of a dataset.
func (in *intake) row(d model.Dataset) *row {
	if in.rows[d] == nil {
		spec := &model.Specs[d]
		r := &row{intake: in, spec: spec, convert: &converters[d], values: make([]decode.Value, len(spec.Fields)), with: make([]int, len(spec.Fields))}
		for i := range spec.Fields {
			r.names = append(r.names, in.column(spec.Fields[i].Name))
		}
		in.rows[d] = r
	}
	return in.rows[d]
}

// column returns the column that holds a field.
func (in *intake) column(field string) string {
	return cmp.Or(in.columns[field], field)
}

// add hands the row's values over as one record.
func (r *row) add() {
	r.reason, r.when = "", model.None
	r.countFields()
	r.convert.add(r)
	if r.reason != "" {
		r.reject(diag.BadRecord, r.line, r.reason)
		return
	}
	r.accepted++
	r.remember()
}

// countFields notes which fields the record has.
func (r *row) countFields() {
	r.seen++
	for i := range r.values {
		if text := r.values[i].Text; len(text) > 0 && string(text) != "[]" && string(text) != "[null]" {
			r.with[i]++
		}
	}
}

// maxRejects is how many rejected records of a source are listed.
const maxRejects = 20

// reject counts a record that cannot be used. The reason is published.
func (in *intake) reject(code diag.Code, line int, reason string) {
	in.rejected++
	in.why = reason
	in.tally.add(finding{code: code, reason: reason}, line, nil, "")
	in.list(line, reason)
}

// list keeps one of the first rejected records.
func (in *intake) list(line int, reason string) {
	if len(in.rejects) == maxRejects {
		return
	}
	if in.element > 0 {
		reason = fmt.Sprintf("%s (record %d of the document)", reason, in.element)
	}
	in.rejects = append(in.rejects, model.Reject{File: in.file, Line: line, Reason: reason})
}

// unreadable counts the records that a decoder could not read. They come after all others
// but stand among them. Where the decoder could not go on, the file as a whole is an error:
// half of a report would pass for all of it.
func (in *intake) unreadable(rejects []decode.Reject) error {
	kept := in.rejects
	in.rejects, in.element = nil, 0
	for _, r := range rejects {
		in.reject(r.Code, r.Line, r.Reason)
	}
	in.rejects = append(kept, in.rejects...)
	slices.SortStableFunc(in.rejects, func(a, b model.Reject) int { return cmp.Compare(a.Line, b.Line) })
	in.rejects = in.rejects[:min(len(in.rejects), maxRejects)]
	if n := len(rejects); n > 0 && rejects[n-1].Rest {
		return fmt.Errorf("%s cannot be read: %s", in.file, rejects[n-1].Reason)
	}
	return nil
}

// began notes when a record began.
func (in *intake) began(t model.Time) {
	in.when = t
	if t > in.newest && t <= in.asOf {
		in.newest = t
	}
}

// severity returns the organisation's word for a severity.
func (in *intake) severity(given []byte, line int) model.Ref {
	if len(given) == 0 {
		return in.batch.Word(nil)
	}
	if ref, ok := in.words[string(given)]; ok {
		in.countStrange(given)
		return ref
	}
	word, known := in.severities.Word(string(given))
	if !known {
		word = unknownSeverity
		in.strange = append(in.strange, strangeWord{string(given), 1, line})
	}
	ref := in.batch.Word([]byte(word))
	if in.words == nil {
		in.words = map[string]model.Ref{}
	}
	in.words[string(given)] = ref
	return ref
}

func (in *intake) countStrange(given []byte) {
	for i := range in.strange {
		if in.strange[i].word == string(given) {
			in.strange[i].count++
		}
	}
}

// allProblems returns what was wrong with the file.
func (in *intake) allProblems() diag.List {
	list := slices.Clone(in.problems)
	list.Append(in.tally.problems(in.file))
	return list
}
