package main

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// index holds what the states below look up.
type index struct {
	*records
	node, service map[string]row
	named         map[string]bool // services that any incident names
	asOf          time.Time
}

func newIndex(t *testing.T) *index {
	x := &index{records: readRecords(t), node: map[string]row{}, service: map[string]row{}, named: map[string]bool{}}
	x.asOf = moment("2026-11-20T00:00:00+01:00")
	for _, n := range x.nodes {
		x.node[n["id"]] = n
	}
	for _, s := range x.services {
		x.service[s["id"]] = s
	}
	for _, in := range x.incidents {
		for _, id := range append(in.list("services"), in.list("cause")...) {
			x.named[id] = true
		}
	}
	return x
}

func moment(s string) time.Time {
	t, _ := time.Parse(time.RFC3339, s)
	return t
}

// path lists a node and all above it.
func (x *index) path(id string) []string {
	var up []string
	for ; x.node[id] != nil; id = x.node[id]["parent"] {
		up = append(up, id)
	}
	return up
}

// owned lists the known nodes that own any of the services.
func (x *index) owned(services []string) []string {
	var ids []string
	for _, s := range services {
		for _, owner := range x.service[s].list("owner") {
			if x.node[owner] != nil && !slices.Contains(ids, owner) {
				ids = append(ids, owner)
			}
		}
	}
	return ids
}

func (x *index) third(services []string) bool {
	return slices.ContainsFunc(services, func(s string) bool { return x.service[s]["third_party"] == "true" })
}

func (x *index) known(services []string) (known, unknown int) {
	for _, s := range services {
		if x.service[s] != nil {
			known++
		} else {
			unknown++
		}
	}
	return known, unknown
}

// apart reports whether no cause lies in a node that is hit.
func (x *index) apart(in row) bool {
	hit := x.owned(in.list("services"))
	cause := x.owned(in.list("cause"))
	return len(hit) > 0 && len(cause) > 0 && !slices.ContainsFunc(cause, func(id string) bool { return slices.Contains(hit, id) })
}

func (in row) impactEnd(asOf time.Time) time.Time {
	for _, column := range []string{"mitigated", "resolved"} {
		if in[column] != "" {
			return moment(in[column])
		}
	}
	return asOf
}

func (in row) length(x *index) time.Duration {
	return in.impactEnd(x.asOf).Sub(moment(in["started"]))
}

func script(name string, table *unicode.RangeTable) bool {
	return strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(table, r) })
}

// anyOf reports whether a record satisfies the condition.
func anyOf(rows []row, is func(row) bool) bool { return slices.ContainsFunc(rows, is) }

