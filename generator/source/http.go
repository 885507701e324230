package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"uptree/generator/config"
)

// httpFetch asks one source of kind http: window by window, and page by page in each.
type httpFetch struct {
	*job
	asks    *config.HTTP
	client  *retryablehttp.Client
	home    string      // hostPort of the URL: the one host that is given the secrets
	headers http.Header // of each request
	private []string    // those of headers that hold secrets
	now     *answer     // what is being read
	blobs   []Blob
	fresh   Copy
}

// fetchHTTP is the connector of kind http.
func fetchHTTP(ctx context.Context, j *job) (*Copy, error) {
	h := &httpFetch{job: j, asks: &j.source.HTTP, headers: http.Header{}}
	if err := h.setHeaders(); err != nil {
		return nil, err
	}
	h.client = h.newClient()
	for i, w := range h.windows() {
		if unchanged, err := h.fetchWindow(ctx, i, w); err != nil {
			return nil, err
		} else if unchanged {
			again := *j.last
			again.FetchedAt, again.verified = j.asOf, true
			return &again, nil
		}
	}
	h.fresh.Blobs, h.fresh.FetchedAt = h.blobs, j.asOf
	return &h.fresh, nil
}

// fetchWindow reads the pages of one window. It reports whether the source says that the
// kept copy is what it still has.
func (h *httpFetch) fetchWindow(ctx context.Context, i int, w window) (unchanged bool, err error) {
	u, err := url.Parse(h.fill(h.asks.URL, w, url.QueryEscape))
	if err != nil {
		return false, &fault{text: "url cannot be read"}
	}
	h.home = hostPort(u)
	body := []byte(h.fill(h.asks.Body, w, func(s string) string { return s }))
	pages, err := newPager(h.asks.Paging, u, body, h.asks.Method == http.MethodPost)
	if err != nil {
		return false, err
	}
	for more := true; more; {
		if !h.allowed(pages.url) {
			return false, h.leadsAway(pages.url)
		}
		resp, err := h.ask(ctx, pages, h.blobName(i, pages.page))
		if err != nil {
			return false, err
		}
		if resp.StatusCode == http.StatusNotModified {
			return true, nil
		}
		h.blobs = append(h.blobs, h.now.blob)
		if more, err = pages.advance(resp, h.now); err != nil {
			return false, err
		}
		if more {
			if err := h.pace(ctx, resp); err != nil {
				return false, err
			}
		}
	}
	return false, nil
}

// ask requests a page and reads it to the end, again where that may help.
func (h *httpFetch) ask(ctx context.Context, p *pager, name string) (*http.Response, error) {
	req, err := retryablehttp.NewRequestWithContext(ctx, h.asks.Method, p.url.String(), nil)
	if err != nil {
		return nil, &fault{text: "the request cannot be made"}
	}
	if p.post {
		if err := req.SetBody(p.body); err != nil {
			return nil, &fault{text: "the request cannot be made"}
		}
	}
	req.Header = h.headers.Clone()
	if hostPort(p.url) != h.home {
		h.dropSecrets(req.Header)
	}
	if h.single() {
		h.setConditions(req.Header)
	}
	h.now = &answer{fetch: h, name: name, url: p.url, readsFacts: p.readsPages()}
	req.SetResponseHandler(h.now.read)
	resp, err := h.client.Do(req)
	if resp != nil {
		defer resp.Body.Close() // ends the turn, where the answer was not read
	}
	if err != nil {
		return nil, h.requestFault(ctx, err, p.url)
	}
	if resp.StatusCode >= 400 {
		return nil, h.statusFault(resp)
	}
	return resp, nil
}

// single reports whether the source is one request, so that its state can be compared.
func (h *httpFetch) single() bool {
	asked := h.asks.URL + h.asks.Body
	return h.asks.Paging.By == "" && h.asks.Method == http.MethodGet && !strings.Contains(asked, "{since}") && !strings.Contains(asked, "{until}")
}

// setConditions asks for the answer only if it is not the kept one.
func (h *httpFetch) setConditions(header http.Header) {
	if h.last == nil {
		return
	}
	if tag := h.last.kept.ETag; tag != "" {
		header.Set("If-None-Match", tag)
	}
	if at := h.last.kept.LastModified; at != "" {
		header.Set("If-Modified-Since", at)
	}
}

// setHeaders makes the headers of all requests, with the secrets.
func (h *httpFetch) setHeaders() error {
	h.headers.Set("User-Agent", "uptree")
	h.headers.Set("Accept", "*/*")
	h.headers.Set("Accept-Encoding", "zstd, gzip")
	if h.asks.Method == http.MethodPost {
		h.headers.Set("Content-Type", "application/json")
	}
	for name, value := range h.asks.Headers {
		h.headers.Set(name, value)
	}
	for name, variable := range h.asks.HeadersEnv {
		if err := h.setSecret(name, "", variable); err != nil {
			return err
		}
	}
	if h.source.TokenEnv != "" {
		if err := h.setSecret(h.asks.TokenHeader, h.asks.TokenPrefix, h.source.TokenEnv); err != nil {
			return err
		}
	}
	if h.asks.BasicEnv == "" {
		return nil
	}
	return h.setBasic()
}

