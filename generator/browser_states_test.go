package generator_test

import (
	"strings"
	"testing"
)

// state is a page as it is where something is extreme or not there at all, and what it
// then says, so that the state is still the one it is meant to be.
type state struct {
	name, site, kind, id string
	says                 string
}

var states = []state{
	{"no data", "empty", "node", "void", "No source has named anything here yet"},
	{"a service without data", "empty", "service", "void-1", "No source has named anything here yet"},
	{"one node only", "alone", "node", "solo", "Solo"},
	{"a stale source", "states", "node", "siege", "Probes"},
	{"partial coverage", "states", "node", "partly", "1 of 2"},
	{"40 children", "states", "node", "wide", "Team 40"},
	{"300 services", "states", "node", "many", "300"},
	{"zero incidents", "states", "node", "quiet", "0"},
	{"an incident of 90 days", "states", "service", "siege-1", "Ninety days under siege"},
	{"a very long name", "states", "node", "long", longName},
	{"a service of a long name", "states", "service", "long-1", longName},
	{"names in other scripts", "states", "node", "scripts", otherScripts[0]},
	{"a name in Arabic", "states", "service", "scripts-2", otherScripts[1]},
	{"right to left", "rtl", "node", "acme", "Siege"},
	{"right to left, a node", "rtl", "node", "siege", "Still under siege"},
	{"right to left, a service", "rtl", "service", "many-1", "Ninety days under siege"},
}

func TestStatesInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	checker := axe(t)
	chromium, sites := startChromium(t), stateSites(t)
	for _, s := range states {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			site := sites[s.site]
			b := &browser{chromium, site, serve(t, site.dir)}
			address := b.base + urlOf(t, site, s.kind, s.id)
			if said := b.visit(t, address, checker).withScripts(); !strings.Contains(said, s.says) {
				t.Errorf("the page does not say %q", s.says)
			}
			v := b.visit(t, address, checker)
			v.open(390, false)
			v.onScreens("without scripts")
		})
	}
}
