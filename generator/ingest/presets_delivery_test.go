package ingest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"uptree/generator/model"
)

// deploymentsOf reads a preset's sample beside services that its ids lead to.
func deploymentsOf(t *testing.T, preset string) (counts, list string) {
	t.Helper()
	s := newSite(t)
	s.Delivery = model.DefaultDeliveryWords()
	s.source(model.Services, "more.csv", "id,owner,aliases\nbasket,payments,northwind/basket;gitlab:GitlabProject:1:77\nsearch,platform,shop/search;github:GithubRepo:1:88\n")
	s.preset(preset)
	m, problems := s.normalise()
	if m == nil {
		t.Fatal(problems)
	}
	var out strings.Builder
	for _, d := range m.Deployments {
		fmt.Fprintf(&out, "%s of %s to %s: %s, outcome %d, left out %d, lead %t\n", d.ID, m.Services[d.Service].ID, d.Environment, d.Result, d.Outcome, d.LeftOut, d.FirstCommit.Known())
	}
	return account(m, preset), out.String()
}

func TestGitHubDeployments(t *testing.T) {
	account, got := deploymentsOf(t, "github-deployments")
	const want = `northwind/basket#901 of basket to preview: abandoned, outcome 0, left out 3, lead false
northwind/basket#902 of basket to production: success, outcome 1, left out 0, lead true
northwind/basket#903 of basket to production: failure, outcome 2, left out 0, lead true
northwind/basket#904 of basket to production: success, outcome 1, left out 0, lead true
`
	if got != want || account != "ok read 5 accepted 4 merged 0 rejected 1 unmapped 0" {
		t.Errorf("%s\n%swant\n%s", account, got, want)
	}
}

func TestGitLabDeployments(t *testing.T) {
	account, got := deploymentsOf(t, "gitlab-deployments")
	const want = `41 of search to production: success, outcome 1, left out 0, lead true
42 of search to production: failed, outcome 2, left out 0, lead true
43 of search to production: success, job failed, outcome 0, left out 6, lead true
45 of search to production: canceled, outcome 4, left out 4, lead false
`
	if got != want || account != "ok read 4 accepted 4 merged 0 rejected 0 unmapped 0" {
		t.Errorf("%s\n%swant\n%s", account, got, want)
	}
}

// TestDevLakeDeployments: of the rows to production none is a success, and each says why it
// is in no figure; rows of one deployment are one.
func TestDevLakeDeployments(t *testing.T) {
	account, got := deploymentsOf(t, "devlake-deployments")
	lines := strings.Split(got, "\n")
	production := slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return !strings.Contains(l, "to production") })
	want := []string{
		"gitlab:GitlabDeployment:1:77:503 of basket to production: canceled, outcome 4, left out 4, lead false",
		"gitlab:GitlabDeployment:1:77:504 of basket to production: created, outcome 4, left out 4, lead false",
		"gitlab:GitlabDeployment:1:77:505 of basket to production: undeployed, outcome 0, left out 6, lead false",
	}
	if !slices.Equal(production, want) {
		t.Errorf("to production:\n%s", strings.Join(production, "\n"))
	}
	if account != "ok read 8 accepted 6 merged 1 rejected 1 unmapped 0" || strings.Count(got, "to github-pages") != 2 {
		t.Errorf("%s\n%s", account, got)
	}
}
