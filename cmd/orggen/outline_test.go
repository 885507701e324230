package main

import (
	"strings"
	"testing"
)

func TestOutlineReadsNodesServicesAndJourneys(t *testing.T) {
	org, err := parseOutline("# a remark\ncompany a | Alpha\n  team b c | | weight=0.5\n    - x-api | | t2 owner=none needs=y alias=k:1;k:2\n    - y | Why | t1 owner=a;z probe=sto+fra runs\n\njourney j | Go | owner=a | x-api;y\n")
	if err != nil {
		t.Fatal(err)
	}
	b, x, y, j := org.nodes[1], org.services[0], org.services[1], org.journeys[0]
	if b.id != "b c" || b.title != "B c" || b.parent != 0 {
		t.Errorf("node %+v", b)
	}
	if x.title != "X API" || len(x.owners) != 0 || x.weight != 0.5 || len(x.aliases) != 2 {
		t.Errorf("service %+v", x)
	}
	if strings.Join(y.owners, " ") != "a z" || len(y.probes) != 2 || !y.runs || y.weight != 0.75 {
		t.Errorf("service %+v", y)
	}
	if j.owner != "a" || len(j.services) != 2 {
		t.Errorf("journey %+v", j)
	}
}

func TestOutlineNamesTheLineThatItCannotRead(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"company a\n      team b", "line 2: indented below nothing"},
		{"company a | A | size=3", `line 1: unknown attribute "size=3" of a node`},
		{"company a\n  - s | | t4", `line 2: unknown attribute "t4" of a service`},
		{"company a\n  - s | | hub=many", "line 2: strconv.ParseFloat"},
		{"journey j | | fast | s", `line 1: unknown attribute "fast" of a journey`},
	} {
		if _, err := parseOutline(c.text); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
}