// states are what pages can show: each must be somewhere in the sample.
var states = []struct {
	name string
	in   func(x *index) bool
}{
	{"a tree of five levels with shallower teams", func(x *index) bool {
		depth := map[int]bool{}
		for _, n := range x.nodes {
			if n["kind"] == "team" {
				depth[len(x.path(n["id"]))] = true
			}
		}
		return depth[5] && depth[4] && depth[3]
	}},
	{"a node with forty children", func(x *index) bool {
		n := 0
		for _, c := range x.nodes {
			if c["parent"] == "country-sites" {
				n++
			}
		}
		return n == 40
	}},
	{"a team with fifty services", func(x *index) bool {
		n := 0
		for _, s := range x.services {
			if s["owner"] == "integration-hub" {
				n++
			}
		}
		return n >= 50
	}},
	{"a retired node whose successor lives, with a service", func(x *index) bool {
		return anyOf(x.nodes, func(n row) bool {
			return n["valid_to"] != "" && x.node[n["successor"]] != nil && anyOf(x.services, func(s row) bool { return s["owner"] == n["id"] })
		})
	}},
	{"a retired service", func(x *index) bool {
		return anyOf(x.services, func(s row) bool { return s["valid_to"] != "" && s["valid_to"] < "2026-11-20" })
	}},
	{"a service of two owners in different divisions", func(x *index) bool {
		return anyOf(x.services, func(s row) bool {
			o := s.list("owner")
			return len(o) == 2 && x.path(o[0])[len(x.path(o[0]))-2] != x.path(o[1])[len(x.path(o[1]))-2]
		})
	}},
	{"a service of six owners", func(x *index) bool {
		return anyOf(x.services, func(s row) bool { return len(s.list("owner")) == 6 })
	}},
	{"a service without owner", func(x *index) bool {
		return anyOf(x.services, func(s row) bool { return s["owner"] == "" && s["third_party"] == "" })
	}},
	{"a service of an unknown owner", func(x *index) bool {
		return anyOf(x.services, func(s row) bool {
			return s["owner"] != "" && !strings.HasPrefix(s["owner"], "user:") && len(x.owned([]string{s["id"]})) == 0
		})
	}},
	{"a service of a user", func(x *index) bool {
		return anyOf(x.services, func(s row) bool { return s["owner"] == "user:default/guest" })
	}},
	{"a third party that no source names", func(x *index) bool {
		return anyOf(x.services, func(s row) bool { return s["third_party"] == "true" && s["aliases"] == "" && !x.named[s["id"]] })
	}},
	{"services outside of what the tracker covers", func(x *index) bool {
		return anyOf(x.services, func(s row) bool {
			return !x.named[s["id"]] && slices.Contains(x.path(s["owner"]), "corporate")
		})
	}},
	{"a team without any covered service", func(x *index) bool {
		return !anyOf(x.services, func(s row) bool { return s["owner"] == "cc 4410/night desk" && x.named[s["id"]] })
	}},
	{"a covered team without incidents", func(x *index) bool {
		return !anyOf(x.services, func(s row) bool { return s["owner"] == "tax" && x.named[s["id"]] }) && slices.Contains(x.path("tax"), "money")
	}},
	{"ids with a colon, a slash, a space and letters beyond ASCII", func(x *index) bool {
		return x.service["component:default/label-printer"] != nil && x.service["SAP PI bridge"] != nil &&
			x.service["lager-ö-styrning"] != nil && x.node["cc 4410/night desk"] != nil
	}},
	{"a name of ninety characters", func(x *index) bool {
		return anyOf(x.nodes, func(n row) bool { return utf8.RuneCountInString(n["title"]) >= 85 })
	}},
	{"names in Swedish, Japanese, Arabic, Greek, Cyrillic, Devanagari and Hangul", func(x *index) bool {
		all := ""
		for _, r := range append(slices.Clone(x.nodes), x.services...) {
			all += r["title"]
		}
		return strings.Contains(all, "höglager") && script(all, unicode.Han) && script(all, unicode.Arabic) && script(all, unicode.Greek) &&
			script(all, unicode.Cyrillic) && script(all, unicode.Devanagari) && script(all, unicode.Hangul)
	}},
	{"a cycle in the graph", func(x *index) bool {
		edge := func(from, to string) bool {
			return anyOf(x.dependencies, func(d row) bool { return d["from"] == from && d["to"] == to })
		}
		return edge("pricing-engine", "promotions-engine") && edge("promotions-engine", "cart-api") && edge("cart-api", "pricing-engine")
	}},
	{"dependencies of every hardness and evidence", func(x *index) bool {
		seen := map[string]bool{}
		for _, d := range x.dependencies {
			seen[d["hardness"]+"/"+d["evidence"]] = true
		}
		return len(seen) == 8
	}},
	{"a dependency on an unknown service", func(x *index) bool {
		return anyOf(x.dependencies, func(d row) bool { return x.service[d["to"]] == nil })
	}},
	{"a journey of several teams without owner", func(x *index) bool {
		return anyOf(x.journeys, func(j row) bool { return j["owner"] == "" && len(x.owned(j.list("services"))) > 3 })
	}},
	{"a journey through a service that nobody owns", func(x *index) bool {
		return anyOf(x.journeys, func(j row) bool { return slices.Contains(j.list("services"), "gift-card-balance") })
	}},
	{"a journey through an unknown service", func(x *index) bool {
		return anyOf(x.journeys, func(j row) bool { _, unknown := x.known(j.list("services")); return unknown > 0 })
	}},
}

