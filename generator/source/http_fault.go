package source

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

func (a *asker) leadsAway(u *url.URL) error {
	return &fault{
		text: fmt.Sprintf("it leads to %s, a host that site.toml does not name", u.Host),
		hint: "to a login page, maybe: then mend its credentials; else name the host, as in hosts = [" + fmt.Sprintf("%q", u.Host) + "]",
	}
}

// requestFault words why a request came to nothing. An address may hold what is not for
// others: only its host is named.
func (a *asker) requestFault(ctx context.Context, err error, u *url.URL) error {
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

// maxWords bounds what is read and what is shown of a server's own words, in bytes.
const (
	maxWordsRead  = 64 << 10
	maxWordsShown = 300
)

// statusFault words an answer that is a refusal.
func (a *asker) statusFault(resp *http.Response) error {
	code := resp.StatusCode
	if wait, tooLong := a.waitsTooLong(resp); tooLong {
		return a.waitFault(resp, wait)
	}
	f := &fault{text: fmt.Sprintf("%s answers with %s", resp.Request.URL.Host, statusText(code)), detail: a.words(resp)}
	switch {
	case limited(resp):
		f.text = fmt.Sprintf("%s limits the number of requests: %s", resp.Request.URL.Host, statusText(code))
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		f.text = fmt.Sprintf("%s does not accept the credentials: %s", resp.Request.URL.Host, statusText(code))
		f.hint = "name the environment variable that holds them with token_env, basic_env or headers_env"
		if len(a.private) > 0 {
			f.hint = "is what " + a.variables() + " holds still valid, and may it read this?"
		}
	}
	return f
}

func (a *asker) variables() string {
	names := []string{}
	for _, name := range a.asks.HeadersEnv {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range []string{a.source.TokenEnv, a.asks.BasicEnv} {
		if name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// statusText names a status in the words of the standard, not of the server.
func statusText(code int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code)))
}

// words returns what a refusing server says of it.
func (a *asker) words(resp *http.Response) string {
	body, err := decodeBody(resp, resp.Request.URL, a.room.limit)
	if err != nil {
		return ""
	}
	text, err := io.ReadAll(io.LimitReader(body, maxWordsRead))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return ""
	}
	var value any
	if json.Unmarshal(text, &value) == nil {
		return plain(message(value, 0), maxWordsShown)
	}
	return plain(string(text), maxWordsShown)
}

// messageKeys are where vendors put their message, the first that is there counts.
var messageKeys = []string{"error", "errors", "errorMessages", "message", "detail", "title", "error_description"}

// message returns the message of an error of JSON, in whichever of the usual shapes.
func message(value any, depth int) string {
	const deep = 4
	if depth > deep {
		return ""
	}
	switch v := value.(type) {
	case string:
		return v
	case []any:
		if len(v) > 0 {
			return message(v[0], depth+1)
		}
	case map[string]any:
		for _, key := range messageKeys {
			if text := message(v[key], depth+1); text != "" {
				return text
			}
		}
	}
	return ""
}

// plain makes foreign words fit for one line.
func plain(text string, most int) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
