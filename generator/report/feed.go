package report

import (
	"net/url"
	"strings"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/signal"
)

// Feed is what changed at a node and below, to subscribe to: the same for the same data.
// All addresses are absolute.
type Feed struct {
	Path    string // from the site's root
	Title   string
	ID      string // of the feed, which is its own address
	Page    string // the node's page
	Lang    string
	Author  string // the site, never a person
	Updated string // RFC 3339: when the data last changed
	Entries []FeedEntry
}

// FeedEntry is one change. Its ID is the same in the feeds of all levels.
type FeedEntry struct {
	ID, Title, Link, Updated, Summary string
}

// maxFeed bounds a feed; the newest stand first.
const maxFeed = 50

// feedPath is the path of the feed beside a page.
func feedPath(page string) string { return strings.TrimSuffix(page, "index.html") + "feed.atom" }

// feed composes the feed of a node; nil where the site has no address of its own, without
// which a feed has neither ids nor links.
func (p *Plan) feed(n model.NodeIdx) *Feed {
	if p.site.BaseURL == "" || n != 0 && p.model.Nodes[n].Generated {
		return nil
	}
	f := &Feed{
		Path: feedPath(p.nodes[n]), Title: p.Words.Plain(say(wFeedTitle, argText("node", p.nodeTitle(n)))),
		Page: p.absolute(p.nodes[n]), Lang: p.Words.Lang, Author: p.site.Title, Updated: p.dataBegins(),
	}
	f.ID = p.absolute(f.Path)
	told := p.found.Changes.Told
	for i := range told {
		if len(f.Entries) == maxFeed {
			break
		}
		if p.concerns(&told[i], n) {
			f.Entries = append(f.Entries, p.feedEntry(&told[i]))
		}
	}
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	return f
}

func (p *Plan) feedEntry(c *signal.Change) FeedEntry {
	e := FeedEntry{
		ID: p.entryID(c), Title: p.Words.Plain(p.changeText(c)), Link: p.absolute(p.changePath(c)),
		Updated: stamp(p.model.Calendar, p.model.Calendar.Midnight(c.Day)),
	}
	if c.Lever != model.NoIndex {
		e.Summary = p.Words.Plain(say(wLever, arg("lever", p.nodeLink(c.Lever))))
	}
	return e
}

// entryID is the tag (RFC 4151) of a change: what, of what, on which day.
func (p *Plan) entryID(c *signal.Change) string {
	host := ""
	if u, err := url.Parse(p.site.BaseURL); err == nil {
		host = u.Hostname()
	}
	id := make([]string, 0, 3)
	for _, part := range strings.Split(c.ID, "/") {
		id = append(id, content.EncodeID(part))
	}
	return "tag:" + host + "," + c.Day.String() + ":" + c.Code + "/" + strings.Join(id, "/")
}

// dataBegins is the moment at which the oldest data begin: that of a feed without entries.
func (p *Plan) dataBegins() string {
	first := p.model.AsOf
	for i := range p.model.Sources {
		if from := p.model.Sources[i].CoversFrom; from.Known() {
			first = min(first, from)
		}
	}
	return stamp(p.model.Calendar, first)
}

// absolute is the full address of a path of the site.
func (p *Plan) absolute(path string) string {
	page, fragment, _ := strings.Cut(path, "#")
	page = p.site.BaseURL + (&url.URL{Path: strings.TrimSuffix(page, "index.html")}).EscapedPath()
	if fragment == "" {
		return page
	}
	return page + "#" + (&url.URL{Fragment: fragment}).EscapedFragment()
}

// changePath is the page of what a change is about, or that of changes where it has none.
func (p *Plan) changePath(c *signal.Change) string {
	kind, id, _ := strings.Cut(c.Subject, ":")
	if t, ok := p.target(content.Kind(kind), id); ok && !strings.Contains(t.URL, "://") {
		return t.URL
	}
	if kind == "source" {
		return dataPath
	}
	return changesPath
}
