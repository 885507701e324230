package generator

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/ingest"
	"uptree/generator/model"
	"uptree/generator/published"
	"uptree/generator/source"
)

// TryOptions say which source is tried, and on what.
type TryOptions struct {
	Source string // of site.toml; of a Preset what it is to be called, "" for its own name
	Preset string // of a source that site.toml does not have yet
	From   string // a file that is read, and nobody asked; "" asks the source for one page
	Limit  int    // records of each fate that are listed
}

// Tried is what became of what a source gave, and what it would do to the site.
type Tried struct {
	Source *config.Source
	Origin string // of what was tried, for people
	*ingest.Trial
	// Unmet are the references of its records that meet nothing; nil where Unknown says why.
	Unmet diag.List
	// Since says what the site is compared with, Changes how it would differ: nil where
	// Unknown says why that is not known.
	Since   string
	Changes *published.Difference
	Unknown string
}

// Try reads one page of what a source gives and says what would become of it. The other
// sources are taken from last good data; nothing is published, kept or remembered. Tried is
// nil where the problems say why there is nothing to try; an error is a wrong option, I/O or
// cancellation.
func Try(ctx context.Context, o Options, t TryOptions) (*Tried, diag.List, error) {
	o.Offline, o.Apart, o.Pinned, o.AsOf = true, true, true, once(o.AsOf)
	site, problems, err := config.Load(os.DirFS(o.Dir), o.Dir, o.Config)
	if err != nil || problems.HasErrors() {
		return nil, problems, err
	}
	s, err := t.choose(site)
	if err != nil {
		return nil, nil, err
	}
	temp, err := os.MkdirTemp("", "uptree-try-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(temp)
	try := &try{o: o, site: site, asked: t, temp: temp, out: &Tried{Source: s}}
	return try.run(ctx, problems)
}

// choose is the source that is tried.
func (t TryOptions) choose(site *config.Site) (*config.Source, error) {
	var names []string
	for i := range site.Sources {
		if site.Sources[i].Name == t.Source && t.Preset == "" {
			return &site.Sources[i], nil
		}
		names = append(names, site.Sources[i].Name)
	}
	name := cmp.Or(t.Source, t.Preset)
	switch _, known := ingest.PresetNamed(t.Preset); {
	case t.Preset == "":
		return nil, &UnknownSourceError{t.Source, diag.DidYouMean(t.Source, names)}
	case !known:
		return nil, &UnknownPresetError{t.Preset, diag.DidYouMean(t.Preset, ingest.PresetNames())}
	case slices.Contains(names, name):
		return nil, &UnknownPresetError{t.Preset, fmt.Sprintf("site.toml has a source %q already: leave out --preset to try that, or give another name", name)}
	}
	return &config.Source{Name: name, Title: name, Kind: "file", Path: t.From, Preset: t.Preset, CoversFrom: model.NoDay, MaxBytes: config.DefaultMaxBytes}, nil
}

// UnknownPresetError says that a preset that was named on the command line cannot be tried.
type UnknownPresetError struct{ Name, Hint string }

func (e *UnknownPresetError) Error() string {
	return fmt.Sprintf("the preset %q cannot be tried: %s", e.Name, cmp.Or(e.Hint, `"uptree list presets" prints those that there are`))
}

// try is a Try on its way.
type try struct {
	o     Options
	site  *config.Site
	asked TryOptions
	temp  string
	asOf  time.Time
	out   *Tried

	problems diag.List // of its records among those of others
}

func (t *try) run(ctx context.Context, problems diag.List) (*Tried, diag.List, error) {
	t.asOf = t.o.AsOf(t.site.Zone)
	store := source.OpenStore(filepath.Join(t.temp, "store"))
	defer store.Close() // the folder goes with all others
	p, found, err := t.fetch(ctx, store)
	if err != nil || p.Fresh == nil {
		return nil, append(problems, found...), err
	}
	trial, err := ingest.Try(ctx, t.site, p, model.Time(t.asOf.Unix()), t.asked.Limit)
	if err != nil {
		return nil, nil, err
	}
	t.out.Trial = trial
	problems = append(problems, trial.Problems...)
	if !trial.Usable && trial.Raw == 0 {
		return nil, problems, nil
	}
	if !trial.Usable {
		t.out.Unknown = "a build would not take these data"
		return t.out, problems, nil
	}
	err = t.compare(ctx, p.Fresh)
	return t.out, append(problems, t.problems...), err
}

// fetch reads the file, or asks for a page.
func (t *try) fetch(ctx context.Context, store *source.Store) (source.Payload, diag.List, error) {
	one, alone := *t.out.Source, *t.site
	switch one.Kind {
	case "file":
		t.out.Origin = one.Path
	case "http", "prometheus":
		t.out.Origin = "one page of " + one.Origin()
	default:
		t.out.Origin = "what " + one.Origin() + " gives"
	}
	if t.asked.From != "" {
		if _, err := os.Stat(t.asked.From); err != nil {
			return source.Payload{}, nil, &FromError{err}
		}
		path, err := filepath.Abs(t.asked.From)
		if err != nil {
			return source.Payload{}, nil, err
		}
		t.out.Origin = t.asked.From
		one.Kind, one.Path = "file", strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(filepath.ToSlash(path))
	}
	alone.Sources = []config.Source{one}
	payloads, problems, err := source.Fetch(ctx, &alone, source.Options{Store: store, AsOf: t.asOf, Sample: true})
	if err != nil {
		return source.Payload{}, nil, err
	}
	p := payloads[0]
	p.Source, p.Missing = t.judged(), "" // last good data take the place of none of it
	if p.Fresh != nil && t.asked.From != "" {
		b := p.Fresh.Blobs[0]
		p.Fresh.Blobs[0] = source.NewBlob(filepath.ToSlash(t.asked.From), b.Size, b.Open)
	}
	return p, problems, nil
}

// judged is the source with what can be expected of a part of its data: something.
func (t *try) judged() *config.Source {
	s := *t.out.Source
	s.Expect.NewestWithin = 0
	if !s.Expect.MayBeEmpty {
		s.Expect.MinRecords = 1
	}
	return &s
}

// FromError says that the file of --from cannot be read.
type FromError struct{ Err error }

func (e *FromError) Error() string { return "--from: " + e.Err.Error() }

// Unwrap is what the system says.
func (e *FromError) Unwrap() error { return e.Err }
