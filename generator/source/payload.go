package source

import (
	"fmt"
	"io"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
)

// Status says how a source fared.
type Status uint8

// The outcomes of a fetch.
const (
	OK      Status = iota // Fresh is there
	Stale                 // the fetch failed, LastGood takes its place
	Omitted               // it failed, and the site is to be built without it
	Failed                // it failed, and the site is not to be published
)

// Payload is what one source gave.
type Payload struct {
	Source *config.Source
	Status Status
	Reason string // why it is not OK; published, so it names no path of the machine
	// Fresh is what this build fetched, or a kept copy that counts as fresh: one that the
	// source says has not changed, or that is younger than the source's every. Nil unless OK.
	Fresh *Copy
	// Had is how many records the kept copy has, whether it may be used or not.
	Had       int
	HadFields Fields // likewise, which fields its records have
	// LastGood is what may take the place of Fresh, should that be unusable: nil where
	// there is none, where it is older than max_stale, or where on_error is not "stale".
	LastGood *Copy
	// Missing says why LastGood is nil; "" where on_error asks for none.
	Missing string
}

// Copy is what a source gave at one time.
type Copy struct {
	Blobs     []Blob    // by name, at least one
	FetchedAt time.Time // of files, when the newest was written
	// Records is how many records ingest accepted from it; 0 unless it was kept.
	Records int
	Fields  Fields // likewise, which fields its records have
	// Warnings are what the source says is wrong with it although it answers: that a part of
	// its data is missing, say. Each is one line of its own words, without secrets.
	Warnings []string

	kept     *meta // as it lies in the Store; nil for a new one
	verified bool  // the source says that the kept copy is still what it has
	// etag and modified are what the source calls this state of its data, "" without.
	etag, modified string
}

// Blob is one file of a source, not yet opened.
type Blob struct {
	Name    string // for files, the path with slashes, relative to the site's folder
	Size    int64  // decoded
	ModTime time.Time
	open    func() (io.ReadCloser, error)
}

// NewBlob returns a file that comes from elsewhere than a connector: from history.
func NewBlob(name string, size int64, open func() (io.ReadCloser, error)) Blob {
	return Blob{Name: name, Size: size, open: open}
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

// Size is how many bytes the copy holds.
func (c *Copy) Size() int64 {
	n := int64(0)
	for i := range c.Blobs {
		n += c.Blobs[i].Size
	}
	return n
}

// size is that of what the build fetched.
func (p *Payload) size() int64 {
	if p.Fresh == nil {
		return 0
	}
	return p.Fresh.Size()
}

// newest is when the newest of some files was written.
func newest(blobs []Blob) time.Time {
	var at time.Time
	for i := range blobs {
		if blobs[i].ModTime.After(at) {
			at = blobs[i].ModTime
		}
	}
	return at
}

// StaleProblem is the problem of a source whose last good copy stands in for what failed.
func (p *Payload) StaleProblem(reason string) diag.Problem {
	return diag.Problem{
		Code: diag.SourceStale, Pos: p.Source.Pos,
		Text: fmt.Sprintf("source %q is stale: %s; its data are those of %s", p.Source.Name, reason, moment(p.LastGood.FetchedAt)),
	}
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// problem says what became of a source that is not OK. Detail is printed, not published.
func (p *Payload) problem(detail, hint string) diag.Problem {
	reason := p.Reason
	if detail != "" {
		reason += ": " + detail
	}
	s := p.Source
	switch p.Status {
	case Stale:
		problem := p.StaleProblem(reason)
		problem.Hint = hint
		return problem
	case Omitted:
		return diag.Problem{Code: diag.SourceOmitted, Pos: s.Pos, Hint: hint, Text: fmt.Sprintf("source %q is left out: %s", s.Name, reason)}
	}
	if p.Missing != "" {
		reason += "; " + p.Missing
	}
	if hint == "" {
		hint = `with on_error = "omit" the site is built without it`
	}
	return diag.Problem{Code: diag.SourceFailed, Pos: s.Pos, Hint: hint, Text: fmt.Sprintf("source %q failed: %s", s.Name, reason)}
}
