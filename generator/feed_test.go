package generator_test

import (
	"encoding/xml"
	"path"
	"strings"
	"testing"
	"time"
)

// atomFeed is what RFC 4287 asks of a feed.
type atomFeed struct {
	XMLName xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	ID      []string   `xml:"id"`
	Title   []string   `xml:"title"`
	Updated []string   `xml:"updated"`
	Author  []string   `xml:"author>name"`
	Links   []atomLink `xml:"link"`
	Entries []struct {
		ID      []string   `xml:"id"`
		Title   []string   `xml:"title"`
		Updated []string   `xml:"updated"`
		Links   []atomLink `xml:"link"`
	} `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

const sampleBase = "https://reliability.acme.example/"

func TestEveryLevelHasAFeedThatReadersUnderstand(t *testing.T) {
	site, feeds := sampleSite(t), 0
	for _, s := range site.subjects(t) {
		if s.Kind != "node" || strings.HasPrefix(s.ID, "_") {
			continue
		}
		feeds++
		if !strings.Contains(string(site.read(t, s.URL)), `<link rel="alternate" type="application/atom+xml" title="`) {
			t.Errorf("the page of %s does not name its feed", s.ID)
		}
		file := path.Join(path.Dir(s.URL), "feed.atom")
		var f atomFeed
		if err := xml.Unmarshal(site.read(t, file), &f); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		f.verify(t, site, file)
	}
	if feeds < 100 {
		t.Errorf("%d feeds", feeds)
	}
}

func (f *atomFeed) verify(t *testing.T, site *built, file string) {
	t.Helper()
	folder := strings.TrimSuffix(sampleBase+file, "feed.atom")
	if len(f.ID) != 1 || f.ID[0] != sampleBase+file || len(f.Title) != 1 || f.Title[0] == "" || len(f.Author) != 1 || f.Author[0] == "" {
		t.Errorf("%s: id %q, title %q, author %q", file, f.ID, f.Title, f.Author)
	}
	if len(f.Links) != 2 || f.Links[0] != (atomLink{"self", sampleBase + file}) || f.Links[1] != (atomLink{"alternate", folder}) {
		t.Errorf("%s: links %q", file, f.Links)
	}
	newest, seen := moment(t, f.Updated), map[string]bool{}
	for _, e := range f.Entries {
		if len(e.ID) != 1 || !strings.HasPrefix(e.ID[0], "tag:reliability.acme.example,2026-") || seen[e.ID[0]] || len(e.Title) != 1 || e.Title[0] == "" {
			t.Errorf("%s: entry %q, %q", file, e.ID, e.Title)
			continue
		}
		seen[e.ID[0]] = true
		if moment(t, e.Updated).After(newest) {
			t.Errorf("%s: %s is newer than the feed", file, e.ID[0])
		}
		page := "missing"
		if len(e.Links) == 1 && strings.HasPrefix(e.Links[0].Href, sampleBase) {
			page, _, _ = strings.Cut(strings.TrimPrefix(e.Links[0].Href, sampleBase), "#")
		}
		site.read(t, path.Join(page, "index.html")) // ends the test where there is no such page
	}
}

// moment is the one moment of an element; it is not after the clock of the build.
func moment(t *testing.T, texts []string) time.Time {
	t.Helper()
	if len(texts) != 1 {
		t.Fatalf("moments: %q", texts)
	}
	at, err := time.Parse(time.RFC3339, texts[0])
	clock, _ := time.Parse(time.RFC3339, sampleClock)
	if err != nil || at.After(clock) {
		t.Errorf("updated %q: %v", texts[0], err)
	}
	return at
}
