package source

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/hashicorp/go-retryablehttp"
	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
)

// promClient carries the requests of Prometheus' own client, in place of one that knows no
// turns, tries, sizes and secrets.
type promClient struct {
	*asker
	base   *url.URL
	said   []string       // warnings and infos of the answers
	before *http.Response // the last answer, for its limits
}

func newPromClient(j *job) (*promClient, error) {
	a, err := newAsker(j)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(strings.TrimSuffix(strings.TrimRight(a.asks.URL, "/"), "/api/v1"))
	if err != nil {
		return nil, &fault{text: "url cannot be read"}
	}
	a.home = hostPort(base)
	return &promClient{asker: a, base: base}, nil
}

// URL is that of an endpoint. VictoriaMetrics moves the moments of a query unless it is
// asked for no answer of its cache; the others do not know the parameter.
func (c *promClient) URL(endpoint string, _ map[string]string) *url.URL {
	u := c.base.JoinPath(endpoint)
	query := u.Query()
	query.Set("nocache", "1")
	u.RawQuery = query.Encode()
	return u
}

// Do sends a request and returns the body of the answer.
func (c *promClient) Do(ctx context.Context, made *http.Request) (*http.Response, []byte, error) {
	if c.before != nil {
		if err := c.pace(ctx, c.before); err != nil {
			return nil, nil, err
		}
	}
	req, err := retryablehttp.FromRequest(made.WithContext(ctx))
	if err != nil {
		return nil, nil, &fault{text: "the request cannot be made"}
	}
	for name, values := range c.headers {
		req.Header[name] = values
	}
	var body []byte
	req.SetResponseHandler(func(resp *http.Response) (err error) {
		body, err = c.read(resp)
		return err
	})
	resp, err := c.client.Do(req)
	if resp != nil {
		defer resp.Body.Close() // ends the turn, where the answer was not read
	}
	if err != nil {
		return nil, nil, c.requestFault(ctx, err, made.URL)
	}
	if resp.StatusCode >= 400 && body == nil && !asksForGET(resp) {
		return nil, nil, c.statusFault(resp)
	}
	c.before = resp
	return resp, body, nil
}

// maxAnswer bounds one answer, in bytes: it is read as a whole. A longer one is asked for in
// parts.
const maxAnswer = 32 << 20

var errLongAnswer = &fault{
	text: fmt.Sprintf("more than %d bytes for one moment", maxAnswer),
	hint: "ask for fewer series, as with sum by (…)",
}

// read reads an answer. Its error is as that of answer.read.
func (c *promClient) read(resp *http.Response) ([]byte, error) {
	defer resp.Body.Close() // nothing was written
	switch code := resp.StatusCode; {
	case asksForGET(resp):
		return nil, nil
	case code == http.StatusBadRequest, code == http.StatusUnprocessableEntity:
		return c.refusal(resp)
	case code >= 400:
		return nil, c.statusFault(resp)
	case code != http.StatusOK:
		return nil, &fault{text: fmt.Sprintf("it answers with %s", statusText(code))}
	}
	if err := checkType(resp.Header, "json"); err != nil {
		return nil, err
	}
	limit, tooLong := int64(maxAnswer), errLongAnswer
	if most := c.room.limit; most > 0 && most+maxFrame < limit {
		limit, tooLong = most+maxFrame, tooLarge(most)
	}
	plain, err := decodeBody(resp, c.base, 2*limit) // of what is compressed: no answer is
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(plain, limit+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(body)) > limit:
		return nil, tooLong
	}
	c.note(body)
	return body, nil
}

// maxFrame is what an answer may have beside the values, which max_bytes bounds.
const maxFrame = 64 << 10

// refusal returns the answer to a query that is wrong, if it is one of Prometheus.
func (c *promClient) refusal(resp *http.Response) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxWordsRead))
	if err != nil {
		return nil, err
	}
	again := func() io.ReadCloser { return io.NopCloser(bytes.NewReader(raw)) }
	resp.Body = again()
	var answer struct{ Status string }
	plain, err := decodeBody(resp, c.base, maxWordsRead)
	if err == nil {
		if body, err := io.ReadAll(io.LimitReader(plain, maxWordsRead)); err == nil && json.Unmarshal(body, &answer) == nil && answer.Status == "error" {
			return body, nil
		}
	}
	resp.Body = again()
	return nil, c.statusFault(resp)
}

// note keeps the infos of an answer, which the client passes over.
func (c *promClient) note(body []byte) {
	if !bytes.Contains(body, []byte(`"infos"`)) {
		return
	}
	var answer struct{ Infos []string }
	if json.Unmarshal(body, &answer) == nil { // else the client says what is wrong
		c.hear(answer.Infos)
	}
}

// hear keeps what answers warn of, each once: most say the same.
func (c *promClient) hear(warnings []string) {
	for _, text := range warnings {
		if len(c.said) < maxWarnings && !slices.Contains(c.said, text) {
			c.said = append(c.said, text)
		}
	}
}

// asksForGET reports whether a server takes no POST, whereupon the client tries a GET.
func asksForGET(resp *http.Response) bool {
	code := resp.StatusCode
	return resp.Request.Method == http.MethodPost && (code == http.StatusMethodNotAllowed || code == http.StatusNotImplemented)
}

// queryFault words why a query came to nothing. what is how it is called.
func (c *promClient) queryFault(ctx context.Context, what string, err error) error {
	var f *fault
	var said *v1.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &f):
		return f
	case errors.As(err, &said) && said.Type != v1.ErrBadResponse:
		return &fault{
			text:   fmt.Sprintf("%s refuses %s", c.base.Host, what),
			detail: plain(fmt.Sprintf("%s: %s", said.Type, said.Msg), maxWordsShown),
		}
	}
	return &fault{
		text: fmt.Sprintf("the answer of %s is not one of Prometheus", c.base.Host), detail: plain(err.Error(), maxWordsShown),
		hint: "url is the address before /api/v1",
	}
}
