package ingest

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/history"
	"uptree/generator/model"
	"uptree/generator/source"
)

// Normalise reads the payloads, which are in the order of their precedence, into the
// frozen Model: Read and Freeze in one.
func Normalise(ctx context.Context, site *config.Site, payloads []source.Payload, asOf model.Time, jobs int) (*model.Model, diag.List, error) {
	r, err := Read(ctx, site, payloads, asOf, jobs)
	if err != nil {
		return nil, nil, err
	}
	m, problems := r.Freeze(nil)
	return m, append(r.Problems(), problems...), nil
}

// Reading is what the payloads gave, not yet put together.
type Reading struct {
	takings  []taking
	recalled []recalled
	n        *normaliser
}

// Read reads the payloads. Files are read by so many goroutines at once; 0 is one. The
// error is that of the context alone.
func Read(ctx context.Context, site *config.Site, payloads []source.Payload, asOf model.Time, jobs int) (*Reading, error) {
	n := &normaliser{site: site, asOf: asOf, zones: &zones{site: model.NewCalendar(site.Zone)}}
	takings, err := n.takeAll(ctx, payloads, jobs)
	if err != nil {
		return nil, fmt.Errorf("read sources: %w", err)
	}
	return &Reading{takings: takings, n: n}, nil
}

// Problems are those of the sources and of single records.
func (r *Reading) Problems() diag.List {
	var problems diag.List
	for i := range r.takings {
		problems.Append(r.takings[i].problems)
	}
	for i := range r.recalled {
		problems.Append(r.recalled[i].file.intake.allProblems())
	}
	problems.Append(strangeSeverities(r.takings, &r.n.site.Severity))
	return problems
}

// Good are the payloads whose fresh copy decoded and met what is expected of it: those to
// be kept as last good.
func (r *Reading) Good() []source.Good {
	var good []source.Good
	for i := range r.takings {
		if t := &r.takings[i]; t.status == model.SourceOK {
			good = append(good, source.Good{Payload: t.payload, Records: t.accepted, Fields: t.fields()})
		}
	}
	return good
}

// Outcome is how one source fared.
type Outcome struct {
	Source   *config.Source
	Status   model.SourceStatus
	Reason   string       // why it is not ok
	Used     *source.Copy // nil where nothing was read
	Records  int          // accepted, before they are merged
	Rejected int
}

// Outcomes says of every source how it fared, in the order of the payloads.
func (r *Reading) Outcomes() []Outcome {
	var all []Outcome
	for i := range r.takings {
		t := &r.takings[i]
		o := Outcome{Source: t.payload.Source, Status: t.status, Reason: t.reason, Used: t.copy, Records: t.accepted}
		for j := range t.files {
			if in := t.files[j].intake; in != nil {
				o.Rejected += in.rejected
			}
		}
		all = append(all, o)
	}
	return all
}

// Freeze puts what was read together, with the changes of a what-if. The Model is nil where
// no tree can be built from what the problems name.
func (r *Reading) Freeze(changes []model.Change) (*model.Model, diag.List) {
	site := r.n.site
	input := model.Input{
		Changes: changes, AsOf: r.n.asOf, Zone: site.Zone, ImpactEnds: site.ImpactEnds, Severities: site.Severity.Order,
		Delivery: site.Delivery, Security: site.Security, MinEvents: site.MinEvents, Costs: site.Costs, Own: site.Metrics, Vendors: vendors(),
	}
	for i := range r.takings {
		r.takings[i].addTo(&input)
	}
	for i := range r.recalled {
		r.recalled[i].addTo(&input)
	}
	addOwnObjectives(&input, site)
	return model.Freeze(input)
}

// normaliser is what all files of a build share while they are read.
type normaliser struct {
	site  *config.Site
	asOf  model.Time
	zones *zones
}

// takeAll reads every payload's copy, and the last good one where the fresh one is not
// what it should be.
func (n *normaliser) takeAll(ctx context.Context, payloads []source.Payload, jobs int) ([]taking, error) {
	takings := make([]taking, len(payloads))
	unread := make([]*taking, len(payloads))
	for i := range payloads {
		takings[i] = n.prepare(&payloads[i])
		unread[i] = &takings[i]
	}
	for len(unread) > 0 {
		if err := n.readAll(ctx, unread, jobs); err != nil {
			return nil, err
		}
		for _, t := range unread {
			t.settle(ctx, n)
		}
		unread = slices.DeleteFunc(unread, func(t *taking) bool { return !t.fallBack() })
	}
	return takings, nil
}

// readAll reads the files of sources, each into its own intake.
func (n *normaliser) readAll(ctx context.Context, takings []*taking, jobs int) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, jobs))
	for _, t := range takings {
		t.room = history.NewRoom()
		for j := range t.files {
			group.Go(func() error {
				t.files[j].err = n.readFile(ctx, t, &t.files[j])
				return ctx.Err()
			})
		}
	}
	return group.Wait()
}

// readFile reads one file. Its error is I/O, or that of the context.
func (n *normaliser) readFile(ctx context.Context, t *taking, f *file) error {
	bytes, err := f.blob.Open()
	if err != nil {
		return err
	}
	defer bytes.Close() // nothing was written
	in := n.intake(t, f.blob.Name)
	f.intake = in
	switch {
	case t.mapping != nil:
		return in.readMapped(ctx, bytes, f, t)
	case f.format.Flat:
		return in.readFlat(ctx, bytes, f.format.Name, t.payload.Source.Dataset)
	}
	return in.readDocuments(ctx, bytes, f.format.Name, t.payload.Source.Dataset)
}

func (n *normaliser) intake(t *taking, file string) *intake {
	in := &intake{
		file: file, columns: t.payload.Source.Columns, currency: t.payload.Source.Currency, batch: &model.Batch{File: file}, room: t.room,
		asOf: n.asOf, newest: model.None, clock: clock{cal: n.zones.site}, severities: &n.site.Severity,
	}
	in.vendor = vendorOf(t.payload.Source.Preset)
	return in
}
