package source

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// httpFetch asks one source of kind http: window by window, and page by page in each.
type httpFetch struct {
	*asker
	now   *answer // what is being read
	blobs []Blob
	fresh Copy
}

// fetchHTTP is the connector of kind http.
func fetchHTTP(ctx context.Context, j *job) (*Copy, error) {
	a, err := newAsker(j)
	if err != nil {
		return nil, err
	}
	h := &httpFetch{asker: a}
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
		if h.sample {
			return false, nil
		}
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
	switch {
	case h.asks.Window == 0:
		return []window{{since, until}}
	case h.sample:
		return []window{{until.Add(-min(h.asks.Since, h.asks.Window)), until}}
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
