package check

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"uptree/generator/content"
	"uptree/generator/diag"
	"uptree/generator/published"
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

// ReadPublished reads the ids.json of a site at a folder or an http(s) address.
func ReadPublished(ctx context.Context, where string) (*Published, error) {
	r, err := published.Site(where).Open(ctx, "ids.json")
	if err != nil {
		return nil, fmt.Errorf("read the ids of the published site: %w", err)
	}
	defer r.Close()
	var file struct {
		IDs   []publishedID `json:"ids"`
		Moved []publishedID `json:"moved"` // their pages are those of others now
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, fmt.Errorf("read the ids of the published site at %s: %w", where, err)
	}
	p := &Published{ids: file.IDs, by: map[publishedKey]string{}}
	for _, id := range slices.Concat(file.IDs, file.Moved) {
		p.by[publishedKey{content.Kind(id.Kind), id.ID}] = id.URL
	}
	return p, nil
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
