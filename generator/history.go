package generator

import (
	"context"
	"errors"
	"fmt"
	"slices"
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

// remembered is the history that the build begins with: the one beside site.toml, and that
// of the published site where it knows more.
func (b *build) remembered(ctx context.Context, in *history.Input) (*history.Memory, error) {
	local := history.New(b.store.Folder(history.Folder))
	known := local
	if b.o.Previous != "" {
		var err error
		if known, err = history.Beside(ctx, published.Site(b.o.Previous), local, in); ctx.Err() != nil {
			return nil, fmt.Errorf("read the published history: %w", ctx.Err())
		} else if err != nil {
			b.took(diag.List{notRead(published.Site(b.o.Previous), err, local)})
			known = local
		}
	}
	b.took(known.Problems())
	return known, nil
}

// notRead says that the history of the published site cannot be had. Without another it
// would be lost.
func notRead(site published.Site, err error, local *history.Memory) diag.Problem {
	p := diag.Problem{Code: diag.PreviousNotRead, Text: fmt.Sprintf("--previous %s: %s", site, err)}
	if local.Empty() && !errors.Is(err, history.ErrNoSite) {
		p.Code, p.Hint = diag.PreviousUnusable, "try again, or build without --previous to begin anew"
	}
	return p
}

// publishes reports whether what is remembered of a dataset may be published.
func (b *build) publishes(dataset string) bool {
	if dataset == model.Findings.String() && !b.site.FindingsInFull {
		return false
	}
	return !slices.ContainsFunc(b.site.History.Private, func(d model.Dataset) bool { return d.String() == dataset })
}

// recall merges what was read with what earlier builds knew, and reads what only they know.
func (b *build) recall(ctx context.Context, read *ingest.Reading, asOf time.Time) error {
	b.day = int(model.NewCalendar(b.site.Zone).DayAt(model.Time(asOf.Unix())))
	in := b.pulled(read)
	known, err := b.remembered(ctx, &in)
	if err != nil {
		return err
	}
	memory, recall, problems := known.Merge(in)
	b.took(problems)
	b.history = memory
	return read.Recall(ctx, recall, b.jobs())
}

// pulled is what the build tells history.
func (b *build) pulled(read *ingest.Reading) history.Input {
	in := history.Input{
		Day: b.day, Pinned: b.o.Pinned, Shapes: ingest.Shapes(), Facts: read.Facts(), States: read.States(), Sightings: read.Sightings(), Retain: map[string]int{},
	}
	for i := range in.States {
		in.States[i].Whole = in.States[i].Whole && len(b.unasked) == 0
	}
	answered := read.Answered()
	for _, s := range slices.Concat(b.site.Sources, b.unasked) {
		in.Sources = append(in.Sources, history.Source{
			Name: s.Name, Definition: source.Definition(&s), Answered: answered[s.Name], Remember: policies[s.Remember],
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

// keepHistory puts history beside site.toml, but not where it lacks what was known. That it
// cannot be kept is a problem; the error is that of the context.
func (b *build) keepHistory(ctx context.Context) error {
	lacks := func(p diag.Problem) bool { return p.Code == diag.PreviousUnusable || p.Code == diag.HistoryNewer }
	if b.o.CheckOnly || b.o.Apart || b.history == nil || slices.ContainsFunc(b.problems, lacks) {
		return nil
	}
	err := b.store.KeepFolder(ctx, history.Folder, b.history.Files(func(string) bool { return true }))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		b.took(diag.List{{Code: diag.HistoryNotKept, Text: "history could not be kept: " + err.Error()}})
	}
	kept, _ := b.store.Folder(history.Folder) // those that are not there stay in memory
	b.history = b.history.Kept(kept)
	return nil
}

// putHistory publishes history, with the numbers of this build. Those of a site that is
// built apart are not to be remembered.
func (b *build) putHistory(cube *rollup.Cube, put func(path string, content []byte) error) error {
	if b.o.Apart {
		return nil
	}
	b.history = b.history.Add(b.snapshot(cube), b.site.History.Numbers).WithSteps(b.steps())
	whole, err := b.history.Publish(b.publishes, put)
	if err != nil {
		return err
	}
	b.took(whole.Problems())
	b.history = whole
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
