package generator

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"uptree/generator/check"
	"uptree/generator/config"
	"uptree/generator/content"
	"uptree/generator/diag"
	"uptree/generator/publish"
	"uptree/generator/render"
	"uptree/generator/report"
	"uptree/generator/rollup"
	"uptree/generator/signal"
)

// Build reads the site at Options.Dir, computes it and, unless Options.CheckOnly, publishes
// it. Problems are the user's; the error is I/O or cancellation. Where Outcome is not
// Built, nothing was published and the old site stands.
func Build(ctx context.Context, o Options) (*Result, diag.List, error) {
	b := &build{o: o, began: time.Now(), result: &Result{}}
	b.openStore()
	defer b.store.Close() // what is left is removed by the next build
	err := b.run(ctx)
	b.stage("")
	return b.result, b.leveled().Sorted(), err
}

// run is the pipeline.
func (b *build) run(ctx context.Context) error {
	c, err := b.compose(ctx)
	if err != nil || c == nil || b.refused() || b.o.CheckOnly && !b.o.Deep {
		return err
	}
	return b.write(ctx, c)
}

// composed is a site of which no page is drawn yet.
type composed struct {
	cube  *rollup.Cube
	plan  *report.Plan
	theme *render.Theme
	in    check.Input
}

// compose is the pipeline up to the pages: nil where there is no site to be drawn.
func (b *build) compose(ctx context.Context) (*composed, error) {
	b.stage("config")
	site, problems, err := config.Load(os.DirFS(b.o.Dir), b.o.Dir, b.o.Config)
	b.site = site
	if b.took(problems); err != nil || b.unusable(problems.HasErrors()) {
		return nil, err
	}
	b.o.standIn.amend(site)
	problems = append(rollup.CheckOwn(site.Metrics), signal.CheckGates(site.Gates, rollup.Table(site.Metrics))...)
	if b.took(problems); b.unusable(problems.HasErrors()) {
		return nil, nil
	}
	theme, words, ok := b.theme()
	if b.unusable(!ok) {
		return nil, nil
	}

	b.stage("content")
	docs, err := b.docs()
	if err != nil {
		return nil, err
	}

	cube, err := b.cube(ctx) // the stages "sources", "ingest" and "rollup"
	if err != nil || cube == nil {
		return nil, err
	}

	b.stage("signal")
	found, problems := signal.Find(cube, docs, site.Gates, site.DefaultPeriod(), b.past())
	b.took(problems)
	b.changes = found.Changes
	plan := report.Compose(site, cube, docs, found, words)
	b.result.describe(cube, plan)

	b.stage("check")
	in := check.Input{Site: site, Model: cube.Model, Cube: cube, Docs: docs, Resolve: plan.Resolver(), Drawn: plan.Drawn, Theme: b.shadows(), Published: b.o.Published}
	b.check(in)
	return &composed{cube, plan, theme, in}, nil
}

// docs reads the documents; a link out of the folder is not followed.
func (b *build) docs() (*content.Docs, error) {
	root, err := os.OpenRoot(b.o.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	docs, problems, err := content.Load(root.FS(), "content")
	b.took(problems)
	return docs, err
}

// write renders every page into a stage and puts it in place of the old site.
func (b *build) write(ctx context.Context, c *composed) error {
	dir, err := b.destination()
	if err != nil {
		return err
	}
	if b.o.CheckOnly {
		temp, err := os.MkdirTemp("", "uptree-check-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		dir = filepath.Join(temp, "site")
	}
	stage, err := publish.Open(ctx, publish.Options{Dir: dir, Publisher: b.site.Publish.Publisher, Precompress: b.o.Precompress, Log: b.o.Log})
	if err != nil {
		return err
	}
	defer stage.Discard() // does nothing after Commit

	b.stage("render")
	problems, err := render.Render(ctx, c.plan, c.theme, b.counting(len(c.plan.Keys()), stage.Put), b.jobs())
	if b.took(problems); err != nil || b.unusable(problems.HasErrors()) {
		return err
	}
	if err := b.putHistory(c.cube, stage.Put); err != nil {
		return err
	}
	if err := render.PutBuild(b.describe(c.plan), stage.Put); err != nil {
		return err
	}

	b.stage("publish")
	published, problems, err := stage.Commit(ctx, func(site *publish.Site) (diag.List, error) { return b.walk(c.in, site), nil })
	b.took(problems)
	b.unusable(problems.HasErrors())
	b.result.Published = published
	if err != nil || problems.HasErrors() {
		return err
	}
	return b.keepHistory(ctx)
}
