package generator

import (
	"cmp"
	"context"
	"path"
	"path/filepath"
	"strings"
	"time"

	"uptree/generator/diag"
	"uptree/generator/render"
	"uptree/generator/report"
	"uptree/generator/source"
)

// Preview builds a site again and again while somebody writes it. Nothing is published and
// nothing kept: pages are drawn when they are asked for. What takes long, the model and the
// figures, is kept from build to build while neither site.toml nor data change, and so is
// the clock that they are as of. Files are read again; other sources are asked once.
type Preview struct {
	o     Options
	store *source.Store
	last  lastBuild
}

// NewPreview prepares builds of the site at Options.Dir. Close ends it.
func NewPreview(o Options) *Preview {
	o.CheckOnly, o.Deep, o.Strict = true, false, false
	b := &build{o: o}
	b.openStore()
	return &Preview{o: o, store: b.store, last: lastBuild{asked: &source.Asked{}}}
}

// Close removes what was fetched. No Draft can be built afterwards.
func (p *Preview) Close() error { return p.store.Close() }

// Draft is a site that was built and not drawn. It is read-only and safe for concurrent use.
type Draft struct {
	Result
	c     *composed
	build *report.Build
}

// Build builds the site as it is now. The Draft is nil where the problems do not allow one.
// Folders are those whose files it is made from, as far as they are known. Builds run one
// after the other.
func (p *Preview) Build(ctx context.Context) (draft *Draft, folders []Folder, problems diag.List, err error) {
	b := &build{o: p.o, began: time.Now(), result: &Result{}, store: p.store, last: p.last}
	c, err := b.compose(ctx)
	b.stage("")
	if err != nil {
		return nil, nil, nil, err
	}
	p.last = b.last
	if c != nil {
		draft = &Draft{*b.result, c, b.describe(c.plan)}
	}
	return draft, b.folders(), b.leveled().Sorted(), nil
}

// Folder is one that a site is made from.
type Folder struct {
	Path string
	// Names are patterns of the files in it that count; without any, all below it does.
	Names []string
}

// folders are where the files lie that the site is made from. The site's own folder holds
// much that is nothing to it.
func (b *build) folders() []Folder {
	out := []Folder{b.fileOf(b.o.Config), b.folder("content")}
	if b.site == nil {
		return out
	}
	theme := b.site.Theme
	if theme.Name != "" {
		out = append(out, b.folder("themes/"+theme.Name))
	}
	if theme.Bundle != "" {
		out = append(out, b.folder(theme.Bundle))
	}
	if theme.Words != "" {
		out = append(out, b.fileOf(theme.Words))
	}
	for i := range b.site.Sources {
		if path := b.site.Sources[i].Path; path != "" {
			out = append(out, b.pattern(path))
		}
	}
	return out
}

func (b *build) folder(path string) Folder {
	if path = filepath.FromSlash(path); !filepath.IsAbs(path) {
		path = filepath.Join(b.o.Dir, path)
	}
	return Folder{Path: path}
}

func (b *build) fileOf(file string) Folder {
	f := b.folder(path.Dir(filepath.ToSlash(file)))
	f.Names = []string{path.Base(filepath.ToSlash(file))}
	return f
}

// pattern is where the files of a source may lie.
func (b *build) pattern(pattern string) Folder {
	i := strings.IndexAny(pattern, `*?[\`)
	if i < 0 || !strings.Contains(pattern[i:], "/") {
		return b.fileOf(pattern)
	}
	return b.folder(path.Dir(pattern[:i] + "x")) // "x", so that Dir keeps a folder that ends here
}

// File draws a file of the site; nil where it has none at the path.
func (d *Draft) File(path string) ([]byte, diag.List) {
	var own []byte
	_ = render.PutBuild(d.build, func(put string, content []byte) error { // which does not fail
		if put == path {
			own = content
		}
		return nil
	})
	if own != nil {
		return own, nil
	}
	return render.File(d.c.plan, d.c.theme, path)
}

// Style is the path of the style sheet; it changes with what it holds.
func (d *Draft) Style() string { return d.c.theme.Style() }

// Root is the path that the site is published below, with a slash at both ends.
func (d *Draft) Root() string { return cmp.Or(d.c.in.Site.BasePath(), "/") }
