package ingest

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"uptree/generator/history"
	"uptree/generator/model"
)

// recalled is what history knows beside what one source gives.
type recalled struct {
	source string
	file   file
}

// Facts hands over the dated records that were read, of each file, those that win first. Of
// sources that are left out nothing is told.
func (r *Reading) Facts() []*history.Facts {
	var out []*history.Facts
	for i := range r.takings {
		t := &r.takings[i]
		for j := range t.files {
			if in := t.files[j].intake; in != nil && t.used() {
				for d, f := range in.facts {
					if f != nil {
						f.Source, in.facts[d] = t.payload.Source.Name, nil
						out = append(out, f)
					}
				}
			}
		}
	}
	return out
}

// used reports whether a source's records are in the build.
func (t *taking) used() bool { return t.status == model.SourceOK || t.status == model.SourceStale }

// States are what was read of how things are.
func (r *Reading) States() []history.States {
	var out []history.States
	for d, m := range memories {
		if m == nil || !m.dataset.State() {
			continue
		}
		s := history.States{Dataset: m.shape.Dataset, Whole: true, Ends: m.validTo >= 0}
		for i := range r.takings {
			r.takings[i].addStates(model.Dataset(d), &s)
		}
		if s.Source != "" {
			out = append(out, s)
		}
	}
	return out
}

func (t *taking) addStates(d model.Dataset, s *history.States) {
	for _, given := range t.datasets() {
		if given != d {
			continue
		}
		if s.Source == "" && t.used() {
			s.Source = t.payload.Source.Name
		}
		s.Whole = s.Whole && t.status == model.SourceOK
		for j := range t.files {
			if in := t.files[j].intake; in != nil && t.used() {
				s.Records = append(s.Records, in.states[d]...)
			}
		}
	}
}

// Answered are the sources that gave data of this build.
func (r *Reading) Answered() map[string]bool {
	out := map[string]bool{}
	for i := range r.takings {
		out[r.takings[i].payload.Source.Name] = r.takings[i].status == model.SourceOK
	}
	return out
}

// Shapes are those of all datasets whose records are dated.
func Shapes() []*history.Shape {
	var out []*history.Shape
	for _, m := range memories {
		if m != nil && len(m.when) > 0 {
			out = append(out, m.shape)
		}
	}
	return out
}

// Recall reads what history knows, as payloads of the lowest precedence: a record that a
// source gives wins. The error is that of the context alone.
func (r *Reading) Recall(ctx context.Context, h history.Recall, jobs int) error {
	for i := range r.takings {
		for j := range r.takings[i].files {
			if in := r.takings[i].files[j].intake; in != nil {
				in.date(h.Since)
			}
		}
	}
	known := h.Payloads
	r.recalled = make([]recalled, len(known))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, jobs))
	for i := range known {
		k := &known[i]
		r.recalled[i] = recalled{k.Source, file{blob: &k.Blob}}
		group.Go(func() error {
			if err := r.n.recall(ctx, k, &r.recalled[i].file); ctx.Err() != nil {
				return fmt.Errorf("read history: %w", err)
			}
			return nil // it is held in memory, so there is no other
		})
	}
	return group.Wait()
}

func (n *normaliser) recall(ctx context.Context, k *history.Remembered, f *file) error {
	d, _ := model.DatasetNamed(k.Dataset)
	f.intake = &intake{
		file: k.Blob.Name, batch: &model.Batch{File: k.Blob.Name, Remembered: true}, recalled: true,
		asOf: n.asOf, newest: model.None, clock: clock{cal: n.zones.site}, severities: &n.site.Severity,
	}
	for i := range n.site.Sources {
		if s := &n.site.Sources[i]; s.Name == k.Source {
			f.intake.vendor = vendorOf(s.Preset)
		}
	}
	bytes, err := k.Blob.Open()
	if err != nil {
		return err
	}
	defer bytes.Close() // nothing was written
	return f.intake.readFlat(ctx, bytes, "jsonl", d)
}

// addTo puts what history knows into the model's input, as of its source.
func (r *recalled) addTo(input *model.Input) {
	for i := range input.Sources {
		if s := &input.Sources[i].Info; s.Name == r.source && s.Status != model.SourceOmitted {
			r.file.intake.batch.Source = i
			input.Batches = append(input.Batches, r.file.intake.batch)
		}
	}
}

// date gives records without days of their own the day since when they are as they are,
// where they are known to have been otherwise: the past keeps what it was.
func (in *intake) date(since map[string]map[string]int) {
	dated := func(d model.Dataset, id string, from *model.Day, until model.Day, partial bool) {
		if day, changed := since[d.String()][id]; changed && *from == model.NoDay && until == model.NoDay && !partial {
			*from = model.Day(day)
		}
	}
	for i := range in.batch.Nodes {
		r := &in.batch.Nodes[i]
		dated(model.Nodes, r.ID, &r.ValidFrom, r.ValidTo, r.Partial)
	}
	for i := range in.batch.Services {
		r := &in.batch.Services[i]
		dated(model.Services, r.ID, &r.ValidFrom, r.ValidTo, r.Partial)
	}
	for i := range in.batch.Objectives {
		r := &in.batch.Objectives[i]
		dated(model.SLOs, r.ID, &r.ValidFrom, model.NoDay, false)
	}
}
