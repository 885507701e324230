package main

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"uptree/generator/config"
	"uptree/generator/content"
	"uptree/generator/diag"
	"uptree/generator/rollup"
)

// frontMatter is what a document of the sample may say of itself.
type frontMatter struct {
	Title    string
	ReviewBy string `toml:"review_by"`
	Tags     []string
	Links    []struct{ Title, URL string }
	Marks    []struct{ Date, Text, Metric string }
	Caveats  []struct{ Metric, Text, Since, Until, Kind string }

	Asks []struct {
		ID, Text, To, Since, Status, Answer, Answered, Against string
	}
	Provides []struct {
		What, Unit, Since, Until string
		Amount                   float64
	}
	Decisions []struct {
		About, Choice, Since, Until, Text string
		ByRole                            string `toml:"by_role"`
	}
	Tradeoffs []struct {
		Text, Since, Until string
		ByRole             string `toml:"by_role"`
	}
}

// document is one file of content/.
type document struct {
	path, folder, id string
	matter           frontMatter
	body             string
}

func readDocuments(t *testing.T) []document {
	t.Helper()
	var list []document
	for _, depth := range []string{"*/*.md", "pages/*/*.md"} {
		paths, err := filepath.Glob(filepath.Join(repo, "content", depth))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no documents: %v", err)
		}
		for _, path := range paths {
			list = append(list, readDocument(t, path))
		}
	}
	return list
}

func readDocument(t *testing.T, path string) document {
	t.Helper()
	parts := strings.SplitN(string(readFile(t, path)), "+++\n", 3)
	if len(parts) != 3 || parts[0] != "" {
		t.Fatalf("%s: no front matter", path)
	}
	within, err := filepath.Rel(filepath.Join(repo, "content"), path)
	if err != nil {
		t.Fatal(err)
	}
	folder, file, _ := strings.Cut(filepath.ToSlash(within), "/")
	d := document{path: path, folder: folder, body: parts[2]}
	meta, err := toml.Decode(parts[1], &d.matter)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for _, key := range meta.Undecoded() {
		t.Errorf("%s: unknown key %s", path, key)
	}
	name := strings.TrimSuffix(file, ".md")
	if d.id, err = url.PathUnescape(strings.ReplaceAll(name, "~", "%")); err != nil {
		t.Errorf("%s: %v", path, err)
	}
	return d
}

// known returns what a typed link can point to, by kind and id.
func known(t *testing.T, x *index) map[string]bool {
	ids := map[string]bool{}
	add := func(kind string, rows []row) {
		for _, r := range rows {
			ids[kind+":"+r["id"]] = true
		}
	}
	add("node", x.nodes)
	add("service", x.services)
	add("journey", x.journeys)
	add("incident", x.incidents)
	for _, m := range rollup.Table(siteConfig(t).Metrics) {
		ids["metric:"+m.ID] = true
	}
	for _, o := range objectives {
		ids["slo:"+o.id] = true
	}
	for _, d := range readDocuments(t) {
		if d.folder == "pages" {
			ids["page:"+d.id] = true
		}
	}
	return ids
}

var typedLink = regexp.MustCompile(`\]\(<?((?:node|service|journey|incident|metric|page):[^)>]+)>?\)`)

func TestDocumentsReferOnlyToWhatExists(t *testing.T) {
	ids := known(t, newIndex(t))
	kinds := map[string]string{"org": "node", "service": "service", "journey": "journey", "incident": "incident", "pages": "page"}
	links := 0
	for _, d := range readDocuments(t) {
		if !ids[kinds[d.folder]+":"+d.id] {
			t.Errorf("%s is about nothing that exists", d.path)
		}
		for _, m := range typedLink.FindAllStringSubmatch(d.body, -1) {
			links++
			if !ids[m[1]] {
				t.Errorf("%s: link to unknown %s", d.path, m[1])
			}
		}
		for _, l := range d.matter.Links {
			if !strings.HasPrefix(l.URL, "https://") && !ids[l.URL] {
				t.Errorf("%s: link to unknown %s", d.path, l.URL)
			}
		}
		for _, metric := range d.metrics() {
			if !ids["metric:"+metric] {
				t.Errorf("%s: unknown metric %q", d.path, metric)
			}
		}
	}
	if links < 40 {
		t.Errorf("found only %d links", links)
	}
}