// incidentStates are what an incident can be.
var incidentStates = []struct {
	name string
	is   func(x *index, in row) bool
}{
	{"hits several teams", func(x *index, in row) bool { return len(x.owned(in.list("services"))) >= 3 }},
	{"is inherited and exported", func(x *index, in row) bool { return x.apart(in) }},
	{"has a third party's cause", func(x *index, in row) bool {
		return x.third(in.list("cause")) && !x.third(in.list("services"))
	}},
	{"hits a service of ours and a third party's", func(x *index, in row) bool {
		return x.third(in.list("services")) && len(x.owned(in.list("services"))) > 0
	}},
	{"has causes of ours and of a third party", func(x *index, in row) bool {
		return x.third(in.list("cause")) && len(x.owned(in.list("cause"))) > 0
	}},
	{"has no cause", func(_ *index, in row) bool { return in["cause"] == "" && in["services"] != "" }},
	{"has an unknown cause", func(x *index, in row) bool { _, unknown := x.known(in.list("cause")); return unknown > 0 }},
	{"has only an unknown service", func(x *index, in row) bool {
		known, unknown := x.known(in.list("services"))
		return known == 0 && unknown > 0
	}},
	{"has a known and an unknown service", func(x *index, in row) bool {
		known, unknown := x.known(in.list("services"))
		return known > 0 && unknown > 0
	}},
	{"has no service", func(_ *index, in row) bool { return in["services"] == "" && in["started"] != "" }},
	{"hits a service that nobody owns", func(x *index, in row) bool { return in["services"] == "gift-card-balance" }},
	{"has no length", func(_ *index, in row) bool { return in["started"] != "" && in["started"] == in["mitigated"] }},
	{"is open", func(_ *index, in row) bool {
		return in["started"] != "" && in["mitigated"] == "" && in["resolved"] == "" && in["detected"] != ""
	}},
	{"is mitigated and not resolved", func(_ *index, in row) bool { return in["mitigated"] != "" && in["resolved"] == "" }},
	{"has no mitigation", func(_ *index, in row) bool { return in["mitigated"] == "" && in["resolved"] != "" }},
	{"lacks phases", func(_ *index, in row) bool {
		return in["detected"]+in["acknowledged"]+in["identified"] == "" && in["planned"] == "" && in["resolved"] != ""
	}},
	{"is out of order", func(_ *index, in row) bool {
		return in["detected"] != "" && moment(in["detected"]).Before(moment(in["started"]))
	}},
	{"lasts ninety days", func(x *index, in row) bool { return in.length(x) == 90*24*time.Hour }},
	{"was recorded days after it started", func(_ *index, in row) bool {
		return in["started"] != "" && in["id"][4:10] > moment(in["started"]).Format("060102")
	}},
	{"is planned", func(_ *index, in row) bool { return in["planned"] == "true" }},
	{"is planned for after as_of", func(x *index, in row) bool {
		return in["planned"] == "true" && moment(in["started"]).After(x.asOf)
	}},
	{"has a severity that no table maps", func(_ *index, in row) bool { return in["severity"] == "TBD" }},
	{"has no severity", func(_ *index, in row) bool { return in["severity"] == "" && in["planned"] == "" && in["started"] != "" }},
	{"has no start and is rejected", func(_ *index, in row) bool { return in["started"] == "" }},
	{"runs over the hour that comes twice", func(_ *index, in row) bool {
		return strings.HasSuffix(in["started"], "+02:00") && strings.HasSuffix(in["mitigated"], "+01:00")
	}},
	{"runs over the hour that is left out", func(_ *index, in row) bool {
		return strings.HasPrefix(in["started"], "2026-03-29T01") && strings.HasSuffix(in["mitigated"], "+02:00")
	}},
	{"was noticed by a customer first", func(_ *index, in row) bool { return in["detected_by"] == "customer" }},
	{"has a review and an open follow-up", func(_ *index, in row) bool {
		return in["review"] != "" && in["followups_open"] != "" && in["followups_open"] != "0"
	}},
	{"has marks of HTML and quotes in its title", func(_ *index, in row) bool {
		return strings.ContainsAny(in["title"], "<&") && strings.Contains(in["title"], `"`)
	}},
}

func TestTheSampleHoldsEveryStateThatPagesKnow(t *testing.T) {
	x := newIndex(t)
	for _, s := range states {
		if !s.in(x) {
			t.Errorf("no %s", s.name)
		}
	}
	for _, s := range incidentStates {
		if !anyOf(x.incidents, func(in row) bool { return s.is(x, in) }) {
			t.Errorf("no incident %s", s.name)
		}
	}
}
