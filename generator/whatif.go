package generator

import (
	"context"
	"sync"
	"time"

	"uptree/generator/diag"
)

// WhatIf builds the site as it would be with the changes of Options.WhatIf into one folder
// and the site as it is into another, both from last good data: nobody is asked, and nothing
// is remembered of it. Where Outcome is not Built, the problems say why.
func WhatIf(ctx context.Context, o Options, asIf, asIs string) (*Result, diag.List, error) {
	o.Offline, o.Apart, o.Pinned = true, true, true
	o.AsOf = once(o.AsOf) // two sites of one moment
	o.Destination = asIf
	result, problems, err := Build(ctx, o)
	if err != nil || result.Outcome != Built {
		return result, problems, err
	}
	o.Destination, o.WhatIf = asIs, nil
	return Build(ctx, o)
}

// once asks a clock the first time alone.
func once(clock func(*time.Location) time.Time) func(*time.Location) time.Time {
	var asked sync.Once
	var now time.Time
	return func(zone *time.Location) time.Time {
		asked.Do(func() { now = clock(zone) })
		return now
	}
}

// OwnFolderError says that a what-if was to take the place of the site.
type OwnFolderError struct{ Dir string }

func (e *OwnFolderError) Error() string {
	return e.Dir + " is where the site itself is published: name another folder for the what-if"
}
