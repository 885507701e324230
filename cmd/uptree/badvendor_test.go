package main

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// secretValue must never be seen again, in whatever form a vendor sends it back.
const secretValue = "s3cr3t+/token-of-the-test"

// badVendors are the ways in which a vendor fails: what it answers to the n-th request of
// the second build, and what becomes of that build.
var badVendors = []struct {
	about  string
	config string // more lines of the source
	answer func(w http.ResponseWriter, r *http.Request, n int)
	status string // in build.json
	reason string // in the output and on the data page; HOST and OTHER are the servers
}{
	{"too many requests, for a second", "", func(w http.ResponseWriter, r *http.Request, n int) {
		if n == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		sendIncident(w, r, "Refunds late")
	}, "ok", ""},
	{"too many requests, for an hour", "", func(w http.ResponseWriter, r *http.Request, _ int) {
		w.Header().Set("Retry-After", "3600")
		http.Error(w, "slow down "+r.Header.Get("Authorization"), http.StatusTooManyRequests)
	}, "stale", "HOST asks to wait 1h0m0s, longer than its timeout lasts: 429 Too Many Requests"},
	{"500, then well again", "", func(w http.ResponseWriter, r *http.Request, n int) {
		if n == 1 {
			http.Error(w, r.Header.Get("Authorization"), http.StatusInternalServerError)
			return
		}
		sendIncident(w, r, "Refunds late")
	}, "ok", ""},
	{"500 for ever", "", func(w http.ResponseWriter, r *http.Request, _ int) {
		http.Error(w, r.Header.Get("Authorization"), http.StatusInternalServerError)
	}, "stale", "HOST answers with 500 Internal Server Error"},
	{"a hang", "timeout = \"1s\"", func(_ http.ResponseWriter, r *http.Request, _ int) { <-r.Context().Done() }, "stale", "not done within timeout = 1s"},
	{"a slow drip", "timeout = \"1s\"", func(w http.ResponseWriter, r *http.Request, _ int) {
		for r.Context().Err() == nil {
			fmt.Fprint(w, " ")
			w.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	}, "stale", "not done within timeout = 1s"},
	{"truncated JSON", "", func(w http.ResponseWriter, r *http.Request, _ int) {
		sendJSON(w, `[{"id":"I9","title":"`+r.Header.Get("Authorization")+`","started":"2026-11-12"},{"id"`)
	}, "stale", "cannot be read"},
	{"an answer that breaks off", "", func(w http.ResponseWriter, r *http.Request, _ int) {
		w.Header().Set("Content-Length", "1000")
		sendIncident(w, r, "Refunds late")
	}, "stale", "the answer of HOST is not whole"},
	{"another type", "", func(w http.ResponseWriter, r *http.Request, _ int) {
		w.Header().Set("Content-Type", "application/pdf")
		fmt.Fprint(w, "%PDF-1.7 ", r.Header.Get("Authorization"))
	}, "stale", "its answer is of type application/pdf where json is expected"},
	{"a login page that says that all is well", "", func(w http.ResponseWriter, r *http.Request, _ int) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<title>Sign in</title>", r.Header.Get("Authorization"))
	}, "stale", "its answer is an HTML page where data are expected"},
	{"pages without end", "paging = { by = \"page\", max_pages = 5 }", func(w http.ResponseWriter, r *http.Request, n int) {
		sendJSON(w, fmt.Sprintf(`{"incidents":[{"id":"I%d","started":"2026-11-12"}],"token":%q}`, n, r.Header.Get("Authorization")))
	}, "stale", "more than max_pages = 5 pages"},
	{"a cursor that comes again", "paging = { by = \"cursor\", next = \"next\" }", func(w http.ResponseWriter, r *http.Request, n int) {
		next := map[string]string{"": "a", "a": "b", "b": "a"}[r.FormValue("cursor")]
		sendJSON(w, fmt.Sprintf(`{"incidents":[{"id":"I%d","started":"2026-11-12"}],"next":%q}`, n, next))
	}, "stale", "page 3 leads back to one before: the pages have no end"},
	{"ten gigabytes", "", func(w http.ResponseWriter, r *http.Request, _ int) {
		w.Header().Set("Content-Type", "application/json")
		chunk := []byte(strings.Repeat(" ", 1<<16))
		for range 10_000_000_000 / len(chunk) {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}, "stale", "more than max_bytes = 1000000"},
	{"a redirect to another host", "", func(w http.ResponseWriter, r *http.Request, _ int) {
		http.Redirect(w, r, r.Header.Get("Other")+"/login?back="+url.QueryEscape(r.Header.Get("Authorization")), http.StatusFound)
	}, "stale", "it leads to OTHER, a host that site.toml does not name"},
	{"a token that has expired", "", func(w http.ResponseWriter, r *http.Request, _ int) {
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		w.Header().Set("Www-Authenticate", token)
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintf(w, `{"message":"%s has expired, that is %s"}`, token, base64.StdEncoding.EncodeToString([]byte(token)))
	}, "stale", "HOST does not accept the credentials: 401 Unauthorized"},
	{"nothing where there was something", "", func(w http.ResponseWriter, _ *http.Request, _ int) {
		sendJSON(w, `[]`)
	}, "stale", "no records, where there were 1 before"},
	{"less than is expected", "expect = { min_records = 1 }", func(w http.ResponseWriter, _ *http.Request, _ int) {
		sendJSON(w, `[]`)
	}, "stale", "0 records where min_records = 1 are expected"},
	{"data and a warning", "", func(w http.ResponseWriter, r *http.Request, _ int) {
		w.Header().Set("Warning", `299 - "two shards did not answer `+r.Header.Get("Authorization")+`"`)
		sendIncident(w, r, "Refunds late")
	}, "ok", `two shards did not answer`},
}

const vendorSite = `
[source.org]
dataset = "nodes"
path = "org.csv"

[source.services]
dataset = "services"
path = "services.csv"

[source.incidents]
kind = "http"
dataset = "incidents"
format = "json"
url = "%s/incidents"
token_env = "TRACKER_TOKEN"
retries = 1
max_bytes = 1000000
max_stale = "48h"
headers = { Other = "%s" }
`

func sendJSON(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprint(w, body)
}

// sendIncident answers with one incident, and with the token as some vendors do.
func sendIncident(w http.ResponseWriter, r *http.Request, title string) {
	sendJSON(w, fmt.Sprintf(`[{"id":"I1","title":%q,"services":["checkout"],"started":"2026-11-10T10:00:00Z","mitigated":"2026-11-10T10:40:00Z","asked_with":%q}]`,
		title, r.Header.Get("Authorization")))
}

// TestBadVendors builds a site of a vendor that is well, and again when it is not: what was
// good stands in, the site says so, and the token is nowhere.
func TestBadVendors(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a host that site.toml does not name was asked")
	}))
	t.Cleanup(other.Close)
	for _, c := range badVendors {
		t.Run(c.about, func(t *testing.T) {
			t.Parallel()
			var bad atomic.Bool
			var asked atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch page := r.FormValue("page"); {
				case bad.Load():
					c.answer(w, r, int(asked.Add(1)))
				case page == "" || page == "1":
					sendIncident(w, r, "Card payments rejected")
				default:
					sendJSON(w, "[]")
				}
			}))
			defer server.Close()
			s := newSite(t, map[string]string{
				"site.toml":    fmt.Sprintf(vendorSite, server.URL, other.URL) + c.config + "\n",
				"org.csv":      "id,title,parent\nacme,Acme,\npayments,Payments,acme\n",
				"services.csv": "id,title,owner\ncheckout,Checkout,payments\n",
			})
			s.env = append(s.env, "TRACKER_TOKEN="+secretValue)
			s.builds("Card payments rejected", "ok", "")
			bad.Store(true)
			title := map[string]string{"ok": "Refunds late", "stale": "Card payments rejected"}[c.status]
			hosts := strings.NewReplacer("HOST", strings.TrimPrefix(server.URL, "http://"), "OTHER", strings.TrimPrefix(other.URL, "http://"))
			s.builds(title, c.status, hosts.Replace(c.reason))
		})
	}
}

