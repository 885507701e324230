package generator

import (
	"context"
	"path/filepath"

	"uptree/generator/ingest"
	"uptree/generator/model"
	"uptree/generator/source"
)

// storeDir is the folder of last good copies, in that of site.toml.
const storeDir = ".uptree"

// model fetches the sources, reads them and keeps the good ones, whatever became of the
// others. It is nil where the site is not to be built.
func (b *build) model(ctx context.Context) (*model.Model, error) {
	store := source.OpenStore(filepath.Join(b.o.Dir, storeDir))
	defer store.Close() // what is left is removed by the next build

	b.stage("sources")
	asOf := b.o.AsOf(b.site.Zone)
	payloads, problems, err := source.Fetch(ctx, b.site, source.Options{Store: store, AsOf: asOf, Jobs: b.o.Jobs, Offline: b.o.Offline})
	if err != nil {
		return nil, err
	}
	b.took(problems)
	missing := b.sourceFailed()

	b.stage("ingest")
	read, err := ingest.Read(ctx, b.site, payloads, model.Time(asOf.Unix()), b.jobs())
	if err != nil {
		return nil, err
	}
	b.took(read.Problems())
	if err := b.keep(ctx, store, read); err != nil || missing {
		return nil, err // without a source, what is said of the others would be wrong
	}
	m, problems := read.Freeze()
	if b.took(problems); b.sourceFailed() || b.unusable(m == nil) {
		return nil, nil
	}
	return m, nil
}

// keep makes what was good the last good copies. A check leaves the folder as it is.
func (b *build) keep(ctx context.Context, store *source.Store, read *ingest.Reading) error {
	if b.o.CheckOnly {
		return nil
	}
	problems, err := store.Keep(ctx, read.Good())
	b.took(problems)
	return err
}
