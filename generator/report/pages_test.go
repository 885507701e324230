package report_test

import (
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"uptree/generator/report"
)

func TestKeysNameEachPageOnceInOrder(t *testing.T) {
	plan := planOf(t, "testdata/tiny", asOf)
	seen := map[string]bool{}
	for _, k := range plan.Keys() {
		path := plan.Page(k).Path
		if seen[path] {
			t.Errorf("%s is two pages", path)
		}
		seen[path] = true
	}
	for _, path := range []string{"index.html", "org/cards/index.html", "org/_not-owned/index.html", "org/_third-party/index.html",
		"service/card-api/index.html", "journey/pay/index.html", "cracks/index.html", "map/index.html", "map/2/7d/index.html", "changes/index.html", "themes/index.html", "metrics/index.html", "data/index.html",
		"guide/index.html", "guide/reading/index.html", "404.html"} {
		if !seen[path] {
			t.Errorf("no page at %s", path)
		}
	}
}

func TestAPageIsFoundByItsPath(t *testing.T) {
	plan := planOf(t, "testdata/tiny", asOf)
	for _, k := range plan.Keys() {
		page := plan.Page(k)
		if got, ok := plan.Find(page.Path); !ok || got != k {
			t.Errorf("%s is found as %v, %t; it is %v", page.Path, got, ok, k)
		}
		if page.Twin == nil && page.Records == nil {
			continue
		}
		if got, ok := plan.Find(path.Join(path.Dir(page.Path), "data.csv")); !ok || got != k {
			t.Errorf("the twin of %s is found as %v, %t; it is %v", page.Path, got, ok, k)
		}
	}
	if k, ok := plan.Find("org/gone/index.html"); ok {
		t.Errorf("a page that is not there is found as %v", k)
	}
}

func TestAPageIsPure(t *testing.T) {
	plan := planOf(t, "testdata/tiny", asOf)
	for _, k := range plan.Keys() {
		if a, b := plan.Page(k), plan.Page(k); !reflect.DeepEqual(a.Article, b.Article) || !reflect.DeepEqual(a.Trail, b.Trail) ||
			a.Subject != nil && !reflect.DeepEqual(a.Subject.Numbers.Missing, b.Subject.Numbers.Missing) {
			t.Errorf("%s differs from itself", a.Path)
		}
	}
}