// builds builds the site and sees to what it says of its incidents.
func (s *site) builds(title, status, reason string) {
	s.Helper()
	output, code := s.uptree("build", "--as-of", "2026-11-20")
	if code != 0 || !strings.Contains(output, reason) {
		s.Errorf("exit %d, want 0 and %q in:\n%s", code, reason, output)
	}
	if page := s.read("public/org/payments/index.html"); !strings.Contains(page, title) {
		s.Errorf("the incident %q is not on the page of its team", title)
	}
	if page := s.read("public/data/index.html"); !strings.Contains(page, reason) || !strings.Contains(page, "while they are younger than 48\u00a0h") {
		s.Errorf("the data page does not say %q, or not how long old data may stand in", reason)
	}
	if build := s.read("public/build.json"); !strings.Contains(build, `"incidents":{"status":"`+status+`"`) {
		s.Errorf("build.json does not say %q: %s", status, build)
	}
	files := s.tree(".")
	files["the output"] = output
	size := 0
	for name, content := range files {
		s.withoutSecret(name, content)
		if strings.HasPrefix(name, ".uptree/") {
			size += len(content)
		}
	}
	if size > 1_000_000 {
		s.Errorf("%d bytes are kept of a source of at most 1000000", size)
	}
}

// withoutSecret looks for the token in the forms in which it may come back.
func (s *site) withoutSecret(name, content string) {
	s.Helper()
	for _, form := range []string{
		secretValue, url.QueryEscape(secretValue), url.PathEscape(secretValue), strings.ReplaceAll(secretValue, "/", `\/`),
		base64.StdEncoding.EncodeToString([]byte(secretValue)),
	} {
		if strings.Contains(content, form) {
			s.Errorf("%s holds the secret as %q", name, form)
		}
	}
}
