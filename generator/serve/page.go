package serve

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"html"
	"mime"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"

	"uptree/generator/diag"
)

// missing is the page for addresses that lead nowhere.
const missing = "404.html"

func (s *server) handler() http.Handler {
	return s.guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now := s.now()
		below, inside := strings.CutPrefix(r.URL.EscapedPath(), now.site.root())
		name, err := url.PathUnescape(below)
		own, isOwn := strings.CutPrefix(name, ownFolder)
		switch {
		case !inside || err != nil:
			http.Redirect(w, r, now.site.root(), http.StatusFound)
		case isOwn && own == "events":
			s.events(w, r)
		case isOwn:
			http.ServeFileFS(w, r, ownFiles, own)
		default:
			now.serve(w, r, name)
		}
	}))
}

// serve answers with a file of the site.
func (s *state) serve(w http.ResponseWriter, r *http.Request, name string) {
	name = fileOf(name)
	status := http.StatusOK
	content, problems := s.draw(name)
	if content == nil && len(problems) == 0 && s.site != nil {
		if index, _ := s.draw(name + "/index.html"); index != nil {
			http.Redirect(w, r, path.Base(name)+"/", http.StatusFound)
			return
		}
		status = http.StatusNotFound
		if content, problems = s.draw(missing); content == nil && len(problems) == 0 {
			http.NotFound(w, r)
			return
		}
	}
	isPage := status == http.StatusNotFound || path.Ext(name) == ".html"
	if content == nil {
		content, status, isPage = []byte(noPage), http.StatusServiceUnavailable, true
	}
	if isPage {
		content = s.live(content, name)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	} else {
		w.Header().Set("Content-Type", cmp.Or(mime.TypeByExtension(path.Ext(name)), "application/octet-stream"))
	}
	w.WriteHeader(status)
	_, _ = w.Write(content) // the reader may be gone
}

// noPage stands where no site could be built so far.
const noPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>uptree serve</title></head><body><p>There is no page to show yet.</p></body></html>`

// fileOf is the file that a path of an address stands for.
func fileOf(name string) string {
	if name == "" || strings.HasSuffix(name, "/") {
		return name + "index.html"
	}
	return name
}

func (s *state) draw(name string) ([]byte, diag.List) {
	if s.site == nil {
		return nil, nil
	}
	return s.site.File(name)
}

// look is how a page looks: two pages of one look are the same to the reader.
type look struct{ body, style string }

// look draws the page that an address shows, be it the one for missing pages.
func (s *state) look(name string) (look, diag.List) {
	content, problems := s.draw(name)
	if content == nil && len(problems) == 0 {
		content, problems = s.draw(missing)
	}
	if content == nil {
		return look{}, problems
	}
	return s.site.lookOf(content), problems
}

func (s *Site) lookOf(page []byte) look {
	if s == nil {
		return look{}
	}
	sum := sha256.Sum256(bytes.ReplaceAll(page, []byte(s.Style), nil))
	return look{hex.EncodeToString(sum[:8]), s.Style}
}

var (
	metaPolicy = regexp.MustCompile(`(?i)(<meta http-equiv="Content-Security-Policy" content="[^"]*)"`)
	endOfHead  = []byte("</head>")
)

// live adds to a page the script that asks for news of it, and leave to do so.
func (s *state) live(page []byte, name string) []byte {
	l := s.site.lookOf(page)
	root := html.EscapeString(s.site.root())
	script := `<script defer src="` + root + ownFolder + `reload.js" data-root="` + root + `" data-page="` + html.EscapeString(name) +
		`" data-body="` + l.body + `" data-style="` + html.EscapeString(l.style) + `"></script>`
	page = metaPolicy.ReplaceAll(page, []byte(`$1; `+leave+`"`))
	return bytes.Replace(page, endOfHead, append([]byte(script), endOfHead...), 1)
}
