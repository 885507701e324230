package source

import (
	"context"
	"time"

	"uptree/generator/config"
)

// Connector is a way to reach the bytes of a source.
type Connector struct {
	Kind   string // as in site.toml
	Doc    string // what it reaches, for users
	Remote bool   // asks other machines or programs, so not in an offline build
	fetch  fetchFunc
}

// fetchFunc returns what a source gives, in at least one blob. Its error is shown on the
// site: it names paths relative to the site's folder only.
type fetchFunc func(ctx context.Context, j *job) (*Copy, error)

// job is one fetch of one source.
type job struct {
	source *config.Source
	dir    string    // the folder of site.toml
	asOf   time.Time // the build's clock
	room   *room     // where the bytes go
}

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
