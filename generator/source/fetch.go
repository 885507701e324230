package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/sync/errgroup"

	"uptree/generator/config"
	"uptree/generator/diag"
)

// Status says how a source fared.
type Status uint8

// The outcomes of a fetch.
const (
	OK      Status = iota
	Omitted        // it failed, and the site is to be built without it
	Failed         // it failed, and the site is not to be published
)

// Payload is what one source gave.
type Payload struct {
	Source *config.Source
	Status Status
	Reason string // why it is not OK; names no path of the machine
	Blobs  []Blob // by name; empty unless OK
	// FetchedAt is when the newest of its files was written; zero unless OK.
	FetchedAt time.Time
}

// Blob is one file of a source, not yet opened.
type Blob struct {
	Name    string // path with slashes, relative to the site's folder: the same on every machine
	Size    int64
	ModTime time.Time
	open    func() (io.ReadCloser, error)
}

// Open returns the first Size bytes of the file, to be closed by the caller. What was
// appended after the fetch is left for the next build.
func (b *Blob) Open() (io.ReadCloser, error) {
	r, err := b.open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", b.Name, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, b.Size), r}, nil
}

// Options steer a fetch.
type Options struct {
	Jobs    int  // sources fetched at once; 0 is 4
	Offline bool // contact no other machine: sources that would have to fail
}

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
	var group errgroup.Group
	group.SetLimit(jobs)
	for i := range site.Sources {
		group.Go(func() error {
			payloads[i] = fetchOne(ctx, site.Dir, &site.Sources[i], o)
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, fmt.Errorf("fetch sources: %w", err)
	}
	var problems diag.List
	for i := range payloads {
		payloads[i].report(&problems)
	}
	return payloads, problems, nil
}

// fetchOne fetches one source within its time.
func fetchOne(ctx context.Context, dir string, s *config.Source, o Options) Payload {
	if s.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.Timeout)
		defer cancel()
	}
	blobs, err := connect(ctx, dir, s, o)
	if err == nil {
		err = checkSize(blobs, s.MaxBytes)
	}
	if err != nil {
		return Payload{Source: s, Status: failure(s.OnError), Reason: reason(err, s)}
	}
	p := Payload{Source: s, Blobs: blobs}
	for _, b := range blobs {
		if b.ModTime.After(p.FetchedAt) {
			p.FetchedAt = b.ModTime
		}
	}
	return p
}

func connect(ctx context.Context, dir string, s *config.Source, o Options) ([]Blob, error) {
	c, ok := connectorOf(s.Kind)
	switch {
	case !ok:
		return nil, fmt.Errorf("kind %q is not known to this version", s.Kind)
	case c.Remote && o.Offline:
		return nil, errors.New("this build is offline")
	}
	return c.fetch(ctx, dir, s)
}

// checkSize holds the files of a source to its max_bytes; 0 is no limit.
func checkSize(blobs []Blob, limit int64) error {
	left := limit
	for _, b := range blobs {
		if left -= b.Size; limit > 0 && left < 0 {
			return fmt.Errorf("more than max_bytes = %d", limit)
		}
	}
	return nil
}

// failure is what on_error makes of a failed source. UseStale fails as well: this version
// keeps no last good copy.
func failure(policy config.OnError) Status {
	if policy == config.Omit {
		return Omitted
	}
	return Failed
}

func reason(err error, s *config.Source) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Sprintf("not done within timeout = %s", s.Timeout)
	}
	return err.Error()
}

// report adds the problem of a source that is not OK.
func (p *Payload) report(problems *diag.List) {
	s := p.Source
	switch p.Status {
	case Omitted:
		problems.Add(diag.Problem{
			Code: diag.SourceOmitted, Pos: s.Pos,
			Text: fmt.Sprintf("source %q is left out: %s", s.Name, p.Reason),
		})
	case Failed:
		problems.Add(diag.Problem{
			Code: diag.SourceFailed, Pos: s.Pos,
			Text: fmt.Sprintf("source %q failed: %s", s.Name, p.Reason),
			Hint: `with on_error = "omit" the site is built without it`,
		})
	}
}
