package source

import (
	"context"
	"net/http"
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
	last   *Copy     // the kept copy; nil without one
	sample bool      // one page is enough

	secrets *secrets
	time    *allowance
	web     *web
}

// web is what the sources of a build share to ask other machines.
type web struct {
	transport *http.Transport
	turns     *turns
	backoff   time.Duration // before the second try of a request
}

// Connectors is the table of connectors.
var Connectors = []Connector{
	{Kind: "file", Doc: "Files below the site's folder or beside it, by path or pattern.", fetch: fetchFiles},
	{Kind: "http", Doc: "An address of http or https: GET or a read-only POST, with its pages.", Remote: true, fetch: fetchHTTP},
	{Kind: "prometheus", Doc: "PromQL of Prometheus, Thanos, Mimir, VictoriaMetrics or what speaks their API: for each set of labels a record a day, with the values of the queries.", Remote: true, fetch: fetchPrometheus},
	{Kind: "postgres", Doc: "A query of PostgreSQL, or of what speaks its protocol.", Remote: true, fetch: fetchPostgres},
	{Kind: "command", Doc: "What a program prints, run without a shell.", Remote: true, fetch: fetchCommand},
}

func connectorOf(kind string) (Connector, bool) {
	for _, c := range Connectors {
		if c.Kind == kind {
			return c, true
		}
	}
	return Connector{}, false
}
