package source

import (
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"uptree/generator/config"
	"uptree/generator/diag"
)

// Options steer a fetch.
type Options struct {
	Store   *Store    // last good copies and room for what is fetched; nil for neither
	AsOf    time.Time // the build's clock: the age of a copy is counted from it
	Jobs    int       // sources fetched at once; 0 is 4
	Offline bool      // contact no other machine: last good copies stand in
	// Refresh names the sources that are asked although they were within their every; All
	// stands for each of them.
	Refresh []string
}

// All is every source, in Options.Refresh.
const All = "*"

// defaultJobs keeps a slow disk or share from being asked for everything at once.
const defaultJobs = 4

// Fetch fetches all sources. The problems are those of sources that failed; the error is
// that of the context alone.
func Fetch(ctx context.Context, site *config.Site, o Options) ([]Payload, diag.List, error) {
	jobs := o.Jobs
	if jobs <= 0 {
		jobs = defaultJobs
	}
	payloads := make([]Payload, len(site.Sources))
	problems := make([]diag.List, len(site.Sources))
	var group errgroup.Group
	group.SetLimit(jobs)
	for i := range site.Sources {
		group.Go(func() error {
			payloads[i], problems[i] = o.fetch(ctx, site.Dir, &site.Sources[i])
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, fmt.Errorf("fetch sources: %w", err)
	}
	return payloads, slices.Concat(problems...), nil
}

// fetch makes the payload of one source.
func (o *Options) fetch(ctx context.Context, dir string, s *config.Source) (Payload, diag.List) {
	p := Payload{Source: s}
	last := o.Store.load(s)
	p.LastGood, p.Missing = o.standIn(s, last)
	c, ok := connectorOf(s.Kind)
	if ok && c.Remote && o.rests(s, last) {
		p.Fresh = last
		return p, nil
	}
	fresh, f := o.connect(ctx, dir, s, c)
	if f == nil {
		p.Fresh = fresh
		return p, nil
	}
	p.Reason = f.text
	switch {
	case s.OnError == config.Omit:
		p.Status = Omitted
	case p.LastGood != nil:
		p.Status = Stale
	default:
		p.Status = Failed
	}
	return p, diag.List{p.problem(f.detail, f.hint)}
}

// standIn returns the kept copy where on_error and max_stale let it take the place of
// data that cannot be had, else why not.
func (o *Options) standIn(s *config.Source, last *Copy) (*Copy, string) {
	switch {
	case s.OnError != config.UseStale:
		return nil, ""
	case last == nil:
		return nil, "there are no last good data"
	case s.MaxStale > 0 && o.AsOf.Sub(last.FetchedAt) > s.MaxStale:
		return nil, fmt.Sprintf("its last good data are those of %s, older than max_stale = %s", moment(last.FetchedAt), s.MaxStale)
	}
	return last, ""
}

// rests reports whether the kept copy is so young that the source is not asked again.
func (o *Options) rests(s *config.Source, last *Copy) bool {
	if s.Every == 0 || last == nil || slices.Contains(o.Refresh, All) || slices.Contains(o.Refresh, s.Name) {
		return false
	}
	age := o.AsOf.Sub(last.FetchedAt)
	return age >= 0 && age < s.Every
}

// connect asks a source, within its time and size.
func (o *Options) connect(ctx context.Context, dir string, s *config.Source, c Connector) (*Copy, *fault) {
	switch {
	case c.fetch == nil:
		return nil, &fault{text: fmt.Sprintf("kind %q is not known to this version", s.Kind)}
	case c.Remote && o.Offline:
		return nil, &fault{text: "this build is offline"}
	}
	if s.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, s.Timeout, errTimeout)
		defer cancel()
	}
	j := &job{source: s, dir: dir, asOf: o.AsOf, room: &room{ctx: ctx, store: o.Store, left: s.MaxBytes, limit: s.MaxBytes}}
	fresh, err := c.fetch(ctx, j)
	if err == nil {
		err = checkSize(fresh.Blobs, s.MaxBytes)
	}
	if err != nil {
		return nil, faultOf(ctx, err, s)
	}
	return fresh, nil
}

// checkSize holds the files of a source to its max_bytes; 0 is no limit.
func checkSize(blobs []Blob, limit int64) error {
	left := limit
	for _, b := range blobs {
		if left -= b.Size; limit > 0 && left < 0 {
			return tooLarge(limit)
		}
	}
	return nil
}

func tooLarge(limit int64) *fault {
	return &fault{text: fmt.Sprintf("more than max_bytes = %d", limit)}
}
