package generator

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/ingest"
	"uptree/generator/model"
	"uptree/generator/published"
	"uptree/generator/source"
)

// standIn are data in place of those that a source gives: what Try builds a site with. A
// source that site.toml does not have is added; one without data is left out.
type standIn struct {
	source config.Source
	copy   *source.Copy
}

// amend puts the source into the site, or out of it.
func (in *standIn) amend(site *config.Site) {
	if in == nil {
		return
	}
	i := slices.IndexFunc(site.Sources, func(s config.Source) bool { return s.Name == in.source.Name })
	switch {
	case in.copy == nil && i >= 0:
		site.Sources = slices.Delete(site.Sources, i, i+1)
	case in.copy != nil && i < 0:
		site.Sources = append(site.Sources, in.source)
		i = len(site.Sources) - 1
	}
	if in.copy != nil {
		s := &site.Sources[i]
		s.Expect, s.Remember = config.Expect{MayBeEmpty: true}, config.RememberAlways // a page says nothing of what is not on it
	}
}

// without is the site without the source, so that nobody asks it.
func (in *standIn) without(site *config.Site) *config.Site {
	if in == nil {
		return site
	}
	rest := *site
	rest.Sources = slices.DeleteFunc(slices.Clone(site.Sources), func(s config.Source) bool { return s.Name == in.source.Name })
	return &rest
}

// give puts the data among the payloads of the others.
func (in *standIn) give(site *config.Site, payloads []source.Payload) []source.Payload {
	if in == nil || in.copy == nil {
		return payloads
	}
	for i := range site.Sources {
		if s := &site.Sources[i]; s.Name == in.source.Name {
			return slices.Insert(payloads, i, source.Payload{Source: s, Fresh: in.copy})
		}
	}
	return payloads
}

// compare says what the data would do to the site.
func (t *try) compare(ctx context.Context, fresh *source.Copy) error {
	b := &build{o: t.o, site: t.site, result: &Result{}}
	b.openStore()
	defer b.store.Close() // with the files that were compressed
	base, others, err := t.lastGood(ctx, b)
	if err != nil {
		return err
	}
	if missing := unfetched(others); len(missing) > 0 {
		t.out.Unknown = fmt.Sprintf("there are no last good data of %s: fetch them first", strings.Join(missing, ", "))
		return nil
	}
	if err := t.unmet(ctx, fresh, others); err != nil {
		return err
	}
	with := &source.Copy{Blobs: fresh.Blobs, FetchedAt: t.asOf}
	t.out.Since = "the site without it"
	if base != nil {
		with.Blobs = slices.Concat(fresh.Blobs, base.Blobs)
		t.out.Since = "the site with what it gave last"
	}
	asIs, asIf := filepath.Join(t.temp, "as-is"), filepath.Join(t.temp, "as-if")
	for _, side := range []struct {
		dir  string
		copy *source.Copy
	}{{asIs, base}, {asIf, with}} {
		o := t.o
		o.Destination, o.standIn = side.dir, &standIn{*t.out.Source, side.copy}
		result, problems, err := Build(ctx, o)
		if err != nil {
			return err
		}
		if result.Outcome != Built {
			t.out.Unknown = t.notBuilt(side.copy == nil, problems)
			return nil
		}
	}
	t.out.Changes, err = published.Compare(ctx, published.Site(asIs), published.Site(asIf))
	return err
}

func (t *try) notBuilt(without bool, problems diag.List) string {
	text := "the site cannot be built with it"
	if without {
		text = "the site cannot be built without it"
	}
	for _, p := range problems {
		if p.Severity() == diag.Error {
			return text + ": " + p.Text
		}
	}
	return text
}

// lastGood are the data that the site has without asking anybody: those of the source that
// is tried, nil where there are none, and those of all others.
func (t *try) lastGood(ctx context.Context, b *build) (*source.Copy, []source.Payload, error) {
	payloads, err := b.fetch(ctx, t.asOf, nil)
	if err != nil {
		return nil, nil, err
	}
	var own *source.Copy
	for i, p := range payloads {
		switch {
		case p.Source.Name != t.out.Source.Name:
			continue
		case p.Status == source.Stale:
			own = p.LastGood
		case p.Source.Kind != "file" || t.asked.From != "":
			own = p.Fresh
		}
		return own, slices.Delete(payloads, i, i+1), nil
	}
	return nil, payloads, nil
}

// unfetched names the sources without data.
func unfetched(payloads []source.Payload) (names []string) {
	for i := range payloads {
		if payloads[i].Status == source.Failed {
			names = append(names, payloads[i].Source.Name)
		}
	}
	return names
}

// unmet finds the references of the new records that meet nothing of the site.
func (t *try) unmet(ctx context.Context, fresh *source.Copy, others []source.Payload) error {
	s := *t.out.Source
	s.Expect = config.Expect{MayBeEmpty: true}
	payloads := append(slices.Clone(others), source.Payload{Source: &s, Fresh: fresh})
	read, err := ingest.Read(ctx, t.site, payloads, model.Time(t.asOf.Unix()), t.o.Jobs)
	if err != nil {
		return err
	}
	_, problems := read.Freeze(nil)
	for _, p := range problems {
		own := slices.ContainsFunc(fresh.Blobs, func(b source.Blob) bool { return b.Name == p.Pos.File })
		switch {
		case !own:
		case p.Code == diag.UnknownReference, p.Code == diag.UnknownOwner, p.Code == diag.UnknownParent:
			t.out.Unmet.Add(p)
		default:
			t.problems.Add(p)
		}
	}
	return nil
}
