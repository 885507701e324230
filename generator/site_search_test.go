package generator_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// registered reads what a script at the site's root registers.
func registered(t *testing.T, site *built, name string, into any) {
	t.Helper()
	text := string(site.read(t, name+".js"))
	text, ok := strings.CutPrefix(text, "(window.uptree=window.uptree||{})."+name+"=")
	if !ok {
		t.Fatalf("%s.js begins with %.60q", name, text)
	}
	if err := json.Unmarshal([]byte(strings.TrimSuffix(text, ";\n")), into); err != nil {
		t.Fatalf("%s.js: %v", name, err)
	}
}

// found lists where the search of a site leads, with the titles: worked out from its two
// scripts as their contract says.
func found(t *testing.T, site *built) map[string]string {
	t.Helper()
	var org struct{ Nodes [][]any }
	var search struct {
		Groups []struct {
			At    string
			Items [][]any
		}
	}
	registered(t, site, "tree", &org)
	registered(t, site, "search", &search)
	var urls []string
	out := map[string]string{}
	add := func(url string, title any) {
		urls = append(urls, url)
		out[url] = title.(string)
	}
	for _, n := range org.Nodes {
		add("org/"+n[2].(string)+"/index.html", n[1])
	}
	delete(out, urls[0])
	urls[0], out["index.html"] = "index.html", org.Nodes[0][1].(string)
	for _, g := range search.Groups {
		for _, item := range g.Items {
			url := strings.ReplaceAll(g.At, "*", item[1].(string))
			if on := int(item[2].(float64)); strings.HasPrefix(url, "#") {
				url = urls[on] + url
			}
			add(url, item[0])
		}
	}
	return out
}

func TestTheSearchLeadsToAllThatHasAnID(t *testing.T) {
	needsScript(t)
	for _, site := range []*built{sampleSite(t), buildSite(t, dated(t, "testdata/sites/org"), sampleClock, filepath.Join(t.TempDir(), "public"), 2)} {
		finds := found(t, site)
		for _, s := range site.subjects(t) {
			if strings.HasPrefix(s.URL, "cracks/") {
				continue // an objective of nothing that exists
			}
			if title, ok := finds[s.URL]; !ok || s.Title != "" && s.Kind != "node" && title != s.Title {
				t.Errorf("%s %s at %s is found as %q (%t)", s.Kind, s.ID, s.URL, title, ok)
			}
		}
		there := map[string]bool{}
		for _, f := range site.manifest(t) {
			there[f.Path] = true
		}
		for url := range finds {
			page, anchor, _ := strings.Cut(url, "#")
			if !there[page] {
				t.Errorf("the search leads to %s", url)
			} else if anchor != "" && !strings.Contains(string(site.read(t, page)), ` id="`+anchor+`"`) {
				t.Errorf("the page has no place %s", url)
			}
		}
	}
}

// Who goes to the search or opens a branch waits for these scripts.
func TestTheIndexOfTheSearchIsSmall(t *testing.T) {
	needsScript(t)
	site := sampleSite(t)
	things := float64(len(found(t, site)))
	tree, search := site.read(t, "tree.js"), site.read(t, "search.js")
	if each := float64(len(tree)+len(search)) / things; each > 60 {
		t.Errorf("%.0f bytes for each of %.0f things", each, things)
	}
	if packed(t, tree) > 3*kib || packed(t, search) > 8*kib {
		t.Errorf("packed, tree.js weighs %d bytes and search.js %d", packed(t, tree), packed(t, search))
	}
}
