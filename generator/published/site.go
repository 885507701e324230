package published

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Site is where a published site is: a folder, or an http(s) address.
type Site string

// The bounds on what is read of a site.
const (
	maxFile = 256 << 20 // bytes
	timeout = 30 * time.Second
)

// String is where the site is, without a password.
func (s Site) String() string {
	if u, err := url.Parse(string(s)); err == nil && u.User != nil {
		return u.Redacted()
	}
	return string(s)
}

func (s Site) remote() bool {
	return strings.HasPrefix(string(s), "http://") || strings.HasPrefix(string(s), "https://")
}

// Open opens a file of the site, named by its path in the manifest. The end of a file that
// is too large is not read.
func (s Site) Open(ctx context.Context, file string) (io.ReadCloser, error) {
	if s.remote() {
		return s.get(ctx, file)
	}
	if !filepath.IsLocal(file) {
		return nil, fmt.Errorf("%q is not a file of the site", file)
	}
	f, err := os.OpenInRoot(string(s), filepath.FromSlash(file))
	if err != nil {
		return nil, err
	}
	return body{io.LimitReader(f, maxFile), f.Close}, nil
}

func (s Site) get(ctx context.Context, file string) (io.ReadCloser, error) {
	address, err := url.Parse(string(s))
	if err != nil {
		return nil, fmt.Errorf("the address of the site: %w", err)
	}
	address = address.JoinPath(strings.Split(file, "/")...)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	answer, err := request(ctx, address)
	if err != nil {
		cancel()
		return nil, err
	}
	return body{io.LimitReader(answer.Body, maxFile), func() error {
		defer cancel()
		return answer.Body.Close()
	}}, nil
}

func request(ctx context.Context, address *url.URL) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Cache-Control", "no-cache")
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		answer.Body.Close()
		return nil, statusError{address.Redacted(), answer.Status, answer.StatusCode}
	}
	return answer, nil
}

// statusError says that a server does not give a file. It is fs.ErrNotExist where there is
// none.
type statusError struct {
	address, status string
	code            int
}

func (e statusError) Error() string { return e.address + " answers " + e.status }

func (e statusError) Is(target error) bool {
	return target == fs.ErrNotExist && e.code == http.StatusNotFound
}

// body is what is read of a file, and how that ends.
type body struct {
	io.Reader
	end func() error
}

func (b body) Close() error { return b.end() }

// read decodes a JSON file of the site.
func (s Site) read(ctx context.Context, file string, into any) error {
	r, err := s.Open(ctx, file)
	if err != nil {
		return err
	}
	defer r.Close() // nothing was written
	d := json.NewDecoder(r)
	d.UseNumber() // money and targets keep their decimals
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s of %s: %w", file, s, err)
	}
	return nil
}
