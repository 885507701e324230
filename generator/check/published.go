package check

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"uptree/generator/content"
	"uptree/generator/diag"
)

// Published holds the ids of a published site, from its ids.json.
type Published struct {
	ids []publishedID
	by  map[publishedKey]string
}

type publishedID struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
	URL  string `json:"url"`
}

type publishedKey struct {
	kind content.Kind
	id   string
}

// The bounds on reading a published ids.json.
const (
	maxPublished     = 256 << 20
	publishedTimeout = 30 * time.Second
)

// ReadPublished reads the ids.json of a site at a folder or an http(s) address.
func ReadPublished(ctx context.Context, where string) (*Published, error) {
	r, err := openPublished(ctx, where, "ids.json")
	if err != nil {
		return nil, fmt.Errorf("read the ids of the published site: %w", err)
	}
	defer r.Close()
	var file struct {
		IDs []publishedID `json:"ids"`
	}
	if err := json.NewDecoder(io.LimitReader(r, maxPublished)).Decode(&file); err != nil {
		return nil, fmt.Errorf("read the ids of the published site at %s: %w", where, err)
	}
	p := &Published{ids: file.IDs, by: map[publishedKey]string{}}
	for _, id := range file.IDs {
		p.by[publishedKey{content.Kind(id.Kind), id.ID}] = id.URL
	}
	return p, nil
}

// openPublished opens a file of the site at a folder or an http(s) address.
func openPublished(ctx context.Context, where, file string) (io.ReadCloser, error) {
	if !strings.HasPrefix(where, "http://") && !strings.HasPrefix(where, "https://") {
		return os.Open(filepath.Join(where, file))
	}
	ctx, cancel := context.WithTimeout(ctx, publishedTimeout)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(where, "/")+"/"+file, nil)
	if err != nil {
		cancel()
		return nil, err
	}
	req.Header.Set("Cache-Control", "no-cache")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		cancel()
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		cancel()
		return nil, fmt.Errorf("%s answers %s", req.URL.Redacted(), resp.Status)
	}
	return cancelled{resp.Body, cancel}, nil
}

// cancelled ends the request's context when its body is closed.
type cancelled struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (c cancelled) Close() error {
	defer c.cancel()
	return c.ReadCloser.Close()
}

func (p *Published) find(kind content.Kind, id string) (string, bool) {
	url, ok := p.by[publishedKey{kind, id}]
	return url, ok
}

// gone lists the ids that the published site has and this build has not.
func gone(in Input) diag.List {
	var out diag.List
	for _, id := range in.Published.ids {
		switch kind := content.Kind(id.Kind); kind {
		case content.Node, content.Service, content.Journey:
			if _, ok := in.Resolve(kind, id.ID); !ok {
				out.Add(diag.Problem{Code: diag.GoneFromPublished, Text: fmt.Sprintf("%s %q is published and not in this build", id.Kind, id.ID),
					Hint: "links to " + id.URL + " will break; a node that ends can name its successor"})
			}
		}
	}
	return out
}
