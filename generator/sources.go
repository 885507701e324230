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
		named := func(s config.Source) bool { return slices.Contains(names, s.Name) }
		b.unasked = slices.DeleteFunc(slices.Clone(site.Sources), named)
		site.Sources = slices.DeleteFunc(site.Sources, func(s config.Source) bool { return !named(s) })
		b.o.Refresh = append(b.o.Refresh, names...)
	}
	b.openStore()
	defer b.store.Close() // what is left is removed by the next build
	asOf := b.o.AsOf(site.Zone)
	payloads, err := b.fetch(ctx, asOf, progress)
	if err != nil {
		return nil, nil, err
	}
	read, err := b.read(ctx, payloads, asOf)
	if err != nil {
		return nil, nil, err
	}
	return read.Outcomes(), b.leveled().Sorted(), nil
}

// openStore opens the folder of what is kept from build to build.
func (b *build) openStore() {
	b.store = source.OpenStore(cmp.Or(b.o.Store, filepath.Join(b.o.Dir, storeDir)))
}

// fetch asks the sources as of a moment.
func (b *build) fetch(ctx context.Context, asOf time.Time, progress func(source.Progress)) ([]source.Payload, error) {
	if err := b.known(b.o.Refresh); err != nil {
		return nil, err
	}
	b.stage("sources")
	payloads, problems, err := source.Fetch(ctx, b.o.standIn.without(b.site), source.Options{
		Store: b.store, AsOf: asOf, Jobs: b.o.Jobs, Offline: b.o.Offline, Refresh: b.o.Refresh, Asked: b.last.asked, Progress: progress,
	})
	b.took(problems)
	return b.o.standIn.give(b.site, payloads), err
}

// read reads what the sources gave, remembers what earlier builds knew, and keeps what is
// good, whatever became of the others.
func (b *build) read(ctx context.Context, payloads []source.Payload, asOf time.Time) (*ingest.Reading, error) {
	b.stage("ingest")
	if b.o.Input != nil {
		b.o.Input(sizeOf(payloads))
	}
	read, err := ingest.Read(ctx, b.site, payloads, model.Time(asOf.Unix()), b.jobs())
	if err != nil {
		return nil, err
	}

	b.stage("history")
	if err := b.recall(ctx, read, asOf); err != nil {
		return nil, err
	}
	b.took(read.Problems())
	if err := b.keep(ctx, read); err != nil {
		return nil, err
	}
	return read, b.keepHistory(ctx)
}

// sizeOf is how many bytes the sources gave.
func sizeOf(payloads []source.Payload) (bytes int64) {
	for i := range payloads {
		if c := cmp.Or(payloads[i].Fresh, payloads[i].LastGood); c != nil {
			for _, f := range c.Blobs {
				bytes += f.Size
			}
		}
	}
	return bytes
}

// keep makes what was good the last good copies. A check leaves the folder as it is,
// and so does what is built apart.
func (b *build) keep(ctx context.Context, read *ingest.Reading) error {
	if b.o.CheckOnly || b.o.Apart {
		return nil
	}
	problems, err := b.store.Keep(ctx, read.Good())
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
