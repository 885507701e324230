package generator_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
)

// oracleOrganisations is how many random organisations are compared figure by figure.
const oracleOrganisations = 150

// TestEveryFigureAgreesWithTheOracle writes random organisations as sites, runs the program
// over them and computes the same figures from the raw records in plain loops. An
// organisation is made from its number alone: run one with -run 'Oracle/17$'.
func TestEveryFigureAgreesWithTheOracle(t *testing.T) {
	var shrink sync.Once // one small example says enough, and each takes seconds
	for seed := range uint64(oracleOrganisations) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			in := randomOrganisation(seed)
			differing := in.differing(t)
			if len(differing) == 0 {
				return
			}
			report(t, differing)
			shrink.Do(func() {
				in.shrink(func() bool { return len(in.differing(t)) > 0 })
				report(t, in.differing(t))
				t.Logf("the smallest organisation that shows it:\n%s", in)
			})
		})
	}
}

func (o *organisation) differing(t testing.TB) []string {
	dir := t.TempDir()
	o.write(t, dir)
	return compareCube(o.compute(t, dir, 2), newOracle(o))
}

// shrink drops records as long as the organisation still fails.
func (o *organisation) shrink(fails func() bool) {
	for i := range o.Sources {
		for f := range o.Sources[i].Incidents {
			shrinkRows(&o.Sources[i].Incidents[f], fails)
		}
		for f := range o.Sources[i].Deployments {
			shrinkRows(&o.Sources[i].Deployments[f], fails)
		}
		for f := range o.Sources[i].Findings {
			shrinkRows(&o.Sources[i].Findings[f], fails)
		}
		for f := range o.Sources[i].Costs {
			shrinkRows(&o.Sources[i].Costs[f], fails)
		}
		for f := range o.Sources[i].Staffing {
			shrinkRows(&o.Sources[i].Staffing[f], fails)
		}
		for f := range o.Sources[i].Observed {
			shrinkRows(&o.Sources[i].Observed[f], fails)
		}
		for f := range o.Sources[i].Results {
			shrinkRows(&o.Sources[i].Results[f], fails)
		}
	}
	shrinkRows(&o.Measured, fails)
	shrinkRows(&o.Objectives, fails)
	shrinkRows(&o.Exclusions, fails)
	shrinkRows(&o.Journeys, fails)
	shrinkRows(&o.Dependencies, fails)
	shrinkRows(&o.Services, fails)
}

func shrinkRows[R any](rows *[]R, fails func() bool) {
	for size := len(*rows); size > 0; size /= 2 {
		for from := 0; from+size <= len(*rows); {
			all := *rows
			if *rows = slices.Delete(slices.Clone(all), from, from+size); !fails() {
				*rows = all
				from += size
			}
		}
	}
}

// String prints the organisation as its tables.
func (o *organisation) String() string {
	out := fmt.Sprintf("as of %s in %s, impact ends when %s\n%s\n%s\n%s", o.AsOf, o.Zone, o.ImpactEnds, table(o.Nodes), table(o.Services), table(o.Journeys))
	out += "\n" + string(table(o.Dependencies))
	out += fmt.Sprintf("\n%s\n%s\n%s", table(o.Objectives), table(o.Measured), table(o.Exclusions))
	for _, s := range o.Sources {
		out += fmt.Sprintf("\n%s covers %v from %q, pilot %t, merge %t\n", s.Name, s.Covers, s.CoversFrom, s.Pilot, s.Merge)
		for _, rows := range s.Incidents {
			out += string(table(rows))
		}
		for _, rows := range s.Deployments {
			out += string(table(rows))
		}
		for _, rows := range s.Findings {
			out += string(table(rows))
		}
		for _, rows := range s.Costs {
			out += string(table(rows))
		}
		for _, rows := range s.Staffing {
			out += string(table(rows))
		}
		for _, rows := range s.Observed {
			out += string(table(rows))
		}
		for _, rows := range s.Results {
			out += string(table(rows))
		}
	}
	return out
}
