package source

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/config"
	"uptree/generator/diag"
)

// noSecretOnDisk looks through all that is kept and fetched.
func (v *vendor) noSecretOnDisk() {
	v.t.Helper()
	err := filepath.WalkDir(v.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		v.noSecret(string(content))
		return err
	})
	if err != nil {
		v.t.Fatal(err)
	}
}

func TestPassingTroubleIsSurvived(t *testing.T) {
	for _, c := range []struct {
		about string
		first http.HandlerFunc
		least time.Duration // that it waits
	}{
		{"an error once", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, 0},
		{"too many requests, for a second", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
		}, time.Second},
		{"too many requests, until a moment", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", time.Now().Add(2*time.Second).UTC().Format(http.TimeFormat))
			w.WriteHeader(http.StatusServiceUnavailable)
		}, 900 * time.Millisecond},
		{"an answer that breaks off once", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, oneIncident)
		}, 0},
		{"a redirect within the host", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/v2/incidents", http.StatusMovedPermanently)
		}, 0},
	} {
		t.Run(c.about, func(t *testing.T) {
			t.Parallel()
			var n atomic.Int32
			v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
				if n.Add(1) == 1 {
					c.first(w, r)
					return
				}
				if r.Header.Get("Authorization") != "Bearer "+token {
					t.Errorf("token %q", r.Header.Get("Authorization"))
				}
				reply(w, "application/json", oneIncident)
			})
			began := time.Now()
			p, problems := v.fetch()
			if p.Status != OK || text(t, p.Fresh) != oneIncident {
				t.Errorf("got %+v, %v", p, problems)
			}
			if took := time.Since(began); took < c.least {
				t.Errorf("waited %s", took)
			}
		})
	}
}

// TestPaging serves seven incidents in pages of at most three.
// TestCursorInsideABody: an API of queries takes the cursor among their variables.
func TestCursorInsideABody(t *testing.T) {
	const query = `{"query":"q","variables":%s}`
	for _, variables := range []string{`{}`, `null`, `{"after":null}`} {
		var bodies []string
		v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			next := `null`
			if bodies = append(bodies, string(body)); len(bodies) == 1 {
				next = `"c1"`
			}
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprintf(w, `{"data":{"nodes":[{"id":%d}],"next":%s}}`, len(bodies), next)
		})
		v.src.HTTP.Method, v.src.HTTP.Body = http.MethodPost, fmt.Sprintf(query, variables)
		v.src.HTTP.Paging = config.Paging{By: "cursor", Param: "variables.after", Next: []string{"data", "next"}, Items: []string{"data", "nodes"}, MaxPages: 9}
		if p, problems := v.fetch(); p.Status != OK {
			t.Fatal(problems)
		}
		if want := []string{fmt.Sprintf(query, variables), fmt.Sprintf(query, `{"after":"c1"}`)}; !slices.Equal(bodies, want) {
			t.Errorf("asked with %q, want %q", bodies, want)
		}
	}
}