// setSecret puts a variable into a header.
func (h *httpFetch) setSecret(header, prefix, variable string) error {
	secret, err := h.secrets.read(variable)
	if err != nil {
		return err
	}
	if strings.ContainsFunc(secret.value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return &fault{text: fmt.Sprintf("the environment variable %s holds what no header can: a line break, say", variable)}
	}
	h.headers.Set(header, prefix+secret.value)
	h.private = append(h.private, header)
	return nil
}

func (h *httpFetch) setBasic() error {
	secret, err := h.secrets.read(h.asks.BasicEnv)
	if err != nil {
		return err
	}
	user, password, ok := strings.Cut(secret.value, ":")
	if !ok {
		return &fault{text: fmt.Sprintf("the environment variable %s is not of the form user:password", h.asks.BasicEnv)}
	}
	h.secrets.hide(password)
	req := http.Request{Header: h.headers}
	req.SetBasicAuth(user, password)
	h.private = append(h.private, "Authorization")
	return nil
}

func (h *httpFetch) dropSecrets(header http.Header) {
	for _, name := range h.private {
		header.Del(name)
	}
}

// allowed reports whether site.toml names a host.
func (h *httpFetch) allowed(u *url.URL) bool {
	if u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return hostPort(u) == h.home || slices.ContainsFunc(h.asks.Hosts, func(host string) bool {
		return strings.EqualFold(host, u.Host) || strings.EqualFold(host, u.Hostname())
	})
}

func (h *httpFetch) leadsAway(u *url.URL) error {
	return &fault{
		text: fmt.Sprintf("it leads to %s, a host that site.toml does not name", u.Host),
		hint: "to a login page, maybe: then mend its credentials; else name the host, as in hosts = [" + fmt.Sprintf("%q", u.Host) + "]",
	}
}

// newClient makes the client of one source. Redirects lead to declared hosts alone, and
// never from https to http.
func (h *httpFetch) newClient() *retryablehttp.Client {
	redirect := func(req *http.Request, via []*http.Request) error {
		switch {
		case len(via) >= maxRedirects:
			return &fault{text: "its redirects have no end"}
		case !h.allowed(req.URL):
			return h.leadsAway(req.URL)
		case via[0].URL.Scheme == "https" && req.URL.Scheme != "https":
			return &fault{text: "it redirects from https to http"}
		}
		req.Header.Del("Referer")
		if hostPort(req.URL) != h.home {
			h.dropSecrets(req.Header)
		}
		return nil
	}
	return &retryablehttp.Client{
		HTTPClient: &http.Client{Transport: &turnTaker{h.web.transport, h.web.turns, h.time}, CheckRedirect: redirect},
		RetryMax:   h.source.Retries, RetryWaitMin: h.web.backoff, RetryWaitMax: maxBackoff,
		CheckRetry: h.retry, Backoff: backoff, ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
}

const maxRedirects = 10

// blobName is how a part of an answer is called in messages.
func (h *httpFetch) blobName(window, page int) string {
	name := h.source.Name
	if h.asks.Window > 0 {
		name += fmt.Sprintf(" window %d", window+1)
	}
	if h.asks.Paging.By != "" {
		name += fmt.Sprintf(" page %d", page+1)
	}
	return name
}

// window is a stretch of time that is asked for at once.
type window struct{ since, until time.Time }

// windows cuts the time that is asked for into what the vendor allows, oldest first.
func (h *httpFetch) windows() []window {
	until := h.asOf.UTC()
	since := until.Add(-h.asks.Since)
	if h.asks.Window == 0 {
		return []window{{since, until}}
	}
	var all []window
	for since.Before(until) {
		end := since.Add(h.asks.Window)
		if end.After(until) {
			end = until
		}
		all = append(all, window{since, end})
		since = end
	}
	return all
}

// fill puts a window in place of {since} and {until}.
func (h *httpFetch) fill(text string, w window, escape func(string) string) string {
	return strings.NewReplacer("{since}", escape(h.timeText(w.since)), "{until}", escape(h.timeText(w.until))).Replace(text)
}

func (h *httpFetch) timeText(t time.Time) string {
	switch h.asks.TimeFormat {
	case "date":
		return t.Format(time.DateOnly)
	case "unix":
		return fmt.Sprint(t.Unix())
	case "unix_ms":
		return fmt.Sprint(t.UnixMilli())
	}
	return t.Format(time.RFC3339)
}

// requestFault words why a request came to nothing. An address may hold what is not for
// others: only its host is named.
func (h *httpFetch) requestFault(ctx context.Context, err error, u *url.URL) error {
	var f *fault
	var failed *url.Error
	switch {
	case errors.As(err, &f):
		return f
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &failed):
		return &fault{text: fmt.Sprintf("cannot reach %s", u.Host), detail: failed.Err.Error()}
	}
	return &fault{text: fmt.Sprintf("the answer of %s is not whole", u.Host), detail: err.Error()}
}