func TestTheOrgChartHoldsAncestorsSiblingsAndChildren(t *testing.T) {
	plan := planOf(t, "testdata/tiny", asOf)
	var got []string
	for _, item := range pageAt(t, plan, "org/payments/index.html").Tree {
		line := strings.Repeat(">", item.Depth) + item.Span.Text
		if item.Current {
			line += "*"
		}
		got = append(got, line)
	}
	want := []string{"Acme", ">Payments*", ">>Cards", `>>Payouts <b>& "friends"</b>`, ">Platform", ">(not owned)"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// Links to conversations lead to anchors of the lists, so that they hold however long a list is.
func TestEveryConversationIsWhereLinksToItLead(t *testing.T) {
	plan := planOf(t, "testdata/tiny", asOf)
	for path, want := range map[string][]string{
		"org/payments/index.html": {"decisions: decision-node-payments-2 decision-node-payments-1", "tradeoffs: tradeoff-node-payments-1",
			"asked: ask-node-payments-people ask-node-payments-failover"},
		"org/platform/index.html": {"provides: provides-node-platform-1", "answered: ask-node-payments-failover"},
		"index.html":              {"asks: ask-node-payments-people"},
	} {
		var got []string
		for _, g := range pageAt(t, plan, path).Subject.Talk.Groups {
			line := g.ID + ":"
			for _, item := range g.Items {
				line += " " + item.ID
			}
			got = append(got, line)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q\nwant %q", path, got, want)
		}
	}
}

func TestACaveatMarksTheNumberHereAndAbove(t *testing.T) {
	plan := planOf(t, "testdata/tiny", asOf)
	for _, c := range []struct {
		path, metric string
		marks        int
	}{
		{"service/card-api/index.html", "synthetic_success", 1},
		{"org/cards/index.html", "synthetic_success", 1},
		{"index.html", "synthetic_success", 1},
		{"index.html", "incident_time", 1},
		{"org/platform/index.html", "incident_time", 0},
		{"org/cards/index.html", "incident_time", 0},
	} {
		page := pageAt(t, plan, c.path)
		for _, tile := range page.Subject.Numbers.Tiles {
			if tile.Metric == c.metric && len(tile.Caveats) != c.marks {
				t.Errorf("%s %s: %d marks, want %d", c.path, c.metric, len(tile.Caveats), c.marks)
			}
		}
		anchors := map[string]bool{}
		for _, n := range append(page.Subject.Context.Side, page.Subject.Context.Below...) {
			anchors["#"+n.ID] = true
		}
		for _, tile := range page.Subject.Numbers.Tiles {
			for _, m := range tile.Caveats {
				if !anchors[m.Href] {
					t.Errorf("%s: the mark leads to %s, which is not on the page", c.path, m.Href)
				}
			}
		}
	}
}

// Above, remarks are bounded: those that put a number in doubt come before the notes.
func TestADisputedNumberIsSoForEveryAncestor(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	must(t, nil, os.CopyFS(dir, os.DirFS("testdata/tiny")))
	notes := "+++\n" + strings.Repeat("[[caveats]]\nmetric = \"incident_count\"\ntext = \"a note\"\n", 20)
	doubts := "[[caveats]]\nmetric = \"synthetic_success\"\ntext = \"on trial\"\nkind = \"pilot\"\n+++\n"
	must(t, nil, os.WriteFile(filepath.Join(dir, "content/org/cards.md"), []byte(notes+doubts), 0o644))
	plan := planOf(t, dir, asOf)
	for path, want := range map[string][]string{
		"index.html":              {"Disputed from Payments", "Pilot from Cards"},
		"org/payments/index.html": {"Pilot from Cards", "Note from Cards"},
	} {
		var got []string
		for _, n := range pageAt(t, plan, path).Subject.Context.Below[:2] {
			got = append(got, strings.Fields(plan.Words.Plain(n.Head))[0]+" "+plan.Words.Plain(n.Where))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

func TestAnEmptyPageSaysHowToWriteIt(t *testing.T) {
	plan := planOf(t, "testdata/tiny", asOf)
	c := pageAt(t, plan, "org/cards/index.html").Subject.Context
	if got := plan.Words.Plain(c.Empty); !strings.Contains(got, "content/org/cards.md") {
		t.Errorf("%q does not name the file", got)
	}
	if e := pageAt(t, plan, "org/cards/index.html").Subject.Edit; e.Href != "https://git.acme.example/edit/content/org/cards.md" {
		t.Errorf("edit link %q", e.Href)
	}
}

func TestTheConservationLineAddsUp(t *testing.T) {
	plan := planOf(t, "testdata/tiny", asOf)
	var got []string
	for _, term := range pageAt(t, plan, "org/payments/index.html").Subject.Origin.Totals[1].Terms {
		name := term.Title.Text
		if name == "" {
			name = plan.Words.Plain(*term.Title.Say)
		}
		got = append(got, term.Sign+name+" "+term.Value)
	}
	want := []string{"Cards 2", `+ Payouts <b>& "friends"</b> 2`, "− in several of these, counted once 1", "= here 3"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestAPageDoesNotHoldTheClock(t *testing.T) {
	now, later := planOf(t, "testdata/tiny", asOf), planOf(t, "testdata/tiny", asOf.Add(10*time.Minute))
	for _, path := range []string{"org/_not-owned/index.html", "service/orphan/index.html", "cracks/index.html", "metrics/index.html", "guide/reading/index.html"} {
		if a, b := printed(t, now, path), printed(t, later, path); a != b {
			t.Errorf("%s changes with the clock", path)
		}
	}
	if printed(t, now, "service/card-api/index.html") == printed(t, later, "service/card-api/index.html") {
		t.Error("an open incident does not grow")
	}
}

// printed is what a page says.
func printed(t *testing.T, p *report.Plan, path string) string {
	d := dump{words: p.Words}
	page := pageAt(t, p, path)
	page.Site = nil
	d.value(0, "", reflect.ValueOf(page).Elem())
	return d.out.String()
}
