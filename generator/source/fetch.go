package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
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
	Asked   *Asked // what was asked before, not to be asked again; nil for nothing
	// Sample asks an address for one page alone, of the newest window, and Prometheus for the
	// newest of the stretches that it is asked for.
	Sample bool
	// Progress is told how far each source is; it may be called from many goroutines.
	Progress func(Progress)

	environ func(string) (string, bool) // in place of the environment, for tests
	backoff time.Duration               // before the second try of a request; 0 is firstBackoff
}

// Progress is how far one source is.
type Progress struct {
	Source string
	Bytes  int64 // fetched, decoded
	Done   bool
}

// All is every source, in Options.Refresh.
const All = "*"

// defaultJobs keeps a slow disk or share from being asked for everything at once.
const defaultJobs = 4

// remoteJobs bounds how many sources are asked at once that are not files: what they wait
// for is not this machine, and turns protect their hosts.
const remoteJobs = 64

// Fetch fetches all sources. The problems are those of sources that failed; the error is
// that of the context alone.
func Fetch(ctx context.Context, site *config.Site, o Options) ([]Payload, diag.List, error) {
	f := newFetcher(site, o)
	defer f.web.transport.CloseIdleConnections()
	payloads := make([]Payload, len(site.Sources))
	problems := make([]diag.List, len(site.Sources))
	var local, remote errgroup.Group
	local.SetLimit(cmp.Or(max(o.Jobs, 0), defaultJobs))
	remote.SetLimit(remoteJobs)
	for i := range site.Sources {
		fetch := func() error {
			payloads[i], problems[i] = f.once(ctx, &site.Sources[i])
			f.progress(Progress{site.Sources[i].Name, payloads[i].size(), true})
			return ctx.Err()
		}
		if c, _ := connectorOf(site.Sources[i].Kind); c.Remote {
			remote.Go(fetch)
		} else {
			local.Go(fetch)
		}
	}
	if err := errors.Join(local.Wait(), remote.Wait()); err != nil {
		return nil, nil, fmt.Errorf("fetch sources: %w", ctx.Err())
	}
	return payloads, slices.Concat(problems...), nil
}

// fetcher is what the sources of a site share while they are fetched.
type fetcher struct {
	Options
	dir string
	web *web
}

// firstBackoff is the wait before the second try of a request.
const firstBackoff = 500 * time.Millisecond

func newFetcher(site *config.Site, o Options) *fetcher {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableCompression = true // the answer is decoded here, and counted
	transport.ResponseHeaderTimeout = maxSilence
	return &fetcher{o, site.Dir, &web{transport, newTurns(site), cmp.Or(o.backoff, firstBackoff)}}
}

// maxSilence is how long a server may think before it begins to answer.
const maxSilence = 2 * time.Minute

func (f *fetcher) progress(p Progress) {
	if f.Progress != nil {
		f.Progress(p)
	}
}

// once makes the payload of one source, or remembers it.
func (f *fetcher) once(ctx context.Context, s *config.Source) (Payload, diag.List) {
	if c, _ := connectorOf(s.Kind); !c.Remote {
		return f.fetch(ctx, s)
	}
	if p, problems, ok := f.Asked.recall(s); ok {
		return p, problems
	}
	p, problems := f.fetch(ctx, s)
	if ctx.Err() == nil {
		f.Asked.note(s, p, problems)
	}
	return p, problems
}

// fetch makes the payload of one source.
func (f *fetcher) fetch(ctx context.Context, s *config.Source) (Payload, diag.List) {
	p := Payload{Source: s}
	last := f.Store.load(s)
	if last != nil {
		p.Had, p.HadFields = last.Records, last.Fields
	}
	p.LastGood, p.Missing = f.standIn(s, last)
	c, ok := connectorOf(s.Kind)
	if ok && c.Remote && f.rests(s, last) {
		p.Fresh = last
		return p, nil
	}
	fresh, failed := f.connect(ctx, s, c, last)
	if failed == nil {
		p.Fresh = fresh
		return p, nil
	}
	p.Reason = failed.text
	switch {
	case s.OnError == config.Omit:
		p.Status = Omitted
	case p.LastGood != nil:
		p.Status = Stale
	default:
		p.Status = Failed
	}
	problem := p.problem(failed.detail, failed.hint)
	if p.Status == Stale && f.Offline && c.Remote {
		problem.Code = diag.SourceOffline // as it was asked for
	}
	return p, diag.List{problem}
}

// standIn returns the kept copy where on_error and max_stale let it take the place of
// data that cannot be had, else why not.
func (f *fetcher) standIn(s *config.Source, last *Copy) (*Copy, string) {
	switch {
	case s.OnError != config.UseStale:
		return nil, ""
	case last == nil:
		return nil, "there are no last good data"
	case s.MaxStale > 0 && f.AsOf.Sub(last.FetchedAt) > s.MaxStale:
		return nil, fmt.Sprintf("its last good data are those of %s, older than max_stale = %s", moment(last.FetchedAt), s.MaxStale)
	}
	return last, ""
}

// rests reports whether the kept copy is so young that the source is not asked again.
func (f *fetcher) rests(s *config.Source, last *Copy) bool {
	if s.Every == 0 || last == nil || slices.Contains(f.Refresh, All) || slices.Contains(f.Refresh, s.Name) {
		return false
	}
	age := f.AsOf.Sub(last.FetchedAt)
	return age >= 0 && age < s.Every
}

// connect asks a source, within its time and size. No secret is in what it returns.
func (f *fetcher) connect(ctx context.Context, s *config.Source, c Connector, last *Copy) (*Copy, *fault) {
	switch {
	case c.fetch == nil:
		return nil, &fault{text: fmt.Sprintf("kind %q is not known to this version", s.Kind)}
	case c.Remote && f.Offline:
		return nil, &fault{text: "this build is offline"}
	}
	ctx, time, end := allow(ctx, s.Timeout)
	defer end()
	secrets := &secrets{lookup: f.environ}
	fresh, err := c.fetch(ctx, &job{
		source: s, dir: f.dir, asOf: f.AsOf, last: last, sample: f.Sample, secrets: secrets, time: time, web: f.web,
		room: &room{ctx: ctx, store: f.Store, left: s.MaxBytes, limit: s.MaxBytes, wrote: func(n int64) {
			f.progress(Progress{Source: s.Name, Bytes: n})
		}},
	})
	if err == nil {
		err = checkSize(fresh.Blobs, s.MaxBytes)
	}
	if err != nil {
		return nil, faultOf(ctx, err, s).masked(secrets)
	}
	fresh.Warnings = warnings(fresh.Warnings, secrets)
	return fresh, nil
}

// maxWarnings bounds how many warnings of a source are kept, each of maxWordsShown.
const maxWarnings = 20

// warnings makes what a source says of its data fit to be kept and shown: each once, in a
// line, without secrets.
func warnings(said []string, s *secrets) []string {
	var out []string
	for _, text := range said {
		if line := plain(s.mask(text), maxWordsShown); line != "" && !slices.Contains(out, line) && len(out) < maxWarnings {
			out = append(out, line)
		}
	}
	return out
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
