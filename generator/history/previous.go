package history

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"uptree/generator/published"
	"uptree/generator/source"
)

// ErrNoSite says that nothing is published yet.
var ErrNoSite = errors.New("there is no site yet")

// Bounds of what is read of a published site: it may be anybody's.
const (
	maxFiles   = 20_000
	maxFile    = 256 << 20
	maxHistory = 2 << 30
)

// Published is the history of a site at a folder or an http(s) address.
type Published struct {
	site published.Site
	rows []publishedFile
}

type publishedFile struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// OpenPublished reads what files of history a site has, by its manifest. The error wraps
// ErrNoSite where there is no site.
func OpenPublished(ctx context.Context, site published.Site) (*Published, error) {
	r, err := site.Open(ctx, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoSite
	}
	if err != nil {
		return nil, err
	}
	defer r.Close() // nothing was written
	p := &Published{site: site}
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
		if dir == Folder+"/" && (segmentName.MatchString(name) || otherName.MatchString(name)) {
			rows = append(rows, f)
		}
	}
	return rows, nil
}

// Last is the last day of a build, NoDay where the site has no history.
func (p *Published) Last(ctx context.Context) (int, error) {
	for _, f := range p.rows {
		if f.Path != Folder+"/"+journalName {
			continue
		}
		file, err := p.file(ctx, f)
		if err != nil {
			return NoDay, err
		}
		content, err := file.Read()
		if err != nil {
			return NoDay, err
		}
		j, err := parseJournal(content)
		return j.last, err
	}
	return NoDay, nil
}

// Read returns the whole history. Each file is what the manifest says, or it is an error.
func (p *Published) Read(ctx context.Context) (*Memory, error) {
	var files []source.File
	for _, f := range p.rows {
		file, err := p.file(ctx, f)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return New(files), nil
}

func (p *Published) file(ctx context.Context, f publishedFile) (source.File, error) {
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

// Private adds the files of datasets that are not published, which only one memory has.
func (m *Memory) Private(local *Memory, published func(dataset string) bool) {
	for name, f := range local.files {
		if d := datasetOf(name); d != "" && !published(d) {
			m.files[name] = f
		}
	}
}
