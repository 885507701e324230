package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"time"

	"uptree/generator"
	"uptree/generator/diag"
	"uptree/generator/published"
)

// impact checks a change by building the site with it, apart from all that is kept, and
// writes how it differs from the published one. Unless a clock is given it is that of the
// published site: what only time moves is no work of the change.
func (a *app) impact(ctx context.Context, f checkFlags, o generator.Options) (*generator.Result, diag.List, error) {
	old := published.Site(f.against)
	if !o.Pinned {
		at, err := old.AsOf(ctx)
		if err != nil {
			return nil, nil, exit{exitUsage, err.Error()}
		}
		o.AsOf, o.Pinned = func(zone *time.Location) time.Time { return at.In(zone) }, true
	}
	temp, err := os.MkdirTemp("", "uptree-impact-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(temp)
	o.CheckOnly, o.Apart, o.Destination = false, true, filepath.Join(temp, "site")
	result, problems, err := generator.Build(ctx, o)
	if err != nil || result.Outcome != generator.Built {
		return result, problems, err
	}
	d, err := published.Compare(ctx, old, published.Site(o.Destination))
	if err != nil {
		return result, problems, err
	}
	return result, problems, a.writeImpact(f.impact, d)
}

func (a *app) writeImpact(file string, d *published.Difference) error {
	write := func(w io.Writer) error { return diffFormats["markdown"](w, d, shownChanges) }
	if file == "-" {
		return write(a.stdout)
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := write(out); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
