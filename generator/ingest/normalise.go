package ingest

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/source"
)

// Normalise reads the payloads, which are in the order of their precedence, into the
// frozen Model. Files are read by so many goroutines at once; 0 is one. The Model is nil
// where no tree can be built from what the problems name. The error is that of the context
// alone.
func Normalise(ctx context.Context, site *config.Site, payloads []source.Payload, asOf model.Time, jobs int) (*model.Model, diag.List, error) {
	n := &normaliser{site: site, asOf: asOf, zones: &zones{site: model.NewCalendar(site.Zone)}}
	takings := make([]taking, len(payloads))
	for i := range payloads {
		takings[i] = n.prepare(&payloads[i])
	}
	if err := n.readAll(ctx, takings, jobs); err != nil {
		return nil, nil, fmt.Errorf("read sources: %w", err)
	}
	input := model.Input{AsOf: asOf, Zone: site.Zone, ImpactEnds: site.ImpactEnds, Severities: site.Severity.Order}
	var problems diag.List
	for i := range takings {
		takings[i].settle(asOf)
		takings[i].addTo(&input)
		problems.Append(takings[i].problems)
	}
	problems.Append(strangeSeverities(takings, &site.Severity))
	m, frozen := model.Freeze(input)
	problems.Append(frozen)
	return m, problems, nil
}

// normaliser is what all files of a build share while they are read.
type normaliser struct {
	site  *config.Site
	asOf  model.Time
	zones *zones
}

// readAll reads the files of all sources, each into its own intake.
func (n *normaliser) readAll(ctx context.Context, takings []taking, jobs int) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, jobs))
	for i := range takings {
		t := &takings[i]
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
	return &intake{
		file: file, columns: t.payload.Source.Columns, batch: &model.Batch{File: file},
		asOf: n.asOf, newest: model.None, clock: clock{cal: n.zones.site}, severities: &n.site.Severity,
	}
}
