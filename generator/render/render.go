package render

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"uptree/generator/card"
	"uptree/generator/diag"
	"uptree/generator/report"
)

// Put takes a file of the site: its path from the root and its content, which it does not
// keep. It is called by many goroutines.
type Put func(path string, content []byte) error

// Render writes the whole site but manifest.json, build.json and build.js. Jobs is the
// number of workers; at least one works. Problems are about the theme: a layout that does
// not fit its data is reported once, and its pages are not written.
func Render(ctx context.Context, plan *report.Plan, theme *Theme, put Put, jobs int) (diag.List, error) {
	r := newRenderer(plan, theme, put)
	keys := plan.Keys()
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range max(jobs, 1) {
		group.Go(func() error {
			var b buffers
			for {
				i := int(next.Add(1)) - 1
				if i >= len(keys) {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := r.page(plan.Page(keys[i]), &b); err != nil {
					return err
				}
			}
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return r.problems(), r.site()
}

// renderer is one call of Render.
type renderer struct {
	plan  *report.Plan
	theme *Theme
	put   Put
	words asset // for the script

	shared sync.Map // of sharedKey to template.HTML

	mu     sync.Mutex
	broken map[string]diag.Problem // by layout
}

func newRenderer(plan *report.Plan, theme *Theme, put Put) *renderer {
	words := append([]byte("(window.uptree=window.uptree||{}).words="), scriptWords(plan.ScriptWords())...)
	words = append(words, ";\n"...)
	return &renderer{
		plan: plan, theme: theme, put: put, broken: map[string]diag.Problem{},
		words: asset{hashed("words.js", words), words},
	}
}

// buffers are what a worker reuses from page to page.
type buffers struct {
	page  bytes.Buffer
	block []byte // of the blocks that templates ask for
	twin  []byte
	later later
	cards card.Drawer
}

// page writes a page and its twins.
func (r *renderer) page(p *report.Page, b *buffers) error {
	layout := r.theme.layouts[p.Kind]
	if layout == nil {
		return nil // reported when the theme was loaded
	}
	b.page.Reset()
	b.later.reset()
	v := r.newView(p, b.block, &b.later)
	err := layout.ExecuteTemplate(&b.page, "page", v)
	b.block = v.w.dst
	if err != nil {
		r.breaks(p.Kind, err)
		return nil
	}
	if err := r.write(p.Path, b.page.Bytes()); err != nil {
		return err
	}
	if b.twin = b.later.append(b.twin[:0]); len(b.twin) > 0 && r.theme.paths.Site != "" {
		if err := r.write(path.Join(path.Dir(p.Path), laterPath), b.twin); err != nil {
			return err
		}
	}
	if err := r.twins(p, b); err != nil || p.Beside == nil {
		return err
	}
	return r.page(p.Beside, b)
}

func (r *renderer) twins(p *report.Page, b *buffers) error {
	if p.Records != nil {
		b.twin = appendRecords(b.twin[:0], p.Records)
		if err := r.write(p.Records.Path, b.twin); err != nil {
			return err
		}
	}
	if p.Map != nil {
		b.twin = appendMap(b.twin[:0], p.Map.Lines)
		if err := r.write(path.Join(path.Dir(p.Path), "data.csv"), b.twin); err != nil {
			return err
		}
	}
	if p.Feed != nil {
		feed, err := atom(p.Feed)
		if err != nil {
			return err
		}
		if err := r.write(p.Feed.Path, feed); err != nil {
			return err
		}
	}
	if err := r.card(p, b); err != nil {
		return err
	}
	dir := path.Dir(p.Path)
	if own := ownTwin(p); own != nil {
		b.twin = appendOwn(b.twin[:0], own)
		if err := r.write(path.Join(dir, "index.json"), b.twin); err != nil {
			return err
		}
	}
	if p.Twin == nil {
		return nil
	}
	b.twin = appendTwin(b.twin[:0], p.Twin)
	if err := r.write(path.Join(dir, "index.json"), b.twin); err != nil {
		return err
	}
	b.twin = appendCSV(b.twin[:0], p.Twin)
	return r.write(path.Join(dir, "data.csv"), b.twin)
}

// ownTwin is the index.json of a page that has one of its own shape; nil where it has none.
func ownTwin(p *report.Page) any {
	switch {
	case p.Talk != nil:
		return p.Talk
	case p.Changes != nil:
		return p.Changes
	case p.Map != nil:
		return p.Map
	}
	return nil
}

func (r *renderer) write(path string, content []byte) error {
	if err := r.put(path, content); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// breaks remembers the first problem of a layout.
func (r *renderer) breaks(kind string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.broken[kind]; !known {
		r.broken[kind] = diag.Problem{
			Code: diag.ThemeBroken, Pos: diag.Pos{File: "layouts/" + kind + ".html"}, Text: err.Error(),
			Hint: "the fields of a page are listed in package report, type Page",
		}
	}
}

func (r *renderer) problems() diag.List {
	var list diag.List
	for _, p := range r.broken {
		list.Add(p)
	}
	return list.Sorted()
}

// scriptWords are texts by the keys that the script asks for.
func scriptWords(list []report.ScriptWord) []byte {
	o := object{}
	o.open('{')
	for _, w := range list {
		o.key(w.Key).str(w.Text)
	}
	return o.close('}').dst
}
