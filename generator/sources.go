package generator

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/ingest"
	"uptree/generator/model"
	"uptree/generator/source"
)

// storeDir is the folder of last good copies, in that of site.toml.
const storeDir = ".uptree"

// Fetch asks the named sources, all of them where none is named, reads what they give and
// keeps what is good as their last good data. No site is built. A source that is named is
// asked whether its every has passed or not.
func Fetch(ctx context.Context, o Options, names []string, progress func(source.Progress)) ([]ingest.Outcome, diag.List, error) {
	b := &build{o: o, began: time.Now(), result: &Result{}}
	site, problems, err := config.Load(os.DirFS(o.Dir), o.Dir, o.Config)
	b.site = site
	if b.took(problems); err != nil || problems.HasErrors() {
		return nil, b.leveled().Sorted(), err
	}
	if len(names) > 0 {
		if err := b.known(names); err != nil {
			return nil, nil, err
		}
		site.Sources = slices.DeleteFunc(site.Sources, func(s config.Source) bool { return !slices.Contains(names, s.Name) })
		b.o.Refresh = append(b.o.Refresh, names...)
	}
	b.openStore()
	defer b.store.Close() // what is left is removed by the next build
	read, _, err := b.read(ctx, progress)
	if err != nil {
		return nil, nil, err
	}
	return read.Outcomes(), b.leveled().Sorted(), nil
}

// openStore opens the folder of what is kept from build to build.
func (b *build) openStore() {
	b.store = source.OpenStore(cmp.Or(b.o.Store, filepath.Join(b.o.Dir, storeDir)))
}

// model is the sources, read and put together: nil where the site is not to be built.
func (b *build) model(ctx context.Context) (*model.Model, error) {
	read, missing, err := b.read(ctx, b.counted())
	if err != nil || missing {
		return nil, err // without a source, what is said of the others would be wrong
	}
	m, problems := read.Freeze()
	if b.took(problems); b.sourceFailed() || b.unusable(m == nil) {
		return nil, nil
	}
	return m, nil
}

// read fetches the sources, reads them and keeps the good ones, whatever became of the
// others. missing says that one of them gave nothing, and may not be missing.
func (b *build) read(ctx context.Context, progress func(source.Progress)) (read *ingest.Reading, missing bool, err error) {
	if err := b.known(b.o.Refresh); err != nil {
		return nil, false, err
	}
	store := b.store
	b.stage("sources")
	asOf := b.o.AsOf(b.site.Zone)
	payloads, problems, err := source.Fetch(ctx, b.site, source.Options{
		Store: store, AsOf: asOf, Jobs: b.o.Jobs, Offline: b.o.Offline, Refresh: b.o.Refresh, Progress: progress,
	})
	if err != nil {
		return nil, false, err
	}
	b.took(problems)
	missing = b.sourceFailed()

	b.stage("ingest")
	if read, err = ingest.Read(ctx, b.site, payloads, model.Time(asOf.Unix()), b.jobs()); err != nil {
		return nil, false, err
	}

	b.stage("history")
	if err = b.recall(ctx, store, read, asOf); err != nil {
		return nil, false, err
	}
	b.took(read.Problems())
	if err = b.keep(ctx, store, read); err != nil {
		return nil, false, err
	}
	return read, missing || b.sourceFailed(), b.keepHistory(ctx, store)
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

// counted shows how many of the sources are done.
func (b *build) counted() func(source.Progress) {
	var done atomic.Int64
	return func(p source.Progress) {
		if p.Done {
			b.progress(int(done.Add(1)), len(b.site.Sources))
		}
	}
}

// UnknownSourceError says that a source that was named on the command line is not in
// site.toml.
type UnknownSourceError struct{ Name, Hint string }

func (e *UnknownSourceError) Error() string {
	text := fmt.Sprintf("site.toml has no source %q", e.Name)
	if e.Hint != "" {
		text += ": " + e.Hint
	}
	return text
}

// known reports the first name that is of no source.
func (b *build) known(names []string) error {
	var all []string
	for i := range b.site.Sources {
		all = append(all, b.site.Sources[i].Name)
	}
	for _, name := range names {
		if name != source.All && !slices.Contains(all, name) {
			return &UnknownSourceError{name, diag.DidYouMean(name, all)}
		}
	}
	return nil
}
