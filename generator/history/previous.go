package history

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"golang.org/x/sync/errgroup"

	"uptree/generator/published"
	"uptree/generator/source"
)

// ErrNoSite says that nothing is published yet.
var ErrNoSite = errors.New("there is no site yet")

// Bounds of what is read of a published site: it may be anybody's.
const (
	maxFiles   = 20_000
	maxFile    = 64 << 20
	maxHistory = 512 << 20
	atOnce     = 4 // files that are asked for
)

// remote is the history of a published site.
type remote struct {
	site published.Site
	rows []publishedFile
}

type publishedFile struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// open reads what files of history a site has, by its manifest. The error wraps ErrNoSite
// where there is no site.
func open(ctx context.Context, site published.Site) (*remote, error) {
	r, err := site.Open(ctx, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoSite
	}
	if err != nil {
		return nil, err
	}
	defer r.Close() // nothing was written
	p := &remote{site: site}
	if p.rows, err = readManifest(r); err != nil {
		return nil, fmt.Errorf("read manifest.json: %w", err)
	}
	total := int64(0)
	for _, f := range p.rows {
		if total += f.Bytes; f.Bytes < 0 || f.Bytes > maxFile || total > maxHistory || len(p.rows) > maxFiles {
			return nil, fmt.Errorf("read manifest.json: more history than is read")
		}
	}
	return p, nil
}

// readManifest picks the files of history out of a manifest.
func readManifest(r io.Reader) ([]publishedFile, error) {
	dec := json.NewDecoder(r)
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return nil, errors.New("it is no JSON array")
	}
	var rows []publishedFile
	for dec.More() {
		var f publishedFile
		if err := dec.Decode(&f); err != nil {
			return nil, err
		}
		dir, name := path.Split(f.Path)
		if dir == Folder+"/" && isOurs(name) {
			rows = append(rows, f)
		}
	}
	return rows, nil
}

// Beside returns what a build is to begin with: the memory beside site.toml, the published
// one where that is empty, or both where the published one knows what it does not.
// The error is ErrNoSite, or says why nothing can be had from there.
func Beside(ctx context.Context, site published.Site, local *Memory, in *Input) (*Memory, error) {
	p, err := open(ctx, site)
	if err != nil {
		return nil, err
	}
	j, err := p.journal(ctx)
	ours := &local.journal
	switch {
	case err != nil:
		return nil, err
	case j.last == NoDay, !local.partial && !local.Empty() && j.last <= ours.last && j.began >= ours.began:
		return local, nil
	}
	theirs, err := p.read(ctx)
	switch {
	case err != nil:
		return nil, err
	case theirs.foreign(in.States):
		return nil, errors.New("it is of another organisation: none of its nodes is in this one")
	case local.Empty():
		return theirs, nil
	case cmp.Or(cmp.Compare(j.began, ours.began), cmp.Compare(j.last, ours.last)) > 0:
		return join(local, theirs, in.Shapes), nil
	}
	return join(theirs, local, in.Shapes), nil
}

// journal reads the journal of the site; that of a site without history says nothing.
func (p *remote) journal(ctx context.Context) (journal, error) {
	for _, f := range p.rows {
		if f.Path != Folder+"/"+journalName {
			continue
		}
		file, err := p.file(ctx, f)
		if err != nil {
			return newJournal(), err
		}
		content, err := file.Read()
		if err != nil {
			return newJournal(), err
		}
		j, err := parseJournal(content)
		if err != nil {
			return j, fmt.Errorf("read %s: %w", f.Path, err)
		}
		return j, nil
	}
	return newJournal(), nil
}

// foreign reports whether the nodes that were seen are none of those that there are.
func (m *Memory) foreign(now []States) bool {
	for i := range now {
		if now[i].Dataset != "nodes" || len(now[i].Records) == 0 {
			continue
		}
		t, err := parseTimeline("nodes", m.read("states.nodes.jsonl"))
		known := func(r State) bool { return len(t.versions[r.ID]) > 0 }
		return err == nil && len(t.versions) > 0 && !slices.ContainsFunc(now[i].Records, known)
	}
	return false
}

// read returns the whole history. Each file is what the manifest says, or it is an error.
func (p *remote) read(ctx context.Context) (*Memory, error) {
	files := make([]source.File, len(p.rows))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, f := range p.rows {
		group.Go(func() (err error) {
			files[i], err = p.file(ctx, f)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return New(files, nil), nil
}

func (p *remote) file(ctx context.Context, f publishedFile) (source.File, error) {
	r, err := p.site.Open(ctx, f.Path)
	if err != nil {
		return source.File{}, err
	}
	defer r.Close() // nothing was written
	content, err := io.ReadAll(io.LimitReader(r, f.Bytes+1))
	if err != nil {
		return source.File{}, fmt.Errorf("read %s: %w", f.Path, err)
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != f.SHA256 {
		return source.File{}, fmt.Errorf("read %s: it is not what manifest.json says", f.Path)
	}
	return source.NewFile(path.Base(f.Path), content), nil
}
