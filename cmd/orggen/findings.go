package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"
)

// finding is a record of the sample's security scanners. The rules, libraries and numbers of
// vulnerabilities are made up.
type finding struct {
	service, kind  string
	severity       string // in the scanner's words
	opened, closed time.Time
	rule, via      string
}

// scansFrom is so many days before as_of: since then the scanners look.
const scansFrom = 300

// libraries are those that many services have; one in several of them is one finding.
var libraries = []string{"zlib", "openssl", "log-writer", "yaml-reader", "http-core", "image-kit", "json-tree", "mail-parts", "xml-walk", "queue-client"}

// rules are what the scanners look for in a service of its own.
var rules = []struct {
	kind, rule, severity string
	weight               float64
}{
	{"sast", "sql-injection", "error", 2},
	{"sast", "path-traversal", "error", 3},
	{"sast", "open-redirect", "warning", 6},
	{"sast", "weak-hash", "warning", 8},
	{"sast", "unchecked-input", "note", 10},
	{"secret", "api-key", "critical", 1},
	{"iac", "public-bucket", "high", 2},
	{"iac", "no-limits", "low", 6},
	{"dast", "missing-header", "medium", 4},
}

// finds draws the findings of an organisation.
type finds struct {
	r     *rand.Rand
	span  span
	slow  map[string]float64         // how many days a service's team takes, typically
	needs map[string]map[string]bool // service -> libraries
	order []string                   // the services that are scanned
	list  []finding
}

// writeFindings writes findings.csv: of two services in three, because the others are not
// scanned yet.
func writeFindings(dir string, o *organisation, s span, r *rand.Rand) error {
	f := finds{r: r, span: s, slow: map[string]float64{}, needs: map[string]map[string]bool{}}
	for _, service := range o.services {
		if service.thirdParty || service.until != "" || !chance(r, 0.66) {
			continue
		}
		f.order = append(f.order, service.id)
		f.slow[service.id] = lognormal(r, 20, 0.5)
		f.needs[service.id] = map[string]bool{}
		for _, library := range libraries {
			if chance(r, 0.09) {
				f.needs[service.id][library] = true
			}
		}
	}
	f.vulnerabilities()
	for _, service := range f.order {
		f.own(service)
	}
	return f.write(filepath.Join(dir, "findings.csv"))
}

// vulnerabilities draws those of libraries: each is found in all services that have it
// within days, and mended by each on its own.
func (f *finds) vulnerabilities() {
	for back := scansFrom; back > 0; back-- {
		if !chance(f.r, 0.12) {
			continue
		}
		library, severity := oneOf(f.r, libraries), []string{"9.8", "8.1", "7.5", "5.3", "3.1"}[pick(f.r, []float64{1, 2, 3, 5, 4})]
		rule := fmt.Sprintf("VULN-2026-%04d", 1000+scansFrom-back)
		for _, service := range f.order {
			if f.needs[service][library] {
				f.add(finding{service: service, kind: "sca", severity: severity, rule: rule, via: library}, back)
			}
		}
	}
}

// own draws what is found in a service itself.
func (f *finds) own(service string) {
	weights := make([]float64, len(rules))
	for i := range rules {
		weights[i] = rules[i].weight
	}
	for range poisson(f.r, 2) {
		x := rules[pick(f.r, weights)]
		f.add(finding{service: service, kind: x.kind, severity: x.severity, rule: x.rule}, 1+f.r.IntN(scansFrom))
	}
}

// add opens a finding so many days ago; the graver it is, the sooner it is closed.
func (f *finds) add(x finding, back int) {
	x.opened = f.span.before(back).Add(time.Duration(f.r.IntN(36)) * time.Hour)
	if x.opened.After(f.span.asOf) {
		return
	}
	haste := map[string]float64{"9.8": 0.25, "critical": 0.25, "8.1": 0.6, "7.5": 0.6, "error": 0.6, "high": 0.6}[x.severity]
	days := lognormal(f.r, f.slow[x.service]*cmp.Or(haste, 2), 0.8)
	if closed := x.opened.Add(time.Duration(days*24) * time.Hour); closed.Before(f.span.asOf) && !chance(f.r, 0.05) {
		x.closed = closed
	}
	f.list = append(f.list, x)
}

// write sorts by the day, numbers the findings and writes them; the scanner gives days.
func (f *finds) write(path string) error {
	slices.SortStableFunc(f.list, func(a, b finding) int {
		return cmp.Or(a.opened.Compare(b.opened), cmp.Compare(a.service, b.service))
	})
	out := createCSV(path, "id,service,kind,severity,opened,closed,rule,via,url")
	for i, x := range f.list {
		id := fmt.Sprintf("F-%d", i+1)
		out.text(id)
		out.text(x.service)
		out.text(x.kind)
		out.text(x.severity)
		out.text(x.opened.Format(time.DateOnly))
		if x.closed.IsZero() {
			out.text("")
		} else {
			out.text(x.closed.Format(time.DateOnly))
		}
		out.text(x.rule)
		out.text(x.via)
		out.text("https://scanner.acme.example/" + id)
		out.end()
	}
	return out.close()
}
