package generator_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"uptree/generator"
)

// bandwidthTwin is what index.json says of pages per person.
type bandwidthTwin struct {
	ID       string
	Children []string
	Metrics  struct {
		Pages map[string]struct {
			Value                  *float64
			Reason                 string
			Numerator, Denominator int64
		} `json:"pages_per_head"`
	}
}

// TestNoFigureTellsOfFewerThanFivePeople takes what the twins of the sample publish of pages
// per person, and subtracts from each node the nearest of those below it that are shown: what
// is left has to be of nobody or of five people, so that no sum or difference of figures is of
// fewer.
func TestNoFigureTellsOfFewerThanFivePeople(t *testing.T) {
	site := sampleSite(t)
	twins := map[string]*bandwidthTwin{}
	for _, s := range site.subjects(t) {
		if s.Kind == "node" {
			twin := &bandwidthTwin{}
			site.decode(t, path.Join(path.Dir(s.URL), "index.json"), twin)
			twins[twin.ID] = twin
		}
	}
	shown, hidden := 0, 0
	for _, period := range []string{"7d", "28d", "90d", "365d"} {
		for _, twin := range twins {
			f := twin.Metrics.Pages[period]
			if f.Value == nil {
				if hidden++; f.Numerator != 0 || f.Denominator != 0 {
					t.Errorf("%s over %s has terms beside %q", twin.ID, period, f.Reason)
				}
				continue
			}
			shown++
			if left := f.Denominator - shownBelow(twins, twin, period); f.Denominator < 5 || left < 0 || left > 0 && left < 5 {
				t.Errorf("%s over %s: %d people of %d are left beside those below", twin.ID, period, left, f.Denominator)
			}
		}
	}
	if shown < 20 || hidden < 20 {
		t.Errorf("%d figures are shown and %d are not: the sample shows too little", shown, hidden)
	}
}

// shownBelow adds up the people of the nearest nodes below that have a figure.
func shownBelow(twins map[string]*bandwidthTwin, twin *bandwidthTwin, period string) (people int64) {
	for _, child := range twin.Children {
		if f := twins[child].Metrics.Pages[period]; f.Value != nil {
			people += f.Denominator
		} else {
			people += shownBelow(twins, twins[child], period)
		}
	}
	return people
}

// TestWhatASmallGroupIsPagedIsNowhere builds a site with teams of three and four people that
// have pages nobody else has, and looks for them, and for what they are per person, in every
// file that is published, history included, and in every explanation.
func TestWhatASmallGroupIsPagedIsNowhere(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"site.toml": "title = \"Small\"\n[period.28d]\n[source.org]\ndataset = \"nodes\"\npath = \"org.csv\"\n[source.services]\ndataset = \"services\"\npath = \"services.csv\"\n" +
			"[source.people]\ndataset = \"staffing\"\npath = \"people.csv\"\n",
		"org.csv":      "id,parent\ntop,\narea,top\nthree,area\nfour,area\nmany,top\n",
		"services.csv": "id,owner\na,three\nb,four\nc,many\n",
		"people.csv": "node,day,headcount,pages_business,pages_off_hours,pages_sleep\n" +
			"three,2026-11-10,3,77191939,1,1\nfour,2026-11-10,4,61043417,,\nmany,2026-11-10,10,20000000,,\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	asOf := func(*time.Location) time.Time { return time.Date(2026, 11, 20, 9, 5, 0, 0, time.UTC) }
	o := generator.Options{Dir: dir, Config: "site.toml", Jobs: 2, Version: "test", AsOf: asOf}
	if result, problems, err := generator.Build(t.Context(), o); err != nil || result.Outcome != generator.Built {
		t.Fatal(err, problems)
	}
	secrets := []string{"77191939", "77191941", "61043417", "25730646", "25730647", "15260854"}
	seen, spaces := false, strings.NewReplacer("\u202f", "", "\u00a0", "", " ", "")
	look := func(where, text string) {
		text = spaces.Replace(text)
		seen = seen || strings.Contains(text, "138235358") // that of the two together, in the area above
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s has %s", where, secret)
			}
		}
	}
	if err := filepath.WalkDir(filepath.Join(dir, "public"), func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(file)
		look(file, string(content))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if !seen {
		t.Fatal("the pages of the area are not published: nothing was looked for")
	}
	figures, _, problems, err := generator.Compute(t.Context(), o)
	if err != nil {
		t.Fatal(err, problems)
	}
	for _, metric := range []string{"headcount", "rotation_size", "pages_per_head", "services_per_head", "objectives_per_head"} {
		for _, node := range []string{"top", "area", "three", "four", "many"} {
			e, err := figures.Explain(generator.Question{Subject: node, Metric: metric})
			if err != nil {
				t.Fatal(err)
			}
			look("the explanation of "+node+"/"+metric, fmt.Sprintf("%f %d %+v %+v", e.Cell.Value, e.Cell.Num, e.Cell.Parts, e.Records))
			for _, r := range e.Records {
				if strings.HasSuffix(metric, "_per_head") && r.Valid > 0 && r.Valid < 5 {
					t.Errorf("the explanation of %s/%s has a record of %d people", node, metric, r.Valid)
				}
			}
		}
	}
}
