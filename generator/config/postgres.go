package config

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"uptree/generator/diag"
)

// Postgres is what a source of kind postgres asks. The password is in the variable of
// token_env.
type Postgres struct {
	URL     string        // user, host, port, database and settings, without a password
	Query   string        // may hold {since} and {until}
	Since   time.Duration // how far {since} lies before as_of
	PerHost int           // connections at once
	MaxRows int           // more are a failure
}

// Bounds and defaults of kind postgres.
const (
	defaultMaxRows = 1_000_000
	mostMaxRows    = 1_000_000_000
)

// The settings that the URL of a database may hold, and the values of sslmode. Others would
// lead elsewhere, read further files or change what the data mean.
var (
	postgresSettings = []string{"sslmode", "sslrootcert", "sslcert", "sslkey", "sslnegotiation", "channel_binding", "options"}
	sslModes         = []string{"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}
)

// readPostgres reads the keys of kind postgres.
func (src *Source) readPostgres(s section) {
	p := &src.Postgres
	s.require("url", `name the database, as in url = "postgres://reader@db.example/tracker"`)
	p.readAddress(s)
	s.require("query", `as in query = "SELECT id, started FROM incidents WHERE started >= {since}"`)
	p.Query, _ = s.text("query")
	p.Since, p.PerHost, p.MaxRows = defaultSince, defaultPerHost, defaultMaxRows
	if d := s.duration("since"); d > 0 {
		p.Since = d
	}
	if s.Has("per_host") {
		p.PerHost = s.between("per_host", 1, maxPerHost)
	}
	if s.Has("max_rows") {
		p.MaxRows = s.between("max_rows", 1, mostMaxRows)
	}
	for key, hint := range map[string]string{"format": "rows are read as they are", "preset": "name the dataset: the columns of the query are its fields"} {
		if s.Has(key) {
			s.Report(diag.ConflictingKeys, key, key+` is not for kind = "postgres"`, hint)
		}
	}
}

// readAddress reads url. A user may stand in it, a password may not.
func (p *Postgres) readAddress(s section) {
	text, ok := s.text("url")
	if !ok {
		return
	}
	u, err := url.Parse(text)
	switch {
	case err == nil && hasPassword(u), err != nil && strings.Contains(text, "@"):
		s.badSecret("url", "url holds a password, or what may be one")
	case err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Hostname() == "" || u.User.Username() == "" || len(u.Path) < 2:
		s.Report(diag.OutOfRange, "url", "url is no address of a database", `it has the form "postgres://user@host:5432/database?sslmode=verify-full"`)
	case p.knownSettings(s, u.Query()):
		p.URL = text
	}
}

func hasPassword(u *url.URL) bool {
	_, has := u.User.Password()
	for key := range u.Query() {
		has = has || isSecret(key)
	}
	return has
}

// knownSettings reports the settings of a URL that are not known.
func (p *Postgres) knownSettings(s section, settings url.Values) bool {
	for key := range settings {
		if !slices.Contains(postgresSettings, key) {
			s.Report(diag.OutOfRange, "url", fmt.Sprintf("url: the setting %q is not known", key), didYouMean(key, postgresSettings))
			return false
		}
	}
	if mode := settings.Get("sslmode"); settings.Has("sslmode") && !slices.Contains(sslModes, mode) {
		s.Report(diag.OutOfRange, "url", fmt.Sprintf("url: sslmode = %q is not known", mode), didYouMean(mode, sslModes))
		return false
	}
	return true
}