func TestPaging(t *testing.T) {
	const all = 7
	serve := func(w http.ResponseWriter, r *http.Request) {
		from := 0
		switch {
		case r.Method == http.MethodPost:
			body, _ := io.ReadAll(r.Body)
			if after, ok := strings.CutPrefix(string(body), `{"after":"c`); ok {
				from, _ = strconv.Atoi(strings.TrimSuffix(after, `","order":"asc"}`))
			} else if string(body) != `{"order":"asc"}` {
				t.Errorf("body %s", body)
			}
		case r.FormValue("page") != "":
			page, _ := strconv.Atoi(r.FormValue("page"))
			from = (page - 1) * 3
		case r.FormValue("after") != "":
			from, _ = strconv.Atoi(strings.TrimPrefix(r.FormValue("after"), "c"))
		default:
			from, _ = strconv.Atoi(r.FormValue("offset"))
		}
		to := min(from+3, all)
		var items []string
		for i := from; i < to; i++ {
			items = append(items, fmt.Sprintf(`{"id":%d,"tags":[1,2]}`, i))
		}
		next, link := "null", "null"
		if to < all {
			next, link = fmt.Sprintf(`"c%d"`, to), fmt.Sprintf(`"incidents?offset=%d"`, to)
			w.Header().Add("Link", `</first>; rel=first`)
			w.Header().Add("Link", fmt.Sprintf(`</last>; rel="last", <?offset=%d>; title="a, b"; rel="prev next"`, to))
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"incidents":[%s],"meta":{"next":%s,"link":%s,"more":%t}}`, strings.Join(items, ","), next, link, to < all)
	}
	for _, c := range []struct {
		paging config.Paging
		post   bool
		asked  []string
	}{
		{paging: config.Paging{By: "offset", Param: "offset", SizeParam: "limit", Size: 5}, asked: []string{"?limit=5&offset=0", "?limit=5&offset=3", "?limit=5&offset=6", "?limit=5&offset=7"}},
		{paging: config.Paging{By: "offset", Param: "offset", SizeParam: "limit", Size: 3, More: []string{"meta", "more"}, Items: []string{"incidents"}},
			asked: []string{"?limit=3&offset=0", "?limit=3&offset=3", "?limit=3&offset=6"}},
		{paging: config.Paging{By: "page", Param: "page", First: 1}, asked: []string{"?page=1", "?page=2", "?page=3", "?page=4"}},
		{paging: config.Paging{By: "cursor", Param: "after", Next: []string{"meta", "next"}}, asked: []string{"", "?after=c3", "?after=c6"}},
		{paging: config.Paging{By: "cursor", Param: "after", Next: []string{"meta", "next"}}, post: true, asked: []string{"", "", ""}},
		{paging: config.Paging{By: "link"}, asked: []string{"", "?offset=3", "?offset=6"}},
		{paging: config.Paging{By: "next", Next: []string{"meta", "link"}}, asked: []string{"", "?offset=3", "?offset=6"}},
	} {
		v := newVendor(t, serve)
		v.src.HTTP.Paging = c.paging
		v.src.HTTP.Paging.MaxPages = 10
		if c.post {
			v.src.HTTP.Method, v.src.HTTP.Body = http.MethodPost, `{"order":"asc"}`
		}
		p, problems := v.fetch()
		if p.Status != OK {
			t.Errorf("%s: %v", c.paging.By, problems)
			continue
		}
		got := text(t, p.Fresh)
		for i := range all {
			if n := strings.Count(got, fmt.Sprintf(`{"id":%d,`, i)); n != 1 {
				t.Errorf("%s: incident %d came %d times", c.paging.By, i, n)
			}
		}
		var want []string
		for _, query := range c.asked {
			want = append(want, "/incidents"+query)
		}
		if diff := cmp.Diff(want, v.asked()); diff != "" {
			t.Errorf("%s: %s", c.paging.By, diff)
		}
	}
}

func TestTimeIsAskedForInWindows(t *testing.T) {
	v := newVendor(t, func(w http.ResponseWriter, r *http.Request) { reply(w, "application/json", "[]") })
	v.src.HTTP.URL += "?from={since}&to={until}"
	v.src.HTTP.Since, v.src.HTTP.Window = 5*24*time.Hour, 48*time.Hour
	for format, want := range map[string][]string{
		"rfc3339": {
			"/incidents?from=2025-03-15T08%3A00%3A00Z&to=2025-03-17T08%3A00%3A00Z", "/incidents?from=2025-03-17T08%3A00%3A00Z&to=2025-03-19T08%3A00%3A00Z",
			"/incidents?from=2025-03-19T08%3A00%3A00Z&to=2025-03-20T08%3A00%3A00Z",
		},
		"date":    {"/incidents?from=2025-03-15&to=2025-03-17", "/incidents?from=2025-03-17&to=2025-03-19", "/incidents?from=2025-03-19&to=2025-03-20"},
		"unix":    {"/incidents?from=1742025600&to=1742198400", "/incidents?from=1742198400&to=1742371200", "/incidents?from=1742371200&to=1742457600"},
		"unix_ms": {"/incidents?from=1742025600000&to=1742198400000", "/incidents?from=1742198400000&to=1742371200000", "/incidents?from=1742371200000&to=1742457600000"},
	} {
		v.requests = nil
		v.src.HTTP.TimeFormat = format
		p, problems := v.fetch()
		if diff := cmp.Diff(want, v.asked()); diff != "" || p.Status != OK {
			t.Errorf("%s: %v %s", format, problems, diff)
		}
		if got := names(p); !slices.Equal(got, []string{"incidents window 1", "incidents window 2", "incidents window 3"}) {
			t.Errorf("%s: names %q", format, got)
		}
	}
}

func TestUnchangedAnswersAreNotSentAgain(t *testing.T) {
	for about, state := range map[string][3]string{
		"by tag":    {"Etag", `"v1"`, "If-None-Match"},
		"by moment": {"Last-Modified", "Thu, 20 Mar 2025 07:00:00 GMT", "If-Modified-Since"},
	} {
		v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set(state[0], state[1])
			if r.Header.Get(state[2]) == state[1] {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			reply(w, "application/json", oneIncident)
		})
		v.keep()
		v.options.AsOf = v.asOf.Add(time.Hour)
		p, problems := v.fetch()
		if p.Status != OK || text(t, p.Fresh) != oneIncident || !p.Fresh.FetchedAt.Equal(v.options.AsOf) {
			t.Errorf("%s: got %+v, %v", about, p, problems)
		}
		v.keep() // its age is kept too
		v.server.Close()
		if p, _ := v.fetch(); p.Status != Stale || !p.LastGood.FetchedAt.Equal(v.options.AsOf) {
			t.Errorf("%s: got %+v", about, p)
		}
	}
}

func TestCompressedAnswers(t *testing.T) {
	for _, c := range []struct{ about, path, encoding, packed string }{
		{"gzip on the way", "/incidents", "gzip", ".gz"},
		{"zstd on the way", "/incidents", "zstd", ".zst"},
		{"a compressed file", "/incidents.json.gz", "", ".gz"},
		{"a compressed file that the server unpacks", "/incidents.json.gz", "", ""},
	} {
		v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", c.encoding)
			w.Header().Set("Content-Type", "application/json")
			if c.packed == "" {
				fmt.Fprint(w, oneIncident)
				return
			}
			w.Write(pack(t, c.packed, oneIncident))
		})
		v.src.HTTP.URL = v.server.URL + c.path
		if p, problems := v.fetch(); p.Status != OK || text(t, p.Fresh) != oneIncident {
			t.Errorf("%s: %v", c.about, problems)
		}
	}
}

func TestAWayLeadsToDeclaredHostsWithoutSecrets(t *testing.T) {
	var seen http.Header
	files := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header
		reply(w, "application/json", oneIncident)
	}))
	defer files.Close()
	v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, files.URL+"/export", http.StatusFound)
	})
	v.src.HTTP.TokenHeader, v.src.HTTP.TokenPrefix = "X-Key", ""
	v.src.HTTP.Headers = map[string]string{"X-Version": "2"}
	v.src.HTTP.Hosts = []string{strings.TrimPrefix(files.URL, "http://")}
	p, problems := v.fetch()
	if p.Status != OK || seen.Get("X-Key") != "" || seen.Get("Referer") != "" || seen.Get("X-Version") != "2" {
		t.Errorf("got %v, %v", problems, seen)
	}
	if got := v.requests[0].Header.Get("X-Key"); got != token {
		t.Errorf("its own host was given %q", got)
	}
}

func TestCredentials(t *testing.T) {
	environ := map[string]string{"TOKEN": token, "LOGIN": "me:" + token, "APP": "app-key-of-the-test"}
	for _, c := range []struct {
		about  string
		change func(*config.Source)
		want   map[string]string
	}{
		{"a token", func(s *config.Source) {}, map[string]string{"Authorization": "Bearer " + token}},
		{"a token after another word", func(s *config.Source) { s.HTTP.TokenPrefix = "GenieKey " }, map[string]string{"Authorization": "GenieKey " + token}},
		{"user and password", func(s *config.Source) { s.TokenEnv, s.HTTP.BasicEnv = "", "LOGIN" }, map[string]string{"Authorization": "Basic bWU6czNjcjN0Ky90b2tlbi1vZi10aGUtdGVzdA=="}},
		{"two headers", func(s *config.Source) {
			s.HTTP.TokenHeader, s.HTTP.TokenPrefix, s.HTTP.HeadersEnv = "X-Key", "", map[string]string{"X-App": "APP"}
		}, map[string]string{"X-Key": token, "X-App": "app-key-of-the-test"}},
	} {
		v := newVendor(t, func(w http.ResponseWriter, r *http.Request) { reply(w, "application/json", oneIncident) })
		v.options.environ = func(name string) (string, bool) { value, ok := environ[name]; return value, ok }
		c.change(&v.src)
		if p, problems := v.fetch(); p.Status != OK {
			t.Fatalf("%s: %v", c.about, problems)
		}
		for name, value := range c.want {
			if got := v.requests[0].Header.Get(name); got != value {
				t.Errorf("%s: %s is %q, want %q", c.about, name, got, value)
			}
		}
	}
}

func TestEveryKeepsFromAsking(t *testing.T) {
	v := newVendor(t, func(w http.ResponseWriter, r *http.Request) { reply(w, "application/json", oneIncident) })
	v.src.Every = time.Hour
	v.keep()
	for _, c := range []struct {
		about   string
		later   time.Duration
		refresh []string
		asked   int
	}{
		{"within", 59 * time.Minute, nil, 0},
		{"within, another source being refreshed", time.Minute, []string{"other"}, 0},
		{"within, but refreshed", time.Minute, []string{"incidents"}, 1},
		{"within, but all are refreshed", time.Minute, []string{All}, 1},
		{"after", time.Hour, nil, 1},
		{"before: the clock was set back", -time.Minute, nil, 1},
	} {
		v.requests = nil
		v.options.AsOf, v.options.Refresh = v.asOf.Add(c.later), c.refresh
		p, _ := v.fetch()
		if p.Status != OK || text(t, p.Fresh) != oneIncident || len(v.requests) != c.asked {
			t.Errorf("%s: %d requests, %+v", c.about, len(v.requests), p)
		}
	}
}

func TestOfflineNoMachineIsAsked(t *testing.T) {
	v := newVendor(t, func(w http.ResponseWriter, r *http.Request) { reply(w, "application/json", oneIncident) })
	v.options.Offline = true
	if p, problems := v.fetch(); p.Status != Failed || problems[0].Code != diag.SourceFailed || !strings.Contains(problems[0].Text, "this build is offline; there are no last good data") {
		t.Errorf("got %+v, %v", p, problems)
	}
	v.options.Offline = false
	v.keep()
	v.requests, v.options.Offline = nil, true
	if p, _ := v.fetch(); p.Status != Stale || text(t, p.LastGood) != oneIncident || len(v.requests) > 0 {
		t.Errorf("got %+v after %d requests", p, len(v.requests))
	}
}

// TestSourcesShareTheirHosts: twenty sources on four hosts, two requests at once per host.
func TestSourcesShareTheirHosts(t *testing.T) {
	slow := 2 * time.Second
	if testing.Short() {
		slow = 500 * time.Millisecond
	}
	site := &config.Site{Dir: t.TempDir()}
	store := OpenStore(filepath.Join(site.Dir, ".uptree"))
	defer store.Close()
	for host := range 4 {
		var now atomic.Int32
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if n := now.Add(1); n > 2 {
				t.Errorf("%d requests at once", n)
			}
			time.Sleep(slow)
			reply(w, "application/json", "[]")
			now.Add(-1)
		}))
		defer server.Close()
		for i := range 5 {
			s := httpSource(fmt.Sprintf("s%d-%d", host, i), server.URL)
			s.TokenEnv = ""
			s.Timeout = slow + slow/2 // the wait for a turn does not count
			s.HTTP.PerHost = 2 + i
			site.Sources = append(site.Sources, s)
		}
	}
	began := time.Now()
	payloads, problems, err := Fetch(t.Context(), site, Options{Store: store, Jobs: 2})
	if took := time.Since(began); err != nil || len(problems) > 0 || took > slow*7/2 {
		t.Errorf("took %s: %v, %v", took, problems, err)
	}
	for _, p := range payloads {
		if p.Status != OK {
			t.Errorf("%s: %s", p.Source.Name, p.Reason)
		}
	}
}
