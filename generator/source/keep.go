package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"

	"uptree/generator/diag"
)

// Good is a payload whose Fresh copy decoded and met the source's expect.
type Good struct {
	*Payload
	Records int // accepted from it
	Fields  Fields
}

// Fields is how many records of a source have which fields.
type Fields struct {
	Rows int            `json:"rows"` // records, with those that were rejected
	With map[string]int `json:"with"` // field -> how many have it; "dataset.field" where there are several datasets
}

// Keep makes the fresh copies of good payloads the last good ones. That one cannot be kept
// is a problem: the site is right, but the source has nothing to fall back on. The error is
// that of the context.
func (s *Store) Keep(ctx context.Context, good []Good) (diag.List, error) {
	problems := make([]diag.List, len(good))
	var group errgroup.Group
	group.SetLimit(defaultJobs)
	for i := range good {
		group.Go(func() error {
			if err := s.keep(ctx, &good[i]); err != nil && ctx.Err() == nil {
				problems[i].Add(diag.Problem{
					Code: diag.SourceNotKept, Pos: good[i].Source.Pos,
					Text: fmt.Sprintf("source %q: its last good copy could not be kept: %s", good[i].Source.Name, withoutPath(err)),
				})
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("keep last good copies: %w", err)
	}
	var all diag.List
	for _, list := range problems {
		all.Append(list)
	}
	return all, nil
}

// keep replaces the kept copy of one source, if there is something new to keep.
func (s *Store) keep(ctx context.Context, g *Good) error {
	c := g.Fresh
	if s == nil || c == nil || c.kept != nil && !c.verified {
		return nil
	}
	dir := s.sourceDir(g.Source.Name)
	next := &meta{
		Version: metaVersion, Definition: definition(g.Source), FetchedAt: c.FetchedAt, Records: g.Records, Fields: g.Fields,
		ETag: c.etag, LastModified: c.modified, Warnings: c.Warnings,
	}
	former, err := readMeta(dir)
	if err == nil && former.of(c) {
		next.Blobs = former.Blobs
		if former.equal(next) {
			return nil
		}
		return s.locked(func() error { return replace(dir, next, nil) })
	}
	files := make([]string, len(c.Blobs))
	for i := range c.Blobs {
		var b metaBlob
		if b, files[i], err = s.compress(ctx, &c.Blobs[i]); err != nil {
			return fmt.Errorf("%s: %w", c.Blobs[i].Name, err)
		}
		next.Blobs = append(next.Blobs, b)
	}
	return s.locked(func() error { return replace(dir, next, files) })
}

// compress writes one file of a copy into the folder of this build.
func (s *Store) compress(ctx context.Context, b *Blob) (_ metaBlob, path string, err error) {
	r, err := b.Open()
	if err != nil {
		return metaBlob{}, "", err
	}
	defer r.Close() // nothing was written
	file, err := s.spool()
	if err != nil {
		return metaBlob{}, "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	z, err := zstd.NewWriter(file, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(reach(b.Size)))
	if err != nil {
		return metaBlob{}, "", err
	}
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(z, hash), &untilDone{ctx, r})
	if err = errors.Join(err, z.Close()); err != nil {
		return metaBlob{}, "", err
	}
	if n != b.Size {
		return metaBlob{}, "", errors.New("it changed while it was read")
	}
	out := metaBlob{Name: b.Name, Size: n, ModTime: b.ModTime, SHA256: hex.EncodeToString(hash.Sum(nil))}
	return out, file.Name(), file.Sync()
}

// reach is how far back to look for what repeats: the memory that a file of some size is
// worth, a power of two up to 4 MiB.
func reach(size int64) int {
	n := zstd.MinWindowSize
	for int64(n) < size && n < 4<<20 {
		n *= 2
	}
	return n
}

// untilDone reads until the context ends.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u *untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

// replace puts a kept copy in place: its new files ("" where one is there already), then the
// meta.json that names them. Files that neither it nor the former one names are removed.
func replace(dir string, next *meta, files []string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for i, file := range files {
		if file == "" {
			continue
		}
		if err := os.Rename(file, filepath.Join(dir, next.Blobs[i].file())); err != nil {
			return err
		}
	}
	if !next.whole(dir) {
		return nil // another build has kept a newer copy meanwhile
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	former, _ := readMeta(dir) // nil where there is none
	text, err := json.MarshalIndent(next, "", "  ")
	if err != nil {
		return err
	}
	temp := filepath.Join(dir, "meta.new")
	if err := writeSynced(temp, append(text, '\n')); err != nil {
		return err
	}
	if err := os.Rename(temp, filepath.Join(dir, "meta.json")); err != nil {
		return err
	}
	return errors.Join(syncDir(dir), prune(dir, next, former))
}

func writeSynced(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// prune removes the files that no meta names.
func prune(dir string, metas ...*meta) error {
	named := map[string]bool{"meta.json": true}
	for _, m := range metas {
		for i := 0; m != nil && i < len(m.Blobs); i++ {
			named[m.Blobs[i].file()] = true
		}
	}
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if !named[e.Name()] {
			err = errors.Join(err, os.Remove(filepath.Join(dir, e.Name())))
		}
	}
	return err
}
