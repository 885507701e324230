package report_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"uptree/generator/report"
)

// mapOf is the map's page of a site of so many tables, by file name.
func mapOf(t *testing.T, tables map[string]string) (*report.Plan, *report.Page) {
	t.Helper()
	dir := t.TempDir()
	toml := "title = \"Acme\"\n"
	for name, rows := range tables {
		toml += "[source." + name + "]\ndataset = \"" + name + "\"\npath = \"" + name + ".csv\"\n"
		must(t, nil, os.WriteFile(filepath.Join(dir, name+".csv"), []byte(rows), 0o600))
	}
	must(t, nil, os.WriteFile(filepath.Join(dir, "site.toml"), []byte(toml), 0o600))
	must(t, nil, os.Mkdir(filepath.Join(dir, "content"), 0o700))
	plan := planOf(t, dir, asOf)
	return plan, pageAt(t, plan, "map/index.html")
}

const (
	twoParts  = "id,parent,title\nacme,,Acme\nshop,acme,Shop\ncloud,acme,Cloud\n"
	oneEach   = "id,owner\ncart,shop\nqueue,cloud\n"
	cartQueue = "from,to,hardness,evidence\ncart,queue,hard,declared\n"
)

// What is missing decides what the page says to do next.
func TestAMapWithNothingToDrawSaysWhatToDo(t *testing.T) {
	for name, test := range map[string]struct {
		tables map[string]string
		want   string
	}{
		"one node":          {map[string]string{"nodes": "id,parent\nacme,\n"}, "one part"},
		"nothing recorded":  {map[string]string{"nodes": twoParts, "services": oneEach}, "uptree list datasets"},
		"dependencies only": {map[string]string{"nodes": twoParts, "services": oneEach, "dependencies": cartQueue}, "1 dependency of 1 crosses a border"},
	} {
		t.Run(name, func(t *testing.T) {
			plan, page := mapOf(t, test.tables)
			if lead := plan.Words.Plain(page.Article.Lead); !strings.Contains(lead, test.want) {
				t.Errorf("it says %q", lead)
			}
		})
	}
}

// An incident over a border that no dependency leads over is a question, told beside it.
func TestTheMapAsksAboutABorderWithoutADependency(t *testing.T) {
	hour := func(h int) string { return asOf.Add(-time.Duration(h) * time.Hour).Format(time.RFC3339) }
	incidents := "id,services,cause,started,resolved\nI1,queue,cart," + hour(30) + "," + hour(28) + "\n"
	_, page := mapOf(t, map[string]string{"nodes": twoParts, "services": oneEach, "dependencies": cartQueue, "incidents": incidents})
	caused := page.Article.Sections[0].Table.Rows
	if len(caused) != 1 || caused[0].Anchor != "caused:shop:cloud" {
		t.Fatalf("pairs: %v", caused)
	}
	if last := caused[0].Cells[len(caused[0].Cells)-1]; last[0].Mark != report.MarkRisk {
		t.Errorf("the pair has the dependency %v", last)
	}
	if n := len(page.Article.Sections[2].Paras); n != 2 {
		t.Errorf("the evidence says %d things", n)
	}
}
