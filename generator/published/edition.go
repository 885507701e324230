package published

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Subject is a node, service or journey of a site.
type Subject struct {
	Kind  string `json:"kind"` // node, service, journey
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

func (s Subject) key() string { return s.Kind + ":" + s.ID }

// edition is what a site says, but for its figures.
type edition struct {
	site     Site
	asOf     time.Time
	files    map[string]string // sha256 by path
	subjects []Subject         // in the order of the site
	byKey    map[string]Subject
}

// page is an index.json, as far as it is compared.
type page struct {
	Parent     *string                                   `json:"parent"`
	Owner      *string                                   `json:"owner"`
	Metrics    map[string]map[string]json.RawMessage     `json:"metrics"` // by metric and period
	Objectives []objective                               `json:"objectives"`
	Attention  []struct{ Code, Lever, Text, Ref string } `json:"attention"`
}

type objective struct{ ID, Title, State string }

var errNoSite = errors.New("it is not a site of uptree")

// readEdition reads what a site says of itself.
func readEdition(ctx context.Context, s Site) (*edition, error) {
	e := &edition{site: s, files: map[string]string{}, byKey: map[string]Subject{}}
	var manifest []struct{ Path, SHA256 string }
	var built struct {
		Schema string
		AsOf   time.Time `json:"as_of"`
	}
	var ids struct{ IDs []Subject }
	for _, f := range []struct {
		name string
		into any
	}{{"build.json", &built}, {"manifest.json", &manifest}, {"ids.json", &ids}} {
		if err := s.read(ctx, f.name, f.into); err != nil {
			return nil, fmt.Errorf("read the site at %s: %w", s, err)
		}
	}
	if !strings.HasPrefix(built.Schema, "uptree/build/") {
		return nil, fmt.Errorf("read the site at %s: %w", s, errNoSite)
	}
	e.asOf = built.AsOf
	for _, f := range manifest {
		e.files[f.Path] = f.SHA256
	}
	for _, id := range ids.IDs {
		switch id.Kind {
		case "node", "service", "journey":
			e.subjects = append(e.subjects, id)
			e.byKey[id.key()] = id
		}
	}
	return e, nil
}

// twin is the path of the JSON beside a page.
func (s Subject) twin() string { return path.Join(path.Dir(s.URL), "index.json") }

// atOnce is how many files of a site are asked for at the same time.
const atOnce = 8

// pages reads the pages of the subjects.
func (e *edition) pages(ctx context.Context, of []Subject) (map[string]page, error) {
	var mu sync.Mutex
	out := make(map[string]page, len(of))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for _, s := range of {
		group.Go(func() error {
			var p page
			if err := e.site.read(ctx, s.twin(), &p); err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			out[s.key()] = p
			return nil
		})
	}
	return out, group.Wait()
}

// AsOf is the clock of the build that made the site.
func (s Site) AsOf(ctx context.Context) (time.Time, error) {
	var built struct {
		AsOf time.Time `json:"as_of"`
	}
	if err := s.read(ctx, "build.json", &built); err != nil {
		return time.Time{}, fmt.Errorf("read the site at %s: %w", s, err)
	}
	return built.AsOf, nil
}
