package generator_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const longName = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and the Rindfleischetikettierungsüberwachungsaufgabenübertragung"

var otherScripts = []string{"支払い基盤チーム・決済と請求", "قسم المدفوعات والفواتير", "מחלקת התשלומים (v2)", "भुगतान और बिलिंग", "ทีมชำระเงินและออกใบแจ้งหนี้", "🚑 Платежи и счета"}

const statesConfig = `title = "States"
timezone = "Europe/Stockholm"

[period.7d]
[period.28d]
default = true
[period.90d]

[source.org]
dataset = "nodes"
path = "org.csv"
[source.catalogue]
dataset = "services"
path = "services.csv"
[source.incidents]
dataset = "incidents"
path = "incidents.csv"
covers = ["node:wide", "node:many", "node:long", "node:scripts", "node:quiet", "node:siege", "node:seen"]
covers_from = "2026-01-01"
[source.probes]
title = "Probes"
dataset = "synthetics"
path = "probes.csv"
expect = { min_records = 1 }
`

// extremes is an organisation in which each team is a state that a page can be in.
type extremes struct{ org, services, incidents, probes strings.Builder }

func extremesSite() map[string]string {
	x := &extremes{}
	x.org.WriteString("id,title,kind,parent\nacme,Acme,company,\n")
	x.services.WriteString("id,title,owner,tier\n")
	for _, team := range [][2]string{{"wide", "Forty teams"}, {"many", "Three hundred services"}, {"long", longName},
		{"scripts", strings.Join(otherScripts, " / ")}, {"quiet", "Quiet"}, {"siege", "Siege"}, {"partly", "Partly seen"}} {
		x.node(team[0], team[1], "acme")
		x.service(team[0], 1, team[1])
	}
	for i := range 40 {
		x.node(fmt.Sprintf("wide%d", i+1), fmt.Sprintf("Team %d", i+1), "wide")
	}
	for i := range 300 {
		x.service("many", i+2, fmt.Sprintf("Service %d of many", i+2))
	}
	x.node("longer", longName+" as well", "long")
	for i, title := range otherScripts {
		x.node(fmt.Sprintf("scripts%d", i), title, "scripts")
		x.service("scripts", i+2, title)
	}
	for _, id := range []string{"seen", "unseen"} {
		x.node(id, id, "partly")
		x.service(id, 1, id)
	}
	x.siege()
	x.probe("siege-1", "many-1", "long-1", "scripts-1", "scripts-3")
	return map[string]string{"site.toml": statesConfig, "org.csv": x.org.String(), "services.csv": x.services.String(),
		"incidents.csv": x.incidents.String(), "probes.csv": x.probes.String()}
}

func (x *extremes) node(id, title, parent string) {
	fmt.Fprintf(&x.org, "%s,%q,team,%s\n", id, title, parent)
}

func (x *extremes) service(owner string, n int, title string) {
	fmt.Fprintf(&x.services, "%s-%d,%q,%s,tier-%d\n", owner, n, title, owner, n%3+1)
}

// siege writes an incident of 90 days, one as old that has not ended, and some with names.
func (x *extremes) siege() {
	x.incidents.WriteString("id,title,services,cause,started,mitigated\n" +
		"S-90,Ninety days under siege,siege-1;many-1,siege-1,2026-08-01T08:00:00Z,2026-10-30T08:00:00Z\n" +
		"S-OPEN,Still under siege,siege-1,many-2,2026-08-22T08:00:00Z,\n" +
		"S-SEEN,Seen,seen-1,,2026-11-10T08:00:00Z,2026-11-10T09:00:00Z\n")
	for i, title := range append(otherScripts, longName) {
		on := "scripts-2"
		if title == longName {
			on = "long-1"
		}
		fmt.Fprintf(&x.incidents, "S-%d,%q,%s,scripts-1,2026-11-%02dT08:00:00Z,2026-11-%02dT10:00:00Z\n", i, title, on, i+3, i+3)
	}
}

func (x *extremes) probe(services ...string) {
	x.probes.WriteString("test,title,service,day,passed,failed\n")
	for day := 1; day < 18; day++ {
		for _, s := range services {
			fmt.Fprintf(&x.probes, "t-%s,%q,%s,2026-11-%02d,%d,%d\n", s, "Probe of "+s, s, day, 280+day%9, 8-day%9)
		}
	}
}

// noProbes is what their source gives when it is down: it has a head and no record.
var noProbes = map[string]string{"probes.csv": "test,title,service,day,passed,failed\n"}

var stateSitesOnce struct {
	sync.Once
	sites map[string]*built
}

// stateSites returns the sites that the states are on, built once.
func stateSites(t *testing.T) map[string]*built {
	t.Helper()
	stateSitesOnce.Do(func() {
		stale := extremesSite()
		rtl := maps.Clone(stale)
		rtl["site.toml"] += "\n[theme]\nwords = \"words.toml\"\n"
		rtl["words.toml"] = translated(t)
		stateSitesOnce.sites = map[string]*built{
			"states": buildFiles(t, "states", stale, noProbes),
			"rtl":    buildFiles(t, "rtl", rtl),
			"alone":  buildFiles(t, "alone", map[string]string{"site.toml": "title = \"Solo\"\n[source.org]\ndataset = \"nodes\"\npath = \"org.csv\"\n", "org.csv": "id,title,parent\nsolo,Solo,\n"}),
			"empty": buildFiles(t, "empty", map[string]string{
				"site.toml": strings.NewReplacer("covers", "# covers", "expect", "# expect").Replace(statesConfig),
				"org.csv":   "id,title,parent\nacme,Acme,\nvoid,Void,acme\n", "services.csv": "id,title,owner\nvoid-1,Void,void\n",
				"incidents.csv": "id,title,services,started\n", "probes.csv": noProbes["probes.csv"]}),
		}
	})
	return stateSitesOnce.sites
}

// buildFiles builds a site of files in a folder that outlives the test, once for each set of
// files; later ones take the place of those before.
func buildFiles(t *testing.T, name string, sets ...map[string]string) *built {
	t.Helper()
	var site *built
	dir := filepath.Join(scratch, "states", name)
	for _, files := range sets {
		for file, text := range files {
			at := filepath.Join(dir, file)
			if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		site = buildSite(t, dir, sampleClock, filepath.Join(dir, "public"), 2)
		site.mustStand(t)
	}
	return site
}
