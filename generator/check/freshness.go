package check

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"uptree/generator/diag"
	"uptree/generator/published"
)

// maxBuild bounds a published build.json, in bytes.
const maxBuild = 16 << 20

// publishedBuild is what a build.json says of times.
type publishedBuild struct {
	Schema  string    `json:"schema"`
	AsOf    time.Time `json:"as_of"`
	Sources map[string]struct {
		Status    string    `json:"status"`
		FetchedAt time.Time `json:"fetched_at"`
	} `json:"sources"`
}

// Freshness holds the site at a folder or an http(s) address to an age: that of its build,
// and that of the data of each source which failed at that build. A source that did not
// fail is as fresh as the build. That the site cannot be read is a problem too; the error
// is that of the context. Age is how long ago the site was built, 0 where that is not known.
func Freshness(ctx context.Context, where string, now time.Time, maxAge time.Duration) (age time.Duration, problems diag.List, err error) {
	b, err := readBuild(ctx, where)
	switch {
	case ctx.Err() != nil:
		return 0, nil, ctx.Err()
	case err != nil:
		text := fmt.Sprintf("the published site at %s cannot be read: %v", published.Site(where), err)
		return 0, diag.List{{Code: diag.SiteUnreadable, Text: text}}, nil
	}
	age = now.Sub(b.AsOf)
	switch {
	case age > maxAge:
		problems.Add(diag.Problem{
			Code: diag.SiteOld, Hint: "see to the job that builds it",
			Text: fmt.Sprintf("the site at %s was built %s ago, at %s: more than %s", published.Site(where), short(age), moment(b.AsOf), short(maxAge)),
		})
	case age < -maxAge:
		problems.Add(diag.Problem{
			Code: diag.SiteOld, Hint: "see to the clocks",
			Text: fmt.Sprintf("the site at %s says that it is of %s, which is yet to come: its age cannot be told", published.Site(where), moment(b.AsOf)),
		})
	}
	problems.Append(b.oldSources(now, maxAge))
	return age, problems, nil
}

// oldSources lists the sources that failed at the build and whose data are too old.
func (b *publishedBuild) oldSources(now time.Time, maxAge time.Duration) diag.List {
	var out diag.List
	for _, name := range slices.Sorted(maps.Keys(b.Sources)) {
		s := b.Sources[name]
		age := now.Sub(s.FetchedAt)
		if s.Status == "ok" || !s.FetchedAt.IsZero() && age <= maxAge {
			continue
		}
		text := "the site has no data of it"
		if !s.FetchedAt.IsZero() {
			text = fmt.Sprintf("its data are %s old, of %s: more than %s", short(age), moment(s.FetchedAt), short(maxAge))
		}
		out.Add(diag.Problem{Code: diag.SourceOld, Text: fmt.Sprintf("source %q is %s: %s", name, s.Status, text), Hint: "the data page says why"})
	}
	return out
}

// readBuild reads the build.json of a site.
func readBuild(ctx context.Context, where string) (*publishedBuild, error) {
	r, err := published.Site(where).Open(ctx, "build.json")
	if err != nil {
		return nil, err
	}
	defer r.Close() // nothing was written
	var b publishedBuild
	if err := json.NewDecoder(io.LimitReader(r, maxBuild)).Decode(&b); err != nil {
		return nil, fmt.Errorf("its build.json is not one: %w", err)
	}
	if !strings.HasPrefix(b.Schema, "uptree/build/") || b.AsOf.IsZero() {
		return nil, errors.New("its build.json is not one of uptree")
	}
	return &b, nil
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// short words a duration for people, in minutes where it is long: "26h5m".
func short(d time.Duration) string {
	if d < time.Minute {
		return d.Truncate(time.Second).String()
	}
	text := strings.TrimSuffix(d.Truncate(time.Minute).String(), "0s")
	if hours, whole := strings.CutSuffix(text, "h0m"); whole {
		return hours + "h"
	}
	return text
}
