package ingest

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"uptree/generator/config"
	"uptree/generator/decode"
	"uptree/generator/diag"
	"uptree/generator/history"
	"uptree/generator/model"
	"uptree/generator/source"
)

// Trial is what became of what a source gave, record by record: for those who connect one.
// No value of it is about a person, and none is a secret.
type Trial struct {
	Raw        int `json:"in"` // records as the source gave them
	Accepted   int `json:"accepted"`
	Rejected   int `json:"rejected"`
	PassedOver int `json:"passed_over"` // on purpose
	Unmapped   int `json:"unmapped"`    // raw records of which nothing was made

	Rows   []TrialRow `json:"records"` // the first of each fate
	Unread []Unread   `json:"unread"`  // what the raw records have and nothing reads
	Absent []Absent   `json:"absent"`  // what is looked for and in none of them

	// Usable says that a build would take what the source gave.
	Usable   bool      `json:"usable"`
	Problems diag.List `json:"-"`
}

// Fate is what became of a raw record.
type Fate string

// The fates.
const (
	Accepted   Fate = "accepted"
	Rejected   Fate = "rejected"
	PassedOver Fate = "passed over" // the mapping made null of it
	Unmapped   Fate = "unmapped"    // the mapping made nothing of it
)

// TrialRow is a raw record beside what was made of it.
type TrialRow struct {
	Fate    Fate   `json:"fate"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Element int    `json:"element,omitempty"` // which one of its list in the document
	Reason  string `json:"reason,omitempty"`  // it was rejected
	Dataset string `json:"dataset,omitempty"` // of the record
	Raw     []Cell `json:"raw"`               // what is read of it
	More    int    `json:"more"`              // fields of it that nothing reads
	Record  []Cell `json:"record"`
}

// Cell is a field with its value, which may be shortened.
type Cell struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Try reads what a source gave as a build would, and tells what becomes of each record. Of
// each fate so many are listed. The error is that of the context.
func Try(ctx context.Context, site *config.Site, p source.Payload, asOf model.Time, limit int) (*Trial, error) {
	n := &normaliser{site: site, asOf: asOf, zones: &zones{site: model.NewCalendar(site.Zone)}}
	t := n.prepare(&p)
	t.room = history.NewRoom()
	trial := &trial{Trial: &Trial{}, taking: &t, looks: newLooks(), limit: limit}
	for i := range t.files {
		if err := trial.read(ctx, n, &t.files[i]); err != nil {
			return nil, err
		}
	}
	if len(t.files) > 0 {
		t.looks = trial.looks
		t.settle(ctx, n)
	}
	trial.Usable, trial.Problems = t.status == model.SourceOK, t.problems
	if t.mapping == nil { // what nothing reads is listed
		trial.Problems = slices.DeleteFunc(trial.Problems, func(p diag.Problem) bool { return p.Code == diag.UnknownColumn })
	}
	for i := range trial.Problems {
		trial.Problems[i].Text = trial.looks.withoutPersons(trial.Problems[i].Text)
	}
	trial.Unread, trial.Absent = trial.looks.unread(), trial.looks.absent()
	return trial.Trial, nil
}

// trial is a Trial while it is made.
type trial struct {
	*Trial
	taking *taking
	looks  *looks
	limit  int
	listed map[Fate]int

	in     *intake // of the file
	doc    decode.Document
	made   []made // of the document
	file   *file
	mapped *mapping // watched
}

// made is an output of the mapping, or a record without one, and what it was made from.
type made struct {
	fate    Fate
	reason  string
	record  map[string]any
	dataset string
	from    map[string]seen // what was looked at, by place
}

// read reads a file; what keeps it from being read is in the file.
func (t *trial) read(ctx context.Context, n *normaliser, f *file) error {
	bytes, err := f.blob.Open()
	if err != nil {
		f.err = err
		return nil
	}
	defer bytes.Close() // nothing was written
	t.in, t.file = n.intake(t.taking, f.blob.Name), f
	f.intake = t.in
	if t.taking.mapping != nil {
		if t.mapped, err = t.taking.watch(t.looks, n); err != nil {
			f.err = fmt.Errorf("the map cannot be watched: %w", err)
			return nil
		}
	}
	f.err = t.in.eachDocument(bytes, f.format.Name, func(doc decode.Document) error {
		t.doc, t.made = doc, nil
		t.looks.begin(doc.Value)
		if t.mapped == nil {
			t.takePlain()
		} else if err := t.runMapping(ctx); err != nil {
			return err
		}
		t.link()
		return ctx.Err()
	})
	return ctx.Err()
}

// valueOfJQ is what the errors of jq show of the input, which may be about a person.
var valueOfJQ = regexp.MustCompile(`(?s)\b(string|number|array|object) \(.*\)`)

// watchedShare is how much more an input may cost that is watched.
const watchedShare = 8 << 20

// runMapping runs the mapping on a document. As in a build all of what it makes counts, or
// nothing where it fails. An error ends the file.
func (t *trial) runMapping(ctx context.Context) error {
	var outputs []any
	var from []map[string]seen
	err := t.mapped.each(newBudget(ctx, t.file.inputSize()+watchedShare), t.doc.Value, t.in.file, func(output any) {
		outputs, from = append(outputs, output), append(from, t.looks.last)
		t.looks.last = map[string]seen{}
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case isRunaway(err):
		return fmt.Errorf("its mapping was stopped on %s: %w", t.in.file, err)
	case err != nil:
		t.failed(err)
	case len(outputs) == 0:
		t.in.unmapped++
	}
	for i := 0; err == nil && i < len(outputs); i++ {
		if outputs[i] == nil {
			t.PassedOver++
			t.made = append(t.made, made{fate: PassedOver, from: from[i]})
			continue
		}
		t.in.at(t.doc.Line, i, len(outputs))
		t.keep(from[i], outputs[i], func() { t.in.addOutput(t.taking, t.doc.Line, outputs[i]) })
	}
	return nil
}

// failed rejects a document at what was looked at last.
func (t *trial) failed(err error) {
	err = errors.New(valueOfJQ.ReplaceAllString(err.Error(), "$1"))
	t.in.mappingFailed(t.doc.Line, err)
	t.Rejected++
	t.made = append(t.made, made{fate: Rejected, from: t.looks.last, reason: "the mapping failed: " + shorten(validText([]byte(err.Error())), maxError)})
}

// takePlain takes the records of a document without a mapping.
func (t *trial) takePlain() {
	row := t.in.row(t.taking.payload.Source.Dataset)
	records, ok := []any{t.doc.Value}, true
	if !t.file.format.Flat {
		records, ok = row.find(t.doc.Value)
	}
	if !ok {
		t.keep(nil, nil, func() { t.in.reject(diag.BadRecord, t.doc.Line, "neither a record nor an array of records") })
	}
	for i, record := range records {
		t.in.at(t.doc.Line, i, len(records))
		for _, name := range row.names {
			t.looks.look(record, name)
		}
		at := seen{identity(record), 1}
		t.keep(map[string]seen{t.looks.places[at.last]: at}, record, func() { row.addValue(record) })
	}
}
