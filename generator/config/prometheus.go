package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"uptree/generator/diag"
)

// Prometheus is what a source of kind prometheus asks at the address of its HTTP, and how
// far back: HTTP.Since, and HTTP.Window at once.
type Prometheus struct {
	Queries map[string]string // field of the records -> PromQL, in which {step} is the length of a bucket
	Instant bool              // the values of as_of alone, without buckets
	// Step is the length of a bucket, Day for the days of Zone, which may have 23 or 25
	// hours. A shorter one divides a day evenly, beginning at its midnight.
	Step time.Duration
	Zone *time.Location `json:"-"` // the site's
}

// Day is the length of most days.
const Day = 24 * time.Hour

// MaxPoints is how many values per series one request may ask for: what servers allow.
const MaxPoints = 11_000

// RecordTimes are the keys of a record that say when it was measured.
var RecordTimes = []string{"day", "start", "end", "time"}

// singleQuery is the field of the key query.
const singleQuery = "value"

// stepMark stands in a query for the length of a bucket.
const stepMark = "{step}"

var fieldName = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

// readPrometheus reads the keys of kind prometheus.
func (src *Source) readPrometheus(s section) {
	h, p := &src.HTTP, &src.Prometheus
	h.readAddress(s)
	h.readHeaders(s)
	h.readSecrets(s)
	h.readPerHost(s)
	h.readSince(s)
	if tenant, ok := s.text("tenant"); ok {
		h.setTenant(s, tenant)
	}
	p.readQueries(s)
	p.readStep(s)
	atOnce := MaxPoints * p.Step
	if h.Window > 0 {
		atOnce = min(atOnce, max(h.Window, p.Step))
	}
	if h.Since/atOnce > maxWindows && !p.Instant {
		s.Report(diag.OutOfRange, "since", fmt.Sprintf("since = %s needs more than %d requests", h.Since, maxWindows), "ask for longer steps, or less far back")
	}
}

// setTenant adds the header that Mimir and others tell tenants by.
func (h *HTTP) setTenant(s section, tenant string) {
	if strings.ContainsFunc(tenant, func(r rune) bool { return r < ' ' || r >= 0x7f }) {
		s.Report(diag.OutOfRange, "tenant", "tenant holds what no header can", "")
		return
	}
	if h.Headers == nil {
		h.Headers = map[string]string{}
	}
	h.Headers["X-Scope-OrgID"] = tenant
}

// readQueries reads query or queries.
func (p *Prometheus) readQueries(s section) {
	p.Queries = map[string]string{}
	if query, ok := s.text("query"); ok {
		p.Queries[singleQuery] = query
	}
	t, several := s.Table.Table("queries")
	if several {
		named := section{t, s.partial}
		for _, field := range named.Keys() {
			if query, ok := named.text(field); ok && named.checkField(field) {
				p.Queries[field] = query
			}
		}
	}
	switch {
	case several && s.Has("query"):
		s.Report(diag.ConflictingKeys, "queries", "query and queries exclude each other", "query is short for queries = { value = … }")
	case !several:
		s.require("query", `in PromQL, as in query = 'sum by (job) (increase(runs_total[{step}]))'`)
	case len(t.Keys()) == 0:
		s.Report(diag.OutOfRange, "queries", "queries names no query", `as in queries = { passed = "…", failed = "…" }`)
	}
}

// checkField reports a name that the records cannot have for a query.
func (s section) checkField(name string) bool {
	switch {
	case slices.Contains(RecordTimes, name):
		s.Report(diag.OutOfRange, name, fmt.Sprintf("%q says when a value was measured and cannot be a query", name), "")
	case !fieldName.MatchString(name):
		s.Report(diag.OutOfRange, name, fmt.Sprintf("%q is no name for a query", name), "names are written in a-z, A-Z, 0-9 and _")
	default:
		return true
	}
	return false
}

// readStep reads step or instant.
func (p *Prometheus) readStep(s section) {
	p.Step, p.Instant = Day, s.flag("instant")
	if d := s.duration("step"); d > 0 {
		p.Step = d
	}
	switch {
	case p.Instant && s.Has("step"):
		s.Report(diag.ConflictingKeys, "step", "instant and step exclude each other", "an instant query has no steps")
	case p.Step > Day || p.Step < time.Second || Day%p.Step != 0:
		s.Report(diag.OutOfRange, "step", fmt.Sprintf("step = %s does not cut a day evenly", p.Step), `"1d" or what divides it, such as "1h" or "5m"`)
		p.Step = Day
	case p.Instant:
		for _, query := range p.Queries {
			if strings.Contains(query, stepMark) {
				s.Report(diag.ConflictingKeys, "instant", "an instant query has no {step}", "write a length of time in its place")
				return
			}
		}
	}
}

// Query returns the query of a field for buckets of a length.
func (p *Prometheus) Query(field string, bucket time.Duration) string {
	return strings.ReplaceAll(p.Queries[field], stepMark, fmt.Sprintf("%ds", int64(bucket/time.Second)))
}
