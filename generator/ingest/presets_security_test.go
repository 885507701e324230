package ingest

import (
	"context"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"uptree/generator/decode"
	"uptree/generator/model"
)

// findingsOf reads a preset's sample beside services that its ids lead to.
func findingsOf(t *testing.T, preset string) (counts, list string) {
	t.Helper()
	s := newSite(t)
	s.Security = model.DefaultSecurityRules()
	s.source(model.Services, "more.csv", "id,owner,aliases\nbasket,payments,northwind/basket;registry.northwind.example:5000/shop/basket;c-basket;shop.northwind.example\n"+
		"search,platform,northwind/search;shop/search;admin\ncheckout,payments,northwind/checkout;a-checkout;pay.northwind.example;old.northwind.example\n")
	s.preset(preset)
	m, problems := s.normalise()
	if m == nil {
		t.Fatal(problems)
	}
	var out []string
	for _, f := range m.Findings {
		for _, r := range f.Rows {
			out = append(out, fmt.Sprintf("%s in %s via %q: %s %s, closed %t", f.Rule, m.Services[r.Service].ID, f.Via, m.FindingSeverities[r.Severity], m.FindingKinds[r.Kind], r.Closed.Known()))
		}
	}
	return account(m, preset), strings.Join(out, "\n") + "\n"
}

func TestPresetsOfFindings(t *testing.T) {
	for _, c := range []struct{ preset, account, want string }{
		{"sarif", "ok read 10 accepted 9 merged 0 rejected 1 unmapped 0", `CVE-2026-7 in checkout via "": high sca, closed false
CVE-2026-8 in checkout via "": medium sca, closed false
sql in checkout via "": high sast, closed false
sql in checkout via "": high sast, closed false
sql in checkout via "": medium sast, closed false
sql in checkout via "": high sast, closed false
sql in checkout via "": high sast, closed false
style in checkout via "": medium sast, closed false
token in checkout via "": low secret, closed false
`},
		{"zap", "ok read 6 accepted 5 merged 0 rejected 1 unmapped 0", `1 in checkout via "": high dast, closed false
10038 in checkout via "": low dast, closed false
10038-1 in basket via "": medium dast, closed false
10038-2 in basket via "": info dast, closed false
40012 in basket via "": high dast, closed false
`},
		{"trivy", "ok read 12 accepted 11 merged 0 rejected 1 unmapped 0", `AVD-DS-0002 in basket via "": high iac, closed false
CVE-2026-0101 in basket via "zlib1g": critical container, closed false
CVE-2026-0101 in search via "zlib1g": critical sca, closed false
CVE-2026-0102 in basket via "perl-base": low container, closed false
CVE-2026-0104 in basket via "tar": unknown container, closed false
CVE-2026-0200 in basket via "org.example:parser": high sca, closed false
CVE-2026-0200 in basket via "org.example:parser": high sca, closed false
CVE-2026-0300 in basket via "left-pad": medium sca, closed false
KSV041 in search via "": critical iac, closed false
aws-access-key-id in basket via "": critical secret, closed false
aws-access-key-id in basket via "": critical secret, closed false
`},
		{"github-code-scanning", "ok read 5 accepted 4 merged 0 rejected 1 unmapped 0", `generic/secret in basket via "": medium secret, closed true
js/sql-injection in basket via "": critical sast, closed false
js/unused in search via "": low sast, closed false
js/xss in basket via "": high sast, closed true
`},
		{"github-dependabot", "ok read 6 accepted 5 merged 0 rejected 1 unmapped 0", `CVE-2026-0400 in basket via "lodash": high sca, closed false
CVE-2026-0401 in basket via "minimist": critical sca, closed true
CVE-2026-0402 in basket via "glob": low sca, closed true
CVE-2026-0403 in basket via "glob": low sca, closed true
GHSA-aaaa-bbbb-cccc in search via "left-pad": medium sca, closed false
`},
	} {
		t.Run(c.preset, func(t *testing.T) {
			account, got := findingsOf(t, c.preset)
			if account != c.account {
				t.Errorf("%s, want %s", account, c.account)
			}
			if got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

// TestSARIFIgnoresLines: code that moves up or down keeps its findings.
func TestSARIFIgnoresLines(t *testing.T) {
	report, err := os.ReadFile("testdata/presets/sarif/a-checkout.json")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`("startLine": |at line )\d+`)
	moved := line.ReplaceAll(report, []byte("${1}999"))
	before, after := sarifIDs(t, report), sarifIDs(t, moved)
	if string(moved) == string(report) || len(before) != 9 || !slices.Equal(before, after) {
		t.Errorf("%d ids\n%v\nafter lines moved\n%v", len(before), before, after)
	}
	fixed := strings.Replace(string(report), `"uri": "src/view.py"`, `"uri": "src/other.py"`, 1)
	if slices.Equal(before, sarifIDs(t, []byte(fixed))) {
		t.Error("a result in another file keeps its id")
	}
}

func sarifIDs(t *testing.T, report []byte) []string {
	t.Helper()
	p, _ := PresetNamed("sarif")
	m, err := compileMapping(p.Map, testZones(t), asOf)
	if err != nil {
		t.Fatal(err)
	}
	docs, _ := decode.Documents("json", strings.NewReader(string(report)), decode.DocOptions{})
	ids := map[string]bool{}
	for docs.Next() {
		outputs, err := m.run(newBudget(context.Background(), 0), docs.Doc().Value, "data/a.sarif")
		if err != nil {
			t.Fatal(err)
		}
		for _, output := range outputs {
			ids[output.(map[string]any)["id"].(string)] = true
		}
	}
	return slices.Sorted(maps.Keys(ids))
}
