package report

import (
	"cmp"
	"slices"
	"time"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// Build is what build.json says: the clock and how the build went. Moments are RFC 3339
// in the site's zone; Age is in seconds.
type Build struct {
	Version  string
	AsOf     string
	Late     string // from when on readers are told that no build has followed; "" for never
	Started  string // "" where the build's clock is given, so that its bytes repeat
	Seconds  float64
	WhatIf   []string // changes that have not happened
	Periods  []BuildPeriod
	Sources  []BuildSource
	Gates    []BuildGate
	Problems []BuildProblem
}

// BuildPeriod holds the edges of a period and of the one before.
type BuildPeriod struct{ Name, From, To, PreviousFrom, PreviousTo string }

// BuildSource is how one source fared.
type BuildSource struct {
	Name, Status, FetchedAt                    string
	Age                                        float64
	Read, Accepted, Merged, Rejected, Unmapped int
	Remembered                                 int // beside Read: what it gave to earlier builds and gives no more
	Warnings                                   []string
}

// BuildProblem counts the problems of a code.
type BuildProblem struct {
	Code  string
	Count int
}

// Build fills in what the plan knows of the build: as_of, periods and sources. The caller
// adds version, times and problems. Every is the time between two builds: after twice as
// long the site is late; 0 where nobody waits for another.
func (p *Plan) Build(every time.Duration) *Build {
	c := p.model.Calendar
	b := &Build{AsOf: stamp(c, p.model.AsOf)}
	if every > 0 {
		b.Late = stamp(c, p.model.AsOf+model.Time(2*every/time.Second))
	}
	for _, change := range p.model.Changes {
		b.WhatIf = append(b.WhatIf, change.String())
	}
	for i := range p.cube.Periods {
		now, before := p.cube.Periods[i].Current, p.cube.Periods[i].Previous
		b.Periods = append(b.Periods, BuildPeriod{
			p.cube.Periods[i].Name, stamp(c, now.From), stamp(c, now.To), stamp(c, before.From), stamp(c, before.To),
		})
	}
	b.Gates = p.buildGates()
	for i := range p.model.Sources {
		b.Sources = append(b.Sources, buildSource(p.model, &p.model.Sources[i]))
	}
	return b
}

func buildSource(m *model.Model, s *model.SourceInfo) BuildSource {
	out := BuildSource{
		Name: s.Name, Status: s.Status.String(), Read: s.Read, Accepted: s.Accepted,
		Merged: s.Merged, Rejected: s.Rejected, Unmapped: s.Unmapped, Remembered: s.Remembered, Warnings: s.Warnings,
	}
	if s.FetchedAt.Known() {
		out.FetchedAt, out.Age = stamp(m.Calendar, s.FetchedAt), float64(m.AsOf-s.FetchedAt)
	}
	return out
}

// AddProblems counts the problems of a build by code.
func (b *Build) AddProblems(list diag.List) {
	for code, n := range list.ByCode() {
		b.Problems = append(b.Problems, BuildProblem{string(code), n})
	}
	slices.SortFunc(b.Problems, func(a, b BuildProblem) int { return cmp.Compare(a.Code, b.Code) })
}
