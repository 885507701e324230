package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
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
	from    map[string]object // what was looked at, by place
}

// read reads a file; what keeps it from being read is in the file.
func (t *trial) read(ctx context.Context, n *normaliser, f *file) error {
	bytes, err := f.blob.Open()
	if err != nil {
		f.err = err
		return nil
	}
	defer bytes.Close() // nothing was written
	t.in, t.file, f.intake = n.intake(t.taking, f.blob.Name), f, nil
	f.intake = t.in
	if t.taking.mapping != nil {
		if t.mapped, err = t.looks.watch(t.taking.program(), n.zones, n.asOf); err != nil {
			f.err = fmt.Errorf("the map cannot be watched: %w", err)
			return nil
		}
		t.mapped.host = t.taking.host()
	}
	f.err = t.in.eachDocument(bytes, f.format.Name, func(doc decode.Document) error {
		t.doc, t.made = doc, nil
		t.looks.begin(doc.Value)
		if t.mapped != nil {
			t.runMapping(ctx)
		} else {
			t.takePlain()
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

func (t *trial) runMapping(ctx context.Context) {
	err := t.mapped.each(newBudget(ctx, t.file.inputSize()+watchedShare), t.doc.Value, t.in.file, func(output any) {
		from := t.looks.last
		t.looks.last = map[string]object{}
		if output == nil {
			t.PassedOver++
			t.made = append(t.made, made{fate: PassedOver, from: from})
			return
		}
		t.in.at(t.doc.Line, len(t.made), len(t.made)+1)
		t.keep(from, output, func() { t.in.addOutput(t.taking, t.doc.Line, output) })
	})
	if err != nil && ctx.Err() == nil {
		err = errors.New(valueOfJQ.ReplaceAllString(err.Error(), "$1"))
		t.in.mappingFailed(t.doc.Line, err)
		t.Rejected++
		t.made = append(t.made, made{fate: Rejected, reason: "the mapping failed: " + shorten(validText([]byte(err.Error())), maxError)})
	}
	if err == nil && len(t.made) == 0 {
		t.in.unmapped++
	}
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
		t.keep(map[string]object{t.looks.places[identity(record)]: identity(record)}, record, func() { row.addValue(record) })
	}
}

// keep notes what adding a record came to.
func (t *trial) keep(from map[string]object, output any, add func()) {
	rejected := t.in.rejected
	add()
	m := made{fate: Accepted, from: from}
	m.record, _ = output.(map[string]any)
	if d, ok := t.taking.datasetOf(m.record); ok {
		m.dataset = d.String()
	}
	if t.in.rejected > rejected {
		m.fate, m.reason = Rejected, t.in.why
		t.Rejected++
	} else {
		t.Accepted++
	}
	t.made = append(t.made, m)
}

// link finds what raw record each thing was made from, counts those of which nothing was
// made, and lists the first.
func (t *trial) link() {
	place, raws := t.looks.recordPlace(t.doc.Value, t.made, t.file.format.Flat)
	t.Raw += len(raws)
	order := slices.SortedFunc(maps.Keys(raws), func(a, b object) int { return cmp.Compare(t.looks.order[a], t.looks.order[b]) })
	used := map[object]bool{}
	for _, m := range t.made {
		id := m.from[place]
		if raws[id] == nil && len(order) == 1 {
			id = order[0]
		}
		used[id] = true
		t.list(m, raws[id], place, slices.Index(order, id)+1)
	}
	for i, id := range order {
		if !used[id] {
			t.Unmapped++
			t.list(made{fate: Unmapped}, raws[id], place, i+1)
		}
	}
}

// list adds a row, unless there are enough of its fate.
func (t *trial) list(m made, raw map[string]any, place string, element int) {
	if t.listed == nil {
		t.listed = map[Fate]int{}
	}
	if t.listed[m.fate]++; t.listed[m.fate] > t.limit {
		return
	}
	if t.file.format.Flat {
		element = 0
	}
	row := TrialRow{Fate: m.fate, File: t.in.file, Line: t.doc.Line, Element: element, Reason: m.reason, Dataset: m.dataset, Record: t.recordCells(m.record)}
	row.Raw, row.More = t.looks.rawCells(raw, place)
	t.Rows = append(t.Rows, row)
}

// program is the jq of the source or of its preset.
func (t *taking) program() string {
	if t.preset != nil {
		return t.preset.Map
	}
	return t.payload.Source.Map
}
