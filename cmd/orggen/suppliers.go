package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// notice is an entry of a supplier's status page, in the shape that such pages have; a
// mapping in site.toml turns it into an incident.
type notice struct {
	Code       string      `json:"code"`
	Name       string      `json:"name"`
	Impact     string      `json:"impact"`
	Components []component `json:"components"`
	StartedAt  string      `json:"started_at"`
	ResolvedAt *string     `json:"resolved_at"`
	Shortlink  string      `json:"shortlink"`
	start      time.Time
}

type component struct {
	Code   string `json:"code"`
	Status string `json:"status"`
}

// Impacts as status pages grade them, with shares.
var (
	impacts     = []string{"none", "minor", "major", "critical", "maintenance"}
	impactShare = []float64{15, 45, 18, 4, 18}
)

// writeSuppliers writes what third parties published about themselves, one file for all.
// Suppliers name their components their own way: the aliases of the services.
func writeSuppliers(dir string, o *organisation, s span, r *rand.Rand) error {
	var list []notice
	for _, third := range o.services {
		for i := range len(third.aliases) * 4 {
			list = append(list, draftNotice(third, s, r, i+1))
		}
	}
	slices.SortStableFunc(list, func(a, b notice) int { return a.start.Compare(b.start) })
	f := createFile(filepath.Join(dir, "supplier-notices.jsonl"))
	for _, n := range list {
		jsonLine(f, n)
	}
	return f.close()
}

func draftNotice(third service, s span, r *rand.Rand, number int) notice {
	code := fmt.Sprintf("%s-%d", strings.ToUpper(third.id[:4]), 100+number)
	impact := impacts[pick(r, impactShare)]
	start := s.day(r.IntN(s.days())).Add(timeOfDay(r))
	n := notice{
		Code: code, Name: oneOf(r, supplierHeadlines), Impact: impact, StartedAt: utc(start), start: start,
		Components: []component{{oneOf(r, third.aliases), "degraded_performance"}},
		Shortlink:  fmt.Sprintf("https://status.%s.example/incidents/%s", third.id, strings.ToLower(code)),
	}
	if impact == "maintenance" {
		n.Name, n.Components[0].Status = "Scheduled maintenance", "under_maintenance"
	}
	end := start.Add(time.Duration(lognormal(r, 80, 0.9)) * time.Minute)
	if !end.After(s.asOf) {
		at := utc(end)
		n.ResolvedAt = &at
	}
	return n
}

func utc(t time.Time) string { return t.UTC().Format(time.RFC3339) }
