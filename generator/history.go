package generator

import (
	"context"
	"errors"
	"fmt"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/history"
	"uptree/generator/ingest"
	"uptree/generator/model"
	"uptree/generator/published"
	"uptree/generator/rollup"
	"uptree/generator/source"
)

// remembered is the history that the build begins with: the one beside site.toml, or that of
// the published site where it is the newer one, or the only one.
func (b *build) remembered(ctx context.Context) (*history.Memory, error) {
	local := history.New(b.store.Folder(history.Folder))
	b.took(local.Problems())
	if b.o.Previous == "" {
		return local, nil
	}
	site := published.Site(b.o.Previous)
	theirs, err := newer(ctx, site, local)
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("read the published history: %w", ctx.Err())
	case err == nil && theirs != nil:
		b.took(theirs.Problems())
		theirs.Private(local, b.publishes)
		return theirs, nil
	case err != nil:
		p := diag.Problem{Code: diag.PreviousNotRead, Text: fmt.Sprintf("--previous %s: %s", site, err)}
		if local.Empty() && !errors.Is(err, history.ErrNoSite) {
			p.Code, p.Hint = diag.PreviousUnusable, "try again, or build without --previous to begin anew"
		}
		b.took(diag.List{p})
	}
	return local, nil
}

// newer returns the published history where it knows of a later day than the local one, and
// nil where it does not.
func newer(ctx context.Context, where published.Site, local *history.Memory) (*history.Memory, error) {
	site, err := history.OpenPublished(ctx, where)
	if err != nil {
		return nil, err
	}
	last, err := site.Last(ctx)
	if err != nil || last == history.NoDay || !local.Empty() && last <= local.Last() {
		return nil, err
	}
	return site.Read(ctx)
}

// publishes reports whether what is remembered of a dataset may be published.
func (b *build) publishes(string) bool { return true }

// recall merges what was read with what earlier builds knew, and reads what only they know.
func (b *build) recall(ctx context.Context, read *ingest.Reading, asOf time.Time) error {
	known, err := b.remembered(ctx)
	if err != nil {
		return err
	}
	b.day = int(model.NewCalendar(b.site.Zone).DayAt(model.Time(asOf.Unix())))
	memory, recall, problems := known.Merge(b.pulled(read))
	b.took(problems)
	b.history = memory
	return read.Recall(ctx, recall, b.jobs())
}

// pulled is what the build tells history.
func (b *build) pulled(read *ingest.Reading) history.Input {
	in := history.Input{
		Day: b.day, Pinned: b.o.Pinned, Shapes: ingest.Shapes(), Facts: read.Facts(), States: read.States(), Retain: map[string]int{},
	}
	answered := read.Answered()
	for i := range b.site.Sources {
		s := &b.site.Sources[i]
		in.Sources = append(in.Sources, history.Source{
			Name: s.Name, Definition: source.Definition(s), Answered: answered[s.Name], Remember: policies[s.Remember],
		})
	}
	for d, days := range b.site.History.Retain {
		in.Retain[d.String()] = days
	}
	return in
}

var policies = [...]history.Policy{
	config.RememberWindow: history.Window, config.RememberAlways: history.Always, config.RememberNever: history.Never,
}

// keepHistory puts history beside site.toml. That it cannot be kept is a problem; the error
// is that of the context.
func (b *build) keepHistory(ctx context.Context) error {
	if b.o.CheckOnly || b.o.Apart || b.history == nil {
		return nil
	}
	err := b.store.KeepFolder(ctx, history.Folder, b.history.Files(func(string) bool { return true }))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		b.took(diag.List{{Code: diag.HistoryNotKept, Text: "history could not be kept: " + err.Error()}})
	}
	b.history = b.history.Kept(b.store.Folder(history.Folder))
	return nil
}

// putHistory publishes history, with the numbers of this build. Those of a site that is
// built apart are not to be remembered.
func (b *build) putHistory(cube *rollup.Cube, put func(path string, content []byte) error) error {
	if b.o.Apart {
		return nil
	}
	b.history = b.history.Add(b.snapshot(cube), b.site.History.Numbers).WithSteps(b.steps())
	for _, f := range b.history.Files(b.publishes) {
		content, err := f.Read()
		if err != nil {
			return err
		}
		if err := put(history.Folder+"/"+f.Name, content); err != nil {
			return err
		}
	}
	return nil
}

// snapshot is what this build says, for later ones.
func (b *build) snapshot(cube *rollup.Cube) *history.Snapshot {
	m := cube.Model
	var metrics, periods []string
	for i := range cube.Metrics {
		metrics = append(metrics, cube.Metrics[i].ID)
	}
	for _, p := range cube.Periods {
		periods = append(periods, p.Name)
	}
	s := history.NewSnapshot(b.day, metrics, periods)
	for n := range m.Nodes {
		node := &m.Nodes[n]
		s.Figures[node.ID] = figures(cube.Stats(rollup.OfNode(model.NodeIdx(n))))
	}
	for aspect, states := range b.changes.Now {
		s.States[aspect] = states
	}
	return s
}

func figures(stats rollup.Stats) [][]history.Figure {
	out := make([][]history.Figure, len(stats))
	for i, cells := range stats {
		out[i] = make([]history.Figure, len(cells))
		for k := range cells {
			if c := &cells[k]; c.Known {
				out[i][k] = history.Figure{Known: true, Value: c.Value, N: c.N, Num: c.Num, Den: c.Den}
			}
		}
	}
	return out
}
