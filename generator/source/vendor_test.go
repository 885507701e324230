package source

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
)

// token is a secret that must never be seen again.
const token = "s3cr3t+/token-of-the-test"

// vendor is a server of incidents and the source that asks it.
type vendor struct {
	*kept
	server   *httptest.Server
	mu       sync.Mutex
	requests []*http.Request
	options  Options
}

// newVendor serves with a handler, which may be nil.
func newVendor(t *testing.T, serve http.HandlerFunc) *vendor {
	v := &vendor{kept: newKept(t)}
	v.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v.mu.Lock()
		v.requests = append(v.requests, r)
		v.mu.Unlock()
		serve(w, r)
	}))
	t.Cleanup(v.server.Close)
	v.src = httpSource("incidents", v.server.URL+"/incidents")
	v.options = Options{
		Store: v.store, AsOf: v.asOf, backoff: time.Millisecond,
		environ: func(name string) (string, bool) { return token, name == "TOKEN" },
	}
	return v
}

// httpSource is what config makes of a few lines.
func httpSource(name, address string) config.Source {
	return config.Source{
		Name: name, Kind: "http", Format: "json", MaxBytes: 1 << 20, Retries: 2, Timeout: 5 * time.Second, TokenEnv: "TOKEN",
		Pos: diag.Pos{File: "site.toml", Line: 3, Col: 1},
		HTTP: config.HTTP{
			URL: address, Method: "GET", TokenHeader: "Authorization", TokenPrefix: "Bearer ", PerHost: 2,
			Since: 400 * 24 * time.Hour, TimeFormat: "rfc3339",
		},
	}
}

// fetch asks the vendor, and makes sure that the token is nowhere.
func (v *vendor) fetch() (Payload, diag.List) {
	v.t.Helper()
	site := &config.Site{Dir: v.dir, Sources: []config.Source{v.src}}
	payloads, problems, err := Fetch(v.t.Context(), site, v.options)
	if err != nil {
		v.t.Fatal(err)
	}
	v.noSecret(fmt.Sprintf("%+v %v", payloads[0].Reason, problems))
	if c := payloads[0].Fresh; c != nil {
		v.noSecret(text(v.t, c))
	}
	return payloads[0], problems
}

func (v *vendor) noSecret(text string) {
	v.t.Helper()
	for _, form := range []string{token, url.QueryEscape(token), url.PathEscape(token)} {
		if strings.Contains(text, form) {
			v.t.Errorf("the secret is in %q", text)
		}
	}
}

// keep fetches what must be good, and keeps it.
func (v *vendor) keep() {
	v.t.Helper()
	p, problems := v.fetch()
	if p.Status != OK {
		v.t.Fatal(problems)
	}
	problems, err := v.store.Keep(v.t.Context(), []Good{{Payload: &p, Records: 7}})
	if err != nil || len(problems) > 0 {
		v.t.Fatal(problems, err)
	}
}

// asked lists the requests by path and query.
func (v *vendor) asked() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	var out []string
	for _, r := range v.requests {
		out = append(out, r.URL.RequestURI())
	}
	return out
}

func reply(w http.ResponseWriter, contentType, body string) {
	w.Header().Set("Content-Type", contentType)
	fmt.Fprint(w, body)
}

const oneIncident = `[{"id":"I1","started":"2025-03-01"}]`