// What uptree itself says of the documents: nothing but that some are due for a review.
func TestDocumentsHaveNoProblemButStaleReviews(t *testing.T) {
	docs, problems, err := content.Load(os.DirFS(repo), "content")
	if err != nil {
		t.Fatal(err)
	}
	ids := known(t, newIndex(t))
	resolve := func(kind content.Kind, id string) (content.Target, bool) {
		return content.Target{URL: "page.html"}, ids[string(kind)+":"+id]
	}
	problems.Append(content.Check(docs, resolve, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)))
	for _, d := range docs.All() {
		_, body := content.Render(d, content.Options{Resolve: resolve})
		_, links := content.Links(d, resolve)
		problems.Append(body)
		problems.Append(links)
	}
	for _, p := range problems {
		if p.Code != diag.ReviewPassed {
			t.Errorf("%s: %s: %s", p.Pos.File, p.Code, p.Text)
		}
	}
}

// metrics lists the metrics that the front matter names; a mark may be about none.
func (d document) metrics() []string {
	var ids []string
	for _, c := range d.matter.Caveats {
		ids = append(ids, c.Metric)
	}
	for _, m := range d.matter.Marks {
		if m.Metric != "" {
			ids = append(ids, m.Metric)
		}
	}
	return ids
}

func TestDocumentsHaveEveryStateThatPagesKnow(t *testing.T) {
	seen, folders := map[string]bool{}, map[string]int{}
	for _, d := range readDocuments(t) {
		folders[d.folder]++
		seen["stale"] = seen["stale"] || d.matter.ReviewBy != "" && d.matter.ReviewBy < "2026-11-20"
		seen["current"] = seen["current"] || d.matter.ReviewBy > "2026-11-20"
		seen["mark"] = seen["mark"] || len(d.matter.Marks) > 0
		seen["trade-off"] = seen["trade-off"] || len(d.matter.Tradeoffs) > 0
		for _, a := range d.matter.Asks {
			seen["ask that waits"] = seen["ask that waits"] || a.Status == ""
			seen["ask that was declined"] = seen["ask that was declined"] || a.Status == "declined"
			seen["ask granted against what is provided"] = seen["ask granted against what is provided"] || a.Status == "granted" && a.Against != ""
		}
		for _, v := range d.matter.Decisions {
			seen["decision that holds"] = seen["decision that holds"] || v.Until >= "2026-11-20"
			seen["expired decision"] = seen["expired decision"] || v.Until < "2026-11-20"
		}
		for _, c := range d.matter.Caveats {
			seen[c.Kind] = true
		}
	}
	for _, state := range []string{"stale", "current", "mark", "note", "disputed", "pilot", "trade-off", "ask that waits", "ask that was declined",
		"ask granted against what is provided", "decision that holds", "expired decision"} {
		if !seen[state] {
			t.Errorf("no document is or has %s", state)
		}
	}
	for folder, least := range map[string]int{"org": 14, "service": 6, "journey": 3, "incident": 5, "pages": 4} {
		if folders[folder] < least {
			t.Errorf("content/%s has %d documents, want %d", folder, folders[folder], least)
		}
	}
}

// Everything of the sample is invented: no address outside of the example domains.
func TestAddressesAreExamples(t *testing.T) {
	address := regexp.MustCompile("https?://([^/\"\\s)\\]`]+)")
	for _, pattern := range []string{"content/*/*.md", "data/*", "site.toml"} {
		paths, err := filepath.Glob(filepath.Join(repo, filepath.FromSlash(pattern)))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no %s: %v", pattern, err)
		}
		for _, path := range paths {
			for _, m := range address.FindAllStringSubmatch(string(readFile(t, path)), -1) {
				if !strings.HasSuffix(m[1], ".example") {
					t.Fatalf("%s names %s", path, m[0])
				}
			}
		}
	}
}

// The sample's site.toml is the first that people read: every source it names has files,
// and every file of data/ belongs to a source.
func TestSiteNamesEveryFileOfData(t *testing.T) {
	var site struct {
		Source map[string]struct{ Path string }
	}
	if _, err := toml.DecodeFile(filepath.Join(repo, "site.toml"), &site); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for name, s := range site.Source {
		paths, err := filepath.Glob(filepath.Join(repo, filepath.FromSlash(s.Path)))
		if err != nil || len(paths) == 0 {
			t.Errorf("[source.%s] has no files at %s", name, s.Path)
		}
		for _, p := range paths {
			used[filepath.Base(p)] = true
		}
	}
	entries, err := os.ReadDir(filepath.Join(repo, "data"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !used[e.Name()] {
			t.Errorf("no source reads data/%s", e.Name())
		}
	}
}

// siteConfig is the site.toml of the sample.
func siteConfig(t *testing.T) *config.Site {
	t.Helper()
	site, problems, err := config.Load(os.DirFS(repo), repo, "site.toml")
	if err != nil || problems.HasErrors() {
		t.Fatal(err, problems)
	}
	return site
}
