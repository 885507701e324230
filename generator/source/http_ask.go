package source

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/hashicorp/go-retryablehttp"

	"uptree/generator/config"
)

// asker sends the requests of one source: with its secrets, each when it is its turn, again
// where that may help, and to no host that site.toml does not name.
type asker struct {
	*job
	asks    *config.HTTP
	client  *retryablehttp.Client
	home    string      // hostPort of the URL: the one host that is given the secrets
	headers http.Header // of each request
	private []string    // those of headers that hold secrets
}

func newAsker(j *job) (*asker, error) {
	a := &asker{job: j, asks: &j.source.HTTP, headers: http.Header{}}
	if err := a.setHeaders(); err != nil {
		return nil, err
	}
	a.client = a.newClient()
	return a, nil
}

// setHeaders makes the headers of all requests, with the secrets.
func (a *asker) setHeaders() error {
	a.headers.Set("User-Agent", "uptree")
	a.headers.Set("Accept", "*/*")
	a.headers.Set("Accept-Encoding", "zstd, gzip")
	if a.asks.Method == http.MethodPost {
		a.headers.Set("Content-Type", "application/json")
	}
	for name, value := range a.asks.Headers {
		a.headers.Set(name, value)
	}
	for name, variable := range a.asks.HeadersEnv {
		if err := a.setSecret(name, "", variable); err != nil {
			return err
		}
	}
	if a.source.TokenEnv != "" {
		if err := a.setSecret(a.asks.TokenHeader, a.asks.TokenPrefix, a.source.TokenEnv); err != nil {
			return err
		}
	}
	if a.asks.BasicEnv == "" {
		return nil
	}
	return a.setBasic()
}

// setSecret puts a variable into a header.
func (a *asker) setSecret(header, prefix, variable string) error {
	secret, err := a.secrets.read(variable)
	if err != nil {
		return err
	}
	if strings.ContainsFunc(secret.value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return &fault{text: fmt.Sprintf("the environment variable %s holds what no header can: a line break, say", variable)}
	}
	a.headers.Set(header, prefix+secret.value)
	a.private = append(a.private, header)
	return nil
}

func (a *asker) setBasic() error {
	secret, err := a.secrets.read(a.asks.BasicEnv)
	if err != nil {
		return err
	}
	user, password, ok := strings.Cut(secret.value, ":")
	if !ok {
		return &fault{text: fmt.Sprintf("the environment variable %s is not of the form user:password", a.asks.BasicEnv)}
	}
	a.secrets.hide(password)
	req := http.Request{Header: a.headers}
	req.SetBasicAuth(user, password)
	a.private = append(a.private, "Authorization")
	return nil
}

func (a *asker) dropSecrets(header http.Header) {
	for _, name := range a.private {
		header.Del(name)
	}
}

// allowed reports whether site.toml names a host.
func (a *asker) allowed(u *url.URL) bool {
	if u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return hostPort(u) == a.home || slices.ContainsFunc(a.asks.Hosts, func(host string) bool {
		return strings.EqualFold(host, u.Host) || strings.EqualFold(host, u.Hostname())
	})
}

// newClient makes the client of one source. Redirects lead to declared hosts alone, and
// never from https to http.
func (a *asker) newClient() *retryablehttp.Client {
	redirect := func(req *http.Request, via []*http.Request) error {
		switch {
		case len(via) >= maxRedirects:
			return &fault{text: "its redirects have no end"}
		case !a.allowed(req.URL):
			return a.leadsAway(req.URL)
		case via[0].URL.Scheme == "https" && req.URL.Scheme != "https":
			return &fault{text: "it redirects from https to http"}
		}
		req.Header.Del("Referer")
		if hostPort(req.URL) != a.home {
			a.dropSecrets(req.Header)
		}
		return nil
	}
	return &retryablehttp.Client{
		HTTPClient: &http.Client{Transport: &turnTaker{a.web.transport, a.web.turns, a.time}, CheckRedirect: redirect},
		RetryMax:   a.source.Retries, RetryWaitMin: a.web.backoff, RetryWaitMax: maxBackoff,
		CheckRetry: a.retry, Backoff: backoff, ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
}

const maxRedirects = 10
