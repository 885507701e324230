package check

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"

	"uptree/generator/diag"
	"uptree/generator/publish"
)

// Pages is a written site: publish.Site, or a folder that holds one.
type Pages interface {
	Files() publish.Manifest
	Has(name string) bool
	ReadFile(name string) ([]byte, error)
}

// page is what walking one HTML file found.
type page struct {
	path  string
	ids   map[string]bool
	links []string
}

// Deep walks every HTML file of the written site: the rule "pages" alone.
func Deep(in Input) diag.List {
	var out diag.List
	pages := map[string]*page{}
	for _, f := range in.Pages.Files() {
		if !strings.HasSuffix(f.Path, ".html") {
			continue
		}
		src, err := in.Pages.ReadFile(f.Path)
		if err != nil {
			out.Add(diag.Problem{Code: diag.BrokenInternal, Pos: diag.Pos{File: f.Path}, Text: "page cannot be read back: " + err.Error()})
			continue
		}
		p, problems := walk(f.Path, src)
		pages[f.Path] = p
		out.Append(problems)
	}
	for _, f := range in.Pages.Files() {
		if p := pages[f.Path]; p != nil {
			out.Append(follow(in, pages, p))
		}
	}
	return out
}

// leftovers are marks that templates and formatting leave behind when something went wrong.
var leftovers = []string{"ZgotmplZ", "<nil>", "%!v(", "%!s(", "%!d(", "raw HTML omitted", "[object Object]"}

// walk reads the tags of a page in order.
func walk(name string, src []byte) (*page, diag.List) {
	p, w := &page{path: name, ids: map[string]bool{}}, walker{file: name}
	z := html.NewTokenizer(bytes.NewReader(src))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return p, w.problems
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			w.inScript = t.Data == "script"
			w.tag(p, t)
		case html.EndTagToken:
			w.inScript = false
		case html.TextToken:
			if text := z.Token().Data; !w.inScript {
				w.text(text)
			}
		}
	}
}

type walker struct {
	file     string
	inScript bool
	problems diag.List
}

func (w *walker) add(code diag.Code, format string, args ...any) {
	w.problems.Add(diag.Problem{Code: code, Pos: diag.Pos{File: w.file}, Text: fmt.Sprintf(format, args...)})
}

func (w *walker) text(text string) {
	for _, mark := range leftovers {
		if strings.Contains(text, mark) {
			w.add(diag.OutputLeftover, "page holds %q", mark)
		}
	}
}

func (w *walker) tag(p *page, t html.Token) {
	kind, src, alt := "", false, false
	for _, a := range t.Attr {
		switch {
		case a.Key == "id":
			if p.ids[a.Val] {
				w.add(diag.DuplicateAnchor, "id %q stands twice", a.Val)
			}
			p.ids[a.Val] = true
		case a.Key == "href" || a.Key == "src":
			src = src || a.Key == "src"
			p.links = append(p.links, a.Val)
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			w.add(diag.InlineCode, "attribute %s on <%s>", a.Key, t.Data)
		case a.Key == "type":
			kind = a.Val
		case a.Key == "alt":
			alt = true
		}
	}
	switch {
	case t.Data == "style", t.Data == "script" && !src && kind != "application/json":
		w.add(diag.InlineCode, "inline <%s>", t.Data)
	case t.Data == "img" && !alt:
		w.add(diag.MissingAlt, "<img> without alt")
	}
}

// follow resolves the links of a page against the site.
func follow(in Input, pages map[string]*page, p *page) diag.List {
	var out diag.List
	for _, link := range p.links {
		u, err := url.Parse(link)
		if err != nil {
			out.Add(diag.Problem{Code: diag.BrokenInternal, Pos: diag.Pos{File: p.path}, Text: fmt.Sprintf("link %q is no address", link)})
			continue
		}
		if u.Scheme != "" || u.Host != "" {
			continue
		}
		target := p.target(u.Path, in.Site.BasePath())
		if !in.Pages.Has(target) {
			out.Add(diag.Problem{Code: diag.BrokenInternal, Pos: diag.Pos{File: p.path}, Text: fmt.Sprintf("link %q leads to nothing that is published", link)})
			continue
		}
		// A fragment with "=" carries a view for the script, not an anchor.
		if to := pages[target]; u.Fragment != "" && !strings.Contains(u.Fragment, "=") && to != nil && !to.ids[u.Fragment] {
			out.Add(diag.Problem{Code: diag.BrokenAnchor, Pos: diag.Pos{File: p.path}, Text: fmt.Sprintf("link %q leads to an anchor that does not exist", link)})
		}
	}
	return out
}

// target is the file of the site that a link's path leads to. One that begins at the host
// is below base, the path at which the site is published.
func (p *page) target(link, base string) string {
	if link == "" {
		return p.path
	}
	if below, ok := strings.CutPrefix(link, base); ok && base != "" {
		return path.Clean(below)
	}
	return path.Join(path.Dir(p.path), link)
}
