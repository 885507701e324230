package source

import (
	"context"

	"uptree/generator/config"
)

// Connector is a way to reach the bytes of a source.
type Connector struct {
	Kind   string // as in site.toml
	Doc    string // what it reaches, for users
	Remote bool   // contacts other machines, so not in an offline build
	fetch  fetchFunc
}

// fetchFunc returns the blobs of a source, by name and at least one. dir is the folder of
// site.toml. Its error is shown on the site: it names paths relative to dir only.
type fetchFunc func(ctx context.Context, dir string, s *config.Source) ([]Blob, error)

// Connectors is the table of connectors.
var Connectors = []Connector{
	{Kind: "file", Doc: "Files below the site's folder or beside it, by path or pattern.", fetch: fetchFiles},
}

func connectorOf(kind string) (Connector, bool) {
	for _, c := range Connectors {
		if c.Kind == kind {
			return c, true
		}
	}
	return Connector{}, false
}