// TestBadVendors plays every way in which a vendor can fail. After each the last good copy
// is still there, and stands in.
func TestBadVendors(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("a host that site.toml does not name was asked, with %v", r.Header)
	}))
	defer other.Close()
	bomb := pack(t, ".gz", strings.Repeat(" ", 20<<20))
	for _, c := range []struct {
		about  string
		change func(*config.Source)
		serve  http.HandlerFunc
		reason string // what is published
		detail string // what is printed beside; "" for nothing
		tries  int    // 0: any number
	}{
		{"too many requests, for longer than there is time", nil, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
		}, "HOST asks to wait 1h0m0s, longer than its timeout lasts: 429 Too Many Requests", "", 1},
		{"too many requests, without end", nil, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusTooManyRequests)
			fmt.Fprint(w, `{"error":{"code":2020,"message":"slow down"}}`)
		}, "HOST limits the number of requests: 429 Too Many Requests", "slow down", 3},
		{"a limit that says 403", nil, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-RateLimit-Remaining", "0")
			w.Header().Set("X-RateLimit-Reset", fmt.Sprint(time.Now().Add(time.Hour).Unix()))
			w.WriteHeader(http.StatusForbidden)
		}, "HOST asks to wait 1h0m0s, longer than its timeout lasts: 403 Forbidden", "", 1},
		{"an error that stays", nil, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprintf(w, `{"errors":[{"title":"oops","detail":"for %s"}]}`, r.Header.Get("Authorization"))
		}, "HOST answers with 500 Internal Server Error", "for Bearer <secret>", 3},
		{"a hang", func(s *config.Source) { s.Timeout = 50 * time.Millisecond }, func(w http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
		}, "not done within timeout = 50ms", "", 1},
		{"a slow drip", func(s *config.Source) { s.Timeout = 100 * time.Millisecond }, func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				fmt.Fprint(w, " ")
				w.(http.Flusher).Flush()
				time.Sleep(10 * time.Millisecond)
			}
		}, "not done within timeout = 100ms", "", 1},
		{"an answer that breaks off", nil, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "1000")
			reply(w, "application/json", oneIncident)
		}, "the answer of HOST is not whole", "unexpected EOF", 3},
		{"a compressed answer that breaks off", nil, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(pack(t, ".gz", oneIncident)[:20])
		}, "the answer of HOST is not whole", "unexpected EOF", 3},
		{"a page of truncated JSON", func(s *config.Source) { s.HTTP.Paging = offset() }, func(w http.ResponseWriter, r *http.Request) {
			reply(w, "application/json", `{"incidents":[{"id":"I1"},{"id"`)
		}, "incidents page 1 is not whole JSON", "unexpected EOF", 1},
		{"another type", nil, func(w http.ResponseWriter, r *http.Request) {
			reply(w, "application/pdf", "%PDF-1.7")
		}, "its answer is of type application/pdf where json is expected", "", 1},
		{"a login page that says that all is well", nil, func(w http.ResponseWriter, r *http.Request) {
			reply(w, "text/html; charset=utf-8", "<title>Sign in</title>")
		}, "its answer is an HTML page where data are expected", "", 1},
		{"a login page that says that it is JSON", nil, func(w http.ResponseWriter, r *http.Request) {
			reply(w, "application/json", "\ufeff \n<!DOCTYPE HTML><title>Sign in</title>")
		}, "its answer is an HTML page where data are expected", "", 1},
		{"pages without end", func(s *config.Source) { s.HTTP.Paging = offset(); s.HTTP.Paging.MaxPages = 20 }, func(w http.ResponseWriter, r *http.Request) {
			reply(w, "application/json", fmt.Sprintf(`{"incidents":[{"id":"I%s"}]}`, r.FormValue("offset")))
		}, "more than max_pages = 20 pages", "", 20},
		{"the same page over and over", func(s *config.Source) { s.HTTP.Paging = offset() }, func(w http.ResponseWriter, r *http.Request) {
			reply(w, "application/json", oneIncident)
		}, "page 2 is the same as the one before: the paging does not turn pages", "", 2},
		{"a cursor that comes again", func(s *config.Source) {
			s.HTTP.Paging = config.Paging{By: "cursor", Param: "after", Next: []string{"next"}, MaxPages: 100}
		}, func(w http.ResponseWriter, r *http.Request) {
			next := map[string]string{"": "a", "a": "b", "b": "a"}[r.FormValue("after")]
			reply(w, "application/json", fmt.Sprintf(`{"data":[{"id":"%d"}],"next":%q}`, time.Now().UnixNano(), next))
		}, "page 3 leads back to one before: the pages have no end", "", 3},
		{"ten gigabytes", nil, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Length", "10000000000")
			chunk := strings.Repeat(" ", 1<<16)
			for range 10e9 / len(chunk) {
				if _, err := fmt.Fprint(w, chunk); err != nil {
					return
				}
			}
		}, "more than max_bytes = 1048576", "", 1},
		{"ten gigabytes in little space", nil, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb)
		}, "more than max_bytes = 1048576", "", 1},
		{"a redirect to another host", nil, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+"/login?back="+url.QueryEscape(r.Header.Get("Authorization")), http.StatusFound)
		}, "it leads to OTHER, a host that site.toml does not name", "", 1},
		{"a next page on another host", func(s *config.Source) {
			s.HTTP.Paging = config.Paging{By: "next", Next: []string{"next"}, MaxPages: 100}
		}, func(w http.ResponseWriter, r *http.Request) {
			reply(w, "application/json", fmt.Sprintf(`{"data":[],"next":"%s/incidents"}`, other.URL))
		}, "it leads to OTHER, a host that site.toml does not name", "", 1},
		{"a next page that is a file", func(s *config.Source) { s.HTTP.Paging = config.Paging{By: "link", MaxPages: 100} }, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Link", `<file:///etc/passwd>; rel="next"`)
			reply(w, "application/json", oneIncident)
		}, "it leads to , a host that site.toml does not name", "", 1},
		{"redirects without end", nil, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/incidents", http.StatusFound)
		}, "its redirects have no end", "", 0},
		{"a token that has expired", nil, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprintf(w, `{"message":"token %s has expired"}`, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
		}, "HOST does not accept the credentials: 401 Unauthorized", "token <secret> has expired", 1},
		{"a token that is not there", func(s *config.Source) { s.TokenEnv = "OTHER" }, func(w http.ResponseWriter, r *http.Request) {},
			"the environment variable OTHER is not set", "", 0},
		{"an address that is gone", nil, func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, "HOST answers with 404 Not Found", "404 page not found", 1},
		{"a state that was not asked for", nil, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusMultipleChoices) },
			"it answers with 300 Multiple Choices", "", 1},
		{"a connection that is cut", nil, func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }, "cannot reach HOST", "EOF", 3},
	} {
		t.Run(c.about, func(t *testing.T) {
			bad := false
			v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
				if !bad {
					reply(w, "application/json", `{"incidents":[],"text":"`+r.Header.Get("Authorization")+`"}`)
					return
				}
				c.serve(w, r)
			})
			if c.change != nil {
				c.change(&v.src)
			}
			name := v.src.TokenEnv
			v.options.environ = func(s string) (string, bool) { return token, s == name && (!bad || s == "TOKEN") }
			v.keep()
			before := len(v.asked())
			bad = true
			p, problems := v.fetch()
			hosts := strings.NewReplacer("HOST", strings.TrimPrefix(v.server.URL, "http://"), "OTHER", strings.TrimPrefix(other.URL, "http://"))
			reason := c.reason
			if !strings.Contains(reason, "variable") {
				reason = hosts.Replace(reason)
			}
			if p.Status != Stale || p.Reason != reason {
				t.Errorf("got status %d, %q, want %q", p.Status, p.Reason, reason)
			}
			if len(problems) != 1 || problems[0].Code != diag.SourceStale || !strings.Contains(problems[0].Text, reason) || !strings.Contains(problems[0].Text, c.detail) {
				t.Errorf("got %v, want %q beside", problems, c.detail)
			}
			if tries := len(v.asked()) - before; c.tries > 0 && tries != c.tries {
				t.Errorf("%d requests, want %d", tries, c.tries)
			}
			v.noSecret(text(t, p.LastGood))
			v.noSecretOnDisk()
		})
	}
}

// offset is a paging by number.
func offset() config.Paging {
	return config.Paging{By: "offset", Param: "offset", SizeParam: "limit", Size: 2, MaxPages: 100}
}
