package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"

	"uptree/generator/diag"
	"uptree/generator/report"
)

// Theme is a loaded theme: a template per kind of page and the assets under the names that
// they are published by. It is read-only.
type Theme struct {
	layouts map[string]*template.Template
	assets  []asset
	paths   Assets
}

// asset is a file of the theme with its published path.
type asset struct {
	path    string
	content []byte
}

// LoadTheme reads the default theme and, over it, the site's own files, where site is not
// nil: a file at the same path shadows the default's. Bundle holds site.js and charts.js;
// nil stands for the ones built into the default theme. The theme is nil where it cannot
// be used.
func LoadTheme(base, site, bundle fs.FS) (*Theme, diag.List) {
	var list diag.List
	t := &Theme{layouts: map[string]*template.Template{}}
	files := overlay{site, base}
	list.Append(report.CheckTheme(files))
	t.load(files, &list)
	if bundle == nil {
		bundle = subOrEmpty(base, "bundle")
	}
	t.loadAssets(files, bundle, &list)
	if list.HasErrors() {
		return nil, list
	}
	return t, list
}

// Interactive reports whether the theme's script was built in.
func (t *Theme) Interactive() bool { return t.paths.Charts != "" }

// load parses the partials once and each layout over them.
func (t *Theme) load(files overlay, list *diag.List) {
	partials := template.New("")
	for _, name := range files.list("partials", ".html") {
		parse(partials, files, "partials/"+name, list)
	}
	for _, kind := range report.Kinds {
		layout, err := partials.Clone()
		if err != nil {
			broken(list, "layouts/"+kind.Name+".html", err)
			return
		}
		parse(layout, files, "layouts/"+kind.Name+".html", list)
		t.layouts[kind.Name] = layout
	}
}

// parse adds a file to a template set.
func parse(set *template.Template, files overlay, name string, list *diag.List) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		broken(list, name, err)
		return
	}
	if _, err := set.New(name).Parse(unindent(string(data))); err != nil {
		broken(list, name, err)
	}
}

// unindent drops the indentation of each line, a twentieth of each page.
func unindent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimLeft(line, " \t"))
	}
	return b.String()
}

func broken(list *diag.List, file string, err error) {
	list.Add(diag.Problem{Code: diag.ThemeBroken, Pos: diag.Pos{File: file}, Text: err.Error()})
}

// loadAssets gathers the style sheets into one and names everything by its content.
func (t *Theme) loadAssets(files overlay, bundle fs.FS, list *diag.List) {
	var style bytes.Buffer
	for _, name := range files.list("assets", "") {
		data, err := fs.ReadFile(files, "assets/"+name)
		switch {
		case err != nil:
			broken(list, "assets/"+name, err)
		case path.Ext(name) == ".css":
			style.Write(data)
		default:
			p := t.add(name, data)
			if name == "icon.svg" {
				t.paths.Icon = p
			}
		}
	}
	t.paths.Style = t.add("style.css", style.Bytes())
	t.loadScripts(bundle, list)
}

// loadScripts takes the bundle, if it was built. Without it pages are complete, and static:
// see Interactive.
func (t *Theme) loadScripts(bundle fs.FS, list *diag.List) {
	site, errSite := fs.ReadFile(bundle, "site.js")
	charts, errCharts := fs.ReadFile(bundle, "charts.js")
	if errSite != nil || errCharts != nil {
		return
	}
	skeletons, err := Skeletons()
	if err != nil {
		broken(list, "charts", err)
		return
	}
	t.paths.Site, t.paths.Charts = t.add("site.js", site), t.add("charts.js", charts)
	t.paths.Skeletons = t.add("skeletons.js", skeletons)
}

// add names an asset by its content: assets/style.1a2b3c4d.css.
func (t *Theme) add(name string, content []byte) string {
	p := hashed(name, content)
	t.assets = append(t.assets, asset{p, content})
	return p
}

func hashed(name string, content []byte) string {
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	return fmt.Sprintf("assets/%s.%s%s", strings.TrimSuffix(name, ext), hex.EncodeToString(sum[:4]), ext)
}

// overlay is a stack of file systems: the first that has a file gives it. A nil layer is
// empty.
type overlay []fs.FS

// Open opens a file of the uppermost layer that has it.
func (o overlay) Open(name string) (fs.File, error) {
	for _, layer := range o {
		if layer == nil {
			continue
		}
		f, err := layer.Open(name)
		if !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// list names the files of a folder over all layers, sorted.
func (o overlay) list(dir, ext string) []string {
	var names []string
	for _, layer := range o {
		if layer == nil {
			continue
		}
		entries, err := fs.ReadDir(layer, dir)
		if err != nil {
			continue // the layer does not have the folder
		}
		for _, e := range entries {
			if !e.IsDir() && strings.HasSuffix(e.Name(), ext) {
				names = append(names, e.Name())
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func subOrEmpty(base fs.FS, dir string) fs.FS {
	sub, err := fs.Sub(base, dir)
	if err != nil {
		return overlay{}
	}
	return sub
}
